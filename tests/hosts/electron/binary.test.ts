import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../../src-main/hosts/setup/build.mjs';
import { describeRequiring, findElectron } from '../../support/capabilities.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

const root = join(import.meta.dirname, '..', '..', '..');

describeRequiring(['electron'], 'the desktop app in Electron', () => {
  beforeAll(ensureBuilt);

  test('shows the page, which runs a sample through the backend and has nothing of Node', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'hopscope-electron-'));
    const executablePath = findElectron() ?? '';
    const app = await _electron.launch({
      executablePath,
      args: [root, `--user-data-dir=${profile}`],
      cwd: root,
    });
    try {
      const page = await app.firstWindow();
      expect(page.url()).toMatch(/^hopscope:\/\/app\//);
      expect(await page.evaluate('[typeof require, typeof process, typeof module]')).toEqual([
        'undefined',
        'undefined',
        'undefined',
      ]);
      expect(await page.evaluate('Object.keys(window.hopscope)')).toEqual(['call']);

      await page.locator('.card').first().click();
      await page.locator('nav .badge').first().waitFor();
      await expect(page.evaluate("fetch('https://example.com/')")).rejects.toThrow();
      await page.evaluate("window.open('https://example.com/')");
      expect(app.windows()).toHaveLength(1);
    } finally {
      await app.close();
      await rm(profile, { recursive: true, force: true });
    }
  });
});
