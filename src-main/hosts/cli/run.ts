import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { CommanderError } from 'commander';
import { backendError } from '../../contract/errors.ts';
import type { Backend } from '../../contract/index.ts';
import { projectRoot as root } from '../setup/node.mjs';
import {
  exitCodeOf,
  usage,
  type Attempt,
  type ExitCode,
  type Failure,
  type Outcome,
  type UsageError,
} from './outcome.ts';
import { createProgram } from './program.ts';
import { renderFailure } from './render/failure.ts';
import { reasonOf } from './source.ts';
import { terminalOf } from './terminal.ts';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
};
const errors = terminalOf(process.stderr, process.env);

const print = (text: string) => process.stdout.write(`${text}\n`);
const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

function fail(failure: Failure, json: boolean, file?: string): ExitCode {
  tell(renderFailure(failure, errors, file));
  if (json) print(JSON.stringify({ error: failure }, null, 2));
  return exitCodeOf(failure);
}

/** What nobody expected, as one sentence; where it happened is shown where the environment has HOPSCOPE_DEBUG. */
function failByDefect(thrown: unknown, json: boolean): ExitCode {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = fail(backendError('internal', { message }), json);
  if (process.env['HOPSCOPE_DEBUG'] && thrown instanceof Error) tell(thrown.stack ?? '');
  return code;
}

function show(outcome: Outcome, json: boolean): ExitCode {
  if (!outcome.ok) return fail(outcome.failure, json, outcome.file);
  if (json) print(JSON.stringify(outcome.json, null, 2));
  else print(outcome.text(terminalOf(process.stdout, process.env)));
  for (const note of outcome.notes ?? []) tell(note);
  return outcome.good ? 0 : 1;
}

async function withBackend<Value>(use: (backend: Backend) => Promise<Value>): Promise<Value> {
  // Loaded when it is needed, so that help is there at once.
  const { createLocalBackend } = await import('../local/backend.ts');
  const backend = createLocalBackend(join(root, 'resources'), { remembers: false });
  try {
    return await use(backend);
  } finally {
    await backend.close();
  }
}

/** What commander complains of, in the shape of every other failure. */
function usageError(complaint: string, args: readonly string[]): UsageError {
  const [first = '', ...rest] = complaint.split('\n');
  // `help FOO` prints the general help where there is no FOO.
  const text = first.startsWith('error: ')
    ? first.slice('error: '.length)
    : `unknown command '${args.find((arg) => arg !== 'help') ?? ''}'`;
  const hints = rest.map((line) => line.trim().replace(/^\((.*)\)$/, '$1'));
  const hint = first.startsWith('error: ') ? hints.join(' ') : 'hopscope --help lists the commands';
  return { code: 'usage', text: text.charAt(0).toUpperCase() + text.slice(1), hint };
}

/** How the app is opened: the host that the command line runs in may know better than Node. */
export type OpenApp = (asked: {
  /** The program's own folder, with `resources` and `out` in it. */
  readonly root: string;
  /** The design to start with. */
  readonly file: string | undefined;
  /** The port to serve it on, to the browser. */
  readonly port: number | undefined;
  /** Says to the user where the app is. */
  readonly tell: (text: string) => void;
}) => Promise<Attempt<undefined>>;

const openFromNode: OpenApp = async (asked) => {
  const { openApp } = await import('../open.ts');
  return openApp(asked);
};

async function runChecked(args: readonly string[], openApp: OpenApp): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const program = createProgram({
    version,
    run: async (command, json) => {
      exit = show(await withBackend(command), json);
    },
    open: async (file, port) => {
      const opened = await openApp({ root, file, port, tell });
      exit = opened.ok ? 0 : fail(opened.failure, false, file);
    },
  });
  const complaints: string[] = [];
  const nested = program.commands.flatMap((command) => command.commands);
  for (const command of [program, ...program.commands, ...nested]) {
    command.exitOverride().configureOutput({ writeErr: (text) => complaints.push(text) });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version were asked for, and are answers.
    if (error.exitCode === 0) return 0;
    const complaint = complaints.join('').trimEnd();
    if (args.length === 0) {
      tell(complaint);
      return 2;
    }
    return fail(usageError(complaint, args), args.includes('--json'));
  }
  return exit;
}

/** Runs one command of the command line in this process, and resolves to its exit code. */
export async function runCommandLine(
  args: readonly string[],
  openApp: OpenApp = openFromNode,
): Promise<ExitCode> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    const reason = `Cannot write to standard output: ${reasonOf(error)}`;
    process.exit(fail(usage('file-unwritable', reason).failure, false));
  });
  process.on('uncaughtException', (thrown) => process.exit(failByDefect(thrown, false)));
  try {
    return await runChecked(args, openApp);
  } catch (thrown) {
    return failByDefect(thrown, args.includes('--json'));
  }
}
