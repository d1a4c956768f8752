// Format, lint, types and layering, all of them each time, so that one run shows everything.
import { existsSync } from 'fs';
import { cpus } from 'os';
import { join } from 'path';
import { exitWith, projectRoot, runNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';

/** @param {string} name of a package @param {string} file its program */
const tool = (name, file) => join(projectRoot, 'node_modules', name, file);

/**
 * What a check found of files that have not changed since, and that it need not look at again. Only of checks whose
 * answer depends on nothing else: a rule of the linter that asks for types may answer otherwise for the same file.
 * @param {string} name
 */
const kept = (name) => join(projectRoot, 'out', 'checked', name);

/** @param {string} name of the configuration */
const types = (name) => [
  tool('typescript', 'bin/tsc'),
  ...['-p', `tsconfig.${name}.json`],
  ...['--incremental', '--tsBuildInfoFile', kept(`${name}.tsbuildinfo`)],
];

/** What takes longest comes first. */
const steps = [
  { title: 'lint', command: [tool('eslint', 'bin/eslint.js'), '--max-warnings=0', '.'] },
  {
    title: 'types, pages',
    command: [
      tool('svelte-check', 'bin/svelte-check'),
      '--tsconfig',
      'tsconfig.web.json',
      '--fail-on-warnings',
      '--output',
      'human',
    ],
    needs: 'src-renderer',
  },
  { title: 'types, Node side', command: types('node') },
  {
    title: 'format',
    command: [
      tool('prettier', 'bin/prettier.cjs'),
      ...['--check', '--log-level=warn'],
      ...['--cache', '--cache-strategy=content', '--cache-location', kept('format')],
      '.',
    ],
  },
  { title: 'types, pure folders', command: types('pure') },
  {
    title: 'layering',
    command: [tool('vitest', 'vitest.mjs'), 'run', 'tests/layering.test.ts', '--reporter=dot'],
  },
];

/** Each of them is busy on one core, with about a gigabyte. */
const sideBySide = Math.min(cpus().length, 3);

/**
 * @param {readonly string[]} [skipped] titles of what is looked at elsewhere
 * @returns {Promise<number>}
 */
export async function check(skipped = []) {
  /** @type {string[]} */
  const failed = [];
  const left = steps.filter(
    ({ title, needs }) =>
      !skipped.includes(title) && (needs === undefined || existsSync(join(projectRoot, needs))),
  );
  const work = async () => {
    for (let step = left.shift(); step !== undefined; step = left.shift()) {
      const { title, command } = step;
      let said = '';
      const code = await runNode(command, { hear: (text) => (said += text) });
      process.stdout.write(`check: ${title}\n${said}`);
      if (code !== 0) failed.push(title);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  process.stdout.write(
    failed.length === 0 ? 'check: all good\n' : `check: failed: ${failed.join('; ')}\n`,
  );
  return failed.length === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && process.argv[1].endsWith('check.mjs')) {
  exitWith(async () => {
    ensurePackages();
    return check();
  });
}
