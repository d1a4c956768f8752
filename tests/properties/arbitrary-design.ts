/**
 * Random designs that are valid but by no means right: routed networks, edges with rules and translations, an overlay on
 * hypervisors, a stretch, a cluster; with routes into the void, dead interfaces and MTUs of all sizes.
 */
import fc from 'fast-check';
import type { Design } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';
import { everywhere, families, hostAddress, subnetOf, type Network } from './address-plan.ts';
import { addCluster } from './arbitrary-cluster.ts';
import { addEdge, addHost, addLink, addRouter } from './arbitrary-nodes.ts';
import { addOverlay, addStretch } from './arbitrary-overlay.ts';
import { chance, mtu, type Draw, type Sketch } from './sketch.ts';

export const arbitraryDesign: fc.Arbitrary<Design> = fc.gen().map((generate) => {
  const draw: Draw = (arbitrary) => generate(() => arbitrary);
  const sketch: Sketch = {
    draw,
    builder: network(),
    has: draw(families),
    networks: [],
    taken: [],
    hypervisors: [],
    forwarding: new Set(),
    overlay: new Set(),
  };
  addNetworks(sketch);
  addOverlay(sketch);
  const routers = draw(fc.integer({ min: 1, max: 3 }));
  for (let at = 0; at < routers; at += 1) addRouter(sketch, `r${at}`);
  if (draw(chance(60))) addEdge(sketch);
  const hosts = draw(fc.integer({ min: 2, max: 5 }));
  for (let at = 0; at < hosts; at += 1) addHost(sketch, `h${at}`);
  if (draw(chance(25))) addLink(sketch);
  if (draw(chance(20))) addStretch(sketch);
  if (draw(chance(40))) addCluster(sketch);
  addWays(sketch);
  return sketch.builder.build('random network');
});

function addNetworks(sketch: Sketch): void {
  const { draw, builder, has, networks } = sketch;
  const count = draw(fc.integer({ min: 1, max: 4 }));
  const hasInternet = draw(chance(40));
  if (hasInternet) builder.site('world', 'internet');
  for (let index = 1; index <= count; index += 1) {
    const item: Network = { id: `net${index}`, index, isPublic: hasInternet && index === 1 };
    networks.push(item);
    builder.segment(
      item.id,
      has.map((family) => subnetOf(item, family)),
      {
        gateway: has.map((family) => hostAddress(item, family, 1)),
        ...(item.isPublic ? { site: 'world' } : {}),
        ...(draw(chance(30)) ? { mtu: draw(mtu) } : {}),
      },
    );
  }
}

/**
 * Routes that lead somewhere: from most forwarding nodes to most networks, by a neighbour that is on them, and by default
 * to the internet or to some neighbour.
 */
function addWays({ draw, builder, has, networks, taken, forwarding }: Sketch): void {
  const places = taken.filter(({ node }) => forwarding.has(node));
  const internet = networks.find((item) => item.isPublic);
  for (const node of forwarding) {
    const on = new Set(places.filter((one) => one.node === node).map((one) => one.network));
    const routes = networks.flatMap((target) => {
      if (on.has(target)) return [];
      const there = new Set(places.filter((one) => one.network === target).map((one) => one.node));
      const next = places.filter((one) => on.has(one.network) && there.has(one.node));
      if (next.length === 0 || draw(chance(15))) return [];
      const ways = draw(chance(70)) ? [draw(fc.constantFrom(...next))] : next;
      return ways.flatMap(({ network: shared, host }) =>
        has.map((family) => ({
          destination: subnetOf(target, family),
          via: hostAddress(shared, family, host),
        })),
      );
    });
    const neighbors = places.filter((one) => on.has(one.network) && one.node !== node);
    if (neighbors.length > 0 && draw(chance(50))) {
      const { network: shared, host } = draw(fc.constantFrom(...neighbors));
      routes.push(
        ...has.map((family) => ({
          destination: everywhere(family),
          via: hostAddress(shared, family, host),
        })),
      );
    }
    builder.change('node', node, (made) => {
      const world = made.interfaces?.find((item) => item.segment === internet?.id);
      const toWorld = world
        ? has.map((family) => ({ destination: everywhere(family), interface: world.id }))
        : [];
      return { ...made, routes: [...(made.routes ?? []), ...routes, ...toWorld] };
    });
  }
}
