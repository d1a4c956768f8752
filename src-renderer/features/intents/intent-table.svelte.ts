import { SvelteSet } from 'svelte/reactivity';
import type { Design, Intent, IntentCheck } from '../../../src-main/contract/index.ts';
import { visibleText } from '../../i18n/visible-text.ts';
import { serviceWord, sourceWord, targetWord } from '../../state/flow-words.ts';
import type { Project } from '../../state/project.svelte.ts';
import type { IntentState } from '../../state/runs.svelte.ts';

export type IntentFilter = 'all' | 'broken' | 'holds' | 'changed';

/** What an intent is about, in words. */
export type About =
  | { readonly kind: 'flow'; readonly text: string }
  | {
      readonly kind: 'matrix';
      readonly sources: string;
      readonly destinations: string;
      readonly services: string;
    };

/** An intent with how it fares. */
export interface IntentLine {
  readonly intent: Intent;
  readonly title: string;
  readonly about: About;
  /** Undefined until it was checked. */
  readonly state: IntentState | undefined;
  readonly unfolded: boolean;
}

/** A line of the list: an intent, one of its checks, or how many of them hold and are not listed. */
export type IntentRow =
  | { readonly kind: 'intent'; readonly key: string; readonly line: IntentLine }
  | {
      readonly kind: 'check';
      readonly key: string;
      readonly line: IntentLine;
      readonly check: IntentCheck;
    }
  | {
      readonly kind: 'others';
      readonly key: string;
      readonly line: IntentLine;
      readonly count: number;
    };

/** Which intents are listed, and with which of their checks: the broken ones at once, the others when asked for. */
export class IntentTable {
  readonly #project: Project;
  /** Those that are not as they begin: a broken intent shows its checks, one that holds does not. */
  readonly #turned = new SvelteSet<string>();
  /** Those whose holding checks are listed among the broken ones. */
  readonly #whole = new SvelteSet<string>();
  #text = $state('');
  #filter = $state<IntentFilter>('all');

  readonly #all = $derived.by((): readonly IntentLine[] => {
    const { design, runs } = this.#project;
    return (design.intents ?? []).map((intent) => {
      const state = runs.intents.get(intent.id);
      const begins = state !== undefined && !state.now.holds;
      return {
        intent,
        title: visibleText(intent.name ?? intent.id),
        about: aboutOf(design, intent),
        state,
        unfolded: hasChecks(state) && begins !== this.#turned.has(intent.id),
      };
    });
  });
  readonly #lines = $derived.by(() => {
    const wanted = this.#text.trim().toLowerCase();
    return this.#all.filter(
      (line) => isKept(line, this.#filter) && (wanted === '' || textOf(line).includes(wanted)),
    );
  });
  readonly #rows = $derived(this.#lines.flatMap((line) => this.#rowsOf(line)));

  constructor(project: Project) {
    this.#project = project;
  }

  get all(): readonly IntentLine[] {
    return this.#all;
  }
  get rows(): readonly IntentRow[] {
    return this.#rows;
  }
  get text() {
    return this.#text;
  }
  set text(text: string) {
    this.#text = text;
  }
  get filter() {
    return this.#filter;
  }
  set filter(filter: IntentFilter) {
    this.#filter = filter;
  }

  showAll(): void {
    this.#filter = 'all';
    this.#text = '';
  }

  count(filter: IntentFilter): number {
    return this.#all.filter((line) => isKept(line, filter)).length;
  }

  fold({ intent, unfolded }: IntentLine, unfold: boolean): void {
    if (unfolded === unfold) return;
    if (!this.#turned.delete(intent.id)) this.#turned.add(intent.id);
  }

  showOthers({ intent }: IntentLine): void {
    this.#whole.add(intent.id);
  }

  #rowsOf(line: IntentLine): readonly IntentRow[] {
    const { id } = line.intent;
    const head: IntentRow = { kind: 'intent', key: id, line };
    if (!line.unfolded || !line.state) return [head];
    const { checks } = line.state.now;
    const rows = checks.map((check, at): IntentRow => ({
      kind: 'check',
      key: `${id} ${at}`,
      line,
      check,
    }));
    const isBroken = (_: IntentRow, at: number) => checks[at]?.holds === false;
    const broken = rows.filter(isBroken);
    const others = rows.filter((row, at) => !isBroken(row, at));
    const listed = broken.length === 0 || this.#whole.has(id);
    if (listed || others.length === 0) return [head, ...broken, ...others];
    const rest: IntentRow = { kind: 'others', key: `${id} others`, line, count: others.length };
    return [head, ...broken, rest];
  }
}

const hasChecks = (state: IntentState | undefined): boolean =>
  state !== undefined && state.now.checks.length > 0;

function aboutOf(design: Design, { subject }: Intent): About {
  switch (subject.kind) {
    case 'flow': {
      const flow = design.flows?.find(({ id }) => id === subject.flow);
      if (!flow) return { kind: 'flow', text: subject.flow };
      const ends = `${sourceWord(flow.from)} → ${targetWord(flow.to)}`;
      return { kind: 'flow', text: `${ends} ${serviceWord(flow)}`.trim() };
    }
    case 'matrix': {
      const names = (ids: readonly string[]) => ids.map((id) => groupName(design, id)).join(', ');
      return {
        kind: 'matrix',
        sources: names(subject.sources),
        destinations: names(subject.destinations),
        services: subject.services
          .map(({ protocol, port }) => (port === undefined ? protocol : `${protocol} ${port}`))
          .join(', '),
      };
    }
    default:
      return subject satisfies never;
  }
}

const groupName = (design: Design, id: string): string =>
  visibleText(design.groups?.find((group) => group.id === id)?.name ?? id);

function isKept({ state }: IntentLine, filter: IntentFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'broken':
      return state?.now.holds === false;
    case 'holds':
      return state?.now.holds === true;
    case 'changed':
      return state?.held !== undefined;
    default:
      return filter satisfies never;
  }
}

const textOf = ({ intent, title, about }: IntentLine): string =>
  `${title} ${intent.id} ${Object.values(about).join(' ')}`.toLowerCase();
