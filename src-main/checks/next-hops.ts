import type { Node, Route } from '../model/design.ts';
import { familyBits, ip, prefixContains, type Ip } from '../model/ip.ts';
import { finding, place, type Finding } from './finding.ts';
import type { Attachment, DesignView } from './view/design-view.ts';
import type { Survey } from './view/survey.ts';

/** Static routes whose next hop cannot be found on any network of the node, or is nobody's there. */
export function* nextHops(view: Survey): Generator<Finding> {
  for (const node of view.nodes) {
    for (const [index, route] of (node.routes ?? []).entries()) {
      if (route.via !== undefined) yield* faultOf(view, node, route, index, ip(route.via));
    }
  }
}

function* faultOf(
  view: DesignView,
  node: Node,
  route: Route,
  index: number,
  via: Ip,
): Generator<Finding> {
  const at = place('node', node.id, 'routes', index, 'via');
  const facts = { node: node.id, destination: route.destination, via: via.text };
  const candidates = view
    .attachmentsOf(node.id)
    .filter(({ item }) => route.interface === undefined || item.id === route.interface);
  if (candidates.some((one) => one.addresses.some((own) => own.ip.text === via.text))) {
    yield finding('next-hop-own-address', at, facts);
    return;
  }
  const connected = candidates.filter((one) => isOnSubnet(one, via));
  const answered = (one: Attachment) =>
    one.domain !== undefined &&
    (one.domain.internet || view.owners(one.domain, via).some((owner) => owner.node !== node));
  // Where the route names its interface, the next hop is looked for there, whatever the subnet.
  const reachable = route.interface === undefined ? connected : candidates;
  if (reachable.some(answered)) return;
  const [out] = connected;
  if (!out) {
    const named = route.interface === undefined ? {} : { interface: route.interface };
    yield finding('next-hop-off-subnet', at, { ...facts, ...named });
    return;
  }
  const network = out.domain?.name ?? `interface ${out.item.id}, which is not connected,`;
  yield finding('next-hop-unowned', at, { ...facts, network }, [out.at]);
}

const isOnSubnet = ({ addresses }: Attachment, via: Ip): boolean =>
  addresses.some(
    ({ prefix }) => prefix.length < familyBits(via.family) && prefixContains(prefix, via),
  );
