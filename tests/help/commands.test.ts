/** Every command of the guide runs as the page says, in a folder with the files that the page shows. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, sep } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { packed } from '../support/packed.ts';
import { matches, partsOf, sessionsOf } from './blocks.ts';
import { guideLanguages, guidePages } from './guide.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-guide-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  /** Both outputs in the order in which they came, as a terminal shows them. */
  readonly text: string;
}

async function hopscope(args: readonly string[], cwd: string): Promise<Ran> {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...env } = process.env;
  const file = join(folder, 'output');
  const output = openSync(file, 'w');
  const child = spawn(process.execPath, [packed('main'), ...args], {
    cwd,
    env,
    stdio: ['ignore', output, output],
  });
  await once(child, 'close');
  closeSync(output);
  return { code: child.exitCode, text: readFileSync(file, 'utf8') };
}

const filesIn = (cwd: string, place: string): string =>
  readdirSync(join(cwd, place), { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(cwd, place, name)).isFile())
    .map((name) => posix.join(place, name.split(sep).join('/')))
    .sort()
    .join('\n');

/** The few commands of a shell that the guide uses besides; of others it says that it knows them not. */
function shell(command: string, cwd: string): string {
  const [, shown] = /^cat (\S+)$/.exec(command) ?? [];
  if (shown !== undefined) return readFileSync(join(cwd, shown), 'utf8');
  const [, listed] = /^find (\S+) -type f \| sort$/.exec(command) ?? [];
  if (listed !== undefined) return filesIn(cwd, listed);
  const [, sought, put, from, to] =
    /^sed 's\/([\w: ]+)\/([\w: ]+)\/' (\S+) > (\S+)$/.exec(command) ?? [];
  if (sought !== undefined && put !== undefined && from !== undefined && to !== undefined) {
    const text = readFileSync(join(cwd, from), 'utf8');
    expect(text).toContain(sought);
    writeFileSync(join(cwd, to), text.replace(new RegExp(sought, 'gm'), put));
    return '';
  }
  throw new Error(`the guide's test does not know how to run: ${command}`);
}

/** What reads a sample and writes nothing says the same each time. */
const answers = new Map<string, Promise<Ran>>();

function ask(command: string, cwd: string): Promise<Ran> {
  const args = command.split(' ').slice(1);
  const writes =
    /^(new|import)$/.test(args[0] ?? '') || / (--pcap|--plan|--junit|--out|-o) /.test(command);
  if (writes || !args.includes('--example')) return hopscope(args, cwd);
  const known = answers.get(command) ?? hopscope(args, cwd);
  answers.set(command, known);
  return known;
}

/** A page whose files and commands are those of the other language to the letter is run once. */
const pages = [
  ...new Map(
    guideLanguages.flatMap((language) =>
      guidePages(language)
        .map((page) => ({ parts: partsOf(page), title: `${language}: ${page.title}` }))
        .filter(({ parts }) => parts.some(({ kind }) => kind === 'command'))
        .map((page) => [JSON.stringify(page.parts), page] as const),
    ),
  ).values(),
];

describe('the commands of the guide', () => {
  it('are there', () => {
    expect(pages.length).toBeGreaterThanOrEqual(6);
  });

  it.each(pages)('show what they print: $title', { timeout: 300_000 }, async ({ parts }) => {
    const cwd = mkdtempSync(join(folder, 'page-'));
    let last: { readonly command: string; readonly code: number | null } | undefined;
    let told = true;
    /** A page has to tell an exit code that is not 0. */
    const settle = () => {
      if (last && !told) expect(`${last.command}: ${last.code}`).toBe(`${last.command}: 0`);
    };
    for (const part of parts) {
      if (part.kind === 'file') {
        const file = join(cwd, part.name);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, part.text);
        continue;
      }
      const { command, shown } = part.session;
      if (command === 'echo $?') {
        told = true;
        expect(`${last?.command}: ${last?.code}`).toBe(`${last?.command}: ${shown.join('\n')}`);
        continue;
      }
      settle();
      let text: string;
      if (command.startsWith('hopscope ')) {
        const ran = await ask(command, cwd);
        last = { command, code: ran.code };
        told = false;
        text = ran.text;
      } else {
        text = shell(command, cwd);
      }
      const printed = text.trimEnd();
      // Where they differ, the whole output is shown beside what the page says.
      const lines = printed === '' ? [] : printed.split('\n');
      const expected = [...shown];
      while (expected.at(-1) === '') expected.pop();
      if (!matches(lines, expected)) expect(printed, command).toBe(shown.join('\n'));
    }
    settle();
  });

  it('of workflows are among those that are run', () => {
    for (const language of guideLanguages) {
      for (const page of guidePages(language)) {
        const parts = partsOf(page);
        const run = new Set(
          parts.flatMap((part) => (part.kind === 'command' ? [part.session.command] : [])),
        );
        const inWorkflows = parts.flatMap((part) =>
          part.kind === 'file' && part.name.startsWith('.github/')
            ? [...part.text.matchAll(/run: (hopscope .+)$/gm)].map(([, command = '']) => command)
            : [],
        );
        for (const command of inWorkflows) {
          const file = command.split(' ')[2] ?? '';
          const like = [...run].some(
            (one) => one === command || one === command.replace(file, 'broken.yaml'),
          );
          expect(like, command).toBe(true);
        }
      }
    }
  });
});

describe('reading a session', () => {
  it('takes commands with what is shown of them', () => {
    expect(sessionsOf('$ hopscope lint a.yaml\n✔ No findings\n$ echo $?\n0')).toEqual([
      { command: 'hopscope lint a.yaml', shown: ['✔ No findings'] },
      { command: 'echo $?', shown: ['0'] },
    ]);
  });

  it('knows a line that stands for others from a difference', () => {
    expect(matches(['a', 'b', 'c'], ['a', '…', 'c'])).toBe(true);
    expect(matches(['a', 'b'], ['a'])).toBe(false);
    expect(matches(['a', 'b'], ['…', 'a'])).toBe(false);
  });
});
