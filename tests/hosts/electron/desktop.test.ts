import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type {
  OnBeforeRequestListenerDetails,
  PermissionRequest,
  Session,
  WebContents,
} from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { callChannel } from '../../../src-main/contract/bridge.ts';
import { fileArgument } from '../../../src-main/hosts/electron/arguments.ts';
import { runDesktop } from '../../../src-main/hosts/electron/desktop.ts';
import * as electron from './stand-in.ts';

vi.mock('electron', () => import('./stand-in.ts'));

const root = join(import.meta.dirname, '..', '..', '..');
const pageUrl = 'hopscope://app/';
let folder: string;

beforeEach(() => {
  electron.reset();
  folder = mkdtempSync(join(tmpdir(), 'hopscope-desktop-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>the page');
  writeFileSync(join(folder, 'secret.html'), 'the secret');
  electron.machine.appFolder = root;
  electron.machine.userData = folder;
});
afterEach(() => {
  electron.app.emit('will-quit', electron.preventable({}));
  rmSync(folder, { recursive: true, force: true });
});

const stateFile = () => join(folder, 'window.json');
const windowOptions = () => electron.BrowserWindow.all[0]?.options;

describe('the desktop app', () => {
  test('opens one window on its own page, which has no more rights than a page on the web', async () => {
    await runDesktop(folder);
    expect(electron.BrowserWindow.all.map((window) => window.url)).toEqual([pageUrl]);
    expect(windowOptions()?.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      preload: join(folder, 'preload', 'preload.cjs'),
    });
    expect(windowOptions()?.webPreferences).not.toHaveProperty('allowRunningInsecureContent');
  });

  test('registers its scheme and the sandbox before Electron is ready', async () => {
    await runDesktop(folder);
    expect(electron.log.slice(0, 3).sort()).toEqual(['ready', 'sandbox', 'schemes']);
    expect(electron.log.indexOf('ready')).toBe(2);
    expect(electron.schemes).toEqual([
      { scheme: 'hopscope', privileges: { standard: true, secure: true } },
    ]);
  });

  test('leaves it to the first instance where there is one', async () => {
    electron.machine.isFirstInstance = false;
    await runDesktop(folder);
    expect(electron.log).toEqual(['quit']);
    expect(electron.BrowserWindow.all).toEqual([]);
  });

  test('comes to the front when it is started again', async () => {
    await runDesktop(folder);
    const [window] = electron.BrowserWindow.all;
    if (window) window.minimized = true;
    electron.app.emit('second-instance');
    expect(electron.log.slice(-2)).toEqual(['restore', 'focus']);
  });

  test('ends with its last window, except on macOS', async () => {
    await runDesktop(folder);
    const platform = vi.spyOn(process, 'platform', 'get');
    platform.mockReturnValue('darwin');
    electron.app.emit('window-all-closed');
    expect(electron.log).not.toContain('quit');
    platform.mockReturnValue('linux');
    electron.app.emit('window-all-closed');
    expect(electron.log).toContain('quit');
  });

  test('closes what is open before it ends', async () => {
    await runDesktop(folder);
    const first = electron.preventable({});
    electron.app.emit('will-quit', first);
    expect(first.prevented).toBe(true);
    await vi.waitFor(() => expect(electron.log).toContain('quit'));
    const second = electron.preventable({});
    electron.app.emit('will-quit', second);
    expect(second.prevented).toBe(false);
  });

  test('begins with the design it was started with, and refuses one that cannot be read', async () => {
    const file = join(root, 'resources', 'examples', 'icp-on-vcenter.yaml');
    await runDesktop(folder, file);
    const call = electron.invokeHandlers.get(callChannel);
    const answer: unknown = await call?.(electron.from({ url: pageUrl }), 'app.start', {});
    expect(answer).toMatchObject({ ok: true, value: { open: { title: file } } });
    await expect(runDesktop(folder, join(folder, 'missing.yaml'))).rejects.toThrow('missing.yaml');
  });
});

test.each<[argv: string[], isPackaged: boolean, file: string | undefined]>([
  [['electron', '/src', 'a.yaml'], false, 'a.yaml'],
  [['electron', '--inspect=0', '/src', '--no-sandbox', 'a.yaml'], false, 'a.yaml'],
  [['electron', '/src'], false, undefined],
  [['/opt/hopscope', 'a.hopscope'], true, 'a.hopscope'],
  [['/opt/hopscope', '--no-sandbox'], true, undefined],
])('of %j (packaged: %s), the design to start with is %s', (argv, isPackaged, file) => {
  expect(fileArgument(argv, isPackaged)).toBe(file);
});

describe('its pages', () => {
  test('come from the build alone, with the policy', async () => {
    await runDesktop(folder);
    const serve = electron.pages.get('hopscope');
    if (!serve) throw new Error('nobody serves hopscope:');
    const page = await serve(new Request(pageUrl));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('the page');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const url of [
      'hopscope://app/../secret.html',
      'hopscope://app/..%2fsecret.html',
      'hopscope://app/nothing',
      'hopscope://elsewhere/',
    ]) {
      expect((await serve(new Request(url))).status).toBe(404);
    }
    expect((await serve(new Request(pageUrl, { method: 'POST' }))).status).toBe(405);
  });
});

describe('a message to the backend', () => {
  const send = async (
    frame: Parameters<typeof electron.from>[0],
    method: unknown,
    payload: unknown,
  ) => {
    await runDesktop(folder);
    const call = electron.invokeHandlers.get(callChannel);
    return (await call?.(electron.from(frame), method, payload)) as unknown;
  };

  test('is answered when it comes from our page', async () => {
    expect(await send({ url: `${pageUrl}#example=x` }, 'examples.list', {})).toMatchObject({
      ok: true,
      value: {
        examples: expect.arrayContaining([expect.objectContaining({ name: 'icp-on-vcenter' })]),
      },
    });
  });

  test.each<[from: string, frame: Parameters<typeof electron.from>[0]]>([
    ['a frame that is gone', null],
    ['another site', { url: 'https://evil.example/' }],
    ['a look-alike', { url: 'https://evil.example/hopscope://app/' }],
    ['another host of our scheme', { url: 'hopscope://app.evil/' }],
    ['a file', { url: 'file:///index.html' }],
    ['an empty page', { url: 'about:blank' }],
    ['a frame inside our page', { url: pageUrl, parent: {} }],
  ])('is refused when it comes from %s', async (_from, frame) => {
    expect(await send(frame, 'examples.list', {})).toMatchObject({
      ok: false,
      error: { code: 'not-allowed' },
    });
  });

  test('is checked before it is answered', async () => {
    const frame = { url: pageUrl };
    expect(await send(frame, 7, {})).toMatchObject({ error: { code: 'message-malformed' } });
    expect(await send(frame, 'nope', {})).toMatchObject({ error: { code: 'unknown-method' } });
    expect(await send(frame, 'examples.list', { all: 1 })).toMatchObject({
      error: { code: 'bad-input', path: 'all' },
    });
  });
});

describe('what a page never gets', () => {
  const contentsOf = async () => {
    await runDesktop(folder);
    const contents = new electron.Contents();
    electron.app.emit('web-contents-created', {}, contents);
    return contents;
  };

  test.each<[url: string, isMainFrame: boolean, goes: boolean]>([
    ['hopscope://app/', true, true],
    ['hopscope://app/#example=x', true, true],
    ['hopscope://app/', false, false],
    ['https://example.com/', true, false],
    ['file:///etc/passwd', true, false],
    ['hopscope://other/', true, false],
    ['javascript:alert(1)', true, false],
  ])('navigation to %s (main frame: %s): %s', async (url, isMainFrame, goes) => {
    const contents = await contentsOf();
    const event = electron.preventable({ url, isMainFrame });
    contents.emit('will-frame-navigate', event);
    expect(event.prevented).toBe(!goes);
  });

  test('a redirect, a web view, a window, a download', async () => {
    const contents = await contentsOf();
    for (const name of ['will-redirect', 'will-attach-webview']) {
      const event = electron.preventable({ url: pageUrl });
      contents.emit(name, event);
      expect(event.prevented).toBe(true);
    }
    expect(contents.openHandler?.()).toEqual({ action: 'deny' });
    const download = electron.preventable({});
    electron.session.defaultSession.emit('will-download', download);
    expect(download.prevented).toBe(true);
  });

  test('a permission', async () => {
    await runDesktop(folder);
    const { request, check, device } = electron.granted;
    const answers: boolean[] = [];
    const contents = new electron.Contents() as unknown as WebContents;
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read'] as const) {
      const details = {} as PermissionRequest;
      request?.(contents, permission, (granted) => answers.push(granted), details);
      const origin = 'hopscope://app';
      type CheckDetails = Parameters<
        NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>
      >[3];
      answers.push(check?.(null, permission, origin, {} as CheckDetails) ?? true);
    }
    type DeviceDetails = Parameters<
      NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>
    >[0];
    answers.push(device?.({} as DeviceDetails) ?? true);
    expect(answers).toEqual(Array.from({ length: 9 }, () => false));
  });

  test.each<[url: string, cancelled: boolean]>([
    ['hopscope://app/assets/app.js', false],
    ['data:image/png;base64,AA==', false],
    ['https://example.com/', true],
    ['http://127.0.0.1:8080/', true],
    ['ws://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['hopscope://elsewhere/', true],
  ])('a request to %s (cancelled: %s)', async (url, cancelled) => {
    await runDesktop(folder);
    const answer = await new Promise<unknown>((resolve) => {
      electron.granted.beforeRequest?.({ url } as OnBeforeRequestListenerDetails, resolve);
    });
    expect(answer).toEqual({ cancel: cancelled });
  });
});

describe('the window', () => {
  test('is where it was left', async () => {
    await runDesktop(folder);
    const [window] = electron.BrowserWindow.all;
    if (window) window.maximized = true;
    window?.emit('close');
    electron.BrowserWindow.all.length = 0;
    await runDesktop(folder);
    expect(windowOptions()).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 });
    expect(electron.BrowserWindow.all[0]?.maximized).toBe(true);
    expect(JSON.parse(readFileSync(stateFile(), 'utf8'))).toMatchObject({ maximized: true });
  });

  test.each<[kept: string, content: string]>([
    ['nothing', ''],
    ['something else', '{"bounds":7}'],
    [
      'more than is known',
      '{"bounds":{"x":0,"y":0,"width":9,"height":9},"maximized":false,"more":1}',
    ],
    // A display that is no longer there.
    [
      'a place that is nowhere now',
      '{"bounds":{"x":5000,"y":0,"width":800,"height":600},"maximized":false}',
    ],
  ])('opens as the first time where %s was kept', async (_kept, content) => {
    writeFileSync(stateFile(), content);
    await runDesktop(folder);
    expect(windowOptions()).toMatchObject({ width: 1280, height: 800 });
    expect(windowOptions()).not.toHaveProperty('x');
  });

  test('is shown when there is something to see, and has the system menus', async () => {
    await runDesktop(folder);
    expect(electron.log).not.toContain('show');
    electron.BrowserWindow.all[0]?.emit('ready-to-show');
    expect(electron.log).toContain('show');
    expect(electron.menus[0]?.map((item) => item.role)).toEqual(
      expect.arrayContaining(['fileMenu', 'editMenu', 'viewMenu', 'windowMenu']),
    );
  });
});
