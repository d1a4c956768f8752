import type { Entity } from '../../model/design.ts';
import { designIssue, type DesignIssue, type Path } from '../../model/issue.ts';
import { projectLimits } from '../project/limits.ts';

/** What the planning of a change comes to: the name of the step, or what stands against it. */
export type Planned =
  | { readonly ok: true; readonly label: string }
  | { readonly ok: false; readonly issues: readonly DesignIssue[] };

export const planned = (label: string): Planned => ({ ok: true, label: oneLine(label) });

/** `expected` completes "expected …" and says what could be done instead. */
export function refused(path: Path, expected: string, value?: unknown): Planned {
  return { ok: false, issues: [designIssue('inconsistent', path, expected, value)] };
}

export function unknown(path: Path, what: string, value: unknown): Planned {
  return { ok: false, issues: [designIssue('dangling-id', path, `${what} of this design`, value)] };
}

/** What people call an entity. */
export function titleOf(entity: Entity): string {
  return 'name' in entity && entity.name.trim() !== '' ? entity.name : entity.id;
}

/** Fit to be the name of a step: one line, not too long, cut between characters. */
function oneLine(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ');
  if (line.length <= projectLimits.labelLength) return line;
  return `${line
    .slice(0, projectLimits.labelLength - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`;
}
