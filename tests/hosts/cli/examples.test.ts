import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../../src-main/hosts/cli/command.ts';
import { createProgram } from '../../../src-main/hosts/cli/program.ts';
import { sampleText } from '../../samples/samples.ts';
import { hopscope } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const design = sampleText('icp-on-vcenter');
const text = join(folder, 'design.yaml');
const project = join(folder, 'project.hopscope');
beforeAll(async () => {
  writeFileSync(text, design);
  expect((await hopscope(['import', text, project])).err).toBe('');
}, 60_000);

/** The command line alone, which runs nothing; the helps go to `print`, and what would be opened to `open`. */
function programOf(print: (text: string) => void, open: Host['open']) {
  const program = createProgram({ version: '0.0.0', run: () => Promise.resolve(), open });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: print });
  }
  return program;
}

/** Every example of every help, as the arguments it gives. */
function allExamples(): readonly (readonly string[])[] {
  let helps = '';
  const program = programOf(
    (text) => (helps += text),
    () => Promise.resolve(),
  );
  for (const command of [program, ...program.commands]) command.outputHelp();
  const lines = [...helps.matchAll(/^ {2}\$ hopscope (.+)$/gm)];
  return lines.map(([, line = '']) => line.split(' '));
}

const examples = allExamples();

/** In a folder of its own, in which every file that an example reads is there, and no other. */
async function runExample(_title: string, args: readonly string[]): Promise<void> {
  const cwd = mkdtempSync(join(folder, 'run-'));
  // Where an example exports, the design is what it makes.
  if (args.includes('design.yaml') && (args[0] === 'report' || !args.includes('--out'))) {
    writeFileSync(join(cwd, 'design.yaml'), design);
  }
  if (args.includes('project.hopscope')) cpSync(project, join(cwd, 'project.hopscope'));
  const { code, out, err } = await hopscope(args, { cwd });
  expect({ code, err: err.replace(/^Wrote \S+\n/gm, '') }).toEqual({ code: 0, err: '' });
  const fixed = args.includes('--fix') ? args.at(-1) : undefined;
  const shown =
    fixed === undefined
      ? out
      : (await hopscope(['trace', fixed, '--flow', 'internet-to-web'], { cwd })).out;
  if (args[0] === 'trace') expect(shown).toMatch(/^✔ reachable {2}|^ {2}"status": "reachable",$/m);
}

describe('the examples of the helps', { timeout: 120_000 }, () => {
  it('are there for every command', () => {
    expect(new Set(examples.map(([command]) => command))).toEqual(
      new Set([
        'trace',
        'verify',
        'install',
        'help',
        'lint',
        'report',
        'connections',
        'new',
        'import',
        'export',
        'open',
      ]),
    );
  });

  // One that opens a window is tried below.
  it.concurrent.each(
    examples
      .filter(([command]) => command !== 'open')
      .map((args): [string, readonly string[]] => [args.join(' '), args]),
  )('run on the samples they name, and on one under the name of their files: %s', runExample);

  it('open what they name', async () => {
    const opened: unknown[] = [];
    for (const args of examples.filter(([command]) => command === 'open')) {
      const program = programOf(
        () => undefined,
        (file, port) => {
          opened.push([args.slice(1).join(' '), file, port]);
          return Promise.resolve();
        },
      );
      await program.parseAsync(args, { from: 'user' });
    }
    expect(opened).toEqual([
      ['', undefined, undefined],
      ['project.hopscope', 'project.hopscope', undefined],
      ['--port 8080', undefined, 8080],
    ]);
  });
});
