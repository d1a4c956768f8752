/** Our drawings in draw.io itself: opened, painted, edited and saved. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { drawioOf } from '../../../src-main/interop/drawio/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { boxesOf, linesOf, unfoldedScene } from '../../../src-renderer/geometry/scene-boxes.ts';
import { oneOfEverything } from '../../model/one-of-everything.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { hostileDesigns } from '../hostile-names.ts';
import { cellsIn, imported, textOf } from './drawings.ts';
import { openProgram, type Opened, type Ui } from './program.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const designs: readonly (readonly [string, Design])[] = [
  ...sampleNames.map((name) => [name, sample(name)] as const),
  ['one of everything', oneOfEverything],
  ...hostileDesigns().map(({ design }, at) => [`hostile names ${at + 1}`, design] as const),
];

function drawn(design: Design) {
  const scene = unfoldedScene(design);
  const boxes = boxesOf(scene);
  const lines = linesOf(scene);
  return { boxes, lines, text: textOf(drawioOf(design, boxes, lines)) };
}

const near = (value: number) => expect.closeTo(value, 1) as number;

describeRequiring(['chromium'], 'in draw.io itself', () => {
  let program: Awaited<ReturnType<typeof openProgram>>;
  beforeAll(async () => {
    program = await openProgram();
  });
  afterAll(() => program[Symbol.asyncDispose]());

  describe.each(designs)('%s', (_, design) => {
    const { boxes, lines, text } = drawn(design);
    const written = cellsIn(text);
    let cells: readonly Opened[];
    let saved: string;
    const cell = (id: string) => cells.find((one) => one.id === id);
    beforeAll(async () => {
      await program.open(text);
      cells = await program.cells();
      saved = await program.save();
    });

    test('opens without a word, as one page with a layer for each view', async () => {
      expect(await program.dialogs()).toEqual([]);
      expect(program.complaints).toEqual([]);
      expect(program.elsewhere()).toEqual([]);
      expect(await program.pages()).toEqual([imported(text).design.name]);
      const layers = cells.filter(({ parent }) => parent === '0');
      expect(layers.map(({ label }) => label)).toEqual(['Underlay', 'Overlay', 'Kubernetes']);
    });

    test('has every cell, painted with its label and nothing but text', () => {
      expect(cells.map(({ id }) => id).sort()).toEqual(written.map(({ id }) => id).sort());
      for (const { id = '', label, value } of written) {
        const wanted = label ?? value ?? '';
        const found = cell(id);
        expect([id, found?.label]).toEqual([id, wanted]);
        const isPainted = found?.is !== 'other' && wanted !== '';
        expect([id, found?.painted]).toEqual([id, isPainted ? wanted : undefined]);
        expect(found?.elements.filter((name) => !textElements.has(name))).toEqual([]);
      }
    });

    test('has boxes and lines where the canvas has them, joined to their ends', () => {
      for (const [ref, { x, y, width, height }] of boxes) {
        const place = { x: near(x), y: near(y), width: near(width), height: near(height) };
        expect([ref, cell(ref)?.box]).toEqual([ref, place]);
      }
      for (const [id, corners] of lines) {
        const line = cell(id);
        expect([id, line?.corners]).toEqual([
          id,
          corners.map(({ x, y }) => ({ x: near(x), y: near(y) })),
        ]);
      }
      for (const { id = '', edge, source, target } of written) {
        if (edge !== '1') continue;
        expect([id, cell(id)?.source, cell(id)?.target]).toEqual([id, source, target]);
      }
    });

    test('saved again, compressed, is the same design with the same remarks', () => {
      expect(saved).toContain('<diagram ');
      expect(saved).not.toContain('<mxCell');
      expect(imported(saved)).toEqual(imported(text));
    });
  });

  test('what somebody does with a drawing in it comes back', async () => {
    const design = sample('icp-on-vcenter');
    await program.open(drawn(design).text);
    await program.frame.evaluate(() => {
      const { graph } = (globalThis as unknown as { ui: Ui }).ui.editor;
      const cell = (id: string) => graph.model.getCell(id);
      graph.cellLabelChanged(cell('node:vcenter'), 'vCenter, renamed\n10.208.17.2');
      graph.moveCells([cell('node:boot')], 0, 0, false, cell('node:esxi-01'));
      graph.duplicateCells([cell('node:mirror')]);
      graph.removeCells([cell('interface:on-prem-dns/eth0')]);
      graph.model.setTerminal(
        cell('interface:enterprise-user/eth0'),
        cell('segment:app-lan'),
        false,
      );
      const site = cell('site:on-premises');
      const printer = graph.insertVertex(site, null, 'printer\n172.16.10.9', 20, 420, 160, 56);
      graph.insertEdge(site, null, '', printer, cell('segment:users'));
    });
    const { design: back, remarks } = imported(await program.save());
    const node = (id: string) => back.nodes?.find((one) => one.id === id);
    const segmentsOf = (id: string) => node(id)?.interfaces?.map(({ segment }) => segment);
    expect(node('vcenter')).toMatchObject({ name: 'vCenter, renamed', runsOn: 'esxi-01' });
    expect(node('boot')).toMatchObject({ runsOn: 'esxi-01' });
    expect(node('mirror-2')).toMatchObject({ kind: 'host', runsOn: 'esxi-03' });
    expect(segmentsOf('on-prem-dns')).toEqual([undefined]);
    expect(segmentsOf('enterprise-user')).toEqual(['app-lan']);
    expect(node('printer')).toMatchObject({
      site: 'on-premises',
      interfaces: [{ segment: 'users', addresses: ['172.16.10.9/24'] }],
    });
    expect(remarks).toEqual([
      expect.stringMatching(/: a copy of node mirror: it is called mirror-2$/),
    ]);
    expect(back.nodes).toHaveLength((design.nodes?.length ?? 0) + 2);
  });
});

const textElements = new Set(['g', 'text', 'rect', 'clipPath']);
