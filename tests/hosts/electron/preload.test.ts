import { beforeAll, expect, test, vi } from 'vitest';
import type { Bridge } from '../../../src-main/contract/bridge.ts';
import { exposed, toPage } from './stand-in.ts';

vi.mock('electron', () => import('./stand-in.ts'));

let bridge: Bridge;
beforeAll(async () => {
  await import('../../../src-main/hosts/preload/preload.ts');
  bridge = exposed.get('hopscope') as Bridge;
});

test('the preload script gives the page four functions, and nothing of Electron', () => {
  expect([...exposed.keys()]).toEqual(['hopscope']);
  expect(Object.keys(bridge)).toEqual(['call', 'subscribe', 'pathOfFile', 'chooseFile']);
});

test('calls and questions for files go over one channel each', async () => {
  expect(await bridge.call('examples.list', { a: 1 })).toEqual([
    'hopscope:call',
    'examples.list',
    { a: 1 },
  ]);
  const question = { purpose: 'open', title: 'Open', extensions: ['hopscope'] } as const;
  expect(await bridge.chooseFile?.(question)).toEqual(['hopscope:choose-file', question]);
});

test('a listener is told the event alone, without what Electron sends along, until it leaves', () => {
  const heard: unknown[][] = [];
  const leave = bridge.subscribe((...given) => void heard.push(given));
  const event = { event: 'host.command', payload: { command: 'undo' } };
  toPage.emit('hopscope:event', { sender: 'ipcRenderer' }, event);
  leave();
  toPage.emit('hopscope:event', { sender: 'ipcRenderer' }, event);
  expect(heard).toEqual([[event]]);
});

test('a dropped file has a path where it lies on the disk', () => {
  expect(bridge.pathOfFile?.(new File([], 'plan.hopscope'))).toBe('/disk/plan.hopscope');
  expect(bridge.pathOfFile?.(new File([], 'from-the-page'))).toBeUndefined();
  expect(bridge.pathOfFile?.('/etc/passwd')).toBeUndefined();
});
