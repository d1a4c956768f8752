import type { Change, Design, Entity } from '../../src-main/contract/index.ts';
import {
  clusterContentKinds,
  collections,
  entityRef,
  parseEntityRef,
  type EntityKind,
} from '../../src-main/contract/vocabulary.ts';
import type { Point, Scene } from '../geometry/scene.ts';
import { withContents } from './drawing-scene.ts';

/** What is copied: whole entities, with what is inside them, and where they are drawn. */
export type Copied = Extract<Change, { readonly kind: 'paste' }>['entities'];

/** How a text on the system's clipboard says that it is ours. */
const marker = 'hopscope/entities';
const version = 1;

export function formatClipboard(entities: Copied): string {
  return JSON.stringify({ kind: marker, version, entities });
}

/** Entities of a text, where it is one of ours. What they are is checked by the backend. */
export function parseClipboard(text: string): Copied | undefined {
  if (!text.includes(marker)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { kind, version: written, entities } = value as Record<string, unknown>;
    if (kind !== marker || written !== version || !Array.isArray(entities)) return undefined;
    return entities.length > 0 && entities.every(isCopied) ? entities : undefined;
  } catch {
    return undefined;
  }
}

const isCopied = (value: unknown): value is Copied[number] =>
  typeof value === 'object' && value !== null && 'ref' in value && typeof value.ref === 'string';

/** The things with everything inside them, the lines between them, and their places. */
export function copyOf(design: Design, refs: Iterable<string>): Copied {
  const taken = new Set(refs);
  const take = (kind: EntityKind, id: string) => {
    const ref = entityRef(kind, id);
    const isNew = !taken.has(ref);
    taken.add(ref);
    return isNew;
  };
  const has = (kind: EntityKind, id: string | undefined) =>
    id !== undefined && taken.has(entityRef(kind, id));

  // Containers in containers: until nothing is added any more.
  for (let grows = true; grows;) {
    grows = false;
    for (const site of design.sites ?? []) {
      if (has('site', site.parent)) grows = take('site', site.id) || grows;
    }
    for (const node of design.nodes ?? []) {
      const host = 'runsOn' in node ? node.runsOn : undefined;
      if (has('site', node.site) || has('node', host)) grows = take('node', node.id) || grows;
    }
  }
  for (const cluster of design.clusters ?? []) {
    if (has('cluster', cluster.id)) for (const { node } of cluster.nodes) take('node', node);
  }
  for (const segment of design.segments ?? []) {
    if (has('site', segment.site)) take('segment', segment.id);
  }
  for (const kind of clusterContentKinds) {
    for (const item of design[collections[kind]] ?? []) {
      if (has('cluster', item.cluster)) take(kind, item.id);
    }
  }
  for (const { id, a, b } of design.links ?? []) {
    if (has('node', a.node) && has('node', b.node)) take('link', id);
  }
  for (const { id, a, b } of design.stretches ?? []) {
    const ends = [a, b];
    if (ends.every((end) => has('segment', end.segment) && has('node', end.gateway))) {
      take('stretch', id);
    }
  }
  for (const { id } of design.layout ?? []) if (taken.has(id)) taken.add(`layout:${id}`);
  return entitiesOf(design, taken);
}

/** In the order of the design, so that what is named stands before what names it. */
function entitiesOf(design: Design, taken: ReadonlySet<string>): Copied {
  return Object.entries(collections).flatMap(([kind, key]) =>
    ((design[key] ?? []) as readonly Entity[])
      .map((value) => ({ ref: entityRef(kind as EntityKind, value.id), value }))
      .filter(({ ref }) => taken.has(ref)),
  );
}

/** Everything that lies in a container: what is drawn in it, and what the design keeps in it while it is folded. */
export function insideOf(design: Design, scene: Scene, index: number): readonly string[] {
  const container = scene.items[index];
  if (!container) return [];
  const inside = new Set(copyOf(design, [container.ref]).map(({ ref }) => ref));
  for (const one of withContents(scene, [index])) {
    const item = scene.items[one];
    if (item) inside.add(item.ref);
  }
  inside.delete(container.ref);
  return [...inside].filter((ref) => !ref.startsWith('layout:') && parseEntityRef(ref));
}

/** The middle of what was copied, by its places; undefined where nothing has one. */
export function middleOf(entities: Copied): Point | undefined {
  const places = entities.flatMap(({ ref, value }) =>
    parseEntityRef(ref)?.kind === 'layout'
      ? [value as Point & { width?: number; height?: number }]
      : [],
  );
  const known = places.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (known.length === 0) return undefined;
  const left = Math.min(...known.map(({ x }) => x));
  const top = Math.min(...known.map(({ y }) => y));
  const right = Math.max(...known.map(({ x, width = 0 }) => x + width));
  const bottom = Math.max(...known.map(({ y, height = 0 }) => y + height));
  return { x: (left + right) / 2, y: (top + bottom) / 2 };
}
