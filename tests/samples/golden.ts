import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect } from 'vitest';

export const goldenFolder = join(import.meta.dirname, '../golden');

/** Holds a text against `tests/golden/NAME.txt`; with UPDATE_GOLDEN=1 the file is written instead. */
export function expectGolden(name: string, text: string): void {
  const file = join(goldenFolder, `${name}.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  const golden = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(text, `${name}.txt; UPDATE_GOLDEN=1 writes it anew, for you to review the diff`).toBe(
    golden,
  );
}
