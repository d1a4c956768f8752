/** The page's side of the browser host, in a real browser: several tabs, hostile pages, workers under the policy. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  done,
  type Answer,
  type Backend,
  type BackendEvent,
  type Listener,
} from '../../../src-main/contract/index.ts';
import { createLocalBackend } from '../../../src-main/hosts/local/backend.ts';
import type { EventStreamOptions } from '../../../src-main/hosts/web/events.ts';
import type { PagesOptions } from '../../../src-main/hosts/web/pages.ts';
import { startWebHost, type WebHost } from '../../../src-main/hosts/web/server.ts';
import { backendWith } from '../../app/ask.ts';
import { openBrowser } from '../../e2e/app.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { until } from '../../support/until.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const root = join(import.meta.dirname, '..', '..', '..');
const apiFolder = join(root, 'src-renderer', 'api');
const fromApi = (file: string) => JSON.stringify(join(apiFolder, file));

/** A page that does nothing but use src-renderer/api, and keeps what it hears. */
const pageSource = `
  import { bridgeHere, connectBackend } from ${fromApi('backend.ts')};
  import { createWorker } from ${fromApi('worker.ts')};
  import workerUrl from './echo.ts?worker&url';
  const backend = connectBackend(bridgeHere());
  const heard = [];
  backend.subscribe((event) => heard.push(event));
  Object.assign(window, {
    heard,
    ask: (method, payload) => backend.call(method, payload),
    echo: (text) => new Promise((resolve, reject) => {
      const worker = createWorker(new URL(workerUrl, document.baseURI), { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = () => reject(new Error('the worker did not start'));
      worker.postMessage(text);
    }),
    foreign: (url) => { createWorker(new URL(url)); },
  });
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopscope-pages-'));
  const html = [
    '<!doctype html><title>api</title><link rel="icon" href="data:,">',
    '<script type="module" src="./page.ts"></script>',
  ];
  await writeFile(join(folder, 'index.html'), html.join(''));
  await writeFile(join(folder, 'page.ts'), pageSource);
  await writeFile(join(folder, 'echo.ts'), 'onmessage = ({ data }) => postMessage(data);');
  await build({
    configFile: false,
    root: folder,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: join(folder, 'built') },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function startTelling(
  port = 0,
  calls: Backend = backendWith(),
  pages: PagesOptions = {},
  events: EventStreamOptions = {},
) {
  const listeners = new Set<Listener>();
  const subscribe = (listener: Listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const backend = { ...calls, subscribe };
  const pagesFolder = join(folder, 'built');
  const host = await startWebHost({ backend, pagesFolder, port, pages, events });
  return {
    ...host,
    listeners,
    tell: (event: BackendEvent) => {
      for (const listener of listeners) listener(event);
    },
    [Symbol.asyncDispose]: () => host.close().catch(() => undefined),
  };
}

const restarted = (reason: string): BackendEvent => ({
  event: 'backend.restarted',
  payload: { reason },
});
const heardBy = (page: Page) => page.evaluate<BackendEvent[]>('window.heard');
const connections = async (page: Page) =>
  (await heardBy(page)).flatMap(({ event, payload }) =>
    event === 'host.connection' ? [payload.connected] : [],
  );

async function openTabs(first: Page, host: WebHost, count: number): Promise<Page[]> {
  await first.goto(host.url);
  const tabs = [first];
  while (tabs.length < count) {
    const tab = await first.context().newPage();
    await tab.goto(host.origin);
    tabs.push(tab);
  }
  return tabs;
}

describeRequiring(['chromium'], 'pages of the browser host', () => {
  test('are all told, over one connection, and can all still ask', async () => {
    await using host = await startTelling();
    await using browser = await openBrowser();
    // More than the six connections that a browser opens to one host.
    const tabs = await openTabs(browser.page, host, 9);
    await until(() => expect(host.listeners.size).toBe(1));
    host.tell(restarted('once'));
    for (const tab of tabs) {
      await until(async () => expect(await heardBy(tab)).toEqual([restarted('once')]));
      expect(await tab.evaluate("ask('examples.list', {})")).toMatchObject({ ok: true });
    }
    expect(browser.complaints).toEqual([]);
  });

  test('can still ask when more calls wait than the browser has connections', async () => {
    const { promise, resolve } = Promise.withResolvers<Answer<unknown>>();
    const calls = backendWith();
    const callUntyped = (method: string, payload: unknown) =>
      method === 'flows.simulateAll' ? promise : calls.callUntyped(method, payload);
    await using host = await startTelling(0, { ...calls, callUntyped });
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(host.url);
    await page.evaluate(`void (window.slow = Promise.all(
      Array.from({ length: 12 }, () => ask('flows.simulateAll', {})),
    ))`);
    expect(await page.evaluate("ask('examples.list', {})")).toMatchObject({ ok: true });
    resolve(done({ flows: [] }));
    expect(await page.evaluate('slow')).toHaveLength(12);
  });

  test('go on when the one with the connection is closed, and are told to read again', async () => {
    await using host = await startTelling();
    await using browser = await openBrowser();
    const [first, ...others] = await openTabs(browser.page, host, 3);
    await until(() => expect(host.listeners.size).toBe(1));
    await first?.close();
    for (const tab of others) {
      await until(async () => expect(await connections(tab)).toEqual([true]));
    }
    expect(host.listeners.size).toBe(1);
    host.tell(restarted('later'));
    for (const tab of others) {
      await until(async () => expect((await heardBy(tab)).at(-1)).toEqual(restarted('later')));
    }
  });

  test('say once that the host is gone, and that it is back', async () => {
    await using browser = await openBrowser();
    const { page } = browser;
    const host = await startTelling();
    await page.goto(host.url);
    await until(() => expect(host.listeners.size).toBe(1));
    await host.close();
    await until(async () => expect(await connections(page)).toEqual([false]));
    expect(await page.evaluate("ask('examples.list', {})")).toMatchObject({
      ok: false,
      error: { code: 'backend-unreachable' },
    });
    await using next = await startTelling(host.port);
    // The page's session was the old host's: a page beside it brings the new one's.
    const beside = await page.context().newPage();
    await beside.goto(next.url);
    await until(async () => expect(await connections(page)).toEqual([false, true]));
    next.tell(restarted('again'));
    await until(async () => expect((await heardBy(page)).at(-1)).toEqual(restarted('again')));
  });

  test('begin with what they had open when they are loaded again, and each tab with its own', async () => {
    const userFolder = await mkdtemp(join(folder, 'user-'));
    const backend = createLocalBackend(join(root, 'resources'), {
      dataFolder: userFolder,
      designsFolder: userFolder,
    });
    await using host = await startTelling(0, backend);
    await using browser = await openBrowser();
    const [one, two] = await openTabs(browser.page, host, 2);
    if (!one || !two) throw new Error('there are no tabs');
    const begins = (tab: Page) =>
      tab.evaluate<{ value: { open?: { title: string } } }>("ask('app.start', {})");
    const create = (tab: Page, name: string) => {
      const file = JSON.stringify(join(userFolder, `${name}.hopscope`));
      return tab.evaluate<{ value: { project: string } }>(
        `ask('project.create', { file: ${file} })`,
      );
    };
    expect((await begins(one)).value.open).toBeUndefined();
    await create(one, 'one');
    await create(two, 'two');
    for (const tab of [one, two]) await tab.reload();
    const began = await begins(one);
    expect(began).toMatchObject({
      value: { host: 'browser', open: { title: 'one.hopscope', source: { kind: 'project' } } },
    });
    expect((await begins(two)).value.open?.title).toBe('two.hopscope');
    // Opened anew it begins as the program was started, and so does one that has closed its project.
    await one.goto(host.origin);
    expect((await begins(one)).value.open).toBeUndefined();
    const { value } = await create(two, 'three');
    await two.evaluate(`ask('project.close', { project: '${value.project}' })`);
    await two.reload();
    expect((await begins(two)).value.open).toBeUndefined();
    await backend.close();
  });

  test('close what they had open when they are closed, and open it again when they come back', async () => {
    const userFolder = await mkdtemp(join(folder, 'user-'));
    const backend = createLocalBackend(join(root, 'resources'), {
      dataFolder: userFolder,
      designsFolder: userFolder,
    });
    await using host = await startTelling(0, backend, { leaveGraceMs: 200 }, { beatMs: 300 });
    await using browser = await openBrowser();
    const [one, two] = await openTabs(browser.page, host, 2);
    if (!one || !two) throw new Error('there are no tabs');
    const open = async (tab: Page, name: string) => {
      const file = join(userFolder, `${name}.hopscope`);
      const call = `ask('project.create', { file: ${JSON.stringify(file)} })`;
      const { value } = await tab.evaluate<{ value: { project: string } }>(call);
      const isOpen = async () =>
        (await backend.call('project.state', { project: value.project })).ok;
      expect(await isOpen()).toBe(true);
      return isOpen;
    };
    // The second tab hears by the first one.
    const isSecondOpen = await open(two, 'second');
    const isFirstOpen = await open(one, 'first');
    await two.close();
    await until(async () => expect(await isSecondOpen()).toBe(false));
    expect(await isFirstOpen()).toBe(true);
    // Left for another page, and come back to.
    await one.goto('about:blank');
    await until(async () => expect(await isFirstOpen()).toBe(false));
    await one.goBack();
    await one.waitForFunction('window.heard');
    expect(
      await one.evaluate<{ value: { open?: { title: string } } }>("ask('app.start', {})"),
    ).toMatchObject({ value: { open: { title: 'first.hopscope' } } });
    await backend.close();
  });

  test('are missed by the one with the connection when they die', async () => {
    await using host = await startTelling(0, backendWith(), {}, { beatMs: 200 });
    await using browser = await openBrowser();
    const [one, two] = await openTabs(browser.page, host, 2);
    const told: string[][] = [];
    one?.on('request', (request) => {
      if (!request.url().endsWith('/api/pages')) return;
      told.push((request.postDataJSON() as { pages: string[] }).pages);
    });
    await until(() => expect(told.at(-1)).toHaveLength(2));
    const session = await two?.context().newCDPSession(two);
    // It never answers: the page dies of it.
    void session?.send('Page.crash').catch(() => undefined);
    await until(() => expect(told.at(-1)).toHaveLength(1));
  });

  test('start workers from their own build alone', async () => {
    await using host = await startTelling();
    await using browser = await openBrowser();
    await browser.page.goto(host.url);
    expect(await browser.page.evaluate("echo('hello')")).toBe('hello');
    await expect(browser.page.evaluate("foreign('https://evil.example/x.js')")).rejects.toThrow(
      'must be one of ours',
    );
    // Without the module there is no way at all.
    await expect(browser.page.evaluate("void new Worker('./x.js')")).rejects.toThrow(
      'TrustedScriptURL',
    );
    await expect(browser.page.evaluate("trustedTypes.createPolicy('mine', {})")).rejects.toThrow(
      'disallowed',
    );
  });
});

/** A site of its own that the same browser shows; by another name, and on another port of this machine. */
async function startHostileSite(): Promise<Server> {
  const site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>hostile</title>');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  return site;
}

/** What a page gets from our host by each of the ways that a page has. */
const attempts = (origin: string) => `(async () => {
  const origin = ${JSON.stringify(origin)};
  const outcome = (promise) => promise.then((value) => 'got ' + value, () => 'refused');
  return {
    events: await outcome(new Promise((resolve, reject) => {
      const source = new EventSource(origin + '/api/events', { withCredentials: true });
      source.onopen = () => resolve('events');
      source.onmessage = () => resolve('an event');
      source.onerror = () => { source.close(); reject(new Error()); };
    })),
    read: await outcome(fetch(origin + '/api/examples.list', {
      method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{}',
    }).then((response) => response.text())),
    sent: await outcome(fetch(origin + '/api/examples.list', {
      method: 'POST', credentials: 'include', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body: '{}',
    }).then((response) => response.type + response.status)),
    script: await outcome(new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.onload = () => resolve('a script');
      script.onerror = reject;
      script.src = origin + '/index.html';
      document.head.append(script);
    })),
    frame: await outcome(new Promise((resolve, reject) => {
      const frame = document.createElement('iframe');
      frame.onload = () => {
        try { resolve(frame.contentDocument === null ? reject(new Error()) : 'a frame'); }
        catch (error) { reject(error); }
      };
      frame.src = origin + '/';
      document.body.append(frame);
    })),
  };
})()`;

describeRequiring(['chromium'], 'a hostile page in the same browser', () => {
  test.each<[where: string, name: string]>([
    ['of another site', 'localhost'],
    ['on another port of this machine', '127.0.0.1'],
  ])('%s gets nothing from the host', async (_where, name) => {
    await using host = await startTelling();
    await using browser = await openBrowser();
    const asked: string[] = [];
    const site = await startHostileSite();
    try {
      await browser.page.goto(host.url);
      await until(() => expect(host.listeners.size).toBe(1));
      const hostile = await browser.page.context().newPage();
      hostile.on('response', (response) => {
        if (response.url().startsWith(host.origin)) asked.push(`${response.status()}`);
      });
      await hostile.goto(`http://${name}:${(site.address() as AddressInfo).port}/`);
      expect(await hostile.evaluate(attempts(host.origin))).toEqual({
        events: 'refused',
        read: 'refused',
        sent: 'refused',
        script: 'refused',
        frame: 'refused',
      });
      expect(asked.filter((status) => !status.startsWith('4'))).toEqual([]);
      expect(host.listeners.size).toBe(1);
    } finally {
      site.close();
      site.closeAllConnections();
    }
  });

  test('whose name was bound to this machine gets nothing either', async () => {
    await using host = await startTelling();
    await using browser = await openBrowser();
    await browser.page.goto(host.url);
    const hostile = await browser.page.context().newPage();
    // Every name under localhost is this machine: the same request as after a rebinding.
    const reply = await hostile.goto(`http://rebound.localhost:${host.port}/`);
    expect(reply?.status()).toBe(403);
    const events = await hostile.evaluate("fetch('/api/events').then(({ status }) => status)");
    expect(events).toBe(403);
  });
});
