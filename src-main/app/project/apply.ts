import type { Design } from '../../model/design.ts';
import type { EntityRef } from '../../model/ids.ts';
import { designIssue, type DesignIssue, type Parsed } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { referenceIssues } from '../../model/references.ts';
import type { Command, Edit } from './command.ts';
import { Draft, refused, type EditDone, type RowChange } from './draft.ts';

export interface Applied {
  readonly design: Design;
  /** The command with its entities as the validators returned them: what is kept in the history. */
  readonly command: Command;
  /** Leads from the new design back to the old one, order included. */
  readonly inverse: Command;
  readonly rows: readonly RowChange[];
  /** The entities that were written, removed or moved; each once. */
  readonly changed: readonly EntityRef[];
}

/**
 * The design after a command, and the command that undoes it. The design that comes out is valid as a whole; a command
 * that would break it is refused with everything that is wrong, and nothing has happened.
 */
export function applyCommand(design: Design, command: Command): Parsed<Applied> {
  const edits = command.kind === 'compound' ? command.edits : [command];
  const draft = new Draft(design);
  const issues: DesignIssue[] = [];
  const done: EditDone[] = [];
  for (const edit of edits) {
    const outcome = draft.apply(edit);
    if (outcome.ok) done.push(outcome.value);
    else issues.push(...outcome.issues);
    // Later edits may stand on a refused one; a few of its consequences are enough to read.
    if (issues.length >= limits.errorsListed) break;
  }
  if (issues.length > 0) return refused(issues);

  const next = draft.build();
  if (done.some(({ mayBreak }) => mayBreak)) {
    const references = referenceIssues(next);
    if (references.length > 0) return refused(references);
  }

  const inverses = done.map(({ inverse }) => inverse).reverse();
  const [first, firstInverse] = [done[0]?.edit, inverses[0]];
  if (!first || !firstInverse) {
    return refused([designIssue('out-of-range', ['edits'], 'at least 1 entry', edits)]);
  }
  const step = (all: readonly Edit[], one: Edit): Command =>
    command.kind === 'compound' ? { kind: 'compound', label: command.label, edits: all } : one;
  return {
    ok: true,
    value: {
      design: next,
      command: step(
        done.map(({ edit }) => edit),
        first,
      ),
      inverse: step(inverses, firstInverse),
      rows: done.map(({ row }) => row),
      changed: [...new Set(done.flatMap(({ changed }) => changed ?? []))],
    },
  };
}
