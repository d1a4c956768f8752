// Format, lint, types and layering, all of them each time, so that one run shows everything.
import { existsSync } from 'fs';
import { join } from 'path';
import { exitWith, projectRoot, runNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';

/** @param {string} name of a package @param {string} file its program */
const tool = (name, file) => join(projectRoot, 'node_modules', name, file);

const steps = [
  {
    title: 'format',
    command: [tool('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  },
  { title: 'lint', command: [tool('eslint', 'bin/eslint.js'), '--max-warnings=0', '.'] },
  {
    title: 'types, Node side',
    command: [tool('typescript', 'bin/tsc'), '-p', 'tsconfig.node.json'],
  },
  {
    title: 'types, pure folders',
    command: [tool('typescript', 'bin/tsc'), '-p', 'tsconfig.pure.json'],
  },
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
  {
    title: 'layering',
    command: [tool('vitest', 'vitest.mjs'), 'run', 'tests/layering.test.ts', '--reporter=dot'],
  },
];

/** @returns {Promise<number>} */
export async function check() {
  const failed = [];
  for (const { title, command, needs } of steps) {
    if (needs !== undefined && !existsSync(join(projectRoot, needs))) continue;
    process.stdout.write(`check: ${title}\n`);
    if ((await runNode(command)) !== 0) failed.push(title);
  }
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
