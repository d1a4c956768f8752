import { BrowserWindow, app, dialog, type WebContents } from 'electron';
import {
  eventChannel,
  type Answer,
  type Backend,
  type BackendEvent,
  type MenuCommand,
} from '../../contract/index.ts';
import { heldProjects, type HeldProjects } from '../held-projects.ts';
import { openFile, openingOf, startWith } from '../opening.ts';
import { asksForPdf, printReport } from './print.ts';
import type { Words } from './words.ts';
import { createWindow, keepPlace, loadPage, type WindowFiles } from './window.ts';

/** A page that dies more often than this within a minute is not shown again by itself. */
const reloadsAMinute = 3;

interface OpenWindow {
  readonly window: BrowserWindow;
  readonly held: HeldProjects;
  /** When its page was shown again after it had died. Milliseconds. */
  reloadsMs: number[];
}

export interface Windows {
  /** An empty one, or one that begins with a file. */
  open(file?: string): Promise<void>;
  /** A file that the system or the user names: where it is shown already, else in an empty window, else in a new one. */
  openNamed(file: string): Promise<void>;
  /** To the window in front; the first one where none is. */
  command(command: MenuCommand): Promise<void>;
  toFront(): void;
  /** A call of a window's page. */
  call(contents: WebContents, method: string, payload: unknown): Promise<Answer<unknown>>;
  /** The window that shows this page. */
  of(contents: WebContents): BrowserWindow | undefined;
}

/** The windows of the app. Each may hold another project; they share one backend. */
export function createWindows(
  backend: Backend,
  files: WindowFiles,
  words: () => Words,
  onOpened: () => void,
): Windows {
  const windows = new Set<OpenWindow>();

  const send = ({ window }: OpenWindow, event: BackendEvent): void => {
    // A page that has died reads again what it shows when it is back.
    if (window.isDestroyed() || window.webContents.isCrashed()) return;
    window.webContents.send(eventChannel, event);
  };
  backend.subscribe((event) => {
    for (const one of windows) send(one, event);
  });

  async function add(begin?: { readonly project: string; readonly file: string }) {
    const window = createWindow(files, begin?.file);
    const held = heldProjects(backend, (file) => {
      if (window.isDestroyed()) return;
      window.setRepresentedFilename(file ?? '');
      if (file === undefined) return;
      app.addRecentDocument(file);
      onOpened();
    });
    const one: OpenWindow = { window, held, reloadsMs: [] };
    windows.add(one);
    if (begin) held.hold(begin);
    keepPlace(window, files, () => held.file);
    window.on('closed', () => {
      windows.delete(one);
      void held.release();
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') void revive(one, reason);
    });
    await loadPage(window);
    return one;
  }

  /** The page has died: it is shown again, with the project that it had. */
  async function revive(one: OpenWindow, reason: string): Promise<void> {
    const nowMs = Date.now();
    one.reloadsMs = one.reloadsMs.filter((atMs) => nowMs - atMs < 60_000);
    one.reloadsMs.push(nowMs);
    if (one.reloadsMs.length > reloadsAMinute) {
      const { gone } = words();
      const { response } = await dialog.showMessageBox(one.window, {
        type: 'error',
        message: gone.message,
        detail: gone.detail(reason),
        buttons: [gone.again, gone.close],
        defaultId: 0,
        cancelId: 1,
      });
      if (response === 1) {
        one.window.destroy();
        return;
      }
      one.reloadsMs = [];
    }
    if (!one.window.isDestroyed()) one.window.webContents.reload();
  }

  /** What the page of this window begins with: what it was opened for, or what it had before it was loaded again. */
  function startOf({ held }: OpenWindow, payload: unknown): Promise<Answer<unknown>> {
    return startWith(backend, payload, async () => {
      const { file } = held;
      if (file === undefined) return undefined;
      const opening = await openingOf(backend, file);
      // What it had open before is opened again first, so that a draft is not taken for one that nobody wants.
      await held.release();
      if (opening?.source.kind === 'project') {
        held.hold({ project: opening.source.project, file });
      }
      return opening;
    });
  }

  const find = (contents: WebContents) =>
    [...windows].find(({ window }) => !window.isDestroyed() && window.webContents === contents);

  function front(): OpenWindow | undefined {
    const focused = BrowserWindow.getFocusedWindow();
    return [...windows].find(({ window }) => window === focused) ?? [...windows].at(-1);
  }

  function show({ window }: OpenWindow): void {
    if (window.isMinimized()) window.restore();
    window.focus();
  }

  return {
    async open(file) {
      if (file === undefined) {
        await add();
        return;
      }
      await this.openNamed(file);
      if (windows.size === 0) await add();
    },
    async openNamed(file) {
      const opened = await openFile(backend, file);
      if (!opened.ok) {
        const { text, hint = '' } = opened.failure;
        void dialog.showMessageBox({
          type: 'error',
          message: words().notOpened,
          detail: hint === '' ? text : `${text}\n${hint}`,
        });
        return;
      }
      const { project, file: path } = opened.value;
      const shown = [...windows].find(({ held }) => held.file === path);
      const empty = [...windows].find(({ held }) => held.file === undefined);
      if (shown) {
        await backend.call('project.close', { project });
        show(shown);
      } else if (empty) {
        empty.held.offer({ project, file: path });
        send(empty, { event: 'host.open', payload: { file: path } });
        show(empty);
      } else {
        await add({ project, file: path });
      }
    },
    async command(command) {
      const one = front() ?? (await add());
      show(one);
      send(one, { event: 'host.command', payload: { command } });
    },
    toFront() {
      const one = front();
      if (one) show(one);
    },
    async call(contents, method, payload) {
      const one = find(contents);
      if (one && method === 'app.start') return startOf(one, payload);
      if (one && asksForPdf(method, payload)) return printReport(backend, payload);
      const answer = await backend.callUntyped(method, payload);
      one?.held.heed(method, payload, answer);
      return answer;
    },
    of: (contents) => find(contents)?.window,
  };
}
