/** A service on a cluster without tunnels, whichever way it is asked. */
import type { Design } from '../../../src-main/model/design.ts';
import { interfaceAddress } from '../../../src-main/model/ip.ts';
import type { NetworkBuilder } from '../../builders/network.ts';
import type { ServiceOptions } from '../../builders/options.ts';
import { cluster, pool } from '../../sim/cluster.ts';

export type Family = 4 | 6;

/** Doors of the service `web`; n1 has the external and the load-balancer address. */
export const doors = {
  'cluster IP': { 4: '172.29.0.10', 6: 'fd29::10', port: 80 },
  'node port': { 4: '10.0.1.11', 6: '2001:db8:1::11', port: 30080 },
  'node port of n3': { 4: '10.0.2.13', 6: '2001:db8:2::13', port: 30080 },
  'external address': { 4: '10.0.1.100', 6: '2001:db8:1::100', port: 80 },
  'balancer address': { 4: '10.0.1.200', 6: '2001:db8:1::200', port: 80 },
} as const;
export type Door = keyof typeof doors;

/** Of the nodes of the small cluster. */
export const blocks = [
  { node: 'n1', cidr: '172.28.0.0/26' },
  { node: 'n2', cidr: '172.28.0.64/26' },
  { node: 'n3', cidr: '172.28.0.128/26' },
  { node: 'n1', cidr: 'fd28::/122' },
  { node: 'n2', cidr: 'fd28::40/122' },
  { node: 'n3', cidr: 'fd28::80/122' },
];
const behind: Readonly<Record<string, readonly [string, string]>> = {
  n1: ['10.0.1.11', '2001:db8:1::11'],
  n2: ['10.0.1.12', '2001:db8:1::12'],
  n3: ['10.0.2.13', '2001:db8:2::13'],
};

/** Pods of `web` on these nodes, `client` on n1; `r` routes pods to their nodes, and cluster IPs to n1. */
export function serving(
  options: ServiceOptions = {},
  pods: readonly string[] = ['n1', 'n3'],
): NetworkBuilder {
  const addresses = [doors['external address'], doors['balancer address']];
  return cluster({
    ipPools: [
      pool('172.28.0.0/16', { natOutgoing: true }),
      pool('fd28::/112', { natOutgoing: true }),
    ],
    blocks,
  })
    .workload('client', ['n1'])
    .workload('web', pods, { ports: ['http 8080', 'dns 5353/UDP'] })
    .service(
      'web',
      [doors['cluster IP'][4], doors['cluster IP'][6]],
      ['http 80 -> http node 30080', 'dns 80/UDP -> dns node 30080'],
      {
        type: 'LoadBalancer',
        externalIps: [doors['external address'][4], doors['external address'][6]],
        loadBalancerIps: [doors['balancer address'][4], doors['balancer address'][6]],
        ...options,
      },
    )
    .change('node', 'n1', (node) => ({
      ...node,
      virtualIps: addresses
        .flatMap((door) => [door[4], door[6]])
        .map((address, at) => ({ id: `vip-${at}`, address, interface: 'eth0' })),
    }))
    .change('node', 'r', (node) => ({
      ...node,
      routes: [
        { destination: '172.29.0.0/16', via: '10.0.1.11' },
        { destination: 'fd29::/112', via: '2001:db8:1::11' },
        ...blocks.map(({ node: owner, cidr }) => ({
          destination: cidr,
          via: behind[owner]?.[cidr.includes(':') ? 1 : 0] ?? '',
        })),
      ],
    }));
}

/** Who has an address: nodes and pods by their names. */
export function nameOf({ nodes = [], workloads = [] }: Design, address: string): string {
  const has = (text: string) => interfaceAddress(text).ip.text === address;
  const node = nodes.find(({ interfaces = [] }) =>
    interfaces.some(({ addresses = [] }) => addresses.some(has)),
  );
  const pods = workloads.flatMap((one) => one.pods);
  return node?.id ?? pods.find((pod) => pod.addresses?.includes(address))?.id ?? address;
}
