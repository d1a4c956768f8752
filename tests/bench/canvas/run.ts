/**
 * How long a frame takes while a mouse moves the drawing, beside a canvas that has next to nothing to draw, in the same
 * browser on the same machine: of the canvas alone at each size, then of the whole app at the largest, with what edits
 * cost there. `npm run bench:canvas [nodes…]`; with `--app` the app alone.
 */
import process from 'node:process';
import type { Page } from 'playwright-core';
import type { Finding } from '../../../src-main/checks/finding.ts';
import type { Rectangle } from '../../../src-renderer/geometry/scene.ts';
import { openBrowser } from '../../e2e/app.ts';
import { measureApp } from '../app/measure-app.ts';
import { gestures, measureGestures, textOf, type Times } from './frames.ts';
import { largeDesign } from './large-design.ts';
import { serveDrawing } from './open-page.ts';

interface Measured {
  readonly loadMs: number;
  readonly times: readonly Times[];
}

/** What of the page's own functions is called here; the page itself is not part of this program. */
interface DrawingPage {
  readonly drawing: {
    show(design: unknown, choice: unknown, findings: unknown): Promise<number>;
    floor(design: unknown): Promise<number>;
  };
}

const size = { width: 1280, height: 800 };
/** About two hundred boxes of the design. */
const part: Rectangle = { x: 0, y: 0, width: 4300, height: 2700 };

async function measure(page: Page, load: () => Promise<number>): Promise<Measured> {
  const loadMs = await load();
  return { loadMs, times: await measureGestures(page, part) };
}

/** A mark on every hundredth machine, half of them on an interface. */
function someFindings(design: ReturnType<typeof largeDesign>): readonly Finding[] {
  return (design.nodes ?? [])
    .filter((_, index) => index % 100 === 5)
    .map(({ id }, index) => {
      const at = {
        entity: `node:${id}`,
        path: '',
        segments: index % 2 === 0 ? ['interfaces', 0] : [],
      };
      const severity = index % 3 === 0 ? 'warning' : 'error';
      const words = { code: 'bench', text: '', detail: {} };
      return { ...words, severity, at, places: [at], related: [] } as unknown as Finding;
    });
}

const given = process.argv.slice(2).map(Number).filter(Number.isFinite);
const counts = given.length > 0 ? given : [1000, 5000, 20_000];
const isAppAlone = process.argv.includes('--app');
const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

await using served = await serveDrawing();
for (const count of isAppAlone ? [] : counts) {
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
  gestures.forEach((gesture, index) => {
    const low = floor.times[index];
    const high = canvas.times[index];
    if (!low || !high) return;
    const ratio = (high.median / low.median).toFixed(2).padStart(8);
    say(`${gesture.padEnd(22)}${textOf(low).padStart(14)}${textOf(high).padStart(14)}${ratio}`);
  });
  const load = [floor.loadMs, canvas.loadMs]
    .map((ms) => `${ms.toFixed(0)} ms`.padStart(14))
    .join('');
  say(`${'load'.padEnd(22)}${load}`);
  for (const complaint of browser.complaints) say(`page: ${complaint}`);
  say();
}
for (const line of await measureApp(Math.max(...counts), served.url)) say(line);
