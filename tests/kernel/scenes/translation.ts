import type { HostOptions } from '../../builders/options.ts';
import { network, type NetworkBuilder } from '../../builders/network.ts';
import { filtersFirst } from './filters-first.ts';
import { handWritten, type HandWritten } from './scene.ts';

/** An office behind its router; the server outside knows no way to the office's own addresses. */
const masquerade = handWritten(
  'masquerade: servers see the router, and answers find their way back',
  network()
    .segment('office', ['10.0.1.0/24', 'fd00:1::/64'])
    .segment('public', ['203.0.113.0/24', '2001:db8:f::/64'])
    .host('pc', '10.0.1.9/24,fd00:1::9/64', { gateway: ['10.0.1.1', 'fd00:1::1'] })
    .router('home', ['in=10.0.1.1/24,fd00:1::1/64', 'out=203.0.113.42/24,2001:db8:f::42/64'], {
      nat: ['snat 10.0.1.0/24 to interface on out', 'snat fd00:1::/64 to interface on out'],
    })
    .host('web', '203.0.113.80/24,2001:db8:f::80/64', { listens: ['tcp 80', 'udp 53'] })
    .flow('tcp', 'pc', '203.0.113.80', { port: 80 })
    .flow('udp', 'pc', '203.0.113.80', { port: 53, protocol: 'udp' })
    .flow('ping', 'pc', '203.0.113.80', { protocol: 'icmp' })
    .flow('nobody-listens', 'pc', '203.0.113.80', { port: 81 })
    .flow('tcp-6', 'pc', '2001:db8:f::80', { port: 80 })
    .flow('udp-6', 'pc', '2001:db8:f::80', { port: 53, protocol: 'udp' })
    .flow('ping-6', 'pc', '2001:db8:f::80', { protocol: 'icmp' })
    .flow('from-outside', 'web', '10.0.1.9', { port: 80 }),
  {
    tcp: [
      'web takes the request: 203.0.113.42>203.0.113.80 ttl 63 tcp 20000>80',
      'pc takes the answer: 203.0.113.80>10.0.1.9 ttl 63 tcp 80>20000',
      'home, request: nat 1',
      'largest: 1500, 1500',
    ],
    udp: [
      'web takes the request: 203.0.113.42>203.0.113.80 ttl 63 udp 20001>53',
      'pc takes the answer: 203.0.113.80>10.0.1.9 ttl 63 udp 53>20001',
      'home, request: nat 1',
      'largest: 1500, 1500',
    ],
    ping: [
      'web takes the request: 203.0.113.42>203.0.113.80 ttl 63 icmp 20002',
      'pc takes the answer: 203.0.113.80>10.0.1.9 ttl 63 icmp 20002',
      'home, request: nat 1',
      'largest: 1500, 1500',
    ],
    'nobody-listens': [
      'web takes the request: 203.0.113.42>203.0.113.80 ttl 63 tcp 20003>81',
      'home, request: nat 1',
      'web says reset',
      'the program is told ECONNREFUSED',
      'no answer',
    ],
    'tcp-6': [
      'web takes the request: 2001:db8:f::42>2001:db8:f::80 ttl 63 tcp 20004>80',
      'pc takes the answer: 2001:db8:f::80>fd00:1::9 ttl 63 tcp 80>20004',
      'home, request: nat 2',
      'largest: 1500, 1500',
    ],
    'udp-6': [
      'web takes the request: 2001:db8:f::42>2001:db8:f::80 ttl 63 udp 20005>53',
      'pc takes the answer: 2001:db8:f::80>fd00:1::9 ttl 63 udp 53>20005',
      'home, request: nat 2',
      'largest: 1500, 1500',
    ],
    'ping-6': [
      'web takes the request: 2001:db8:f::42>2001:db8:f::80 ttl 63 icmp 20006',
      'pc takes the answer: 2001:db8:f::80>fd00:1::9 ttl 63 icmp 20006',
      'home, request: nat 2',
      'largest: 1500, 1500',
    ],
    'from-outside': ['the program is told ENETUNREACH', 'no answer'],
  },
);

/** A server that answers its own subnet only, and an edge that translates both addresses of what comes for it. */
const behindEdge = (edge: HostOptions): NetworkBuilder =>
  network()
    .segment('public', ['203.0.113.0/24', '2001:db8:f::/64'])
    .segment('servers', ['10.0.1.0/24', 'fd00:1::/64'])
    .host('user', '203.0.113.25/24,2001:db8:f::25/64')
    .edge(
      'edge',
      [
        'out=203.0.113.42/24,203.0.113.43/24,2001:db8:f::42/64,2001:db8:f::43/64',
        'in=10.0.1.1/24,fd00:1::1/64',
      ],
      {
        ...edge,
        nat: [
          'dnat 203.0.113.43 tcp 80 to 10.0.1.80 port 8080 on out',
          'dnat 2001:db8:f::43 tcp 80 to fd00:1::80 port 8080 on out',
          'snat 203.0.113.0/24 to interface on in',
          'snat 2001:db8:f::/64 to interface on in',
        ],
      },
    )
    .host('web', '10.0.1.80/24,fd00:1::80/64', { listens: ['tcp 8080'] })
    .flow('tcp', 'user', '203.0.113.43', { port: 80 })
    .flow('tcp-6', 'user', '2001:db8:f::43', { port: 80 })
    .flow('other-port', 'user', '203.0.113.43', { port: 81 });

const originals = ['accept tcp 80 to 203.0.113.43', 'accept tcp 80 to 2001:db8:f::43'];
const translated = ['accept tcp 8080 to 10.0.1.80', 'accept tcp 8080 to fd00:1::80'];
/** The same rules as lines of iptables, for each family. */
const originalLines = {
  4: [[1, '-p tcp -d 203.0.113.43 --dport 80']],
  6: [[2, '-p tcp -d 2001:db8:f::43 --dport 80']],
} as const;
const translatedLines = {
  4: [[1, '-p tcp -d 10.0.1.80 --dport 8080']],
  6: [[2, '-p tcp -d fd00:1::80 --dport 8080']],
} as const;

const orders: readonly HandWritten[] = [
  handWritten(
    'DNAT → filter → SNAT (linux): rules on translated addresses count',
    behindEdge({ stageOrder: 'linux', firewall: translated }),
    {
      tcp: [
        'web takes the request: 10.0.1.1>10.0.1.80 ttl 63 tcp 20000>8080',
        'user takes the answer: 203.0.113.43>203.0.113.25 ttl 63 tcp 80>20000',
        'edge, request: nat 1, filter 1, nat 3',
        'largest: 1500, 1500',
      ],
      'tcp-6': [
        'web takes the request: fd00:1::1>fd00:1::80 ttl 63 tcp 20001>8080',
        'user takes the answer: 2001:db8:f::43>2001:db8:f::25 ttl 63 tcp 80>20001',
        'edge, request: nat 2, filter 2, nat 4',
        'largest: 1500, 1500',
      ],
      'other-port': ['edge, request: filter 0', 'no answer'],
    },
  ),
  handWritten(
    'DNAT → filter → SNAT (linux): rules on original addresses match nothing',
    behindEdge({ stageOrder: 'linux', firewall: originals }),
    {
      tcp: ['edge, request: nat 1, filter 0', 'no answer'],
      'tcp-6': ['edge, request: nat 2, filter 0', 'no answer'],
      'other-port': ['edge, request: filter 0', 'no answer'],
    },
  ),
  handWritten(
    'filter → DNAT → SNAT (nsx-v): rules on original addresses count',
    behindEdge({ stageOrder: 'nsx-v', firewall: originals }),
    {
      tcp: [
        'web takes the request: 10.0.1.1>10.0.1.80 ttl 63 tcp 20000>8080',
        'user takes the answer: 203.0.113.43>203.0.113.25 ttl 63 tcp 80>20000',
        'edge, request: filter 1, nat 1, nat 3',
        'largest: 1500, 1500',
      ],
      'tcp-6': [
        'web takes the request: fd00:1::1>fd00:1::80 ttl 63 tcp 20001>8080',
        'user takes the answer: 2001:db8:f::43>2001:db8:f::25 ttl 63 tcp 80>20001',
        'edge, request: filter 2, nat 2, nat 4',
        'largest: 1500, 1500',
      ],
      'other-port': ['edge, request: filter 0', 'no answer'],
    },
    { withPlan: filtersFirst('edge', originalLines) },
  ),
  handWritten(
    'filter → DNAT → SNAT (nsx-v): rules on translated addresses match nothing',
    behindEdge({ stageOrder: 'nsx-v', firewall: translated }),
    {
      tcp: ['edge, request: filter 0', 'no answer'],
      'tcp-6': ['edge, request: filter 0', 'no answer'],
      'other-port': ['edge, request: filter 0', 'no answer'],
    },
    { withPlan: filtersFirst('edge', translatedLines) },
  ),
];

/** user – outer – inner – web: both translate, and only the inner one knows the server's subnet. */
const inARow = (outer: readonly string[], inner: readonly string[]): NetworkBuilder =>
  network()
    .segment('users', ['198.51.100.0/24', '2001:db8:e::/64'])
    .segment('middle', ['203.0.113.0/24', '2001:db8:f::/64'])
    .segment('servers', ['10.0.1.0/24', 'fd00:1::/64'])
    .host('user', '198.51.100.25/24,2001:db8:e::25/64', {
      gateway: ['198.51.100.1', '2001:db8:e::1'],
    })
    .router(
      'outer',
      ['users=198.51.100.1/24,2001:db8:e::1/64', 'middle=203.0.113.1/24,2001:db8:f::1/64'],
      { gateway: ['203.0.113.2', '2001:db8:f::2'], nat: outer },
    )
    .router(
      'inner',
      ['middle=203.0.113.2/24,2001:db8:f::2/64', 'servers=10.0.1.1/24,fd00:1::1/64'],
      { gateway: ['203.0.113.1', '2001:db8:f::1'], nat: inner },
    )
    .host('web', '10.0.1.80/24,fd00:1::80/64', {
      gateway: ['10.0.1.1', 'fd00:1::1'],
      listens: ['tcp 80', 'tcp 8080'],
    })
    .flow('tcp', 'user', '198.51.100.1', { port: 80 })
    .flow('tcp-6', 'user', '2001:db8:e::1', { port: 80 });

const dnatThenSnat = handWritten(
  'DNAT at the first router, SNAT at the second',
  inARow(
    [
      'dnat 198.51.100.1 tcp 80 to 10.0.1.80 on users',
      'dnat 2001:db8:e::1 tcp 80 to fd00:1::80 on users',
    ],
    [
      // What the second router sees has the first one's destination, so that this one matches nothing.
      'snat any to interface on servers for 198.51.100.1',
      'snat 198.51.100.0/24 to interface on servers for 10.0.1.80',
      'snat 2001:db8:e::/64 to interface on servers for fd00:1::80',
    ],
  ),
  {
    tcp: [
      'web takes the request: 10.0.1.1>10.0.1.80 ttl 62 tcp 20000>80',
      'user takes the answer: 198.51.100.1>198.51.100.25 ttl 62 tcp 80>20000',
      'outer, request: nat 1',
      'inner, request: nat 2',
      'largest: 1500, 1500',
    ],
    'tcp-6': [
      'web takes the request: fd00:1::1>fd00:1::80 ttl 62 tcp 20001>80',
      'user takes the answer: 2001:db8:e::1>2001:db8:e::25 ttl 62 tcp 80>20001',
      'outer, request: nat 2',
      'inner, request: nat 3',
      'largest: 1500, 1500',
    ],
  },
);

const snatThenDnat = handWritten(
  'SNAT at the first router, DNAT at the second',
  inARow(
    ['snat 198.51.100.0/24 to interface on middle', 'snat 2001:db8:e::/64 to interface on middle'],
    [
      // What the second router sees comes from the first one.
      'dnat 203.0.113.2 tcp 80 to 10.0.1.81 from 198.51.100.0/24',
      'dnat 203.0.113.2 tcp 80 to 10.0.1.80 port 8080 from 203.0.113.1',
      'dnat 2001:db8:f::2 tcp 80 to fd00:1::81 from 2001:db8:e::/64',
      'dnat 2001:db8:f::2 tcp 80 to fd00:1::80 port 8080 from 2001:db8:f::1',
    ],
  )
    .remove('flow', 'tcp')
    .remove('flow', 'tcp-6')
    .flow('tcp', 'user', '203.0.113.2', { port: 80 })
    .flow('tcp-6', 'user', '2001:db8:f::2', { port: 80 }),
  {
    tcp: [
      'web takes the request: 203.0.113.1>10.0.1.80 ttl 62 tcp 20000>8080',
      'user takes the answer: 203.0.113.2>198.51.100.25 ttl 62 tcp 80>20000',
      'outer, request: nat 1',
      'inner, request: nat 2',
      'largest: 1500, 1500',
    ],
    'tcp-6': [
      'web takes the request: 2001:db8:f::1>fd00:1::80 ttl 62 tcp 20001>8080',
      'user takes the answer: 2001:db8:f::2>2001:db8:e::25 ttl 62 tcp 80>20001',
      'outer, request: nat 2',
      'inner, request: nat 4',
      'largest: 1500, 1500',
    ],
  },
);

/** The office uses the public address of a server that stands beside it. */
const hairpin = (nat: readonly string[]) =>
  network()
    .segment('office', ['10.0.1.0/24', 'fd00:1::/64'])
    .segment('public', ['203.0.113.0/24', '2001:db8:f::/64'])
    .host('pc', '10.0.1.9/24,fd00:1::9/64', { gateway: ['10.0.1.1', 'fd00:1::1'] })
    .host('web', '10.0.1.80/24,fd00:1::80/64', {
      gateway: ['10.0.1.1', 'fd00:1::1'],
      listens: ['tcp 80'],
    })
    .router('home', ['in=10.0.1.1/24,fd00:1::1/64', 'out=203.0.113.42/24,2001:db8:f::42/64'], {
      nat: [
        'dnat 203.0.113.42 tcp 80 to 10.0.1.80',
        'dnat 2001:db8:f::42 tcp 80 to fd00:1::80',
        ...nat,
      ],
    })
    .flow('tcp', 'pc', '203.0.113.42', { port: 80 })
    .flow('tcp-6', 'pc', '2001:db8:f::42', { port: 80 });

export const translationScenes: readonly HandWritten[] = [
  masquerade,
  ...orders,
  dnatThenSnat,
  snatThenDnat,
  handWritten(
    'hairpin with DNAT and SNAT: the answer comes back through the router',
    hairpin(['snat 10.0.1.0/24 to interface on in', 'snat fd00:1::/64 to interface on in']),
    {
      tcp: [
        'web takes the request: 10.0.1.1>10.0.1.80 ttl 63 tcp 20000>80',
        'pc takes the answer: 203.0.113.42>10.0.1.9 ttl 63 tcp 80>20000',
        'home, request: nat 1, nat 3',
        'largest: 1500, 1500',
      ],
      'tcp-6': [
        'web takes the request: fd00:1::1>fd00:1::80 ttl 63 tcp 20001>80',
        'pc takes the answer: 2001:db8:f::42>fd00:1::9 ttl 63 tcp 80>20001',
        'home, request: nat 2, nat 4',
        'largest: 1500, 1500',
      ],
    },
  ),
  handWritten(
    'hairpin with DNAT alone: the server answers past the router, and the client does not know it',
    hairpin([]),
    {
      tcp: [
        'web takes the request: 10.0.1.9>10.0.1.80 ttl 63 tcp 20000>80',
        'pc takes the answer: 10.0.1.80>10.0.1.9 ttl 64 tcp 80>20000',
        'home, request: nat 1',
        'pc says reset',
        'no answer',
        'largest: 1500, none',
      ],
      'tcp-6': [
        'web takes the request: fd00:1::9>fd00:1::80 ttl 63 tcp 20001>80',
        'pc takes the answer: fd00:1::80>fd00:1::9 ttl 64 tcp 80>20001',
        'home, request: nat 2',
        'pc says reset',
        'no answer',
        'largest: 1500, none',
      ],
    },
  ),
];
