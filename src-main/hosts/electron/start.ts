import process from 'node:process';
import { app, dialog } from 'electron';
import { commandLineOf, fileArgument } from './arguments.ts';
import { runDesktop } from './desktop.ts';
import { wordsIn } from './words.ts';

/**
 * Starts what the program was started as: the desktop app, or the command line. Resolves when Electron may look for a
 * screen, which only the app needs.
 */
export async function start(built: string): Promise<void> {
  const words = commandLineOf(process.argv);
  if (words === undefined) {
    startDesktop(built);
    return;
  }
  const { runInElectron } = await import('./command-line.ts');
  const ended = runInElectron(built, words);
  if (words[0] !== 'open') await ended;
}

function startDesktop(built: string): void {
  runDesktop(built, fileArgument(process.argv, app.isPackaged, process.cwd())).catch(
    (thrown: unknown) => {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      dialog.showErrorBox(wordsIn(undefined, app.getLocale()).notStarted, message);
      app.exit(1);
    },
  );
}
