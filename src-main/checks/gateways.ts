import type { Node } from '../model/design.ts';
import { prefixContains } from '../model/ip.ts';
import { gatewayKinds } from './catalogue-words.ts';
import type { GatewayKind, NetworkRef } from './facts.ts';
import { finding, place, type Found } from './finding.ts';
import type { DesignView } from './view/design-view.ts';
import type { Survey } from './view/survey.ts';

/** Gateways of subnets that are not in the subnet, or that nobody on its network is. */
export function* subnetGateways({ domains, owners }: Survey): Generator<Found> {
  for (const domain of domains) {
    for (const { prefix, gateway, segment, at } of domain.subnets) {
      if (!gateway || !segment) continue;
      const where = place('segment', segment.id, ...at.segments, 'gateway');
      const facts = { gateway: gateway.text, subnet: prefix.text };
      if (!prefixContains(prefix, gateway)) {
        yield finding('gateway-outside-subnet', where, { ...facts, segment: segment.id });
      } else if (!domain.internet && owners(domain, gateway).length === 0) {
        // The internet's own routers need not be drawn.
        yield finding('gateway-unowned', where, { ...facts, network: domain.ref });
      }
    }
  }
}

const isGateway = (node: Node): node is Extract<Node, { kind: GatewayKind }> =>
  Object.hasOwn(gatewayKinds, node.kind);

/** Routers, edges and distributed routers with fewer than two sides to route between. */
export function* oneSidedGateways(view: Survey): Generator<Found> {
  for (const node of view.nodes) {
    if (!isGateway(node) || routesForPods(view, node)) continue;
    const sides = sidesOf(view, node.id);
    if (sides.size > 1) continue;
    const networks = [...new Set([...sides.values()])];
    const detail = { node: node.id, kind: node.kind, networks };
    yield finding('gateway-one-sided', place('node', node.id), detail);
  }
}

/** A router that is a cluster node has its pods on the other side. */
const routesForPods = ({ design }: DesignView, node: Node): boolean =>
  (design.clusters ?? []).some((cluster) =>
    cluster.nodes.some((member) => member.node === node.id),
  );

/** Networks that the node is on. Two subnets of one network are two sides: a router on a stick serves both. */
function sidesOf({ attachmentsOf }: DesignView, node: string): Map<string, NetworkRef> {
  const sides = new Map<string, NetworkRef>();
  for (const { domain, addresses } of attachmentsOf(node)) {
    if (!domain) continue;
    for (const { prefix } of addresses) sides.set(`${domain.index} ${prefix.text}`, domain.ref);
    if (addresses.length === 0) sides.set(`${domain.index}`, domain.ref);
  }
  return sides;
}
