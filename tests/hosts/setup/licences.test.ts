import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  licencesFile,
  licencesText,
  shippedPackages,
  takenOf,
} from '../../../src-main/hosts/setup/licences.mjs';
import { projectRoot } from '../../../src-main/hosts/setup/node.mjs';

interface Locked {
  readonly version: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}
const { packages: locked } = JSON.parse(
  readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'),
) as { readonly packages: Readonly<Record<string, Locked>> };

let shipped: ReturnType<typeof shippedPackages>;
beforeAll(() => {
  shipped = shippedPackages();
});

/** Packages that are Node itself, which run a checkout and are left out of what is shipped. */
const isNode = (name: string) => /^node-(darwin|linux|win)-/.test(name);

describe('the licences of what is shipped', () => {
  test('are the committed list: npm run licences writes it anew', () => {
    expect(readFileSync(join(projectRoot, licencesFile), 'utf8')).toBe(licencesText());
  });

  test('have every package that a production install brings, with its version and a text', () => {
    const wanted = Object.entries(locked)
      .filter(([place, { dev, devOptional }]) => place !== '' && !dev && !devOptional)
      .map(([place, { version }]) => ({ name: place.replace(/^.*node_modules\//, ''), version }))
      .filter(({ name }) => !isNode(name));
    expect(wanted.length).toBeGreaterThan(10);
    for (const { name, version } of wanted) {
      const found = shipped.find((one) => one.name === name && one.version === version);
      expect(found?.texts.length, `${name} ${version}`).toBeGreaterThan(0);
    }
  });

  test('have every package whose program is in the built pages', () => {
    const names = new Set(shipped.map(({ name }) => name));
    for (const name of ['svelte', 'd3', 'd3-zoom', 'elkjs', 'bits-ui', '@codemirror/view']) {
      expect(names).toContain(name);
    }
  });

  test('have no text that is empty', () => {
    const empty = shipped.filter(({ texts }) => texts.some(({ text }) => text.length < 3));
    expect(empty.map(({ name }) => name)).toEqual([]);
  });

  test('are permissive, but for those that are said to ask for more', () => {
    const flagged = shipped.filter(({ duty }) => duty !== undefined);
    expect(flagged.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([
      '@fontsource-variable/inter: OFL-1.1',
      '@fontsource-variable/jetbrains-mono: OFL-1.1',
      'elkjs: EPL-2.0 OR GPL-3.0-or-later',
    ]);
    const copyleft = shipped.filter(({ licence }) => /GPL|EPL|MPL|CDDL|OFL/.test(licence));
    expect(copyleft).toEqual(flagged);
  });

  test('name Electron, and where Chromium’s are', () => {
    const text = licencesText();
    expect(text).toContain('Copyright (c) Electron contributors');
    expect(text).toContain('LICENSES.chromium.html');
  });
});

test.each<[expression: string, taken: readonly string[] | undefined]>([
  ['MIT', ['MIT']],
  ['(MIT OR Apache-2.0)', ['MIT']],
  ['GPL-3.0-or-later OR EPL-2.0', ['EPL-2.0']],
  ['MIT AND OFL-1.1', ['MIT', 'OFL-1.1']],
  ['MIT AND GPL-3.0-only', undefined],
  ['AGPL-3.0-only', undefined],
  ['SEE LICENSE IN LICENSE', undefined],
  ['', undefined],
])('of "%s", what holds is %o', (expression, taken) => {
  expect(takenOf(expression)).toEqual(taken);
});

test('every font that the pages show is one of a package that is listed', () => {
  const css = readdirSync(join(projectRoot, 'src-renderer', 'theme'))
    .map((name) => readFileSync(join(projectRoot, 'src-renderer', 'theme', name), 'utf8'))
    .join('\n');
  const names = [...css.matchAll(/url\('(@[^/]+\/[^/]+)\//g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(shipped.map((one) => one.name)).toContain(name);
});
