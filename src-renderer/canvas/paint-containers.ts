import { bottom, overlaps, right } from '../geometry/rectangle.ts';
import type { Rectangle, SceneItem } from '../geometry/scene.ts';
import { headerHeight } from '../geometry/sizes.ts';
import {
  across,
  along,
  drawIcon,
  haloIn,
  legible,
  lineWidth,
  pixelBox,
  roundedBox,
  strokeInside,
  write,
  type Frame,
} from './brush.ts';
import { iconOf, toneOf, type Palette } from './palette.ts';
import { isCard } from './parts.ts';
import { leading } from './whole-words.ts';
import type { Face } from './text.ts';

/** Names of containers stay this large, in pixels of the page, when the drawing is small. */
const smallestName = 11;

/** Sites, hypervisors and clusters that show what they hold. */
export function paintContainer(frame: Frame, item: SceneItem): void {
  switch (item.kind.is) {
    case 'site':
      paintArea(frame, item, 20);
      return;
    case 'cluster':
      paintArea(frame, item, 14, true);
      return;
    case 'node':
      paintRack(frame, item);
      return;
    case 'segment':
    case 'pod':
      return;
    default:
      item.kind satisfies never;
  }
}

/** The heads of racks hide the lines that run through them to the machines. */
export function paintContainerHead(frame: Frame, item: SceneItem): void {
  if (isRack(item)) paintRackHead(frame, item);
}

/** Names lie over the lines that run into a container. */
export function paintContainerName(frame: Frame, item: SceneItem): void {
  if (item.kind.is === 'site') paintName(frame, item, 20);
  else if (item.kind.is === 'cluster') paintName(frame, item, 14);
  else if (isRack(item)) paintRackName(frame, item);
}

const isRack = ({ kind }: SceneItem): boolean => kind.is === 'node' && kind.kind === 'hypervisor';

export const containerFaces = ({ textFace, codeFace }: Pick<Palette, 'textFace' | 'codeFace'>) => ({
  name: { family: textFace, weight: 600, size: 13 },
  detail: { family: codeFace, weight: 400, size: 11 },
});

/** How high the strip with a container's name is. */
export const headOf = ({ words }: SceneItem): number =>
  headerHeight + Math.max(0, (words?.label.length ?? 1) - 1) * leading;

/** A soft area with its name on a label in the corner. */
function paintArea(frame: Frame, item: SceneItem, radius: number, dashed = false): void {
  const { pen, palette, scale } = frame;
  const shades = palette.tones[toneOf(item)];
  const box = pixelBox(frame, item);
  pen.fillStyle = shades.wash;
  roundedBox(pen, box, radius * scale);
  pen.fill();
  pen.strokeStyle = shades.line;
  if (dashed) pen.setLineDash([6 * scale, 4 * scale]);
  strokeInside(pen, box, radius * scale, lineWidth(frame, dashed ? 1.5 : 1));
  if (dashed) pen.setLineDash([]);
}

function paintName(frame: Frame, item: SceneItem, radius: number): void {
  const { pen, palette } = frame;
  const shades = palette.tones[toneOf(item)];
  const { name: face } = containerFaces(palette);
  const icon = iconOf(item);
  if (isFar(frame)) return;

  const left = item.x + 10;
  const top = item.y + 8;
  // A still picture has no button to fold it.
  const button = frame.still ? 0 : 20;
  const textLeft = left + 28 + button;
  const room = item.width - (textLeft - item.x) - 20;
  const lines = item.words?.label ?? [item.label];
  const wide = Math.max(...lines.map((text) => frame.type.fit(text, face, room).width));
  pen.fillStyle = shades.tint;
  roundedBox(
    pen,
    pixelBox(frame, {
      x: left,
      y: top,
      width: Math.min(28 + button + wide + 12, item.width - 20),
      height: 26 + (lines.length - 1) * leading,
    }),
    Math.min(9, radius) * frame.scale,
  );
  pen.fill();
  if (button > 0) drawIcon(frame, 'unfolded', left + 4, top + 6, 14, shades.ink, 2.2);
  if (icon) drawIcon(frame, icon, left + 4 + button, top + 5, 16, shades.ink);
  lines.forEach((text, at) => {
    write(frame, {
      text,
      face,
      x: textLeft,
      y: top + 17.5 + at * leading,
      room,
      color: shades.ink,
      halo: haloIn(frame, shades.tint),
    });
  });
}

const isFar = (frame: Frame): boolean => !legible(frame, 10);

/** Pixels of the page: how high a name's tab is and may be at least, and how far letters keep from its ends. */
const tab = { height: 15, least: 11, inset: 5 };
/** Names of which less than this can be shown are left out. */
const leastLetters = 4;

/**
 * From afar names are larger than the strips that they stand in, and would lie over what the containers hold: each gets
 * a tab in the strip while it fits, else on the container's edge, where nothing else is in the way.
 */
export function paintFarNames(
  frame: Frame,
  items: readonly SceneItem[],
  isTaken: (box: Rectangle) => boolean,
): void {
  if (!isFar(frame)) return;
  const { pen, palette, ratio } = frame;
  const unit = ratio / frame.scale;
  const face: Face = { family: palette.textFace, weight: 600, size: smallestName * unit };
  const tabs: Rectangle[] = [];
  for (const item of items) {
    if (isCard(item)) continue;
    const room = item.width - 2 * tab.inset * unit;
    if (room < leastLetters * smallestName * unit) continue;
    const name = frame.type.fit(item.label, face, room);
    if (name.width < Math.min(room / 2, leastLetters * smallestName * unit * 0.5)) continue;
    const width = name.width + 2 * tab.inset * unit;
    const inside = headerHeight >= tab.least * unit;
    const height = inside ? Math.min(headerHeight, tab.height * unit) : tab.height * unit;
    const x = inside ? item.x + 4 * unit : item.x;
    const above = item.y - height;
    const places = inside
      ? [{ x, y: item.y + (headerHeight - height) / 2, width, height }]
      : [
          { x, y: above, width, height },
          { x: right(item) - width, y: above, width, height },
          { x, y: bottom(item), width, height },
        ];
    const box = places.find(
      (place) => !tabs.some((other) => overlaps(other, place)) && (inside || !isTaken(place)),
    );
    if (!box) continue;
    tabs.push(box);
    const shades = palette.tones[toneOf(item)];
    pen.fillStyle = shades.tint;
    roundedBox(pen, pixelBox(frame, box), 4 * ratio);
    pen.fill();
    write(frame, {
      text: item.label,
      face,
      x: box.x + tab.inset * unit,
      y: box.y + box.height / 2 + 4 * unit,
      room,
      color: shades.ink,
    });
  }
}

/** A rack: a head with its name, and rails with holes at both sides. */
function paintRack(frame: Frame, item: SceneItem): void {
  const { pen, palette, scale } = frame;
  const shades = palette.tones[toneOf(item)];
  const box = pixelBox(frame, item);
  const radius = 10 * scale;
  pen.fillStyle = shades.wash;
  roundedBox(pen, box, radius);
  pen.fill();

  if (scale / frame.ratio > 0.35) paintRails(frame, item);
  pen.strokeStyle = shades.line;
  if (item.down) pen.setLineDash([5 * scale, 4 * scale]);
  strokeInside(pen, box, radius, lineWidth(frame, 1));
  pen.setLineDash([]);
}

function paintRackHead(frame: Frame, item: SceneItem): void {
  const { pen, palette, scale } = frame;
  const shades = palette.tones[toneOf(item)];
  const box = pixelBox(frame, item);
  const radius = 10 * scale;
  const line = lineWidth(frame, 1);
  const head = Math.min(Math.round(headOf(item) * scale), box.height);
  pen.fillStyle = shades.tint;
  pen.beginPath();
  pen.roundRect(box.x + line, box.y + line, box.width - 2 * line, head - line, [
    radius,
    radius,
    0,
    0,
  ]);
  pen.fill();
  pen.fillStyle = shades.line;
  pen.fillRect(box.x, box.y + head, box.width, line);
}

function paintRackName(frame: Frame, item: SceneItem): void {
  const { pen, palette, scale } = frame;
  const shades = palette.tones[toneOf(item)];
  const { name, detail } = containerFaces(palette);
  if (isFar(frame)) return;
  const button = frame.still ? 0 : 22;
  if (button > 0) drawIcon(frame, 'unfolded', item.x + 14, item.y + 13, 14, shades.ink, 2.2);
  drawIcon(frame, 'hypervisor', item.x + 14 + button, item.y + 12, 16, shades.ink);
  const left = item.x + 38 + button;
  const room = item.width - 38 - button - 44;
  const halo = haloIn(frame, shades.tint);
  const lines = item.words?.label ?? [item.label];
  let used = 0;
  lines.forEach((text, at) => {
    const y = item.y + 24.5 + at * leading;
    used = write(frame, { text, face: name, x: left, y, room, color: palette.ink, halo });
  });
  write(frame, {
    text: item.detail,
    face: detail,
    x: left + used + 10,
    y: item.y + 24.5 + (lines.length - 1) * leading,
    room: room - used - 10,
    color: palette.inkSoft,
    halo,
  });
  // Lamps: lit when it is up.
  for (let lamp = 0; lamp < 3; lamp += 1) {
    pen.fillStyle = item.down ? palette.cardLine : lamp === 0 ? palette.good : shades.line;
    pen.beginPath();
    pen.arc(
      across(frame, item.x + item.width - 18 - lamp * 10),
      along(frame, item.y + 20),
      2.5 * scale,
      0,
      7,
    );
    pen.fill();
  }
}

const rail = 12;
const holeEvery = 24;

function paintRails(frame: Frame, item: SceneItem): void {
  const { pen, palette, scale } = frame;
  const shades = palette.tones[toneOf(item)];
  const top = along(frame, item.y + headOf(item));
  const height = along(frame, item.y + item.height) - top;
  const lines = lineWidth(frame, 1);
  pen.fillStyle = shades.tint;
  pen.fillRect(across(frame, item.x + rail), top, lines, height);
  pen.fillRect(across(frame, item.x + item.width - rail) - lines, top, lines, height);
  pen.fillStyle = shades.line;
  pen.beginPath();
  const size = 2 * scale;
  for (let y = headOf(item) + holeEvery / 2; y < item.height - holeEvery / 2; y += holeEvery) {
    for (const x of [rail / 2, item.width - rail / 2]) {
      const cx = (item.x + x) * scale + frame.x;
      const cy = (item.y + y) * scale + frame.y;
      pen.moveTo(cx + size, cy);
      pen.arc(cx, cy, size, 0, 7);
    }
  }
  pen.fill();
}
