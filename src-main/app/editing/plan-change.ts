import type { Change } from '../../contract/changes.ts';
import type { ChangePlan } from '../../contract/methods.ts';
import type { Design } from '../../model/design.ts';
import { designIssue, type DesignIssue } from '../../model/issue.ts';
import { add } from './add.ts';
import { connect } from './connect.ts';
import { duplicate, paste } from './copies.ts';
import { group } from './group.ts';
import { move, place } from './move.ts';
import type { Planned } from './outcome.ts';
import { disconnect, remove } from './remove.ts';
import { rename, renameInterface } from './rename.ts';
import { scale } from './scale.ts';
import { WorkingCopy } from './working-copy.ts';

export type PlannedChange =
  | { readonly ok: true; readonly plan: ChangePlan }
  | { readonly ok: false; readonly issues: readonly DesignIssue[] };

/** The edits that a user's change to the drawing comes to; or why it cannot be. Nothing has happened yet. */
export function planChange(design: Design, change: Change): PlannedChange {
  const copy = new WorkingCopy(design);
  const outcome = apply(copy, change);
  if (!outcome.ok) return outcome;
  const plan = copy.plan(outcome.label);
  if (plan.edits.length > 0) return { ok: true, plan };
  const expected = 'a change that leads to something else than what is there';
  return { ok: false, issues: [designIssue('inconsistent', ['kind'], expected, change.kind)] };
}

function apply(copy: WorkingCopy, change: Change): Planned {
  switch (change.kind) {
    case 'add':
      return add(copy, change);
    case 'connect':
      return connect(copy, change);
    case 'disconnect':
      return disconnect(copy, change);
    case 'remove':
      return remove(copy, change);
    case 'rename':
      return rename(copy, change);
    case 'rename-interface':
      return renameInterface(copy, change);
    case 'move':
      return move(copy, change);
    case 'place':
      return place(copy, change);
    case 'duplicate':
      return duplicate(copy, change);
    case 'paste':
      return paste(copy, change);
    case 'group':
      return group(copy, change);
    case 'scale':
      return scale(copy, change);
    default:
      return change satisfies never;
  }
}
