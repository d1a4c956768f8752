#!/usr/bin/env node
// `hopscope` as npm links it: from the sources in a checkout, else what was built of them. Node's version is looked at
// before anything that an old one cannot read is loaded.
import { existsSync } from 'fs';
import { dirname, join } from 'path';
import process from 'process';
import { fileURLToPath, pathToFileURL } from 'url';
import { isRecentEnough, projectRoot, tooOldSentence } from '../setup/node.mjs';

if (existsSync(join(dirname(fileURLToPath(import.meta.url)), 'main.ts'))) {
  process.argv.splice(2, 0, 'src-main/hosts/cli/main.ts');
  import('../setup/run.mjs');
} else if (isRecentEnough(process.version)) {
  import(pathToFileURL(join(projectRoot, 'out', 'cli', 'main.js')).href);
} else {
  process.stderr.write(`${tooOldSentence(process.version)}\n`);
  process.exitCode = 1;
}
