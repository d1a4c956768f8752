import fc from 'fast-check';
import type { NetworkInterface } from '../../src-main/model/design.ts';
import { everywhere, hostAddress, interfaceAddresses, subnetOf } from './address-plan.ts';
import { edgeFunctions } from './arbitrary-rules.ts';
import {
  attach,
  chance,
  mtu,
  placed,
  someAddress,
  someNetworks,
  someRoute,
  state,
  type Sketch,
} from './sketch.ts';

export function addRouter(sketch: Sketch, id: string): void {
  const { draw, builder, networks, forwarding } = sketch;
  const on = draw(someNetworks(networks, 2));
  const interfaces = attach(sketch, id, on);
  forwarding.add(id);
  const routes = Array.from({ length: draw(fc.nat(2)) }, () => someRoute(sketch, interfaces));
  builder.router(id, interfaces, { routes, ...placed(sketch, on), ...state(draw) });
}

export function addHost(sketch: Sketch, id: string): void {
  const { draw, builder, has, networks, taken, forwarding } = sketch;
  const on = draw(chance(85))
    ? [draw(fc.constantFrom(...networks))]
    : draw(someNetworks(networks, 1));
  const gateways = on.flatMap((item) =>
    has.flatMap((family) => {
      const others = taken.filter((one) => one.network === item && forwarding.has(one.node));
      const [first] = others;
      const host = first && draw(chance(95)) ? draw(fc.constantFrom(...others)).host : 99;
      return draw(chance(95))
        ? [{ destination: everywhere(family), via: hostAddress(item, family, host) }]
        : [];
    }),
  );
  const interfaces = attach(sketch, id, on);
  const listens = draw(
    fc.subarray(['tcp 80', 'tcp 443', 'udp 53', 'tcp 3306', 'tcp 53'], { minLength: 2 }),
  );
  builder.host(id, interfaces, {
    routes: gateways,
    listens,
    ...(draw(chance(40))
      ? { resolvers: [draw(someAddress(sketch)), draw(someAddress(sketch))] }
      : {}),
    ...(draw(chance(30)) ? { dns: draw(dnsServer(sketch)) } : {}),
    ...(draw(chance(15)) ? { httpProxy: { port: 3128 } } : {}),
    ...(draw(chance(10)) ? { forwarding: true } : {}),
    ...placed(sketch, on),
    ...state(draw),
  });
}

const dnsServer = (sketch: Sketch) =>
  fc.record(
    {
      zones: fc
        .record({ 'www.corp.test': someAddress(sketch), 'db.corp.test': someAddress(sketch) })
        .map((records) => ({
          'corp.test': {
            ...records,
            'shop.corp.test': 'www.corp.test',
            'loop.corp.test': 'loop.corp.test',
          },
        })),
      forwarders: fc.array(someAddress(sketch), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );

export function addEdge(sketch: Sketch): void {
  const { draw, builder, has, networks, forwarding } = sketch;
  const on = draw(someNetworks(networks, 2));
  const interfaces = attach(sketch, 'edge', on);
  forwarding.add('edge');
  const own = interfaces.flatMap((item) =>
    (item.addresses ?? []).map((text) => text.split('/')[0] ?? ''),
  );
  const family = draw(fc.constantFrom(...has));
  const ofFamily = (text: string) => text.includes(':') === (family === 6);
  const hosts = draw(fc.array(someAddress(sketch, family), { minLength: 1, maxLength: 4 }));
  const meaningful = [...networks.map((item) => subnetOf(item, family)), ...hosts];
  const ids = interfaces.map((item) => item.id);
  const functions = draw(edgeFunctions(own.filter(ofFamily), meaningful, hosts, ids));
  const routes = Array.from({ length: draw(fc.nat(2)) }, () => someRoute(sketch, interfaces));
  const { firewall, nat, ...rest } = functions;
  const options = {
    routes,
    ...rest,
    ...(firewall ? { firewall } : {}),
    ...(nat ? { nat } : {}),
    ...placed(sketch, on),
  };
  if (draw(chance(70))) builder.edge('edge', interfaces, options);
  else builder.router('edge', interfaces, options);
}

/** A point-to-point link between two routers of its own, with routes over it. */
export function addLink({ draw, builder, has, networks }: Sketch): void {
  const [item] = networks;
  if (!item) return;
  const end = (host: number): NetworkInterface => ({
    id: 'p2p',
    addresses: has.map((family) =>
      family === 4 ? `10.250.0.${host}/30` : `fd00:250::${host}/127`,
    ),
  });
  const towards = (host: number) =>
    has.map((family) => ({
      destination: everywhere(family),
      via: family === 4 ? `10.250.0.${host}` : `fd00:250::${host}`,
    }));
  const lan = { id: 'lan', segment: item.id, addresses: interfaceAddresses(item, has, 240) };
  builder
    .router('p1', [end(1), lan], { routes: towards(2) })
    .router('p2', [end(2)], { routes: towards(1) })
    .link('wire', 'p1/p2p', 'p2/p2p', {
      ...(draw(chance(30)) ? { mtu: draw(mtu) } : {}),
      ...(draw(chance(10)) ? { state: 'down' as const } : {}),
    });
}
