#!/usr/bin/env node
// `hopscope` as npm links it. run.mjs looks at Node's version before anything that an old one cannot read is loaded.
import process from 'process';

process.argv.splice(2, 0, 'src-main/hosts/cli/main.ts');
import('../setup/run.mjs');
