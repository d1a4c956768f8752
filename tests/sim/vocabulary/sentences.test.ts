import { describe, expect, it } from 'vitest';
import {
  because,
  reasoned,
  stepSentence,
  tupleText,
  type StepDetails,
  type StepKey,
} from '../../../src-main/sim/vocabulary/index.ts';

const tcp = {
  protocol: 'tcp',
  source: '198.51.100.25',
  sourcePort: 40000,
  destination: '203.0.113.43',
  destinationPort: 443,
};
const ping = {
  protocol: 'icmp',
  source: '2001:db8::1',
  sourcePort: 0,
  destination: '2001:db8::2',
  destinationPort: 0,
};
const rule5 = { number: 5, id: 'r5', name: 'internet-to-ingress' };

type Row<Key extends StepKey> = readonly [StepDetails[Key], string];
/** At least one row for each step there is: a new step without a row does not compile. */
const rows: { readonly [Key in StepKey]: readonly [Row<Key>, ...Row<Key>[]] } = {
  'originate/send': [
    [{ ...tcp, bytes: 60 }, 'Sends tcp from 198.51.100.25:40000 to 203.0.113.43:443, 60 bytes'],
    [{ ...ping, bytes: 84 }, 'Sends icmp from 2001:db8::1 to 2001:db8::2, 84 bytes'],
  ],
  'resolve-name/literal': [
    [{ name: '192.0.2.1', address: '192.0.2.1' }, '192.0.2.1 needs no look-up'],
    [{ name: 'db-vm', address: '192.168.10.50' }, 'db-vm is 192.168.10.50 without a look-up'],
  ],
  'resolve-name/ask': [
    [
      { name: 'shop.example.com', server: '198.51.100.53', record: 'A' },
      'Asks 198.51.100.53 for the A of shop.example.com',
    ],
  ],
  'resolve-name/answer': [
    [
      {
        name: 'shop.example.com',
        addresses: ['203.0.113.43', '203.0.113.44'],
        zone: 'example.com',
      },
      'Answers shop.example.com = 203.0.113.43, 203.0.113.44 (zone example.com)',
    ],
    [
      { name: 'shop.example.com', addresses: [], zone: 'example.com' },
      'Answers shop.example.com = no address (zone example.com)',
    ],
  ],
  'resolve-name/forward': [
    [
      { name: 'db.corp.example', server: '10.187.214.66' },
      'Hands the question for db.corp.example on to 10.187.214.66',
    ],
  ],
  'resolve-name/unknown': [
    [
      { name: 'nope.example', ...reasoned(because('no-such-name', { name: 'nope.example' })) },
      'Cannot resolve nope.example: there is no such name as nope.example',
    ],
  ],
  'resolve-name/no-answer': [
    [
      { name: 'shop.example.com', server: '10.0.80.11', disposition: 'denied' },
      'No answer from 10.0.80.11 for shop.example.com (denied)',
    ],
  ],
  'route/match': [
    [
      {
        destination: '192.168.20.20',
        prefix: '192.168.20.0/24',
        origin: 'static',
        route: 'to-icp',
        via: '192.168.100.2',
        interface: 'vnic2',
        choices: 1,
      },
      'Route 192.168.20.0/24 by 192.168.100.2 on vnic2 (static route to-icp)',
    ],
    [
      {
        destination: '192.168.20.20',
        prefix: '192.168.20.0/24',
        origin: 'connected',
        interface: 'eth0',
        choices: 2,
      },
      'Route 192.168.20.0/24 on eth0 (connected) (one of 2 equal routes)',
    ],
  ],
  'route/none': [[{ destination: '192.0.2.9' }, 'No route to 192.0.2.9']],
  'route/discard': [
    [
      { destination: '192.0.2.9', prefix: '192.0.2.0/24', route: 'hole' },
      'Route 192.0.2.0/24 (hole) discards what goes to 192.0.2.9',
    ],
    [
      { destination: '192.0.2.9', prefix: '192.0.2.0/24' },
      'Route 192.0.2.0/24 discards what goes to 192.0.2.9',
    ],
  ],
  'route/local': [[{ destination: '192.0.2.9' }, '192.0.2.9 is an address of this device']],
  'neighbor/resolve': [
    [
      { address: '10.0.0.2', mac: '02:00:00:00:00:02', owner: 'b', segment: 'lan' },
      'b answers for 10.0.0.2 on lan: 02:00:00:00:00:02',
    ],
    [
      {
        address: '192.168.20.20',
        mac: '02:00:00:00:00:15',
        owner: 'proxy-1',
        segment: 'icp',
        virtualIp: 'proxy-vip',
        acrossStretch: 'app-lan',
      },
      'proxy-1 answers for 192.168.20.20 (virtual IP proxy-vip) on icp, across stretch app-lan: 02:00:00:00:00:15',
    ],
  ],
  'neighbor/none': [
    [{ address: '10.0.0.9', segment: 'lan' }, 'Nobody on lan answers for 10.0.0.9'],
  ],
  'firewall/accept': [
    [
      { ...tcp, rule: rule5 },
      'Rule 5 internet-to-ingress accepts tcp 443 from 198.51.100.25 to 203.0.113.43',
    ],
    [{ ...tcp }, 'The default rule accepts tcp 443 from 198.51.100.25 to 203.0.113.43'],
  ],
  'firewall/deny': [
    [{ ...tcp }, 'The default rule denies tcp 443 from 198.51.100.25 to 203.0.113.43'],
    [
      { ...tcp, rule: { number: 7, id: 'lock' } },
      'Rule 7 lock denies tcp 443 from 198.51.100.25 to 203.0.113.43',
    ],
  ],
  'firewall/reject': [
    [
      { ...tcp, rule: { number: 7, id: 'lock' } },
      'Rule 7 lock rejects tcp 443 from 198.51.100.25 to 203.0.113.43',
    ],
  ],
  'firewall/established': [
    [tcp, 'Known session lets tcp from 198.51.100.25:40000 to 203.0.113.43:443 through'],
    [ping, 'Known session lets icmp from 2001:db8::1 to 2001:db8::2 through'],
  ],
  'nat/dnat': [
    [
      {
        rule: { number: 5, id: 'dnat-5', name: 'ingress' },
        from: '203.0.113.43:443',
        to: '192.168.20.20:443',
      },
      'DNAT 5 ingress: destination 203.0.113.43:443 becomes 192.168.20.20:443',
    ],
  ],
  'nat/snat': [
    [
      { rule: { number: 1, id: 'snat-1' }, from: '192.168.20.61', to: '203.0.113.42' },
      'SNAT 1 snat-1: source 192.168.20.61 becomes 203.0.113.42',
    ],
  ],
  'nat/masquerade': [
    [
      { from: '172.28.0.5', to: '192.168.20.61', reason: 'nat-outgoing' },
      'Masquerade: source 172.28.0.5 becomes 192.168.20.61, since the IP pool has natOutgoing and the destination is in no pool',
    ],
    [
      { from: '172.28.0.5', to: '192.168.20.61', reason: 'kube-proxy' },
      'Masquerade: source 172.28.0.5 becomes 192.168.20.61, since kube-proxy marked it, so that the reply comes back this way',
    ],
    [
      { from: '10.0.0.5', to: '10.0.0.1', reason: 'load-balancer' },
      'Masquerade: source 10.0.0.5 becomes 10.0.0.1, since the load balancer works as a proxy',
    ],
  ],
  'nat/restore-source': [
    [
      { from: '192.168.20.20:443', to: '203.0.113.43:443' },
      'Session restores the source: 192.168.20.20:443 becomes 203.0.113.43:443',
    ],
  ],
  'nat/restore-destination': [
    [
      { from: '203.0.113.42', to: '192.168.20.61' },
      'Session restores the destination: 203.0.113.42 becomes 192.168.20.61',
    ],
  ],
  'load-balance/choose': [
    [
      { balancer: 'vip', member: 'm1', to: '10.0.0.11:80', choices: 3, mode: 'proxy' },
      'Load balancer vip chooses m1, 10.0.0.11:80 (one of 3 members), with its own address as source',
    ],
    [
      { balancer: 'vip', member: 'm1', to: '10.0.0.11:80', choices: 1, mode: 'transparent' },
      "Load balancer vip chooses m1, 10.0.0.11:80, with the client's address as source",
    ],
  ],
  'load-balance/no-member': [[{ balancer: 'vip' }, 'Load balancer vip has no member to choose']],
  'service/choose-endpoint': [
    [
      {
        service: 'web',
        port: 80,
        via: 'cluster-ip',
        pod: 'web-1',
        to: '172.28.1.5:8080',
        choices: 2,
        masquerade: true,
      },
      'Service web port 80 goes to pod web-1, 172.28.1.5:8080 (one of 2 endpoints); the source will be masqueraded',
    ],
    [
      {
        service: 'ext',
        port: 80,
        via: 'cluster-ip',
        to: '10.0.0.9:8080',
        choices: 1,
        masquerade: false,
      },
      'Service ext port 80 goes to 10.0.0.9:8080',
    ],
  ],
  'service/no-endpoints': [[{ service: 'web', port: 80 }, 'Service web port 80 has no endpoints']],
  'service/no-local-endpoints': [
    [
      { service: 'shop/web', port: 80, policy: 'external' },
      'Service shop/web port 80 has no endpoints on this node (externalTrafficPolicy Local)',
    ],
  ],
  'service/refuse-source': [
    [
      { service: 'shop/web', port: 80, source: '198.51.100.25' },
      'Service shop/web port 80 is not for 198.51.100.25 (loadBalancerSourceRanges)',
    ],
  ],
  'network-policy/accept': [
    [
      { pod: 'web-1', policy: 'p1', rule: 'ingress[1]', direction: 'ingress' },
      'Network policy p1 allows ingress of pod web-1 by ingress[1]',
    ],
    [
      { pod: 'web-1', policy: 'p1', rule: 'egress[0]', direction: 'egress', profile: 'kns.shop' },
      'Network policy p1 passes egress of pod web-1 on by egress[0] to profile kns.shop, which allows it',
    ],
  ],
  'network-policy/deny': [
    [
      { pod: 'web-1', policies: ['p1'], direction: 'egress' },
      'Network policy: egress of pod web-1 is isolated by policy p1: no rule matches',
    ],
    [
      { pod: 'web-1', policies: ['p1', 'p2'], direction: 'ingress' },
      'Network policy: ingress of pod web-1 is isolated by policies p1, p2: no rule matches',
    ],
    [
      { hostEndpoint: 'n1-eth0', policies: ['p1'], rule: 'ingress[0]', direction: 'ingress' },
      'Network policy: ingress by host endpoint n1-eth0 is denied by ingress[0] of policy p1',
    ],
    [
      { hostEndpoint: 'n1-eth0', policies: [], direction: 'ingress' },
      'Network policy: ingress by host endpoint n1-eth0 is denied by default: no policy allows it',
    ],
  ],
  'network-policy/failsafe': [
    [
      { hostEndpoint: 'n1-eth0', direction: 'ingress', service: 'tcp 22' },
      'Calico keeps tcp 22 open for ingress by host endpoint n1-eth0 (failsafe)',
    ],
  ],
  'ingress-rule/match': [
    [
      {
        ingress: 'shop',
        host: 'shop.example.com',
        path: '/',
        service: 'web',
        to: '172.28.1.5:8080',
        pod: 'web-1',
        endsTls: true,
        choices: 2,
      },
      'Ingress shop ends TLS and sends shop.example.com/ to service web: pod web-1, 172.28.1.5:8080 (one of 2 endpoints)',
    ],
    [
      {
        ingress: 'shop',
        host: 'shop.example.com',
        path: '/a',
        service: 'web',
        to: '10.0.0.9:80',
        endsTls: false,
        choices: 1,
      },
      'Ingress shop sends shop.example.com/a to service web: 10.0.0.9:80',
    ],
  ],
  'ingress-rule/none': [
    [
      { host: 'nope.example', path: '/' },
      'No ingress rule for nope.example/ and no default backend: the controller answers 404',
    ],
  ],
  'ingress-rule/no-endpoints': [
    [{ ingress: 'shop', service: 'web' }, 'Ingress shop picks service web, which has no endpoints'],
  ],
  'proxy/use': [
    [
      { proxy: '10.208.242.140:3128', host: 'registry-1.docker.io' },
      'Goes to registry-1.docker.io through proxy 10.208.242.140:3128',
    ],
  ],
  'proxy/bypass': [
    [
      { host: 'mycluster.icp', token: 'mycluster.icp' },
      'Goes to mycluster.icp directly: NO_PROXY holds mycluster.icp',
    ],
  ],
  'proxy/connect': [
    [
      { host: 'registry-1.docker.io', port: 443 },
      'Opens the connection to registry-1.docker.io port 443 for its client',
    ],
  ],
  'proxy/refuse': [
    [
      {
        host: 'a.example',
        port: 22,
        reason: 'port 22 is not open to CONNECT (443)',
        because: { code: 'port-not-open', detail: { port: 22, ports: [443] } },
      },
      'Refuses a.example port 22: port 22 is not open to CONNECT (443)',
    ],
  ],
  'encapsulate/vxlan': [
    [
      {
        vni: 6002,
        segment: 'icp',
        from: '10.208.241.11',
        to: '10.208.241.13',
        overheadBytes: 50,
      },
      'Encapsulates in VXLAN 6002 (icp), 10.208.241.11 → 10.208.241.13 (+50 bytes)',
    ],
  ],
  'encapsulate/ip-in-ip': [
    [
      { interface: 'tunl0', from: '192.168.20.21', to: '192.168.20.61', overheadBytes: 20 },
      'Encapsulates in IP-in-IP by tunl0, 192.168.20.21 → 192.168.20.61 (+20 bytes)',
    ],
  ],
  'encapsulate/l2-tunnel': [
    [
      { stretch: 'app-lan', from: '172.16.250.10', to: '10.208.243.70', overheadBytes: 112 },
      'Puts the frame into the tunnel of app-lan, 172.16.250.10 → 10.208.243.70 (+112 bytes)',
    ],
  ],
  'decapsulate/vxlan': [[{ vni: 6002, segment: 'icp' }, 'Takes the frame out of VXLAN 6002 (icp)']],
  'decapsulate/ip-in-ip': [[{ interface: 'tunl0' }, 'Takes the packet out of IP-in-IP by tunl0']],
  'decapsulate/l2-tunnel': [
    [
      { stretch: 'app-lan', segment: 'stretched' },
      'Takes the frame out of the tunnel of app-lan onto stretched',
    ],
  ],
  'encapsulate/ipsec': [
    [
      { tunnel: 'to-vcs', from: '10.1.0.5', to: '10.208.242.130', overheadBytes: 77 },
      'Encrypts into IPsec tunnel to-vcs, 10.1.0.5 → 10.208.242.130 (+77 bytes)',
    ],
  ],
  'decapsulate/ipsec': [[{ tunnel: 'to-vcs' }, 'Decrypts the packet out of IPsec tunnel to-vcs']],
  'switch/local': [
    [{ segment: 'icp', to: 'proxy-1' }, 'Switches on icp to proxy-1, on this hypervisor'],
  ],
  'switch/uplink': [
    [{ segment: 'public-portable', to: 'esg' }, 'Switches on public-portable by the uplink to esg'],
  ],
  'switch/remote': [
    [
      { segment: 'icp', to: 'proxy-1', through: 'VTEP 10.208.241.13' },
      'Switches on icp to proxy-1 through VTEP 10.208.241.13',
    ],
  ],
  'transmit/send': [
    [
      { interface: 'eth0', segment: 'internet', lengthBytes: 60, mtuBytes: 1500 },
      'Leaves by eth0 on internet: 60 of at most 1500 bytes',
    ],
  ],
  'receive/accept': [
    [{ interface: 'vnic1', segment: 'public-portable' }, 'Comes in by vnic1 on public-portable'],
  ],
  'fragment/split': [
    [
      { interface: 'wan', lengthBytes: 1598, mtuBytes: 1500, fragments: 2 },
      'Cut into 2 fragments for wan: 1598 bytes are more than 1500',
    ],
  ],
  'deliver/listener': [
    [
      { ...tcp, listener: 'ingress controller' },
      'Delivered: ingress controller takes tcp 443 from 198.51.100.25 to 203.0.113.43',
    ],
  ],
  'deliver/reply': [
    [tcp, 'Delivered: the reply tcp from 198.51.100.25:40000 to 203.0.113.43:443 is back'],
    [
      { ...tcp, source: '2001:db8::1' },
      'Delivered: the reply tcp from [2001:db8::1]:40000 to 203.0.113.43:443 is back',
    ],
  ],
  'deliver/exit': [[{ destination: '192.0.2.77' }, 'Leaves the drawn network towards 192.0.2.77']],
  'drop/packet': [
    [
      {
        disposition: 'denied',
        ...reasoned(because('filtered', { device: 'esg', action: 'deny', ...tcp })),
      },
      'Dropped, denied: esg: The default rule denies tcp 443 from 198.51.100.25 to 203.0.113.43',
    ],
  ],
};

const keys = Object.keys(rows) as StepKey[];
const check = <Key extends StepKey>(key: Key) => {
  for (const [detail, sentence] of rows[key]) expect(stepSentence(key, detail)).toBe(sentence);
};

describe('stepSentence', () => {
  it.each(keys)('tells %s in one sentence', (key) => {
    check(key);
  });

  it('leaves no detail undefined in any sentence', () => {
    for (const key of keys) {
      for (const [, sentence] of rows[key]) expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('tupleText', () => {
  it('names the destination port of a protocol that has ports', () => {
    expect(tupleText(tcp)).toBe('tcp 443 from 198.51.100.25 to 203.0.113.43');
  });
  it('names no port where there is none', () => {
    expect(tupleText(ping)).toBe('icmp from 2001:db8::1 to 2001:db8::2');
  });
});
