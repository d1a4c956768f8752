import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { largeDesign } from '../bench/canvas/large-design.ts';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp, type Served } from './app.ts';
import { eventually } from './eventually.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** The design in the one project of the folder for designs, as another program reads it from the file. */
async function stored({ designs }: Served) {
  const [name = ''] = (await readdir(designs)).filter((file) => file.endsWith('.hopscope'));
  const opened = createSqliteProjectStore().open(join(designs, name), { readOnly: true });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const design = opened.value.design();
  opened.value.close();
  return design;
}

/** A design of 3,000 nodes, open in a browser. */
async function openLarge() {
  const folder = await mkdtemp(join(tmpdir(), 'hopscope-large-'));
  const file = join(folder, 'large.json');
  await writeFile(file, JSON.stringify(largeDesign(3000)));
  const app = await serveApp(file);
  const browser = await openBrowser({ width: 1440, height: 900 });
  await browser.page.goto(app.url);
  return {
    app,
    page: browser.page,
    complaints: browser.complaints,
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describeRequiring(['chromium'], 'a design of 3,000 nodes', () => {
  beforeAll(ensureBuilt);

  test('is searched, drawn on and taken back by hand, and the file holds what came of it', async () => {
    await using large = await openLarge();
    const { app, page } = large;
    const place = async (ref: string) => {
      const found = (await stored(app)).layout?.find(({ id }) => id === ref);
      return found && [found.x, found.y];
    };
    const row = (name: string) =>
      page.getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`), selected: true });
    const surface = page.getByRole('application');
    await surface.waitFor();

    // Found by a part of its name, with everything that it stands in unfolded around it.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Machine 71.8');
    await page.getByRole('option', { name: /^Machine 71\.8/ }).waitFor();
    await page.keyboard.press('Enter');
    await row('Machine 71\\.8').waitFor();
    await row('Machine 71\\.8').dblclick();

    // What is found in the outline is read from its beginning, wherever it was scrolled to.
    const find = page.getByLabel('Find in the outline');
    await find.fill('');
    await page.getByRole('tree').hover();
    await page.mouse.wheel(0, 100_000);
    await page
      .getByRole('treeitem', { name: 'Data centre 1', exact: true })
      .waitFor({ state: 'detached' });
    await find.fill('machine');
    await page.getByRole('treeitem', { name: 'Data centre 1', exact: true }).waitFor();
    await find.fill('');

    // The machine fills the middle of the view now.
    const box = await surface.boundingBox();
    if (!box) throw new Error('there is no canvas');
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const before = await place('node:vm-70-7');
    const drag = async (dx: number, dy: number) => {
      await page.mouse.move(middle.x, middle.y);
      await page.mouse.down();
      await page.mouse.move(middle.x + dx / 2, middle.y + dy / 2, { steps: 4 });
      await page.mouse.move(middle.x + dx, middle.y + dy, { steps: 4 });
      await page.mouse.up();
    };
    await drag(0, 36);
    await eventually(async () => expect(await place('node:vm-70-7')).not.toEqual(before));
    await page.keyboard.press('Control+z');
    await eventually(async () => expect(await place('node:vm-70-7')).toEqual(before));

    // A name is a name in the file, on the drawing and in the outline.
    await page.mouse.click(middle.x, middle.y);
    await page.keyboard.press('F2');
    await page.keyboard.type('Renamed');
    await page.keyboard.press('Enter');
    await find.fill('renamed');
    await row('Renamed').waitFor();
    const node = async () => (await stored(app)).nodes?.find(({ id }) => id === 'vm-70-7');
    await eventually(async () => expect((await node())?.name).toBe('Renamed'));

    // What is deleted is gone with its lines, and comes back with them.
    const whole = await stored(app);
    await surface.focus();
    await page.keyboard.press('Delete');
    await eventually(async () => expect(await node()).toBeUndefined());
    expect((await stored(app)).nodes).toHaveLength(2999);
    await page.keyboard.press('Control+z');
    await eventually(async () => expect(await node()).toBeDefined());
    expect(await stored(app)).toEqual(whole);
    await page.getByRole('treeitem', { name: /^Renamed/ }).waitFor();
    expect(large.complaints).toEqual([]);
  });
});
