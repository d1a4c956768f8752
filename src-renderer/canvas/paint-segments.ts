import type { SceneItem } from '../geometry/scene.ts';
import {
  legible,
  lineWidth,
  pixelBox,
  roundedBox,
  strokeInside,
  write,
  type Frame,
} from './brush.ts';
import { toneOf } from './palette.ts';
import type { Face } from './text.ts';

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
  paintWords(frame, item);
}

function paintWords(frame: Frame, item: SceneItem): void {
  const { palette } = frame;
  const shades = palette.tones[toneOf(item)];
  const small = item.height < 26;
  const name: Face = { family: palette.textFace, weight: 600, size: small ? 11.5 : 12.5 };
  const code: Face = { family: palette.codeFace, weight: 400, size: small ? 10.5 : 11 };
  if (!legible(frame, name.size)) return;

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
    const face: Face = { family: palette.textFace, weight: 500, size: small ? 10 : 10.5 };
    write(frame, {
      text: item.tag,
      face,
      x: end,
      y: baseline - 0.4,
      room: end - x - 10,
      color: shades.ink,
      align: 'right',
    });
  }
}
