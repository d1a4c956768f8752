import type { Design, Finding } from '../../src-main/contract/index.ts';
import { entityRef, type EntityKind } from '../../src-main/contract/vocabulary.ts';
import type { ItemKind, ViewChoice } from '../geometry/scene.ts';
import type { Thing } from '../geometry/thing.ts';
import { grownOf, thingsOf } from '../geometry/things.ts';
import { visibleText } from '../i18n/visible-text.ts';

/** What a line of the outline is, for its icon. */
export type OutlineKind =
  | ItemKind
  | { readonly is: 'entity'; readonly kind: EntityKind }
  | { readonly is: 'heading'; readonly heading: OutlineHeading };
export type OutlineHeading = 'zones' | 'links' | 'groups' | 'services' | 'policies';

/** A thing of the design with what is in it. */
export interface OutlineItem {
  /** Where it stands in the tree: a member of a cluster stands in its host too. */
  readonly key: string;
  /** What is selected by it; a heading selects nothing. */
  readonly ref: string | undefined;
  readonly kind: OutlineKind;
  /** Empty for a heading, whose words are the window's. */
  readonly label: string;
  readonly detail: string;
  readonly children: readonly OutlineItem[];
}

const everything: ViewChoice = { view: 'all', hiddenTags: [] };

/** Things that have not changed are the same lines as before. */
const lines = new WeakMap<Thing, OutlineItem>();

/**
 * The design as a tree: what is drawn stands in what it is drawn in, then what is not drawn as a box. Of the tree of the
 * design before, what has not changed stays the same objects.
 */
export function outlineOf(design: Design, before?: Design): readonly OutlineItem[] {
  const members = new Map<string, readonly { readonly node: string }[]>(
    (design.clusters ?? []).map((cluster) => [`cluster:${cluster.id}`, cluster.nodes]),
  );
  const memberIds = new Set(
    (design.clusters ?? []).flatMap(({ nodes }) => nodes.map(({ node }) => node)),
  );
  const nodes = new Map(
    (design.nodes ?? []).filter(({ id }) => memberIds.has(id)).map((node) => [node.id, node]),
  );
  const ofCluster = new Map<string, { services: OutlineItem[]; policies: OutlineItem[] }>();
  const partsOf = (cluster: string) => {
    let parts = ofCluster.get(cluster);
    if (!parts) ofCluster.set(cluster, (parts = { services: [], policies: [] }));
    return parts;
  };
  for (const one of design.services ?? []) {
    partsOf(one.cluster).services.push(leaf('service', one.id, one.name, one.namespace));
  }
  for (const one of design.ingresses ?? []) {
    partsOf(one.cluster).services.push(leaf('ingress', one.id, one.name, one.namespace));
  }
  for (const one of design.networkPolicies ?? []) {
    partsOf(one.cluster).policies.push(leaf('network-policy', one.id, one.name, one.namespace));
  }
  for (const one of design.calicoPolicies ?? []) {
    const { id, name, namespace = '' } = one;
    partsOf(one.cluster).policies.push(leaf('calico-policy', id, name, namespace));
  }
  for (const one of design.hostEndpoints ?? []) {
    partsOf(one.cluster).policies.push(leaf('host-endpoint', one.id, one.name, one.node));
  }

  /** What holds a cluster shows more than the thing says. */
  const withClusters = new Set<Thing>();
  const itemOf = (thing: Thing): OutlineItem => {
    const same = lines.get(thing);
    if (same) return same;
    const children = inOrder(thing.children).map(itemOf);
    if (thing.kind.is === 'cluster' || thing.children.some((child) => withClusters.has(child))) {
      withClusters.add(thing);
    }
    if (thing.kind.is === 'cluster') {
      const drawn = new Set(thing.children.map(({ ref }) => ref as string));
      for (const { node } of members.get(thing.ref) ?? []) {
        const ref = `node:${node}`;
        const known = nodes.get(node);
        if (drawn.has(ref) || !known) continue;
        children.push({
          key: `${thing.ref}/${ref}`,
          ref,
          kind: { is: 'node', kind: known.kind, role: 'cluster-node' },
          label: visibleText(known.name ?? known.id),
          detail: '',
          children: [],
        });
      }
      const { services, policies } = partsOf(thing.ref.slice('cluster:'.length));
      children.push(...heading('services', thing.ref, services));
      children.push(...heading('policies', thing.ref, policies));
    }
    const { ref, kind, label, detail } = thing;
    const item = { key: ref, ref, kind, label, detail, children };
    if (!withClusters.has(thing)) lines.set(thing, item);
    return item;
  };

  const things = thingsOf(design, everything, before && grownOf(before, everything));
  return [
    ...inOrder(things).map(itemOf),
    ...heading('links', '', [
      ...(design.links ?? []).map(({ id, name }) => leaf('link', id, name, '')),
      ...(design.stretches ?? []).map(({ id, name }) => leaf('stretch', id, name, '')),
    ]),
    ...heading(
      'zones',
      '',
      (design.transportZones ?? []).map(({ id, name }) => leaf('transport-zone', id, name, '')),
    ),
    ...heading(
      'groups',
      '',
      (design.groups ?? []).map(({ id, name }) => leaf('group', id, name, '')),
    ),
  ];
}

const ranks: Readonly<Record<ItemKind['is'], number>> = {
  site: 0,
  cluster: 1,
  node: 2,
  segment: 3,
  pod: 4,
};

/** Containers first, otherwise as the design has them; things stand the other way round where they are sites. */
function inOrder(things: readonly Thing[]): readonly Thing[] {
  const sites = things.filter(({ kind }) => kind.is === 'site');
  const others = things.filter(({ kind }) => kind.is !== 'site');
  return [...sites.reverse(), ...others.sort((a, b) => ranks[a.kind.is] - ranks[b.kind.is])];
}

function leaf(kind: EntityKind, id: string, name: string | undefined, detail: string): OutlineItem {
  const ref = entityRef(kind, id);
  return {
    key: ref,
    ref,
    kind: { is: 'entity', kind },
    label: visibleText(name ?? id),
    detail,
    children: [],
  };
}

function heading(
  name: OutlineHeading,
  within: string,
  children: readonly OutlineItem[],
): readonly OutlineItem[] {
  if (children.length === 0) return [];
  const kind = { is: 'heading', heading: name } as const;
  return [{ key: `${within}/${name}`, ref: undefined, kind, label: '', detail: '', children }];
}

export interface FaultCount {
  readonly errors: number;
  readonly warnings: number;
}

/** How much is wrong with each thing. */
export function faultsByRef(findings: readonly Finding[]): ReadonlyMap<string, FaultCount> {
  const counts = new Map<string, FaultCount>();
  for (const { places, severity } of findings) {
    for (const entity of new Set(places.map((place) => place.entity))) {
      const { errors, warnings } = counts.get(entity) ?? none;
      counts.set(
        entity,
        severity === 'error'
          ? { errors: errors + 1, warnings }
          : { errors, warnings: warnings + 1 },
      );
    }
  }
  return counts;
}

const none: FaultCount = { errors: 0, warnings: 0 };

/** What is wrong with a thing and with all that is in it. */
export function faultsWithin(
  item: OutlineItem,
  byRef: ReadonlyMap<string, FaultCount>,
): FaultCount {
  let { errors, warnings } = (item.ref === undefined ? undefined : byRef.get(item.ref)) ?? none;
  for (const child of item.children) {
    const inside = faultsWithin(child, byRef);
    errors += inside.errors;
    warnings += inside.warnings;
  }
  return { errors, warnings };
}

/** What matches, with what it is in. */
export function matching(tree: readonly OutlineItem[], query: string) {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const shown = new Set<string>();
  let found = 0;
  const look = (item: OutlineItem): boolean => {
    const text = `${item.label} ${item.ref ?? ''} ${item.detail}`.toLowerCase();
    const matches = item.ref !== undefined && words.every((word) => text.includes(word));
    if (matches) found++;
    let inside = false;
    for (const child of item.children) inside = look(child) || inside;
    if (matches || inside) shown.add(item.key);
    return matches || inside;
  };
  for (const item of tree) look(item);
  return { shown, found };
}

/** Where each thing stands in the list. */
export const placesOf = (
  rows: readonly { readonly item: OutlineItem }[],
): ReadonlyMap<string, number> => new Map(rows.map(({ item }, index) => [item.key, index]));
