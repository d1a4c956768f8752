import { failed, type BackendError, type ErrorDetails } from '../../contract/index.ts';
import type { ProjectError } from '../project/index.ts';

/** The store's error in the contract's words: its code, sentence and hint as they are, and its place. */
export function refused(error: ProjectError): { readonly ok: false; readonly error: BackendError } {
  const { code: reason, sentence, hint, details } = error;
  // A code and its details belong together by the type of the error.
  const detail = {
    reason,
    details,
    sentence,
    ...(hint === undefined ? {} : { hint }),
    ...('file' in details ? { file: details.file } : {}),
    ...('issues' in details ? { issues: details.issues, omitted: details.omitted } : {}),
  } as ErrorDetails['project-refused'];
  return failed('project-refused', detail);
}
