import { describe, expect, test } from 'vitest';
import { ranges } from '../../../src-renderer/canvas/paint-hops.ts';
import { SvgPen } from '../../../src-renderer/canvas/svg-pen.ts';

const pen = () => new SvgPen('Sans', (text, { size }) => text.length * size);

/** The data of the path that is stroked. */
function path(draw: (on: SvgPen) => void): string {
  const on = pen();
  on.beginPath();
  draw(on);
  on.stroke();
  return / d="([^"]*)"/.exec(on.elements[0] ?? '')?.[1] ?? '';
}

describe('what the drawing does, as the text of a picture', () => {
  test.each<[what: string, draw: (on: SvgPen) => void, data: string]>([
    [
      'a line',
      (on) => {
        on.moveTo(1, 2);
        on.lineTo(3.456, 4);
      },
      'M1 2L3.46 4',
    ],
    ['a line from nowhere', (on) => on.lineTo(3, 4), 'M3 4'],
    ['a circle', (on) => on.arc(10, 10, 5, 0, 7), 'M15 10A5 5 0 1 1 5 10A5 5 0 1 1 15 10Z'],
    ['a quarter', (on) => on.arc(0, 0, 2, 0, Math.PI / 2), 'M2 0A2 2 0 0 1 0 2'],
    // From (0, 0) towards (10, 0), then down: a corner to the right turns with the clock.
    [
      'a corner',
      (on) => {
        on.moveTo(0, 0);
        on.arcTo(10, 0, 10, 10, 4);
      },
      'M0 0L6 0A4 4 0 0 1 10 4',
    ],
    [
      'the other way',
      (on) => {
        on.moveTo(0, 0);
        on.arcTo(10, 0, 10, -9, 4);
      },
      'M0 0L6 0A4 4 0 0 0 10 -4',
    ],
    [
      'no corner',
      (on) => {
        on.moveTo(0, 0);
        on.arcTo(5, 0, 9, 0, 4);
      },
      'M0 0L5 0',
    ],
    ['a box', (on) => on.rect(1, 2, 3, 4), 'M1 2h3v4h-3Z'],
    [
      'a round box',
      (on) => on.roundRect(0, 0, 10, 8, 2),
      'M2 0h6a2 2 0 0 1 2 2v4a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v-4a2 2 0 0 1 2 -2Z',
    ],
    [
      'round at the top',
      (on) => on.roundRect(0, 0, 10, 8, [2, 2, 0, 0]),
      'M2 0h6a2 2 0 0 1 2 2v6h-10v-6a2 2 0 0 1 2 -2Z',
    ],
  ])('%s', (_what, draw, data) => {
    expect(path(draw)).toBe(data);
  });

  test.each([
    ['#12ab9f', 1, '"#12ab9f"'],
    ['rgb(22 32 44 / 7%)', 1, '"#16202c" fill-opacity="0.07"'],
    ['rgb(0, 255, 16)', 0.5, '"#00ff10" fill-opacity="0.5"'],
  ])('colour %s at %d', (color, alpha, written) => {
    const on = pen();
    on.fillStyle = color;
    on.globalAlpha = alpha;
    on.fillRect(0, 0, 1, 1);
    expect(on.elements).toEqual([`<rect x="0" y="0" width="1" height="1" fill=${written}/>`]);
  });

  test('texts are texts, as wide as they were measured, and never markup', () => {
    const on = pen();
    on.font = '600 10px Sans';
    on.fillText('\u2068<a&"b>\u0001\u2069', 1, 2);
    expect(on.elements).toEqual([
      '<text x="1" y="2" font-size="10" font-weight="600" textLength="90" lengthAdjust="spacingAndGlyphs" fill="#000">&lt;a&amp;&quot;b&gt;</text>',
    ]);
  });
});

test.each([
  [[1], '1'],
  [[3, 1, 2], '1–3'],
  [[1, 2, 5, 7, 8], '1–2, 5, 7–8'],
  [[4, 4], '4'],
])('hops %j are numbered %s', (numbers, text) => {
  expect(ranges(numbers)).toBe(text);
});
