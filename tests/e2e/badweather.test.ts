import { chmod, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp, type Served } from './app.ts';
import { expectAccessible } from './axe.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

async function begin(page: Page, app: Served): Promise<string> {
  await page.goto(app.url);
  await page.getByRole('button', { name: /^Empty design/ }).click();
  await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
  const [file] = (await readdir(app.designs)).filter((name) => name.endsWith('.hopscope'));
  if (file === undefined) throw new Error('no project file was made');
  return join(app.designs, file);
}

async function renameDesign(page: Page, to: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const name = page.getByRole('textbox', { name: 'Name of the design' });
  await name.fill(to);
  await name.press('Enter');
}

describeRequiring(['chromium'], 'bad weather', () => {
  beforeAll(ensureBuilt);

  test('nothing is lost when the backend dies: it is started again, and the project goes on', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await begin(page, app);
    await renameDesign(page, 'Acknowledged');
    await page.getByRole('heading', { name: 'Acknowledged', level: 1 }).waitFor();
    app.killBackend();
    // What is asked for while it starts waits for it.
    await renameDesign(page, 'And on');
    await page.getByRole('heading', { name: 'And on', level: 1 }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('heading', { name: 'Acknowledged', level: 1 }).waitFor();
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
  });

  test('a backend that hangs is told, and restarted when the user says so', async () => {
    await using app = await serveApp(undefined, {}, { beatMs: 200, missedBeats: 10 });
    await using browser = await openBrowser();
    const { page } = browser;
    await begin(page, app);
    app.hangBackend();
    await renameDesign(page, 'Waiting');
    const line = page.getByRole('status').filter({ hasText: 'does not answer' });
    await line.waitFor();
    await expectAccessible(page);
    await line.getByRole('button', { name: 'Restart the backend' }).click();
    await page.getByRole('heading', { name: 'Waiting', level: 1 }).waitFor();
    await line.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+z');
    await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
  });

  test('says so when the host is gone', async () => {
    const app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await begin(page, app);
    await app[Symbol.asyncDispose]();
    const alert = page.getByRole('alert').filter({ hasText: 'backend has stopped' });
    await alert.waitFor();
    await expectAccessible(page);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor();
  });

  test('a file that is taken away is told, and made again', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    const file = await begin(page, app);
    await renameDesign(page, 'Mine');
    await page.getByRole('heading', { name: 'Mine', level: 1 }).waitFor();
    await rename(file, `${file}.elsewhere`);
    const again = page.getByRole('button', { name: 'Make the file again' });
    await again.waitFor();
    await expectAccessible(page);
    // What is refused now is refused for what stands there already: it is not said a second time.
    await renameDesign(page, 'Refused');
    await page.locator('[data-said="1"]').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Mine');
    expect(await page.getByRole('alert').allTextContents()).toHaveLength(1);
    expect(await page.getByText(/was moved or deleted/).count()).toBe(1);
    await again.click();
    await again.waitFor({ state: 'detached' });
    expect(await readdir(app.designs)).toContain(file.slice(app.designs.length + 1));
    await rm(`${file}.elsewhere`);
  });

  test('a project that cannot be written says why, and is edited once it is saved elsewhere', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    const file = await begin(page, app);
    await renameDesign(page, 'Kept');
    await page.getByRole('heading', { name: 'Kept', level: 1 }).waitFor();
    await page.getByRole('heading', { level: 1 }).click();
    await page.getByRole('menuitem', { name: 'Close project' }).click();
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    await chmod(file, 0o444);
    await page.getByRole('button', { name: /^Kept/ }).click();
    await page.getByText('The file is write-protected.').waitFor();
    await expectAccessible(page);
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Save as to edit …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save the project as' });
    await dialog.getByRole('textbox', { name: 'File name' }).fill('editable');
    await page.keyboard.press('Enter');
    await page.getByText('The file is write-protected.').waitFor({ state: 'detached' });
    await renameDesign(page, 'Edited');
    await page.getByRole('heading', { name: 'Edited', level: 1 }).waitFor();
  });
});
