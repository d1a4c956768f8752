import type {
  FirewallRule,
  FirewallService,
  LoadBalancer,
  NatRule,
} from '../../../src-main/model/design.ts';
import { addressOf, familyOf, subnetOf, type Family, type Sketch } from './sketch.ts';

const ports = [53, 80, 123, 443, 3306, 8080] as const;

/** Filters, translations and balancers on routers, filters on some hosts. */
export function addFunctions(sketch: Sketch): void {
  for (const node of sketch.routers) {
    if (node === 'dlr') continue;
    const filters = sketch.chance(45);
    const translates = sketch.chance(40);
    const balances = sketch.chance(10);
    sketch.builder.change('node', node, (made) => ({
      ...made,
      ...(filters ? { firewall: firewall(sketch, node) } : {}),
      ...(translates ? { nat: natRules(sketch, node) } : {}),
      ...(balances ? { loadBalancers: balancers(sketch, node) } : {}),
    }));
  }
  for (const node of sketch.hosts) {
    if (!sketch.chance(15)) continue;
    sketch.builder.change('node', node, (made) => ({ ...made, firewall: firewall(sketch, node) }));
  }
}

/** A subnet, an address, a range, everything: of either family. */
function someMatch(sketch: Sketch): string {
  const family = sketch.pick(sketch.families);
  const net = sketch.pick(sketch.nets);
  const targets = sketch.targets.filter((text) => familyOf(text) === family);
  return sketch.pick([
    'any',
    subnetOf(net, family),
    subnetOf(net, family),
    family === 4 ? '10.0.0.0/8' : 'fd00::/16',
    `${addressOf(net, family, 1)}-${addressOf(net, family, sketch.between(2, 250))}`,
    ...(targets.length > 0 ? [sketch.pick(targets), sketch.pick(targets)] : []),
  ]);
}

const someMatches = (sketch: Sketch) =>
  Array.from({ length: sketch.between(1, 2) }, () => someMatch(sketch));

function someService(sketch: Sketch): FirewallService {
  if (sketch.chance(25)) return { protocol: sketch.pick(['icmp', 'any', 'tcp', 'udp'] as const) };
  const list = sketch.chance(25) ? ['1-1023', 8080] : sketch.some(ports, sketch.between(1, 2));
  return { protocol: sketch.pick(['tcp', 'udp'] as const), ports: list };
}

function firewall(sketch: Sketch, node: string) {
  const interfaces = sketch.interfaces.get(node) ?? [];
  const rules = Array.from({ length: sketch.between(1, 5) }, (_, at): FirewallRule => ({
    id: `rule-${at + 1}`,
    action: sketch.pick(['accept', 'accept', 'deny', 'reject'] as const),
    ...(sketch.chance(8) ? { enabled: false } : {}),
    ...(sketch.chance(20) ? { inInterface: sketch.pick(interfaces).id } : {}),
    ...(sketch.chance(20) ? { outInterface: sketch.pick(interfaces).id } : {}),
    ...(sketch.chance(50) ? { sources: someMatches(sketch) } : {}),
    ...(sketch.chance(50) ? { destinations: someMatches(sketch) } : {}),
    ...(sketch.chance(60)
      ? { services: Array.from({ length: sketch.between(1, 2) }, () => someService(sketch)) }
      : {}),
  }));
  return { defaultAction: sketch.pick(['accept', 'accept', 'deny', 'reject'] as const), rules };
}

function ownAddresses(sketch: Sketch, node: string, family: Family): string[] {
  const all = (sketch.interfaces.get(node) ?? []).flatMap((item) => item.addresses ?? []);
  return all.map((text) => text.split('/')[0] ?? '').filter((text) => familyOf(text) === family);
}

/** A subnet, an address, or a few addresses: of one family. */
function someOriginal(sketch: Sketch, family: Family): string {
  const net = sketch.pick(sketch.nets);
  const targets = sketch.targets.filter((text) => familyOf(text) === family);
  const wide = [subnetOf(net, family), family === 4 ? '10.0.0.0/8' : 'fd00::/16', 'any'];
  return sketch.pick([...wide, ...(targets.length > 0 ? [sketch.pick(targets)] : [])]);
}

function natRules(sketch: Sketch, node: string): NatRule[] {
  const interfaces = sketch.interfaces.get(node) ?? [];
  return Array.from({ length: sketch.between(1, 3) }, (_, at): NatRule => {
    const family = sketch.pick(sketch.families);
    const common = {
      id: `nat-${at + 1}`,
      ...(sketch.chance(8) ? { enabled: false } : {}),
      ...(sketch.chance(50) ? { interface: sketch.pick(interfaces).id } : {}),
    };
    return sketch.chance(55) || ownAddresses(sketch, node, family).length === 0
      ? snat(sketch, node, family, common)
      : dnat(sketch, node, family, common);
  });
}

type Common = Pick<NatRule, 'id' | 'enabled' | 'interface'>;

function snat(sketch: Sketch, node: string, family: Family, common: Common): NatRule {
  const limited = {
    ...common,
    kind: 'snat' as const,
    ...(sketch.chance(25) ? { protocol: sketch.pick(['tcp', 'udp'] as const) } : {}),
    ...(sketch.chance(25) ? { destination: someOriginal(sketch, family) } : {}),
  };
  if (sketch.chance(20)) {
    const net = sketch.pick(sketch.nets);
    return {
      ...limited,
      original: subnetOf(net, family),
      translated: family === 4 ? '10.90.0.0/24' : 'fd00:90::/64',
    };
  }
  const translated = sketch.pick(['interface', 'interface', ...ownAddresses(sketch, node, family)]);
  return { ...limited, original: someOriginal(sketch, family), translated };
}

function dnat(sketch: Sketch, node: string, family: Family, common: Common): NatRule {
  const servers = sketch.targets.filter((text) => familyOf(text) === family);
  const limited = {
    ...common,
    kind: 'dnat' as const,
    ...(sketch.chance(15) ? { source: someOriginal(sketch, family) } : {}),
  };
  if (sketch.chance(15)) {
    const net = sketch.pick(sketch.nets);
    const there = sketch.feetOn(net);
    // Nobody may be on that net.
    const host = there.length > 0 ? sketch.pick(there).host : 77;
    sketch.targets.push(addressOf({ ...net, index: 91 }, family, host));
    return {
      ...limited,
      original: family === 4 ? '10.91.0.0/24' : 'fd00:91::/64',
      translated: subnetOf(net, family),
    };
  }
  const original = sketch.chance(80)
    ? sketch.pick(ownAddresses(sketch, node, family))
    : sketch.pick(servers);
  const translated = sketch.pick(servers);
  if (sketch.chance(35)) return { ...limited, original, translated };
  return {
    ...limited,
    protocol: sketch.pick(['tcp', 'tcp', 'udp'] as const),
    original,
    ...(sketch.chance(75)
      ? { originalPorts: sketch.some([80, 443, 53, 8080], sketch.between(1, 2)) }
      : {}),
    ...(sketch.chance(60) ? { translatedPort: sketch.pick([80, 443, 53, 3306]) } : {}),
    translated,
  };
}

function balancers(sketch: Sketch, node: string): LoadBalancer[] {
  const family = sketch.pick(sketch.families);
  const members = sketch.targets.filter((text) => familyOf(text) === family);
  const own = ownAddresses(sketch, node, family);
  if (own.length === 0) return [];
  return [
    {
      id: 'lb',
      address: sketch.pick(own),
      protocol: sketch.pick(['tcp', 'udp'] as const),
      port: sketch.pick([80, 8080]),
      mode: sketch.pick(['proxy', 'transparent'] as const),
      members: sketch.some(members, sketch.between(1, 3)).map((address, at) => ({
        id: `member-${at + 1}`,
        address,
        port: sketch.pick([80, 443]),
        weight: sketch.between(1, 3),
      })),
    },
  ];
}
