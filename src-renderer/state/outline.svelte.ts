import { SvelteSet } from 'svelte/reactivity';
import type { Design } from '../../src-main/contract/index.ts';
import type { Project } from './project.svelte.ts';
import {
  faultsByRef,
  faultsWithin,
  matching,
  outlineOf,
  placesOf,
  type FaultCount,
  type OutlineItem,
} from './outline-tree.ts';

/** A line of the outline as it is shown. */
export interface OutlineRow {
  readonly item: OutlineItem;
  readonly depth: number;
  /** Undefined where there is nothing to expand. */
  readonly expanded: boolean | undefined;
  /** Index of the row of what it is in; -1 at the top. */
  readonly parent: number;
  readonly place: number;
  readonly of: number;
}

/** Larger designs begin folded, so that the first look shows where one is. */
const shownUnfolded = 240;

/** The design as a tree that is unfolded, searched and walked by keys; its selection is the drawing's. */
export class Outline {
  readonly #project: Project;
  /** What the user folded or unfolded, other than it comes. */
  readonly #turned = new SvelteSet<string>();
  #query = $state('');
  #active = $state<string>();
  /** What the tree was made of last: what has not changed since stays the same. */
  #before: Design | undefined;
  readonly #tree = $derived.by(() => {
    const { design } = this.#project;
    const tree = outlineOf(design, this.#before);
    this.#before = design;
    return tree;
  });
  readonly #large = $derived.by(() => count(this.#tree) > shownUnfolded);
  readonly #faults = $derived.by(() => faultsByRef(this.#project.findings));
  readonly #matches = $derived.by(() => matching(this.#tree, this.#query));
  readonly #rows = $derived.by(() => this.#unfold());
  readonly #places = $derived.by(() => placesOf(this.#rows));

  constructor(project: Project) {
    this.#project = project;
  }

  get rows(): readonly OutlineRow[] {
    return this.#rows;
  }
  get query(): string {
    return this.#query;
  }
  /** How many things match; undefined while nothing is looked for. */
  get found(): number | undefined {
    return this.#matches?.found;
  }
  /** Index of the row that the keyboard is on. */
  get at(): number {
    return this.#active === undefined ? -1 : (this.#places.get(this.#active) ?? -1);
  }
  isSelected(row: OutlineRow): boolean {
    return row.item.ref !== undefined && this.#project.selection.refs.has(row.item.ref);
  }
  /** What is wrong with the thing, and, where it is folded, in it. */
  faults({ item, expanded }: OutlineRow): FaultCount | undefined {
    if (this.#faults.size === 0) return undefined;
    return expanded === false
      ? faultsWithin(item, this.#faults)
      : item.ref === undefined
        ? undefined
        : this.#faults.get(item.ref);
  }

  search(text: string): void {
    this.#query = text;
  }

  toggle(index: number, open?: boolean): void {
    const row = this.#rows[index];
    if (row?.expanded === undefined || row.expanded === open) return;
    if (!this.#turned.delete(row.item.key)) this.#turned.add(row.item.key);
  }
  /** Folds or unfolds everything. */
  toggleAll(open: boolean): void {
    this.#turned.clear();
    const turn = (items: readonly OutlineItem[]) => {
      for (const item of items) {
        if (item.children.length === 0) continue;
        if (this.#comesOpen(item) !== open) this.#turned.add(item.key);
        turn(item.children);
      }
    };
    turn(this.#tree);
  }

  /** Goes to a row: selects it alone, adds it, or all from the last one to it. */
  go(index: number, how: 'alone' | 'toggle' | 'range' | 'walk' = 'alone'): string | undefined {
    const row = this.#rows[index];
    if (!row) return undefined;
    const { selection } = this.#project;
    const from = this.at;
    this.#active = row.item.key;
    const { ref } = row.item;
    if (how === 'range' && from >= 0) {
      const rows = this.#rows.slice(Math.min(from, index), Math.max(from, index) + 1);
      const between = rows.flatMap(({ item }) => (item.ref === undefined ? [] : [item.ref]));
      selection.set([...selection.refs, ...between]);
    } else if (how === 'toggle') {
      if (ref !== undefined) selection.toggle(ref);
    } else if (how === 'alone') {
      if (ref !== undefined) selection.set([ref]);
    }
    return ref;
  }

  /** Unfolds what a thing is in, and goes to its row. The row's index, or -1 where the thing is not in the tree. */
  find(ref: string): number {
    const way = wayTo(this.#tree, ref);
    if (!way) return -1;
    for (const item of way.slice(0, -1)) {
      if (!this.#isOpen(item) && !this.#turned.delete(item.key)) this.#turned.add(item.key);
    }
    this.#active = way.at(-1)?.key;
    return this.at;
  }

  /** The next row whose label begins with the letters. */
  findByLetters(letters: string): number {
    const wanted = letters.toLowerCase();
    const rows = this.#rows;
    const from = Math.max(0, this.at + (letters.length > 1 ? 0 : 1));
    for (let step = 0; step < rows.length; step++) {
      const index = (from + step) % rows.length;
      if (rows[index]?.item.label.toLowerCase().startsWith(wanted)) return index;
    }
    return -1;
  }

  #comesOpen(item: OutlineItem): boolean {
    if (item.kind.is === 'site') return true;
    if (this.#large) return false;
    return (
      item.kind.is !== 'heading' && !(item.kind.is === 'node' && item.kind.kind !== 'hypervisor')
    );
  }
  #isOpen(item: OutlineItem): boolean {
    return this.#comesOpen(item) !== this.#turned.has(item.key);
  }

  #unfold(): readonly OutlineRow[] {
    const rows: OutlineRow[] = [];
    const shown = this.#matches?.shown;
    const add = (items: readonly OutlineItem[], depth: number, parent: number) => {
      const visible = shown ? items.filter(({ key }) => shown.has(key)) : items;
      visible.forEach((item, place) => {
        const children = shown
          ? item.children.some(({ key }) => shown.has(key))
          : item.children.length > 0;
        const expanded = children ? shown !== undefined || this.#isOpen(item) : undefined;
        const index = rows.length;
        rows.push({ item, depth, expanded, parent, place: place + 1, of: visible.length });
        if (expanded) add(item.children, depth + 1, index);
      });
    };
    add(this.#tree, 0, -1);
    return rows;
  }
}

const count = (items: readonly OutlineItem[]): number =>
  items.reduce((sum, item) => sum + 1 + count(item.children), 0);

function wayTo(items: readonly OutlineItem[], ref: string): readonly OutlineItem[] | undefined {
  for (const item of items) {
    if (item.ref === ref) return [item];
    const inside = wayTo(item.children, ref);
    if (inside) return [item, ...inside];
  }
  return undefined;
}
