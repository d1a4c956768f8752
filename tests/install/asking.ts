import { join } from 'node:path';
import { catalogueFolder } from '../../src-main/hosts/local/catalogue-folder.ts';
import { parseCatalogue, type Catalogue } from '../../src-main/install/catalogue/index.ts';
import { evaluateInstall, type InstallReport } from '../../src-main/install/index.ts';
import { textIssueSentence } from '../../src-main/interop/design-text/index.ts';
import type { Design, InstallScenario, Node } from '../../src-main/model/design.ts';
import { editDesign } from '../../src-main/model/edits.ts';
import { referenceIssues } from '../../src-main/model/references.ts';
import { compile } from '../../src-main/sim/index.ts';
import { network } from '../builders/network.ts';
import { sample } from '../samples/samples.ts';

const data = join(import.meta.dirname, '..', '..', 'resources', 'data');
const parsed = parseCatalogue(await catalogueFolder(data).read());

/** The catalogue that comes with the program. */
export function shippedCatalogue(): Catalogue {
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.issues.map(textIssueSentence).join('\n'));
}

/** The reference network, with changes. */
export const reference = (...changes: readonly ((design: Design) => Design)[]): Design =>
  changes.reduce((design, change) => change(design), sample('icp-on-vcenter'));

/** A change of one node. */
export const node =
  <Kind extends Node['kind']>(
    kind: Kind,
    id: string,
    change: (node: Extract<Node, { kind: Kind }>) => Node,
  ) =>
  (design: Design): Design =>
    network(design)
      .change('node', id, (found) => {
        if (found.kind !== kind) throw new Error(`${id} is no ${kind}`);
        return change(found as Extract<Node, { kind: Kind }>);
      })
      .build(design.name);

type Settings = NonNullable<InstallScenario['settings']>;

/** A change of one scenario. */
export const scenario =
  (id: string, change: (found: InstallScenario) => InstallScenario) =>
  (design: Design): Design =>
    network(design).change('install-scenario', id, change).build(design.name);

/** A scenario that the sample does not have. */
export const withScenario =
  (added: InstallScenario) =>
  (design: Design): Design => ({
    ...design,
    installScenarios: [...(design.installScenarios ?? []), added],
  });

/** Changes the values of what one client is told. */
export const told =
  (
    id: string,
    client: Settings[number]['client'],
    change: (setting: Settings[number]) => Settings[number],
  ) =>
  (design: Design): Design => {
    const known = design.installScenarios?.find((one) => one.id === id)?.settings ?? [];
    if (!known.some((setting) => setting.client === client)) {
      throw new Error(`scenario ${id} tells ${client} nothing`);
    }
    return scenario(id, (found) => ({
      ...found,
      settings: known.map((setting) => (setting.client === client ? change(setting) : setting)),
    }))(design);
  };

/** NO_PROXY of a client, as it would be with other tokens. */
export const noProxy = (
  id: string,
  client: Settings[number]['client'],
  change: (tokens: readonly string[]) => readonly string[],
) =>
  told(id, client, (setting) => ({
    ...setting,
    values: {
      ...setting.values,
      NO_PROXY: change((setting.values['NO_PROXY'] ?? '').split(',')).join(),
    },
  }));

/** The verdict; a design that does not fit together fails the test. */
export function install(design: Design, id: string, mode?: InstallScenario['mode']): InstallReport {
  const issues = referenceIssues(design);
  if (issues.length > 0)
    throw new Error(issues.map(({ path, expected }) => `${path}: ${expected}`).join('\n'));
  const found = design.installScenarios?.find((one) => one.id === id);
  if (!found) throw new Error(`there is no scenario ${id}`);
  const report = evaluateInstall({
    design,
    network: compile(design),
    scenario: found,
    mode: mode ?? found.mode,
    catalogue: shippedCatalogue(),
  });
  if (typeof report === 'string') throw new Error(report);
  return report;
}

/** The verdict once the fixes that change the design have been made, one cause after the other. */
export function afterFixes(design: Design, id: string): InstallReport {
  let now = design;
  for (let round = 0; round < 12; round += 1) {
    const report = install(now, id);
    const edits = report.causes.find(({ fix }) => fix?.proven === true)?.fix?.edits ?? [];
    if (edits.length === 0) return report;
    now = editDesign(now, edits);
  }
  throw new Error('the fixes come to no end');
}

/** All cells of a report. */
export const cellsOf = ({ steps }: InstallReport) =>
  steps.flatMap(({ id, needs }) =>
    needs.flatMap((need) => need.cells.map((cell) => ({ step: id, need, cell }))),
  );

/** Causes by their codes. */
export const codes = ({ causes }: InstallReport): readonly string[] =>
  causes.map(({ code }) => code);
