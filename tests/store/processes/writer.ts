/**
 * Waits for one line on standard input, `FILE SEED FIRST-NUMBER END-NUMBER PAUSE-MS`, and then edits the project until
 * it is killed or the end is reached. Each operation's number is written to standard output once it is done.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Outcome, ProjectFile } from '../../../src-main/app/project/index.ts';
import { createSqliteProjectStore } from '../../../src-main/store/index.ts';
import { must } from '../must.ts';
import { operation, stateOf, type Operation } from './operations.ts';

const [line = ''] = await once(createInterface({ input: process.stdin }), 'line');
const [file = '', ...numbers] = String(line).split(' ');
const [seed = 0, first = 0, end = Infinity, pauseMs = 0] = numbers.map(Number);
let number = first;
const store = createSqliteProjectStore({ now: () => number });
let project = must(store.open(file));
say('open');
while (number < end) {
  must(perform(operation(seed, number, stateOf(project)), project));
  say(`${number}`);
  number += 1;
  if (pauseMs > 0) pause(pauseMs);
}
must(project.close());

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (thrown) {
      // The reader is behind.
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EAGAIN')) throw thrown;
      pause(1);
    }
  }
}

function perform(next: Operation, on: ProjectFile): Outcome<unknown> {
  switch (next.does) {
    case 'apply':
      return on.apply(next.command);
    case 'undo':
      return on.undo();
    case 'redo':
      return on.redo();
    case 'create-version':
      return on.versions.create(next.name);
    case 'restore-version':
      return on.versions.restore(next.name);
    case 'delete-version':
      return on.versions.delete(next.name);
    case 'reopen': {
      const closed = on.close();
      project = must(store.open(file));
      return closed;
    }
    default:
      return next satisfies never;
  }
}
