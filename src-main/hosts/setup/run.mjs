#!/usr/bin/env node
// Runs one of the project's TypeScript programs, after making sure of what it needs:
//   node run.mjs [--build] PROGRAM.ts [ARGUMENT…]
// Set-up speaks on stderr only and is silent when there is nothing to do: stdout is the program's.
import { join } from 'path';
import { pathToFileURL } from 'url';
import { ensureBuilt } from './build.mjs';
import { exitWith, projectRoot, runNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';

/** npm runs scripts in the project's folder; file names on a command line mean the caller's. */
function callersFolder() {
  const { INIT_CWD: folder, npm_lifecycle_event: script } = process.env;
  return script === 'hopscope' && folder !== undefined ? folder : process.cwd();
}

exitWith(async () => {
  const args = process.argv.slice(2);
  const wantsBuild = args[0] === '--build';
  const [program = '', ...rest] = wantsBuild ? args.slice(1) : args;

  ensurePackages();
  if (wantsBuild) await ensureBuilt();
  const loader = pathToFileURL(join(projectRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs'));
  return runNode(['--import', loader.href, join(projectRoot, program), ...rest], {
    cwd: callersFolder(),
  });
});
