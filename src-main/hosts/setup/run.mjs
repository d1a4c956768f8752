#!/usr/bin/env node
// Runs one of the project's TypeScript programs, after making sure of what it needs:
//   node run.mjs [--build] [--debian] PROGRAM.ts [ARGUMENT…]
// --build: the app; --debian: the programs that tests run.
// Set-up speaks on stderr only and is silent when there is nothing to do: stdout is the program's.
import { join } from 'path';
import { ensureBuilt } from './build.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { argumentsForTypeScript, exitWith, projectRoot, runNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';

/** npm runs scripts in the project's folder; file names on a command line mean the caller's. */
function callersFolder() {
  const { INIT_CWD: folder, npm_lifecycle_event: script } = process.env;
  return script === 'hopscope' && folder !== undefined ? folder : process.cwd();
}

exitWith(async () => {
  const args = process.argv.slice(2);
  const wants = (/** @type {string} */ flag) => args[0] === flag && args.shift() === flag;
  const wantsBuild = wants('--build');
  const wantsDebian = wants('--debian');
  const [program = '', ...rest] = args;

  ensurePackages();
  if (wantsBuild) await ensureBuilt();
  if (wantsDebian) ensureDebianPackages();
  return runNode([...argumentsForTypeScript(), join(projectRoot, program), ...rest], {
    cwd: callersFolder(),
  });
});
