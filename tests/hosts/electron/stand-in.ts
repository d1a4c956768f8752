/**
 * Stands in for Electron, whose binary not every machine has: it keeps what the app asks of Electron, with Electron's
 * own types, and lets a test play what Electron would do next.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import type {
  App,
  BrowserWindowConstructorOptions,
  CallbackResponse,
  ContextBridge,
  Dialog,
  IpcMain,
  IpcMainInvokeEvent,
  IpcRenderer,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  OnBeforeRequestListenerDetails,
  OpenDialogOptions,
  PrintToPDFOptions,
  Protocol,
  Rectangle,
  SaveDialogOptions,
  Session,
  UtilityProcess,
  WebUtils,
} from 'electron';
import { packed } from '../../support/packed.ts';
import type { BackendEvent } from '../../../src-main/contract/index.ts';

type InvokeHandler = Parameters<IpcMain['handle']>[1];
type PageHandler = Parameters<Protocol['handle']>[1];
type BeforeRequest = (
  details: OnBeforeRequestListenerDetails,
  answer: (response: CallbackResponse) => void,
) => void;
type Privileged = Parameters<Protocol['registerSchemesAsPrivileged']>[0];

/** What happened, in order. */
export const log: string[] = [];
export const machine = {
  isFirstInstance: true,
  appFolder: '',
  userData: '',
  locale: 'en-US',
  workArea: { x: 0, y: 0, width: 1920, height: 1080 } satisfies Rectangle,
};
/** Files that the system was told of. */
export const recentDocuments: string[] = [];

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  requestSingleInstanceLock: App['requestSingleInstanceLock'] = () => machine.isFirstInstance;
  enableSandbox: App['enableSandbox'] = () => void log.push('sandbox');
  whenReady: App['whenReady'] = () => {
    log.push('ready');
    return Promise.resolve();
  };
  getAppPath: App['getAppPath'] = () => machine.appFolder;
  getPath: App['getPath'] = () => machine.userData;
  getLocale: App['getLocale'] = () => machine.locale;
  addRecentDocument: App['addRecentDocument'] = (file) => void recentDocuments.push(file);
  quit: App['quit'] = () => void log.push('quit');
  exit: App['exit'] = (code) => void log.push(`exit ${code ?? 0}`);
}
export const app = new StandInApp();

/** The contents of a window or of anything else that shows a page. */
export class Contents extends EventEmitter {
  openHandler: (() => { readonly action: 'deny' | 'allow' }) | undefined;
  url = '';
  /** What its page was told. */
  readonly told: BackendEvent[] = [];
  setWindowOpenHandler = (handler: typeof this.openHandler) => void (this.openHandler = handler);
  getURL = () => this.url;
  isCrashed = () => false;
  send = (channel: string, event: BackendEvent) => {
    if (channel === 'hopscope:event') this.told.push(event);
  };
  reload = () => void log.push('reload');
  /** What is printed is said by what was asked of it. */
  printToPDF = (options: PrintToPDFOptions): Promise<Buffer> => {
    const page = readFileSync(this.url, 'utf8');
    const said = { options, title: /<title>([^<]*)</.exec(page)?.[1] };
    return Promise.resolve(
      Buffer.from(`%PDF /CreationDate (D:20261129070000Z) ${JSON.stringify(said)}`),
    );
  };
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static focused: BrowserWindow | null = null;
  static getAllWindows = () => BrowserWindow.all;
  static getFocusedWindow = () => BrowserWindow.focused;
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents = new Contents();
  bounds: Rectangle;
  represented = '';
  maximized = false;
  minimized = false;
  destroyed = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    const { x = 10, y = 20, width = 1000, height = 700 } = options;
    this.bounds = { x, y, width, height };
    BrowserWindow.all.push(this);
  }
  get url(): string {
    return this.webContents.url;
  }
  loadURL = (url: string) => {
    this.webContents.url = url;
    return Promise.resolve();
  };
  loadFile = (file: string) => this.loadURL(file);
  show = () => void log.push('show');
  focus = () => {
    BrowserWindow.focused = this;
    log.push('focus');
  };
  restore = () => void log.push('restore');
  maximize = () => void (this.maximized = true);
  isMaximized = () => this.maximized;
  isMinimized = () => this.minimized;
  isDestroyed = () => this.destroyed;
  getNormalBounds = () => this.bounds;
  setRepresentedFilename = (file: string) => void (this.represented = file);
  /** As when the user closes it. */
  close = () => {
    this.emit('close');
    this.destroy();
  };
  destroy = () => {
    this.destroyed = true;
    BrowserWindow.all.splice(BrowserWindow.all.indexOf(this), 1);
    if (BrowserWindow.focused === this) BrowserWindow.focused = null;
    this.emit('closed');
  };
}

/** The processes that were started. */
export const processes: { readonly program: string; readonly pid: number }[] = [];

/** A real process: the program of the backend as a child of Node's. */
class StandInProcess
  extends EventEmitter
  implements Pick<UtilityProcess, 'postMessage' | 'kill' | 'pid'>
{
  readonly #child = fork(packed('backend'), [], {
    serialization: 'advanced',
    execArgv: [],
    env: { ...process.env, HOPSCOPE_DATA: machine.userData, HOPSCOPE_DESIGNS: machine.userData },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  constructor(program: string) {
    super();
    processes.push({ program, pid: this.#child.pid ?? 0 });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.once('exit', (code) => this.emit('exit', code ?? 1));
  }
  postMessage(message: unknown): void {
    this.#child.send(message as object, () => undefined);
  }
  get pid(): number | undefined {
    return this.#child.pid;
  }
  /** Electron asks a process to end; one that is stopped does not hear it. */
  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}
export const utilityProcess = { fork: (program: string) => new StandInProcess(program) };

export const invokeHandlers = new Map<string, InvokeHandler>();
export const ipcMain = {
  handle: (channel: string, handler: InvokeHandler) => void invokeHandlers.set(channel, handler),
};

/** A message as it comes from a frame. */
export const from = (
  frame: { readonly url: string; readonly parent?: object } | null,
  sender: Contents | undefined = BrowserWindow.all[0]?.webContents,
): IpcMainInvokeEvent =>
  ({
    sender,
    senderFrame: frame && { url: frame.url, parent: frame.parent ?? null },
  }) as unknown as IpcMainInvokeEvent;

export const schemes: Privileged = [];
export const pages = new Map<string, PageHandler>();
export const protocol = {
  registerSchemesAsPrivileged: (privileged: Privileged) => {
    log.push('schemes');
    schemes.push(...privileged);
  },
  handle: (scheme: string, handler: PageHandler) => void pages.set(scheme, handler),
};

export const granted: {
  request?: Parameters<Session['setPermissionRequestHandler']>[0];
  check?: Parameters<Session['setPermissionCheckHandler']>[0];
  device?: Parameters<Session['setDevicePermissionHandler']>[0];
  beforeRequest?: BeforeRequest;
} = {};
class StandInSession extends EventEmitter {
  setPermissionRequestHandler: Session['setPermissionRequestHandler'] = (handler) =>
    void (granted.request = handler);
  setPermissionCheckHandler: Session['setPermissionCheckHandler'] = (handler) =>
    void (granted.check = handler);
  setDevicePermissionHandler: Session['setDevicePermissionHandler'] = (handler) =>
    void (granted.device = handler);
  readonly webRequest = {
    onBeforeRequest: (handler: BeforeRequest) => void (granted.beforeRequest = handler),
  };
}
export const session = { defaultSession: new StandInSession() };

export const screen = { getAllDisplays: () => [{ workArea: machine.workArea }] };

/** What the user was asked, and what the test answers for the user. */
export const asked: {
  readonly boxes: MessageBoxOptions[];
  readonly dialogs: (OpenDialogOptions | SaveDialogOptions)[];
  button: number;
  file: string | undefined;
} = { boxes: [], dialogs: [], button: 0, file: undefined };

const withoutWindow = <Options>(given: readonly unknown[]) => given.at(-1) as Options;
export const dialog = {
  showErrorBox: (title: string) => void log.push(`error: ${title}`),
  showMessageBox: (...given: unknown[]): ReturnType<Dialog['showMessageBox']> => {
    asked.boxes.push(withoutWindow(given));
    return Promise.resolve({ response: asked.button, checkboxChecked: false });
  },
  showOpenDialog: (...given: unknown[]): ReturnType<Dialog['showOpenDialog']> => {
    asked.dialogs.push(withoutWindow(given));
    const { file } = asked;
    return Promise.resolve({ canceled: file === undefined, filePaths: file ? [file] : [] });
  },
  showSaveDialog: (...given: unknown[]): ReturnType<Dialog['showSaveDialog']> => {
    asked.dialogs.push(withoutWindow(given));
    return Promise.resolve({ canceled: asked.file === undefined, filePath: asked.file ?? '' });
  },
};

export const menus: MenuItemConstructorOptions[][] = [];
export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (template: MenuItemConstructorOptions[]) => void menus.push(template),
};

export const exposed = new Map<string, unknown>();
export const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
  exposeInMainWorld: (key, api: unknown) => void exposed.set(key, api),
};
/** What the main process says to the page. */
export const toPage = new EventEmitter();
export const ipcRenderer = {
  invoke: (channel: string, ...payload: unknown[]) => Promise.resolve([channel, ...payload]),
  on: (channel: string, listener: (...given: unknown[]) => void) => toPage.on(channel, listener),
  off: (channel: string, listener: (...given: unknown[]) => void) => toPage.off(channel, listener),
} satisfies Partial<Record<keyof IpcRenderer, unknown>>;
export const webUtils: Pick<WebUtils, 'getPathForFile'> = {
  getPathForFile: (file) => (file.name === 'from-the-page' ? '' : `/disk/${file.name}`),
};

/** An event that something can be kept from happening by. */
export function preventable<Details extends object>(details: Details) {
  const event = {
    ...details,
    prevented: false,
    preventDefault: () => void (event.prevented = true),
  };
  return event;
}

/** As before anything was run. */
export function reset(): void {
  log.length = 0;
  schemes.length = 0;
  menus.length = 0;
  BrowserWindow.all.length = 0;
  BrowserWindow.focused = null;
  recentDocuments.length = 0;
  processes.length = 0;
  Object.assign(asked, { button: 0, file: undefined });
  asked.boxes.length = 0;
  asked.dialogs.length = 0;
  toPage.removeAllListeners();
  for (const map of [invokeHandlers, pages, exposed]) map.clear();
  for (const emitter of [app, session.defaultSession]) emitter.removeAllListeners();
  Object.assign(granted, {
    request: undefined,
    check: undefined,
    device: undefined,
    beforeRequest: undefined,
  });
  machine.isFirstInstance = true;
  machine.locale = 'en-US';
}
