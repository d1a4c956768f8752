import type { Method } from './methods.ts';

/** The calls that answer with a project which whoever asks has open from then on, once for each time. */
export const openingMethods: ReadonlySet<string> = new Set<Method>([
  'project.open',
  'project.create',
  'project.createDraft',
  'project.receive',
  'project.duplicate',
]);
