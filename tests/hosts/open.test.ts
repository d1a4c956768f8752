import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { browserHere } from '../../src-main/hosts/web/browser.ts';
import { admitted, callAs } from './web/host.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

const root = join(import.meta.dirname, '..', '..');
const sampleFile = join(root, 'resources', 'examples', 'icp-as-documented.yaml');

/** The program as `hopscope open` runs it on a machine without Electron and without a screen. */
function startProgram(...args: readonly string[]) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(root, 'src-main/hosts/cli/main.ts'), 'open', ...args],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        BROWSER: 'none',
        ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
        ELECTRON_OVERRIDE_DIST_PATH: join(root, 'no-such-folder'),
      },
    },
  );
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
  }
  const ended = once(child, 'exit') as Promise<[code: number | null, signal: string | null]>;
  return {
    output,
    ended,
    tell: (signal: NodeJS.Signals) => child.kill(signal),
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

describe('hopscope open without Electron', () => {
  beforeAll(ensureBuilt);

  test.skipIf(process.platform === 'win32').for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'serves the app, says where and why, and ends in order on %s',
    async (signal) => {
      using program = startProgram(sampleFile);
      const url = await vi.waitFor(
        () => {
          const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(program.output.text)?.[0];
          if (found === undefined) throw new Error(`no address yet: ${program.output.text}`);
          return found;
        },
        { timeout: 30_000 },
      );
      expect(program.output.text).toContain('Electron is not installed');

      const { origin, port } = new URL(url);
      const host = { url, origin, port: Number(port), close: () => Promise.resolve() };
      const started = await callAs(host, await admitted(host), 'app.start', '{}');
      expect(JSON.parse(started.body)).toMatchObject({
        ok: true,
        value: { open: { title: sampleFile, source: { kind: 'text' } } },
      });

      program.tell(signal);
      expect(await program.ended).toEqual([0, null]);
    },
  );

  test('refuses a file that is not there, before it looks for Electron', async () => {
    using program = startProgram('missing.yaml');
    expect(await program.ended).toEqual([2, null]);
    expect(program.output.text).toContain('missing.yaml');
    expect(program.output.text).not.toContain('Electron');
    expect(program.output.text).not.toContain('http://');
  });
});

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, boolean]>([
  ['linux', {}, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['linux', { DISPLAY: ':0', BROWSER: 'none' }, false],
  ['darwin', {}, true],
  ['win32', {}, true],
  ['win32', { BROWSER: 'none' }, false],
])('on %s with %j a browser can be shown: %s', (platform, environment, shown) => {
  expect(browserHere(platform, environment) !== undefined).toBe(shown);
});
