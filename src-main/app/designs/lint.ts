import { done, type Answer, type Output } from '../../contract/index.ts';
import { checkDesignInSteps, type Finding } from '../../checks/index.ts';
import type { Clock } from '../ports.ts';
import type { OpenDesign } from './ready.ts';

type Findings = readonly Finding[];

export interface Lint {
  /**
   * Checks a design, and lets everything else have its turn. `of` names what the design is a state of: where a later
   * state is asked about meanwhile, both who asked get the findings of that one.
   */
  check(open: OpenDesign, of?: string): Promise<Answer<Output<'design.lint'>>>;
}

export function createLint(clock: Clock): Lint {
  /** Findings by what was checked; they go with it. */
  const known = new WeakMap<object, Promise<Findings>>();
  /** What was last asked about, by what it is a state of. */
  const latest = new Map<string, OpenDesign>();

  function find(open: OpenDesign, of: string | undefined): Promise<Findings> {
    const asked = known.get(open.subject);
    if (asked) return asked;
    const findings = checkSlowly(open, of);
    known.set(open.subject, findings);
    // A defect is not remembered as an answer.
    void findings.catch(() => known.delete(open.subject));
    return findings;
  }

  async function checkSlowly(open: OpenDesign, of: string | undefined): Promise<Findings> {
    await clock.pause();
    const steps = checkDesignInSteps(open.design);
    for (;;) {
      const later = of === undefined ? undefined : latest.get(of);
      if (later && later.subject !== open.subject) {
        known.delete(open.subject);
        return find(later, of);
      }
      const step = steps.next();
      if (step.done) return step.value;
      await clock.pause();
    }
  }

  return {
    async check(open, of) {
      if (of !== undefined) latest.set(of, open);
      try {
        return done({ findings: await find(open, of) });
      } finally {
        if (of !== undefined && latest.get(of) === open) latest.delete(of);
      }
    },
  };
}
