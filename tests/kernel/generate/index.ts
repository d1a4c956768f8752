/** Random designs that Linux can judge, each with flows through it. The same seed gives the same scene. */
import type { Design, Flow } from '../../../src-main/model/design.ts';
import { network } from '../../builders/network.ts';
import { firstKey } from '../decode.ts';
import { addFunctions } from './functions.ts';
import {
  addDistributedRouter,
  addHost,
  addNets,
  addOverlay,
  addRouter,
  addVirtualIp,
  addWire,
} from './nodes.ts';
import { addressOf, familyOf, Sketch, type Net } from './sketch.ts';
import { addWays } from './ways.ts';

export function generateScene(seed: number, flows: number): Design {
  const sketch = new Sketch(seed);
  addNets(sketch);
  if (sketch.chance(35)) addOverlay(sketch);
  addRouters(sketch);
  for (let at = 0; sketch.chance(at === 0 ? 35 : 20) && at < 2; at += 1) addWire(sketch, at);
  const room = 12 - sketch.hypervisors.length - sketch.routers.length;
  const hosts = sketch.between(2, Math.min(5, room));
  for (let at = 1; at <= hosts; at += 1) addHost(sketch, `h${at}`);
  if (sketch.chance(15)) addVirtualIp(sketch);
  addWays(sketch);
  addFunctions(sketch);
  const design = sketch.builder.build(`scene ${seed}`);
  return network({
    ...design,
    flows: Array.from({ length: flows }, (_, at) => someFlow(sketch, at)),
  }).build(design.name);
}

/** A chain of routers over the nets, so that most of them hang together, and some more. */
function addRouters(sketch: Sketch): void {
  const { nets, hypervisors } = sketch;
  if (hypervisors.length > 0 && sketch.chance(40)) addDistributedRouter(sketch);
  const count = sketch.between(1, Math.min(4, nets.length));
  for (let at = 0; at < count; at += 1) {
    const chain = nets.filter((_, index) => index === at || index === at + 1);
    const more = sketch.chance(40) ? sketch.some(nets, 1) : [];
    addRouter(sketch, `r${at + 1}`, [...new Set<Net>([...chain, ...more])]);
  }
}

function someFlow(sketch: Sketch, at: number): Flow {
  const { targets, hosts, routers, hypervisors } = sketch;
  const senders = [
    ...hosts,
    ...hosts,
    ...hosts,
    ...hosts,
    ...routers.filter((id) => id !== 'dlr'),
    ...hypervisors,
  ];
  const node = sketch.pick(senders);
  const family = sketch.pick(sketch.families);
  const asked = targets.filter((text) => familyOf(text) === family);
  const address =
    sketch.chance(92) && asked.length > 0 ? sketch.pick(asked) : nobody(sketch, family);
  const protocol = sketch.pick(['tcp', 'tcp', 'tcp', 'udp', 'udp', 'icmp'] as const);
  const own = (sketch.interfaces.get(node) ?? [])
    .filter(({ state }) => state !== 'down')
    .flatMap((item) => item.addresses ?? [])
    .map((text) => text.split('/')[0] ?? '')
    .filter((text) => familyOf(text) === family);
  return {
    id: `f${at}`,
    from: {
      kind: 'node',
      node,
      ...(own.length > 0 && sketch.chance(10) ? { address: sketch.pick(own) } : {}),
    },
    to: { kind: 'address', address },
    protocol,
    ...(protocol === 'icmp'
      ? {}
      : {
          port: sketch.pick(
            protocol === 'tcp' ? [53, 80, 80, 443, 3306, 8080] : [53, 53, 80, 123, 8080],
          ),
        }),
    sourcePort: firstKey + at,
    ...(protocol !== 'tcp' && sketch.chance(30) ? sized(sketch, family) : {}),
  };
}

/** A packet of some size, for MTUs to hold or to cut. */
function sized(sketch: Sketch, family: 4 | 6): Partial<Flow> {
  const bytes = sketch.pick([
    100, 576, 1280, 1281, 1400, 1450, 1451, 1472, 1500, 1501, 1600, 1950, 2000, 9000,
  ]);
  return { packetBytes: bytes, ...(family === 4 && sketch.chance(30) ? { df: false } : {}) };
}

/** An address of a net that nobody has, or of no net at all. */
const nobody = (sketch: Sketch, family: 4 | 6): string =>
  sketch.pick([
    addressOf(sketch.pick(sketch.nets), family, 253),
    family === 4 ? '192.0.2.9' : '2001:db8::9',
    family === 4 ? '10.77.0.1' : 'fd00:77::1',
  ]);
