import type { Page } from 'playwright-core';
import type { Point, Rectangle } from '../../../src-renderer/geometry/scene.ts';

/** Milliseconds. */
export interface Times {
  readonly median: number;
  readonly p95: number;
}

export function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}

export const textOf = ({ median, p95 }: Times): string =>
  `${median.toFixed(1)} (${p95.toFixed(1)})`;

/** In two and a half seconds, on however busy a machine. */
const leastMoves = 10;
const gestureMs = 2500;

/** A press and a movement back and forth, one event a frame as a hand makes them; `end` is done before it lets go. */
export async function drag(
  page: Page,
  from: Point,
  reach: number,
  end?: () => Promise<void>,
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const until = Date.now() + gestureMs;
  for (let step = 0; Date.now() < until; step += 1) {
    await page.mouse.move(
      from.x + Math.sin(step / 18) * reach,
      from.y + Math.cos(step / 23) * reach * 0.6,
    );
    await page.waitForTimeout(8);
  }
  await end?.();
  await page.mouse.up();
}

export async function wheel(page: Page, at: Point): Promise<void> {
  await page.mouse.move(at.x, at.y);
  const until = Date.now() + gestureMs;
  for (let step = 0; Date.now() < until; step += 1) {
    await page.mouse.wheel(0, step % 40 < 20 ? -40 : 40);
    await page.waitForTimeout(8);
  }
}

const call = <Answer>(page: Page, work: string): Promise<Answer> =>
  page.evaluate<Answer>(`(() => ${work})()`);

async function measured(page: Page, act: () => Promise<void>): Promise<Times> {
  await page.waitForTimeout(400);
  await call(page, 'drawing.measure()');
  await act();
  const frames = await call<number[]>(page, 'drawing.measured()');
  const moves = await call<number>(page, 'drawing.moves()');
  if (moves < leastMoves) throw new Error(`the mouse moved the drawing only ${moves} times`);
  return timesOf(frames);
}

/** What is measured on each page, in this order. */
export const gestures = [
  'pan, all in view',
  'wheel, all in view',
  'pan, 200 in view',
  'wheel, 200 in view',
  'drag one',
] as const;

/** The gestures on the page of the drawing alone, with all and with a part of it in view. */
export async function measureGestures(page: Page, part: Rectangle): Promise<readonly Times[]> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const middle = { x: width / 2, y: height / 2 };
  const aside = { x: middle.x + 60, y: middle.y + 20 };
  const reach = Math.min(width, height) * 0.275;
  const times: Times[] = [];
  const fit = (rectangle?: Rectangle) => call(page, `drawing.fit(${JSON.stringify(rectangle)})`);
  await fit();
  times.push(await measured(page, () => drag(page, middle, reach)));
  await fit();
  times.push(await measured(page, () => wheel(page, aside)));
  await fit(part);
  times.push(await measured(page, () => drag(page, middle, reach)));
  await fit(part);
  times.push(await measured(page, () => wheel(page, aside)));
  await fit(part);
  const node = await call<{ index: number } & Point>(
    page,
    `drawing.findNode(${JSON.stringify(part)})`,
  );
  await call(page, `drawing.dragging(${node.index})`);
  times.push(await measured(page, () => drag(page, node, reach * 0.7)));
  await call(page, 'drawing.dragging(undefined)');
  return times;
}
