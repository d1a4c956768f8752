import type { IpPool } from '../../../src-main/model/design.ts';
import type { NetworkBuilder } from '../../builders/network.ts';
import { cluster, pool } from '../../sim/cluster.ts';
import { withCluster } from '../cluster/plan.ts';
import { blocks } from '../cluster/serving.ts';
import { handWritten, type HandWritten } from './scene.ts';

/** n1 and n2 in one subnet, n3 in another; a pod of `web` on n2 and n3, `client` on n1. */
const tunnelled = (vxlan: NonNullable<IpPool['vxlan']>): NetworkBuilder =>
  cluster({
    ipPools: [
      pool('172.28.0.0/16', { vxlan, natOutgoing: true }),
      pool('fd28::/112', { vxlan, natOutgoing: true }),
    ],
    blocks,
  })
    .workload('client', ['n1'])
    .workload('web', ['n2', 'n3'], { ports: ['http 8080', 'dns 53/UDP'] })
    .workload('far', ['n3'], { ports: ['http 8080'] })
    .service('far', ['172.29.0.20', 'fd29::20'], ['http 80 -> 8080 node 30080'])
    .flow('same-subnet', 'client-1', '172.28.0.66', { port: 8080 })
    .flow('same-subnet-6', 'client-1', 'fd28::42', { port: 8080 })
    .flow('other-subnet', 'client-1', '172.28.0.130', { port: 53, protocol: 'udp' })
    .flow('other-subnet-6', 'client-1', 'fd28::82', { port: 53, protocol: 'udp' })
    // What the node itself sends through the tunnel comes from the tunnel's own address.
    .flow('node', 'n1', '172.28.0.130', { port: 8080 })
    .flow('node-6', 'n1', 'fd28::82', { port: 8080 })
    .flow('node-service', 'n1', '172.29.0.20', { port: 80 })
    .flow('outside-node-port', 'pc', '10.0.1.11', { port: 30080 })
    .flow('outside-node-port-6', 'pc', '2001:db8:1::11', { port: 30080 });

const built = (title: string, net: NetworkBuilder, stories: HandWritten['stories'], more = {}) =>
  handWritten(title, net, stories, { ...more, withPlan: withCluster(net.build()) });

/** What comes of flows between subnets: the same in either mode. */
const ofEitherMode: HandWritten['stories'] = {
  'other-subnet': [
    'web-2 takes the request: 172.28.0.2>172.28.0.130 ttl 62 udp 20002>53',
    'client-1 takes the answer: 172.28.0.130>172.28.0.2 ttl 62 udp 53>20002',
    'r takes the request in vxlan 4096, ip 10.0.1.11>10.0.2.13 ttl 64 -- 110 bytes',
    'n3 takes the request in vxlan 4096, ip 10.0.1.11>10.0.2.13 ttl 63 -- 110 bytes',
    'r takes the answer in vxlan 4096, ip 10.0.2.13>10.0.1.11 ttl 64 -- 110 bytes',
    'n1 takes the answer in vxlan 4096, ip 10.0.2.13>10.0.1.11 ttl 63 -- 110 bytes',
    'largest: 1430, 1430',
  ],
  'other-subnet-6': [
    'web-2 takes the request: fd28::2>fd28::82 ttl 62 udp 20003>53',
    'client-1 takes the answer: fd28::82>fd28::2 ttl 62 udp 53>20003',
    'r takes the request in vxlan 4096, ip 2001:db8:1::11>2001:db8:2::13 ttl 64 df 150 bytes',
    'n3 takes the request in vxlan 4096, ip 2001:db8:1::11>2001:db8:2::13 ttl 63 df 150 bytes',
    'r takes the answer in vxlan 4096, ip 2001:db8:2::13>2001:db8:1::11 ttl 64 df 150 bytes',
    'n1 takes the answer in vxlan 4096, ip 2001:db8:2::13>2001:db8:1::11 ttl 63 df 150 bytes',
    'largest: 1430, 1430',
  ],
  node: [
    'web-2 takes the request: 172.28.0.0>172.28.0.130 ttl 63 tcp 20004>8080',
    'n1 takes the answer: 172.28.0.130>172.28.0.0 ttl 63 tcp 8080>20004',
    'r takes the request in vxlan 4096, ip 10.0.1.11>10.0.2.13 ttl 64 -- 110 bytes',
    'n3 takes the request in vxlan 4096, ip 10.0.1.11>10.0.2.13 ttl 63 -- 110 bytes',
    'r takes the answer in vxlan 4096, ip 10.0.2.13>10.0.1.11 ttl 64 -- 110 bytes',
    'n1 takes the answer in vxlan 4096, ip 10.0.2.13>10.0.1.11 ttl 63 -- 110 bytes',
    'largest: 1430, 1430',
  ],
  'node-6': [
    'web-2 takes the request: fd28::>fd28::82 ttl 63 tcp 20005>8080',
    'n1 takes the answer: fd28::82>fd28:: ttl 63 tcp 8080>20005',
    'r takes the request in vxlan 4096, ip 2001:db8:1::11>2001:db8:2::13 ttl 64 df 150 bytes',
    'n3 takes the request in vxlan 4096, ip 2001:db8:1::11>2001:db8:2::13 ttl 63 df 150 bytes',
    'r takes the answer in vxlan 4096, ip 2001:db8:2::13>2001:db8:1::11 ttl 64 df 150 bytes',
    'n1 takes the answer in vxlan 4096, ip 2001:db8:2::13>2001:db8:1::11 ttl 63 df 150 bytes',
    'largest: 1430, 1430',
  ],
  'node-service': [
    'far-1 takes the request: 172.28.0.0>172.28.0.131 ttl 63 tcp 20006>8080',
    'n1 takes the answer: 172.29.0.20>10.0.1.11 ttl 63 tcp 80>20006',
    'r takes the request in vxlan 4096, ip 10.0.1.11>10.0.2.13 ttl 64 -- 110 bytes',
    'n3 takes the request in vxlan 4096, ip 10.0.1.11>10.0.2.13 ttl 63 -- 110 bytes',
    'r takes the answer in vxlan 4096, ip 10.0.2.13>10.0.1.11 ttl 64 -- 110 bytes',
    'n1 takes the answer in vxlan 4096, ip 10.0.2.13>10.0.1.11 ttl 63 -- 110 bytes',
    'largest: 1430, 1430',
  ],
  'outside-node-port': [
    'far-1 takes the request: 172.28.0.0>172.28.0.131 ttl 61 tcp 20007>8080',
    'pc takes the answer: 10.0.1.11>10.0.3.9 ttl 61 tcp 30080>20007',
    'r takes the request in vxlan 4096, ip 10.0.1.11>10.0.2.13 ttl 64 -- 110 bytes',
    'n3 takes the request in vxlan 4096, ip 10.0.1.11>10.0.2.13 ttl 63 -- 110 bytes',
    'r takes the answer in vxlan 4096, ip 10.0.2.13>10.0.1.11 ttl 64 -- 110 bytes',
    'n1 takes the answer in vxlan 4096, ip 10.0.2.13>10.0.1.11 ttl 63 -- 110 bytes',
    'largest: 1430, 1430',
  ],
  'outside-node-port-6': [
    'far-1 takes the request: fd28::>fd28::83 ttl 61 tcp 20008>8080',
    'pc takes the answer: 2001:db8:1::11>2001:db8:3::9 ttl 61 tcp 30080>20008',
    'r takes the request in vxlan 4096, ip 2001:db8:1::11>2001:db8:2::13 ttl 64 df 150 bytes',
    'n3 takes the request in vxlan 4096, ip 2001:db8:1::11>2001:db8:2::13 ttl 63 df 150 bytes',
    'r takes the answer in vxlan 4096, ip 2001:db8:2::13>2001:db8:1::11 ttl 64 df 150 bytes',
    'n1 takes the answer in vxlan 4096, ip 2001:db8:2::13>2001:db8:1::11 ttl 63 df 150 bytes',
    'largest: 1430, 1430',
  ],
};

export const calicoVxlanScenes: readonly HandWritten[] = [
  built('Calico VXLAN always: between all nodes', tunnelled('always'), {
    ...ofEitherMode,
    'same-subnet': [
      'web-1 takes the request: 172.28.0.2>172.28.0.66 ttl 62 tcp 20000>8080',
      'client-1 takes the answer: 172.28.0.66>172.28.0.2 ttl 62 tcp 8080>20000',
      'n2 takes the request in vxlan 4096, ip 10.0.1.11>10.0.1.12 ttl 64 -- 110 bytes',
      'n1 takes the answer in vxlan 4096, ip 10.0.1.12>10.0.1.11 ttl 64 -- 110 bytes',
      'largest: 1430, 1430',
    ],
    'same-subnet-6': [
      'web-1 takes the request: fd28::2>fd28::42 ttl 62 tcp 20001>8080',
      'client-1 takes the answer: fd28::42>fd28::2 ttl 62 tcp 8080>20001',
      'n2 takes the request in vxlan 4096, ip 2001:db8:1::11>2001:db8:1::12 ttl 64 df 150 bytes',
      'n1 takes the answer in vxlan 4096, ip 2001:db8:1::12>2001:db8:1::11 ttl 64 df 150 bytes',
      'largest: 1430, 1430',
    ],
  }),
  built('Calico VXLAN cross-subnet: between subnets alone', tunnelled('cross-subnet'), {
    ...ofEitherMode,
    'same-subnet': [
      'web-1 takes the request: 172.28.0.2>172.28.0.66 ttl 62 tcp 20000>8080',
      'client-1 takes the answer: 172.28.0.66>172.28.0.2 ttl 62 tcp 8080>20000',
      'largest: 1430, 1430',
    ],
    'same-subnet-6': [
      'web-1 takes the request: fd28::2>fd28::42 ttl 62 tcp 20001>8080',
      'client-1 takes the answer: fd28::42>fd28::2 ttl 62 tcp 8080>20001',
      'largest: 1430, 1430',
    ],
  }),
];
