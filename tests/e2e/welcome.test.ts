import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';
import { expectAccessible } from './axe.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

const sample = 'ICP on vCenter Server with NSX';

const twoHosts = [
  'hopscope: 1',
  'name: Two hosts',
  'segments: [{ id: lan, kind: lan, subnets: [{ cidr: 192.0.2.0/24 }] }]',
  'nodes:',
  '  - id: a',
  '    kind: host',
  '    interfaces: [{ id: eth0, segment: lan, addresses: [192.0.2.1/24] }]',
  '  - id: b',
  '    kind: host',
  '    listeners: [{ protocol: tcp, port: 80 }]',
  '    interfaces: [{ id: eth0, segment: lan, addresses: [192.0.2.2/24] }]',
  'flows: [{ id: a-to-b, from: { kind: node, node: a }, to: { kind: node, node: b }, port: 80 }]',
].join('\n');

async function filesOf(texts: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'hopscope-files-'));
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return {
    path: (name: string) => join(folder, name),
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

describeRequiring(['chromium'], 'the first window', () => {
  beforeAll(ensureBuilt);

  test('opens a sample as a project of its own, and lists it among the recent ones', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    await page.getByRole('button', { name: `Open ${sample}`, exact: true }).click();
    await page.getByRole('heading', { name: sample, level: 1 }).waitFor();
    expect(await page.title()).toBe(`${sample} · Hopscope`);
    await page.getByRole('row').getByText('Reachable').first().waitFor();

    // Something is done to it, so that it is kept.
    await page.getByRole('button', { name: sample }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name of the design' }).fill('My cloud');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('heading', { name: 'My cloud', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'My cloud' }).click();
    await page.getByRole('menuitem', { name: 'Close project' }).click();
    const recent = page.getByRole('region', { name: 'Recent projects' });
    await recent.getByRole('button', { name: /^My cloud/ }).click();
    await page.getByRole('heading', { name: 'My cloud', level: 1 }).waitFor();
    expect(browser.complaints).toEqual([]);
    expect(browser.requested.every((url) => url.startsWith(app.origin) || url === 'data:,')).toBe(
      true,
    );
  });

  test('draws a picture on every sample', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    const pictures = page.getByRole('region', { name: 'Samples' }).locator('canvas');
    // Evaluated by the browser's tools: the page itself may not evaluate a text.
    const colors = `[...document.querySelectorAll('canvas')].map((canvas) => {
      if (canvas.width < 300) return 0;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    })`;
    await pictures.first().waitFor();
    await expect
      .poll(async () => Math.min(...(await page.evaluate<readonly number[]>(colors))))
      .toBeGreaterThan(20);
    expect(await pictures.count()).toBeGreaterThanOrEqual(3);
  });

  test('opens a drawing of draw.io as a first draft, and lists what it guessed', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    const drawing = join(import.meta.dirname, '../fixtures/drawio/campus.drawio');
    await page.locator('input[type=file]').setInputFiles(drawing);
    const dialog = page.getByRole('dialog', { name: 'Guessed, or not carried over' });
    await dialog.getByRole('listitem').first().waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('treeitem').count()).toBeGreaterThan(3);
    expect(browser.complaints).toEqual([]);
  });

  test('opens a text of the reader, and tells what is wrong with one, with its line', async () => {
    await using files = await filesOf({
      'good.yaml': twoHosts,
      'bad.yaml': 'hopscope: 1\nname: Bad\nsegments:\n  - id: lan\n    kind: token-ring\n',
    });
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    const input = page.locator('input[type=file]');
    await input.setInputFiles(files.path('bad.yaml'));
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /bad\.yaml cannot be opened.*5:11 segments\[0\]\.kind/s,
    );
    await expectAccessible(page);
    await input.setInputFiles(files.path('good.yaml'));
    await page.getByRole('heading', { name: 'Two hosts', level: 1 }).waitFor();
    await page.getByRole('row').getByText('Reachable').first().waitFor();
  });

  test('finds a file of the machine by the keyboard alone', async () => {
    await using files = await filesOf({ 'two hosts.yaml': twoHosts, 'other.txt': 'no design' });
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    await page.keyboard.press('Control+o');
    const dialog = page.getByRole('dialog', { name: 'Open a project or a design' });
    await dialog.getByRole('listbox').waitFor();
    const path = dialog.getByRole('textbox', { name: 'Path' });
    await path.focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(files.folder);
    expect(await path.inputValue()).toBe(files.folder);
    await page.keyboard.press('Enter');
    await dialog.getByRole('option', { name: /two hosts\.yaml/ }).waitFor();
    expect(await dialog.getByRole('option').count()).toBe(1);
    await expectAccessible(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Two hosts', level: 1 }).waitFor();
  });

  test('saves under a name, and asks before it takes the place of another file', async () => {
    await using files = await filesOf({ 'taken.hopscope': 'something else' });
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('button', { name: /^Empty design/ }).click();
    await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
    const save = async (name: string) => {
      await page.keyboard.press('Control+Shift+s');
      const dialog = page.getByRole('dialog', { name: 'Save the project as' });
      const path = dialog.getByRole('textbox', { name: 'Path' });
      await path.fill(files.folder);
      await path.press('Enter');
      await dialog.getByRole('option', { name: /taken/ }).waitFor();
      await dialog.getByRole('textbox', { name: 'File name' }).fill(name);
      await page.keyboard.press('Enter');
    };
    await save('taken');
    await page.getByRole('dialog', { name: 'Replace taken.hopscope?' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    // Back in the choice of a name, with nothing lost.
    const dialog = page.getByRole('dialog', { name: 'Save the project as' });
    await dialog.getByRole('textbox', { name: 'File name' }).fill('free');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`Saved as ${files.path('free.hopscope')}`).waitFor();
    await page.getByText('draft', { exact: true }).waitFor({ state: 'detached' });
    await save('taken');
    await page.getByRole('button', { name: 'Replace the file' }).click();
    await page.getByText(`Saved as ${files.path('taken.hopscope')}`).waitFor();
  });

  test('introduces itself once to who is new here, in four steps, which can be found again', async () => {
    await using app = await serveApp(undefined, { isNew: true });
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    for (const title of ['Draw', 'Connect', 'Run', 'Read']) {
      await page.getByRole('dialog').getByRole('heading', { name: title, exact: true }).waitFor();
      if (title === 'Draw') await expectAccessible(page);
      await page.keyboard.press('Enter');
    }
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Help' }).click();
    await page.getByRole('menuitem', { name: 'Introduction' }).click();
    await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'How it works' }).click();
    await page.getByRole('dialog').waitFor();

    // It does not come by itself again, though nobody pressed anything in it this time.
    await page.reload();
    await page.getByRole('button', { name: /^Empty design/ }).click();
    await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('is not held up by its introduction: Escape skips it', async () => {
    await using app = await serveApp(undefined, { isNew: true });
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    await page.locator('canvas').first().waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)(
    'has nothing that axe finds serious, %s',
    async (scheme) => {
      await using app = await serveApp();
      await using browser = await openBrowser({ scheme, locale: scheme === 'dark' ? 'ko' : 'en' });
      await browser.page.goto(app.url);
      await browser.page.locator('canvas').first().waitFor();
      await expectAccessible(browser.page);
      expect(browser.complaints).toEqual([]);
    },
  );

  test('speaks Korean where the system does, and keeps what the user chooses', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser({ locale: 'ko' });
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('heading', { name: '예제' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await page.getByRole('button', { name: '테마와 언어' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    await page.getByRole('button', { name: 'Theme and language' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.waitForFunction("getComputedStyle(document.documentElement).colorScheme === 'dark'");
    await page.reload();
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  });
});
