import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openSample } from './flow-sample.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

describeRequiring(['chromium'], 'the checks', () => {
  beforeAll(ensureBuilt);

  test('list what is wrong with why it matters, and lead to its place', async () => {
    await using app = await openSample('icp-cluster-ip');
    const { page } = app;
    await page.getByRole('tab', { name: /^Checks/ }).click();
    const finding = page.locator('[data-finding^="dnat-to-cluster-ip"]').first();
    await finding.waitFor();
    await page
      .getByText(/A static route by one node works until|No interface has a cluster IP/)
      .first()
      .waitFor();
    await finding.click();
    expect(await finding.getAttribute('aria-current')).toBe('true');
    await app.inspector.getByRole('button', { name: 'Rename everywhere: esg' }).waitFor();

    const filter = page.getByRole('searchbox', { name: 'Filter findings' });
    await filter.fill('nothing like this');
    await page.getByText('No finding matches the filter.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await finding.waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('say so when nothing is found', async () => {
    await using app = await openSample('icp-on-vcenter');
    await app.page.getByRole('tab', { name: /^Checks/ }).click();
    await app.page.getByText('Nothing found').waitFor();
  });

  test('are told in Korean', async () => {
    await using app = await openSample('icp-cluster-ip', { locale: 'ko' });
    const { page } = app;
    await page.getByRole('tab', { name: /^검사/ }).click();
    const sentences = page.locator('[data-finding]');
    await sentences.first().waitFor();
    for (const text of await sentences.allTextContents()) expect(text).toMatch(/[가-힣]/);
  });
});
