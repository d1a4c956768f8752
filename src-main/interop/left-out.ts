import type { Design } from '../model/design.ts';
import { collections, entityRef, type EntityKind } from '../model/ids.ts';
import type { LeftOut } from './exchange.ts';

/** By kind, the keys that a format has a place for; a kind that is not here is left out as a whole. */
export type Carried = { readonly [Kind in EntityKind]?: readonly string[] };

/**
 * What a format has no place for, in the order of the design: one line for each entity of a kind that it does not know,
 * and for each filled key of an entity that it knows. Where everything is drawn is left out in one line.
 */
export function withoutPlace(design: Design, carried: Carried, format: string): LeftOut[] {
  const found: LeftOut[] = [];
  if ((design.notes ?? '') !== '') {
    found.push({ ref: 'design', path: 'notes', text: `${format} has no place for its notes` });
  }
  for (const kind of Object.keys(collections) as EntityKind[]) {
    if (kind === 'layout') continue;
    for (const entity of design[collections[kind]] ?? []) {
      const ref = entityRef(kind, entity.id);
      const keys = carried[kind];
      if (!keys)
        found.push({ ref, path: '', text: `${format} has no place for ${kindWords[kind]}` });
      else found.push(...otherKeys(ref, entity, keys, format));
    }
  }
  if ((design.layout ?? []).length > 0) {
    const text = `${format} has no place for where things are drawn`;
    found.push({ ref: 'design', path: 'layout', text });
  }
  return found;
}

/** A line for each filled key that is not among those; `within` is where the value stands in its entity. */
export function otherKeys(
  ref: string,
  value: object,
  keys: readonly string[],
  format: string,
  within = '',
): LeftOut[] {
  return Object.entries(value)
    .filter(([key, held]) => !keys.includes(key) && !isEmpty(held))
    .map(([key]) => ({
      ref,
      path: `${within}${key}`,
      text: `${format} has no place for its ${keyWords(key)}`,
    }));
}

const isEmpty = (held: unknown): boolean =>
  held === undefined || held === '' || (Array.isArray(held) && held.length === 0);

/** `dnsServer` → `DNS server`. */
const keyWords = (key: string): string =>
  key
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\b(dns|http|ip|ips|mac|mtu|nat|vni)\b/g, (word) =>
      word === 'ips' ? 'IPs' : word.toUpperCase(),
    );

const kindWords: { readonly [Kind in Exclude<EntityKind, 'layout'>]: string } = {
  site: 'sites',
  'transport-zone': 'transport zones',
  segment: 'segments',
  node: 'machines',
  link: 'links',
  stretch: 'stretched networks',
  cluster: 'clusters',
  workload: 'workloads',
  service: 'services',
  ingress: 'ingresses',
  'network-policy': 'network policies',
  'calico-policy': 'Calico policies',
  'host-endpoint': 'host endpoints',
  group: 'groups',
  flow: 'flows',
  intent: 'intents',
  'install-scenario': 'install scenarios',
};

/** What the design says of itself first, then its entities as they stand in it; those of one entity keep their order. */
export function inDesignOrder(design: Design, leftOut: readonly LeftOut[]): LeftOut[] {
  const ranks = new Map<string, number>([['design', 0]]);
  for (const kind of Object.keys(collections) as EntityKind[]) {
    for (const { id } of design[collections[kind]] ?? [])
      ranks.set(entityRef(kind, id), ranks.size);
  }
  const rank = ({ ref, path }: LeftOut): number =>
    path === 'layout' ? Infinity : (ranks.get(ref) ?? Infinity);
  return [...leftOut].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
