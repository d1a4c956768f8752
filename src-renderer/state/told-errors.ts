import type { BackendError, ProjectState } from '../../src-main/contract/index.ts';

/** What the banners of the window are saying. */
export interface Banners {
  readonly lost: boolean;
  /** Of the project that is open. */
  readonly file:
    { readonly access: ProjectState['access']; readonly hasTrouble: boolean } | undefined;
}

/** The store's words for what stands between a project and its file. */
const aboutFile: ReadonlySet<string> = new Set([
  'file-moved',
  'file-missing',
  'folder-missing',
  'no-permission',
  'disk-full',
  'io-error',
]);

/** Whether a banner says already what a call was refused for, with the ways out beside it. */
export function isToldByBanner(error: BackendError, { lost, file }: Banners): boolean {
  if (error.code === 'backend-unreachable') return lost;
  if (error.code !== 'project-refused' || !file) return false;
  const { reason } = error.detail;
  return reason === 'read-only' ? file.access !== 'edit' : file.hasTrouble && aboutFile.has(reason);
}
