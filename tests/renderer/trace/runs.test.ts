import { describe, expect, test } from 'vitest';
import type { BackendClient } from '../../../src-renderer/api/backend.ts';
import { Runs } from '../../../src-renderer/state/runs.svelte.ts';
import { done, failed } from '../../../src-main/contract/errors.ts';
import type { FlowSummary } from '../../../src-main/contract/index.ts';

const summary = (status: FlowSummary['status'], pathMtu?: number): FlowSummary => ({
  id: 'a',
  status,
  disposition: status === 'reachable' ? 'delivered' : 'denied',
  ...(pathMtu === undefined ? {} : { pathMtu }),
  warnings: [],
});

/** A backend whose runs are answered by hand. */
function bench() {
  const state = { project: 'p', revision: 1 };
  const asked: { method: string; run: string; answer: (value: unknown) => void }[] = [];
  const stopped: string[] = [];
  const backend = {
    call: (method: string, payload: { run: string }) => {
      if (method === 'run.stop') {
        stopped.push(payload.run);
        return Promise.resolve(done({}));
      }
      return new Promise((answer) => asked.push({ method, run: payload.run, answer }));
    },
  } as unknown as BackendClient;
  const runs = new Runs(backend, () => state);
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    runs,
    state,
    asked,
    stopped,
    settle,
    run: async (flow: FlowSummary, holds = true) => {
      const running = runs.runAll();
      await settle();
      asked.at(-1)?.answer(done({ flows: [flow] }));
      await settle();
      asked
        .at(-1)
        ?.answer(done({ holds, intents: [{ id: 'i', expect: 'reachable', holds, checks: [] }] }));
      await running;
    },
  };
}

describe('runs', () => {
  test('mark what an edit changed until the next edit, also when they are run again', async () => {
    const { runs, state, run } = bench();
    await run(summary('reachable', 1430));
    expect(runs.flows.get('a')?.before).toBeUndefined();
    state.revision = 2;
    await run(summary('unreachable'), false);
    expect(runs.flows.get('a')?.before?.status).toBe('reachable');
    expect(runs.intents.get('i')?.held).toBe(true);
    expect(runs.counts).toMatchObject({ unreachable: 1, changed: 1 });
    expect(runs.broken).toBe(1);
    await run(summary('unreachable'), false);
    expect(runs.flows.get('a')?.before?.status).toBe('reachable');
    state.revision = 3;
    await run(summary('unreachable'), false);
    expect(runs.flows.get('a')?.before).toBeUndefined();
    expect(runs.intents.get('i')?.held).toBeUndefined();
  });

  test('count another path MTU as a change', async () => {
    const { runs, state, run } = bench();
    await run(summary('reachable', 1430));
    state.revision = 2;
    await run(summary('reachable', 1380));
    expect(runs.flows.get('a')?.before?.pathMtu).toBe(1430);
  });

  test('a newer one stops an older one, whose answer is not shown', async () => {
    const { runs, asked, stopped, settle } = bench();
    void runs.runAll();
    await settle();
    void runs.runAll();
    await settle();
    expect(stopped).toEqual([asked[0]?.run]);
    asked[0]?.answer(done({ flows: [summary('unreachable')] }));
    await settle();
    expect(runs.flows.size).toBe(0);
    asked[1]?.answer(done({ flows: [summary('reachable')] }));
    await settle();
    expect(runs.flows.get('a')?.now.status).toBe('reachable');
    expect(runs.verifying).toBe(true);
  });

  test('show no verdicts of an earlier design where the intents cannot be checked', async () => {
    const { runs, state, asked, settle, run } = bench();
    await run(summary('reachable'));
    expect(runs.intents.size).toBe(1);
    state.revision = 2;
    void runs.runAll();
    await settle();
    asked.at(-1)?.answer(done({ flows: [summary('reachable')] }));
    await settle();
    const tooMany = { intent: 'i', checks: 160_000, limit: 100_000 };
    asked.at(-1)?.answer(failed('too-many-checks', tooMany));
    await settle();
    expect(runs.error?.code).toBe('too-many-checks');
    expect(runs.failed).toBe('intents');
    expect(runs.intents.size).toBe(0);
    expect(runs.flows.size).toBe(1);
  });

  test('tell how far they are, and that they were stopped', async () => {
    const { runs, asked, stopped, settle } = bench();
    void runs.runAll();
    await settle();
    runs.takeProgress(asked[0]?.run ?? '', 3, 9);
    expect(runs.progress).toEqual({ done: 3, total: 9 });
    runs.takeProgress('another', 5, 9);
    expect(runs.progress).toEqual({ done: 3, total: 9 });
    await runs.stop();
    expect(stopped).toEqual([asked[0]?.run]);
    expect(runs.stopped).toBe(true);
    expect(runs.running).toBe(false);
    asked[0]?.answer(failed('stopped', { run: asked[0].run }));
    await settle();
    expect(runs.error).toBeUndefined();
  });
});
