import { DOMParser, type Element } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import { localPictures } from '../../src-main/hosts/local/pictures.ts';
import type { Design } from '../../src-main/model/design.ts';
import { onPaper, readableOn, sheets } from '../../src-main/report/paper.ts';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { wayOf } from '../../src-main/app/reports/picture.ts';
import { sample, sampleNames } from '../samples/samples.ts';

const pages = {
  wanted: [readableOn(sheets.a4), readableOn(sheets.upright)],
  largest: readableOn(sheets.a3),
};
const views = ['all', 'underlay', 'overlay', 'kubernetes'] as const;

interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const elements = (svg: string, tag: string): readonly Element[] => [
  ...new DOMParser().parseFromString(svg, 'image/svg+xml').getElementsByTagName(tag),
];
const number = (element: Element, name: string): number => Number(element.getAttribute(name));

/** Points, of the smallest letters on the page that the picture comes on. */
function smallestLetters(picture: Picture, ownPage: boolean): number {
  const scale = onPaper(picture, { ownPage }).width / picture.width;
  return Math.min(
    ...elements(picture.svg, 'text').map((text) => number(text, 'font-size') * scale),
  );
}

const wordsOf = ({ svg }: Picture): readonly string[] => [
  ...new Set(elements(svg, 'text').map(({ textContent }) => textContent ?? '')),
];

/** Letters without what lines are broken at. */
const closed = (texts: readonly string[]): string => texts.join('').replaceAll(/\s/g, '');

/** The box of each text, as far out as letters of its size reach. */
function boxesOf({ svg }: Picture) {
  return elements(svg, 'text').map((text) => {
    const size = number(text, 'font-size');
    const [x, y] = [number(text, 'x'), number(text, 'y')];
    return {
      text: text.textContent ?? '',
      weight: text.getAttribute('font-weight'),
      x,
      y: y - size * 0.75,
      width: number(text, 'textLength'),
      height: size,
    };
  });
}

type Box = ReturnType<typeof boxesOf>[number];
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function flowPictures(design: Design): readonly (Picture & { readonly id: string })[] {
  const network = compile(design);
  return (design.flows ?? []).flatMap((flow) => {
    const way = wayOf(simulate(network, flow));
    const picture = way && localPictures.draw(design, { view: 'all', title: flow.id, way });
    return picture ? [{ ...picture, id: flow.id }] : [];
  });
}

const figuresOf = (design: Design) =>
  views.flatMap((view) => localPictures.figures(design, { view, title: 'x', pages }));

/** Names that no box was made for, and more machines than a page has room for. */
function wide(): Design {
  const long = (at: number) => `${'a-name-that-goes-on-and-on '.repeat(7)}${'x'.repeat(60)} ${at}`;
  return {
    hopscope: 1,
    name: 'wide',
    segments: [
      {
        id: 'lan',
        kind: 'lan',
        name: long(0),
        subnets: [{ cidr: '2001:db8:1234:5678::/64' }, { cidr: '10.0.0.0/16' }],
      },
    ],
    nodes: Array.from({ length: 200 }, (_, at) => ({
      id: `h${at}`,
      name: at % 3 === 0 ? long(at) : `h${at}`,
      kind: 'host' as const,
      interfaces: [
        {
          id: 'eth0',
          segment: 'lan',
          addresses: [`10.0.${at >> 8}.${at & 255}/16`],
        },
      ],
    })),
  } as unknown as Design;
}

const designs: readonly (readonly [string, () => Design])[] = [
  ...sampleNames.map((name) => [name, () => sample(name)] as const),
  ['a wide design with long names', wide],
];

describe.each(designs)('figures of %s', (_name, make) => {
  const design = make();
  const figures = figuresOf(design);
  const flows = flowPictures(design);

  test('no letter is smaller than six points on paper', () => {
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) expect(smallestLetters(figure, true)).toBeGreaterThanOrEqual(6);
    for (const flow of flows) {
      expect(smallestLetters(flow, false), flow.id).toBeGreaterThanOrEqual(6);
    }
  });

  test('no word is cut, and every node is in a figure by its whole name', () => {
    const words = [...figures, ...flows].flatMap(wordsOf);
    expect(words.filter((word) => word.includes('…'))).toEqual([]);
    const all = figures.map((figure) =>
      closed(elements(figure.svg, 'text').map(({ textContent }) => textContent ?? '')),
    );
    for (const { id, name = id } of design.nodes ?? []) {
      expect(
        all.some((text) => text.includes(closed([name]))),
        name,
      ).toBe(true);
    }
  });

  test('what is drawn lies within the picture, with a margin', () => {
    for (const { svg, width, height } of [...figures, ...flows]) {
      for (const box of boxesOf({ svg, width, height })) {
        expect(box.x, box.text).toBeGreaterThan(0);
        expect(box.x + box.width, box.text).toBeLessThan(width);
        expect(box.y, box.text).toBeGreaterThan(0);
        expect(box.y + box.height, box.text).toBeLessThan(height);
      }
      for (const path of elements(svg, 'path')) {
        if (path.hasAttribute('transform')) continue;
        for (const [, x = '0', y = '0'] of (path.getAttribute('d') ?? '').matchAll(
          /[ML]([-\d.]+) ([-\d.]+)/g,
        )) {
          expect(Number(x)).toBeGreaterThan(8);
          expect(Number(x)).toBeLessThan(width - 8);
          expect(Number(y)).toBeGreaterThan(8);
          expect(Number(y)).toBeLessThan(height - 8);
        }
      }
    }
  });

  test('no number of a hop lies on a name or an address', () => {
    for (const flow of flows) {
      const texts = boxesOf(flow);
      const isNumber = ({ text }: Box) => /^\d+(–\d+)?(, \d+(–\d+)?)*$/.test(text);
      const numbers = texts.filter((box) => isNumber(box) && box.height === 12);
      expect(numbers.length, flow.id).toBeGreaterThan(0);
      for (const one of numbers) {
        const badge = { ...one, x: one.x - 6, y: one.y - 4, width: one.width + 12, height: 20 };
        const hidden = texts.filter((other) => !isNumber(other) && overlap(badge, other));
        expect(
          hidden.map(({ text }) => text),
          `${flow.id}: ${one.text}`,
        ).toEqual([]);
      }
    }
  });
});

test('what is folded in an overview has a figure of its own', () => {
  const [overview, ...parts] = localPictures.figures(sample('icp-on-vcenter'), {
    view: 'all',
    title: 'x',
    pages,
  });
  expect(overview).toMatchObject({ of: [], overview: true });
  expect(wordsOf(overview ?? { svg: '', width: 0, height: 0 })).not.toContain('ESG');
  const esxi = parts.find(({ of }) => of.includes('node:esxi-01'));
  expect(wordsOf(esxi ?? { svg: '', width: 0, height: 0 })).toContain('ESG');
});

test('the same design gives the same figures', () => {
  const design = sample('iks-on-ibm-cloud');
  expect(figuresOf(design)).toEqual(figuresOf(design));
});
