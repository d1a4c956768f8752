import type { Rectangle, SceneItem } from '../geometry/scene.ts';
import type { Frame } from './brush.ts';
import { cardFaces, wordsLeft } from './paint-cards.ts';
import { containerFaces, headOf } from './paint-containers.ts';
import { segmentFaces } from './paint-segments.ts';
import { isCard, isOpen } from './parts.ts';
import { leading } from './whole-words.ts';

/** The strip of an open container that has its name. */
export const headBox = (item: SceneItem): Rectangle => ({
  x: item.x,
  y: item.y,
  width: item.width,
  height: isCard(item) ? Math.min(56, item.height) : headOf(item),
});

/** Where the words of a box are, as far as they are known to be whole; canvas units. */
export function nameBox(
  { type, palette }: Pick<Frame, 'type' | 'palette'>,
  item: SceneItem,
): Rectangle {
  const { label, detail } = item.words ?? { label: [item.label], detail: [item.detail] };
  const wide = (lines: readonly string[], face: Parameters<typeof type.fit>[1]): number =>
    Math.max(0, ...lines.map((line) => type.fit(line, face, 100_000).width));
  const card = cardFaces(palette);
  if (item.kind.is === 'segment') {
    const faces = segmentFaces(palette, item);
    const width = wide(label, faces.name) + 10 + wide(detail, faces.detail);
    const rows = label.length <= 1 && detail.length <= 1 ? 1 : label.length + detail.length;
    const height = rows * leading;
    return { x: item.x + 16, y: item.y + (item.height - height) / 2, width, height };
  }
  if (isOpen(item) && !isCard(item)) {
    const faces = containerFaces(palette);
    // On a rack the address stands behind the name.
    const beside = item.kind.is === 'node' ? wide(detail, faces.detail) + 10 : 0;
    const width = 28 + wide(label, faces.name) + beside + 12;
    return { x: item.x + 10, y: item.y + 8, width, height: 26 + (label.length - 1) * leading };
  }
  const isPod = item.kind.is === 'pod';
  const lines = isPod ? label : [...label, ...detail];
  const width = isPod
    ? wide(label, card.pod)
    : Math.max(wide(label, card.name), wide(detail, card.detail));
  const height = lines.length * leading;
  const head = isOpen(item) ? headBox(item).height : item.height;
  const left = isPod ? wordsLeft.pod : wordsLeft.card;
  return { x: item.x + left, y: item.y + (head - height) / 2, width, height };
}
