import type { Route } from '../../../src-main/model/design.ts';
import {
  addressOf,
  everywhere,
  subnetOf,
  type Family,
  type Foot,
  type Net,
  type Sketch,
} from './sketch.ts';

/** Hops from every router to a net; absent where none leads there. */
function distancesTo(sketch: Sketch, target: Net): Map<string, number> {
  const found = new Map<string, number>();
  let frontier = sketch
    .feetOn(target)
    .map(({ node }) => node)
    .filter((node) => sketch.routers.includes(node));
  for (let hops = 0; frontier.length > 0; hops += 1) {
    for (const node of frontier) if (!found.has(node)) found.set(node, hops);
    const beside = new Set(
      frontier.flatMap((node) => neighbors(sketch, node)).map(({ node }) => node),
    );
    frontier = [...beside].filter((node) => !found.has(node));
  }
  return found;
}

/** Feet of other routers on a node's nets. */
const neighbors = (sketch: Sketch, node: string): Foot[] =>
  sketch
    .feetOf(node)
    .flatMap(({ net }) =>
      sketch.feetOn(net).filter((foot) => foot.node !== node && sketch.routers.includes(foot.node)),
    );

/** Routes that lead somewhere, and some that do not: missing ones, circles, dead ends, spare ones. */
export function addWays(sketch: Sketch): void {
  for (const node of [...sketch.routers, ...sketch.hypervisors, ...sketch.hosts]) {
    const isHost = sketch.hosts.includes(node);
    const routes = isHost && sketch.chance(70) ? [] : routesOf(sketch, node);
    const strange = sketch.chance(25) ? strangeRoutes(sketch, node) : [];
    const all = [...routes, ...strange];
    if (all.length === 0) continue;
    sketch.builder.change('node', node, (made) => ({
      ...made,
      routes: [...(made.routes ?? []), ...all],
    }));
  }
}

function routesOf(sketch: Sketch, node: string): Route[] {
  const own = new Set(sketch.feetOf(node).map(({ net }) => net));
  const all = new Set(sketch.feet.map(({ net }) => net));
  const beside = neighbors(sketch, node);
  return [...all].flatMap((target) => {
    if (own.has(target)) return [];
    const distances = distancesTo(sketch, target);
    const least = Math.min(...beside.map((foot) => distances.get(foot.node) ?? Infinity));
    const best = beside.filter((foot) => (distances.get(foot.node) ?? Infinity) === least);
    if (best.length === 0 || least === Infinity || sketch.chance(7)) return [];
    const chosen = sketch.chance(4)
      ? [sketch.pick(beside)]
      : sketch.chance(30)
        ? best
        : [sketch.pick(best)];
    const spare = sketch.chance(10) ? [sketch.pick(beside)] : [];
    return sketch.families.flatMap((family) => [
      ...chosen.map((foot) => routeBy(target, family, foot)),
      ...spare.map((foot) => ({
        ...routeBy(target, family, foot),
        ...(sketch.chance(50) ? { distance: 20 } : { metric: sketch.between(1, 9) }),
      })),
    ]);
  });
}

const routeBy = (target: Net, family: Family, { net, host }: Foot): Route => ({
  destination: subnetOf(target, family),
  via: addressOf(net, family, host),
});

function strangeRoutes(sketch: Sketch, node: string): Route[] {
  const family = sketch.pick(sketch.families);
  const target = sketch.pick(sketch.nets);
  const host = sketch.pick([...sketch.feetOn(target).map((foot) => foot.host), 77]);
  const destination = sketch.pick([
    subnetOf(target, family),
    everywhere(family),
    family === 4 ? '10.0.0.0/8' : 'fd00::/16',
    family === 4 ? `${addressOf(target, 4, host)}/32` : `${addressOf(target, 6, host)}/128`,
    family === 4 ? `10.${target.index}.0.128/25` : `fd00:${target.index}::80/121`,
    family === 4 ? '192.0.2.0/24' : '2001:db8::/32',
  ]);
  const items = sketch.interfaces.get(node) ?? [];
  if (items.length === 0) return [];
  const item = sketch.pick(items);
  const beside = neighbors(sketch, node);
  // A distance of its own, so that it is no equal of the others.
  const distance = sketch.pick([3, 5, 7]);
  switch (sketch.between(0, 3)) {
    case 0:
      return [{ destination, action: 'discard', distance }];
    case 1:
      return [{ destination, interface: item.id, distance }];
    case 2: {
      const net = sketch.pick(sketch.feetOf(node)).net;
      return [{ destination, via: addressOf(net, family, 252), distance }];
    }
    default:
      return beside.length === 0
        ? []
        : [
            {
              destination,
              via: addressOf(sketch.pick(beside).net, family, sketch.pick(beside).host),
              distance,
            },
          ];
  }
}
