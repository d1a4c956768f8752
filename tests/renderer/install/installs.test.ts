import { expect, test } from 'vitest';
import type { BackendClient } from '../../../src-renderer/api/backend.ts';
import { Installs } from '../../../src-renderer/state/installs.svelte.ts';
import { done } from '../../../src-main/contract/errors.ts';
import type { Design, ProjectState } from '../../../src-main/contract/index.ts';

const scenario = (id: string, mode: string) => ({ id, product: 'rke2', mode });
const design = {
  installScenarios: [scenario('one', 'proxy'), scenario('two', 'air-gapped')],
} as unknown as Design;

function bench() {
  const project = { state: { project: 'p' } as ProjectState, design };
  const asked: { run: string; scenario: string; mode: string; answer: (value: unknown) => void }[] =
    [];
  const backend = {
    call: (method: string, payload: { run: string; scenario: string; mode: string }) =>
      method === 'run.stop'
        ? Promise.resolve(done({}))
        : new Promise((answer) => asked.push({ ...payload, answer })),
  } as unknown as BackendClient;
  const installs = new Installs(backend, 'window', () => project);
  const answer = async (at: number) => {
    asked[at]?.answer(done({ works: true, reports: [] }));
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { installs, project, asked, answer };
}

test('the first scenario is read in its own mode until another is chosen', () => {
  const { installs, project } = bench();
  expect([installs.scenario?.id, installs.mode]).toEqual(['one', 'proxy']);
  installs.read('connected');
  expect(installs.mode).toBe('connected');
  installs.choose('two');
  expect([installs.scenario?.id, installs.mode]).toEqual(['two', 'air-gapped']);
  project.design = { ...design, installScenarios: design.installScenarios?.slice(0, 1) ?? [] };
  expect(bench().installs.scenario?.id).toBe('one');
});

test('all modes are asked in one run, whose progress is told', async () => {
  const { installs, asked, answer } = bench();
  void installs.ask('one');
  expect(asked[0]).toMatchObject({ scenario: 'one', mode: 'all' });
  installs.takeProgress('another', 1, 2);
  expect(installs.progress).toBeUndefined();
  installs.takeProgress(asked[0]?.run ?? '', 3, 9);
  expect(installs.progress).toEqual({ done: 3, total: 9 });
  await answer(0);
  expect(installs.progress).toBeUndefined();
  expect(installs.answer.state).toBe('ready');
});

test('after an edit the last answer is kept as an old one, of another scenario none is', async () => {
  const { installs, project, answer } = bench();
  void installs.ask('one');
  await answer(0);
  project.design = { ...design, nodes: [] };
  void installs.ask('one');
  expect(installs.answer.state).toBe('loading');
  expect(installs.last?.design).toBe(design);
  void installs.ask('two');
  expect(installs.last).toBeUndefined();
});
