import { SvelteMap } from 'svelte/reactivity';

export type CommandGroup = 'project' | 'edit' | 'canvas' | 'view' | 'flows' | 'help';

/** Something that the user can ask for by a key, a button, a menu or the search palette. */
export interface Command {
  /** What the system's menus call it too, where it stands there: see `menuCommands` of the contract. */
  readonly id: string;
  readonly label: () => string;
  readonly group: CommandGroup;
  /** `Mod+Shift+Z`: `Mod` is ⌘ or Ctrl. The first is the one that is shown. */
  readonly keys?: readonly string[];
  /** Also while the user is typing in a field, whose own keys these then are not. */
  readonly whileTyping?: boolean;
  /** Not offered in the search palette: it makes sense where the pointer is, or is the palette itself. */
  readonly unlisted?: boolean;
  readonly enabled?: () => boolean;
  readonly run: () => unknown;
}

/** What a key press is to the registry: the part of `KeyboardEvent` that it reads. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'
>;

/** All commands that there are at the moment. Features register theirs and take them back when they go. */
export class Commands {
  readonly #all = new SvelteMap<string, Command>();
  readonly #mac: boolean;

  constructor(mac: boolean) {
    this.#mac = mac;
  }

  get all(): readonly Command[] {
    return [...this.#all.values()];
  }

  /** A later one of the same id takes the earlier one's place. */
  register(commands: readonly Command[]): () => void {
    for (const command of commands) this.#all.set(command.id, command);
    return () => {
      for (const command of commands) {
        if (this.#all.get(command.id) === command) this.#all.delete(command.id);
      }
    };
  }

  get(id: string): Command | undefined {
    return this.#all.get(id);
  }
  isEnabled(id: string): boolean {
    const command = this.#all.get(id);
    return command !== undefined && (command.enabled?.() ?? true);
  }

  /** Whether there was such a command, and it could run. */
  run(id: string): boolean {
    const command = this.#all.get(id);
    if (!command || !(command.enabled?.() ?? true)) return false;
    command.run();
    return true;
  }

  /** The command of a key press, if it can run. */
  forKey(press: KeyPress, typing: boolean): Command | undefined {
    for (const command of this.#all.values()) {
      if (typing && !command.whileTyping) continue;
      if (!command.keys?.some((keys) => isPressed(keys, press, this.#mac))) continue;
      if (command.enabled?.() ?? true) return command;
    }
    return undefined;
  }

  /** Runs the command of a key press that nobody else has taken. */
  take(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const command = this.forKey(event, isTyping(event.target));
    if (!command) return;
    event.preventDefault();
    command.run();
  }
}

const written: Readonly<Record<string, readonly string[]>> = {
  Plus: ['+', '='],
  Minus: ['-', '_'],
  Space: [' '],
};

/** Whether exactly these keys are pressed. A sign that needs Shift on some keyboards is told by the sign alone. */
export function isPressed(keys: string, press: KeyPress, mac: boolean): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const wants = (name: string) => parts.includes(name);
  if (wants('Mod') !== (mac ? press.metaKey : press.ctrlKey)) return false;
  if (wants('Ctrl') !== (mac ? press.ctrlKey : press.metaKey)) return false;
  if (wants('Alt') !== press.altKey) return false;
  const isSign = !/^[a-z0-9]/i.test(key) || key in written;
  if (!isSign && wants('Shift') !== press.shiftKey) return false;
  if (written[key]) return written[key].includes(press.key);
  if (key.length > 1 || isSign) return press.key === key;
  // With Shift a digit's key says its sign: `!` where the key is 1.
  if (press.code === `Digit${key}`) return true;
  // A Korean keyboard says ㅋ where the key is Z.
  const letter = /^[\x20-\x7e]$/.test(press.key)
    ? press.key
    : press.code.replace(/^(Key|Digit)/, '');
  return letter.toUpperCase() === key.toUpperCase();
}

/** Whether keys go into a text, or into a dialog or a menu that is open over the window. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type=radio], [type=checkbox]), textarea, select') ||
    target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]') !== null
  );
}

export const commands = new Commands(/^(mac|iphone|ipad)/i.test(globalThis.navigator.platform));
