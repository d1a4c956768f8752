import { describe, expect, test } from 'vitest';
import { drawioOf } from '../../../src-main/interop/drawio/index.ts';
import { parseDesign } from '../../../src-main/model/validate.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { unfoldedBoxes } from '../../../src-renderer/geometry/scene-boxes.ts';
import { oneOfEverything } from '../../model/one-of-everything.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { cellsIn, textOf } from './drawings.ts';
import { placeOf, readByMaxGraph } from './maxgraph.ts';

function designOf(parts: Record<string, unknown>): Design {
  const parsed = parseDesign({ hopscope: 1, name: 'Test', ...parts });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}

describe.each(sampleNames)('%s as maxGraph reads it', (name) => {
  const design = sample(name);
  const boxes = unfoldedBoxes(design);
  const text = textOf(drawioOf(design, boxes));

  test('has a cell for everything that is drawn', async () => {
    const cells = await readByMaxGraph(text);
    const all = [...cells.values()];
    const count = <T>(list: readonly T[] | undefined): number => list?.length ?? 0;
    const boxCount =
      count(design.sites) + count(design.segments) + count(design.nodes) + count(design.clusters);
    const attached = (design.nodes ?? []).flatMap(({ interfaces = [] }) =>
      interfaces.filter(({ segment }) => segment !== undefined),
    );
    const isLabel = ({ id }: { id: string | null }) => /#(from|to)$/.test(id ?? '');
    expect(all.filter((cell) => cell.isVertex() && !isLabel(cell))).toHaveLength(boxCount);
    const edges = all.filter((cell) => cell.isEdge());
    const isMember = ({ id }: { id: string | null }) => id?.startsWith('member:') === true;
    expect(edges.filter((cell) => !isMember(cell))).toHaveLength(
      attached.length + count(design.links) + count(design.stretches),
    );
  });

  test('joins the ends of every connector to what the design joins', async () => {
    const cells = await readByMaxGraph(text);
    for (const { id, interfaces = [] } of design.nodes ?? []) {
      for (const port of interfaces) {
        if (port.segment === undefined) continue;
        const edge = cells.get(`interface:${id}/${port.id}`);
        expect(edge?.source?.id).toBe(`node:${id}`);
        expect(edge?.target?.id).toBe(`segment:${port.segment}`);
      }
    }
    for (const { id, a, b } of design.links ?? []) {
      const edge = cells.get(`link:${id}`);
      expect([edge?.source?.id, edge?.target?.id]).toEqual([`node:${a.node}`, `node:${b.node}`]);
    }
  });

  test('puts machines into their hypervisor or site, and everything where the canvas has it', async () => {
    const cells = await readByMaxGraph(text);
    for (const node of design.nodes ?? []) {
      const parent = cells.get(`node:${node.id}`)?.parent?.id;
      if ('runsOn' in node && node.runsOn) expect(parent).toBe(`node:${node.runsOn}`);
      else if (node.kind === 'hypervisor') expect(parent).toBe(`site:${node.site ?? ''}`);
    }
    for (const [ref, box] of boxes) {
      const cell = cells.get(ref);
      if (!cell) throw new Error(`${ref} is not drawn`);
      const { x, y } = placeOf(cell);
      expect([ref, x, y]).toEqual([ref, expect.closeTo(box.x, 1), expect.closeTo(box.y, 1)]);
      expect(cell.geometry?.width).toBeCloseTo(box.width, 1);
    }
  });

  test('has the layers of the views below the root', async () => {
    const cells = await readByMaxGraph(text);
    const layers = [...cells.values()].filter(({ parent }) => parent?.id === '0');
    expect(layers.map(({ value }) => value as unknown)).toEqual([
      'Underlay',
      'Overlay',
      'Kubernetes',
    ]);
    for (const segment of design.segments ?? []) {
      if (segment.kind !== 'vxlan') continue;
      expect(cells.get(`segment:${segment.id}`)?.parent?.id).toBe('layer:overlay');
    }
  });

  test('is the same bytes again', () => {
    expect(textOf(drawioOf(design, boxes))).toBe(text);
  });
});

describe('where nothing says where things stand', () => {
  const cells = cellsIn(textOf(drawioOf(sample('icp-on-vcenter'), new Map())));

  test('nothing overlaps what it does not stand in', async () => {
    const graph = await readByMaxGraph(textOf(drawioOf(sample('icp-on-vcenter'), new Map())));
    const drawn = [...graph.values()].filter(
      (cell) => cell.isVertex() && !(cell.id ?? '').includes('#'),
    );
    const siblings = Map.groupBy(drawn, ({ parent }) =>
      parent?.isVertex() ? parent.id : 'canvas',
    );
    for (const level of siblings.values()) {
      for (const [at, one] of level.entries()) {
        for (const other of level.slice(at + 1)) {
          const [a, b] = [placeOf(one), placeOf(other)];
          const apart =
            a.x + (one.geometry?.width ?? 0) <= b.x ||
            b.x + (other.geometry?.width ?? 0) <= a.x ||
            a.y + (one.geometry?.height ?? 0) <= b.y ||
            b.y + (other.geometry?.height ?? 0) <= a.y;
          expect([one.id, other.id, apart]).toEqual([one.id, other.id, true]);
        }
      }
    }
  });

  test('everything is drawn', () => {
    expect(cells.filter(({ vertex }) => vertex === '1').length).toBeGreaterThan(70);
  });
});

test('a box of no size or place that can be drawn is given one', () => {
  const design = designOf({ nodes: [{ id: 'a', kind: 'host' }] });
  for (const x of [Number.NaN, Number.POSITIVE_INFINITY, 1e300]) {
    const text = textOf(
      drawioOf(design, new Map([['node:a', { x, y: 0, width: 10, height: 10 }]])),
    );
    expect(text).not.toMatch(/NaN|Infinity|e\+/);
  }
});

test('a container grows for what has no place yet, and keeps that of the others', async () => {
  const design = designOf({
    sites: [{ id: 's', kind: 'office' }],
    nodes: [
      { id: 'a', kind: 'host', site: 's' },
      { id: 'b', kind: 'host', site: 's' },
    ],
  });
  const text = textOf(
    drawioOf(
      design,
      new Map([
        ['site:s', { x: 100, y: 100, width: 200, height: 120 }],
        ['node:a', { x: 120, y: 150, width: 160, height: 56 }],
      ]),
    ),
  );
  const cells = await readByMaxGraph(text);
  const [site, a, b] = ['site:s', 'node:a', 'node:b'].map((id) => cells.get(id));
  expect(a?.geometry).toMatchObject({ x: 20, y: 50 });
  expect(b?.geometry?.y).toBeGreaterThanOrEqual(50 + 56);
  expect(site?.geometry?.height).toBeGreaterThanOrEqual((b?.geometry?.y ?? 0) + 56);
});

test.each([
  ['"><script>alert(1)</script>'],
  ["'; DROP TABLE cells; --"],
  ['</root></mxGraphModel>&amp;<!-- ]]>'],
  ['=cmd|calc!A0'],
  ['$(rm -rf /) `id` %name% %date%'],
  ['two\nlines\tand a tab\r'],
  ['payroll\u202egpj'],
  ['bell \u0007 and \ufffe'],
])('a name can do no harm: %j', (name) => {
  const design = designOf({ nodes: [{ id: 'a', kind: 'host', name, notes: name }] });
  const text = textOf(drawioOf({ ...design, name }, new Map()));
  const cells = cellsIn(text);
  expect(cells.map(({ id }) => id)).toEqual([
    '0',
    '1',
    'node:a',
    'layer:overlay',
    'layer:kubernetes',
  ]);
  const cell = cells[2];
  // Nothing that turns text around, and no markup: the style says that labels are plain text.
  expect(cell?.['label']).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(cell?.['style']).toContain('html=0;');
  expect(cell?.['placeholders']).toBeUndefined();
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\ufffe\uffff]/);
});

test('tells everything of a design that is in no cell', () => {
  const design = oneOfEverything;
  const { leftOut } = drawioOf(design, new Map());
  const told = new Set(leftOut.map(({ ref, path }) => (path === '' ? ref : `${ref} ${path}`)));
  for (const kind of [
    'flows',
    'intents',
    'groups',
    'services',
    'ingresses',
    'workloads',
  ] as const) {
    for (const { id } of design[kind] ?? []) {
      expect([...told].some((one) => one.endsWith(`:${id}`))).toBe(true);
    }
  }
  for (const node of design.nodes ?? []) {
    for (const part of ['routes', 'firewall', 'nat', 'listeners', 'dnsServer', 'virtualIps']) {
      if (!(part in node)) continue;
      expect(told).toContain(`node:${node.id} ${part}`);
    }
  }
  expect(new Set(leftOut.map(({ text }) => text.endsWith('.')))).toEqual(new Set([false]));
});
