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

/** The keys of a shortcut as they are printed on the user's keyboard: `Mod+Shift+Z` is ⇧⌘Z or Ctrl+Shift+Z. */
export function keyNames(shortcut: string, mac: boolean = onMac): readonly string[] {
  return shortcut
    .split('+')
    .map(
      (key) =>
        (mac ? macNames[key] : undefined) ??
        names[key] ??
        (key.length === 1 ? key.toUpperCase() : key),
    );
}

/** The same as one text, for titles and screen readers. */
export const keyText = (shortcut: string, mac: boolean = onMac): string =>
  keyNames(shortcut, mac).join(mac ? '' : '+');
