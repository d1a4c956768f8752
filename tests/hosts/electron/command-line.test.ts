import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runInElectron } from '../../../src-main/hosts/electron/command-line.ts';
import { until } from '../../support/until.ts';
import { isAlive } from '../process/host.ts';
import * as electron from './stand-in.ts';

vi.mock('electron', () => import('./stand-in.ts'));

const root = join(import.meta.dirname, '..', '..', '..');
let folder: string;
const othersListen = process.listeners('uncaughtException');
/** What it has printed. */
let told: string;

/** A write of a stream, which a test reads along. */
const readAlong = (stream: NodeJS.WriteStream) =>
  vi.spyOn(stream, 'write').mockImplementation((text, encoding, done) => {
    told += String(text);
    const settled = typeof encoding === 'function' ? encoding : done;
    settled?.();
    return true;
  });

beforeEach(() => {
  electron.reset();
  electron.processes.length = 0;
  told = '';
  folder = mkdtempSync(join(tmpdir(), 'hopscope-desktop-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>the page');
  electron.machine.appFolder = root;
  electron.machine.userData = folder;
  readAlong(process.stdout);
  readAlong(process.stderr);
});
afterEach(async () => {
  for (const listener of process.listeners('uncaughtException')) {
    if (!othersListen.includes(listener)) process.off('uncaughtException', listener);
  }
  electron.app.emit('will-quit', electron.preventable({}));
  await until(() => {
    expect(electron.processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
  });
  rmSync(folder, { recursive: true, force: true });
});

const windows = () => electron.BrowserWindow.all;

describe('the command line of an installed program', () => {
  test.each<[words: readonly string[], end: string, text: string]>([
    [['--version'], 'exit 0', '.'],
    [['verify', '--example', 'icp-on-vcenter'], 'exit 0', '0 broken'],
    [['verify', '--example', 'icp-as-documented'], 'exit 1', '1 broken'],
    [['nonsense'], 'exit 2', "Unknown command 'nonsense'"],
    [['open', 'no-such.hopscope'], 'exit 2', 'there is no such file'],
  ])('%o: %s, before Electron has looked for a screen', async (words, end, text) => {
    await runInElectron(folder, words);
    expect(electron.log).toEqual([end]);
    expect(told).toContain(text);
    expect(windows()).toEqual([]);
    expect(electron.processes).toEqual([]);
  });

  test('open shows the window, with a sandbox, and ends with the app', async () => {
    const ended = runInElectron(folder, ['open']);
    await until(() => expect(windows()).toHaveLength(1));
    expect(electron.log).toContain('sandbox');
    expect(electron.log).not.toContain('exit 0');
    electron.app.emit('quit');
    await ended;
    expect(electron.log.at(-1)).toBe('exit 0');
  });

  test('open with a port serves the app, from a process of Electron’s', async () => {
    const ended = runInElectron(folder, ['open', '--port', '47391']);
    await until(() => expect(told).toContain('Hopscope is at http://127.0.0.1:47391/'));
    expect(windows()).toEqual([]);
    expect(electron.processes.map(({ program }) => program)).toEqual([
      join(folder, 'main', 'backend.js'),
    ]);
    process.emit('SIGTERM');
    await ended;
    expect(electron.log.at(-1)).toBe('exit 0');
  });
});
