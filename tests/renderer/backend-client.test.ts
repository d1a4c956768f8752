import { afterEach, describe, expect, test, vi } from 'vitest';
import { bridgeHere, connectBackend } from '../../src-renderer/api/backend.ts';
import { decodeAnswer } from '../../src-renderer/api/http-bridge.ts';

afterEach(() => vi.unstubAllGlobals());

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

  test('is asked over the bridge where the desktop has put one', async () => {
    const call = vi.fn(() => Promise.resolve({ ok: true as const, value: 7 }));
    vi.stubGlobal('window', { hopscope: { call } });
    await connectBackend(bridgeHere()).call('examples.read', { name: 'x' });
    expect(call).toHaveBeenCalledWith('examples.read', { name: 'x' });
  });

  test.each<[happens: string, call: () => Promise<never>]>([
    ['is gone', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['says nothing that can be read', () => Promise.reject(new SyntaxError('Unexpected token'))],
  ])('answers with an error when it %s', async (_happens, call) => {
    const answer = await connectBackend({ call }).call('examples.list', {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'backend-unreachable' } });
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
