import type { InstallPlan } from '../../install/index.ts';
import { leftOut, type Exported, type LeftOut } from '../../interop/exchange.ts';
import { otherKeys } from '../../interop/left-out.ts';
import type { InstallScenario } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';

export type BundleProgram = 'zarf' | 'hauler';

/** What the bundle of a plan says to one program; no file where there is nothing that this program carries. */
export function bundleOf(
  program: BundleProgram,
  scenario: InstallScenario,
  plan: InstallPlan,
): Exported {
  const made = plan.steps.flatMap((step) =>
    step.code === 'bundle' && step.detail.program === program ? [step] : [],
  );
  return {
    files: made.flatMap(({ detail, files }) =>
      detail.references === 0 ? [] : files.map(({ path, content }) => ({ path, content })),
    ),
    leftOut: [
      ...keysLeft(program, scenario),
      ...made.flatMap(({ detail }) =>
        detail.leftOut.map((one) => notCarried(program, scenario, one)),
      ),
    ],
  };
}

/** What the list of artifacts is made of, and so does not get lost. */
const told = ['id', 'name', 'product', 'mode', 'cluster', 'artifacts', 'bundle'] as const;

function keysLeft(program: BundleProgram, scenario: InstallScenario): readonly LeftOut[] {
  const ref = entityRef('install-scenario', scenario.id);
  return [
    ...otherKeys(ref, scenario, told, program),
    ...(scenario.artifacts ?? []).flatMap((artifact, at) =>
      otherKeys(ref, artifact, ['kind', 'reference'], program, `artifacts[${at}].`),
    ),
  ];
}

function notCarried(
  program: BundleProgram,
  { id, artifacts = [], bundle = [] }: InstallScenario,
  reference: string,
): LeftOut {
  const listed = artifacts.findIndex((one) => one.reference === reference);
  const bundled = bundle.indexOf(reference);
  const path =
    listed >= 0 ? `artifacts[${listed}]` : bundled >= 0 ? `bundle[${bundled}]` : 'artifacts';
  const detail = { format: program, reference };
  return leftOut(entityRef('install-scenario', id), path, { code: 'not-carried', detail });
}
