import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron';
import { runDesktop } from './desktop.ts';

// The build puts this file into out/main.
const built = join(dirname(fileURLToPath(import.meta.url)), '..');

runDesktop(built).catch((thrown: unknown) => {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  dialog.showErrorBox('Hopscope could not start', message);
  app.exit(1);
});
