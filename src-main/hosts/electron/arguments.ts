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
