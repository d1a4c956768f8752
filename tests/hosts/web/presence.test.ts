/** What the host makes of what pages tell of themselves. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { pageHeader } from '../../../src-main/contract/index.ts';
import { createPages, type PagesOptions } from '../../../src-main/hosts/web/pages.ts';
import { ask } from '../../app/ask.ts';
import { machine } from '../../app/machine.ts';
import { until } from '../../support/until.ts';
import { admitted, callAs, startHost } from './host.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('what a page has open', () => {
  afterEach(() => vi.useRealTimers());

  async function begin() {
    vi.useFakeTimers();
    const { backend, ...on } = machine();
    const pages = createPages(backend, { leaveGraceMs: 10_000, silenceGraceMs: 90_000 });
    const { file, project } = await on.project();
    await ask(backend, 'project.close', { project });
    async function call(page: string, method: string, payload: unknown) {
      const answer = await backend.callUntyped(method, payload);
      pages.asked(page, method, payload, answer);
    }
    return {
      pages,
      call,
      /** Another page that has the file open. */
      open: async () => {
        const page = randomUUID();
        await call(page, 'project.open', { file });
        return page;
      },
      /** Whether somebody here holds it: whether another program is refused. */
      isHeld: async () => {
        const other = on.another().backend;
        const opened = await other.call('project.open', { file });
        await other.close();
        return !opened.ok;
      },
    };
  }

  test('is closed a while after the page has said that it goes', async () => {
    const { pages, open, isHeld } = await begin();
    const page = await open();
    pages.take({ kind: 'present', pages: [page] });
    await vi.advanceTimersByTimeAsync(3_600_000);
    pages.take({ kind: 'leaving', page });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(await isHeld()).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(await isHeld()).toBe(false);
  });

  test('stays open for the page that comes after it, when it is loaded again', async () => {
    const { pages, open, isHeld } = await begin();
    const before = await open();
    pages.take({ kind: 'present', pages: [before] });
    pages.take({ kind: 'leaving', page: before });
    const after = await open();
    pages.take({ kind: 'present', pages: [after] });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await isHeld()).toBe(true);
    pages.take({ kind: 'leaving', page: after });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await isHeld()).toBe(false);
  });

  test('is closed when the page is not among those that there are: it has died', async () => {
    const { pages, open, isHeld } = await begin();
    const [one, two] = [await open(), await open()];
    pages.take({ kind: 'present', pages: [one, two] });
    pages.take({ kind: 'present', pages: [two] });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await isHeld()).toBe(true);
    pages.take({ kind: 'present', pages: [] });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await isHeld()).toBe(false);
  });

  test('is closed when there is no stream for longer than a connection may be broken', async () => {
    const { pages, open, isHeld } = await begin();
    const page = await open();
    pages.take({ kind: 'present', pages: [page] });
    pages.streamLost();
    await vi.advanceTimersByTimeAsync(89_000);
    pages.take({ kind: 'present', pages: [page] });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await isHeld()).toBe(true);
    pages.streamLost();
    await vi.advanceTimersByTimeAsync(90_000);
    expect(await isHeld()).toBe(false);
  });

  test('stays open as long as the page asks, though nobody tells that it is there', async () => {
    const { call, open, isHeld } = await begin();
    const page = await open();
    for (let minute = 0; minute < 10; minute++) {
      await vi.advanceTimersByTimeAsync(60_000);
      await call(page, 'examples.list', {});
    }
    expect(await isHeld()).toBe(true);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(await isHeld()).toBe(false);
  });

  test('is closed once for each time that it was opened, and not once more', async () => {
    const { pages, call, open, isHeld } = await begin();
    const [one, two] = [await open(), await open()];
    await call(one, 'project.open', { file: '/no/such.hopscope' });
    pages.take({ kind: 'present', pages: [one, two] });
    for (let times = 0; times < 3; times++) {
      pages.take({ kind: 'leaving', page: one });
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(await isHeld()).toBe(true);
  });
});

async function start(pages: PagesOptions) {
  const on = machine();
  const host = await startHost({ backend: on.backend, pages });
  onTestFinished(() => host[Symbol.asyncDispose]());
  const session = await admitted(host);
  const post = (method: string, payload: unknown, headers: Record<string, string> = {}) =>
    callAs(host, { ...session, ...headers }, method, JSON.stringify(payload));
  const page = randomUUID();
  return {
    on,
    host,
    session,
    post,
    page,
    tell: (news: unknown) => post('pages', news),
    /** The page makes a project, which it has open from then on. */
    open: async () => {
      const file = `${on.folder}/plan.hopscope`;
      await post('project.create', { file }, { [pageHeader]: page });
      return async () => {
        const other = on.another().backend;
        const opened = await other.call('project.open', { file });
        await other.close();
        expect(opened).toMatchObject({ ok: true });
      };
    },
  };
}

describe('the host', () => {
  test('closes what a page had open that has left', async () => {
    const { open, tell, page } = await start({ leaveGraceMs: 20 });
    await tell({ kind: 'present', pages: [page] });
    const isFree = await open();
    await expect(isFree()).rejects.toThrow();
    await tell({ kind: 'leaving', page });
    await until(isFree);
  });

  test('closes what pages had open when the last stream of events has ended', async () => {
    const { open, tell, page, host, session } = await start({ silenceGraceMs: 20 });
    const outgoing = request({
      host: '127.0.0.1',
      port: host.port,
      path: '/api/events',
      headers: { ...session, accept: 'text/event-stream' },
      agent: false,
    });
    outgoing.on('error', () => undefined);
    outgoing.end();
    await once(outgoing, 'response');
    await tell({ kind: 'present', pages: [page] });
    const isFree = await open();
    await expect(isFree()).rejects.toThrow();
    outgoing.destroy();
    await until(isFree);
  });

  test.each<[what: string, news: unknown]>([
    ['nothing', null],
    ['of another kind', { kind: 'closing', page: randomUUID() }],
    ['of a name that is none', { kind: 'leaving', page: '../x' }],
    ['more than is known', { kind: 'leaving', page: randomUUID(), now: true }],
    ['too many', { kind: 'present', pages: Array.from({ length: 1001 }, () => randomUUID()) }],
  ])('refuses news of pages that are %s', async (_what, news) => {
    const { tell } = await start({});
    const reply = await tell(news);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body)).toMatchObject({ error: { code: 'message-malformed' } });
  });

  test('takes news of pages from a page of ours alone', async () => {
    const { post, page } = await start({});
    const news = { kind: 'leaving', page };
    expect((await post('pages', news, { cookie: '' })).status).toBe(403);
    expect((await post('pages', news, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post('pages', news, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post('pages', news)).status).toBe(200);
  });
});
