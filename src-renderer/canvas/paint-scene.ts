import { indexOfRoutes, type EdgeRoutes } from '../geometry/edge-routes.ts';
import { indexOfItems } from '../geometry/item-index.ts';
import { grown } from '../geometry/rectangle.ts';
import type { Rectangle, Scene, SceneItem } from '../geometry/scene.ts';
import { lineWidth, type Frame } from './brush.ts';
import { paintCard } from './paint-cards.ts';
import {
  paintContainer,
  paintContainerHead,
  paintContainerName,
  paintFarNames,
} from './paint-containers.ts';
import { paintEdgeLabels, paintEdges, paintJunctions } from './paint-edges.ts';
import { markAt, paintMark } from './paint-marks.ts';
import { paintSegment, paintSegmentWords } from './paint-segments.ts';
import { toneOf, type Tone } from './palette.ts';
import { isOpen } from './parts.ts';

/** Cards that were drawn before, as bitmaps. */
export interface KeptCards {
  draw(frame: Frame, item: SceneItem, exact: boolean): void;
}

export interface Picture {
  readonly scene: Scene;
  readonly routes: EdgeRoutes;
  /** Left out: what is being dragged. */
  readonly without?: { readonly items: ReadonlySet<number>; readonly edges: ReadonlySet<number> };
  readonly cards?: KeptCards;
  /** Whether cards have to be drawn at this very scale. */
  readonly exact: boolean;
  /** What is drawn over lines and bars, and under cards and all that is written. */
  readonly way?: (frame: Frame) => void;
}

/** Cards lower than this, in pixels of the page, are drawn as plain boxes, one colour after the other. */
const plainBelow = 14;
/** And lower than this without their borders and tiles. */
const blockBelow = 22;
/** Labels, chips and marks reach this far out of their boxes. */
const reach = 120;

/** Draws what lies in a part of the scene, from the ground up. */
export function paintScene(
  frame: Frame,
  { scene, routes, without, cards, exact, way }: Picture,
  part: Rectangle,
): void {
  const { items } = scene;
  const wanted = grown(part, Math.min(reach, (reach * frame.ratio) / frame.scale));
  const skip = without?.items;
  const visible = indexOfItems(items).search(wanted);
  const edges = indexOfRoutes(routes).search(wanted);
  const drawnEdges = without ? edges.filter((edge) => !without.edges.has(edge)) : edges;

  const segments: SceneItem[] = [];
  const leaves: SceneItem[] = [];
  const open: SceneItem[] = [];
  for (const index of visible) {
    const item = items[index];
    if (!item || skip?.has(index)) continue;
    if (isOpen(item)) open.push(item);
    else if (item.kind.is === 'segment') segments.push(item);
    else leaves.push(item);
  }

  for (const item of open) paintOpen(frame, item);
  paintEdges(frame, scene, routes, drawnEdges);
  for (const item of open) paintContainerHead(frame, item);
  const near = paintBars(frame, segments);
  paintJunctions(frame, scene, routes, drawnEdges);
  way?.(frame);
  for (const item of open) paintContainerName(frame, item);
  for (const item of near) paintSegmentWords(frame, item);
  paintLeaves(frame, leaves, cards, exact);
  paintEdgeLabels(frame, scene, drawnEdges);
  // Outer ones first: where two names meet, that of the smaller thing is left out.
  const byDepth = open.toSorted((a, b) => a.depth - b.depth);
  const stands = (index: number): boolean => {
    const item = items[index];
    return item !== undefined && !isOpen(item) && !skip?.has(index);
  };
  paintFarNames(frame, byDepth, (box) => indexOfItems(items).some(box, stands));
  for (const fault of scene.faults) {
    if (skip?.has(fault.item ?? -1) || without?.edges.has(fault.edge ?? -1)) continue;
    const at = markAt(scene, routes, fault);
    if (at && isIn(wanted, at)) paintMark(frame, fault.severity, at);
  }
}

const isIn = (box: Rectangle, { x, y }: { readonly x: number; readonly y: number }): boolean =>
  x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;

export function paintOpen(frame: Frame, item: SceneItem): void {
  if (item.kind.is === 'node' && item.kind.kind !== 'hypervisor') paintCard(frame, item);
  else paintContainer(frame, item);
}

/** Answers those that are near enough to have words. */
function paintBars(frame: Frame, segments: readonly SceneItem[]): readonly SceneItem[] {
  const far = (32 * frame.scale) / frame.ratio < 8;
  if (!far) {
    for (const item of segments) paintSegment(frame, item);
    return segments;
  }
  for (const [tone, alike] of byTone(segments)) {
    frame.pen.fillStyle = frame.palette.tones[tone].fill;
    for (const item of alike) fillBox(frame, item, 2);
  }
  return [];
}

function paintLeaves(
  frame: Frame,
  leaves: readonly SceneItem[],
  cards: KeptCards | undefined,
  exact: boolean,
): void {
  const plain: SceneItem[] = [];
  const framed: SceneItem[] = [];
  for (const item of leaves) {
    const height = (item.height * frame.scale) / frame.ratio;
    if (height < (item.kind.is === 'pod' ? plainBelow / 2 : plainBelow)) plain.push(item);
    else if (height < blockBelow && item.kind.is === 'node') framed.push(item);
    else if (cards) cards.draw(frame, item, exact);
    else paintCard(frame, item);
  }
  for (const [tone, alike] of byTone(plain)) {
    frame.pen.fillStyle = frame.palette.tones[tone].fill;
    for (const item of alike) fillBox(frame, item, 1);
  }
  for (const [tone, alike] of byTone(framed)) paintFramed(frame, tone, alike);
}

/** Cards too small for words: border, ground and the tile of their kind, one style after the other. */
function paintFramed(frame: Frame, tone: Tone, items: readonly SceneItem[]): void {
  const { pen, palette, scale } = frame;
  const line = lineWidth(frame, 1);
  const inset = Math.max(line, Math.round(8 * scale));
  pen.fillStyle = palette.cardLine;
  for (const item of items) fillBox(frame, item, 2);
  pen.fillStyle = palette.card;
  for (const item of items) {
    const x = Math.round(item.x * scale + frame.x) + line;
    const y = Math.round(item.y * scale + frame.y) + line;
    pen.fillRect(
      x,
      y,
      Math.round(item.width * scale) - 2 * line,
      Math.round(item.height * scale) - 2 * line,
    );
  }
  pen.fillStyle = palette.tones[tone].fill;
  for (const item of items) {
    const size = Math.round(item.height * scale) - 2 * inset;
    pen.fillRect(
      Math.round(item.x * scale + frame.x) + inset,
      Math.round(item.y * scale + frame.y) + inset,
      size,
      size,
    );
  }
}

function fillBox({ pen, scale, x, y }: Frame, item: SceneItem, least: number): void {
  pen.fillRect(
    Math.round(item.x * scale + x),
    Math.round(item.y * scale + y),
    Math.max(Math.round(item.width * scale), least),
    Math.max(Math.round(item.height * scale), least),
  );
}

function byTone(items: readonly SceneItem[]): ReadonlyMap<Tone, readonly SceneItem[]> {
  const groups = new Map<Tone, SceneItem[]>();
  for (const item of items) {
    const tone = toneOf(item);
    const group = groups.get(tone);
    if (group) group.push(item);
    else groups.set(tone, [item]);
  }
  return groups;
}

/** The dots that things snap to, where they are far enough apart to be seen. */
export function paintGround(frame: Frame, width: number, height: number): void {
  const { pen, palette, scale, ratio } = frame;
  pen.fillStyle = palette.ground;
  pen.fillRect(0, 0, width, height);
  let step = 32 * scale;
  if (step / ratio < 14) step *= 4;
  if (step / ratio < 14) return;
  const size = Math.max(1, Math.round(ratio));
  pen.fillStyle = palette.dot;
  const modulo = (value: number): number => ((value % step) + step) % step;
  for (let y = modulo(frame.y); y < height; y += step) {
    for (let x = modulo(frame.x); x < width; x += step)
      pen.fillRect(Math.round(x), Math.round(y), size, size);
  }
}
