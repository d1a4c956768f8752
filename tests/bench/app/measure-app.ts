/** The whole app with a large design, by the mouse: frames beside the floor, and what each edit costs the window. */
import type { Page } from 'playwright-core';
import type { Point, Rectangle } from '../../../src-renderer/geometry/scene.ts';
import { openBrowser } from '../../e2e/app.ts';
import {
  drag,
  gestures,
  measureGestures,
  textOf,
  timesOf,
  wheel,
  type Times,
} from '../canvas/frames.ts';
import { largeDesign } from '../canvas/large-design.ts';
import { table } from '../table.ts';
import { buildPages, openApp } from './open-app.ts';
import { watch, type Watched, type Work } from './window.ts';

/** How often each edit is made. */
const rounds = 5;
/** Pixels of the page around what is made to fit, and how large it may become. */
const fitMargin = { top: 60, side: 40 };
const fitScale = 1.5;

/** The app's window, and where on it things of the design are. */
class Bench {
  readonly page: Page;
  readonly watched: Watched;
  readonly #layout: ReadonlyMap<string, Rectangle>;
  #box: Rectangle = { x: 0, y: 0, width: 0, height: 0 };
  #fitted: Rectangle = { x: 0, y: 0, width: 1, height: 1 };

  constructor(page: Page, watched: Watched, design: ReturnType<typeof largeDesign>) {
    this.page = page;
    this.watched = watched;
    this.#layout = new Map(
      (design.layout ?? []).map(({ id, x, y, width = 160, height = 56 }) => [
        id,
        { x, y, width, height },
      ]),
    );
  }

  get surface() {
    return this.page.getByRole('application', { name: 'Drawing of the network' });
  }
  get find() {
    return this.page.getByLabel('Find in the outline');
  }
  get middle(): Point {
    const { x, y, width, height } = this.#box;
    return { x: x + width / 2, y: y + height / 2 };
  }
  get box(): Rectangle {
    return this.#box;
  }
  rectangleOf(ref: string): Rectangle {
    const found = this.#layout.get(ref);
    if (!found) throw new Error(`${ref} is not placed`);
    return found;
  }
  row(name: string) {
    return this.page.getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`) });
  }

  /** Opens what the host was started with, and waits until the outline shows it. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.getByRole('treeitem').first().waitFor();
    const box = await this.surface.boundingBox();
    if (!box) throw new Error('there is no canvas');
    this.#box = box;
  }
  async fitAll(): Promise<void> {
    await this.surface.focus();
    await this.page.keyboard.press('Shift+1');
  }
  /** Brings a container into view by its row in the outline. */
  async fit(name: string, ref: string): Promise<void> {
    await this.find.fill(ref);
    await this.row(name).dblclick();
    await this.find.fill('');
    this.#fitted = this.rectangleOf(ref);
  }
  /** Where the middle of a thing is on the page, a container being fitted. */
  at(ref: string, by: Point = { x: 0, y: 0 }): Point {
    const { x, y, width, height } = this.rectangleOf(ref);
    const { width: wide, height: high } = this.#fitted;
    const scale = Math.min(
      (this.#box.width - 2 * fitMargin.side) / wide,
      (this.#box.height - fitMargin.top - fitMargin.side) / high,
      fitScale,
    );
    const middle = this.middle.y + (fitMargin.top - fitMargin.side) / 2;
    return {
      x: this.middle.x + (x + width / 2 + by.x - this.#fitted.x - wide / 2) * scale,
      y: middle + (y + height / 2 + by.y - this.#fitted.y - high / 2) * scale,
    };
  }

  async frames(deed: () => Promise<void>): Promise<Times> {
    await this.page.waitForTimeout(400);
    return timesOf(await this.watched.frames(deed));
  }
}

/** Lines to print: the app with a design of so many nodes, beside the floor on the page at the address. */
export async function measureApp(count: number, floorUrl: string): Promise<readonly string[]> {
  const design = largeDesign(count);
  await using pages = await buildPages();
  await using app = await openApp(pages.folder, design);
  await using browser = await openBrowser();
  const { page } = browser;
  // A machine that is busy with other things takes its time; what it takes is told, not judged.
  page.setDefaultTimeout(180_000);
  const bench = new Bench(page, await watch(page), design);

  const opened = await bench.watched.work(() => bench.open(app.url));
  const gestureTimes = await measureAppGestures(bench);
  const deeds = await measureDeeds(bench);
  const complaints = [...browser.complaints];

  await using other = await openBrowser({
    width: Math.round(bench.box.width),
    height: Math.round(bench.box.height),
  });
  other.page.setDefaultTimeout(180_000);
  await other.page.goto(floorUrl);
  const floorMs = await other.page.evaluate<number, unknown>(
    (given) =>
      (
        globalThis as unknown as { drawing: { floor(design: unknown): Promise<number> } }
      ).drawing.floor(given),
    design,
  );
  const floor = await measureGestures(other.page, bench.rectangleOf('site:dc-0'));

  return [
    `the whole app, ${design.nodes?.length ?? 0} nodes; ms between frames, median (p95)`,
    table(
      ['', 'floor', 'app', 'ratio'],
      gestures.map((gesture, index) => {
        const [low, high] = [floor[index], gestureTimes[index]];
        if (!low || !high) throw new Error(`${gesture} is not measured`);
        return [gesture, textOf(low), textOf(high), (high.median / low.median).toFixed(2)];
      }),
    ),
    '',
    `text to project file ${app.importMs.toFixed(0)} ms; page to picture ${opened.deedMs.toFixed(0)} ms (floor, without host and file: ${floorMs.toFixed(0)} ms)`,
    '',
    'what is done; longest piece of work of the window, ms on the processor, and wait for the answer, ms; median (p95)',
    table(
      ['', 'window', 'answer'],
      [...deeds, ['open', [opened]] as const].map(([name, works]) => [
        name,
        textOf(timesOf(works.map(({ longestMs }) => longestMs))),
        works.some(({ answerMs }) => answerMs > 0)
          ? textOf(timesOf(works.map(({ answerMs }) => answerMs)))
          : '',
      ]),
    ),
    ...complaints.map((complaint) => `page: ${complaint}`),
  ];
}

async function measureAppGestures(bench: Bench): Promise<readonly Times[]> {
  const { page } = bench;
  const { middle } = bench;
  const aside = { x: middle.x + 60, y: middle.y + 20 };
  const reach = Math.min(bench.box.width, bench.box.height) * 0.275;
  const tool = (name: string) =>
    page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name }).click();
  const pan = async () => {
    await tool('Move the view');
    const times = await bench.frames(() => drag(page, middle, reach));
    await tool('Select');
    return times;
  };
  const zoom = async () => {
    await page.keyboard.down('Control');
    const times = await bench.frames(() => wheel(page, aside));
    await page.keyboard.up('Control');
    return times;
  };
  const times: Times[] = [];

  await bench.fitAll();
  times.push(await pan());
  await bench.fitAll();
  times.push(await zoom());
  await bench.fit('Data centre 1', 'site:dc-0');
  times.push(await pan());
  await bench.fit('Data centre 1', 'site:dc-0');
  times.push(await zoom());
  await bench.fit('Data centre 1', 'site:dc-0');
  const machine = bench.at('node:vm-2-7');
  times.push(
    await bench.frames(() => drag(page, machine, reach * 0.7, () => page.keyboard.press('Escape'))),
  );
  return times;
}

/** What somebody does to a rack in the middle of the design, each some times over. */
async function measureDeeds(
  bench: Bench,
): Promise<readonly (readonly [name: string, works: readonly Work[]])[]> {
  const { page, watched } = bench;
  const works = new Map<string, Work[]>();
  const work = async (name: string, deed: () => Promise<void>): Promise<void> => {
    const done = await watched.work(deed);
    const others = works.get(name);
    if (others) others.push(done);
    else works.set(name, [done]);
  };
  const edit = (name: string, deed: () => Promise<void>) => work(name, deed);
  const hold = async (from: Point, to: Point) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
  };

  for (let round = 0; round < rounds; round += 1) {
    const rack = round + 1;
    const hypervisor = `Hypervisor ${rack + 1}`;
    await bench.fit(hypervisor, `node:host-${rack}`);
    await bench.fit(hypervisor, `node:host-${rack}`);
    await page.keyboard.press('Escape');
    const one = `node:vm-${rack}-7`;
    await work('select one', () => page.mouse.click(bench.at(one).x, bench.at(one).y));
    await edit('move one', () => hold(bench.at(one), bench.at(one, { x: 0, y: 16 })));
    await edit('undo the move', () => page.keyboard.press('Control+z'));
    await edit('rename one', async () => {
      await page.keyboard.press('F2');
      await page.keyboard.type(`Renamed ${round}`);
      await page.keyboard.press('Enter');
    });
    const tile = await page.getByRole('button', { name: 'Add VM', exact: true }).boundingBox();
    if (!tile) throw new Error('the palette has no VM');
    const spot = bench.at(`node:host-${rack}`, { x: 0, y: 190 });
    await edit('add one', () => hold({ x: tile.x + 10, y: tile.y + 10 }, spot));
    await bench.surface.focus();
    await edit('delete one', () => page.keyboard.press('Delete'));
    await edit('undo the deletion', () => page.keyboard.press('Control+z'));
    await work('find in the outline', () => bench.find.fill(`node:host-${rack}`));
    await bench.row(hypervisor).click();
    await bench.find.fill('');
    await bench.surface.focus();
    await edit('fold a container', () => page.keyboard.press('e'));
    await edit('unfold it', () => page.keyboard.press('e'));
    await page.keyboard.press('Escape');
    await work('another view', () => page.getByText('Underlay', { exact: true }).click());
    await work('and back', () => page.getByText('All', { exact: true }).first().click());
  }
  return [...works];
}
