import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bridgeHere, connectBackend } from '../../src-renderer/api/backend.ts';
import { openEventStream } from '../../src-renderer/api/event-stream.ts';
import { decodeAnswer } from '../../src-renderer/api/http-bridge.ts';

afterEach(() => vi.unstubAllGlobals());

const subscribe = () => () => undefined;

describe('the backend, for the page', () => {
  test('is asked over HTTP where the page is in a browser', async () => {
    const fetched = vi.fn<typeof fetch>(() =>
      Promise.resolve(new Response('{"ok":true,"value":{"examples":[]}}')),
    );
    vi.stubGlobal('window', {});
    vi.stubGlobal('fetch', fetched);
    const backend = connectBackend(bridgeHere());
    expect(await backend.call('examples.list', {})).toEqual({ ok: true, value: { examples: [] } });
    expect(fetched.mock.calls[0]?.[0]).toBe('api/examples.list');
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: '{}' });
  });

  test('is asked again for an answer that takes long', async () => {
    const told = ['{"ticket":"t"}', '{"ticket":"t"}', '{"ok":true,"value":{"examples":[]}}'];
    const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(told.shift())));
    vi.stubGlobal('window', {});
    vi.stubGlobal('fetch', fetched);
    const answer = await connectBackend(bridgeHere()).call('examples.list', {});
    expect(answer).toEqual({ ok: true, value: { examples: [] } });
    expect(fetched.mock.calls.map(([path, init]) => [path, init?.body])).toEqual([
      ['api/examples.list', '{}'],
      ['api/answers', '{"ticket":"t"}'],
      ['api/answers', '{"ticket":"t"}'],
    ]);
  });

  test('is asked over the bridge where the desktop has put one', async () => {
    const call = vi.fn(() => Promise.resolve({ ok: true as const, value: 7 }));
    const leave = vi.fn();
    const subscribe = vi.fn(() => leave);
    const pathOfFile = () => '/home/plan.hopscope';
    vi.stubGlobal('window', { hopscope: { call, subscribe, pathOfFile } });
    const backend = connectBackend(bridgeHere());
    await backend.call('examples.read', { name: 'x' });
    expect(call).toHaveBeenCalledWith('examples.read', { name: 'x' });
    const listener = () => undefined;
    backend.subscribe(listener)();
    expect(subscribe).toHaveBeenCalledWith(listener);
    expect(leave).toHaveBeenCalledOnce();
    expect(backend.pathOfFile?.({})).toBe('/home/plan.hopscope');
    expect(backend.chooseFile).toBeUndefined();
  });

  test.each<[happens: string, call: () => Promise<never>]>([
    ['is gone', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['says nothing that can be read', () => Promise.reject(new SyntaxError('Unexpected token'))],
  ])('answers with an error when it %s', async (_happens, call) => {
    const answer = await connectBackend({ call, subscribe }).call('examples.list', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'backend-unreachable' } });
  });
});

/** Stands in for the browser's own, which Node lacks: what it is told to do is done by the test. */
class StandInEventSource extends EventTarget {
  static readonly all: StandInEventSource[] = [];
  onopen?: () => void;
  onerror?: () => void;
  onmessage?: (message: { readonly data: string }) => void;
  closed = false;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    StandInEventSource.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
}

describe('the stream of events', () => {
  const told: unknown[] = [];
  const latest = () => StandInEventSource.all.at(-1);
  const open = () =>
    openEventStream('api/events', {
      onEvent: (event) => told.push(event),
      onConnection: (connected) => told.push(connected),
    });

  beforeEach(() => {
    told.length = 0;
    StandInEventSource.all.length = 0;
    vi.stubGlobal('EventSource', StandInEventSource);
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  test('tells what the host says, bytes as bytes', () => {
    open();
    expect(latest()?.url).toBe('api/events');
    latest()?.onopen?.();
    latest()?.onmessage?.({ data: '{"event":"x","payload":{"$base64":"AP8="}}' });
    expect(told).toEqual([true, { event: 'x', payload: new Uint8Array([0, 255]) }]);
  });

  test('is opened again when it breaks, later and later, and at once again after a success', () => {
    open();
    const waitsMs: number[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      latest()?.onerror?.();
      expect(latest()?.closed).toBe(true);
      const before = Date.now();
      vi.advanceTimersToNextTimer();
      waitsMs.push(Date.now() - before);
    }
    expect(waitsMs).toEqual([500, 1000, 2000, 5000, 5000, 5000]);
    latest()?.onopen?.();
    expect(told).toEqual([false, false, false, false, false, false, true]);
    latest()?.onerror?.();
    vi.advanceTimersByTime(500);
    expect(StandInEventSource.all).toHaveLength(8);
  });

  test('is given up when it falls silent, and not while it beats', () => {
    open();
    latest()?.onopen?.();
    for (let beat = 0; beat < 10; beat++) {
      vi.advanceTimersByTime(15_000);
      latest()?.dispatchEvent(new Event('beat'));
    }
    expect(told).toEqual([true]);
    vi.advanceTimersByTime(45_000);
    expect(told).toEqual([true, false]);
    expect(StandInEventSource.all[0]?.closed).toBe(true);
  });

  test('is not opened again once it is closed', () => {
    const stream = open();
    latest()?.onerror?.();
    stream.close();
    vi.advanceTimersByTime(60_000);
    expect(StandInEventSource.all).toHaveLength(1);
  });
});

describe('an answer as JSON', () => {
  test('brings its bytes back', () => {
    const text = '{"ok":true,"value":{"bytes":{"$base64":"Cg0NCgD/"},"name":"x"}}';
    expect(decodeAnswer(text)).toEqual({
      ok: true,
      value: { bytes: new Uint8Array([10, 13, 13, 10, 0, 255]), name: 'x' },
    });
  });

  test.each(['', 'null', '7', '[]', '{}', '<!doctype html>'])('is not %j', (text) => {
    expect(() => decodeAnswer(text)).toThrow(SyntaxError);
  });

  test('leaves alone what only looks like bytes', () => {
    const text = '{"ok":true,"value":{"$base64":"AA==","more":1}}';
    expect(decodeAnswer(text)).toEqual({ ok: true, value: { $base64: 'AA==', more: 1 } });
  });
});
