import type { Design, HostLike, NatRule } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import type { LeftOutList } from '../exchange.ts';
import { isEmpty } from '../left-out.ts';

/** What the writers of NSX's formats have in common. */

export type EdgeGateway = Extract<HostLike, { kind: 'edge-gateway' }>;

/** Edge gateways that filter or translate, in the order of the design. */
export const filteringEdges = (design: Design): readonly EdgeGateway[] =>
  (design.nodes ?? []).filter(
    (node) =>
      node.kind === 'edge-gateway' && (node.firewall !== undefined || natOf(node).length > 0),
  ) as readonly EdgeGateway[];

export const natOf = ({ nat }: EdgeGateway): readonly NatRule[] => nat ?? [];

/** What an edge filters by; everything is denied where a design says nothing of it. */
export const firewallOf = ({ firewall }: EdgeGateway) => ({
  rules: firewall?.rules ?? [],
  defaultAction: firewall?.defaultAction ?? 'deny',
});

/** Whether the filter sees destinations behind DNAT; an edge's own order has it before. */
export const filtersTranslated = ({ stageOrder }: EdgeGateway): boolean => stageOrder === 'linux';

/** Functions of a node, besides its firewall and NAT, that packets meet. */
const otherFunctions = [
  'loadBalancers',
  'dnsServer',
  'httpProxy',
  'virtualIps',
  'ipsecTunnels',
] as const;

/**
 * Tells, node by node, what NSX is not given: what `edges` do besides, and filters and translations of all others.
 * `own` tells what becomes of one edge, before the rest of it.
 */
export function tellNodes(
  design: Design,
  list: LeftOutList,
  own: (edge: EdgeGateway) => void,
): void {
  const edges = new Map(filteringEdges(design).map((edge) => [edge.id, edge]));
  for (const node of design.nodes ?? []) {
    const leftOut = list.of(entityRef('node', node.id));
    const edge = edges.get(node.id);
    if (edge) own(edge);
    switch (node.kind) {
      case 'edge-gateway':
        for (const key of otherFunctions) {
          if (isEmpty(node[key])) continue;
          leftOut(key, 'filter-and-nat-alone');
        }
        break;
      case 'host':
      case 'router':
        for (const key of ['firewall', 'nat'] as const) {
          if (isEmpty(node[key])) continue;
          leftOut(key, { code: 'no-edge-gateway', detail: { kind: node.kind } });
        }
        break;
      case 'distributed-router':
      case 'hypervisor':
      case 'l2-gateway':
        break;
      default:
        node satisfies never;
    }
  }
}

/** Where in an edge a rule stands. */
export const firewallPath = (at: number): string => `firewall.rules[${at}]`;
export const natPath = (at: number): string => `nat[${at}]`;

/** Controls that turn the direction of what stands behind them (Unicode UAX #9). */
export const turningControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
