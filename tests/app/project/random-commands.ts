import type { Command, Edit } from '../../../src-main/app/project/index.ts';
import type { Design, Entity, LayoutItem, Site } from '../../../src-main/model/design.ts';
import { collections, type EntityKind } from '../../../src-main/model/ids.ts';

/** Numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/** Mulberry32: the same numbers for the same seed, on every machine. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const below = (random: Random, end: number): number => Math.floor(random() * end);

export function oneOf<T>(random: Random, items: readonly T[]): T {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

const siteKinds = ['internet', 'cloud', 'data-centre', 'office', 'other'] as const;

/** A command that fits the design; the same for the same numbers. */
export function randomCommand(random: Random, design: Design, fresh: string): Command {
  const edit = randomEdit(random, design, fresh);
  if (random() < 0.75) return edit;
  const edits: Edit[] = [edit, ...placing(random, edit), heading(random, fresh)];
  return { kind: 'compound', label: `Step ${fresh}`, edits };
}

function randomEdit(random: Random, design: Design, fresh: string): Edit {
  const sites = design.sites ?? [];
  const choice = random();
  if (sites.length === 0 || choice < 0.4) return adding(random, design, fresh);
  const site = oneOf(random, sites);
  if (choice < 0.6)
    return { kind: 'put', entity: 'site', value: { ...site, notes: prose(random) } };
  if (choice < 0.8) {
    const entity: EntityKind = random() < 0.7 ? 'site' : 'layout';
    return (
      moving(random, design, entity) ?? moving(random, design, 'site') ?? heading(random, fresh)
    );
  }
  if (choice < 0.92) return removing(random, design) ?? heading(random, fresh);
  return heading(random, fresh);
}

function adding(random: Random, design: Design, fresh: string): Edit {
  const sites = design.sites ?? [];
  const value: Site = {
    id: `site-${fresh}`,
    kind: oneOf(random, siteKinds),
    notes: prose(random),
    ...(sites.length > 0 && random() < 0.3 ? { parent: oneOf(random, sites).id } : {}),
  };
  return { kind: 'put', entity: 'site', value, ...place(random, sites) };
}

function moving(random: Random, design: Design, entity: EntityKind): Edit | undefined {
  const items: readonly Entity[] = design[collections[entity]] ?? [];
  if (items.length === 0) return undefined;
  return { kind: 'move', entity, id: oneOf(random, items).id, ...place(random, items) };
}

/** Takes away what nothing refers to. */
function removing(random: Random, design: Design): Edit | undefined {
  const parents = new Set(design.sites?.map(({ parent }) => parent));
  const placed = new Set(design.layout?.map(({ id }) => id));
  const free = (design.sites ?? []).filter(
    ({ id }) => !parents.has(id) && !placed.has(`site:${id}`),
  );
  if (free.length > 0 && random() < 0.7) {
    return { kind: 'remove', entity: 'site', id: oneOf(random, free).id };
  }
  const layout = design.layout ?? [];
  if (layout.length === 0) return undefined;
  return { kind: 'remove', entity: 'layout', id: oneOf(random, layout).id };
}

function placing(random: Random, edit: Edit): readonly Edit[] {
  if (edit.kind !== 'put' || edit.entity !== 'site') return [];
  const value: LayoutItem = {
    id: `site:${edit.value.id}`,
    x: below(random, 1000),
    y: below(random, 1000),
  };
  return [{ kind: 'put', entity: 'layout', value }];
}

function heading(random: Random, fresh: string): Edit {
  const notes = random() < 0.5 ? null : prose(random);
  return { kind: 'head', name: `Design ${fresh}`, notes };
}

function place(random: Random, items: readonly Entity[]): { readonly before?: string } {
  return items.length === 0 || random() < 0.3 ? {} : { before: oneOf(random, items).id };
}

/** Mostly short; now and then long enough to spread over several pages of the file. */
function prose(random: Random): string {
  const length = random() < 0.05 ? below(random, 15_000) : below(random, 60);
  return 'näçhste → 次 hop '.repeat(Math.ceil(length / 17)).slice(0, length);
}
