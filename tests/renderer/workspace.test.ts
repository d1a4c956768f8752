import { describe, expect, test } from 'vitest';
import type { Answer, Bridge, Design, Result, Step } from '../../src-main/contract/index.ts';
import { connectBackend } from '../../src-renderer/api/backend.ts';
import { Reading } from '../../src-renderer/state/reading.svelte.ts';
import { Workspace } from '../../src-renderer/state/workspace.svelte.ts';

const design = (name: string): Design => ({ hopscope: 1, name });
const ok = (value: unknown): Answer<unknown> => ({ ok: true, value });

interface Asked {
  readonly method: string;
  readonly payload: { readonly source?: { readonly name?: string }; readonly flow?: string };
  readonly answer: (answer: Answer<unknown>) => void;
}

/** A backend whose answers come when the test says so. */
function slowBackend() {
  const asked: Asked[] = [];
  const bridge: Bridge = {
    call: (method, payload) =>
      new Promise((resolve) => {
        asked.push({ method, payload: payload as Asked['payload'], answer: resolve });
      }),
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    workspace: new Workspace(connectBackend(bridge)),
    answer: async (method: string, value: unknown, where: (one: Asked) => boolean = () => true) => {
      const at = asked.findIndex((one) => one.method === method && where(one));
      const [found] = asked.splice(at, 1);
      if (at < 0 || !found) throw new Error(`nobody asked ${method}`);
      found.answer(ok(value));
      await settle();
    },
  };
}

const step = (kind: 'originate' | 'drop', ttl: number): Step =>
  ({
    kind,
    action: kind === 'drop' ? 'packet' : 'send',
    text: `${kind} ${ttl}`,
    detail: {},
    packet: [
      { type: 'ipv4', src: '10.0.0.1', dst: '10.0.0.2', ttl, protocol: 6, df: true, length: 60 },
    ],
  }) as unknown as Step;

function result(...traces: Step[][]): Result {
  const forward = traces.map((steps) => ({
    disposition: 'delivered' as const,
    probability: 1 / traces.length,
    legs: [
      {
        purpose: 'request' as const,
        title: 'tcp',
        disposition: 'delivered' as const,
        hops: [{ node: 'a', nodeKind: 'host' as const, depth: 0, steps }],
      },
    ],
  }));
  const [first] = forward;
  return {
    status: 'reachable',
    warnings: [],
    assumptions: [],
    forward,
    reverse: first ? [{ ...first, replyTo: 0 }] : [],
  };
}

describe('the workspace', () => {
  test('shows the design that was asked for last, whichever answer comes last', async () => {
    const { workspace, answer } = slowBackend();
    void workspace.openExample('slow');
    void workspace.openExample('quick');
    await answer(
      'design.read',
      { design: design('Quick') },
      (one) => one.payload.source?.name === 'quick',
    );
    await answer(
      'design.read',
      { design: design('Slow') },
      (one) => one.payload.source?.name === 'slow',
    );
    expect(workspace.open?.design.name).toBe('Quick');
    expect(workspace.flows.state).toBe('loading');
    await answer('flows.simulateAll', { flows: [] });
    expect(workspace.flows).toEqual({ state: 'ready', value: [] });
  });

  test('shows the flow that was chosen last', async () => {
    const { workspace, answer } = slowBackend();
    void workspace.openExample('x');
    await answer('design.read', { design: design('X') });
    void workspace.follow('one');
    void workspace.follow('two');
    await answer('flow.simulate', { flow: { id: 'two' } }, (one) => one.payload.flow === 'two');
    await answer('flow.simulate', { flow: { id: 'one' } }, (one) => one.payload.flow === 'one');
    expect(workspace.followed).toBe('two');
    expect(workspace.simulated).toMatchObject({ state: 'ready', value: { flow: { id: 'two' } } });
  });

  test('keeps the design that is open when another cannot be opened', async () => {
    const refusing: Bridge = {
      call: (method, payload) =>
        Promise.resolve(
          JSON.stringify(payload).includes('bad')
            ? { ok: false, error: { code: 'internal', text: 'no', detail: { message: 'no' } } }
            : ok(method === 'design.read' ? { design: design('Good') } : { flows: [] }),
        ),
    };
    const workspace = new Workspace(connectBackend(refusing));
    await workspace.openExample('good');
    await workspace.openText('bad', 'mine.yaml');
    expect(workspace.opening).toMatchObject({ state: 'failed', error: { text: 'no' } });
    expect(workspace.openingName).toBe('mine.yaml');
    expect(workspace.open?.design.name).toBe('Good');
  });

  test('forgets what is on its way when the design is closed', async () => {
    const { workspace, answer } = slowBackend();
    void workspace.openExample('x');
    workspace.closeDesign();
    await answer('design.read', { design: design('X') });
    expect(workspace.open).toBeUndefined();
  });
});

describe('reading a result', () => {
  test('begins where the connection begins, and moves to the ends and no further', () => {
    const reading = new Reading(
      result([step('originate', 64), step('originate', 63), step('originate', 62)]),
    );
    expect(reading.current?.step.text).toBe('originate 64');
    reading.move(-1);
    expect(reading.current?.index).toBe(0);
    reading.move(1);
    expect(reading.stack[0]?.fields.find((field) => field.name === 'ttl')).toEqual({
      name: 'ttl',
      value: 63,
      before: 64,
    });
    reading.move(Infinity);
    expect(reading.current?.index).toBe(2);
    reading.move(-Infinity);
    expect(reading.current?.index).toBe(0);
  });

  test('begins at the drop where there is one', () => {
    const reading = new Reading(result([step('originate', 64), step('drop', 63)]));
    expect(reading.current?.step.kind).toBe('drop');
  });

  test('turns to the reply where there is one', () => {
    const reading = new Reading(result([step('originate', 64)]));
    expect(reading.hasReply).toBe(true);
    reading.turn('reverse');
    expect(reading.trace).toHaveProperty('replyTo', 0);
    expect(reading.current?.step.text).toBe('originate 64');
    expect(new Reading({ ...result([step('drop', 9)]), reverse: [] }).hasReply).toBe(false);
  });
});
