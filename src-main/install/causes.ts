import type { Flow } from '../model/design.ts';
import type { Saying } from '../sim/vocabulary/saying.ts';
import type { Setting } from './settings/read.ts';
import type { CauseFacts } from './vocabulary.ts';
import { causeText } from './words/index.ts';

/** A cause while it is gathered: what a fix is made of goes along. */
export interface Gathered {
  /** The same in another evaluation where it is the same cause. */
  readonly key: string;
  readonly saying: Saying<CauseFacts>;
  readonly text: string;
  readonly step: string;
  readonly nodes: string[];
  /** Connections that it stops. */
  readonly flows: Flow[];
  /** The setting to change, where it is one. */
  readonly at?: SettingAt;
}

/** A value in a scenario's settings. */
export interface SettingAt {
  readonly setting: Setting;
  readonly key: string;
}

/** Each cause once, in the order in which they are met. */
export class Causes {
  readonly #all: Gathered[] = [];
  readonly #places = new Map<string, number>();

  get all(): readonly Gathered[] {
    return this.#all;
  }

  /** Its place among all. Two of one key are the same cause. */
  add<Code extends keyof CauseFacts>(
    code: Code,
    detail: CauseFacts[Code],
    from: {
      readonly key: string;
      readonly step: string;
      readonly node?: string;
      readonly flow?: Flow | undefined;
      readonly at?: SettingAt | undefined;
    },
  ): number {
    const key = `${code} ${from.key}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      // A code and its facts belong together by the signature.
      const saying = { code, detail } as Saying<CauseFacts>;
      place = this.#all.length;
      this.#places.set(key, place);
      this.#all.push({
        key,
        saying,
        text: causeText(saying),
        step: from.step,
        nodes: [],
        flows: [],
        ...(from.at ? { at: from.at } : {}),
      });
    }
    const gathered = this.#all[place];
    if (gathered && from.node !== undefined && !gathered.nodes.includes(from.node)) {
      gathered.nodes.push(from.node);
    }
    if (gathered && from.flow && !gathered.flows.includes(from.flow))
      gathered.flows.push(from.flow);
    return place;
  }
}
