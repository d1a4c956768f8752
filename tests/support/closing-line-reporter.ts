import process from 'node:process';
import type { Reporter, TestModule, TestSuite } from 'vitest/node';
import type {} from './capabilities.ts';

/** The groups that were skipped for something that this machine lacks, by what it lacks. */
export function skippedGroups(modules: readonly TestModule[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const module of modules) {
    for (const suite of module.children.allSuites()) {
      // A suite inside a skipped suite inherits its meta; the outer one stands for both.
      const reason = reasonOf(suite);
      if (reason === undefined || (suite.parent.type === 'suite' && reasonOf(suite.parent)))
        continue;
      groups.set(reason, [...(groups.get(reason) ?? []), suite.fullName]);
    }
  }
  return groups;
}

function reasonOf(suite: TestSuite): string | undefined {
  return suite.meta().skippedBecause;
}

/** The last lines of a run: groups skipped and why, then `N passed, N failed, N skipped`. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let skipped = 0;
    // What fails outside of a test counts as well: a file that does not load, an unhandled error.
    let failed = unhandledErrors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }

    const lines: string[] = [];
    const groups = skippedGroups(modules);
    if (groups.size > 0) {
      const count = [...groups.values()].flat().length;
      const reasons = [...groups].map(([reason, titles]) => `${reason} (${titles.join(', ')})`);
      lines.push(`${count} ${count === 1 ? 'group' : 'groups'} skipped: ${reasons.join('; ')}`);
    }
    lines.push(`${passed} passed, ${failed} failed, ${skipped} skipped`);
    // On exit, after the summaries that other reporters still have to print.
    process.once('exit', () => process.stdout.write(`${lines.join('\n')}\n`));
  }
}
