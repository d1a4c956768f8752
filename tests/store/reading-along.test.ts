import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { Design } from '../../src-main/model/design.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { newFolder } from './folder.ts';
import { must } from './must.ts';
import { Model, operation, stateOf, type State } from './processes/operations.ts';
import { Writer } from './processes/writers.ts';

const store = createSqliteProjectStore();
const start: Design = { hopscope: 1, name: 'Start', sites: [{ id: 'first', kind: 'cloud' }] };
const seed = 99;
const operations = 500;

/** Sums of the saved states in their order, by the number of operations that have led to them. */
function savedStates(): readonly number[] {
  let model = new Model(start);
  const sums = [sumOf(model.state())];
  for (let number = 0; number < operations; number += 1) {
    model = model.after(operation(seed, number, model.state()), number);
    sums.push(sumOf(model.state()));
  }
  return sums;
}

const sumOf = (state: State): number => crc32(JSON.stringify(state));

it('whoever reads while another program edits sees saved states, one after the other', async () => {
  const saved = savedStates();
  const path = join(newFolder(), 'project.hopscope');
  must(must(store.create(path, start)).close());
  const writer = new Writer(newFolder());
  onTestFinished(() => writer.dismiss());
  await writer.begin({ path, seed, first: 0, end: operations, pauseMs: 3 });

  const seen = new Set<number>();
  for (let latest = 0; latest < operations;) {
    await wait(5);
    const opened = store.open(path, { readOnly: true });
    // The writer may write faster than one can look, but what is seen is whole.
    if (!opened.ok && opened.error.code === 'locked') continue;
    const project = must(opened);
    const number = saved.indexOf(sumOf(stateOf(project)), latest);
    must(project.close());
    if (number < 0) throw new Error(`what was read after state ${latest} was never saved`);
    latest = number;
    seen.add(number);
  }
  expect(seen.size).toBeGreaterThan(10);
}, 120_000);
