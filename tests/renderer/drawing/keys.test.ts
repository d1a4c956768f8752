import { expect, test } from 'vitest';
import { isPressed, type KeyPress } from '../../../src-renderer/state/commands.svelte.ts';

const press = (key: string, code: string, shiftKey = false): KeyPress => ({
  key,
  code,
  shiftKey,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
});

test.each<[keys: string, press: KeyPress, is: boolean]>([
  // With Shift a digit's key says a sign, another one on each keyboard.
  ['Shift+1', press('!', 'Digit1', true), true],
  ['Shift+0', press('=', 'Digit0', true), true],
  ['Shift+1', press('1', 'Digit1'), false],
  ['Shift+1', press('@', 'Digit2', true), false],
  ['C', press('c', 'KeyC'), true],
  ['C', press('ㅊ', 'KeyC'), true],
])('%s, %o: %s', (keys, pressed, is) => {
  expect(isPressed(keys, pressed, false)).toBe(is);
});
