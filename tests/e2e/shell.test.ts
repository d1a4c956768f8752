import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';
import { expectAccessible } from './axe.ts';
import { eventually } from './eventually.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

const sample = 'ICP on vCenter Server with NSX';

async function openSample(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: `Open ${sample}`, exact: true }).click();
  await page.getByRole('row').getByText('Reachable').first().waitFor();
}

describeRequiring(['chromium'], 'the workbench', () => {
  beforeAll(ensureBuilt);

  test('shows all that is drawn while the window changes, until one looks closer', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser({ width: 1920, height: 1080 });
    const { page } = browser;
    await openSample(page, app.url);
    const map = page.getByRole('img', { name: /^Overview map/ });
    const percent = page.getByRole('button', { name: /^\d+%/ });
    const scale = async () => Number.parseInt((await percent.textContent())?.trim() ?? '');
    const wide = await scale();
    expect(await map.count()).toBe(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    await eventually(async () => expect(await scale()).toBeLessThan(wide));
    expect(await map.count()).toBe(0);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await map.waitFor();
    const closer = await scale();
    await page.setViewportSize({ width: 1920, height: 1080 });
    await eventually(async () =>
      expect((await page.getByRole('application').boundingBox())?.width).toBeGreaterThan(1200),
    );
    expect(await scale()).toBe(closer);
  });

  test('is resized and folded, and remembers it', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await openSample(page, app.url);
    const left = page.getByRole('complementary', { name: 'Palette and outline' });
    const widthOf = async () => Math.round((await left.boundingBox())?.width ?? 0);
    const before = await widthOf();
    const line = page.getByRole('separator', { name: 'Width of the left panel' });
    const box = await line.boundingBox();
    if (!box) throw new Error('the line is not there');
    await page.mouse.move(box.x, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 80, box.y + 200, { steps: 4 });
    await page.mouse.up();
    expect(await widthOf()).toBe(before + 80);
    await line.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await widthOf()).toBe(before + 64);
    await page.getByRole('button', { name: 'Inspector', exact: true }).click();
    await page.getByRole('complementary', { name: 'Inspector' }).waitFor({ state: 'detached' });

    await page.reload();
    await left.waitFor();
    expect(await widthOf()).toBe(before + 64);
    expect(await page.getByRole('complementary', { name: 'Inspector' }).count()).toBe(0);
    await page.keyboard.press('Control+i');
    await page.getByRole('complementary', { name: 'Inspector' }).waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('finds commands, addresses, rules and flows by typing', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await openSample(page, app.url);
    const palette = page.getByRole('dialog', { name: 'Search' });
    const chosen = palette.getByRole('option', { selected: true });

    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await expectAccessible(page);
    await page.keyboard.type('internet-to-ingress');
    await palette
      .getByRole('option', { name: /internet-to-ingress/ })
      .first()
      .waitFor();
    expect(await chosen.textContent()).toContain('Rule');
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
    const tree = page.getByRole('tree', { name: 'Outline' });
    await tree.getByRole('treeitem', { selected: true }).waitFor();
    expect(await tree.getByRole('treeitem', { selected: true }).textContent()).toContain('ESG');

    await page.keyboard.press('Control+k');
    await page.keyboard.type('view overlay');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'Overlay', checked: true }).waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('Internet user → web');
    expect(await chosen.textContent()).toContain('Flow');
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'Trace', selected: true }).waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('qqqzzz');
    await palette.getByText(/Nothing matches/).waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    expect(browser.complaints).toEqual([]);
  });

  test('tells its keys, and they do what they say', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await openSample(page, app.url);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Undo', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.keyboard.type('kuber');
    expect(await sheet.getByRole('definition').count()).toBe(1);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.keyboard.press('Alt+4');
    await page.getByRole('radio', { name: 'Kubernetes', checked: true }).waitFor();
    // In a field the keys are the field's.
    await page.getByRole('textbox', { name: 'Find in the outline' }).fill('');
    await page.keyboard.type('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('lists the keys of the trace and of the table by what these act by', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await openSample(page, app.url);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    const trace = sheet.locator('section', { hasText: 'In a trace' });
    expect((await trace.locator('kbd').allTextContents()).map((text) => text.trim())).toEqual([
      'Space',
      '→',
      '←',
      'Home',
      'End',
      '↓',
      '↑',
    ]);
    await sheet.locator('section', { hasText: 'In the table of flows' }).getByText('F2').waitFor();
  });

  test('gives a trace room, and the whole height by a key, a button or a double click', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await openSample(page, app.url);
    const panel = page.locator('#region-bottom');
    const heightOf = async () => Math.round((await panel.boundingBox())?.height ?? 0);
    const table = await heightOf();
    await page.locator('[data-flow="internet-to-web"]').click();
    await page.locator('[data-step][aria-current]').waitFor();
    await eventually(async () => expect(await heightOf()).toBeGreaterThan(table + 80));
    const inSight = async () => {
      const box = await panel.boundingBox();
      const steps = await page.locator('[data-step]').all();
      const boxes = await Promise.all(steps.map((step) => step.boundingBox()));
      const [top, bottom] = [box?.y ?? 0, (box?.y ?? 0) + (box?.height ?? 0)];
      return boxes.filter((one) => one && one.y >= top && one.y + one.height <= bottom).length;
    };
    expect(await inSight()).toBeGreaterThanOrEqual(6);
    const trace = await heightOf();

    await page.keyboard.press('F9');
    await eventually(async () => expect(await heightOf()).toBeGreaterThan(700));
    expect(await inSight()).toBeGreaterThan(18);
    await page.reload();
    await eventually(async () => expect(await heightOf()).toBeGreaterThan(700));
    // The drawing is where it was.
    await page.getByRole('button', { name: 'Lower panel as it was' }).click();
    await eventually(async () => expect(await heightOf()).toBe(table));
    const tabs = page.getByRole('tablist', { name: 'Lower panel' });
    await tabs.dblclick({ position: { x: 500, y: 10 } });
    await eventually(async () => expect(await heightOf()).toBeGreaterThan(700));
    // Going to the drawing needs the drawing.
    await page.keyboard.press('Alt+Shift+1');
    await page.locator('#region-canvas:focus-within').waitFor();
    await eventually(async () => expect(await heightOf()).toBe(table));
    expect(trace).toBeGreaterThan(table);

    // What the user has chosen stays, whatever is read.
    const line = page.getByRole('separator', { name: 'Height of the lower panel' });
    await line.focus();
    await page.keyboard.press('ArrowUp');
    await page.locator('[data-flow="internet-to-web"]').click();
    await page.locator('[data-step][aria-current]').waitFor();
    expect(await heightOf()).toBe(table + 16);
    expect(browser.complaints).toEqual([]);
  });

  test.each([
    [1280, 800],
    [1920, 1080],
  ])('says its messages over nothing that is pressed, at %i × %i', async (width, height) => {
    await using app = await serveApp();
    await using browser = await openBrowser({ width, height });
    const { page } = browser;
    await openSample(page, app.url);
    const row = page.locator('[data-flow="web-to-db"]');
    await row.focus();
    await page.keyboard.press('Delete');
    const toast = page.locator('.toast');
    await toast.waitFor();
    // Evaluated by the browser's tools: the page itself may not evaluate a text.
    const covered = `(() => {
      const over = document.querySelector('.toast').getBoundingClientRect();
      const controls = document.querySelectorAll('button, input, textarea, [role=tab], [role=radio], [role=separator], [data-flow]');
      return [...controls].filter((one) => {
        if (one.closest('.toast')) return false;
        const box = one.getBoundingClientRect();
        if (box.width < 2 || box.height < 2) return false;
        return box.left < over.right && box.right > over.left && box.top < over.bottom && box.bottom > over.top;
      }).map((one) => one.outerHTML.slice(0, 120));
    })()`;
    expect(await page.evaluate(covered)).toEqual([]);

    // The drawing below it still takes the mouse, and the keyboard comes to it and back.
    const text = await toast.getByText(/deleted/).boundingBox();
    const at = { x: (text?.x ?? 0) + 4, y: (text?.y ?? 0) + 4 };
    const below = `document.elementFromPoint(${at.x}, ${at.y}).closest('[role=application]') !== null`;
    expect(await page.evaluate(below)).toBe(true);
    await page.keyboard.press('F8');
    await page.locator('.toast button:focus').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await row.waitFor();
    await toast.waitFor({ state: 'detached' });

    // A later edit takes the offer along: it would undo that one.
    await row.focus();
    await page.keyboard.press('Delete');
    await toast.waitFor();
    await page.keyboard.press('Control+z');
    await row.waitFor();
    await toast.waitFor({ state: 'detached' });
  });

  test('has an outline that is walked, searched and selected from by the keyboard', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await openSample(page, app.url);
    const tree = page.getByRole('tree', { name: 'Outline' });
    const selected = async () =>
      (await tree.getByRole('treeitem', { selected: true }).allTextContents()).map((text) =>
        text
          .trim()
          .split(/\s{2,}|\d/)[0]
          ?.trim(),
      );
    await tree.focus();
    await page.keyboard.press('Home');
    const [first] = await selected();
    expect(first).toBe('Internet');
    await page.keyboard.press('ArrowLeft');
    expect(await tree.getByRole('treeitem').first().getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await selected()).toHaveLength(1);
    expect(await tree.getByRole('treeitem', { selected: true }).getAttribute('aria-level')).toBe(
      '2',
    );
    await page.keyboard.press('Shift+ArrowDown');
    expect(await selected()).toHaveLength(2);
    // Letters jump.
    await page.keyboard.type('esxi-03');
    expect(await tree.getByRole('treeitem', { selected: true }).textContent()).toContain('ESXi-03');

    const search = page.getByRole('textbox', { name: 'Find in the outline' });
    await search.fill('esxi-02');
    await page.getByText('1 match', { exact: true }).waitFor();
    await search.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await tree.getByRole('treeitem', { selected: true }).textContent()).toContain('ESXi-02');
    // What is selected is what the inspector shows.
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByText('ESXi-02')
      .or(page.locator('[aria-label="Inspector"] input[value="ESXi-02"]'))
      .first()
      .waitFor();
    await search.fill('nothing of the kind');
    await page.getByText('Nothing matches “nothing of the kind”').waitFor();
    // What is selected is in sight again once everything is shown.
    await search.fill('');
    await tree.getByRole('treeitem', { name: /^ESXi-02/, selected: true }).waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('hides what carries a tag', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await openSample(page, app.url);
    await page.getByRole('button', { name: 'Tags' }).click();
    const tags = page.getByRole('dialog', { name: 'Tags' });
    await tags.waitFor();
    const ticks = tags.getByRole('checkbox');
    if ((await ticks.count()) === 0) {
      await tags.getByText('Nothing carries a tag yet.').waitFor();
    } else {
      await ticks.first().click();
      await page.getByRole('button', { name: 'Tags: 1 hidden' }).waitFor();
      await tags.getByRole('button', { name: 'Show all' }).click();
      expect(await ticks.first().getAttribute('aria-checked')).toBe('true');
    }
  });

  test.each(['light', 'dark'] as const)(
    'has nothing that axe finds serious, %s',
    async (scheme) => {
      await using app = await serveApp();
      await using browser = await openBrowser({ scheme });
      const { page } = browser;
      await openSample(page, app.url);
      await page.getByRole('tree', { name: 'Outline' }).focus();
      await page.keyboard.press('ArrowDown');
      for (const tab of ['Flows', 'Trace', 'Checks', 'History']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.waitForTimeout(300);
        await expectAccessible(page);
      }
      expect(browser.complaints).toEqual([]);
    },
  );
});
