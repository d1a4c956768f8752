import type { ProjectState } from '../../contract/index.ts';
import type { OpenDesign } from '../designs/ready.ts';
import type { ProjectFile, TroubleCode } from '../project/index.ts';
import { troubleWording } from './trouble.ts';

/** A project that somebody has open. */
export interface OpenProject {
  readonly handle: string;
  file: ProjectFile;
  revision: number;
  /** The design of the present revision. */
  open: OpenDesign;
  /** How many have opened it and not closed it. */
  users: number;
  isDraft: boolean;
  /** What was last said to stand between it and its file. */
  trouble: TroubleCode | undefined;
  /** What lay at its path when that was last read. */
  stamp: string;
  /** Not read along again before this time. Milliseconds since 1970-01-01 UTC. */
  restUntilMs: number;
  /** Where it was put in safety, while its own file is gone. */
  rescue: string | undefined;
}

export const stateOf = ({
  handle,
  file,
  revision,
  isDraft,
  trouble,
}: OpenProject): ProjectState => ({
  project: handle,
  file: file.path,
  revision,
  access: file.access,
  canUndo: file.canUndo(),
  canRedo: file.canRedo(),
  step: file.step(),
  ...(isDraft ? { draft: true } : {}),
  ...(trouble ? { trouble: { code: trouble, ...troubleWording(trouble, file) } } : {}),
});
