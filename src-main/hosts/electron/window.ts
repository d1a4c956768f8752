import { BrowserWindow, screen } from 'electron';
import { pageUrl } from './page-protocol.ts';
import { isGraspable, readWindowState, writeWindowState } from './window-state.ts';

export interface WindowFiles {
  /** The built preload script. */
  readonly preload: string;
  /** Where the window's place is kept. */
  readonly state: string;
}

/** Opens the app's window where it was last, with a page that has no more rights than one on the web. */
export async function openWindow(files: WindowFiles): Promise<BrowserWindow> {
  const kept = readWindowState(files.state);
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const bounds = kept && isGraspable(kept.bounds, displays) ? kept.bounds : {};
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 560,
    ...bounds,
    show: false,
    title: 'Hopscope',
    webPreferences: {
      preload: files.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (kept?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const state = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    writeWindowState(files.state, state);
  });
  await window.loadURL(pageUrl);
  return window;
}
