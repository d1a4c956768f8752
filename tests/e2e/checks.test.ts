import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';
import { openSample } from './flow-sample.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

/** Two hosts with one address, one of them with a name. */
async function openClash() {
  const folder = await mkdtemp(join(tmpdir(), 'hopscope-clash-'));
  const file = join(folder, 'clash.yaml');
  const host = (id: string, more: string) =>
    `  - {id: ${id}, kind: host, ${more}interfaces: [{id: eth0, segment: lan, addresses: [10.0.1.9/24]}]}`;
  await writeFile(
    file,
    [
      'hopscope: 1',
      'name: clash',
      'segments:',
      '  - {id: lan, kind: lan, subnets: [{cidr: 10.0.1.0/24}]}',
      'nodes:',
      host('a', 'name: Web, '),
      host('b', ''),
      '',
    ].join('\n'),
  );
  const app = await serveApp(file);
  const browser = await openBrowser();
  await browser.page.goto(app.url);
  return {
    page: browser.page,
    complaints: browser.complaints,
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

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

  test('lead to each of those that clash, whose forms both tell it', async () => {
    await using app = await openClash();
    const { page } = app;
    await page.getByRole('tab', { name: /^Checks/ }).click();
    const row = page.getByRole('listitem').filter({
      has: page.locator('[data-finding="duplicate-address"]'),
    });
    await row.getByText('10.0.1.9 is on Web eth0 and b eth0').waitFor();
    for (const [place, id] of [
      ['Web › interface eth0 › address 10.0.1.9/24', 'a'],
      ['b › interface eth0 › address 10.0.1.9/24', 'b'],
    ] as const) {
      const link = row.getByRole('button', { name: place, exact: true });
      await link.click();
      await page.getByRole('button', { name: `Rename everywhere: ${id}` }).waitFor();
      // The thing's own form says it too, whichever of the two it is.
      await page
        .getByRole('list', { name: 'Faults' })
        .getByText('10.0.1.9 is on Web eth0 and b eth0')
        .waitFor();
      expect(await link.getAttribute('aria-current')).toBe('true');
    }
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
