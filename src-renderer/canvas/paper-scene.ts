import type { Scene, SceneItem, Words } from '../geometry/scene.ts';
import { collapsedSize, nodeSize, podSize, segmentSize } from '../geometry/sizes.ts';
import { respaced, type Need, type Slack } from '../geometry/spacing.ts';
import { visibleText } from '../i18n/visible-text.ts';
import { cardFaces, wordsLeft } from './paint-cards.ts';
import { containerFaces, headOf } from './paint-containers.ts';
import { segmentFaces } from './paint-segments.ts';
import type { Palette } from './palette.ts';
import { isCard, isOpen } from './parts.ts';
import type { Face, Measure } from './text.ts';
import { leading, linesOf } from './whole-words.ts';

/** Between the strip with a container's name and what is in it: room for the number of a hop. */
const underHead = 20;

type Faces = Pick<Palette, 'textFace' | 'codeFace'>;

/** Names wider than these go on in the next line, canvas units. */
const widest = { card: 116, detail: 190, container: 520, bar: 420 };

/** On paper nobody moves the drawing: lines have their room, and no more is left free than that. */
export const paperSlack: Slack = { across: 32, down: 40 };

/** The scene with every name whole: boxes are as large as their words, and what is right of them or below makes room. */
export function withWholeWords(scene: Scene, faces: Faces, measure: Measure, slack?: Slack): Scene {
  const spaced = respaced(
    {
      ...scene,
      items: scene.items.map((item) => ({ ...item, words: wordsOf(item, faces, measure) })),
    },
    (item) => needOf(item, faces, measure, slack !== undefined),
    slack,
  );
  return spaced;
}

function wordsOf(item: SceneItem, faces: Faces, measure: Measure): Words {
  const { name, detail, width } = facesOf(item, faces);
  const lines = (text: string, face: Face, room: number) =>
    linesOf(visibleText(text), face, room, measure);
  return {
    label: lines(item.label, name, width),
    detail: lines(item.detail, detail, Math.max(width, widest.detail)),
  };
}

function facesOf(item: SceneItem, faces: Faces) {
  const card = cardFaces(faces);
  if (item.kind.is === 'pod') return { name: card.pod, detail: card.detail, width: widest.card };
  if (item.kind.is === 'segment') return { ...segmentFaces(faces, item), width: widest.bar };
  if (isCard(item) || !isOpen(item)) return { ...card, width: widest.card };
  return { ...containerFaces(faces), width: widest.container };
}

/** `tight`: boxes may become smaller than they are. */
function needOf(item: SceneItem, faces: Faces, measure: Measure, tight: boolean): Need {
  const { label, detail } = item.words ?? { label: [], detail: [] };
  const { name, detail: code } = facesOf(item, faces);
  const wide = (lines: readonly string[], face: Face): number =>
    Math.max(0, ...lines.map((line) => measure(line, face)));
  const words = Math.max(wide(label, name), wide(detail, code));
  const least = tight ? { width: 0, height: 0 } : item;
  if (item.kind.is === 'segment') {
    const tag = item.tag === undefined ? 0 : measure(item.tag, segmentFaces(faces, item).tag) + 16;
    const inRow = label.length <= 1 && detail.length <= 1;
    const row = inRow ? wide(label, name) + 10 + wide(detail, code) : words;
    const rows = inRow ? 1 : label.length + detail.length;
    return {
      width: Math.max(least.width, row + tag + 36),
      height: Math.max(
        least.height,
        Math.min(item.height, segmentSize.height),
        rows === 1 ? 0 : rows * leading + 8,
      ),
      head: 0,
    };
  }
  if (item.kind.is === 'pod') {
    const height = podSize.height + Math.max(0, label.length - 1) * leading;
    const width = wordsLeft.pod + wide(label, name) + 12;
    return { width: Math.max(least.width, width), height: Math.max(least.height, height), head: 0 };
  }
  const isHead = isOpen(item);
  if (isCard(item) || !isHead) {
    const size = item.collapsed && item.kind.is !== 'node' ? collapsedSize : nodeSize;
    const rows = Math.max(2, label.length + detail.length);
    const height = size.height + (rows - 2) * leading;
    const width = Math.max(wordsLeft.card + words + 14, tight ? 112 : 0);
    return {
      width: Math.max(least.width, width),
      height: isHead ? 0 : Math.max(least.height, height),
      head: isHead ? height : 0,
    };
  }
  const beside = item.kind.is === 'node' ? wide(detail, code) + 10 : 0;
  return {
    width: Math.max(least.width, 38 + wide(label, name) + beside + 56),
    height: 0,
    head: headOf(item) + underHead,
  };
}
