import type { UserData } from '../ports.ts';

/** The files that the program named by itself. The mark is no part of the file: a copy of a draft is a file like any. */
export interface Drafts {
  has(file: string): boolean;
  add(file: string): void;
  delete(file: string): void;
}

/** Beyond any number that one keeps apart by eye; the oldest are files like any. */
const kept = 1000;

export function createDrafts(userData: UserData | undefined): Drafts {
  let unkept: readonly string[] = [];
  const read = (): readonly string[] => {
    if (!userData) return unkept;
    const value = userData.read('drafts');
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  };
  const write = (files: readonly string[]) => {
    if (userData) userData.write('drafts', files.slice(-kept));
    else unkept = files;
  };
  return {
    has: (file) => read().includes(file),
    add: (file) => write([...read().filter((one) => one !== file), file]),
    delete(file) {
      const files = read();
      if (files.includes(file)) write(files.filter((one) => one !== file));
    },
  };
}
