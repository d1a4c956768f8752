/** What needs devices that a kernel may have been built without: skipped there, with the reason. */
import { expect, it } from 'vitest';
import type { LinuxPlan } from '../../src-main/interop/linux/index.ts';
import type { Design } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';
import { describeRequiring } from '../support/capabilities.ts';
import { Agent } from './agent.ts';
import { kernelNeeds } from './available.ts';
import { withCluster } from './cluster/plan.ts';
import { firstKey } from './decode.ts';
import type { KernelPlan } from './network.ts';
import { faultLines } from './report.ts';
import { runScene, type SceneReport } from './scene.ts';
import { ipInIpScenes } from './scenes/ip-in-ip.ts';
import { storyOf } from './story.ts';

async function inAgent(work: (agent: Agent) => Promise<SceneReport>): Promise<SceneReport> {
  const agent = new Agent();
  try {
    return await work(agent);
  } finally {
    agent.close();
  }
}

/** a and b on one wire, with the tags of their frames. */
const tagged = (a: number, b: number): Design =>
  network()
    .segment('lan', '10.0.1.0/24')
    .host('a', [{ id: 'eth0', segment: 'lan', addresses: ['10.0.1.2/24'], vlan: a }])
    .host('b', [{ id: 'eth0', segment: 'lan', addresses: ['10.0.1.3/24'], vlan: b }], {
      listens: ['tcp 80'],
    })
    .flow('tcp', 'a', '10.0.1.3', { port: 80, sourcePort: firstKey })
    .build();

/** The interface becomes a VLAN device on the wire's end. */
const withTags =
  (tags: Readonly<Record<string, number>>) =>
  (plan: LinuxPlan): KernelPlan => ({
    ...plan,
    wires: plan.wires.map((line) => line.replaceAll('name eth0', 'name wire0')),
    namespaces: plan.namespaces.map((one) => ({
      ...one,
      ip: [
        'link set dev wire0 up',
        `link add link wire0 name eth0 type vlan id ${tags[one.node ?? ''] ?? 0}`,
        ...one.ip,
      ],
    })),
  });

describeRequiring([...kernelNeeds, 'vlan-devices'], 'VLAN tags in the kernel', () => {
  it.each([
    ['one tag: they reach each other', 42, 42, true],
    ['two tags: they do not see each other', 42, 43, false],
  ])('%s', { timeout: 120_000 }, async (_, a, b, reached) => {
    const options = { withPlan: withTags({ a, b }), sizes: false };
    const report = await inAgent((agent) => runScene(agent, tagged(a, b), options));
    expect(faultLines(report)).toEqual([]);
    expect(report.flows.map(({ observed }) => observed.answered)).toEqual([reached]);
  });
});

describeRequiring([...kernelNeeds, 'ip-in-ip-devices'], 'IP-in-IP devices of the kernel', () => {
  it.each(ipInIpScenes.map((scene) => [scene.title, scene] as const))(
    'do what the program in their place does: %s',
    { timeout: 120_000 },
    async (_, { design, stories }) => {
      const withPlan = withCluster(design, 'device');
      const report = await inAgent((agent) => runScene(agent, design, { withPlan }));
      expect(faultLines(report)).toEqual([]);
      const told = report.flows.map((judged) => [judged.flow.id, storyOf(judged)] as const);
      expect(Object.fromEntries(told)).toEqual(stories);
    },
  );
});
