/**
 * The project files that this process has open for editing, by device and inode. A second look at one of them has to be
 * avoided: POSIX locks belong to the process, and closing any descriptor of a file gives up all of them.
 */
const open = new Set<string>();

export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
}

const key = ({ dev, ino }: FileIdentity): string => `${dev}:${ino}`;

export const isOpenHere = (file: FileIdentity): boolean => open.has(key(file));

/** Notes the file as open; the function that is returned ends that. */
export function noteOpen(file: FileIdentity): () => void {
  open.add(key(file));
  return () => void open.delete(key(file));
}
