import type { SceneItem, Words } from '../geometry/scene.ts';
import {
  haloIn,
  legible,
  lineWidth,
  pixelBox,
  roundedBox,
  strokeInside,
  write,
  type Frame,
} from './brush.ts';
import { toneOf, type Palette } from './palette.ts';
import { leading, writeLines } from './whole-words.ts';

/** Bars lower than this have their words in one line in the middle; larger areas have them in the corner. */
const barHeight = 56;
/** Narrower bars have their name underneath. */
const narrow = 120;

export function paintSegment(frame: Frame, item: SceneItem): void {
  const { pen, palette, scale } = frame;
  const shades = palette.tones[toneOf(item)];
  const box = pixelBox(frame, item);
  const radius = Math.min(item.height / 2, 10) * scale;
  pen.fillStyle = shades.tint;
  roundedBox(pen, box, radius);
  pen.fill();
  pen.strokeStyle = shades.line;
  strokeInside(pen, box, radius, lineWidth(frame, 1.25));
}

/** What is written on bars. */
export function segmentFaces(
  { textFace, codeFace }: Pick<Palette, 'textFace' | 'codeFace'>,
  { height }: Pick<SceneItem, 'height'>,
) {
  const small = height < 26;
  return {
    name: { family: textFace, weight: 600, size: small ? 11.5 : 12.5 },
    detail: { family: codeFace, weight: 400, size: small ? 10.5 : 11 },
    tag: { family: textFace, weight: 500, size: small ? 10 : 10.5 },
  };
}

/** The words lie over what runs along the bar. */
export function paintSegmentWords(frame: Frame, item: SceneItem): void {
  const { palette } = frame;
  const shades = palette.tones[toneOf(item)];
  const { name, detail: code, tag } = segmentFaces(palette, item);
  if (!legible(frame, name.size)) return;
  if (item.words) {
    paintWhole(frame, item, item.words);
    return;
  }

  if (item.width < narrow) {
    const y = item.y + item.height + 16;
    const about = {
      x: item.x + item.width / 2,
      room: 200,
      align: 'center',
      halo: palette.ground,
    } as const;
    write(frame, { ...about, text: item.label, face: name, y, color: shades.ink });
    write(frame, { ...about, text: item.detail, face: code, y: y + 15, color: palette.inkSoft });
    return;
  }
  const baseline = item.height < barHeight ? item.y + item.height / 2 + 4.2 : item.y + 22;
  let x = item.x + 16;
  const end = item.x + item.width - 16;
  x += write(frame, {
    text: item.label,
    face: name,
    x,
    y: baseline,
    room: end - x,
    color: shades.ink,
  });
  if (end - x > 80) {
    x += 10;
    x += write(frame, {
      text: item.detail,
      face: code,
      x,
      y: baseline,
      room: end - x,
      color: palette.inkSoft,
    });
  }
  if (item.tag !== undefined && end - x > 80) {
    write(frame, {
      text: item.tag,
      face: tag,
      x: end,
      y: baseline - 0.4,
      room: end - x - 10,
      color: shades.ink,
      align: 'right',
    });
  }
}

/** Everything in a row while it is one line each, else the name above the addresses. */
function paintWhole(frame: Frame, item: SceneItem, { label, detail }: Words): void {
  const { palette } = frame;
  const shades = palette.tones[toneOf(item)];
  const faces = segmentFaces(palette, item);
  const halo = haloIn(frame, shades.tint);
  const left = item.x + 16;
  const names = label.map((text) => ({ text, face: faces.name, color: shades.ink, halo }));
  const under = { face: faces.detail, color: palette.inkSoft, halo };
  const details = detail.map((text) => ({ text, ...under }));
  const inRow = label.length <= 1 && detail.length <= 1;
  const rows = inRow ? 1 : names.length + details.length;
  const isArea = item.height >= barHeight && inRow;
  const y = item.y + (isArea ? 22 : item.height / 2 - (rows * leading) / 2 + 12);
  if (inRow) {
    const used = writeLines(frame, names, left, y);
    writeLines(frame, details, left + used + 10, y);
  } else writeLines(frame, [...names, ...details], left, y);
  if (item.tag === undefined) return;
  write(frame, {
    text: item.tag,
    face: faces.tag,
    x: item.x + item.width - 16,
    y,
    room: item.width,
    color: shades.ink,
    align: 'right',
    halo,
  });
}
