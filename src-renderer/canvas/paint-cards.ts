import type { SceneItem } from '../geometry/scene.ts';
import { nodeSize } from '../geometry/sizes.ts';
import {
  drawIcon,
  legible,
  lineWidth,
  pixelBox,
  roundedBox,
  strokeInside,
  write,
  type Frame,
} from './brush.ts';
import { iconOf, toneOf, type Palette } from './palette.ts';
import { chipBox, isOpen, toggleBox } from './parts.ts';
import { leading, writeLines } from './whole-words.ts';

/** How far a card's shadow, chip and marks reach over its edge, in canvas units. */
export const cardMargin = 12;

/** Nodes, pods, and whatever else is folded. */
export function paintCard(frame: Frame, item: SceneItem): void {
  if (item.kind.is === 'pod') {
    paintPod(frame, item);
    return;
  }
  const { pen, palette, scale } = frame;
  const shades = palette.tones[toneOf(item)];
  const box = pixelBox(frame, item);
  const radius = 8 * scale;
  const line = lineWidth(frame, 1);

  if (item.collapsed && item.kind.is !== 'node') paintStack(frame, item);
  // A shadow one pixel low, drawn as a shape: blurring is slow.
  pen.fillStyle = palette.dark ? 'rgb(0 0 0 / 35%)' : 'rgb(22 32 44 / 7%)';
  roundedBox(pen, { ...box, y: box.y + Math.max(1, Math.round(1.5 * scale)) }, radius);
  pen.fill();
  pen.fillStyle = item.collapsed && item.kind.is !== 'node' ? shades.wash : palette.card;
  roundedBox(pen, box, radius);
  pen.fill();
  pen.strokeStyle = item.kind.is === 'node' ? palette.cardLine : shades.line;
  if (item.down) pen.setLineDash([4 * scale, 3 * scale]);
  strokeInside(pen, box, radius, line);
  pen.setLineDash([]);

  const head = isOpen(item) ? nodeSize.height : item.height;
  paintTile(frame, item, head);
  paintWords(frame, item, head);
  if (item.collapsed && item.hidden > 0) paintChip(frame, item);
  const toggle = isOpen(item) ? toggleBox(item) : undefined;
  if (toggle && !frame.still && legible(frame, 10)) {
    drawIcon(frame, 'unfolded', toggle.x + 3, toggle.y + 3, 14, palette.inkSoft, 2.2);
  }
}

/** Sheets under a folded site or cluster: there is more in it. */
function paintStack(frame: Frame, item: SceneItem): void {
  const { pen, palette, scale } = frame;
  const shades = palette.tones[toneOf(item)];
  for (const step of [2, 1]) {
    const box = pixelBox(frame, {
      x: item.x + step * 5,
      y: item.y + step * 4,
      width: item.width - step * 10,
      height: item.height,
    });
    pen.fillStyle = shades.tint;
    roundedBox(pen, box, 8 * scale);
    pen.fill();
    pen.strokeStyle = shades.line;
    strokeInside(pen, box, 8 * scale, lineWidth(frame, 1));
  }
}

export function paintTile(frame: Frame, item: SceneItem, head: number): void {
  const { pen, palette, scale } = frame;
  const shades = palette.tones[toneOf(item)];
  const size = Math.min(32, head - 16);
  const left = item.x + 12;
  const top = item.y + (head - size) / 2;
  pen.fillStyle = item.down ? palette.sunken : shades.tint;
  roundedBox(pen, pixelBox(frame, { x: left, y: top, width: size, height: size }), 7 * scale);
  pen.fill();
  const icon = item.down ? 'down' : iconOf(item);
  const inner = size * 0.5625;
  if (icon && scale / frame.ratio > 0.3) {
    const color = item.down ? palette.inkFaint : shades.ink;
    drawIcon(frame, icon, left + (size - inner) / 2, top + (size - inner) / 2, inner, color);
  }
}

/** What is written on cards and pods. */
export const cardFaces = ({ textFace, codeFace }: Pick<Palette, 'textFace' | 'codeFace'>) => ({
  name: { family: textFace, weight: 600, size: 13 },
  detail: { family: codeFace, weight: 400, size: 11 },
  pod: { family: textFace, weight: 500, size: 11.5 },
});
/** From a card's left edge to its words, and from a pod's. */
export const wordsLeft = { card: 54, pod: 29 } as const;

function paintWords(frame: Frame, item: SceneItem, head: number): void {
  const { palette } = frame;
  const { name, detail } = cardFaces(palette);
  if (!legible(frame, name.size)) return;
  const left = item.x + wordsLeft.card;
  const room = item.width - wordsLeft.card - 10;
  const middle = item.y + head / 2;
  if (item.words) {
    const { label, detail: under } = item.words;
    const color = item.down ? palette.inkSoft : palette.ink;
    const lines = [
      ...label.map((text) => ({ text, face: name, color })),
      ...under.map((text) => ({ text, face: detail, color: palette.inkSoft })),
    ];
    writeLines(frame, lines, left, middle - (lines.length * leading) / 2 + 12);
    return;
  }
  const two = item.detail !== '' && head >= 44;
  write(frame, {
    text: item.label,
    face: name,
    x: left,
    y: two ? middle - 3.5 : middle + 4.5,
    room: isOpen(item) ? room - 16 : room,
    color: item.down ? palette.inkSoft : palette.ink,
  });
  if (two && legible(frame, detail.size)) {
    write(frame, {
      text: item.detail,
      face: detail,
      x: left,
      y: middle + 13,
      room,
      color: palette.inkSoft,
    });
  }
}

/** How many things are in what is folded. */
export function paintChip(frame: Frame, item: SceneItem): void {
  const { pen, palette } = frame;
  const shades =
    palette.tones[
      item.kind.is === 'node' && item.kind.kind !== 'hypervisor' ? 'kubernetes' : toneOf(item)
    ];
  const chip = chipBox(item);
  const box = pixelBox(frame, chip);
  pen.fillStyle = shades.tint;
  roundedBox(pen, box, box.height / 2);
  pen.fill();
  pen.strokeStyle = shades.line;
  strokeInside(pen, box, box.height / 2, lineWidth(frame, 1));
  if (!legible(frame, 10)) return;
  drawIcon(frame, 'folded', chip.x + 6, chip.y + 3.5, 11, shades.ink, 2.4);
  write(frame, {
    text: String(item.hidden),
    face: { family: palette.textFace, weight: 600, size: 10.5 },
    x: chip.x + chip.width - 9,
    y: chip.y + 12.8,
    room: 60,
    color: shades.ink,
    align: 'right',
  });
}

function paintPod(frame: Frame, item: SceneItem): void {
  const { pen, palette, scale } = frame;
  const shades = palette.tones.kubernetes;
  const box = pixelBox(frame, item);
  pen.fillStyle = shades.wash;
  roundedBox(pen, box, 6 * scale);
  pen.fill();
  pen.strokeStyle = shades.line;
  if (item.down) pen.setLineDash([4 * scale, 3 * scale]);
  strokeInside(pen, box, 6 * scale, lineWidth(frame, 1));
  pen.setLineDash([]);
  const color = item.down ? palette.inkFaint : shades.ink;
  if (legible(frame, 9)) {
    drawIcon(frame, 'pod', item.x + 9, item.y + item.height / 2 - 7, 14, color, 2);
  }
  const { pod: face } = cardFaces(palette);
  if (!legible(frame, face.size)) return;
  const words = { face, color: item.down ? palette.inkSoft : palette.ink };
  const x = item.x + wordsLeft.pod;
  const middle = item.y + item.height / 2;
  if (item.words) {
    const lines = item.words.label.map((text) => ({ text, ...words }));
    writeLines(frame, lines, x, middle - (lines.length * leading) / 2 + 12);
    return;
  }
  const room = item.width - wordsLeft.pod - 8;
  write(frame, { text: item.label, ...words, x, y: middle + 4, room });
}
