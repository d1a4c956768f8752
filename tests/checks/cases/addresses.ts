import { network } from '../../builders/network.ts';
import {
  behindEdge,
  families,
  inBothFamilies,
  twoNetworks,
  type Family,
  type FaultCase,
} from './case.ts';

const [ipv4, ipv6] = families as [Family, Family];

export const addressCases: readonly FaultCase[] = [
  ...inBothFamilies((family) => ({
    code: 'duplicate-address',
    title: 'two hosts of a segment with one address',
    wrong: twoNetworks(family).host('c', family.on(1, 9)).build(),
    at: 'node:c interfaces[0].addresses[0]',
    says: `${family.host(1, 9)} is on a eth0 and c eth0, all on segment left; an address belongs to one owner`,
    right: twoNetworks(family).host('c', family.on(1, 8)).build(),
  })),
  ...inBothFamilies((family) => ({
    code: 'duplicate-address',
    title: 'a virtual IP that a stranger has on its interface',
    wrong: twoNetworks(family)
      .host('k1', family.on(1, 11), {
        virtualIps: [{ id: 'v', address: family.host(1, 10), interface: 'eth0' }],
      })
      .host('k2', family.on(1, 12), {
        virtualIps: [{ id: 'v', address: family.host(1, 10), interface: 'eth0' }],
      })
      .host('c', family.on(1, 10))
      .build(),
    at: 'node:c interfaces[0].addresses[0]',
    says: `${family.host(1, 10)} is on k1 eth0 and c eth0, all on segment left; an address belongs to one owner`,
    // Those who share it are one owner, one of them may even have it as its own (RFC 9568's address owner).
    right: twoNetworks(family)
      .host('k1', [family.on(1, 11)], {
        virtualIps: [{ id: 'v', address: family.host(1, 10), interface: 'eth0' }],
      })
      .host('k2', family.on(1, 10), {
        virtualIps: [{ id: 'v', address: family.host(1, 10), interface: 'eth0' }],
      })
      .build(),
  })),
  {
    code: 'duplicate-address',
    title: 'one address on both ends of a stretch',
    wrong: stretched(['10.0.5.20/24', '10.0.5.20/24']).build(),
    at: 'node:vm interfaces[0].addresses[0]',
    says: '10.0.5.20 is on app eth0 and vm eth0, all on segment lan; an address belongs to one owner',
    right: stretched(['10.0.5.20/24', '10.0.5.21/24']).build(),
  },
  {
    code: 'duplicate-address',
    title: 'two pods with one address',
    wrong: kubernetes()
      .workload('web', ['n1 172.28.0.5', 'n2 172.28.0.70'])
      .workload('api', ['n1 172.28.0.5'])
      .build(),
    at: 'workload:api pods[0].addresses[0]',
    says: '172.28.0.5 is on pod web-1 and pod api-1, all on cluster k; an address belongs to one owner',
    right: kubernetes()
      .workload('web', ['n1 172.28.0.5', 'n2 172.28.0.70'])
      .workload('api', ['n1 172.28.0.6'])
      .build(),
  },
  {
    code: 'cluster-ip-shared',
    title: 'two services with one cluster IP',
    wrong: kubernetes()
      .service('a', '172.29.0.9', ['80'])
      .service('b', '172.29.0.9', ['81'])
      .build(),
    at: 'service:b clusterIps[0]',
    says: 'Services a and b of cluster k have one cluster IP, 172.29.0.9',
    right: kubernetes()
      .service('a', '172.29.0.9', ['80'])
      .service('b', '172.29.0.10', ['81'])
      .build(),
  },
  {
    code: 'duplicate-mac',
    title: 'two hosts of a segment with one MAC address, in whatever case',
    wrong: twoMacs('00:50:56:AA:00:01', '00:50:56:aa:00:01', 'left'),
    at: 'node:d interfaces[0].mac',
    says: '00:50:56:aa:00:01 is the MAC address of c e and d e, all on segment left',
    // On two segments one MAC address harms nobody.
    right: twoMacs('00:50:56:AA:00:01', '00:50:56:aa:00:01', 'right'),
  },
  ...inBothFamilies((family) => ({
    code: 'address-outside-subnet',
    title: 'an interface address outside the subnets of its segment',
    wrong: twoNetworks(family)
      .host('c', `${family.on(3, 5)}@left`)
      .build(),
    at: 'node:c interfaces[0].addresses[0]',
    says: `${family.host(3, 5)} of c eth0 lies in no subnet of segment left (${family.subnet(1)})`,
    right: twoNetworks(family)
      .host('c', `${family.on(1, 5)}@left`)
      .build(),
  })),
  {
    code: 'prefix-length-mismatch',
    title: 'an interface that takes its subnet for a larger one',
    wrong: twoNetworks(ipv4).host('c', '10.0.1.5/16@left').build(),
    at: 'node:c interfaces[0].addresses[0]',
    says: '10.0.1.5/16 of c eth0 has another prefix length than its subnet 10.0.1.0/24 on segment left',
    // A secondary address as a /32 is usual.
    right: twoNetworks(ipv4).host('c', '10.0.1.5/24,10.0.1.6/32@left').build(),
  },
  {
    code: 'address-is-network',
    title: 'a host with the address of its subnet',
    wrong: twoNetworks(ipv4).host('c', '10.0.1.0/24@left').build(),
    at: 'node:c interfaces[0].addresses[0]',
    says: '10.0.1.0, the address of c eth0, is the network address of 10.0.1.0/24 and belongs to no host',
    right: twoNetworks(ipv4).host('c', '10.0.1.5/24@left').build(),
  },
  {
    code: 'address-is-network',
    title: 'the first address of four; of two both are hosts (RFC 3021)',
    wrong: pair('10.0.9.0/30', '10.0.9.1/30'),
    at: 'node:a interfaces[0].addresses[0]',
    says: '10.0.9.0, the address of a eth0, is the network address of 10.0.9.0/30 and belongs to no host',
    right: pair('10.0.9.0/31', '10.0.9.1/31'),
  },
  {
    code: 'address-is-network',
    title: 'a load balancer on the address of a subnet',
    wrong: balanced('10.0.1.0'),
    at: 'node:lb loadBalancers[0].address',
    says: '10.0.1.0, the address of load balancer web of lb, is the network address of 10.0.1.0/24 and belongs to no host',
    right: balanced('10.0.1.7'),
  },
  {
    code: 'address-is-broadcast',
    title: 'a secondary address that is the broadcast of its segment',
    wrong: twoNetworks(ipv4).host('c', '10.0.1.5/24,10.0.1.255/32@left').build(),
    at: 'node:c interfaces[0].addresses[1]',
    says: '10.0.1.255, the address of c eth0, is the broadcast address of 10.0.1.0/24 and belongs to no host',
    right: twoNetworks(ipv4).host('c', '10.0.1.5/24,10.0.1.254/32@left').build(),
  },
  {
    code: 'address-is-broadcast',
    title: 'the last address of four; of two both are hosts (RFC 3021)',
    wrong: pair('10.0.9.2/30', '10.0.9.3/30'),
    at: 'node:b interfaces[0].addresses[0]',
    says: '10.0.9.3, the address of b eth0, is the broadcast address of 10.0.9.0/30 and belongs to no host',
    right: pair('10.0.9.2/31', '10.0.9.3/31'),
  },
  {
    code: 'address-is-broadcast',
    title: 'a gateway',
    wrong: network()
      .segment('lan', '10.0.1.0/24', { gateway: '10.0.1.255' })
      .host('a', '10.0.1.9/24')
      .build(),
    at: 'segment:lan subnets[0].gateway',
    says: '10.0.1.255, the gateway of segment lan, is the broadcast address of 10.0.1.0/24 and belongs to no host',
    right: twoNetworks(ipv4).build(),
  },
  {
    code: 'address-is-broadcast',
    title: 'a virtual IP',
    wrong: held('10.0.1.255'),
    at: 'node:k virtualIps[0]',
    says: '10.0.1.255, the virtual address of k eth0, is the broadcast address of 10.0.1.0/24 and belongs to no host',
    right: held('10.0.1.254'),
  },
  {
    code: 'address-is-broadcast',
    title: 'an address that a NAT gives to packets',
    wrong: behindEdge(ipv4, { nat: ['snat 10.0.1.0/24 to 198.51.102.255 on wan'] }).build(),
    at: 'node:esg nat[0].translated',
    says: '198.51.102.255, an address of NAT 1 nat-1 of esg, is the broadcast address of 198.51.102.0/24 and belongs to no host',
    right: behindEdge(ipv4, { nat: ['snat 10.0.1.0/24 to 198.51.102.2 on wan'] }).build(),
  },
  {
    code: 'address-is-router-anycast',
    title: 'a host on the address of all routers; a router may have it',
    wrong: twoNetworks(ipv6).host('c', 'fd00:1::/64@left').build(),
    at: 'node:c interfaces[0].addresses[0]',
    says: 'fd00:1::, the address of c eth0, is the anycast address of the routers of fd00:1::/64',
    right: twoNetworks(ipv6).router('c', ['fd00:1::/64@left', 'fd00:2::7/64@right']).build(),
  },
  {
    code: 'address-is-router-anycast',
    title: 'the first address of four; of two both are hosts (RFC 6164)',
    wrong: pair('fd00:9::/126', 'fd00:9::1/126'),
    at: 'node:a interfaces[0].addresses[0]',
    says: 'fd00:9::, the address of a eth0, is the anycast address of the routers of fd00:9::/126',
    right: pair('fd00:9::/127', 'fd00:9::1/127'),
  },
  ...inBothFamilies((family) => ({
    code: 'overlapping-subnets',
    title: 'two routed networks with one subnet',
    wrong: twoNetworks(family)
      .segment('third', family.subnet(1))
      .router('r2', [`${family.on(2, 2)}@right`, `${family.on(1, 2)}@third`])
      .build(),
    at: 'segment:third subnets[0]',
    says: `${family.subnet(1)} of segment third overlaps ${family.subnet(1)} of segment left, which is another network`,
    right: twoNetworks(family)
      .segment('third', family.subnet(3))
      .router('r2', [`${family.on(2, 2)}@right`, `${family.on(3, 2)}@third`])
      .build(),
  })),
  {
    code: 'overlapping-subnets',
    title: 'a segment that nobody is on yet, around a subnet in use',
    wrong: twoNetworks(ipv4).segment('planned', '10.0.0.0/16').build(),
    at: 'segment:planned subnets[0]',
    says: '10.0.0.0/16 of segment planned overlaps 10.0.1.0/24 of segment left, which is another network',
    right: twoNetworks(ipv4).segment('planned', '10.2.0.0/16').build(),
  },
  {
    code: 'overlapping-subnets',
    title: 'two networks of one host that share addresses, though nothing routes between them',
    wrong: network()
      .segment('one', '192.168.1.0/24')
      .segment('two', '192.168.1.0/25')
      .host('h', ['192.168.1.2/24@one', '192.168.1.3/25@two'])
      .build(),
    at: 'segment:two subnets[0]',
    says: '192.168.1.0/25 of segment two overlaps 192.168.1.0/24 of segment one, which is another network',
    // Apart from each other, two networks may use one private range.
    right: network()
      .segment('one', '192.168.1.0/24')
      .segment('two', '192.168.1.0/25')
      .host('h', ['192.168.1.2/24@one'])
      .host('i', ['192.168.1.3/25@two'])
      .build(),
  },
  {
    code: 'overlapping-subnets',
    title: 'homes behind the internet may have one private range, but not one public range',
    wrong: homes('198.51.100.0/25'),
    at: 'segment:home2 subnets[0]',
    says: '198.51.100.0/25 of segment home2 overlaps 198.51.100.0/24 of segment internet, which is another network',
    right: homes('192.168.1.0/24'),
  },
];

function twoMacs(first: string, second: string, segment: string) {
  const item = (mac: string, at: string) => ({ id: 'e', segment: at, mac });
  return twoNetworks(ipv4)
    .host('c', [item(first, 'left')])
    .host('d', [item(second, segment)])
    .build();
}

/** Two hosts on one cable. */
function pair(a: string, b: string) {
  return network()
    .host('a', [`eth0=${a}`])
    .host('b', [`eth0=${b}`])
    .link('l', 'a/eth0', 'b/eth0')
    .build();
}

function balanced(address: string) {
  const members = [{ id: 'a', address: '10.0.1.9', port: 80 }];
  const balancer = {
    id: 'web',
    protocol: 'tcp',
    address,
    port: 80,
    members,
    mode: 'proxy',
  } as const;
  return twoNetworks(ipv4)
    .router('lb', ['10.0.1.7/24@left', '10.0.2.7/24@right'], { loadBalancers: [balancer] })
    .build();
}

function held(address: string) {
  return twoNetworks(ipv4)
    .host('k', '10.0.1.11/24@left', { virtualIps: [{ id: 'v', address, interface: 'eth0' }] })
    .build();
}

/** An office LAN stretched to a cloud segment, with a host on each end. */
function stretched([app, vm]: readonly [string, string]) {
  return network()
    .segment('lan', '10.0.5.0/24')
    .segment('cloud', '10.0.5.0/24')
    .segment('uplink', '10.0.6.0/24')
    .host('app', `${app}@lan`)
    .host('vm', `${vm}@cloud`)
    .l2Gateway('l2a', ['in=@lan', 'up=10.0.6.2/24'])
    .l2Gateway('l2b', ['in=@cloud', 'up=10.0.6.3/24'])
    .stretch('hcx', ['lan', 'l2a', 'up'], ['cloud', 'l2b', 'up']);
}

function kubernetes() {
  return network()
    .segment('nodes', '10.0.1.0/24')
    .host('n1', '10.0.1.11/24')
    .host('n2', '10.0.1.12/24')
    .cluster('k', ['n1 master', 'n2']);
}

/** Two homes behind NAT routers on one internet segment; the second home's LAN is the one given. */
function homes(second: string) {
  const [network2 = ''] = second.split('.0/');
  const length = second.split('/')[1] ?? '';
  return network()
    .site('world', 'internet')
    .segment('internet', '198.51.100.0/24', { site: 'world' })
    .segment('home1', '192.168.1.0/24')
    .segment('home2', second)
    .router('box1', ['198.51.100.201/24@internet', '192.168.1.1/24@home1'])
    .router('box2', ['198.51.100.202/24@internet', `${network2}.1/${length}@home2`])
    .build();
}
