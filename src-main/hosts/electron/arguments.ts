/**
 * The design that the program was started with: the first argument that is no switch. From a checkout Electron is given
 * the program's folder before it.
 */
export function fileArgument(argv: readonly string[], isPackaged: boolean): string | undefined {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  return words[isPackaged ? 0 : 1];
}
