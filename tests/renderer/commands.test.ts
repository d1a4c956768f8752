import { describe, expect, test, vi } from 'vitest';
import { Commands, isPressed, type KeyPress } from '../../src-renderer/state/commands.svelte.ts';
import { rank, score } from '../../src-renderer/ui/ranking.ts';
import { keyText } from '../../src-renderer/ui/keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('keys', () => {
  test.each<[keys: string, pressed: KeyPress, mac: boolean, is: boolean]>([
    ['Mod+Z', press('z', { ctrlKey: true }), false, true],
    ['Mod+Z', press('z', { metaKey: true }), true, true],
    ['Mod+Z', press('z', { ctrlKey: true }), true, false],
    ['Mod+Z', press('Z', { ctrlKey: true, shiftKey: true }), false, false],
    ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), false, true],
    // A Korean keyboard says another letter; the place of the key is the same.
    ['Mod+Z', press('ㅋ', { code: 'KeyZ', ctrlKey: true }), false, true],
    ['V', press('v'), false, true],
    ['V', press('v', { altKey: true }), false, false],
    // Signs need Shift on some keyboards and not on others.
    ['?', press('?', { shiftKey: true }), false, true],
    ['Mod+Plus', press('=', { ctrlKey: true }), false, true],
    ['Alt+1', press('¡', { code: 'Digit1', altKey: true }), true, true],
    ['F5', press('F5'), false, true],
    ['Delete', press('Delete', { ctrlKey: true }), false, false],
  ])('%s for %o, mac %s: %s', (keys, pressed, mac, is) => {
    expect(isPressed(keys, pressed, mac)).toBe(is);
  });

  test('are written as they stand on the keyboard', () => {
    expect([keyText('Mod+Shift+Z', true), keyText('Mod+Shift+Z', false)]).toEqual([
      '⇧⌘Z',
      'Ctrl+Shift+Z',
    ]);
  });
});

describe('commands', () => {
  const command = (id: string, more = {}) => ({
    id,
    label: () => id,
    group: 'edit' as const,
    run: vi.fn(),
    ...more,
  });

  test('run by name while they can, and go when they are taken back', () => {
    const commands = new Commands(false);
    let possible = false;
    const undo = command('undo', { enabled: () => possible });
    const takeBack = commands.register([undo]);
    expect(commands.run('undo')).toBe(false);
    possible = true;
    expect(commands.run('undo')).toBe(true);
    expect(undo.run).toHaveBeenCalledTimes(1);
    takeBack();
    expect(commands.run('undo')).toBe(false);
  });

  test('leave keys to a field unless they say otherwise', () => {
    const commands = new Commands(false);
    commands.register([
      command('tool', { keys: ['V'] }),
      command('find', { keys: ['Mod+K'], whileTyping: true }),
    ]);
    expect(commands.forKey(press('v'), false)?.id).toBe('tool');
    expect(commands.forKey(press('v'), true)).toBeUndefined();
    expect(commands.forKey(press('k', { ctrlKey: true }), true)?.id).toBe('find');
  });
});

describe('ranking', () => {
  test('puts the whole before its beginning, a word before a part, and letters in order last', () => {
    const names = ['w-e-b', 'cobweb', 'my web', 'web-1', 'web', 'database'];
    expect(rank(names, 'web', (name) => [name])).toEqual([
      'web',
      'web-1',
      'my web',
      'cobweb',
      'w-e-b',
    ]);
  });

  test('finds nothing where a letter is missing', () => {
    expect(score('database', 'web')).toBe(0);
  });
});
