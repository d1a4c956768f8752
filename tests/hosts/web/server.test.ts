import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { done, type Answer } from '../../../src-main/contract/index.ts';
import { startWebHost } from '../../../src-main/hosts/web/server.ts';
import { backendWith } from '../../app/ask.ts';
import { admitted, callAs, callOnceAs, messageLimitBytes, send, startHost } from './host.ts';

describe('the printed address', () => {
  test('opens the app once, and leaves a session that scripts cannot read', async () => {
    await using host = await startHost();
    const { pathname, search } = new URL(host.url);
    const first = await send(host, pathname + search);
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']?.[0]).toMatch(
      /^hopscope-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    const second = await send(host, pathname + search);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body).toContain('its token is wrong or was used before');
  });

  test('can be opened again by the browser that has the session', async () => {
    await using host = await startHost();
    const session = await admitted(host);
    const { pathname, search } = new URL(host.url);
    expect((await send(host, pathname + search, { headers: session })).status).toBe(303);
  });

  test.each(['/?token=', '/?token=guess', '/?token=a&token=b'])('is not %s', async (path) => {
    await using host = await startHost();
    const reply = await send(host, path);
    expect(reply.status).toBe(403);
    expect(reply.headers['set-cookie']).toBeUndefined();
    // The real one has not been used up by the guess.
    expect((await admitted(host))['cookie']).toBeDefined();
  });

  test('works under its own name alone', async () => {
    await using host = await startHost();
    const { pathname, search } = new URL(host.url);
    for (const name of ['evil.example', `evil.example:${host.port}`, `localhost:${host.port}`]) {
      const reply = await send(host, pathname + search, { headers: { host: name } });
      expect(reply.status).toBe(403);
      expect(reply.headers['set-cookie']).toBeUndefined();
    }
  });
});

describe('a page', () => {
  test('is served with a policy that lets it reach nothing else', async () => {
    await using host = await startHost();
    const session = await admitted(host);
    const page = await send(host, '/', { headers: session });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('<title>Hopscope</title>');
    const script = await send(host, '/assets/app.js', { headers: session });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    const missing = await send(host, '/nothing', { headers: session });
    expect(missing.status).toBe(404);
    for (const { headers } of [page, script, missing, await send(host, '/')]) {
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['content-security-policy']).toContain("worker-src 'self'");
      expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('is refused without a session', async () => {
    await using host = await startHost();
    const port = String(host.port);
    for (const headers of [
      {},
      { cookie: `hopscope-${port}=guess` },
      { cookie: `hopscope-${port}=` },
      { cookie: 'hopscope-1=x' },
    ]) {
      for (const path of ['/', '/index.html', '/assets/app.js']) {
        const reply = await send(host, path, { headers });
        expect(reply.status).toBe(403);
        expect(reply.body).toContain('it carries no session');
      }
    }
  });

  test.each([
    '/../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/%2e%2e%2fsecret.html',
    '/assets/../../secret.html',
    '/assets/..%5c..%5csecret.html',
    '//secret.html',
    '/.%00./secret.html',
    '/link.html',
    '/.env',
    '/assets',
    '/assets/',
    '/etc/passwd',
    'http://127.0.0.1/../secret.html',
  ])('is nothing outside of the build: %s', async (path) => {
    await using host = await startHost();
    const reply = await send(host, path, { headers: await admitted(host) });
    expect([400, 403, 404]).toContain(reply.status);
    expect(reply.body).not.toContain('the secret');
  });

  test('is read, not written', async () => {
    await using host = await startHost();
    const session = await admitted(host);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const headers = { ...session, origin: host.origin };
      expect((await send(host, '/', { method, headers })).status).toBe(405);
    }
    const head = await send(host, '/', { method: 'HEAD', headers: session });
    expect(head).toMatchObject({ status: 200, body: '' });
  });
});

describe('a call', () => {
  test('is answered by the backend', async () => {
    await using host = await startHost();
    const session = await admitted(host);
    const reply = await callAs(host, session, 'examples.read', '{"name":"icp-on-vcenter"}');
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    const answer = JSON.parse(reply.body) as { value: { design: { name: string } } };
    expect(answer.value.design.name).toBe('ICP on vCenter Server with NSX');
  });

  test('carries bytes as base64', async () => {
    await using host = await startHost();
    const payload = {
      source: { kind: 'example', name: 'icp-on-vcenter' },
      flow: 'web-to-db',
    };
    const reply = await callAs(host, await admitted(host), 'trace.pcap', JSON.stringify(payload));
    const answer = JSON.parse(reply.body) as { value: { bytes: { $base64: string } } };
    const bytes = Buffer.from(answer.value.bytes.$base64, 'base64');
    expect(bytes.readUInt32LE(0)).toBe(0x0a0d0d0a);
  });

  test.each<[refused: string, headers: (origin: string) => Record<string, string>]>([
    ['no session', () => ({ cookie: '' })],
    ['another origin', () => ({ origin: 'https://evil.example' })],
    ['our host on another port', () => ({ origin: 'http://127.0.0.1:1' })],
    [
      'our host by another name',
      (origin) => ({ origin: origin.replace('127.0.0.1', 'localhost') }),
    ],
    ['an opaque origin', () => ({ origin: 'null' })],
    ['a rebound name', () => ({ host: 'rebound.example' })],
    ['a link from another site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['another port of this machine', () => ({ 'sec-fetch-site': 'same-site' })],
  ])('is refused to %s', async (_refused, headers) => {
    await using host = await startHost();
    const session = await admitted(host);
    const reply = await callAs(
      host,
      { ...session, ...headers(host.origin) },
      'examples.list',
      '{}',
    );
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.body)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  });

  test('is refused where it names no origin: no page of ours does that', async () => {
    await using host = await startHost();
    const headers = { ...(await admitted(host)), 'content-type': 'application/json' };
    const reply = await send(host, '/api/examples.list', { method: 'POST', headers, body: '{}' });
    expect(reply.status).toBe(403);
  });

  test.each<[status: number, code: string, method: string, body: string | Uint8Array]>([
    [404, 'unknown-method', 'flow.delete', '{}'],
    [404, 'unknown-method', '', '{}'],
    [404, 'unknown-method', '__proto__', '{}'],
    [400, 'bad-input', 'examples.read', '{"name":"icp-on-vcenter","more":1}'],
    [400, 'bad-input', 'examples.list', '[]'],
    [400, 'message-malformed', 'examples.list', ''],
    [400, 'message-malformed', 'examples.list', '{"a":'],
    [400, 'message-malformed', 'examples.list', new Uint8Array([0x22, 0xff, 0x22])],
    [200, 'example-unknown', 'examples.read', '{"name":"../secret"}'],
    [413, 'message-too-large', 'examples.list', `"${'x'.repeat(messageLimitBytes)}"`],
  ])('is answered with %i %s: %s', async (status, code, method, body) => {
    await using host = await startHost();
    const reply = await callAs(host, await admitted(host), method, body);
    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.body)).toMatchObject({ ok: false, error: { code } });
  });

  test('that is too large is refused by its announced length, before it is sent', async () => {
    await using host = await startHost();
    const { cookie = '' } = await admitted(host);
    const lines = [
      'POST /api/examples.list HTTP/1.1',
      `host: 127.0.0.1:${host.port}`,
      `origin: ${host.origin}`,
      `cookie: ${cookie}`,
      'content-type: application/json',
      'content-length: 999999999999',
    ];
    const reply = await new Promise<string>((resolve, reject) => {
      const socket = connect(host.port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
      socket.write(`${lines.join('\r\n')}\r\n\r\n{`);
    });
    expect(reply).toMatch(/^HTTP\/1\.1 413 /);
    expect(reply).toContain('message-too-large');
  });

  test('that is too large is refused where it announces no length', async () => {
    await using host = await startHost();
    const session = await admitted(host);
    const headers = {
      ...session,
      origin: host.origin,
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
    };
    const body = Buffer.alloc(messageLimitBytes + 1, 0x20);
    const reply = await send(host, '/api/examples.list', { method: 'POST', headers, body });
    expect(reply.status).toBe(413);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'is not what a form can send: %j',
    async (contentType) => {
      await using host = await startHost();
      const headers = { ...(await admitted(host)), 'content-type': contentType };
      expect((await callAs(host, headers, 'examples.list', '{}')).status).toBe(415);
    },
  );

  test('is made by POST', async () => {
    await using host = await startHost();
    const headers = await admitted(host);
    for (const method of ['GET', 'PUT', 'OPTIONS']) {
      expect((await send(host, '/api/examples.list', { method, headers })).status).toBe(405);
    }
  });
});

describe('an answer that takes long', () => {
  /** A host over a backend that answers when it is told to, and the page's way to ask it. */
  async function start() {
    const { promise, resolve: answer } = Promise.withResolvers<Answer<unknown>>();
    const backend = { ...backendWith(), callUntyped: () => promise };
    const host = await startHost({ backend, answers: { waitMs: 20 } });
    onTestFinished(() => host[Symbol.asyncDispose]());
    const session = await admitted(host);
    const ask = async (method: string, payload: unknown) => {
      const reply = await callOnceAs(host, session, method, JSON.stringify(payload));
      return { status: reply.status, told: JSON.parse(reply.body) as { readonly ticket: string } };
    };
    return { ask, answer };
  }

  test('is asked for with a ticket, so that no connection is kept', async () => {
    const { ask, answer } = await start();
    const { status, told } = await ask('examples.list', {});
    expect({ status, told }).toEqual({ status: 202, told: { ticket: expect.any(String) } });
    expect(await ask('answers', told)).toEqual({ status: 202, told });
    answer(done({ examples: [] }));
    const came = { status: 200, told: { ok: true, value: { examples: [] } } };
    expect(await ask('answers', told)).toEqual(came);
    // A page whose connection broke asks once more.
    expect(await ask('answers', told)).toEqual(came);
  });

  test.each([null, {}, { ticket: 'guess' }, { ticket: '0b0e7a9e-3f7e-4d0a-9a53-3a6f5f3e9d10' }])(
    'is not given for %j',
    async (given) => {
      const { ask } = await start();
      await ask('examples.list', {});
      expect((await ask('answers', given)).told).toMatchObject({
        ok: false,
        error: { code: 'backend-unreachable' },
      });
    },
  );
});

describe('the host', () => {
  test('listens on this machine alone', async () => {
    await using host = await startHost();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter((address) => address.family === 'IPv4' && !address.internal);
    for (const { address } of others) {
      const outcome = await new Promise((resolve) => {
        const socket = connect({ host: address, port: host.port, timeout: 2000 });
        socket.on('connect', () => resolve('connected'));
        socket.on('error', () => resolve('refused'));
        socket.on('timeout', () => resolve('refused'));
      });
      expect(outcome).toBe('refused');
    }
    expect(host.origin).toBe(`http://127.0.0.1:${host.port}`);
  });

  test('ends every connection when it is closed, and frees its port', async () => {
    await using host = await startHost();
    const { port, pagesFolder } = host;
    const ended = new Promise((resolve) => {
      // Held open without a word, as a browser does.
      const socket = connect(port, '127.0.0.1', () => void host.close());
      socket.on('close', resolve);
      socket.on('error', () => undefined);
    });
    await ended;
    const next = await startWebHost({ backend: backendWith(), pagesFolder, port });
    expect(next.port).toBe(port);
    await next.close();
  });

  test('does not start on a port that is taken, nor without pages', async () => {
    await using host = await startHost();
    const { port, pagesFolder } = host;
    const backend = backendWith();
    await expect(startWebHost({ backend, pagesFolder, port })).rejects.toThrow('EADDRINUSE');
    await expect(startWebHost({ backend, pagesFolder: `${pagesFolder}/assets` })).rejects.toThrow(
      'the pages have not been built',
    );
  });

  test('gives every start a token and a session of its own', async () => {
    await using one = await startHost();
    await using two = await startHost();
    expect(new URL(one.url).search).not.toBe(new URL(two.url).search);
    const session = await admitted(one);
    const value = session['cookie']?.split('=')[1] ?? '';
    const reply = await send(two, '/', { headers: { cookie: `hopscope-${two.port}=${value}` } });
    expect(reply.status).toBe(403);
  });
});
