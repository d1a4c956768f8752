import { join } from 'node:path';
import process from 'node:process';
import { BrowserWindow, app } from 'electron';
import { languageSetting, type Backend } from '../../contract/index.ts';
import { openBuiltPages } from '../pages/built-pages.ts';
import { createProcessBackend } from '../process/backend.ts';
import { fileArgument } from './arguments.ts';
import { startUtilityProcess } from './backend-process.ts';
import { answerCalls } from './calls.ts';
import { guardContents, guardSession } from './guards.ts';
import { menuTemplate, setMenu } from './menu.ts';
import { registerPageScheme, servePages } from './page-protocol.ts';
import { createWindows } from './windows.ts';
import { wordsIn } from './words.ts';

/**
 * Runs the desktop app: one instance, one backend in a process of its own, a window for each project. `built` is the
 * folder that the build writes, with the backend's program, the preload script and the pages in it; `file` the design to
 * start with.
 */
export async function runDesktop(built: string, file?: string): Promise<void> {
  const started: Started = file === undefined ? {} : { file };
  if (!app.requestSingleInstanceLock(started)) {
    // The first instance is told what this one was started with.
    app.quit();
    return;
  }
  /** Files that the system has named before there was anything to open them with. */
  const early = file === undefined ? [] : [file];
  let openNamed = (named: string) => void early.push(named);
  app.on('open-file', (event, named) => {
    event.preventDefault();
    openNamed(named);
  });
  registerPageScheme();
  guardContents();
  app.enableSandbox();

  await app.whenReady();
  guardSession();
  const resources = join(app.getAppPath(), 'resources');
  const backend = createProcessBackend(
    () => startUtilityProcess(join(built, 'main', 'backend.js')),
    { resources, options: { host: 'desktop' } },
  );
  closeWithApp(backend);
  servePages(await openBuiltPages(join(built, 'renderer')));

  let words = wordsIn(undefined, app.getLocale());
  const files = {
    preload: join(built, 'preload', 'preload.cjs'),
    icon: join(resources, 'icons', 'program', '256x256.png'),
    state: join(app.getPath('userData'), 'windows.json'),
  };
  const windows = createWindows(
    backend,
    files,
    () => words,
    () => void refreshMenu(),
  );
  answerCalls(windows, () => void refreshMenu());

  function showMenu(recents: readonly string[]): void {
    const template = menuTemplate(process.platform, words, recents, {
      command: (command) => void windows.command(command),
      newWindow: () => void windows.open(),
      openFile: (named) => void windows.openNamed(named),
    });
    setMenu(template);
  }

  async function refreshMenu(): Promise<void> {
    const [language, recents] = await Promise.all([languageOf(backend), recentsOf(backend)]);
    words = wordsIn(language, app.getLocale());
    showMenu(recents);
  }
  // The window does not wait for what the backend knows.
  showMenu([]);
  void refreshMenu();

  app.on('second-instance', (_event, argv, workingFolder, started) => {
    const named = isStarted(started)
      ? started.file
      : fileArgument(argv, app.isPackaged, workingFolder);
    if (named !== undefined) void windows.openNamed(named);
    else windows.toFront();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void windows.open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  openNamed = (named) => void windows.openNamed(named);
  for (const named of early) await windows.openNamed(named);
  if (BrowserWindow.getAllWindows().length === 0) await windows.open();
}

/** What an instance tells the first one: the design that it was started with. */
interface Started {
  readonly file?: string;
}

const isStarted = (given: unknown): given is Started =>
  typeof given === 'object' &&
  given !== null &&
  (!('file' in given) || typeof given.file === 'string');

async function languageOf(backend: Backend): Promise<unknown> {
  const read = await backend.call('settings.read', {});
  return read.ok ? read.value.values[languageSetting] : undefined;
}

async function recentsOf(backend: Backend): Promise<readonly string[]> {
  const listed = await backend.call('recents.list', {});
  if (!listed.ok) return [];
  return listed.value.recents.filter(({ exists }) => exists).map(({ file }) => file);
}

/** Holds the end of the app until the backend has closed what is open; it sets itself a limit. */
function closeWithApp(backend: Backend): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void backend.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
