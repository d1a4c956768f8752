import { readFileSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { expectAccessible } from './axe.ts';
import { openSample } from './flow-sample.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

async function openDialog(page: Page, name: RegExp) {
  await page.locator('button.project').click();
  await page.getByRole('menuitem', { name }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  return dialog;
}

describeRequiring(['chromium'], 'what others take of a design', () => {
  beforeAll(ensureBuilt);

  test('a report is previewed and saved with what stands on its first page', async () => {
    await using app = await openSample('iks-on-ibm-cloud');
    const { page } = app;
    const dialog = await openDialog(page, /^Report, pictures and exports/);
    await dialog.getByLabel('Version', { exact: true }).fill('1.2');
    await dialog.getByLabel('Author').fill('Kim');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Preview' }).click();
    const preview = dialog.getByRole('article', { name: 'Preview' });
    await preview.getByRole('heading', { name: '1 Summary' }).waitFor();
    await preview.getByText('1.2', { exact: true }).waitFor();
    await preview.getByRole('definition').filter({ hasText: /^Kim$/ }).waitFor();
    // Who has made it stands where it is signed, too.
    await preview.getByRole('cell', { name: 'Kim', exact: true }).waitFor();
    expect(await preview.locator('img').count()).toBeGreaterThan(5);
    await expectAccessible(page);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/-report\.html$/);
    const html = readFileSync(await download.path(), 'utf8');
    expect(html).toContain('<dt>Author</dt><dd>Kim</dd>');
    expect(app.complaints).toEqual([]);
  });

  test('a picture of the flow that is read, and a drawing with what is not in it', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.read('internet-to-web');
    const dialog = await openDialog(page, /^Report, pictures and exports/);
    await dialog
      .locator('label')
      .filter({ hasText: /^\s*SVG\s*$/ })
      .click();
    await dialog.getByLabel(/^Shows:/).click();
    await page.getByRole('option', { name: 'the way of the flow that is read' }).click();
    const [svg] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    expect(readFileSync(await svg.path(), 'utf8')).toMatch(/<title>Internet user → web/);

    await dialog
      .locator('label')
      .filter({ hasText: /^\s*PNG\s*$/ })
      .click();
    const [png] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    expect(
      readFileSync(await png.path())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');

    await dialog.locator('label').filter({ hasText: 'draw.io' }).click();
    const [drawing] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    expect(drawing.suggestedFilename()).toBe('design.drawio');
    await dialog.getByRole('heading', { name: /^Not carried over \d+$/ }).waitFor();
    await expectAccessible(page);

    await dialog.locator('label').filter({ hasText: 'NetBox' }).click();
    const [archive] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    expect(archive.suggestedFilename()).toMatch(/-netbox\.zip$/);
    expect(
      readFileSync(await archive.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(app.complaints).toEqual([]);
  });

  test('what an install carries, of the scenario that is chosen', async () => {
    await using app = await openSample();
    const { page } = app;
    const dialog = await openDialog(page, /^Report, pictures and exports/);
    const save = dialog.getByRole('button', { name: 'Save', exact: true });
    await dialog
      .locator('label')
      .filter({ hasText: /^\s*Zarf\s*$/ })
      .click();
    await dialog.getByLabel(/^Mode: Connected/).waitFor();
    await save.click();
    await dialog
      .getByText(/icp-connected is connected: no bundle is carried/)
      .first()
      .waitFor();
    await expectAccessible(page);

    await dialog.getByLabel(/^Scenario:/).click();
    await page.getByRole('option', { name: /CAM, air-gapped/ }).click();
    const [bundle] = await Promise.all([page.waitForEvent('download'), save.click()]);
    expect(bundle.suggestedFilename()).toBe('zarf.yaml');
    expect(readFileSync(await bundle.path(), 'utf8')).toMatch(/^kind: ZarfPackageConfig$/m);
    await dialog.getByRole('heading', { name: /^Not carried over \d+$/ }).waitFor();
    await expectAccessible(page);

    await dialog.locator('label').filter({ hasText: 'Firewall request, CSV' }).click();
    await dialog.getByLabel(/^Mode:/).click();
    await page.getByRole('option', { name: 'Connected' }).click();
    const [request] = await Promise.all([page.waitForEvent('download'), save.click()]);
    expect(request.suggestedFilename()).toBe('cam-air-gapped-connected-firewall-request.csv');
    expect(app.complaints).toEqual([]);
  });

  test('a design without install scenarios has none to choose', async () => {
    await using app = await openSample('iks-on-ibm-cloud');
    const dialog = await openDialog(app.page, /^Report, pictures and exports/);
    await dialog.locator('label').filter({ hasText: 'Hauler' }).click();
    await dialog.getByText('No scenario is drawn in this design.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  });

  test('in Korean, in the dark', async () => {
    await using app = await openSample('iks-on-ibm-cloud', { locale: 'ko', scheme: 'dark' });
    const { page } = app;
    const dialog = await openDialog(page, /^보고서, 그림, 내보내기/);
    await dialog.getByRole('button', { name: '미리 보기' }).click();
    await dialog.getByRole('heading', { name: '1 요약' }).waitFor();
    await expectAccessible(page);

    await dialog.locator('label').filter({ hasText: 'NetBox' }).click();
    await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: '저장', exact: true }).click(),
    ]);
    await dialog.getByRole('heading', { name: /^옮겨지지 않은 것 \d+$/ }).waitFor();
    const told = await dialog.locator('.left-out li').allInnerTexts();
    expect(told.length).toBeGreaterThan(5);
    for (const line of told) expect(line).toMatch(/\p{Script=Hangul}/u);
    await expectAccessible(page);
    expect(app.complaints).toEqual([]);
  });
});
