/** Hand-written scenes: what the kernel does is written down, and the simulator says the same to the last header. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { describeRequiring, requires } from '../support/capabilities.ts';
import { Agents } from './agents.ts';
import { kernelNeeds } from './available.ts';
import { disagreementText, faultLines } from './report.ts';
import { runScene } from './scene.ts';
import { scenes } from './scenes/index.ts';
import type { HandWritten } from './scenes/scene.ts';
import { storyOf } from './story.ts';

const sideBySide = 5;
/** Where it is missing, the agent's own sockets see the same frames. */
const tcpdump = requires('tcpdump').available;

describeRequiring(kernelNeeds, 'hand-written scenes in the kernel', () => {
  let agents: Agents;
  beforeAll(() => {
    agents = new Agents(sideBySide);
  });
  afterAll(() => {
    agents.close();
  });

  describe.concurrent('each of its flows ends as it is written, and as the simulator says', () => {
    it.each(scenes.map((scene) => [scene.title, scene] as const))(
      '%s',
      { timeout: 120_000 },
      async (_, scene) => {
        const { faults, flows } = await agents.use((agent) =>
          runScene(agent, scene.design, {
            withPlan: scene.withPlan,
            tcpdump,
            everyTransfer: true,
          }),
        );
        const differing = flows.filter(({ differences }) => differences.length > 0);
        const texts = differing.map((judged) => disagreementText(scene.design, judged));
        expect(faultLines({ faults, flows }), texts.join('\n')).toEqual([]);
        const stories = flows.map((judged) => [judged.flow.id, storyOf(judged)] as const);
        expect(Object.fromEntries(stories)).toEqual(scene.stories);
        scene.holds?.(flows);
        expect(warningsOf(scene)).toEqual(scene.warnings ?? {});
      },
    );
  });
});

/** Codes of the simulator's warnings, by flow. */
function warningsOf({ design }: HandWritten): Record<string, readonly string[]> {
  const network = compile(design);
  const all = (design.flows ?? []).map((flow) => {
    const { warnings } = simulate(network, flow);
    return [flow.id, [...new Set(warnings.map(({ code }) => code))]] as const;
  });
  return Object.fromEntries(all.filter(([, codes]) => codes.length > 0));
}
