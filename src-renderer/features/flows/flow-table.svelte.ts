import type { Flow, FlowStatus } from '../../../src-main/contract/index.ts';
import { serviceWord, sourceWord, targetWord } from '../../state/flow-words.ts';
import type { Project } from '../../state/project.svelte.ts';
import type { FlowState, IntentState } from '../../state/runs.svelte.ts';
import { intentsByFlow } from './intents-by-flow.ts';
import { visibleText } from '../../i18n/visible-text.ts';

export type SortKey =
  'drawn' | 'name' | 'from' | 'to' | 'service' | 'status' | 'pathMtu' | 'warnings';
export type Filter = 'all' | FlowStatus | 'changed' | 'warnings' | 'broken';

/** A line of the table: the flow as it is drawn, how it fares, and what is expected of it. */
export interface FlowLine {
  readonly flow: Flow;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly service: string;
  /** Undefined until it has run. */
  readonly state: FlowState | undefined;
  readonly intents: readonly IntentState[];
}

const badness: Readonly<Record<FlowStatus, number>> = {
  unreachable: 0,
  'one-way': 1,
  reachable: 2,
};

/** Which flows the table lists, and in which order. */
export class FlowTable {
  readonly #project: Project;
  #text = $state('');
  #filter = $state<Filter>('all');
  #sort = $state<SortKey>('drawn');
  #descending = $state(false);

  readonly #intentsOf = $derived.by(() =>
    intentsByFlow(this.#project.design, this.#project.runs.intents),
  );
  readonly #all = $derived.by((): readonly FlowLine[] =>
    (this.#project.design.flows ?? []).map((flow) => ({
      flow,
      title: visibleText(flow.name ?? flow.id),
      from: sourceWord(flow.from),
      to: targetWord(flow.to),
      service: serviceWord(flow),
      state: this.#project.runs.flows.get(flow.id),
      intents: this.#intentsOf.get(flow.id) ?? [],
    })),
  );
  readonly #lines = $derived.by(() => {
    const wanted = this.#text.trim().toLowerCase();
    const kept = this.#all.filter(
      (line) => isKept(line, this.#filter) && (wanted === '' || textOf(line).includes(wanted)),
    );
    if (this.#sort === 'drawn') return kept;
    const by = this.#sort;
    const turned = this.#descending ? -1 : 1;
    return kept.sort((a, b) => turned * compare(a, b, by));
  });

  constructor(project: Project) {
    this.#project = project;
  }

  get all(): readonly FlowLine[] {
    return this.#all;
  }
  get lines(): readonly FlowLine[] {
    return this.#lines;
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
  set filter(filter: Filter) {
    this.#filter = filter;
  }
  get sort() {
    return this.#sort;
  }
  get descending() {
    return this.#descending;
  }

  /** Up, then down, then as drawn. */
  sortBy(key: SortKey): void {
    if (this.#sort !== key) {
      this.#sort = key;
      this.#descending = false;
    } else if (!this.#descending) this.#descending = true;
    else {
      this.#sort = 'drawn';
      this.#descending = false;
    }
  }

  showAll(): void {
    this.#filter = 'all';
    this.#text = '';
  }

  count(filter: Filter): number {
    return this.#all.filter((line) => isKept(line, filter)).length;
  }
}

function isKept({ state, intents }: FlowLine, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'changed':
      return state?.before !== undefined;
    case 'warnings':
      return (state?.now.warnings.length ?? 0) > 0;
    case 'broken':
      return intents.some(({ now }) => !now.holds);
    case 'reachable':
    case 'one-way':
    case 'unreachable':
      return state?.now.status === filter;
    default:
      return filter satisfies never;
  }
}

const textOf = ({ flow, title, from, to, service }: FlowLine): string =>
  `${title} ${flow.id} ${from} ${to} ${service}`.toLowerCase();

function compare(a: FlowLine, b: FlowLine, by: Exclude<SortKey, 'drawn'>): number {
  switch (by) {
    case 'name':
      return compareText(a.title, b.title);
    case 'from':
      return compareText(a.from, b.from);
    case 'to':
      return compareText(a.to, b.to);
    case 'service':
      return compareText(a.service, b.service);
    case 'status':
      return rank(a) - rank(b);
    case 'pathMtu':
      return (a.state?.now.pathMtu ?? 0) - (b.state?.now.pathMtu ?? 0);
    case 'warnings':
      return (b.state?.now.warnings.length ?? 0) - (a.state?.now.warnings.length ?? 0);
    default:
      return by satisfies never;
  }
}

const collator = new Intl.Collator(undefined, { numeric: true });
const compareText = (a: string, b: string) => collator.compare(a, b);
const rank = ({ state }: FlowLine) => (state ? badness[state.now.status] : 3);
