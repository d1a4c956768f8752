// npm test: set-up, the checks, the build that the browser tests open, and every test.
// With arguments, only the tests they name: npm test -- tests/sim
import { join } from 'path';
import { ensureBuilt } from './build.mjs';
import { check } from './check.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { exitWith, projectRoot, runNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';

exitWith(async () => {
  const args = process.argv.slice(2);
  ensurePackages();
  ensureDebianPackages();
  // The layering is one of the tests.
  const checked = args.length === 0 ? await check(['layering']) : 0;
  await ensureBuilt();
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const tested = await runNode([vitest, 'run', ...args]);
  if (checked !== 0) process.stderr.write('The tests ran, but "npm run check" fails; see above.\n');
  return tested || checked;
});
