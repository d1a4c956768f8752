import { join } from 'node:path';
import process from 'node:process';
import { BrowserWindow, app } from 'electron';
import type { Backend, Opening } from '../../contract/index.ts';
import { findSource } from '../cli/source.ts';
import { createLocalBackend } from '../local/backend.ts';
import { openBuiltPages } from '../pages/built-pages.ts';
import { answerCalls } from './calls.ts';
import { guardContents, guardSession } from './guards.ts';
import { setMenu } from './menu.ts';
import { registerPageScheme, servePages } from './page-protocol.ts';
import { openWindow } from './window.ts';

/**
 * Runs the desktop app: one instance, one backend, one window. `built` is the folder that the build writes, with the
 * preload script and the pages in it; `file` the design to start with.
 */
export async function runDesktop(built: string, file?: string): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  registerPageScheme();
  guardContents();
  app.enableSandbox();

  await app.whenReady();
  guardSession();
  let opened: Opening | undefined;
  const resources = join(app.getAppPath(), 'resources');
  const backend = createLocalBackend(resources, { opened: () => opened });
  closeWithApp(backend);
  if (file !== undefined) {
    const found = await findSource(backend, { file });
    if (!found.ok) throw new Error(found.failure.text);
    opened = found.value;
  }
  answerCalls(backend);
  servePages(await openBuiltPages(join(built, 'renderer')));
  setMenu();

  const open = () =>
    openWindow({
      preload: join(built, 'preload', 'preload.cjs'),
      state: join(app.getPath('userData'), 'window.json'),
    });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open();
  });
  await open();
}

/** Holds the end of the app until the backend has closed what is open. */
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
