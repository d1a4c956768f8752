import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { app, dialog } from 'electron';
import { fileArgument } from './arguments.ts';
import { runDesktop } from './desktop.ts';
import { wordsIn } from './words.ts';

// The build puts this file into out/main.
const built = join(dirname(fileURLToPath(import.meta.url)), '..');

runDesktop(built, fileArgument(process.argv, app.isPackaged, process.cwd())).catch(
  (thrown: unknown) => {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    dialog.showErrorBox(wordsIn(undefined, app.getLocale()).notStarted, message);
    app.exit(1);
  },
);
