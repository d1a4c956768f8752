import type { Icon } from './menu.ts';

/** One of those that are chosen from. */
export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly icon?: Icon | undefined;
}
