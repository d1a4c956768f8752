import type { Node } from '../model/design.ts';
import { familyBits, prefixContains, type Ip } from '../model/ip.ts';
import { finding, place, type Found } from './finding.ts';
import type { Attachment, DesignView, StaticRoute } from './view/design-view.ts';
import type { Survey } from './view/survey.ts';

/** Static routes whose next hop cannot be found on any network of the node, or is nobody's there. */
export function* nextHops(view: Survey): Generator<Found> {
  for (const node of view.nodes) {
    for (const route of view.staticRoutes(node)) {
      if (route.via !== undefined) yield* faultOf(view, node, route, route.via);
    }
  }
}

function* faultOf(
  view: DesignView,
  node: Node,
  { index, destination, out: named }: StaticRoute,
  via: Ip,
): Generator<Found> {
  const isNamed = ({ item }: Attachment) => named === undefined || item.id === named;
  const owners = view.ownersAnywhere(via);
  const at = place('node', node.id, 'routes', index, 'via');
  const facts = { node: node.id, destination: destination.text, via: via.text };
  if (owners.some((owner) => owner.node === node && isNamed(owner))) {
    yield finding('next-hop-own-address', at, facts);
    return;
  }
  // Where the route names its interface, the next hop is looked for there, whatever the subnet.
  const reaches = (one: Attachment) =>
    isNamed(one) && (named !== undefined || isOnSubnet(one, via));
  const answered = owners.some(
    ({ domain, node: owner }) =>
      domain && owner !== node && view.attachmentsOn(node.id, domain).some(reaches),
  );
  if (answered) return;
  const candidates = view.attachmentsOf(node.id).filter(reaches);
  if (candidates.some(({ domain }) => domain?.internet)) return;
  const out = candidates.find((one) => isOnSubnet(one, via));
  if (!out) {
    const detail = named === undefined ? facts : { ...facts, interface: named };
    yield finding('next-hop-off-subnet', at, detail);
    return;
  }
  const network = out.domain ? { network: out.domain.ref } : {};
  yield finding('next-hop-unowned', at, { ...facts, ...network, interface: out.item.id }, [out.at]);
}

const isOnSubnet = ({ addresses }: Attachment, via: Ip): boolean =>
  addresses.some(
    ({ prefix }) => prefix.length < familyBits(via.family) && prefixContains(prefix, via),
  );
