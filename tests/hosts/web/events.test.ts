import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { BackendEvent, Listener } from '../../../src-main/contract/index.ts';
import type { EventStreamOptions } from '../../../src-main/hosts/web/events.ts';
import type { WebHost } from '../../../src-main/hosts/web/server.ts';
import { backendWith } from '../../app/ask.ts';
import { admitted, send, startHost } from './host.ts';
import { until } from '../../support/until.ts';

/** A host over a backend that says what the test wants said. */
async function startTelling(events: EventStreamOptions = {}) {
  const listeners = new Set<Listener>();
  const backend = {
    ...backendWith(),
    subscribe(listener: Listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const host = await startHost({ backend, events });
  return {
    ...host,
    listeners,
    tell: (event: BackendEvent) => {
      for (const listener of listeners) listener(event);
    },
  };
}

const accept = 'text/event-stream';

/** Listens as EventSource does: no Origin, since it is a GET of the page's own. */
async function listen(host: WebHost, session: Readonly<Record<string, string>>) {
  const outgoing = request({
    host: '127.0.0.1',
    port: host.port,
    path: '/api/events',
    headers: { ...session, accept, 'sec-fetch-site': 'same-origin' },
    agent: false,
  });
  outgoing.end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const heard = { text: '', ended: false };
  incoming.on('data', (chunk: Buffer) => (heard.text += chunk.toString()));
  incoming.on('error', () => undefined);
  incoming.on('close', () => (heard.ended = true));
  return {
    incoming,
    heard,
    data: () =>
      [...heard.text.matchAll(/^data: (.+)$/gm)].map(
        ([, text = '']) => JSON.parse(text) as BackendEvent,
      ),
    [Symbol.dispose]: () => void outgoing.destroy(),
  };
}

const restarted: BackendEvent = { event: 'backend.restarted', payload: { reason: 'r' } };

describe('the events', () => {
  test('reach every page that listens, at once and whole', async () => {
    await using host = await startTelling();
    const session = await admitted(host);
    using one = await listen(host, session);
    using two = await listen(host, session);
    expect(one.incoming.statusCode).toBe(200);
    expect(one.incoming.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(one.incoming.headers['access-control-allow-origin']).toBeUndefined();
    const notes = `two\nlines\r\n\n한국어 ${'x'.repeat(3_000_000)}`;
    const event: BackendEvent = {
      event: 'project.trouble',
      payload: { project: 'p', code: 'removed', file: '/f', text: notes, hint: '' },
    };
    host.tell(event);
    host.tell(restarted);
    for (const page of [one, two]) {
      await until(() => expect(page.data()).toEqual([event, restarted]));
    }
  });

  test('show that the connection is alive, from the start and while nothing happens', async () => {
    await using host = await startTelling({ beatMs: 30 });
    using page = await listen(host, await admitted(host));
    await until(() => expect(page.heard.text.split('event: beat').length).toBeGreaterThan(4));
    expect(page.data()).toEqual([]);
  });

  test('are no longer listened for when the page is gone', async () => {
    await using host = await startTelling();
    const session = await admitted(host);
    const page = await listen(host, session);
    using other = await listen(host, session);
    expect(host.listeners.size).toBe(2);
    page[Symbol.dispose]();
    await until(() => expect(host.listeners.size).toBe(1));
    host.tell(restarted);
    await until(() => expect(other.data()).toEqual([restarted]));
  });

  test('are given up for a page that does not read them', async () => {
    await using host = await startTelling({ backlogLimitBytes: 100_000 });
    using page = await listen(host, await admitted(host));
    page.incoming.pause();
    const text = 'x'.repeat(1_000_000);
    await until(() => {
      host.tell({ event: 'backend.lost', payload: { reason: text } });
      expect(host.listeners.size).toBe(0);
    });
  });

  test('end with the host', async () => {
    const host = await startTelling();
    using page = await listen(host, await admitted(host));
    await host[Symbol.asyncDispose]();
    await until(() => expect(page.heard.ended).toBe(true));
    expect(host.listeners.size).toBe(0);
  });

  test.each<[refused: string, headers: (origin: string) => Record<string, string>]>([
    ['no session', () => ({ cookie: '' })],
    ['a session that is guessed', () => ({ cookie: 'hopscope-1=x' })],
    // What EventSource sends from another site, and from another port of this machine, cookie and all.
    [
      'a page of another site',
      () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'a page on another port',
      () => ({ origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }),
    ],
    ['an opaque origin', () => ({ origin: 'null' })],
    ['a page that hides its origin', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['a rebound name', () => ({ host: 'rebound.example' })],
    ['a rebound name with our port', () => ({ host: 'rebound.example:80' })],
    [
      'our host by another name',
      (origin) => ({ origin: origin.replace('127.0.0.1', 'localhost') }),
    ],
  ])('are refused to %s', async (_refused, headers) => {
    await using host = await startTelling();
    const session = await admitted(host);
    const given = { ...session, accept, ...headers(host.origin) };
    const reply = await send(host, '/api/events', { headers: given });
    expect(reply.status).toBe(403);
    expect(reply.headers['content-type']).toMatch(/^application\/json/);
    expect(host.listeners.size).toBe(0);
  });

  test('are no page, no call, and answer no preflight', async () => {
    await using host = await startTelling();
    const session = await admitted(host);
    const headers = { ...session, origin: host.origin, accept };
    for (const method of ['POST', 'OPTIONS', 'HEAD']) {
      const reply = await send(host, '/api/events', { method, headers });
      expect(reply.status).toBe(405);
      expect(Object.keys(reply.headers).join()).not.toContain('access-control');
    }
    const followed = { ...session, accept: 'text/html', 'sec-fetch-site': 'none' };
    expect((await send(host, '/api/events', { headers: followed })).status).toBe(406);
    expect(host.listeners.size).toBe(0);
  });
});
