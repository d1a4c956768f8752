/** The table of who gets which endpoint of a service, and as whom it is seen there. */
import type { ServiceOptions } from '../../builders/options.ts';
import type { NetworkBuilder } from '../../builders/network.ts';
import { serving, type Door } from './serving.ts';

/**
 * Who asks, by which door, and all that may come of it: `web-1 ← n1` is the endpoint web-1 that sees n1's address.
 * `rejected`: by kube-proxy, with an ICMP error. `dropped`: in silence.
 */
export type Row = readonly [from: string, door: Door, expected: string, protocol?: 'tcp' | 'udp'];

export interface Case {
  readonly title: string;
  readonly net: NetworkBuilder;
  readonly rows: readonly Row[];
  /** Families that the rows hold for; both when absent. */
  readonly families?: readonly (4 | 6)[];
}

const [pod, node, outside] = ['client-1', 'n1', 'pc'];
const opened = ['node port', 'external address', 'balancer address'] as const;

/** The same for every way in from outside. */
const eachDoor = (from: string, expected: string): Row[] =>
  opened.map((door) => [from, door, expected]);

/** Either endpoint, seeing that source. */
const any = (source: string) => `web-1 ← ${source}, web-2 ← ${source}`;

const clusterPolicy: Case = {
  title: 'externalTrafficPolicy Cluster',
  net: serving(),
  rows: [
    [pod, 'cluster IP', any(pod)],
    [node, 'cluster IP', any(node)],
    [outside, 'cluster IP', any(node)],
    ...eachDoor(pod, any(node)),
    ...eachDoor(node, any(node)),
    ...eachDoor(outside, any(node)),
    [outside, 'node port of n3', any('n3')],
    [pod, 'cluster IP', any(pod), 'udp'],
    [outside, 'balancer address', any(node), 'udp'],
  ],
};

const localPolicy: Case = {
  title: 'externalTrafficPolicy Local',
  net: serving({ externalTrafficPolicy: 'Local' }),
  rows: [
    [pod, 'cluster IP', any(pod)],
    ...eachDoor(pod, any(pod)),
    ...eachDoor(node, any(node)),
    ...eachDoor(outside, 'web-1 ← pc'),
    [outside, 'node port of n3', 'web-2 ← pc'],
    // A pod that asks another node is an outsider there: it comes with the address of its own node.
    [pod, 'node port of n3', 'web-2 ← n1'],
    [outside, 'node port', 'web-1 ← pc', 'udp'],
  ],
};

const noLocal: Case = {
  title: 'externalTrafficPolicy Local, no endpoint on the node',
  net: serving({ externalTrafficPolicy: 'Local' }, ['n3']),
  rows: [
    ...eachDoor(pod, 'web-1 ← client-1'),
    ...eachDoor(node, 'web-1 ← n1'),
    ...eachDoor(outside, 'dropped'),
    [outside, 'node port', 'dropped', 'udp'],
    [outside, 'cluster IP', 'web-1 ← n1'],
  ],
};

const noEndpoints = (policy: 'Cluster' | 'Local'): Case => ({
  title: `externalTrafficPolicy ${policy}, no endpoint at all`,
  net: serving({ externalTrafficPolicy: policy }, []),
  rows: [
    [pod, 'cluster IP', 'rejected'],
    [node, 'cluster IP', 'rejected'],
    [outside, 'cluster IP', 'rejected'],
    ...eachDoor(pod, 'rejected'),
    ...eachDoor(outside, 'rejected'),
    [outside, 'node port', 'rejected', 'udp'],
    // KUBE-EXTERNAL-SERVICES is not in OUTPUT, but what the node sends to itself comes in by INPUT.
    ...eachDoor(node, 'rejected'),
    ['n3', 'external address', 'rejected'],
  ],
});

const internalLocal: Case = {
  title: 'internalTrafficPolicy Local',
  net: serving({ internalTrafficPolicy: 'Local' }),
  rows: [
    [pod, 'cluster IP', 'web-1 ← client-1'],
    [node, 'cluster IP', 'web-1 ← n1'],
    [outside, 'cluster IP', 'web-1 ← n1'],
    ...eachDoor(outside, any(node)),
    [pod, 'balancer address', any(node)],
  ],
};

const noInternalLocal: Case = {
  title: 'internalTrafficPolicy Local, no endpoint on the node',
  net: serving({ internalTrafficPolicy: 'Local' }, ['n3']),
  rows: [
    [pod, 'cluster IP', 'dropped'],
    [node, 'cluster IP', 'dropped'],
    [outside, 'cluster IP', 'dropped'],
    [outside, 'node port', 'web-1 ← n1'],
  ],
};

const ranged = (title: string, ranges: readonly string[], rows: readonly Row[]): Case => ({
  title: `source ranges that hold ${title}`,
  net: serving({ loadBalancerSourceRanges: ranges }),
  rows,
});

const sourceRanges: readonly Case[] = [
  ranged(
    'the client',
    ['10.0.3.0/24', '2001:db8:3::/64'],
    [
      [outside, 'balancer address', any(node)],
      [pod, 'balancer address', 'dropped'],
    ],
  ),
  ranged(
    'others alone',
    ['192.0.2.0/24', 'fdff::/64'],
    [
      [outside, 'balancer address', 'dropped'],
      [pod, 'balancer address', 'dropped'],
      [node, 'balancer address', 'dropped'],
      // They are about the load-balancer address alone.
      [outside, 'external address', any(node)],
      [outside, 'node port', any(node)],
      [outside, 'cluster IP', any(node)],
    ],
  ),
  // What the node sends to the address that it has comes from that address.
  ranged('the node', ['10.0.1.0/24', '2001:db8:1::/64'], [[node, 'balancer address', any(node)]]),
  {
    ...ranged(
      'addresses of IPv4 alone',
      ['192.0.2.0/24'],
      [[outside, 'balancer address', any(node)]],
    ),
    families: [6],
  },
];

const hairpin = (options: ServiceOptions, title: string): Case => ({
  title: `hairpin, ${title}`,
  net: serving(options, ['n1']),
  rows: [
    ['web-1', 'cluster IP', 'web-1 ← n1'],
    ['web-1', 'node port', 'web-1 ← n1'],
    ['web-1', 'balancer address', 'web-1 ← n1'],
  ],
});

type State = 'ready' | 'not-ready' | 'terminating' | 'terminating-serving';

/** Pods in these states on n1, n1 and n3. */
const states = (policy: 'Cluster' | 'Local', given: readonly State[], expected: string): Case => ({
  title: `externalTrafficPolicy ${policy}, endpoints ${given.join(', ')}`,
  net: serving({ externalTrafficPolicy: policy }, ['n1', 'n1', 'n3']).change(
    'workload',
    'web',
    (workload) => ({
      ...workload,
      pods: workload.pods.map((one, at) => ({ ...one, state: given[at] ?? 'ready' })),
    }),
  ),
  rows: [[outside, 'node port', expected]],
});

const terminating: readonly Case[] = [
  states('Local', ['ready', 'terminating-serving', 'ready'], 'web-1 ← pc'),
  states('Local', ['not-ready', 'terminating-serving', 'ready'], 'web-2 ← pc'),
  states('Local', ['not-ready', 'terminating', 'ready'], 'dropped'),
  states('Cluster', ['not-ready', 'terminating-serving', 'ready'], 'web-3 ← n1'),
  states('Cluster', ['not-ready', 'terminating-serving', 'not-ready'], 'web-2 ← n1'),
  states('Local', ['not-ready', 'terminating', 'terminating'], 'rejected'),
];

const many = ['n1', 'n1', 'n3', 'n3'];
const eachSeeing = (source: string) => many.map((_, at) => `web-${at + 1} ← ${source}`).join(', ');

/** All connections of a client go to the endpoint that its first one got. */
export const affinity: Case = {
  title: 'sessionAffinity ClientIP',
  net: serving({ sessionAffinity: 'ClientIP' }, many),
  rows: [
    [pod, 'cluster IP', eachSeeing('client-1')],
    [outside, 'node port', eachSeeing('n1')],
    [outside, 'balancer address', eachSeeing('n1'), 'udp'],
  ],
};

export const cases: readonly Case[] = [
  clusterPolicy,
  localPolicy,
  noLocal,
  noEndpoints('Cluster'),
  noEndpoints('Local'),
  internalLocal,
  noInternalLocal,
  ...sourceRanges,
  hairpin({}, 'externalTrafficPolicy Cluster'),
  hairpin({ externalTrafficPolicy: 'Local' }, 'externalTrafficPolicy Local'),
  ...terminating,
];
