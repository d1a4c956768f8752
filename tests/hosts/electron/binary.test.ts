import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { _electron } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Bridge } from '../../../src-main/contract/bridge.ts';
import { ensureBuilt } from '../../../src-main/hosts/setup/build.mjs';
import { describeRequiring, findElectron } from '../../support/capabilities.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

const root = join(import.meta.dirname, '..', '..', '..');

describeRequiring(['electron'], 'the desktop app in Electron', () => {
  beforeAll(ensureBuilt);

  test('opens, shows the start, edits in its own process, and ends in order', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'hopscope-electron-'));
    const file = join(profile, 'plan.hopscope');
    const app = await _electron.launch({
      executablePath: findElectron() ?? '',
      args: [root, `--user-data-dir=${profile}`],
      cwd: root,
      env: { ...process.env, HOPSCOPE_DATA: profile, HOPSCOPE_DESIGNS: profile },
    });
    try {
      const page = await app.firstWindow();
      expect(page.url()).toMatch(/^hopscope:\/\/app\//);
      await page.getByRole('heading').first().waitFor();
      expect(await page.evaluate('[typeof require, typeof process, typeof module]')).toEqual([
        'undefined',
        'undefined',
        'undefined',
      ]);
      expect(await page.evaluate('Object.keys(window.hopscope)')).toEqual([
        'call',
        'subscribe',
        'pathOfFile',
        'chooseFile',
      ]);
      const call = (method: string, payload: unknown) =>
        page.evaluate(
          ([name, given]) =>
            (globalThis as unknown as { hopscope: Bridge }).hopscope.call(name, given),
          [method, payload] as const,
        );
      expect(await call('app.start', {})).toMatchObject({ ok: true, value: { host: 'desktop' } });
      expect(await call('project.create', { file, name: 'Plan' })).toMatchObject({ ok: true });

      await expect(page.evaluate("fetch('https://example.com/')")).rejects.toThrow();
      await page.evaluate("window.open('https://example.com/')");
      expect(app.windows()).toHaveLength(1);
    } finally {
      await app.close();
    }
    // The SQLite header: the engine's process wrote it, and closed it.
    expect((await readFile(file)).subarray(0, 15).toString()).toBe('SQLite format 3');
    expect(await readdir(profile)).not.toContain('plan.hopscope-wal');
    await rm(profile, { recursive: true, force: true });
  });
});
