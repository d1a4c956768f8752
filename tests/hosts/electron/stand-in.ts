/**
 * Stands in for Electron, whose binary not every machine has: it keeps what the app asks of Electron, with Electron's
 * own types, and lets a test play what Electron would do next.
 */
import { EventEmitter } from 'node:events';
import type {
  App,
  BrowserWindowConstructorOptions,
  CallbackResponse,
  ContextBridge,
  IpcMain,
  IpcMainInvokeEvent,
  IpcRenderer,
  MenuItemConstructorOptions,
  OnBeforeRequestListenerDetails,
  Protocol,
  Rectangle,
  Session,
} from 'electron';

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
  workArea: { x: 0, y: 0, width: 1920, height: 1080 } satisfies Rectangle,
};

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
  quit: App['quit'] = () => void log.push('quit');
  exit: App['exit'] = (code) => void log.push(`exit ${code ?? 0}`);
}
export const app = new StandInApp();

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = [];
  static getAllWindows = () => BrowserWindow.all;
  readonly options: BrowserWindowConstructorOptions;
  url: string | undefined;
  maximized = false;
  minimized = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    BrowserWindow.all.push(this);
  }
  loadURL = (url: string) => {
    this.url = url;
    return Promise.resolve();
  };
  show = () => void log.push('show');
  focus = () => void log.push('focus');
  restore = () => void log.push('restore');
  maximize = () => void (this.maximized = true);
  isMaximized = () => this.maximized;
  isMinimized = () => this.minimized;
  getNormalBounds = (): Rectangle => ({ x: 10, y: 20, width: 1000, height: 700 });
}

/** The contents of a window or of anything else that shows a page. */
export class Contents extends EventEmitter {
  openHandler: (() => { readonly action: 'deny' | 'allow' }) | undefined;
  setWindowOpenHandler = (handler: typeof this.openHandler) => void (this.openHandler = handler);
}

export const invokeHandlers = new Map<string, InvokeHandler>();
export const ipcMain = {
  handle: (channel: string, handler: InvokeHandler) => void invokeHandlers.set(channel, handler),
};

/** A message as it comes from a frame. */
export const from = (
  frame: { readonly url: string; readonly parent?: object } | null,
): IpcMainInvokeEvent =>
  ({
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
export const dialog = { showErrorBox: (title: string) => void log.push(`error: ${title}`) };

export const menus: MenuItemConstructorOptions[][] = [];
export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (template: MenuItemConstructorOptions[]) => void menus.push(template),
};

export const exposed = new Map<string, unknown>();
export const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
  exposeInMainWorld: (key, api: unknown) => void exposed.set(key, api),
};
export const ipcRenderer: Pick<IpcRenderer, 'invoke'> = {
  invoke: (channel, ...payload: unknown[]) => Promise.resolve([channel, ...payload]),
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
  for (const map of [invokeHandlers, pages, exposed]) map.clear();
  for (const emitter of [app, session.defaultSession]) emitter.removeAllListeners();
  Object.assign(granted, {
    request: undefined,
    check: undefined,
    device: undefined,
    beforeRequest: undefined,
  });
  machine.isFirstInstance = true;
}
