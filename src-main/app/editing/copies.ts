import type { Change } from '../../contract/changes.ts';
import { refused, type Planned } from './outcome.ts';
import type { WorkingCopy } from './working-copy.ts';

export function duplicate(
  _copy: WorkingCopy,
  change: Extract<Change, { kind: 'duplicate' }>,
): Planned {
  return refused(['refs'], 'things that can be copied', change.refs[0]);
}
export function paste(_copy: WorkingCopy, change: Extract<Change, { kind: 'paste' }>): Planned {
  return refused(['entities'], 'things that can be copied', change.entities[0]?.ref);
}
