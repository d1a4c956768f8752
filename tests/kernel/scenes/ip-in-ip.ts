import type { IpPool } from '../../../src-main/model/design.ts';
import type { NetworkBuilder } from '../../builders/network.ts';
import { cluster, pool } from '../../sim/cluster.ts';
import { withCluster } from '../cluster/plan.ts';
import { blocks } from '../cluster/serving.ts';
import { handWritten, type HandWritten } from './scene.ts';

/** n1 and n2 in one subnet, n3 in another; a pod of `web` on each, `client` on n1. */
const tunnelled = (ipInIp: NonNullable<IpPool['ipInIp']>): NetworkBuilder =>
  cluster({
    ipPools: [pool('172.28.0.0/16', { ipInIp, natOutgoing: true })],
    blocks: blocks.filter(({ cidr }) => !cidr.includes(':')),
  })
    .change('cluster', 'k', (one) => ({ ...one, podCidrs: ['172.28.0.0/16'] }))
    .workload('client', ['n1'], { ports: ['http 80'] })
    .workload('web', ['n1', 'n2', 'n3'], { ports: ['http 8080', 'dns 53/UDP'] })
    .workload('far', ['n3'], { ports: ['http 8080', 'dns 53/UDP'] })
    .service('far', '172.29.0.20', ['http 80 -> 8080 node 30080', 'dns 53/UDP -> 53 node 30053']);

const [near, away, beside] = ['172.28.0.66', '172.28.0.130', '172.28.0.3'];

const flows = (net: NetworkBuilder): NetworkBuilder =>
  net
    .flow('pod-same-node', 'client-1', beside, { port: 8080 })
    .flow('pod-same-subnet', 'client-1', near, { port: 8080 })
    .flow('pod-other-subnet', 'client-1', away, { port: 8080 })
    .flow('pod-udp', 'client-1', away, { port: 53, protocol: 'udp' })
    .flow('pod-ping', 'client-1', away, { protocol: 'icmp' })
    .flow('pod-cut', 'client-1', away, { port: 53, protocol: 'udp', df: false })
    .flow('pod-too-large', 'client-1', away, { port: 53, protocol: 'udp', packetBytes: 1500 })
    // What the node itself sends through the tunnel comes from the tunnel's own address.
    .flow('node-same-subnet', 'n1', near, { port: 8080 })
    .flow('node-other-subnet', 'n1', away, { port: 53, protocol: 'udp' })
    .flow('node-own-pod', 'n1', beside, { port: 8080 })
    // To a node no tunnel, and the address of the pod's own node.
    .flow('pod-to-node', 'client-1', '10.0.2.13', { port: 22 })
    .flow('pod-to-outside', 'client-1', '10.0.3.9', { port: 80 })
    .flow('pod-service', 'client-1', '172.29.0.20', { port: 80 })
    .flow('node-service', 'n1', '172.29.0.20', { port: 80 })
    .flow('outside-node-port', 'pc', '10.0.1.11', { port: 30080 })
    .flow('outside-full', 'pc', '10.0.1.11', { port: 30053, protocol: 'udp', packetBytes: 1500 })
    .flow('outside-fits', 'pc', '10.0.1.11', { port: 30053, protocol: 'udp', packetBytes: 1480 });

const built = (title: string, net: NetworkBuilder, stories: HandWritten['stories'], more = {}) =>
  handWritten(title, net, stories, { ...more, withPlan: withCluster(net.build()) });

/** What comes of flows that stay on their node or leave their subnet: the same in either mode. */
const ofEitherMode: HandWritten['stories'] = {
  'pod-same-node': [
    'web-1 takes the request: 172.28.0.2>172.28.0.3 ttl 63 tcp 20000>8080',
    'client-1 takes the answer: 172.28.0.3>172.28.0.2 ttl 63 tcp 8080>20000',
    'largest: 1480, 1480',
  ],
  'pod-other-subnet': [
    'web-3 takes the request: 172.28.0.2>172.28.0.130 ttl 62 tcp 20002>8080',
    'client-1 takes the answer: 172.28.0.130>172.28.0.2 ttl 62 tcp 8080>20002',
    'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 63 df 80 bytes',
    'n3 takes the request in ip 10.0.1.11>10.0.2.13 ttl 62 df 80 bytes',
    'r takes the answer in ip 10.0.2.13>10.0.1.11 ttl 63 df 80 bytes',
    'n1 takes the answer in ip 10.0.2.13>10.0.1.11 ttl 62 df 80 bytes',
    'largest: 1480, 1480',
  ],
  'pod-udp': [
    'web-3 takes the request: 172.28.0.2>172.28.0.130 ttl 62 udp 20003>53',
    'client-1 takes the answer: 172.28.0.130>172.28.0.2 ttl 62 udp 53>20003',
    'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 63 df 80 bytes',
    'n3 takes the request in ip 10.0.1.11>10.0.2.13 ttl 62 df 80 bytes',
    'r takes the answer in ip 10.0.2.13>10.0.1.11 ttl 63 df 80 bytes',
    'n1 takes the answer in ip 10.0.2.13>10.0.1.11 ttl 62 df 80 bytes',
    'largest: 1480, 1480',
  ],
  'pod-ping': [
    'web-3 takes the request: 172.28.0.2>172.28.0.130 ttl 62 icmp 20004',
    'client-1 takes the answer: 172.28.0.130>172.28.0.2 ttl 62 icmp 20004',
    'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 63 df 104 bytes',
    'n3 takes the request in ip 10.0.1.11>10.0.2.13 ttl 62 df 104 bytes',
    'r takes the answer in ip 10.0.2.13>10.0.1.11 ttl 63 -- 104 bytes',
    'n1 takes the answer in ip 10.0.2.13>10.0.1.11 ttl 62 -- 104 bytes',
    'largest: 1480, 1480',
  ],
  'pod-cut': [
    'web-3 takes the request: 172.28.0.2>172.28.0.130 ttl 62 udp 20005>53',
    'client-1 takes the answer: 172.28.0.130>172.28.0.2 ttl 62 udp 53>20005',
    'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 63 -- 80 bytes',
    'n3 takes the request in ip 10.0.1.11>10.0.2.13 ttl 62 -- 80 bytes',
    'r takes the answer in ip 10.0.2.13>10.0.1.11 ttl 63 -- 80 bytes',
    'n1 takes the answer in ip 10.0.2.13>10.0.1.11 ttl 62 -- 80 bytes',
    'largest: 1480, 1480',
  ],
  'pod-too-large': ['the program is told EMSGSIZE', 'no answer'],
  'node-other-subnet': [
    'web-3 takes the request: 172.28.0.0>172.28.0.130 ttl 63 udp 20008>53',
    'n1 takes the answer: 172.28.0.130>172.28.0.0 ttl 63 udp 53>20008',
    'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 64 df 80 bytes',
    'n3 takes the request in ip 10.0.1.11>10.0.2.13 ttl 63 df 80 bytes',
    'r takes the answer in ip 10.0.2.13>10.0.1.11 ttl 63 df 80 bytes',
    'n1 takes the answer in ip 10.0.2.13>10.0.1.11 ttl 62 df 80 bytes',
    'largest: 1480, 1480',
  ],
  'node-own-pod': [
    'web-1 takes the request: 10.0.1.11>172.28.0.3 ttl 64 tcp 20009>8080',
    'n1 takes the answer: 172.28.0.3>10.0.1.11 ttl 64 tcp 8080>20009',
    'largest: 1480, 1480',
  ],
  'pod-to-node': [
    'n3 takes the request: 10.0.1.11>10.0.2.13 ttl 62 tcp 20010>22',
    'client-1 takes the answer: 10.0.2.13>172.28.0.2 ttl 62 tcp 22>20010',
    'largest: 1480, 1480',
  ],
  'pod-to-outside': [
    'pc takes the request: 10.0.1.11>10.0.3.9 ttl 62 tcp 20011>80',
    'client-1 takes the answer: 10.0.3.9>172.28.0.2 ttl 62 tcp 80>20011',
    'largest: 1480, 1480',
  ],
  'pod-service': [
    'far-1 takes the request: 172.28.0.2>172.28.0.131 ttl 62 tcp 20012>8080',
    'client-1 takes the answer: 172.29.0.20>172.28.0.2 ttl 62 tcp 80>20012',
    'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 63 df 80 bytes',
    'n3 takes the request in ip 10.0.1.11>10.0.2.13 ttl 62 df 80 bytes',
    'r takes the answer in ip 10.0.2.13>10.0.1.11 ttl 63 df 80 bytes',
    'n1 takes the answer in ip 10.0.2.13>10.0.1.11 ttl 62 df 80 bytes',
    'largest: 1480, 1480',
  ],
  'node-service': [
    'far-1 takes the request: 172.28.0.0>172.28.0.131 ttl 63 tcp 20013>8080',
    'n1 takes the answer: 172.29.0.20>10.0.1.11 ttl 63 tcp 80>20013',
    'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 64 df 80 bytes',
    'n3 takes the request in ip 10.0.1.11>10.0.2.13 ttl 63 df 80 bytes',
    'r takes the answer in ip 10.0.2.13>10.0.1.11 ttl 63 df 80 bytes',
    'n1 takes the answer in ip 10.0.2.13>10.0.1.11 ttl 62 df 80 bytes',
    'largest: 1480, 1480',
  ],
  'outside-node-port': [
    'far-1 takes the request: 172.28.0.0>172.28.0.131 ttl 61 tcp 20014>8080',
    'pc takes the answer: 10.0.1.11>10.0.3.9 ttl 61 tcp 30080>20014',
    'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 62 df 80 bytes',
    'n3 takes the request in ip 10.0.1.11>10.0.2.13 ttl 61 df 80 bytes',
    'r takes the answer in ip 10.0.2.13>10.0.1.11 ttl 63 df 80 bytes',
    'n1 takes the answer in ip 10.0.2.13>10.0.1.11 ttl 62 df 80 bytes',
    'largest: 1480, 1480',
  ],
  'outside-full': [
    'n1 says 3/4, MTU 1480 about the request',
    'the program is told EMSGSIZE',
    'no answer',
  ],
  'outside-fits': [
    'far-1 takes the request: 172.28.0.0>172.28.0.131 ttl 61 udp 20016>53',
    'pc takes the answer: 10.0.1.11>10.0.3.9 ttl 61 udp 30053>20016',
    'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 62 df 1500 bytes',
    'n3 takes the request in ip 10.0.1.11>10.0.2.13 ttl 61 df 1500 bytes',
    'r takes the answer in ip 10.0.2.13>10.0.1.11 ttl 63 df 80 bytes',
    'n1 takes the answer in ip 10.0.2.13>10.0.1.11 ttl 62 df 80 bytes',
    'largest: 1480, 1480',
  ],
};

export const ipInIpScenes: readonly HandWritten[] = [
  built(
    'IP-in-IP always: between all nodes',
    flows(tunnelled('always')),
    {
      ...ofEitherMode,
      'pod-same-subnet': [
        'web-2 takes the request: 172.28.0.2>172.28.0.66 ttl 62 tcp 20001>8080',
        'client-1 takes the answer: 172.28.0.66>172.28.0.2 ttl 62 tcp 8080>20001',
        'n2 takes the request in ip 10.0.1.11>10.0.1.12 ttl 63 df 80 bytes',
        'n1 takes the answer in ip 10.0.1.12>10.0.1.11 ttl 63 df 80 bytes',
        'largest: 1480, 1480',
      ],
      'node-same-subnet': [
        'web-2 takes the request: 172.28.0.0>172.28.0.66 ttl 63 tcp 20007>8080',
        'n1 takes the answer: 172.28.0.66>172.28.0.0 ttl 63 tcp 8080>20007',
        'n2 takes the request in ip 10.0.1.11>10.0.1.12 ttl 64 df 80 bytes',
        'n1 takes the answer in ip 10.0.1.12>10.0.1.11 ttl 63 df 80 bytes',
        'largest: 1480, 1480',
      ],
    },
    { warnings: { 'outside-fits': ['mtu-reduced'] } },
  ),
  built(
    'IP-in-IP cross-subnet: between subnets alone',
    flows(tunnelled('cross-subnet')),
    {
      ...ofEitherMode,
      'pod-same-subnet': [
        'web-2 takes the request: 172.28.0.2>172.28.0.66 ttl 62 tcp 20001>8080',
        'client-1 takes the answer: 172.28.0.66>172.28.0.2 ttl 62 tcp 8080>20001',
        'largest: 1480, 1480',
      ],
      'node-same-subnet': [
        'web-2 takes the request: 10.0.1.11>172.28.0.66 ttl 63 tcp 20007>8080',
        'n1 takes the answer: 172.28.0.66>10.0.1.11 ttl 63 tcp 8080>20007',
        'largest: 1480, 1480',
      ],
    },
    { warnings: { 'outside-fits': ['mtu-reduced'] } },
  ),
  built(
    'IP-in-IP through a filter that knows TCP, UDP and ICMP alone',
    tunnelled('always')
      .change('node', 'r', (node) => ({
        ...node,
        firewall: {
          rules: [
            {
              id: 'usual',
              action: 'accept',
              services: [{ protocol: 'tcp' }, { protocol: 'udp' }, { protocol: 'icmp' }],
            },
          ],
        },
      }))
      .flow('near', 'client-1', near, { port: 8080 })
      .flow('away', 'client-1', away, { port: 8080 })
      .flow('away-ping', 'client-1', away, { protocol: 'icmp' })
      .flow('node-to-node', 'n1', '10.0.2.13', { port: 22 }),
    {
      near: [
        'web-2 takes the request: 172.28.0.2>172.28.0.66 ttl 62 tcp 20000>8080',
        'client-1 takes the answer: 172.28.0.66>172.28.0.2 ttl 62 tcp 8080>20000',
        'n2 takes the request in ip 10.0.1.11>10.0.1.12 ttl 63 df 80 bytes',
        'n1 takes the answer in ip 10.0.1.12>10.0.1.11 ttl 63 df 80 bytes',
        'largest: 1480, 1480',
      ],
      away: [
        'r, request: filter 0',
        'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 63 df 80 bytes',
        'no answer',
      ],
      'away-ping': [
        'r, request: filter 0',
        'r takes the request in ip 10.0.1.11>10.0.2.13 ttl 63 df 104 bytes',
      ],
      'node-to-node': [
        'n3 takes the request: 10.0.1.11>10.0.2.13 ttl 63 tcp 20003>22',
        'n1 takes the answer: 10.0.2.13>10.0.1.11 ttl 63 tcp 22>20003',
        'r, request: filter 1',
        'largest: 1500, 1500',
      ],
    },
  ),
];
