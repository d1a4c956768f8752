import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron';
import { runDesktop } from './desktop.ts';

// The build puts this file into out/main.
const built = join(dirname(fileURLToPath(import.meta.url)), '..');

// `electron FOLDER [FILE]` from a checkout; the program's own name takes the folder's place once it is packaged.
const file = process.argv[app.isPackaged ? 1 : 2];

runDesktop(built, file).catch((thrown: unknown) => {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  dialog.showErrorBox('Hopscope could not start', message);
  app.exit(1);
});
