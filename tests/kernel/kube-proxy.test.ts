/** Services, held against the chains that kube-proxy writes: every endpoint that may be reached is, and no other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Design } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';
import { describeRequiring } from '../support/capabilities.ts';
import type { Agent } from './agent.ts';
import { Agents } from './agents.ts';
import { kernelNeeds } from './available.ts';
import { observedOutcome, simulatedOutcome, together } from './cluster/outcomes.ts';
import { withCluster } from './cluster/plan.ts';
import { affinity, cases, type Case, type Row } from './cluster/rows.ts';
import { doors, type Family } from './cluster/serving.ts';
import { firstKey } from './decode.ts';
import { disagreementText, faultLines } from './report.ts';
import { runScene, type SceneReport } from './scene.ts';

/** Connections of a row that may reach several endpoints: one of two is missed once in half a million. */
const manyConnections = 20;
const fewConnections = 2;
const sideBySide = 6;

const familiesOf = ({ families = [4, 6] }: Case): readonly Family[] => families;
const idOf = (row: number, family: Family) => `row-${row}-${family}`;

/** The case's design, with the connections of all its rows. */
function designOf(one: Case): Design {
  const net = network(one.net.build(one.title));
  let key = firstKey;
  for (const family of familiesOf(one)) {
    one.rows.forEach((row, at) => {
      const count = row[2].includes(',') ? manyConnections : fewConnections;
      for (let turn = 0; turn < count; turn += 1) {
        const flow = flowOf(row, family, key);
        net.flow(`${idOf(at, family)}-${turn}`, row[0], doors[row[1]][family], flow);
        key += 1;
      }
    });
  }
  return net.build(one.title);
}

const flowOf = ([, door, , protocol]: Row, family: Family, key: number) => ({
  protocol: protocol ?? 'tcp',
  family,
  port: doors[door].port,
  sourcePort: key,
});

const runCase = (agent: Agent, one: Case): Promise<SceneReport> => {
  const design = designOf(one);
  return runScene(agent, design, { withPlan: withCluster(design), sizes: false });
};

describeRequiring(kernelNeeds, 'kube-proxy in the kernel', () => {
  const agents = new Agents(sideBySide);
  afterAll(() => {
    agents.close();
  });

  const runs = new Map<Case, Promise<SceneReport>>();
  // All at once: they mostly wait.
  beforeAll(() => {
    for (const one of [...cases, affinity]) {
      const run = agents.use((agent) => runCase(agent, one));
      // Who asks for it hears of a failure.
      run.catch(() => undefined);
      runs.set(one, run);
    }
  });

  describe.each(cases.map((one) => [one.title, one] as const))('%s', (_, one) => {
    const design = designOf(one);

    it.each(
      familiesOf(one).flatMap((family) =>
        one.rows.map(
          ([from, door, expected, protocol = 'tcp'], at) =>
            [door, protocol, family, from, expected, at] as const,
        ),
      ),
    )(
      '%s (%s, IPv%d) from %s: %s',
      { timeout: 120_000 },
      async (_door, _protocol, family, _from, expected, at) => {
        const { faults, flows } = (await runs.get(one)) as SceneReport;
        const mine = flows.filter(({ flow }) => flow.id.startsWith(`${idOf(at, family)}-`));
        const differing = mine.filter(({ differences }) => differences.length > 0);
        const [first] = differing.map((judged) => disagreementText(design, judged));
        const outcomes = {
          kernel: together(mine.map(({ observed }) => observedOutcome(design, observed))),
          simulator: together(
            mine.flatMap(({ ways }) => ways.map((way) => simulatedOutcome(design, way))),
          ),
        };
        expect(faultLines({ faults, flows: [] })).toEqual([]);
        expect(outcomes).toEqual({ kernel: expected, simulator: expected });
        expect(faultLines({ faults, flows: mine }), first).toEqual([]);
      },
    );
  });

  it.each(
    familiesOf(affinity).flatMap((family) =>
      affinity.rows.map(
        ([from, door, expected, protocol = 'tcp'], at) =>
          [affinity.title, door, protocol, family, from, expected, at] as const,
      ),
    ),
  )(
    '%s: %s (%s, IPv%d) from %s: one of %s',
    { timeout: 120_000 },
    async (_title, _door, _protocol, family, _from, expected, at) => {
      const { faults, flows } = (await runs.get(affinity)) as SceneReport;
      const design = designOf(affinity);
      const mine = flows.filter(({ flow }) => flow.id.startsWith(`${idOf(at, family)}-`));
      expect(faultLines({ faults, flows: mine })).toEqual([]);
      const reached = new Set(mine.map(({ observed }) => observedOutcome(design, observed)));
      expect([...reached]).toHaveLength(1);
      expect(expected.split(', ')).toContain([...reached][0]);
      const possible = mine.flatMap(({ ways }) => ways.map((way) => simulatedOutcome(design, way)));
      expect(together(possible)).toBe(expected);
    },
  );
});
