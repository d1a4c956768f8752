import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { buildScene } from '../../src-renderer/geometry/build-scene.ts';
import type { SceneItem } from '../../src-renderer/geometry/scene.ts';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp, type Served } from './app.ts';
import { eventually } from './eventually.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

/** What is drawn of the one project in the folder for designs, as another program reads it from the file. */
function drawn({ designs }: Served): readonly SceneItem[] {
  const [name = ''] = readdirSync(designs).filter((file) => file.endsWith('.hopscope'));
  const opened = createSqliteProjectStore().open(join(designs, name), { readOnly: true });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const scene = buildScene(opened.value.design(), { view: 'all', hiddenTags: [] }, []);
  opened.value.close();
  return scene.items;
}

/** Siblings on top of each other. */
function overlaps(items: readonly SceneItem[]): readonly string[] {
  return items.flatMap((a, at) =>
    items
      .slice(at + 1)
      .filter(
        (b) =>
          a.parent === b.parent &&
          a.x < b.x + b.width &&
          b.x < a.x + a.width &&
          a.y < b.y + b.height &&
          b.y < a.y + a.height,
      )
      .map((b) => `${a.ref} and ${b.ref}`),
  );
}

const places = (items: readonly SceneItem[]) =>
  new Map(items.map(({ ref, x, y, width, height }) => [ref, [x, y, width, height]]));

describeRequiring(['chromium'], 'arranging a drawing', () => {
  beforeAll(ensureBuilt);

  test('places everything anew as one step, and undoing it brings every place back', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByText('ICP on vCenter Server with NSX', { exact: true }).click();
    await page.getByRole('application').waitFor();
    const before = drawn(app);

    const arrange = page.getByRole('button', { name: 'Arrange', exact: true });
    await arrange.click();
    await page.getByRole('menuitem', { name: /Arrange everything anew/ }).click();
    await page.getByText('The drawing was arranged').waitFor();
    const after = drawn(app);
    expect(overlaps(after)).toEqual([]);
    expect(places(after)).not.toEqual(places(before));
    // It is the same drawing, in other places.
    expect(after.map(({ ref, label }) => [ref, label]).sort()).toEqual(
      before.map(({ ref, label }) => [ref, label]).sort(),
    );

    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await eventually(() => expect(places(drawn(app))).toEqual(places(before)));

    // Everything has a place: there is nothing new to be placed.
    await arrange.click();
    await page.getByRole('menuitem', { name: /Arrange new things only/ }).click();
    await page.getByText('Everything stands where it should already').waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('shows what was arranged where that is no longer in view', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByText('ICP on vCenter Server with NSX', { exact: true }).click();
    const surface = page.getByRole('application');
    await surface.waitFor();
    // The small map is there while some of the drawing is out of view.
    const map = page.getByRole('img', { name: /^Overview map/ });
    await surface.focus();
    await page.keyboard.press('Shift+0');
    await map.waitFor();
    await page.getByRole('button', { name: 'Arrange', exact: true }).click();
    await page.getByRole('menuitem', { name: /Arrange everything anew/ }).click();
    await page.getByText('The drawing was arranged').waitFor();
    await map.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^[1-4]\d%/ }).waitFor();
    expect(browser.complaints).toEqual([]);
  });
});
