import process from 'node:process';
import { BrowserWindow, screen } from 'electron';
import { pageUrl } from './page-protocol.ts';
import { besideOthers, isGraspable, readWindowState, writeWindowState } from './window-state.ts';

export interface WindowFiles {
  /** The built preload script. */
  readonly preload: string;
  /** What the window shows where the system does not take it from what is installed, as Linux in an AppImage. */
  readonly icon: string;
  /** Where the windows' places are kept. */
  readonly state: string;
}

/** A window where the file's was last, not yet loaded, whose page has no more rights than one on the web. */
export function createWindow(files: WindowFiles, file: string | undefined): BrowserWindow {
  const kept = readWindowState(files.state, file);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 560,
    ...placeOf(kept?.bounds),
    show: false,
    title: 'Hopscope',
    ...(process.platform === 'linux' ? { icon: files.icon } : {}),
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
  return window;
}

type Bounds = ReturnType<BrowserWindow['getNormalBounds']>;

function placeOf(kept: Bounds | undefined): Partial<Bounds> {
  if (!kept) return {};
  const others = BrowserWindow.getAllWindows().map((window) => window.getNormalBounds());
  const bounds = besideOthers(kept, others);
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  return isGraspable(bounds, displays) ? bounds : {};
}

/** Remembers where the window was when it is closed, for the file that is in it then. */
export function keepPlace(
  window: BrowserWindow,
  { state }: WindowFiles,
  file: () => string | undefined,
): void {
  window.on('close', () => {
    const place = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    writeWindowState(state, place, file());
  });
}

export const loadPage = (window: BrowserWindow): Promise<void> => window.loadURL(pageUrl);
