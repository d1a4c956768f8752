import type { EdgeKind, ItemKind, Scene, SceneItem } from '../geometry/scene.ts';
import { write, type Frame } from './brush.ts';
import { paintChip, paintTile } from './paint-cards.ts';
import { paintEdges } from './paint-edges.ts';
import { paintBadge } from './paint-hops.ts';
import { paintWay } from './paint-overlay.ts';
import { paintSegment } from './paint-segments.ts';
import { linesOf } from './whole-words.ts';
import type { Measure } from './text.ts';
import type { TracePath } from './types.ts';

/** What the things of a drawing are called. */
export interface LegendWords {
  readonly site: (kind: Extract<ItemKind, { is: 'site' }>['kind']) => string;
  readonly node: (kind: Extract<ItemKind, { is: 'node' }>) => string;
  readonly segment: (kind: Extract<ItemKind, { is: 'segment' }>['kind']) => string;
  readonly cluster: string;
  readonly pod: string;
  readonly edge: (kind: EdgeKind) => string;
  readonly folded: string;
  readonly down: string;
  readonly hop: string;
  readonly way: Readonly<Record<TracePath['tone'], string>>;
}

export interface LegendEntry {
  readonly text: string;
  /** Draws the sample in a field of 48 by 28 canvas units. */
  readonly paint: (frame: Frame, x: number, y: number) => void;
}

/** Canvas units. */
const field = { width: 48, height: 28 };
const cell = { width: 262, height: 34 };
const face = { weight: 400, size: 12 } as const;

/** What the drawings show, each once: places and machines, networks, lines, signs. */
export function legendEntries(
  scenes: readonly Scene[],
  words: LegendWords,
  ways: readonly TracePath['tone'][],
): readonly LegendEntry[] {
  const items = new Map<string, LegendEntry>();
  const bars = new Map<string, LegendEntry>();
  const lines = new Map<string, LegendEntry>();
  for (const { items: boxes, edges } of scenes) {
    for (const item of boxes) {
      const { kind } = item;
      if (kind.is === 'segment') {
        if (!bars.has(kind.kind)) bars.set(kind.kind, bar(words.segment(kind.kind), item));
        continue;
      }
      const text = nameOf(kind, words);
      if (!items.has(text)) items.set(text, tile(text, { ...item, down: false }));
    }
    for (const { kind } of edges) {
      if (!lines.has(kind)) lines.set(kind, line(words.edge(kind), kind));
    }
  }
  const isFolded = scenes.some((scene) =>
    scene.items.some(({ collapsed, hidden }) => collapsed && hidden > 0),
  );
  const down = scenes.flatMap((scene) => scene.items.filter((item) => item.down)).at(0);
  return [
    ...items.values(),
    ...bars.values(),
    ...lines.values(),
    ...(isFolded ? [chip(words.folded)] : []),
    ...(down ? [tile(words.down, down)] : []),
    ...[...new Set(ways)].map((tone) => way(words.way[tone], tone)),
    ...(ways.length > 0 ? [badge(words.hop, ways[0] ?? 'good')] : []),
  ];
}

function nameOf(kind: Exclude<ItemKind, { is: 'segment' }>, words: LegendWords): string {
  switch (kind.is) {
    case 'site':
      return words.site(kind.kind);
    case 'node':
      return words.node(kind);
    case 'cluster':
      return words.cluster;
    case 'pod':
      return words.pod;
    default:
      return kind satisfies never;
  }
}

const at = (
  item: Pick<SceneItem, 'kind' | 'down'>,
  box: { x: number; y: number; width: number; height: number },
): SceneItem => ({
  ref: 'pod:legend',
  label: '',
  detail: '',
  parent: -1,
  depth: 0,
  container: false,
  collapsed: false,
  hidden: 0,
  ...item,
  ...box,
});

const tile = (text: string, { kind, down }: SceneItem): LegendEntry => ({
  text,
  paint: (frame, x, y) =>
    paintTile(
      frame,
      at({ kind, down }, { x: x - 2, y: y - 8, width: field.width, height: 44 }),
      44,
    ),
});

const bar = (text: string, { kind }: SceneItem): LegendEntry => ({
  text,
  paint: (frame, x, y) =>
    paintSegment(frame, at({ kind, down: false }, { x, y: y + 5, width: field.width, height: 18 })),
});

const line = (text: string, kind: EdgeKind): LegendEntry => ({
  text,
  paint(frame, x, y) {
    const lan = at({ kind: { is: 'segment', kind: 'lan' }, down: false }, { x, y, ...field });
    const middle = y + field.height / 2;
    const edge = { id: 'legend', kind, from: 0, to: 0, fromLabel: '', toLabel: '', down: false };
    const scene = { items: [lan], edges: [edge] };
    const points = Float64Array.of(x, middle, x + field.width, middle);
    const routes = { points, start: Uint32Array.of(0, 4), rank: Uint8Array.of(0) };
    paintEdges(frame, scene, routes, [0]);
  },
});

const chip = (text: string): LegendEntry => ({
  text,
  paint: (frame, x, y) =>
    paintChip(frame, {
      ...at(
        { kind: { is: 'node', kind: 'hypervisor' }, down: false },
        { x, y: y - 22, width: 56, height: 36 },
      ),
      hidden: 6,
    }),
});

const way = (text: string, tone: TracePath['tone']): LegendEntry => ({
  text,
  paint(frame, x, y) {
    const middle = y + field.height / 2;
    const ends = [
      { x, y: middle },
      { x: x + field.width, y: middle },
    ];
    paintWay(frame, ends, tone, 1);
  },
});

const badge = (text: string, tone: TracePath['tone']): LegendEntry => ({
  text,
  paint: (frame, x, y) =>
    paintBadge(frame, { text: '2–4', x: x + 4, y: y + 4, width: 40, height: 20 }, tone),
});

/** How large a legend of so many columns comes out. */
export function legendSize(entries: readonly LegendEntry[], columns: number) {
  const rows = Math.ceil(entries.length / columns);
  return { width: columns * cell.width + 24, height: rows * cell.height + 24 };
}

/** In columns, from above to below. */
export function paintLegend(
  frame: Frame,
  entries: readonly LegendEntry[],
  columns: number,
  measure: Measure,
): void {
  const rows = Math.ceil(entries.length / columns);
  const letters = { family: frame.palette.textFace, ...face };
  entries.forEach(({ text, paint }, index) => {
    const x = 12 + Math.floor(index / rows) * cell.width;
    const y = 12 + (index % rows) * cell.height;
    paint(frame, x, y + 3);
    const left = x + field.width + 12;
    const room = cell.width - field.width - 24;
    const lines = linesOf(text, letters, room, measure);
    lines.forEach((one, row) => {
      const baseline = y + cell.height / 2 + 4.3 + (row - (lines.length - 1) / 2) * 14;
      write(frame, {
        text: one,
        face: letters,
        x: left,
        y: baseline,
        room,
        color: frame.palette.ink,
      });
    });
  });
}
