/** A design as commands for Linux. That they do what the simulator says is held in tests/kernel. */
import { describe, expect, test } from 'vitest';
import { planLinux, type LinuxOptions } from '../../../src-main/interop/linux/index.ts';
import { compile } from '../../../src-main/sim/index.ts';
import { network, type NetworkBuilder } from '../../builders/network.ts';

const plan = (net: NetworkBuilder, options?: LinuxOptions) =>
  planLinux(compile(net.build()), options);

const namespace = (net: NetworkBuilder, name: string, options?: LinuxOptions) => {
  const found = plan(net, options).namespaces.find((one) => one.name === name);
  if (!found) throw new Error(`no namespace ${name}`);
  return found;
};

const lan = () => network().segment('lan', ['10.0.0.0/24', '2001:db8::/64']);

describe('wires', () => {
  test('two alike are joined directly, with the MACs of the design', () => {
    const net = lan().host('a', '10.0.0.1/24').host('b', '10.0.0.2/24');
    const { wires, namespaces } = plan(net);
    const [a, b] = compile(net.build()).interfaces.map(({ mac }) => mac);
    expect(wires).toEqual([
      `link add name eth0 mtu 1500 address ${a} netns a type veth peer name eth0 mtu 1500 address ${b} netns b`,
    ]);
    expect(namespaces.map(({ name, node }) => [name, node])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
  });

  test('three meet at a bridge, whose ports leave a VLAN tag less than the MTU', () => {
    const three = lan().host('a', '10.0.0.1/24').host('b', '10.0.0.2/24').host('c', '10.0.0.3/24');
    const { wires, namespaces } = plan(three);
    expect(wires).toHaveLength(3);
    expect(wires[0]).toMatch(/netns a type veth peer name port mtu 1496 netns segments$/);
    const [bridges] = namespaces;
    expect(bridges?.node).toBeUndefined();
    expect(bridges?.ip).toContain('link set dev port master br0 up');
  });

  test('an interface that is down does not take the carrier of a segment away', () => {
    const net = lan().host('a', '10.0.0.1/24').host('b', '10.0.0.2/24', { state: 'down' });
    expect(plan(net).wires).toHaveLength(2);
    expect(namespace(net, 'b').ip).toEqual(['link set lo up']);
  });

  test('names that Linux has no room for are replaced', () => {
    const id = 'a-name-that-is-too-long';
    const net = lan().host('a', `${id}=10.0.0.1/24`).host('all', 'all=10.0.0.2/24');
    expect([...namespace(net, 'a').interfaces]).toEqual([['if0', id]]);
    expect([...namespace(net, 'all').interfaces]).toEqual([['if0', 'all']]);
  });
});

describe('addresses and routes', () => {
  const lines = (routes: readonly string[]) =>
    namespace(lan().router('r', '10.0.0.1/24,2001:db8::1/64', { routes }), 'r').ip.filter((line) =>
      line.startsWith('route'),
    );

  test('an IPv4 address that is shared comes behind its own: an interface without any borrows the first', () => {
    const net = lan().router('r', '10.0.0.1/24', {
      virtualIps: [{ id: 'vip', address: '10.0.0.9', interface: 'eth0' }],
    });
    expect(namespace(net, 'r').ip.filter((line) => line.startsWith('addr'))).toEqual([
      'addr add 10.0.0.1/24 dev eth0',
      'addr add 10.0.0.9/32 dev eth0',
    ]);
  });

  test('IPv6 addresses are added in reverse, so that the first one is spoken with', () => {
    const { ip } = namespace(lan().host('a', '2001:db8::1/64,2001:db8::2/64,10.0.0.1/24'), 'a');
    expect(ip.filter((line) => line.startsWith('addr'))).toEqual([
      'addr add 10.0.0.1/24 dev eth0',
      'addr add 2001:db8::2/64 dev eth0 nodad',
      'addr add 2001:db8::1/64 dev eth0 nodad',
    ]);
  });

  test.each<[what: string, routes: string[], lines: string[]]>([
    ['a next hop', ['0.0.0.0/0 via 10.0.0.9'], ['route add 0.0.0.0/0 metric 1 via 10.0.0.9']],
    [
      'equal ones as one',
      ['10.9.0.0/16 via 10.0.0.8', '10.9.0.0/16 via 10.0.0.9'],
      ['route add 10.9.0.0/16 metric 1 nexthop via 10.0.0.8 nexthop via 10.0.0.9'],
    ],
    [
      'distance before metric',
      ['::/0 via 2001:db8::8 distance 5', '::/0 via 2001:db8::9 metric 7'],
      ['route add ::/0 metric 1025 via 2001:db8::8', 'route add ::/0 metric 1024 via 2001:db8::9'],
    ],
    ['into the void', ['10.9.0.0/16 discard'], ['route add blackhole 10.9.0.0/16 metric 1']],
    ['by an interface', ['10.9.0.0/16 dev eth0'], ['route add 10.9.0.0/16 metric 1 dev eth0']],
    [
      'by an interface to a next hop elsewhere',
      ['10.9.0.0/16 via 10.7.0.1 dev eth0'],
      ['route add 10.9.0.0/16 metric 1 via 10.7.0.1 dev eth0 onlink'],
    ],
    ['a next hop that is nowhere', ['10.9.0.0/16 via 10.7.0.1'], []],
    ['a next hop that is the router itself', ['::/0 via 2001:db8::1'], []],
    ['itself by an interface', ['10.9.0.0/16 via 10.0.0.1 dev eth0'], []],
  ])('%s', (_, routes, expected) => {
    expect(lines(routes)).toEqual(expected);
  });
});

test('neighbors learn an address on the interface that has it, and on no other', () => {
  const { sysctls } = namespace(lan().router('r', '10.0.0.1/24'), 'r');
  expect(sysctls.filter(([path]) => path.includes('/arp_'))).toEqual([
    ['net/ipv4/conf/all/arp_ignore', '1'],
    ['net/ipv4/conf/default/arp_ignore', '1'],
    ['net/ipv4/conf/all/arp_announce', '2'],
    ['net/ipv4/conf/default/arp_announce', '2'],
  ]);
});

test('equal routes go by what stands in a packet, the fields being set before the policy that reads them', () => {
  const { sysctls } = namespace(lan().router('r', '10.0.0.1/24'), 'r');
  expect(sysctls.filter(([path]) => path.includes('multipath'))).toEqual([
    ['net/ipv4/fib_multipath_hash_fields', '0x37'],
    ['net/ipv4/fib_multipath_hash_policy', '3'],
    ['net/ipv6/fib_multipath_hash_fields', '0x37'],
    ['net/ipv6/fib_multipath_hash_policy', '3'],
  ]);
});

describe('rules', () => {
  const filtered = (rule: string) => {
    const net = lan().router('r', ['10.0.0.1/24,2001:db8::1/64', 'eth1=10.0.1.1/24@lan'], {
      firewall: [rule],
    });
    const of = (text: readonly string[]) => text.filter((line) => line.endsWith(' -j rule-1'));
    const { iptables, ip6tables } = namespace(net, 'r');
    return { four: of(iptables), six: of(ip6tables) };
  };
  const jump = '-m comment --comment rule-1 -j rule-1';

  test('each alternative is a line, in the chains for its own packets and for those of others', () => {
    const { four, six } = filtered(
      'accept tcp 80,8000-8100 udp 53 from 10.0.0.0/8, 10.9.0.1-10.9.0.5',
    );
    const matches = [
      '-p tcp -m multiport --dports 80,8000:8100 --source 10.0.0.0/8',
      '-p tcp -m multiport --dports 80,8000:8100 -m iprange --src-range 10.9.0.1-10.9.0.5',
      '-p udp -m multiport --dports 53 --source 10.0.0.0/8',
      '-p udp -m multiport --dports 53 -m iprange --src-range 10.9.0.1-10.9.0.5',
    ];
    expect(four).toEqual([
      ...matches.map((match) => `-A in ${match} ${jump}`),
      ...matches.map((match) => `-A forward ${match} ${jump}`),
    ]);
    // Sources of the other family alone: the rule has nothing to say there.
    expect(six).toEqual([]);
  });

  test('a rule for a way out has nothing to say of what is for the machine itself', () => {
    const { four } = filtered('deny icmp out eth1');
    expect(four).toEqual([`-A forward -o eth1 -p icmp ${jump}`]);
  });

  test('ICMP is that of the family', () => {
    expect(filtered('deny icmp').six[0]).toBe(`-A in -p ipv6-icmp ${jump}`);
  });

  test('neighbors are asked whatever the rules say', () => {
    const { ip6tables } = namespace(lan().router('r', '2001:db8::1/64', { firewall: [] }), 'r');
    const first = ip6tables.filter((line) => line.startsWith('-A INPUT')).slice(1, 5);
    expect(first.every((line) => / --icmpv6-type 13[3-6] -j ACCEPT$/.test(line))).toBe(true);
  });

  test('each decision is told where a group is given', () => {
    const net = lan().router('r', '10.0.0.1/24', {
      firewall: ['reject'],
      nat: ['snat any to interface'],
    });
    const told = namespace(net, 'r', { logGroup: 7 }).iptables.filter((line) =>
      line.includes('NFLOG'),
    );
    expect(told).toEqual([
      '-A rule-1 -j NFLOG --nflog-group 7 --nflog-prefix "filter 1"',
      '-A default -j NFLOG --nflog-group 7 --nflog-prefix "filter 0"',
      '-A nat-1 -j NFLOG --nflog-group 7 --nflog-prefix "nat 1"',
    ]);
  });
});

describe('translations', () => {
  const targets = (rule: string, family: 4 | 6 = 4) => {
    const net = lan().router('r', '10.0.0.1/24,2001:db8::1/64', { nat: [rule] });
    const { iptables, ip6tables } = namespace(net, 'r');
    return (family === 4 ? iptables : ip6tables)
      .filter((line) => line.startsWith('-A nat-1'))
      .map((line) => line.slice('-A nat-1 '.length));
  };

  test.each<[string, string[]]>([
    ['snat any to interface', ['-j MASQUERADE']],
    ['snat 10.0.0.0/8 to 203.0.113.1', ['-j SNAT --to-source 203.0.113.1']],
    ['snat 10.0.0.0/8 to 203.0.113.1-203.0.113.4', ['-j SNAT --to-source 203.0.113.1-203.0.113.4']],
    ['snat 10.1.0.0/24 to 203.0.113.0/24', ['-j NETMAP --to 203.0.113.0/24']],
    [
      'dnat 203.0.113.1-203.0.113.2 tcp 80 to 10.0.0.8-10.0.0.9 port 8080',
      [
        '-p tcp --destination 203.0.113.1 -j DNAT --to-destination 10.0.0.8:8080',
        '-p tcp --destination 203.0.113.2 -j DNAT --to-destination 10.0.0.9:8080',
      ],
    ],
  ])('%s', (rule, expected) => {
    expect(targets(rule)).toEqual(expected);
  });

  test('an IPv6 address with a port stands in brackets, and nothing in the other family', () => {
    const rule = 'dnat 2001:db8::1 tcp 80 to 2001:db8::9 port 8080';
    expect(targets(rule, 6)).toEqual(['-p tcp -j DNAT --to-destination [2001:db8::9]:8080']);
    expect(targets(rule)).toEqual([]);
  });

  // What a rule makes of its packets is the balancer's if it is for its address, protocol and port.
  test.each<[string, string[]]>([
    ['dnat 10.0.0.5 to 10.0.0.1', ['-p tcp --dport 80 -j balancer-1']],
    ['dnat 10.0.0.5 tcp 8080 to 10.0.0.1 port 80', ['-p tcp -j balancer-1']],
    ['dnat 10.9.0.0/24 to 10.0.0.0/24', ['-p tcp --dport 80 --destination 10.9.0.1 -j balancer-1']],
    ['dnat 10.0.0.5 tcp 80 to 10.0.0.1 port 443', []],
    ['dnat 10.0.0.5 to 10.0.0.2', []],
    ['snat 10.0.0.5 to 10.0.0.1', []],
  ])('%s: the balancer gets %j', (rule, expected) => {
    const balancer = { id: 'web', address: '10.0.0.1', protocol: 'tcp', port: 80 } as const;
    const members = [{ id: 'm1', address: '10.0.0.8' }];
    const net = lan().router('r', '10.0.0.1/24', {
      nat: [rule],
      loadBalancers: [{ ...balancer, mode: 'transparent', members }],
    });
    const lines = namespace(net, 'r').iptables.filter((line) => line.startsWith('-A nat-1'));
    const handed = lines.filter((line) => line.endsWith('-j balancer-1'));
    expect(handed).toEqual(expected.map((match) => `-A nat-1 ${match}`));
    // It has to get them before the rule translates them.
    expect(lines.slice(0, handed.length)).toEqual(handed);
  });

  test('members of a balancer are drawn in proportion to their weights', () => {
    const net = lan().router('r', '10.0.0.1/24', {
      loadBalancers: [
        {
          id: 'web',
          address: '10.0.0.1',
          protocol: 'tcp',
          port: 80,
          mode: 'proxy',
          members: [
            { id: 'm1', address: '10.0.0.8', weight: 3 },
            { id: 'm2', address: '10.0.0.9', port: 8080 },
          ],
        },
      ],
    });
    expect(namespace(net, 'r').iptables.filter((line) => line.startsWith('-A balancer-1'))).toEqual(
      [
        '-A balancer-1 -j MARK --set-xmark 0x1/0x1',
        '-A balancer-1 -p tcp -m statistic --mode random --probability 0.7500000000 -j DNAT --to-destination 10.0.0.8:80',
        '-A balancer-1 -p tcp -j DNAT --to-destination 10.0.0.9:8080',
      ],
    );
  });
});

describe('an overlay', () => {
  const net = network()
    .segment('underlay', '172.16.0.0/24')
    .vxlan('app', 6000, '10.0.0.0/24')
    .hypervisor('esxi1', [], { vteps: '172.16.0.1/24' })
    .hypervisor('esxi2', [], { vteps: '172.16.0.2/24' })
    .host('vm1', '10.0.0.1/24', { runsOn: 'esxi1' })
    .host('vm2', '10.0.0.2/24', { runsOn: 'esxi2' })
    .dlr('dlr', '10.0.0.254/24');

  test('a hypervisor knows who is behind which other one, and answers for them', () => {
    const { ip, bridge } = namespace(net, 'esxi1');
    expect(ip).toContain(
      'link add name vx6000 mtu 1500 type vxlan id 6000 local 172.16.0.1 dstport 4789 ttl 64 df set srcport 49152 65535 nolearning',
    );
    const macOf = (address: string) =>
      compile(net.build()).interfaces.find(({ addresses }) =>
        addresses.some(({ text }) => text === address),
      )?.mac;
    const mac = macOf('10.0.0.2');
    expect(bridge).toEqual([
      `fdb add ${macOf('10.0.0.1')} dev port master static`,
      `fdb add ${macOf('10.0.0.254')} dev port-2 master static`,
      `fdb add ${mac} dev vx6000 dst 172.16.0.2 self static`,
      `fdb add ${mac} dev vx6000 master static`,
    ]);
    expect(ip.filter((line) => line.startsWith('neigh'))).toEqual([
      `neigh add 10.0.0.2 lladdr ${mac} dev br1 nud permanent`,
    ]);
  });

  test.each([
    [1280, ['link set dev vx6000 addrgenmode none']],
    [1279, []],
  ])('with an MTU of %d the tunnel has %j to say of IPv6', (mtu, expected) => {
    const narrow = network(net.build()).change('segment', 'app', (one) => ({ ...one, mtu }));
    const { ip } = namespace(narrow, 'esxi1');
    expect(ip.filter((line) => line.startsWith('link set dev vx6000 addrgen'))).toEqual(expected);
  });

  test('a distributed router has an instance in each', () => {
    const instances = plan(net).namespaces.filter(({ node }) => node === 'dlr');
    expect(instances.map(({ name, on }) => [name, on])).toEqual([
      ['dlr.esxi1', 'esxi1'],
      ['dlr.esxi2', 'esxi2'],
    ]);
  });
});

test('what Linux does otherwise is said', () => {
  const net = lan().edge('esg', '10.0.0.1/24', { firewall: ['accept'] });
  expect(plan(net).omitted).toEqual([
    'esg: Linux filters behind DNAT, not before it (stage order nsx-v)',
  ]);
  const linux = lan().edge('esg', '10.0.0.1/24', { firewall: ['accept'], stageOrder: 'linux' });
  expect(plan(linux).omitted).toEqual([]);
});
