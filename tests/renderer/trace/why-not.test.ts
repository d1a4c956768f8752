import { describe, expect, test } from 'vitest';
import type { BackendClient } from '../../../src-renderer/api/backend.ts';
import { needsWhy, WhyNot } from '../../../src-renderer/state/why-not.svelte.ts';
import { done, failed } from '../../../src-main/contract/errors.ts';
import type { Explanation, ProjectState } from '../../../src-main/contract/index.ts';
import { run, sample } from './sample.ts';

const explanation = (trials: number): Explanation => ({
  status: 'unreachable',
  blockers: [],
  proven: false,
  edits: [],
  sideEffects: { breaks: [], mends: [], flows: [], opens: [] },
  forbiddenBy: [],
  trials,
});

/** A backend whose questions are answered by hand. */
function bench() {
  const project = { state: { project: 'p' } as ProjectState, design: sample };
  const asked: { run: string; flow: unknown; answer: (value: unknown) => void }[] = [];
  const stopped: string[] = [];
  const backend = {
    call: (method: string, payload: { run: string; flow?: unknown }) => {
      if (method === 'run.stop') {
        stopped.push(payload.run);
        return Promise.resolve(done({}));
      }
      return new Promise((answer) => asked.push({ run: payload.run, flow: payload.flow, answer }));
    },
  } as unknown as BackendClient;
  const whyNot = new WhyNot(backend, 'window', () => project);
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const answer = async (at: number, trials = at) => {
    asked[at]?.answer(done({ explanation: explanation(trials) }));
    await settle();
  };
  const trials = () =>
    whyNot.answer.state === 'ready' ? whyNot.answer.value.value.trials : undefined;
  return { whyNot, project, asked, stopped, settle, answer, trials };
}

describe('why not', () => {
  test('is a question of what does not arrive', () => {
    expect(needsWhy(run('enterprise-to-console'))).toBe(true);
    const arrives = run('internet-to-web');
    expect(needsWhy(arrives)).toBe(false);
    const warnings = [{ code: 'mtu-black-hole' }] as unknown as typeof arrives.warnings;
    expect(needsWhy({ ...arrives, warnings })).toBe(true);
  });

  test('a newer question stops an older one, whose answer is dropped', async () => {
    const { whyNot, asked, stopped, answer, trials } = bench();
    void whyNot.ask('a');
    void whyNot.ask('b');
    expect(asked.map(({ flow }) => flow)).toEqual(['a', 'b']);
    expect(stopped).toEqual([asked[0]?.run]);
    await answer(0);
    expect(whyNot.answer.state).toBe('loading');
    await answer(1);
    expect(trials()).toBe(1);
  });

  test('is asked once of the same design, however it is drawn, and anew after an edit', async () => {
    const { whyNot, project, asked, answer, trials } = bench();
    void whyNot.ask('a');
    void whyNot.ask('a');
    await answer(0);
    project.design = { ...sample, layout: [] };
    void whyNot.ask('a');
    expect(asked).toHaveLength(1);
    expect(trials()).toBe(0);
    project.design = { ...sample, nodes: [...(sample.nodes ?? [])] };
    void whyNot.ask('a');
    expect(asked).toHaveLength(2);
    expect(whyNot.answer.state).toBe('loading');
    await answer(1);
    expect(trials()).toBe(1);
  });

  test('an answer that comes after the design was edited is not shown', async () => {
    const { whyNot, project, answer } = bench();
    void whyNot.ask('a');
    project.design = { ...sample, nodes: [] };
    await answer(0);
    expect(whyNot.answer.state).toBe('loading');
  });

  test('is stopped by the user, and looked for again', async () => {
    const { whyNot, asked, stopped, settle, answer, trials } = bench();
    void whyNot.ask('a');
    whyNot.stop();
    expect(stopped).toEqual([asked[0]?.run]);
    asked[0]?.answer(failed('stopped', { run: asked[0].run }));
    await settle();
    expect(whyNot.answer.state).toBe('stopped');
    void whyNot.ask('a');
    expect(asked).toHaveLength(1);
    void whyNot.again();
    await answer(1);
    expect(trials()).toBe(1);
  });

  test('ends when nobody reads it, and keeps what is known', async () => {
    const { whyNot, stopped, answer, trials } = bench();
    void whyNot.ask('a');
    whyNot.leave();
    expect(stopped).toHaveLength(1);
    expect(whyNot.answer.state).toBe('idle');
    void whyNot.ask('a');
    await answer(1);
    whyNot.leave();
    expect(stopped).toHaveLength(1);
    expect(trials()).toBe(1);
  });

  test('says what the backend refused it for', async () => {
    const { whyNot, asked, settle } = bench();
    void whyNot.ask('a');
    asked[0]?.answer(failed('backend-unreachable', { reason: 'gone' }));
    await settle();
    expect(whyNot.answer).toMatchObject({
      state: 'failed',
      error: { code: 'backend-unreachable' },
    });
  });
});
