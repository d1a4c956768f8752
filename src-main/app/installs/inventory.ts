import { done, failed, type Answer, type Input, type Output } from '../../contract/index.ts';
import { readInventory, type FoundArtifact } from '../../interop/inventory/index.ts';
import type { Design, InstallScenario } from '../../model/design.ts';
import { limits } from '../../model/limits.ts';
import { cluster } from '../../model/schema/kubernetes.ts';

type Asked = Omit<Input<'artifacts.import'>, 'into'>;
type Artifact = NonNullable<InstallScenario['artifacts']>[number];

const roles: readonly string[] = cluster.shape.nodes.element.shape.roles.element.options;

/** The design with what files say is to be fetched among the artifacts of one of its scenarios. */
export function importArtifacts(
  { files, kind, neededBy }: Asked,
  design: Design,
  id: string,
): Answer<Output<'artifacts.import'>> {
  const scenarios = design.installScenarios ?? [];
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario) {
    return failed('scenario-unknown', { scenario: id, known: scenarios.map((one) => one.id) });
  }
  const nodes = new Set(design.nodes?.map((node) => node.id));
  const stranger = neededBy?.find((one) => !roles.includes(one) && !nodes.has(one));
  if (stranger !== undefined) return failed('role-unknown', { role: stranger, known: roles });

  const inventory = readInventory(files, kind);
  if (!inventory.ok) return failed('inventory-invalid', { faults: inventory.issues });
  const { artifacts: found, remarks } = inventory;
  const artifacts = merged(scenario.artifacts ?? [], found, neededBy);
  if (artifacts.length > limits.listLength) {
    const text = `${artifacts.length} artifacts are more than a scenario holds: expected at most ${limits.listLength}`;
    return failed('inventory-invalid', { faults: [{ file: files[0]?.name ?? '', line: 1, text }] });
  }
  return done({
    design: {
      ...design,
      installScenarios: scenarios.map((one) => (one === scenario ? { ...one, artifacts } : one)),
    },
    scenario: id,
    found,
    added: artifacts.length - (scenario.artifacts?.length ?? 0),
    remarks,
  });
}

const keyOf = ({ kind, reference }: Pick<Artifact, 'kind' | 'reference'>) => `${kind} ${reference}`;

/** What was there, in its order, then what is new. What is needed by some is needed by the new ones as well. */
function merged(
  before: readonly Artifact[],
  found: readonly FoundArtifact[],
  neededBy: readonly string[] | undefined,
): readonly Artifact[] {
  const again = new Set(found.map(keyOf));
  const kept = before.map((artifact) =>
    again.has(keyOf(artifact)) && artifact.neededBy && neededBy
      ? { ...artifact, neededBy: [...new Set([...artifact.neededBy, ...neededBy])] }
      : artifact,
  );
  const known = new Set(before.map(keyOf));
  const added = found
    .filter((artifact) => !known.has(keyOf(artifact)))
    .map(({ kind, reference }) => ({
      kind,
      reference,
      ...(neededBy ? { neededBy: [...neededBy] } : {}),
    }));
  return [...kept, ...added];
}
