import { resolve } from 'node:path';

/**
 * The design that the program was started with, with its path in full: the first argument that is no switch. From a
 * checkout Electron is given the program's folder before it.
 */
export function fileArgument(
  argv: readonly string[],
  isPackaged: boolean,
  workingFolder: string,
): string | undefined {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  const file = words[isPackaged ? 0 : 1];
  return file === undefined ? undefined : resolve(workingFolder, file);
}

const commandLineMark = '--command-line';

/**
 * The words of the command line, where the program was started as one: by the `hopscope` that an installed program
 * brings along, which puts a mark and two dashes before them. Electron takes nothing behind the dashes for its own, and
 * refuses words behind a URL that stand before them. Undefined where the program was started as the desktop app.
 */
export function commandLineOf(argv: readonly string[]): readonly string[] | undefined {
  const dashes = argv.indexOf('--');
  const mark = argv.indexOf(commandLineMark);
  return mark > 0 && mark < dashes ? argv.slice(dashes + 1) : undefined;
}
