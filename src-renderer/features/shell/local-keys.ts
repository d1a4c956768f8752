import { isPressed, type KeyPress } from '../../state/commands.svelte.ts';
import { onMac } from '../../ui/keys.ts';

/**
 * A key that means something in one part of the window only. The part acts by the same table that the sheet of
 * shortcuts lists.
 */
export interface LocalKey<Does> {
  /** As in `Command`; the first is the one that is shown beside a button. */
  readonly keys: readonly string[];
  readonly label: () => string;
  readonly does: Does;
}

/** What a key press means there; undefined where it means nothing. */
export const localKey = <Does>(
  table: readonly LocalKey<Does>[],
  press: KeyPress,
): Does | undefined =>
  table.find(({ keys }) => keys.some((one) => isPressed(one, press, onMac)))?.does;

/** The key that is shown beside a button which does the same. */
export const keyFor = <Does>(table: readonly LocalKey<Does>[], does: Does): string | undefined =>
  table.find((one) => one.does === does)?.keys[0];
