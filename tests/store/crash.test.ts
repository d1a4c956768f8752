/**
 * A process that edits a project is killed at any moment, and the next one, which goes on, is killed again. What has to
 * be there afterwards: the state after every operation that was acknowledged, or that after one more, which was under
 * way. Nothing between, nothing older.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { ProjectFile } from '../../src-main/app/project/index.ts';
import type { Design } from '../../src-main/model/design.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { below, seededRandom, type Random } from '../app/project/random-commands.ts';
import { newFolder } from './folder.ts';
import { must } from './must.ts';
import { Model, operation, stateOf, type State } from './processes/operations.ts';
import { Writer, Writers, type Moment } from './processes/writers.ts';

const kills = 210;
/** After so many, a new file is begun, so that histories stay short enough to be walked. */
const killsPerFile = 35;

const store = createSqliteProjectStore();
const start: Design = { hopscope: 1, name: 'Start', sites: [{ id: 'first', kind: 'cloud' }] };

const tally = {
  kills: 0,
  acknowledged: 0,
  /** How often the operation under way was there after all. */
  finished: 0,
  /** How often nothing was acknowledged: killed while the file was opened, or in the first operation. */
  early: 0,
  undone: 0,
};

it(`a project survives ${kills} kills of its writer`, { timeout: 600_000 }, async () => {
  const scratch = newFolder();
  // One that ends in peace leaves its compiled modules to those that will not.
  await new Writer(scratch).work({ path: newProject(), seed: 1, first: 0, end: 1 });

  const writers = new Writers(2, scratch);
  for (let seed = 1; seed <= kills / killsPerFile; seed += 1) {
    const path = newProject();
    const random = seededRandom(seed);
    let [model, first] = [new Model(start), 0];
    for (let round = 0; round < killsPerFile; round += 1) {
      const moment = randomMoment(random);
      const writer = writers.take();
      const acknowledged = await writer.workUntilKilled({ path, seed, first }, moment);
      tally.kills += 1;
      tally.acknowledged += acknowledged;
      if (acknowledged === 0) tally.early += 1;
      ({ model, first } = verified(path, seed, { model, first }, acknowledged, random));
    }
    walkHistory(path, model);
  }

  expect(tally.kills).toBe(kills);
  // The kills were spread over all that a writer does.
  expect(tally.acknowledged).toBeGreaterThan(kills);
  expect(tally.finished).toBeGreaterThan(0);
  expect(tally.finished).toBeLessThan(kills);
  expect(tally.early).toBeGreaterThan(0);
  expect(tally.undone).toBeGreaterThan(kills);
});

function newProject(): string {
  const path = join(newFolder(), 'project.hopscope');
  must(must(store.create(path, start)).close());
  return path;
}

/** Mostly after some operations; at times while the writer takes up what the last one left. */
function randomMoment(random: Random): Moment {
  return random() < 0.15
    ? { acknowledged: 0, delayMs: random() * 60 }
    : { acknowledged: 1 + below(random, 12), delayMs: random() * 4 };
}

interface Expected {
  readonly model: Model;
  /** The number of the next operation. */
  readonly first: number;
}

/** Checks the file against the model, and answers the model of what is there now. */
function verified(
  path: string,
  seed: number,
  { model, first }: Expected,
  acknowledged: number,
  random: Random,
): Expected {
  const next = first + acknowledged;
  let expected = model;
  for (let number = first; number < next; number += 1) {
    expected = expected.after(operation(seed, number, expected.state()), number);
  }
  const oneMore = expected.after(operation(seed, next, expected.state()), next);

  // Half of the time the next writer finds the file as the killed one left it.
  const readOnly = random() < 0.5;
  const project = must(store.open(path, { readOnly }));
  const found = textOf(stateOf(project));
  const isFinished = found !== textOf(expected.state());
  const actual = isFinished ? oneMore : expected;
  expect(found).toBe(textOf(actual.state()));
  const versions = must(project.versions.list()).map(({ name }) => project.versions.read(name));
  expect(versions.map(must)).toEqual(actual.versionDesigns());
  if (!readOnly) tally.undone += undoAndRedo(project, actual, 1 + below(random, 10));
  must(project.close());
  if (!readOnly) expectSoundFile(path);
  if (isFinished) tally.finished += 1;
  return { model: actual, first: isFinished ? next + 1 : next };
}

/** A state as a text to compare, in which long notes stand as their length and sum. */
function textOf(state: State): string {
  const short = (_key: string, value: unknown): unknown =>
    typeof value === 'string' && value.length > 80 ? [value.length, crc32(value)] : value;
  return JSON.stringify(state, short);
}

/** Goes back some steps and forth again, and compares the design at each. */
function undoAndRedo(project: ProjectFile, model: Model, most: number): number {
  const designs = [project.design()];
  for (const design of model.earlier(most)) {
    expect(must(project.undo()).design).toEqual(design);
    designs.push(design);
  }
  for (const design of designs.slice(0, -1).reverse()) {
    expect(must(project.redo()).design).toEqual(design);
  }
  return designs.length - 1;
}

function walkHistory(path: string, model: Model): void {
  const project = must(store.open(path));
  const steps = undoAndRedo(project, model, Infinity);
  expect(steps).toBe(must(project.history()).filter(({ applied }) => applied).length);
  must(project.close());
  expectSoundFile(path);
}

function expectSoundFile(path: string): void {
  expect(readdirSync(dirname(path))).toEqual(['project.hopscope']);
  const database = new Database(path);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  database.close();
}
