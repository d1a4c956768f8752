import { expect, test, vi } from 'vitest';
import type { Bridge } from '../../../src-main/contract/bridge.ts';
import { exposed } from './stand-in.ts';

vi.mock('electron', () => import('./stand-in.ts'));

test('the preload script gives the page one function, which reaches one channel', async () => {
  await import('../../../src-main/hosts/preload/preload.ts');
  expect([...exposed.keys()]).toEqual(['hopscope']);
  const bridge = exposed.get('hopscope') as Bridge;
  expect(Object.keys(bridge)).toEqual(['call']);
  expect(await bridge.call('examples.list', { a: 1 })).toEqual([
    'hopscope:call',
    'examples.list',
    { a: 1 },
  ]);
});
