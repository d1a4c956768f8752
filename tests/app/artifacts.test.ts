import { describe, expect, test } from 'vitest';
import type { Input } from '../../src-main/contract/index.ts';
import type { Design, InstallScenario } from '../../src-main/model/design.ts';
import { parseDesign } from '../../src-main/model/validate.ts';
import { asSource, ask, backendWith, errorOf } from './ask.ts';

const scenario: InstallScenario = {
  id: 'kube',
  product: 'kubeadm',
  mode: 'air-gapped',
  artifacts: [
    { kind: 'image', reference: 'nginx:1', neededBy: ['master'] },
    { kind: 'image', reference: 'redis:7' },
  ],
};
const design: Design = {
  hopscope: 1,
  name: 'plan',
  nodes: [{ id: 'n1', kind: 'host' }],
  installScenarios: [{ id: 'other', product: 'cam', mode: 'proxy' }, scenario],
};

const asked = (
  text: string,
  more: Partial<Input<'artifacts.import'>> = {},
): Input<'artifacts.import'> => ({
  files: [{ name: 'a.txt', text }],
  into: { source: asSource(design), scenario: 'kube' },
  ...more,
});

describe('artifacts of files', () => {
  test('come behind those of the scenario, each once, with who needs them', async () => {
    const answer = await ask(
      backendWith(),
      'artifacts.import',
      asked('nginx:1\nredis:7\nquay.io/a/b:1\n', { neededBy: ['worker', 'n1'] }),
    );
    expect(answer.added).toBe(1);
    expect(answer.found.map(({ reference }) => reference)).toEqual([
      'nginx:1',
      'redis:7',
      'quay.io/a/b:1',
    ]);
    const [other, changed] = answer.design.installScenarios ?? [];
    expect(other).toEqual({ id: 'other', product: 'cam', mode: 'proxy' });
    expect(changed?.artifacts).toEqual([
      { kind: 'image', reference: 'nginx:1', neededBy: ['master', 'worker', 'n1'] },
      // That nobody is named means everybody.
      { kind: 'image', reference: 'redis:7' },
      { kind: 'image', reference: 'quay.io/a/b:1', neededBy: ['worker', 'n1'] },
    ]);
    expect(parseDesign(answer.design).ok).toBe(true);
  });

  test('are not taken where a role is no role and no node', async () => {
    const answer = await backendWith().call(
      'artifacts.import',
      asked('nginx:1\n', { neededBy: ['wroker'] }),
    );
    expect(errorOf(answer)).toMatchObject({
      code: 'role-unknown',
      text: 'There is no role of cluster nodes, and no node, "wroker"',
    });
  });

  test('are not taken where a file cannot be read', async () => {
    const answer = await backendWith().call('artifacts.import', asked('kind: Pod\nspec: ['));
    expect(errorOf(answer)).toMatchObject({
      code: 'inventory-invalid',
      detail: { faults: [{ file: 'a.txt', line: 2 }] },
    });
  });

  test('need a scenario that is there', async () => {
    const into = { source: asSource(design), scenario: 'none' };
    const answer = await backendWith().call('artifacts.import', asked('nginx:1', { into }));
    expect(errorOf(answer)).toMatchObject({
      code: 'scenario-unknown',
      hint: 'Its scenarios are: other, kube',
    });
  });
});
