import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  callChannel,
  chooseFileChannel,
  eventChannel,
  type Bridge,
} from '../../contract/bridge.ts';
import type { BackendEvent } from '../../contract/index.ts';

const bridge: Bridge = {
  call: (method, payload) =>
    ipcRenderer.invoke(callChannel, method, payload) as ReturnType<Bridge['call']>,
  subscribe(listener) {
    // The page never sees Electron's own event, which could reach further.
    const heard = (_event: unknown, told: BackendEvent) => listener(told);
    ipcRenderer.on(eventChannel, heard);
    return () => void ipcRenderer.off(eventChannel, heard);
  },
  // Empty where the file is none of the disk's: one that a page has made.
  pathOfFile: (file) =>
    (file instanceof File ? webUtils.getPathForFile(file) : undefined) || undefined,
  chooseFile: (question) =>
    ipcRenderer.invoke(chooseFileChannel, question) as ReturnType<
      NonNullable<Bridge['chooseFile']>
    >,
};

contextBridge.exposeInMainWorld('hopscope', bridge);
