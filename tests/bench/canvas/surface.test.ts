import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser } from '../../e2e/app.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { sample } from '../../samples/samples.ts';
import { serveDrawing } from './open-page.ts';

/** The page's own functions are called by their text: its program is not part of this one. */
const call = <Answer = void>(page: Page, work: string): Promise<Answer> =>
  page.evaluate<Answer>(`(() => { const { drawing } = window; return ${work}; })()`);

interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}
const viewport = (page: Page) => call<Viewport>(page, 'drawing.canvas.viewport');

describeRequiring(['chromium'], 'the drawing surface in a browser', () => {
  let served: Awaited<ReturnType<typeof serveDrawing>>;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let page: Page;
  const design = sample('icp-on-vcenter');

  beforeAll(async () => {
    served = await serveDrawing();
    browser = await openBrowser({ width: 1280, height: 800 });
    page = browser.page;
    await page.goto(served.url);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await served[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await page.evaluate(
      ([given]) =>
        (
          globalThis as unknown as { drawing: { show: (...of: unknown[]) => Promise<number> } }
        ).drawing.show(given, { view: 'all', hiddenTags: [] }, []),
      [design] as const,
    );
    await painted();
  });

  /** What is asked of the next frame is done by the one after it. */
  const painted = () =>
    page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))',
    );

  /** The view is at rest when the test says so, and not when a slow machine has shown no frame in that time. */
  const holdRest = () =>
    page.evaluate(`{
      const { setTimeout, clearTimeout } = window;
      const held = new Map();
      window.setTimeout = (work) => {
        held.set(-1 - held.size, work);
        return -held.size;
      };
      window.clearTimeout = (timer) => {
        if (held.has(timer)) held.set(timer, undefined);
        else clearTimeout.call(window, timer);
      };
      window.comeToRest = () => {
        Object.assign(window, { setTimeout, clearTimeout });
        for (const work of held.values()) work?.();
      };
    }`);
  const comeToRest = () => call(page, 'comeToRest()');

  /** Colours of a spot on one of the two canvases, in pixels of the page. */
  const colours = (canvas: 0 | 1, x: number, y: number) =>
    call<number[]>(
      page,
      `(() => {
        const one = document.querySelectorAll('#drawing canvas')[${canvas}];
        const box = one.getBoundingClientRect();
        const by = one.width / box.width;
        return [...one.getContext('2d').getImageData((${x} - box.x) * by, (${y} - box.y) * by, 1, 1).data];
      })()`,
    );
  const centreOf = (ref: string) =>
    call<{ x: number; y: number }>(
      page,
      `(() => {
        const { scene, canvas } = drawing;
        const { x, y, width, height } = scene.items[scene.indexOf.get('${ref}')];
        return canvas.toPixels({ x: x + width * 0.9, y: y + height * 0.2 });
      })()`,
    );

  test('shows all of the design, and finds at each card what is drawn there', async () => {
    const missed = await call<string[]>(
      page,
      `drawing.scene.items.filter((item, index) => {
        if (item.container && !item.collapsed) return false;
        const at = drawing.canvas.toPixels({ x: item.x + item.width / 2, y: item.y + item.height / 2 });
        const hit = drawing.canvas.hit(at);
        return hit.index !== index || at.x < 0 || at.y < 0 || at.x > 1280 || at.y > 800;
      }).map((item) => item.ref)`,
    );
    expect(missed).toEqual([]);
  });

  test('the wheel moves the view, with shift sideways; with control it zooms where the pointer is', async () => {
    await call(page, `drawing.canvas.setWheel('pan')`);
    await page.mouse.move(400, 300);
    const before = await viewport(page);
    await page.mouse.wheel(0, 60);
    await expect.poll(async () => (await viewport(page)).y).toBeCloseTo(before.y - 60);
    expect((await viewport(page)).x).toBeCloseTo(before.x);

    await page.keyboard.down('Shift');
    await page.mouse.wheel(0, 60);
    await page.keyboard.up('Shift');
    await expect.poll(async () => (await viewport(page)).x).toBeCloseTo(before.x - 60);

    const units = (at: Viewport) => [(400 - at.x) / at.scale, (300 - at.y) / at.scale];
    const pinned = units(await viewport(page));
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await expect
      .poll(async () => (await viewport(page)).scale)
      .toBeGreaterThan(before.scale * 1.05);
    const after = units(await viewport(page));
    expect(after[0]).toBeCloseTo(pinned[0] ?? NaN);
    expect(after[1]).toBeCloseTo(pinned[1] ?? NaN);
  });

  test('zooms no further than its limits', async () => {
    await call(page, `drawing.canvas.setWheel('zoom')`);
    await page.mouse.move(600, 400);
    for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, -1500);
    await expect.poll(async () => (await viewport(page)).scale).toBe(4);
    for (let turn = 0; turn < 24; turn += 1) await page.mouse.wheel(0, 1500);
    await expect.poll(async () => (await viewport(page)).scale).toBe(0.02);
  });

  test('only moves its picture while the view moves, and draws it anew at rest', async () => {
    const rest = 'matrix(1, 0, 0, 1, -640, -400)';
    const seen = () => call<string[]>(page, 'window.seenTransforms');
    await page.mouse.move(640, 20);
    await page.mouse.down();
    await holdRest();
    await page.evaluate(`{
      window.seenTransforms = [];
      const { style } = document.querySelector('#drawing canvas');
      const look = () => {
        if (seenTransforms.at(-1) !== style.transform) seenTransforms.push(style.transform);
        requestAnimationFrame(look);
      };
      look();
    }`);
    await page.mouse.move(680, 50);
    const moved = 'matrix(1, 0, 0, 1, -600, -370)';
    await expect.poll(seen).toEqual([rest, moved]);
    await comeToRest();
    await expect.poll(seen).toEqual([rest, moved, rest]);
    await page.mouse.up();
  });

  test('draws what is opened and made to fit once', async () => {
    await page.evaluate(`{
      window.pictures = 0;
      const ground = document.querySelector('#drawing canvas');
      const fill = CanvasRenderingContext2D.prototype.fillRect;
      window.giveBack = () => { CanvasRenderingContext2D.prototype.fillRect = fill; };
      CanvasRenderingContext2D.prototype.fillRect = function (x, y, width, height) {
        if (this.canvas === ground && width === ground.width && height === ground.height) pictures++;
        fill.call(this, x, y, width, height);
      };
    }`);
    await holdRest();
    await page.evaluate(`{
      drawing.canvas.setScene({ ...drawing.scene });
      drawing.canvas.fit({ x: 0, y: 0, width: 900, height: 700 });
    }`);
    await painted();
    // It is as sharp as can be already.
    await comeToRest();
    await painted();
    expect(await call<number>(page, 'pictures')).toBe(1);
    await call(page, 'giveBack()');
  });

  test('stretches the small picture of it all where the view goes beyond, and draws no box anew', async () => {
    const filled = () =>
      call<number[]>(
        page,
        `(() => {
          const one = document.querySelector('#small canvas');
          const { data } = one.getContext('2d').getImageData(0, 0, one.width, one.height);
          let [left, right] = [one.width, 0];
          for (let at = 3; at < data.length; at += 4) {
            if (data[at] < 250) continue;
            const x = ((at - 3) / 4) % one.width;
            left = Math.min(left, x);
            right = Math.max(right, x);
          }
          return [left / one.width, right / one.width];
        })()`,
      );
    await page.evaluate(`{
      window.small = drawing.minimap();
      const { x, y, width, height } = drawing.scene.bounds;
      window.all = { x, y, width, height };
      small.setView({ ...all });
    }`);
    await painted();
    await page.evaluate(`{
      window.boxes = 0;
      const { prototype } = OffscreenCanvasRenderingContext2D;
      const fill = prototype.fillRect;
      window.giveBack = () => { prototype.fillRect = fill; };
      prototype.fillRect = function (...box) { boxes++; fill.apply(this, box); };
      small.setView({ ...all, x: all.x - all.width, width: all.width * 2 });
    }`);
    await painted();
    expect(await call<number>(page, 'boxes')).toBe(0);
    // What was all of it is the right half now.
    const [left = 0, right = 1] = await filled();
    expect(left).toBeLessThan(0.1);
    expect(right).toBeGreaterThan(0.9);
    await page.evaluate('{ giveBack(); small.destroy(); }');
  });

  test('lifts what is dragged out of the picture, and puts it back', async () => {
    const at = await centreOf('node:fcr');
    const card = await colours(0, at.x, at.y);
    expect(await colours(1, at.x, at.y)).toEqual([0, 0, 0, 0]);

    await call(
      page,
      `drawing.canvas.lift([drawing.scene.indexOf.get('node:fcr')], { x: 0, y: -90 })`,
    );
    await painted();
    expect(await colours(0, at.x, at.y)).not.toEqual(card);
    const { scale } = await viewport(page);
    expect(await colours(1, at.x, at.y - 90 * scale)).toEqual(card);

    await call(page, 'drawing.canvas.lift(undefined)');
    await painted();
    expect(await colours(0, at.x, at.y)).toEqual(card);
    expect(await colours(1, at.x, at.y - 90 * scale)).toEqual([0, 0, 0, 0]);
  });

  test('fits a part into the view with a margin', async () => {
    await call(page, 'drawing.fit({ x: 100, y: 100, width: 2000, height: 200 })');
    const { scale, x, y } = await viewport(page);
    expect(scale).toBeCloseTo((1280 - 80) / 2000);
    expect(x + 100 * scale).toBeCloseTo(40);
    // Above, the tools lie on it.
    expect(y + 200 * scale).toBeCloseTo(410);
  });

  test('takes everything away that it put on the page', async () => {
    await call(page, 'drawing.canvas.destroy()');
    expect(await call<number>(page, `document.querySelectorAll('#drawing *').length`)).toBe(0);
    expect(browser.complaints.filter((text) => !text.includes('willReadFrequently'))).toEqual([]);
  });
});
