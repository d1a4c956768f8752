/**
 * How long a frame takes while a mouse moves the drawing, beside a canvas that has next to nothing to draw, in the same
 * browser on the same machine. `npm run bench:canvas [nodes…]`
 */
import process from 'node:process';
import type { Page } from 'playwright-core';
import type { Finding } from '../../../src-main/checks/finding.ts';
import type { Rectangle } from '../../../src-renderer/geometry/scene.ts';
import { openBrowser } from '../../e2e/app.ts';
import { largeDesign } from './large-design.ts';
import { serveDrawing } from './open-page.ts';

interface Times {
  readonly median: number;
  readonly p95: number;
}
interface Measured {
  readonly loadMs: number;
  readonly times: readonly Times[];
}

/** What of the page's own functions is called here; the page itself is not part of this program. */
interface DrawingPage {
  readonly drawing: {
    show(design: unknown, choice: unknown, findings: unknown): Promise<number>;
    floor(design: unknown): Promise<number>;
    fit(rectangle?: Rectangle): void;
    dragging(index: number | undefined): void;
    measure(): void;
    measured(): readonly number[];
    findNode(rectangle: Rectangle): { index: number; x: number; y: number };
  };
}

/** In two and a half seconds, on however busy a machine. */
const leastMoves = 10;

const size = { width: 1280, height: 800 };
const middle = { x: size.width / 2, y: size.height / 2 };
/** About two hundred boxes of the design. */
const part: Rectangle = { x: 0, y: 0, width: 4300, height: 2700 };
const columns = [
  'pan, all in view',
  'wheel, all in view',
  'pan, 200 in view',
  'wheel, 200 in view',
  'drag one',
] as const;

const call = <Answer>(page: Page, work: string): Promise<Answer> =>
  page.evaluate<Answer>(`(() => ${work})()`);

async function measured(page: Page, act: () => Promise<void>): Promise<Times> {
  await page.waitForTimeout(400);
  await call(page, 'drawing.measure()');
  await act();
  const frames = await call<number[]>(page, 'drawing.measured()');
  const moves = await call<number>(page, 'drawing.moves()');
  if (moves < leastMoves) throw new Error(`the mouse moved the drawing only ${moves} times`);
  const sorted = frames.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/** A press and a movement back and forth, one event a frame as a hand makes them. */
async function drag(page: Page, from: { x: number; y: number }, reach: number): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const until = Date.now() + 2500;
  for (let step = 0; Date.now() < until; step += 1) {
    await page.mouse.move(
      from.x + Math.sin(step / 18) * reach,
      from.y + Math.cos(step / 23) * reach * 0.6,
    );
    await page.waitForTimeout(8);
  }
  await page.mouse.up();
}

async function wheel(page: Page): Promise<void> {
  await page.mouse.move(middle.x + 60, middle.y + 20);
  const until = Date.now() + 2500;
  for (let step = 0; Date.now() < until; step += 1) {
    await page.mouse.wheel(0, step % 40 < 20 ? -40 : 40);
    await page.waitForTimeout(8);
  }
}

async function measure(page: Page, load: () => Promise<number>): Promise<Measured> {
  const loadMs = await load();
  const times: Times[] = [];
  const fit = (rectangle?: Rectangle) => call(page, `drawing.fit(${JSON.stringify(rectangle)})`);
  await fit();
  times.push(await measured(page, () => drag(page, middle, 220)));
  await fit();
  times.push(await measured(page, () => wheel(page)));
  await fit(part);
  times.push(await measured(page, () => drag(page, middle, 220)));
  await fit(part);
  times.push(await measured(page, () => wheel(page)));
  await fit(part);
  const node = await call<{ index: number; x: number; y: number }>(
    page,
    `drawing.findNode(${JSON.stringify(part)})`,
  );
  await call(page, `drawing.dragging(${node.index})`);
  times.push(await measured(page, () => drag(page, node, 160)));
  await call(page, 'drawing.dragging(undefined)');
  return { loadMs, times };
}

/** A mark on every hundredth machine, half of them on an interface. */
function someFindings(design: ReturnType<typeof largeDesign>): readonly Finding[] {
  return (design.nodes ?? [])
    .filter((_, index) => index % 100 === 5)
    .map(
      ({ id }, index) =>
        ({
          code: 'bench',
          severity: index % 3 === 0 ? 'warning' : 'error',
          at: {
            entity: `node:${id}`,
            path: '',
            segments: index % 2 === 0 ? ['interfaces', 0] : [],
          },
          text: '',
          detail: {},
          related: [],
        }) as unknown as Finding,
    );
}

const counts = process.argv.slice(2).map(Number).filter(Number.isFinite);
const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

await using served = await serveDrawing();
for (const count of counts.length > 0 ? counts : [1000, 5000, 20_000]) {
  await using browser = await openBrowser(size);
  const { page } = browser;
  await page.goto(served.url);
  const design = largeDesign(count);
  const findings = someFindings(design);
  const show = (name: 'floor' | 'show'): Promise<number> =>
    page.evaluate(
      ([how, given, marks]) => {
        const { drawing } = globalThis as unknown as DrawingPage;
        return how === 'floor'
          ? drawing.floor(given)
          : drawing.show(given, { view: 'all', hiddenTags: [] }, marks);
      },
      [name, design, findings] as const,
    );
  const floor = await measure(page, () => show('floor'));
  const canvas = await measure(page, () => show('show'));

  const edges = (design.nodes ?? []).reduce(
    (sum, { interfaces }) => sum + (interfaces?.length ?? 0),
    0,
  );
  say(
    `${design.nodes?.length ?? 0} nodes, ${edges} edges, ${findings.length} marks; ms between frames, median (p95)`,
  );
  say(`${''.padEnd(22)}${'floor'.padStart(14)}${'canvas'.padStart(14)}${'ratio'.padStart(8)}`);
  columns.forEach((column, index) => {
    const low = floor.times[index];
    const high = canvas.times[index];
    if (!low || !high) return;
    const text = ({ median, p95 }: Times): string =>
      `${median.toFixed(1)} (${p95.toFixed(1)})`.padStart(14);
    const ratio = (high.median / low.median).toFixed(2).padStart(8);
    say(`${column.padEnd(22)}${text(low)}${text(high)}${ratio}`);
  });
  const load = [floor.loadMs, canvas.loadMs]
    .map((ms) => `${ms.toFixed(0)} ms`.padStart(14))
    .join('');
  say(`${'load'.padEnd(22)}${load}`);
  for (const complaint of browser.complaints) say(`page: ${complaint}`);
  say();
}
