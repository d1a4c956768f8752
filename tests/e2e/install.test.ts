import { readFileSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { expectAccessible } from './axe.ts';
import { eventually } from './eventually.ts';
import { openSample } from './flow-sample.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const mode = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Mode' }).locator('label').filter({ hasText: name });

/** The tab, with the answer to one of the sample's scenarios. */
async function openScenario(page: Page, name: string | RegExp) {
  await page.getByRole('tab', { name: 'Install' }).click();
  await page.getByLabel(/^Scenario:/).click();
  await page.getByRole('option', { name }).click();
  await page.getByRole('grid').waitFor();
  await mode(page, 'Connected')
    .getByText(/Works|obstacles?$/)
    .waitFor();
}

describeRequiring(['chromium'], 'the install tab', () => {
  beforeAll(ensureBuilt);

  test('has the modes side by side, and each cell leads to its traces', async () => {
    await using app = await openSample();
    const { page } = app;
    await openScenario(page, /ICP by the customer proxy/);
    await mode(page, 'Connected').getByText('Works', { exact: true }).waitFor();
    await mode(page, 'Through a proxy').getByText('Works', { exact: true }).waitFor();
    await mode(page, 'Air-gapped').getByText('4 obstacles').waitFor();
    expect(await page.getByRole('radio', { name: /Through a proxy/ }).isChecked()).toBe(true);
    await expectAccessible(page);

    const cell = page.getByRole('button', {
      name: 'Docker · ibmcom/pause:3.1 on master-2: works, through a proxy',
    });
    await cell.click();
    const detail = page.getByRole('dialog', { name: /ibmcom\/pause/ });
    await detail.getByText('Connections, in their order').waitFor();
    expect(await detail.getByRole('listitem').filter({ hasText: 'https://' }).count()).toBe(3);
    await expectAccessible(page);
    // Escape gives the keyboard back to the cell, and the arrows go on from there.
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowRight');
    await page.locator('button:focus[aria-label*="pause:3.1 on master-3"]').waitFor();
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog', { name: /master-3/ })
      .getByRole('button', { name: /auth\.docker\.io/ })
      .click();
    await page.locator('[data-step][aria-current]').waitFor();
    expect(await page.getByRole('tab', { name: 'Trace' }).getAttribute('aria-selected')).toBe(
      'true',
    );
    await page.locator('header').filter({ hasText: 'master-3' }).getByText('Reachable').waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('tells all obstacles, and one change that removes them can be taken back', async () => {
    await using app = await openSample();
    const { page } = app;
    await openScenario(page, /ICP by the customer proxy/);
    await mode(page, 'Air-gapped').click();
    const aside = page.getByRole('region', { name: 'Shown beside the table' });
    await aside.getByText('With all of them the install works.').waitFor();
    const causes = aside.getByRole('group', { name: 'Obstacles' }).locator('ol > li');
    expect(await causes.count()).toBe(4);
    await page
      .getByRole('button', { name: /^apt · docker-ce on master-1: does not work/ })
      .waitFor();

    // One of them alone.
    await causes
      .nth(2)
      .getByRole('button', { name: /^Apply: put into the bundle/ })
      .click();
    await eventually(async () => expect(await causes.count()).toBe(3));
    await mode(page, 'Air-gapped').getByText('3 obstacles').waitFor();
    // Then the rest.
    await aside.getByRole('button', { name: 'Apply all 3 changes' }).click();
    await mode(page, 'Air-gapped').getByText('Works', { exact: true }).waitFor();
    await aside.getByText('Nothing is in the way.').waitFor();
    await page
      .getByRole('button', { name: 'apt · docker-ce on master-1: works, from a mirror' })
      .waitFor();

    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await mode(page, 'Air-gapped').getByText('3 obstacles').waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('has the plan with its files and commands, and the firewall request as a table', async () => {
    await using app = await openSample();
    const { page } = app;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await openScenario(page, /ICP by the customer proxy/);
    const aside = page.getByRole('region', { name: 'Shown beside the table' });
    // A scenario that works shows how it is done.
    await aside.getByText('Done in this order, the install works.').waitFor();
    const unitFile = '/etc/systemd/system/docker.service.d/http-proxy.conf';
    await aside.locator('summary').filter({ hasText: unitFile }).first().click();
    const unit = aside.locator('pre').filter({ hasText: 'Environment=' }).first();
    await unit.getByText('HTTPS_PROXY=http://10.208.242.140:3128').waitFor();
    await aside
      .getByRole('button', { name: `Copy: ${unitFile}` })
      .first()
      .click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
    expect(await copied()).toMatch(/^\[Service\]$/m);
    await expectAccessible(page);

    await aside.locator('label').filter({ hasText: 'Firewall request' }).click();
    const rows = aside.getByRole('table').getByRole('row');
    expect(await rows.count()).toBeGreaterThan(3);
    await aside.getByRole('button', { name: 'Copy as CSV' }).click();
    await eventually(async () => expect(await copied()).toMatch(/^"Source","Source address"/));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      aside.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('icp-by-proxy-proxy-firewall-request.csv');
    const [workbook] = await Promise.all([
      page.waitForEvent('download'),
      aside.getByRole('button', { name: 'Save as XLSX' }).click(),
    ]);
    expect(workbook.suggestedFilename()).toBe('icp-by-proxy-proxy-firewall-request.xlsx');
    expect(
      readFileSync(await workbook.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    await aside.locator('label').filter({ hasText: 'Notes' }).click();
    await aside.getByText(/^what the catalogue says of IBM Cloud Private-CE/).waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('an edit asks anew', async () => {
    await using app = await openSample();
    const { page } = app;
    await openScenario(page, /ICP by the customer proxy/);
    // The service addresses are taken out of what pods go past the proxy for.
    await page.getByRole('button', { name: /^Proxy, mirrors, bundle/ }).click();
    const settings = app.inspector.getByRole('button', { name: /^pod/ }).first();
    await settings.click();
    const values = app.inspector.getByLabel('Values').last();
    const before = await values.inputValue();
    await values.fill(before.replace(/172\.29\.0\.0\/16,/g, ''));
    await values.blur();
    await mode(page, 'Through a proxy')
      .getByText(/^\d obstacles?$/)
      .waitFor();
    const aside = page.getByRole('region', { name: 'Shown beside the table' });
    await aside.locator('label').filter({ hasText: 'Obstacles' }).click();
    await aside
      .getByText(/NO_PROXY/)
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: /^pod · .*172\.29\.0\.1 on .*: does not work/ })
      .first()
      .waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('without a scenario it offers to make one', async () => {
    await using app = await openSample('icp-as-documented');
    const { page } = app;
    await page.getByRole('tab', { name: 'Install' }).click();
    await page.getByText('Can it be installed from here?').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'New scenario' }).click();
    await page.getByRole('menuitem', { name: 'RKE2' }).click();
    await page.getByRole('grid').waitFor();
    await app.inspector.getByText('RKE2').first().waitFor();
    await mode(page, 'Air-gapped')
      .getByText(/obstacles?$/)
      .waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await page.getByText('Can it be installed from here?').waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('in Korean, in the dark', async () => {
    await using app = await openSample('icp-on-vcenter', { locale: 'ko', scheme: 'dark' });
    const { page } = app;
    await page.getByRole('tab', { name: '설치' }).click();
    await page.getByLabel(/^시나리오:/).click();
    await page.getByRole('option', { name: /ICP by the customer proxy/ }).click();
    await page.getByText('장애물 4개').waitFor();
    await page.locator('label').filter({ hasText: '폐쇄망' }).click();
    const aside = page.getByRole('region', { name: '표 옆에 보이는 것' });
    await aside.getByRole('button', { name: '변경 4개 모두 적용' }).waitFor();
    for (const text of await aside.locator('li > p.bad').allTextContents()) {
      expect(text).toMatch(/[가-힣]/);
    }
    for (const text of await page.locator('tr.step').allTextContents()) {
      expect(text).toMatch(/[가-힣]/);
    }
    await expectAccessible(page);
    // It fills its place to the bottom.
    const box = await page.locator('#region-bottom').boundingBox();
    const table = await page.getByRole('grid').locator('..').boundingBox();
    const bottom = (one: typeof box) => (one ? one.y + one.height : 0);
    expect(Math.abs(bottom(box) - bottom(table))).toBeLessThan(2);
    expect(app.complaints).toEqual([]);
  });
});
