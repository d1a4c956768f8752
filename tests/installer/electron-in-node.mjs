// Lets Node run the built main process as far as its command line goes: Electron's module, as little as that asks of it.
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import process from 'node:process';

const app = Object.assign(new EventEmitter(), {
  isPackaged: true,
  whenReady: () => Promise.resolve(),
  requestSingleInstanceLock: (/** @type {unknown} */ started) => {
    process.stdout.write(`window of ${JSON.stringify(started)}\n`);
    return false;
  },
  quit: () => app.emit('quit'),
  exit: (/** @type {number} */ code) => process.exit(code),
});
Object.assign(globalThis, { standInApp: app });

const others = [
  ...['BrowserWindow', 'Menu', 'dialog', 'ipcMain', 'protocol', 'screen', 'session', 'shell'],
  ...['utilityProcess', 'clipboard', 'nativeTheme', 'net'],
];
const source = `
  export const app = globalThis.standInApp;
  export const ${others.map((name) => `${name} = {}`).join(', ')};
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true }
      : next(specifier, context),
});
