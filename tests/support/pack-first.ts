import type { TestProject } from 'vitest/node';
import { packProgram } from './packed.ts';

/** Before the tests that start the program, and before they are run again. */
export default async function packFirst(project: TestProject): Promise<void> {
  await packProgram();
  project.onTestsRerun(packProgram);
}
