import type { RecentProject } from '../../contract/index.ts';
import type { Files, UserData } from '../ports.ts';

type Entry = Omit<RecentProject, 'exists'>;

/** The projects that were open last, the newest first. */
export interface Recents {
  list(): readonly RecentProject[];
  add(entry: Entry): void;
  /** A later title, for one that is on the list. */
  retitle(file: string, title: string): void;
  forget(file: string): void;
}

const kept = 20;

export function createRecents(userData: UserData | undefined, files: Files | undefined): Recents {
  const read = (): readonly Entry[] => entriesOf(userData?.read('recents'));
  // A list that could not be written is missed by nobody's work.
  const write = (entries: readonly Entry[]) =>
    void userData?.write('recents', entries.slice(0, kept));
  return {
    list: () => read().map((entry) => ({ ...entry, exists: files?.exists(entry.file) ?? true })),
    add: (entry) => write([entry, ...read().filter(({ file }) => file !== entry.file)]),
    retitle(file, title) {
      const entries = read();
      const old = entries.find((entry) => entry.file === file);
      if (!old || old.title === title) return;
      write(entries.map((entry) => (entry === old ? { ...entry, title } : entry)));
    },
    forget(file) {
      const entries = read();
      const others = entries.filter((entry) => entry.file !== file);
      if (others.length < entries.length) write(others);
    },
  };
}

/** What is no entry is passed over: the file may have been edited by hand. */
function entriesOf(value: unknown): readonly Entry[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): readonly Entry[] => {
    if (typeof item !== 'object' || item === null) return [];
    const { file, title, openedMs } = item as Partial<Record<keyof Entry, unknown>>;
    return typeof file === 'string' && typeof title === 'string' && typeof openedMs === 'number'
      ? [{ file, title, openedMs }]
      : [];
  });
}
