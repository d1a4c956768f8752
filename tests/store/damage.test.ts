import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { OpenOptions, ProjectFile } from '../../src-main/app/project/index.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { below, seededRandom } from '../app/project/random-commands.ts';
import { contentOf, newFolder } from './folder.ts';
import { must } from './must.ts';
import { fixture } from './tampered.ts';

/** Hundreds of files are opened. */
const slow = { timeout: 120_000 };

const store = createSqliteProjectStore();
const sound = readFileSync(fixture);

/** Everything that can be seen of a project. */
function everythingOf(project: ProjectFile): string {
  const versions = must(project.versions.list());
  const designs = versions.map(({ name }) => must(project.versions.read(name)));
  return JSON.stringify([project.design(), must(project.history()), versions, designs]);
}

const whole = everythingOf(must(store.open(fixture, { readOnly: true })));

/** What becomes of a file of these bytes: the code of its refusal, or `whole` where not a character is lost. */
function fate(path: string, bytes: Buffer, options: OpenOptions): string {
  writeFileSync(path, bytes);
  const before = contentOf(dirname(path));
  const opened = store.open(path, options);
  if (!opened.ok) {
    expect(contentOf(dirname(path))).toEqual(before);
    return opened.error.code;
  }
  const everything = everythingOf(opened.value);
  must(opened.value.close());
  return everything === whole ? 'whole' : 'changed';
}

function flipped(at: number, mask: number): Buffer {
  const bytes = Buffer.from(sound);
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  return bytes;
}

/** How often each fate occurs. */
function tally(fates: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(fates, (one) => one)].map(([code, all]) => [code, all.length]),
  );
}

it('a file cut off anywhere is refused and left alone', () => {
  const path = join(newFolder(), 'project.hopscope');
  const random = seededRandom(1);
  const lengths = [1, 15, 16, 99, 100, 4095, 4096, 8192, sound.length - 4096, sound.length - 1];
  for (let more = 0; more < 60; more += 1) lengths.push(1 + below(random, sound.length - 1));
  const fates = lengths.map((length) => fate(path, sound.subarray(0, length), {}));
  expect(Object.keys(tally(fates)).sort()).toEqual(['damaged', 'not-a-project']);
});

it('a bit that flips anywhere in the header is noticed or does not matter', slow, () => {
  const path = join(newFolder(), 'project.hopscope');
  const fates: string[] = [];
  for (let at = 0; at < 100; at += 1) {
    for (const mask of [1, 0x80]) fates.push(fate(path, flipped(at, mask), {}));
  }
  const counted = tally(fates);
  expect(counted['changed']).toBeUndefined();
  // Magic, application id and format version each have a refusal of their own.
  expect(counted['not-a-project']).toBe(2 * 16);
  expect(counted['other-application']).toBe(2 * 4);
  expect(counted['newer-format']).toBeGreaterThanOrEqual(6);
});

it('a bit that flips anywhere in the file is noticed or does not matter', slow, () => {
  const path = join(newFolder(), 'project.hopscope');
  const random = seededRandom(2);
  const fates = Array.from({ length: 800 }, () => {
    const at = 100 + below(random, sound.length - 100);
    return fate(path, flipped(at, 1 << below(random, 8)), { readOnly: true });
  });
  const counted = tally(fates);
  expect(counted['changed']).toBeUndefined();
  expect(counted['damaged']).toBeGreaterThan(40);
  expect(counted['altered-schema']).toBeGreaterThan(0);
});

it('a page of noise anywhere is noticed', () => {
  const path = join(newFolder(), 'project.hopscope');
  const random = seededRandom(3);
  for (let page = 0; page * 4096 < sound.length; page += 1) {
    const bytes = Buffer.from(sound);
    for (let at = page * 4096; at < (page + 1) * 4096; at += 1) bytes[at] = below(random, 256);
    expect(fate(path, bytes, {})).toBe(page === 0 ? 'not-a-project' : 'damaged');
  }
});
