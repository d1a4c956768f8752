/** Whether the user's keyboard says ⌘ rather than Ctrl. */
export const onMac: boolean = /^(mac|iphone|ipad)/i.test(globalThis.navigator.platform);

const macNames: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Ctrl: '⌃',
  Shift: '⇧',
  Alt: '⌥',
};
const names: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: '⌫',
  Enter: '↵',
  Space: 'Space',
  Plus: '+',
  Minus: '−',
};

/** The order in which a Mac writes what is held down. */
const macOrder: readonly string[] = ['Ctrl', 'Alt', 'Shift', 'Mod'];

/** The keys of a shortcut as they are printed on the user's keyboard: `Mod+Shift+Z` is ⇧⌘Z or Ctrl+Shift+Z. */
export function keyNames(shortcut: string, mac: boolean = onMac): readonly string[] {
  const parts = shortcut.split('+');
  const key = parts.pop() ?? '';
  const held = mac
    ? parts.sort((one, other) => macOrder.indexOf(one) - macOrder.indexOf(other))
    : parts;
  return [...held, key].map(
    (part) =>
      (mac ? macNames[part] : undefined) ??
      names[part] ??
      (part.length === 1 ? part.toUpperCase() : part),
  );
}

/** The same as one text, for titles and screen readers. */
export const keyText = (shortcut: string, mac: boolean = onMac): string =>
  keyNames(shortcut, mac).join(mac ? '' : '+');
