import { SvelteSet } from 'svelte/reactivity';
import type { ViewChoice, ViewKind } from '../geometry/scene.ts';

export type BottomTab = 'flows' | 'trace' | 'checks' | 'install' | 'history';

/** How the design is looked at: nothing here changes it. */
export class View {
  #kind = $state<ViewKind>('all');
  #tab = $state<BottomTab>('flows');
  #listed = $state<'flows' | 'intents'>('flows');
  readonly #hiddenTags = new SvelteSet<string>();
  readonly #choice = $derived.by((): ViewChoice => ({
    view: this.#kind,
    hiddenTags: [...this.#hiddenTags],
  }));

  get kind(): ViewKind {
    return this.#kind;
  }
  get choice(): ViewChoice {
    return this.#choice;
  }
  /** What the tab of flows lists. */
  get listed() {
    return this.#listed;
  }
  get hiddenTags(): ReadonlySet<string> {
    return this.#hiddenTags;
  }
  get tab(): BottomTab {
    return this.#tab;
  }

  look(kind: ViewKind): void {
    this.#kind = kind;
  }
  open(tab: BottomTab): void {
    this.#tab = tab;
  }
  list(listed: 'flows' | 'intents'): void {
    this.#listed = listed;
  }
  toggleTag(tag: string): void {
    if (!this.#hiddenTags.delete(tag)) this.#hiddenTags.add(tag);
  }
  showAllTags(): void {
    this.#hiddenTags.clear();
  }
}
