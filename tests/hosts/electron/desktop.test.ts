import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type {
  MenuItemConstructorOptions,
  OnBeforeRequestListenerDetails,
  PermissionRequest,
  Session,
  WebContents,
} from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { callChannel, chooseFileChannel, menuCommands } from '../../../src-main/contract/bridge.ts';
import type { Answer, ProjectState } from '../../../src-main/contract/index.ts';
import { commandLineOf, fileArgument } from '../../../src-main/hosts/electron/arguments.ts';
import { runDesktop } from '../../../src-main/hosts/electron/desktop.ts';
import { wordsIn } from '../../../src-main/hosts/electron/words.ts';
import { createSqliteProjectStore } from '../../../src-main/store/index.ts';
import { isAlive } from '../process/host.ts';
import * as electron from './stand-in.ts';
import { until } from '../../support/until.ts';

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
afterEach(async () => {
  electron.app.emit('will-quit', electron.preventable({}));
  // How it ends by itself is a test of its own.
  for (const { pid } of electron.processes) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  await until(() => {
    expect(electron.processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
  });
  rmSync(folder, { recursive: true, force: true });
});

const stateFile = () => join(folder, 'windows.json');
const windowOptions = () => electron.BrowserWindow.all[0]?.options;
const windows = () => electron.BrowserWindow.all;
const windowAt = (index: number) => {
  const window = windows()[index];
  if (!window) throw new Error(`there is no window ${index}`);
  return window;
};
const sample = join(root, 'resources', 'examples', 'icp-on-vcenter.yaml');

/** What the page of a window asks. */
async function ask<Value = unknown>(
  window: electron.BrowserWindow,
  method: string,
  payload: unknown = {},
): Promise<Value> {
  const call = electron.invokeHandlers.get(callChannel);
  const event = electron.from({ url: pageUrl }, window.webContents);
  const answer = (await call?.(event, method, payload)) as Answer<Value>;
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.text}`);
  return answer.value;
}

interface Started {
  readonly open?: {
    readonly title: string;
    readonly source: { readonly kind: string; readonly project: string };
  };
  readonly host: string;
}
const start = (window: electron.BrowserWindow) => ask<Started>(window, 'app.start');

/** A project file of its own. */
async function makeProject(window: electron.BrowserWindow, name: string): Promise<string> {
  const file = join(folder, `${name}.hopscope`);
  const { project } = await ask<ProjectState>(window, 'project.create', { file, name });
  await ask(window, 'project.close', { project });
  return file;
}

const secondStart = (...words: readonly string[]) =>
  electron.app.emit('second-instance', {}, ['electron', root, ...words], folder);

describe('the desktop app', () => {
  test('opens one window on its own page, which has no more rights than a page on the web', async () => {
    await runDesktop(folder);
    expect(windows().map((window) => window.url)).toEqual([pageUrl]);
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
    expect(await start(windowAt(0))).toMatchObject({ host: 'desktop' });
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
    expect(windows()).toEqual([]);
    expect(electron.processes).toEqual([]);
  });

  test('runs its backend from the build, in a process of its own', async () => {
    await runDesktop(folder);
    expect(electron.processes.map(({ program }) => program)).toEqual([
      join(folder, 'main', 'backend.js'),
    ]);
  });

  test('comes to the front when it is started again', async () => {
    await runDesktop(folder);
    windowAt(0).minimized = true;
    secondStart();
    expect(electron.log.slice(-2)).toEqual(['restore', 'focus']);
  });

  test('ends with its last window, except on macOS, where a new one can be opened', async () => {
    await runDesktop(folder);
    const platform = vi.spyOn(process, 'platform', 'get');
    platform.mockReturnValue('darwin');
    windowAt(0).close();
    electron.app.emit('window-all-closed');
    expect(electron.log).not.toContain('quit');
    electron.app.emit('activate');
    expect(windows()).toHaveLength(1);
    platform.mockReturnValue('linux');
    electron.app.emit('window-all-closed');
    expect(electron.log).toContain('quit');
  });

  test('closes what is open before it ends', async () => {
    await runDesktop(folder);
    const first = electron.preventable({});
    electron.app.emit('will-quit', first);
    expect(first.prevented).toBe(true);
    await until(() => expect(electron.log).toContain('quit'));
    expect(electron.processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
    const second = electron.preventable({});
    electron.app.emit('will-quit', second);
    expect(second.prevented).toBe(false);
  });
});

describe('a file', () => {
  test('that it was started with is opened to be edited; of a text a draft is made', async () => {
    await runDesktop(folder, sample);
    expect(windows()).toHaveLength(1);
    const { open } = await start(windowAt(0));
    expect(open?.source.kind).toBe('project');
    const { state } = await ask<{ state: ProjectState }>(windowAt(0), 'project.read', {
      project: open?.source.project,
    });
    expect(state).toMatchObject({ access: 'edit', draft: true });
    expect(windowAt(0).represented).toBe(state.file);
    expect(electron.recentDocuments).toContain(state.file);
  });

  test('that cannot be opened is told, and the app starts without it', async () => {
    await runDesktop(folder, join(folder, 'missing.hopscope'));
    expect(electron.asked.boxes).toMatchObject([
      { type: 'error', message: 'The file was not opened', detail: /missing\.hopscope/ },
    ]);
    expect(windows()).toHaveLength(1);
    expect(await start(windowAt(0))).not.toHaveProperty('open');
  });

  test('that a second start tells of is opened, whatever words it was started with', async () => {
    await runDesktop(folder);
    const one = await makeProject(windowAt(0), 'one');
    const words = ['hopscope', '--command-line', '--', 'open', 'one.hopscope'];
    electron.app.emit('second-instance', {}, words, folder, { file: one });
    await until(() => {
      expect(windowAt(0).webContents.told).toContainEqual({
        event: 'host.open',
        payload: { file: one },
      });
    });
    electron.app.emit('second-instance', {}, words, folder, {});
    expect(electron.log.at(-1)).toBe('focus');
    expect(windows()).toHaveLength(1);
  });

  test('that a second start names is opened in the window that has none, the next one in a new one', async () => {
    await runDesktop(folder);
    const one = await makeProject(windowAt(0), 'one');
    const two = await makeProject(windowAt(0), 'two');

    secondStart('one.hopscope');
    await until(() => {
      expect(windowAt(0).webContents.told).toContainEqual({
        event: 'host.open',
        payload: { file: one },
      });
    });
    await ask(windowAt(0), 'project.open', { file: one });
    expect(windows()).toHaveLength(1);

    secondStart(two);
    await until(() => expect(windows()).toHaveLength(2));
    expect((await start(windowAt(1))).open?.title).toBe('two.hopscope');
    expect(windows().map(({ represented }) => represented)).toEqual([one, two]);

    // What is shown already comes to the front, and nothing is opened twice.
    electron.BrowserWindow.focused = null;
    secondStart(one);
    await until(() => expect(electron.BrowserWindow.focused).toBe(windowAt(0)));
    expect(windows()).toHaveLength(2);
  });

  test('that macOS names before there is a window is opened in the first one, later ones as usual', async () => {
    const running = runDesktop(folder);
    const early = electron.preventable({});
    electron.app.emit('open-file', early, sample);
    expect(early.prevented).toBe(true);
    await running;
    expect(windows()).toHaveLength(1);
    expect((await start(windowAt(0))).open).toBeDefined();
    const file = await makeProject(windowAt(0), 'later');
    electron.app.emit('open-file', electron.preventable({}), file);
    await until(() => expect(windows()).toHaveLength(2));
    expect((await start(windowAt(1))).open?.title).toBe('later.hopscope');
  });

  test('in two windows is one project: each is told of what the other does', async () => {
    await runDesktop(folder);
    const file = await makeProject(windowAt(0), 'shared');
    const { project } = await ask<ProjectState>(windowAt(0), 'project.open', { file });
    const fileMenu = electron.menus.at(-1)?.find(({ label }) => label === 'File');
    clickOn(fileMenu, 'New Window');
    await until(() => expect(windows()).toHaveLength(2));
    const other = await ask<ProjectState>(windowAt(1), 'project.open', { file });
    expect(other.project).toBe(project);
    const command = { kind: 'put', entity: 'site', value: { id: 'seoul', kind: 'office' } };
    await ask(windowAt(0), 'project.apply', { project, command, origin: 'first' });
    for (const { webContents } of windows()) {
      expect(webContents.told).toContainEqual(
        expect.objectContaining({
          event: 'project.changed',
          payload: expect.objectContaining({ origin: 'first' }),
        }),
      );
    }
    // One window closes; the other one goes on.
    windowAt(0).close();
    const value = { id: 'busan', kind: 'office' };
    await ask(windowAt(0), 'project.apply', {
      project,
      command: { kind: 'put', entity: 'site', value },
    });
  });
});

describe('bad weather', () => {
  test('a page that dies is shown again with its project', async () => {
    await runDesktop(folder);
    const file = await makeProject(windowAt(0), 'plan');
    await ask(windowAt(0), 'project.open', { file });
    windowAt(0).webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    expect(electron.log).toContain('reload');
    expect((await start(windowAt(0))).open?.title).toBe('plan.hopscope');
    expect(electron.asked.boxes).toEqual([]);
  });

  test('one that dies again and again is shown only when the user says so', async () => {
    await runDesktop(folder);
    const die = () =>
      windowAt(0).webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
    for (let times = 1; times <= 4; times++) die();
    expect(electron.log.filter((entry) => entry === 'reload')).toHaveLength(3);
    expect(electron.asked.boxes).toMatchObject([{ type: 'error', detail: /oom/ }]);
    await until(() => {
      expect(electron.log.filter((entry) => entry === 'reload')).toHaveLength(4);
    });
    electron.asked.button = 1;
    for (let times = 1; times <= 4; times++) die();
    await until(() => expect(windows()).toEqual([]));
  });

  test('a page that ends as it should is left alone', async () => {
    await runDesktop(folder);
    const gone = { reason: 'clean-exit', exitCode: 0 };
    windowAt(0).webContents.emit('render-process-gone', {}, gone);
    expect(electron.log).not.toContain('reload');
  });

  test('a backend that dies is started again with what was open, and every window is told', async () => {
    await runDesktop(folder);
    const file = await makeProject(windowAt(0), 'plan');
    const { project } = await ask<ProjectState>(windowAt(0), 'project.open', { file });
    const command = { kind: 'put', entity: 'site', value: { id: 'seoul', kind: 'office' } };
    await ask(windowAt(0), 'project.apply', { project, command });
    process.kill(electron.processes[0]?.pid ?? 0, 'SIGKILL');
    await until(() => {
      expect(windowAt(0).webContents.told.at(-1)).toMatchObject({ event: 'backend.restarted' });
    });
    const { design } = await ask<{ design: { sites: unknown[] } }>(windowAt(0), 'project.read', {
      project,
    });
    expect(design.sites).toEqual([{ id: 'seoul', kind: 'office' }]);
    expect(electron.BrowserWindow.all[0]?.represented).toBe(file);
    // It is held still: closing the window leaves the file to others.
    windowAt(0).close();
    const other = createSqliteProjectStore();
    await until(() => {
      const opened = other.open(file);
      expect(opened.ok).toBe(true);
      if (opened.ok) opened.value.close();
    });
  });

  test('an edit that is asked for while the backend starts again is made', async () => {
    await runDesktop(folder);
    const file = await makeProject(windowAt(0), 'plan');
    const { project } = await ask<ProjectState>(windowAt(0), 'project.open', { file });
    process.kill(electron.processes[0]?.pid ?? 0, 'SIGKILL');
    await until(() => expect(isAlive(electron.processes[0]?.pid ?? 0)).toBe(false));
    const command = { kind: 'put', entity: 'site', value: { id: 'seoul', kind: 'office' } };
    const made = await ask<ProjectState>(windowAt(0), 'project.apply', { project, command });
    expect(made).toMatchObject({ project, step: 1 });
  });

  test('a backend that hangs is ended by force when its page asks for it', async () => {
    await runDesktop(folder);
    await ask(windowAt(0), 'examples.list');
    const [first] = electron.processes;
    process.kill(first?.pid ?? 0, 'SIGSTOP');
    await ask(windowAt(0), 'backend.restart');
    await until(() => expect(isAlive(first?.pid ?? 0)).toBe(false));
    await ask(windowAt(0), 'examples.list');
    expect(electron.processes).toHaveLength(2);
  });

  test('a window that is closed closes what its page had open', async () => {
    await runDesktop(folder);
    await start(windowAt(0));
    const { file } = await ask<ProjectState>(windowAt(0), 'project.createDraft', { name: 'Empty' });
    expect(existsSync(file)).toBe(true);
    windowAt(0).close();
    // A draft that nothing was done to goes with its last window.
    await until(() => expect(existsSync(file)).toBe(false));
  });
});

describe('a question for a file', () => {
  const question = { purpose: 'open', title: 'Open', extensions: ['hopscope', 'yaml'] };
  const put = (given: unknown, frame: Parameters<typeof electron.from>[0] = { url: pageUrl }) => {
    const choose = electron.invokeHandlers.get(chooseFileChannel);
    return choose?.(electron.from(frame), given) as Promise<string | undefined>;
  };

  test('is asked by the system, over the window', async () => {
    await runDesktop(folder);
    electron.asked.file = '/designs/plan.hopscope';
    expect(await put(question)).toBe('/designs/plan.hopscope');
    const suggested = 'plan.hopscope';
    expect(await put({ ...question, purpose: 'save', suggested })).toBe('/designs/plan.hopscope');
    electron.asked.file = undefined;
    expect(await put(question)).toBeUndefined();
    expect(electron.asked.dialogs).toMatchObject([
      { title: 'Open', properties: ['openFile'], filters: [{ extensions: ['hopscope', 'yaml'] }] },
      {
        defaultPath: 'plan.hopscope',
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      },
      { title: 'Open' },
    ]);
  });

  test.each<[what: string, given: unknown, frame: Parameters<typeof electron.from>[0]]>([
    ['nothing', undefined, { url: pageUrl }],
    ['more than is known', { ...question, properties: ['openDirectory'] }, { url: pageUrl }],
    ['another purpose', { ...question, purpose: 'delete' }, { url: pageUrl }],
    ['a pattern', { ...question, extensions: ['*'] }, { url: pageUrl }],
    ['a question of another site', question, { url: 'https://evil.example/' }],
    ['a question of a frame', question, { url: pageUrl, parent: {} }],
    ['a question of a page that is gone', question, null],
  ])('that is %s is not shown', async (_what, given, frame) => {
    await runDesktop(folder);
    electron.asked.file = '/etc/passwd';
    expect(await put(given, frame)).toBeUndefined();
    expect(electron.asked.dialogs).toEqual([]);
  });
});

/** The items of a menu and of the menus in it. */
const itemsOf = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
const menuItems = () => itemsOf(electron.menus.at(-1) ?? []);

function clickOn(menu: MenuItemConstructorOptions | undefined, label: string): void {
  const item = itemsOf(menu ? [menu] : menuItems()).find((one) => one.label === label);
  if (!item?.click) throw new Error(`nothing to click on is called ${label}`);
  item.click({} as never, undefined, {});
}

describe('the menus', () => {
  test('ask the page in front, for every command that there is', async () => {
    await runDesktop(folder);
    clickOn(undefined, 'New Window');
    await until(() => expect(windows()).toHaveLength(2));
    windowAt(0).focus();
    const commands = menuItems().filter(({ id }) => id !== undefined);
    expect(commands.map(({ id }) => id).sort()).toEqual([...menuCommands].sort());
    for (const { label = '' } of commands) clickOn(undefined, label);
    await until(() => {
      expect(windowAt(0).webContents.told).toEqual(
        commands.map(({ id }) => ({ event: 'host.command', payload: { command: id } })),
      );
    });
    expect(windowAt(1).webContents.told).toEqual([]);
  });

  test('leave to the page the keys that it has itself', async () => {
    await runDesktop(folder);
    const registered = menuItems().filter(
      ({ accelerator, registerAccelerator }) => accelerator && registerAccelerator !== false,
    );
    expect(registered.map(({ accelerator }) => accelerator)).toEqual([
      'CmdOrCtrl+N',
      'CmdOrCtrl+Shift+N',
      'CmdOrCtrl+Shift+W',
      'CmdOrCtrl+W',
    ]);
    const all = menuItems().flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(all).size).toBe(all.length);
  });

  test('open a window where macOS has none', async () => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin');
    await runDesktop(folder);
    expect(electron.menus.at(-1)?.[0]?.label).toBe('Hopscope');
    windowAt(0).close();
    clickOn(undefined, 'New Design');
    await until(() => {
      expect(windowAt(0).webContents.told).toEqual([
        { event: 'host.command', payload: { command: 'new' } },
      ]);
    });
  });

  test('list the designs that were open and are there, and open them', async () => {
    await runDesktop(folder);
    const file = await makeProject(windowAt(0), 'a & b');
    await ask(windowAt(0), 'project.open', { file });
    const item = await until(() => {
      const found = menuItems().find(({ toolTip }) => toolTip === file);
      expect(found?.label).toBe('a && b.hopscope');
      return found;
    });
    electron.BrowserWindow.focused = null;
    item?.click?.({} as never, undefined, {});
    await until(() => expect(electron.BrowserWindow.focused).toBe(windowAt(0)));
  });

  test('speak the language of the system, until the user chooses one in the app', async () => {
    electron.machine.locale = 'ko-KR';
    await runDesktop(folder);
    expect(electron.menus.at(-1)?.[0]?.label).toBe('파일');
    await until(() => expect(electron.menus).toHaveLength(2));
    await ask(windowAt(0), 'settings.write', { values: { language: 'en' } });
    await until(() => expect(electron.menus.at(-1)?.[0]?.label).toBe('File'));
    const menus = electron.menus.length;
    await ask(windowAt(0), 'settings.write', { values: { 'panel.left': 300 } });
    await ask(windowAt(0), 'settings.write', { values: { language: 'ko' } });
    await until(() => expect(electron.menus.at(-1)?.[0]?.label).toBe('파일'));
    expect(electron.menus).toHaveLength(menus + 1);
  });

  test.each([
    ['ko', 'en-US', '파일'],
    ['en', 'ko-KR', 'File'],
    [undefined, 'ko', '파일'],
    [undefined, 'ja-JP', 'File'],
    [7, 'ko-KR', '파일'],
  ])('with %j chosen on a system in %s begin with %s', (chosen, locale, word) => {
    expect(wordsIn(chosen, locale).file).toBe(word);
  });
});

test.each<[argv: string[], isPackaged: boolean, file: string | undefined]>([
  [['electron', '/src', 'a.yaml'], false, '/designs/a.yaml'],
  [['electron', '--inspect=0', '/src', '--no-sandbox', '/b/a.yaml'], false, '/b/a.yaml'],
  [['electron', '/src'], false, undefined],
  [['/opt/hopscope', 'a.hopscope'], true, '/designs/a.hopscope'],
  [['/opt/hopscope', '--no-sandbox'], true, undefined],
])('of %j (packaged: %s), the design to start with is %s', (argv, isPackaged, file) => {
  expect(fileArgument(argv, isPackaged, '/designs')).toBe(file);
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

  test('a report is printed in a window of its own, without script, and nobody sees it', async () => {
    await runDesktop(folder);
    const report = await ask<{ readonly bytes: Uint8Array }>(windowAt(0), 'report.make', {
      source: { kind: 'example', name: 'iks-on-ibm-cloud' },
      format: 'pdf',
      language: 'en',
      cover: { title: 'For the board' },
    });
    const printed = Buffer.from(report.bytes).toString();
    expect(printed).toContain('"title":"For the board"');
    expect(printed).toContain('"generateDocumentOutline":true,"generateTaggedPDF":true');
    expect(printed).toContain('(D:20000101000000Z)');
    expect(windows()).toHaveLength(1);
    expect(electron.log).not.toContain('show');
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

  test('a redirect, a web view, a window', async () => {
    const contents = await contentsOf();
    for (const name of ['will-redirect', 'will-attach-webview']) {
      const event = electron.preventable({ url: pageUrl });
      contents.emit(name, event);
      expect(event.prevented).toBe(true);
    }
    expect(contents.openHandler?.()).toEqual({ action: 'deny' });
  });

  test.each<[what: string, chain: string[], page: string, goes: boolean]>([
    ['what our page has made', ['blob:hopscope://app/1'], pageUrl, true],
    ['a page of ours', [`${pageUrl}index.html`], pageUrl, false],
    ['something of the web', ['https://evil.example/a.exe'], pageUrl, false],
    ['a text in the address', ['data:text/plain,x'], pageUrl, false],
    ['what led elsewhere', ['blob:hopscope://app/1', 'https://evil.example/'], pageUrl, false],
    ['what a look-alike has made', ['blob:hopscope://app.evil/1'], pageUrl, false],
    ['what was made for another page', ['blob:hopscope://app/1'], 'https://evil.example/', false],
  ])('a download of %s: goes %s', async (_what, chain, page, goes) => {
    const contents = await contentsOf();
    contents.url = page;
    const options: unknown[] = [];
    const item = {
      getURLChain: () => chain,
      getFilename: () => '../../web-to-db.pcapng',
      setSaveDialogOptions: (given: unknown) => void options.push(given),
    };
    const event = electron.preventable({});
    electron.session.defaultSession.emit('will-download', event, item, contents);
    expect(event.prevented).toBe(!goes);
    // The user is asked where to, by a name that leads nowhere by itself.
    expect(options).toEqual(
      goes ? [{ defaultPath: 'web-to-db.pcapng', properties: ['showOverwriteConfirmation'] }] : [],
    );
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

describe('a window', () => {
  test('is where it was left, each for its own file', async () => {
    await runDesktop(folder);
    const file = await makeProject(windowAt(0), 'plan');
    await ask(windowAt(0), 'project.open', { file });
    windowAt(0).bounds = { x: 300, y: 200, width: 1100, height: 650 };
    windowAt(0).maximized = true;
    windowAt(0).close();
    electron.app.emit('activate');
    windowAt(0).bounds = { x: 10, y: 20, width: 1000, height: 700 };
    windowAt(0).maximized = false;
    windowAt(0).close();

    electron.app.emit('activate');
    expect(windowOptions()).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 });
    expect(windowAt(0).maximized).toBe(false);
    // It is not empty any more, so that the file comes into a window of its own.
    await ask(windowAt(0), 'project.createDraft', { name: 'Other' });
    secondStart(file);
    await until(() => expect(windows()).toHaveLength(2));
    expect(windowAt(1).options).toMatchObject({ x: 300, y: 200, width: 1100, height: 650 });
    expect(windowAt(1).maximized).toBe(true);
  });

  test('is not put over another one', async () => {
    const place = { file: '', bounds: { x: 10, y: 20, width: 1000, height: 700 } };
    writeFileSync(stateFile(), JSON.stringify({ places: [{ ...place, maximized: false }] }));
    await runDesktop(folder);
    clickOn(undefined, 'New Window');
    await until(() => expect(windows()).toHaveLength(2));
    expect(windows().map(({ options }) => [options.x, options.y])).toEqual([
      [10, 20],
      [38, 48],
    ]);
  });

  test.each<[kept: string, content: string]>([
    ['nothing', ''],
    ['something else', '{"places":7}'],
    [
      'more than is known',
      '{"places":[{"file":"","bounds":{"x":0,"y":0,"width":9,"height":9},"maximized":false,"more":1}]}',
    ],
    // A display that is no longer there.
    [
      'a place that is nowhere now',
      '{"places":[{"file":"","bounds":{"x":5000,"y":0,"width":800,"height":600},"maximized":false}]}',
    ],
  ])('opens as the first time where %s was kept', async (_kept, content) => {
    writeFileSync(stateFile(), content);
    await runDesktop(folder);
    expect(windowOptions()).toMatchObject({ width: 1280, height: 800 });
    expect(windowOptions()).not.toHaveProperty('x');
  });

  test('is shown when there is something to see', async () => {
    await runDesktop(folder);
    expect(electron.log).not.toContain('show');
    windowAt(0).emit('ready-to-show');
    expect(electron.log).toContain('show');
  });
});

test.each<[argv: readonly string[], words: readonly string[] | undefined]>([
  // The app, with and without a design.
  [['hopscope'], undefined],
  [['hopscope', '/designs/plan.hopscope'], undefined],
  [['hopscope', '--no-sandbox', 'trace'], undefined],
  // Words that only look like it: the mark and the dashes have to stand before them.
  [['hopscope', '--', '--command-line', 'trace'], undefined],
  [['hopscope', '--command-line', 'trace'], undefined],
  [['hopscope', 'trace', '--', 'x'], undefined],
  // The command line.
  [['hopscope', '--command-line', '--'], []],
  [
    ['hopscope', '--no-sandbox', '--command-line', '--', 'trace', '--', 'x'],
    ['trace', '--', 'x'],
  ],
  [
    ['hopscope', '--command-line', '--', 'trace', '--to', 'https://shop.example/', '--json'],
    ['trace', '--to', 'https://shop.example/', '--json'],
  ],
])('the words of the command line in %o are %o', (argv, words) => {
  expect(commandLineOf(argv)).toEqual(words);
});
