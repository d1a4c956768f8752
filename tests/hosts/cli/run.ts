import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { argumentsForTypeScript } from '../../../src-main/hosts/setup/node.mjs';
import { packed } from '../../support/packed.ts';

export const projectRoot = join(import.meta.dirname, '..', '..', '..');
const forTypeScript = argumentsForTypeScript();

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function run(args: readonly string[], { cwd, env }: RunOptions): Promise<Ran> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: cwd ?? projectRoot,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: child.exitCode, out, err };
}

const program = (name: string) => join(projectRoot, 'src-main', 'hosts', 'cli', name);

/** The command line as a process of its own. */
export const hopscope = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  run([packed('main'), ...args], options);

/** The same from its sources, as `npm run -s hopscope -- ARGS` starts it. */
export const hopscopeOfSources = (args: readonly string[], options: RunOptions = {}) =>
  run([...forTypeScript, program('main.ts'), ...args], options);

/** The same by the program that npm links. */
export const linkedHopscope = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  run([program('launcher.mjs'), ...args], options);

export const demo = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  run([...forTypeScript, program('demo.ts'), ...args], options);
