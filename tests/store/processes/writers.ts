import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** What a writer is to do. */
export interface Order {
  readonly path: string;
  readonly seed: number;
  /** The number of its first operation. */
  readonly first: number;
  readonly end?: number;
  /** Between two operations. */
  readonly pauseMs?: number;
}

/** When a writer is killed: so long after it is told to begin, or after it has acknowledged so many operations. */
export interface Moment {
  readonly acknowledged: number;
  readonly delayMs: number;
}

/**
 * Writers that have loaded their modules and wait, so that a kill does not have to wait for the start of the next.
 * Compiled modules, and the private copies that a killed writer leaves, are kept in `scratch`.
 */
export class Writers {
  readonly #waiting: Writer[] = [];
  readonly #scratch: string;

  constructor(count: number, scratch: string) {
    this.#scratch = scratch;
    for (let at = 0; at < count; at += 1) this.#waiting.push(new Writer(scratch));
    onTestFinished(() => this.#waiting.forEach((writer) => writer.dismiss()));
  }

  take(): Writer {
    const writer = this.#waiting.shift() ?? new Writer(this.#scratch);
    this.#waiting.push(new Writer(this.#scratch));
    return writer;
  }
}

export class Writer {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #closed: Promise<unknown>;
  #output = '';
  #errors = '';
  #onOutput = (): void => undefined;

  constructor(scratch: string) {
    this.#process = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts')], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: scratch, TMPDIR: scratch, TEMP: scratch },
    });
    this.#closed = once(this.#process, 'close');
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#process.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
      this.#onOutput();
    });
    this.#process.stdin.on('error', () => undefined);
  }

  dismiss(): void {
    this.#process.kill('SIGKILL');
  }

  /** Lets the writer work to the end of its order. */
  async work(order: Order): Promise<void> {
    this.#begin(order);
    await this.#closed;
    if (this.#process.exitCode !== 0) throw new Error(`the writer failed: ${this.#errors}`);
  }

  /** Lets the writer begin; answers when it has opened the file. */
  async begin(order: Order): Promise<void> {
    const opened = new Promise<void>((resolve) => (this.#onOutput = resolve));
    this.#begin(order);
    await Promise.race([opened, this.#closed]);
  }

  /** Lets the writer work and kills it; answers how many operations it has acknowledged. */
  async workUntilKilled(order: Order, { acknowledged, delayMs }: Moment): Promise<number> {
    this.#begin(order);
    const enough = new Promise<void>((resolve) => {
      this.#onOutput = () => {
        if (this.#acknowledged() >= acknowledged) resolve();
      };
      this.#onOutput();
    });
    await Promise.race([enough, this.#closed]);
    await wait(delayMs);
    this.#process.kill('SIGKILL');
    await this.#closed;
    const { signalCode } = this.#process;
    if (signalCode !== 'SIGKILL') throw new Error(`the writer ended by itself: ${this.#errors}`);
    return this.#acknowledged();
  }

  #begin({ path, seed, first, end = Infinity, pauseMs = 0 }: Order): void {
    this.#process.stdin.end(`${path} ${seed} ${first} ${end} ${pauseMs}\n`);
  }

  #acknowledged(): number {
    return this.#output.split('\n').filter((line) => /^\d+$/.test(line)).length;
  }
}
