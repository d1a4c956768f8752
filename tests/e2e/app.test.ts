import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

const examples = join(import.meta.dirname, '..', '..', 'resources', 'examples');
const fullSample = 'ICP on vCenter Server with NSX';
const documentedSample = 'ICP on vCenter Server, edge as documented';
const web = 'Internet user → web in a container';

/** Goes to a flow by its name and reads its trace, by the keyboard alone. */
async function readFlow(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search' }).waitFor();
  await page.keyboard.type(name);
  await page.getByRole('option', { selected: true }).getByText(name).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Trace', selected: true }).waitFor();
}

describeRequiring(['chromium'], 'the app in a browser', () => {
  beforeAll(ensureBuilt);

  test('leads from a sample to the rule that lets its packet through, by the keyboard alone', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    const sample = page.getByRole('button', { name: `Open ${fullSample}`, exact: true });
    await sample.waitFor();
    const focused = page.locator('button:focus');
    for (let presses = 0; presses < 40; presses++) {
      if ((await focused.count()) > 0 && (await focused.textContent())?.trim() === fullSample) {
        break;
      }
      await page.keyboard.press('Tab');
    }
    expect((await focused.textContent())?.trim()).toBe(fullSample);
    await page.keyboard.press('Enter');
    const row = page.getByRole('row', { name: new RegExp(web) });
    await row.getByText('Reachable', { exact: true }).waitFor();
    expect(await row.textContent()).toMatch(/1,?430/);
    await readFlow(page, web);
    await page
      .getByText(/Rule 5 internet-to-ingress accepts tcp 443/)
      .first()
      .waitFor();
    expect(browser.complaints).toEqual([]);
    expect(browser.requested.every((url) => url.startsWith(app.origin) || url === 'data:,')).toBe(
      true,
    );
  });

  test('shows why a flow does not get through, at the rule that stops it', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('button', { name: `Open ${documentedSample}` }).click();
    const row = page.getByRole('row', { name: new RegExp(web) });
    await row.getByText('Unreachable').waitFor();
    await readFlow(page, web);
    await page
      .getByText(/The default rule denies tcp 443/)
      .first()
      .waitFor();
  });

  test('begins with the design that the program was started with', async () => {
    await using app = await serveApp(join(examples, 'icp-as-documented.yaml'));
    await using browser = await openBrowser();
    await browser.page.goto(app.url);
    await browser.page.getByRole('heading', { name: documentedSample, level: 1 }).waitFor();
  });

  test('has a Korean workbench where the system speaks Korean', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser({ locale: 'ko' });
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('button', { name: `${fullSample} 열기`, exact: true }).click();
    await page.getByRole('row').getByText('도달 가능', { exact: true }).first().waitFor();
    for (const name of ['플로우', '추적', '검사', '기록']) {
      await page.getByRole('tab', { name }).waitFor();
    }
    expect(browser.complaints).toEqual([]);
  });
});
