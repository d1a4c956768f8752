import { done, failed, type Answer, type Input, type Output } from '../../contract/index.ts';
import type { Catalogue } from '../../install/catalogue/index.ts';
import {
  assumeInternet,
  Connections,
  prepareInstall,
  type InstallReport,
} from '../../install/index.ts';
import type { InstallScenario } from '../../model/design.ts';
import type { OpenDesign } from '../designs/ready.ts';
import type { Run } from '../flows/runs.ts';

type Asked = Pick<Input<'install.evaluate'>, 'scenario' | 'mode'>;

const modes = ['connected', 'proxy', 'air-gapped'] as const;

/** Evaluates scenarios in slices: connections first, then what is made of them, then a fix for each cause. */
export async function evaluateInstalls(
  open: OpenDesign,
  catalogue: Catalogue,
  { scenario: only, mode }: Asked,
  run: Run,
): Promise<Answer<Output<'install.evaluate'>>> {
  const { design } = open;
  const known = design.installScenarios ?? [];
  const chosen = only === undefined ? known : known.filter(({ id }) => id === only);
  if (only !== undefined && chosen.length === 0) {
    return failed('scenario-unknown', { scenario: only, known: known.map(({ id }) => id) });
  }
  const connections = new Connections(design, assumeInternet(design, open.network(), catalogue));
  const reports: InstallReport[] = [];
  for (const { scenario, mode: one } of chosen.flatMap((each) => inModes(each, mode))) {
    const question = { design, network: open.network(), scenario, mode: one, catalogue };
    const prepared = prepareInstall(question, connections);
    if (typeof prepared === 'string') {
      return failed('scenario-unfit', { scenario: scenario.id, reason: prepared });
    }
    const simulated = await run.each(prepared.connections, (one) => {
      prepared.simulate(one);
    });
    if (!simulated.ok) return simulated;
    const fixed = await run.each(prepared.causes(), (one) => {
      prepared.fix(one);
    });
    if (!fixed.ok) return fixed;
    const amended = await run.through(prepared.amend());
    if (!amended.ok) return amended;
    reports.push(prepared.report());
  }
  return done({ works: reports.every(({ works }) => works), reports });
}

const inModes = (scenario: InstallScenario, mode: Asked['mode']) =>
  (mode === 'all' ? modes : [mode ?? scenario.mode]).map((one) => ({ scenario, mode: one }));
