import type { Cluster, Design, Node } from '../../model/design.ts';
import { collections, entityRef, type CollectionKey, type EntityKind } from '../../model/ids.ts';
import { LeftOutList, type LeftOut } from '../exchange.ts';
import { isEmpty } from '../left-out.ts';
import { undrawnParts, type UndrawnPart } from '../words/drawio-left-out.ts';
import { isWritable } from './xml-text.ts';

/** Kinds of entity that a drawing has no shape for. */
const undrawn = [
  'service',
  'ingress',
  'network-policy',
  'calico-policy',
  'host-endpoint',
  'group',
  'flow',
  'intent',
  'install-scenario',
] as const satisfies readonly EntityKind[];

/** What of a design is in no cell, in the order of the design. */
export function leftOutOf(design: Design, isDrawn: (ref: string) => boolean): readonly LeftOut[] {
  const { items, add: tell } = new LeftOutList();

  if (design.notes !== undefined) tell('design', 'notes', 'notes-not-drawn');
  for (const { id, name, notes, tags, vniPool, udpPort } of design.transportZones ?? []) {
    const parts = Object.entries({ name, notes, tags, vniPool, udpPort });
    for (const [part, value] of parts) {
      if (value !== undefined) tell(entityRef('transport-zone', id), part, 'zone-by-id-alone');
    }
  }
  for (const node of design.nodes ?? []) tellParts(entityRef('node', node.id), node, tell);
  const members = new Map<string, string>();
  for (const cluster of design.clusters ?? []) {
    const ref = entityRef('cluster', cluster.id);
    tellParts(ref, cluster, tell);
    cluster.nodes.forEach(({ addresses }, at) => {
      if (addresses !== undefined) {
        tell(ref, `nodes[${at}].addresses`, 'member-addresses-not-drawn');
      }
    });
    cluster.nodes.forEach(({ node }, at) => {
      const first = members.get(node);
      if (first === undefined) members.set(node, cluster.id);
      else if (first !== cluster.id) {
        const detail = { node, cluster: first };
        tell(ref, `nodes[${at}]`, { code: 'drawn-in-first-cluster', detail });
      }
    });
  }
  for (const { id, pods } of design.workloads ?? []) {
    const areDrawn = pods.every((pod) => isDrawn(`pod:${pod.id}`));
    tell(entityRef('workload', id), '', areDrawn ? 'pods-alone-drawn' : 'pods-without-place');
  }
  for (const kind of undrawn) {
    for (const { id } of design[collections[kind] as CollectionKey] ?? []) {
      tell(entityRef(kind, id), '', 'no-shape');
    }
  }
  if ((design.layout ?? []).some(({ views }) => views !== undefined)) {
    tell('design', 'layout', 'places-of-views');
  }
  for (const kind of ['site', 'segment', 'node', 'link', 'stretch', 'cluster'] as const) {
    for (const entity of design[collections[kind]] ?? []) tellWords(kind, entity, tell);
  }
  if (!isWritable(design.name)) tell('design', 'name', 'control-characters');
  return items;
}

type Tell = LeftOutList['add'];

function tellParts(ref: string, entity: Node | Cluster, tell: Tell): void {
  const values = entity as { readonly [Part in UndrawnPart]?: unknown };
  for (const part of Object.keys(undrawnParts) as UndrawnPart[]) {
    if (!isEmpty(values[part])) tell(ref, part, { code: 'part-not-drawn', detail: { part } });
  }
}

interface Described {
  readonly id: string;
  readonly name?: string;
  readonly notes?: string;
  readonly tags?: readonly string[];
}

function tellWords(kind: EntityKind, { id, name, notes, tags }: Described, tell: Tell): void {
  const ref = entityRef(kind, id);
  for (const [path, text] of Object.entries({ name, notes })) {
    if (text !== undefined && !isWritable(text)) tell(ref, path, 'control-characters');
  }
  tags?.forEach((tag, at) => {
    if (/\s/.test(tag) || !isWritable(tag)) tell(ref, `tags[${at}]`, 'blanks-in-tag');
  });
}
