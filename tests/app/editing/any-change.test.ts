import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planChange } from '../../../src-main/app/editing/index.ts';
import { applyCommand, type Command } from '../../../src-main/app/project/index.ts';
import { change as changeSchema } from '../../../src-main/contract/changes.ts';
import { editDesign } from '../../../src-main/model/edits.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { issueSentence } from '../../../src-main/model/issue.ts';
import { parseDesign } from '../../../src-main/model/validate.ts';
import { readExample } from './examples.ts';
import { arbitraryDesign } from '../../builders/arbitrary.ts';
import { seededRandom, type Random } from '../project/random-commands.ts';
import { seeds } from '../../support/seeds.ts';
import { randomChange } from './random-changes.ts';

/** Does one change after another; gives how many were done and how many refused. */
function go(start: Design, random: Random, changes: number): { done: number; refused: number } {
  let design = start;
  let [done, refused] = [0, 0];
  for (let count = 0; count < changes; count += 1) {
    const change = randomChange(random, design);
    // What the door refuses does not get here.
    if (!changeSchema.safeParse(change).success) continue;
    const outcome = planChange(design, change);
    if (!outcome.ok) {
      expect(outcome.issues.length).toBeGreaterThan(0);
      refused += 1;
      continue;
    }
    const { label, edits } = outcome.plan;
    const command = { kind: 'compound', label, edits } as Command;
    const applied = applyCommand(design, command);
    if (!applied.ok) {
      const said = applied.issues.map(issueSentence).join('\n');
      throw new Error(
        `${JSON.stringify(change)}\n${said}\n${JSON.stringify(edits).slice(0, 3000)}`,
      );
    }
    const next = applied.value.design;
    const undone = applyCommand(next, applied.value.inverse);
    expect(undone.ok && undone.value.design).toEqual(design);
    expect(editDesign(design, edits)).toEqual(next);
    expect(planChange(design, change)).toEqual(outcome);
    const whole = parseDesign(JSON.parse(JSON.stringify(next)));
    expect(whole.ok ? [] : whole.issues.map(issueSentence)).toEqual([]);
    design = next;
    done += 1;
  }
  return { done, refused };
}

describe('any change to any design', () => {
  it('gives a valid design that can be undone, or is refused', () => {
    fc.assert(
      fc.property(arbitraryDesign, fc.nat(), (design, seed) => {
        go(design, seededRandom(seed), 6);
      }),
      { numRuns: seeds(60), endOnFailure: true },
    );
  });

  it('also where one change follows another for long', () => {
    const start: Design = { hopscope: 1, name: 'Long', nodes: [{ id: 'a', kind: 'router' }] };
    let done = 0;
    for (const seed of [1, 2, 3, 4]) done += go(start, seededRandom(seed), 120).done;
    expect(done).toBeGreaterThan(100);
  });

  it('also in the sample', () => {
    const { done } = go(readExample('icp-on-vcenter'), seededRandom(7), 40);
    expect(done).toBeGreaterThan(5);
  });
});
