/**
 * What electron-builder takes for an Electron that is installed, on machines that have none: the files that it asks for,
 * and an executable with Electron's fuses in it that runs the packaged program on Node.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** Before the fuses, in Electron's executable: https://github.com/electron/fuses. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Version of the wire, its length, then a fuse a byte, as Electron comes. */
const wire = ['\x01\x08', '10110001'].join('');

/** Runs the program that was taken out of the archive, or says what it was given where the environment has ECHO. */
const script = `#!/bin/sh
if [ -n "$ECHO" ]; then printf '%s\\n' "$@"; exit 0; fi
exec '${process.execPath}' --import '${join(import.meta.dirname, 'electron-in-node.mjs')}' "$EXTRACTED/out/main/main.js" "$@"
`;

export function makeElectron(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const executable = join(folder, 'electron');
  writeFileSync(executable, `${script}${sentinel}${wire}\n`, 'latin1');
  chmodSync(executable, 0o755);
  writeFileSync(join(folder, 'LICENSE'), 'of Electron');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), 'of Chromium');
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '');
  writeFileSync(join(folder, 'chrome-sandbox'), '');
}

/**
 * Stands in for fpm, which makes the Debian and RPM packages: keeps what it was asked, with the texts of the files that
 * are gone afterwards, in OUT.json beside the package.
 */
export function makeFpm(path: string): void {
  writeFileSync(
    path,
    `#!${process.execPath}
const { existsSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const files = {};
for (const arg of args) {
  const from = arg.startsWith('/') || arg.includes('=/') ? arg.split('=/')[0] : arg;
  if (existsSync(from) && statSync(from).isFile()) files[from] = readFileSync(from, 'latin1');
}
const out = args[args.indexOf('--package') + 1];
const { SOURCE_DATE_EPOCH } = process.env;
writeFileSync(out + '.json', JSON.stringify({ args, files, SOURCE_DATE_EPOCH }));
writeFileSync(out, '');
`,
  );
  chmodSync(path, 0o755);
}
