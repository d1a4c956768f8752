import type { NodeKind, Site } from '../../model/design.ts';
import type { Disposition } from './disposition.ts';
import type { FlowStatus } from './status.ts';
import type { StepKind } from './step.ts';
import type { LegPurpose } from './result.ts';
import type { WarningCode } from './warning.ts';

/** What the terms of a result are called, in English. */
export const resultWords = {
  statuses: {
    reachable: 'Reachable',
    'one-way': 'One-way',
    unreachable: 'Unreachable',
  } satisfies Record<FlowStatus, string>,
  dispositions: {
    delivered: 'delivered',
    'exits-network': 'leaves the drawn network',
    denied: 'denied',
    rejected: 'rejected',
    'no-route': 'no route',
    'null-routed': 'discarded by a route',
    'neighbor-unreachable': 'neighbor unreachable',
    'no-listener': 'nobody listens',
    'name-not-resolved': 'name not resolved',
    'no-endpoints': 'no endpoints',
    'proxy-refused': 'refused by the proxy',
    'mtu-exceeded': 'too large for the MTU',
    loop: 'loop',
    'ttl-expired': 'TTL expired',
    'tunnel-down': 'tunnel down',
    'interface-down': 'interface down',
  } satisfies Record<Disposition, string>,
  purposes: {
    'dns-query': 'DNS query',
    'dns-answer': 'DNS answer',
    request: 'Request',
    reply: 'Reply',
  } satisfies Record<LegPurpose, string>,
  steps: {
    originate: 'originate',
    'resolve-name': 'name',
    route: 'route',
    neighbor: 'neighbor',
    firewall: 'firewall',
    nat: 'NAT',
    'load-balance': 'balance',
    service: 'service',
    'network-policy': 'policy',
    'ingress-rule': 'ingress',
    proxy: 'proxy',
    encapsulate: 'encapsulate',
    decapsulate: 'decapsulate',
    switch: 'switch',
    transmit: 'transmit',
    receive: 'receive',
    fragment: 'fragment',
    deliver: 'deliver',
    drop: 'drop',
  } satisfies Record<StepKind, string>,
  warnings: {
    'mtu-black-hole': 'Full-size packets vanish',
    'mtu-reduced': 'Packets are made smaller on the way',
    fragmentation: 'Packets are cut into fragments',
    asymmetric: 'The reply meets no session',
    tromboning: 'Traffic goes through the stretch and back',
    'paths-differ': 'Equal paths end differently',
    'paths-cut': 'More paths than are followed',
    'not-modelled': 'Not simulated',
    'nested-vxlan': 'VXLAN inside VXLAN',
    'resolver-failed': 'A resolver did not answer',
    ambiguous: 'Left open by Kubernetes',
    'no-proxy-token': 'A NO_PROXY token never matches',
  } satisfies Record<WarningCode, string>,
  nodeKinds: {
    host: 'host',
    router: 'router',
    'edge-gateway': 'edge gateway',
    'distributed-router': 'distributed router',
    hypervisor: 'hypervisor',
    'l2-gateway': 'L2 concentrator',
    pod: 'pod',
    address: 'address',
  } satisfies Record<NodeKind | 'pod' | 'address', string>,
  siteKinds: {
    internet: 'internet',
    cloud: 'cloud',
    'data-centre': 'data centre',
    office: 'office',
    other: 'site',
  } satisfies Record<Site['kind'], string>,
};

export type ResultWords = typeof resultWords;
