import type { Design, Node, Route } from '../../model/design.ts';
import { parseIp, parsePrefix, prefixContains, type Ip } from '../../model/ip.ts';
import type { StepDetails } from '../../sim/vocabulary/step.ts';
import { candidate, changed, freeId, nodeOf, type Candidate } from '../change.ts';
import type { Context } from './context.ts';
import { nextHops, prefixFor } from './ways.ts';

const withRoutes = (
  node: string,
  change: (routes: readonly Route[]) => readonly Route[] | undefined,
): Candidate['change'] => {
  return (design) =>
    changed(design, 'node', node, (one): Node | undefined => {
      const routes = change(one.routes ?? []);
      return routes && { ...one, routes };
    });
};

const addRoute = (node: string, destination: string, via: string): Candidate =>
  candidate(
    'route-add',
    { node, destination, via },
    withRoutes(node, (routes) => {
      const taken = routes.map(({ id }) => id);
      return [
        ...routes,
        { id: freeId(isDefault(destination) ? 'default' : 'route', taken), destination, via },
      ];
    }),
  );

const changeRoute = (node: string, at: number, route: Route, via: string): Candidate =>
  candidate(
    'route-change',
    { node, destination: route.destination, from: route.via ?? route.interface ?? '', via },
    withRoutes(node, (routes) => {
      const now = routes.findIndex(
        (one, place) =>
          (place === at || one.id === route.id) && one.destination === route.destination,
      );
      const old = routes[now];
      if (!old || old.via === via) return undefined;
      const { interface: _interface, action: _action, ...rest } = old;
      return routes.with(now, { ...rest, via });
    }),
  );

const removeRoute = (node: string, route: Route): Candidate =>
  candidate(
    'route-remove',
    { node, destination: route.destination },
    withRoutes(node, (routes) => {
      const at = routes.findIndex(
        (one) => one.destination === route.destination && one.action === 'discard',
      );
      return at < 0 ? undefined : routes.toSpliced(at, 1);
    }),
  );

const isDefault = (destination: string): boolean => parsePrefix(destination)?.length === 0;

/** Another way from a node: an own route to where the destination is, a default route, or another next hop. */
export function routeFrom(context: Context, id: string, destination: string): readonly Candidate[] {
  const { design, network } = context;
  const node = nodeOf(design, id);
  const device = network.devices[network.deviceByNode.get(id) ?? -1];
  const to = parseIp(destination);
  if (!node || !device || !to) return [];
  const routes = node.routes ?? [];
  const matching = routes
    .map((route, at) => ({ route, at, range: parsePrefix(route.destination) }))
    .filter(({ range }) => range?.network.family === to.family && prefixContains(range, to))
    .sort((a, b) => (b.range?.length ?? 0) - (a.range?.length ?? 0));
  const hops = nextHops(network, device, to);
  const best = matching[0];
  const changes = best
    ? hops
        .filter(({ address }) => address !== best.route.via)
        .map(({ address }) => changeRoute(id, best.at, best.route, address))
    : [];
  const prefixes = newPrefixes(design, node, to).filter(
    (prefix) => !matching.some(({ route }) => sameNetwork(route.destination, prefix)),
  );
  const additions = prefixes.flatMap((prefix) =>
    hops.map(({ address }) => addRoute(id, prefix, address)),
  );
  // A default route that works is for the rest of the world: one network more gets a route of its own.
  const isWider =
    best?.range?.length === 0 &&
    node.kind !== 'host' &&
    !hasDeadHop(context) &&
    prefixes.length > 0;
  return isWider ? [...additions, ...changes] : [...changes, ...additions];
}

const hasDeadHop = ({ blocked }: Context): boolean =>
  blocked.because.code === 'no-neighbor' || blocked.because.code === 'neighbor-down';

const sameNetwork = (a: string, b: string): boolean => {
  const [one, other] = [parsePrefix(a), parsePrefix(b)];
  return one?.network.text === other?.network.text && one?.length === other?.length;
};

/** A host has a default route; a router learns of the one network. */
function newPrefixes(design: Design, node: Node, to: Ip): readonly string[] {
  const all = to.family === 4 ? '0.0.0.0/0' : '::/0';
  const own = prefixFor(design, to);
  const hasDefault = node.routes?.some(({ destination }) => sameNetwork(destination, all)) === true;
  if (own === undefined) return [all];
  if (node.kind === 'host' && !hasDefault) return [all, own];
  return hasDefault ? [own] : [own, all];
}

/** The route that the packet followed last at a node on its way. */
function routeTaken(context: Context, node: string): StepDetails['route/match'] | undefined {
  const hop = context.blocked.hops.findLast((one) => one.node === node);
  const step = hop?.steps.findLast(({ kind, action }) => kind === 'route' && action === 'match');
  return step?.kind === 'route' && step.action === 'match' ? step.detail : undefined;
}

const nodesBack = 4;

/** The last nodes that sent the packet on: one of them may have sent it wrong. */
export function routeBefore(context: Context, destination: string): readonly Candidate[] {
  const nodes = [...new Set(context.blocked.hops.map(({ node }) => node).reverse())];
  return nodes
    .filter((node) => routeTaken(context, node)?.origin === 'static')
    .slice(0, nodesBack)
    .flatMap((node) => routeFrom(context, node, destination));
}

export function withoutDiscard(
  context: Context,
  id: string,
  destination: string,
): readonly Candidate[] {
  const routes = nodeOf(context.design, id)?.routes ?? [];
  const to = parseIp(destination);
  return [
    ...routeFrom(context, id, destination),
    ...routes
      .filter(({ action, destination: text }) => {
        const range = parsePrefix(text);
        return action === 'discard' && to && range && prefixContains(range, to);
      })
      .map((route) => removeRoute(id, route)),
  ];
}
