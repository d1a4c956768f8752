import type { NatRule } from '../../model/design.ts';
import { parseInterfaceAddress, prefixContains } from '../../model/ip.ts';
import type { LeftOutSaying } from '../words/left-out.ts';
import type { EdgeGateway } from './edge-gateways.ts';
import { familyOf } from './addresses.ts';

/** One NAT rule of NSX: at one interface or all, for one protocol or all, for one port or range or all, of IPv4. */
export interface Translation {
  readonly kind: NatRule['kind'];
  readonly enabled: boolean;
  readonly interface?: string;
  readonly protocol?: 'tcp' | 'udp';
  readonly original: string;
  /** Destinations of an snat rule, sources of a dnat rule, that it holds for; every one when absent. */
  readonly other?: string;
  readonly translated: string;
  /** `80` or `8000-8100`. */
  readonly originalPort?: string;
  readonly translatedPort?: number;
}

/** A NAT rule of a design as several of NSX, which together do the same. */
export interface Translations {
  readonly list: readonly Translation[];
  /** What the list does not do. */
  readonly leftOut: readonly LeftOutSaying[];
}

export function translationsOf(edge: EdgeGateway, rule: NatRule): Translations {
  const other = rule.kind === 'snat' ? rule.destination : rule.source;
  const texts = [rule.original, rule.translated, other ?? 'any'];
  if (texts.some((text) => text !== 'interface' && familyOf(text) === 6)) {
    const why = { code: 'ipv6-translation', detail: {} } as const;
    return { list: [], leftOut: [{ code: 'rule-left-out', detail: { why } }] };
  }
  const base = {
    kind: rule.kind,
    enabled: rule.enabled !== false,
    ...(rule.interface === undefined ? {} : { interface: rule.interface }),
    original: rule.original,
    ...(other === undefined || other === 'any' ? {} : { other }),
  };
  if (rule.kind === 'snat') {
    const protocol = rule.protocol === undefined ? {} : { protocol: rule.protocol };
    if (rule.translated === 'interface') return ofInterfaces(edge, { ...base, ...protocol });
    return { list: [{ ...base, ...protocol, translated: rule.translated }], leftOut: [] };
  }
  return {
    list: portsOf(rule).map((ports) => ({ ...base, translated: rule.translated, ...ports })),
    leftOut: [],
  };
}

type DnatRule = Extract<NatRule, { kind: 'dnat' }>;
type Ports = Pick<Translation, 'protocol' | 'originalPort' | 'translatedPort'>;

/** One rule of NSX has one port or range. Where there are ports, there is a protocol that has some. */
function portsOf({ protocol, originalPorts = [], translatedPort }: DnatRule): readonly Ports[] {
  const base = {
    ...(protocol === undefined ? {} : { protocol }),
    ...(translatedPort === undefined ? {} : { translatedPort }),
  };
  if (originalPorts.length === 0) return [base];
  return originalPorts.map((port) => ({ ...base, originalPort: String(port) }));
}

/** NSX writes an address, where a design may say "that of the interface". */
function ofInterfaces(edge: EdgeGateway, base: Omit<Translation, 'translated'>): Translations {
  const list: Translation[] = [];
  const leftOut: LeftOutSaying[] = [];
  const outward = (edge.interfaces ?? []).filter(
    ({ id }) => base.interface === undefined || id === base.interface,
  );
  const mayBeIpv6 = base.original === 'any' && base.other === undefined;
  for (const { id, addresses } of outward) {
    const all = (addresses ?? []).flatMap((text) => parseInterfaceAddress(text) ?? []);
    const own = all.filter(({ ip }) => ip.family === 4);
    if (mayBeIpv6 && own.length < all.length) {
      leftOut.push({ code: 'ipv6-sources-stay', detail: { interface: id } });
    }
    const [first] = own;
    if (!first) {
      leftOut.push({ code: 'no-ipv4-address', detail: { interface: id } });
      continue;
    }
    list.push({ ...base, interface: id, translated: first.ip.text });
    if (own.some(({ ip }) => !prefixContains(first.prefix, ip))) {
      const detail = { interface: id, address: first.ip.text };
      leftOut.push({ code: 'one-source-address', detail });
    }
  }
  return { list, leftOut };
}
