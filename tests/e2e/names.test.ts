import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

/** Names that turn, hide or imitate, as JSON writes them, and one that really runs from right to left. */
const design = {
  hopscope: 1,
  name: 'Plan\u202elatot',
  sites: [{ id: 'office', kind: 'office', name: 'Office\u2067 1' }],
  segments: [{ id: 'lan', kind: 'lan', name: 'LAN\u200b', site: 'office' }],
  nodes: [
    {
      id: 'a',
      kind: 'host',
      name: '\u202egateway',
      site: 'office',
      interfaces: [{ id: 'eth0', segment: 'lan', addresses: ['192.0.2.2/24'] }],
    },
    { id: 'b', kind: 'host', name: 'שרת ראשי', site: 'office' },
  ],
  flows: [
    {
      id: 'f',
      name: 'a\u202eb',
      protocol: 'icmp',
      from: { kind: 'node', node: 'a' },
      to: { kind: 'node', node: 'b' },
    },
  ],
};

/** Where the page has characters that turn what is around them, or have no width. */
const hiddenIn = (content: string): readonly string[] =>
  content.match(/.{0,60}[\u202a-\u202e\u2066\u2067\u200b].{0,20}/gu) ?? [];

describeRequiring(['chromium'], 'names that would turn the text around them', () => {
  beforeAll(ensureBuilt);

  test('are shown for what they are, and what runs from right to left is left as it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hopscope-names-'));
    const file = join(folder, 'names.json');
    await writeFile(file, JSON.stringify(design));
    await using app = await serveApp(file);
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('treeitem', { name: /^‹RLO›gateway/ }).click();
    await page.getByRole('heading', { name: 'Plan‹RLO›latot' }).waitFor();
    await page.getByRole('row', { name: /a‹RLO›b/ }).click();
    for (const tab of ['Trace', 'Checks', 'History', 'Flows']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      expect(hiddenIn(await page.content()), tab).toEqual([]);
    }
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Search/ }).fill('office');
    await page.getByRole('option', { name: /Office‹RLI› 1/ }).waitFor();
    expect(hiddenIn(await page.content())).toEqual([]);
    expect(await page.content()).toContain('שרת ראשי');
    expect(await page.title()).toContain('Plan‹RLO›latot');
    expect(browser.complaints).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  });
});
