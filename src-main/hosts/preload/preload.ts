import { contextBridge, ipcRenderer } from 'electron';
import { callChannel, type Bridge } from '../../contract/bridge.ts';

const bridge: Bridge = {
  call: (method, payload) =>
    ipcRenderer.invoke(callChannel, method, payload) as ReturnType<Bridge['call']>,
};

contextBridge.exposeInMainWorld('hopscope', bridge);
