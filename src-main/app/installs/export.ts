import { done, failed, type Answer, type Input, type Output } from '../../contract/index.ts';
import type { Catalogue } from '../../install/catalogue/index.ts';
import type { InstallReport } from '../../install/index.ts';
import { firewallRequestCsv } from '../../install/plan/firewall-request.ts';
import type { Exported } from '../../interop/exchange.ts';
import { firewallRequestXlsx } from '../../interop/spreadsheet/index.ts';
import type { Design, InstallScenario } from '../../model/design.ts';
import type { OpenDesign } from '../designs/ready.ts';
import type { Run } from '../flows/runs.ts';
import { bundleOf } from './bundle.ts';
import { evaluateInstalls } from './evaluate.ts';

type Asked = Input<'design.export'>;

const formats = ['zarf', 'hauler', 'firewall-request-csv', 'firewall-request-xlsx'] as const;
export type InstallFormat = (typeof formats)[number];

/** Whether a format is made of an install scenario, and not of the whole design. */
export const isInstallFormat = (format: Asked['format']): format is InstallFormat =>
  formats.some((one) => one === format);

/** What is carried and what firewalls are asked for, as the plan of a scenario has it: every proven fix made. */
export async function exportInstall(
  open: OpenDesign,
  catalogue: Catalogue,
  format: InstallFormat,
  { scenario: asked, mode }: Pick<Asked, 'scenario' | 'mode'>,
  run: Run,
): Promise<Answer<Output<'design.export'>>> {
  const scenario = scenarioOf(open.design, asked);
  if (!scenario.ok) return scenario;
  const { id, mode: own } = scenario.value;
  const wanted = mode ?? own;
  const isBundle = format === 'zarf' || format === 'hauler';
  if (isBundle && wanted !== 'air-gapped') {
    return failed('bundle-none', { scenario: id, mode: wanted });
  }
  const evaluated = await evaluateInstalls(open, catalogue, { scenario: id, mode: wanted }, run);
  if (!evaluated.ok) return evaluated;
  const [report] = evaluated.value.reports;
  if (!report) throw new Error(`scenario ${id} was not evaluated`);
  if (isBundle) return done(bundleOf(format, scenario.value, report.plan));
  return done(await requestOf(format, report));
}

function scenarioOf(design: Design, asked: string | undefined): Answer<InstallScenario> {
  const scenarios = design.installScenarios ?? [];
  const known = scenarios.map(({ id }) => id);
  const [first, ...others] = scenarios;
  if (asked === undefined) {
    if (first && others.length === 0) return done(first);
    return failed('scenario-unnamed', { known });
  }
  const found = scenarios.find(({ id }) => id === asked);
  return found ? done(found) : failed('scenario-unknown', { scenario: asked, known });
}

async function requestOf(
  format: 'firewall-request-csv' | 'firewall-request-xlsx',
  { scenario, mode, firewallRequest }: InstallReport,
): Promise<Exported> {
  const name = `${scenario}-${mode}-firewall-request`.replaceAll(/[^\w.-]+/g, '-');
  const file =
    format === 'firewall-request-csv'
      ? { path: `${name}.csv`, content: firewallRequestCsv(firewallRequest) }
      : { path: `${name}.xlsx`, content: await firewallRequestXlsx(firewallRequest) };
  return { files: [file], leftOut: [] };
}
