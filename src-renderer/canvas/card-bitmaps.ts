import type { SceneItem } from '../geometry/scene.ts';
import type { Frame, Pen } from './brush.ts';
import { cardMargin, paintCard } from './paint-cards.ts';

/** Who keeps bitmaps draws on a canvas of the page, which takes them. */
const bitmapsOn = (pen: Pen): CanvasDrawImage | undefined =>
  'drawImage' in pen ? (pen as Pen & CanvasDrawImage) : undefined;

interface Drawn {
  readonly item: SceneItem;
  readonly scale: number;
  readonly bitmap: OffscreenCanvas;
}

/** Device pixels that all bitmaps together may have: 48 MB. */
const budget = 12_000_000;
/** While things move, a bitmap of another scale will do if it is this near. */
const nearEnough = 1.2;

/** Finished pictures of cards, one for each node and scale; who has not been drawn for longest goes first. */
export function createCardBitmaps(): {
  draw(frame: Frame, item: SceneItem, exact: boolean): void;
  clear(): void;
} {
  const kept = new Map<string, Drawn>();
  let pixels = 0;

  const drop = (key: string, { bitmap }: Drawn): void => {
    kept.delete(key);
    pixels -= bitmap.width * bitmap.height;
  };

  const make = (frame: Frame, item: SceneItem): Drawn | undefined => {
    const { scale } = frame;
    const margin = Math.ceil(cardMargin * scale);
    const width = Math.round(item.width * scale) + 2 * margin;
    const height = Math.round(item.height * scale) + 2 * margin;
    const bitmap = new OffscreenCanvas(width, height);
    const pen: Pen | null = bitmap.getContext('2d');
    if (!pen) return undefined;
    paintCard({ ...frame, pen, x: margin - item.x * scale, y: margin - item.y * scale }, item);
    pixels += width * height;
    return { item, scale, bitmap };
  };

  return {
    draw(frame, item, exact) {
      const { pen, scale } = frame;
      let drawn = kept.get(item.ref);
      if (drawn) {
        const off = drawn.scale > scale ? drawn.scale / scale : scale / drawn.scale;
        if (drawn.item !== item || (exact ? off !== 1 : off > nearEnough)) {
          drop(item.ref, drawn);
          drawn = undefined;
        } else kept.delete(item.ref);
      }
      drawn ??= make(frame, item);
      if (!drawn) return;
      kept.set(item.ref, drawn);
      const margin = Math.ceil(cardMargin * drawn.scale) * (scale / drawn.scale);
      const x = Math.round(item.x * scale + frame.x) - margin;
      const y = Math.round(item.y * scale + frame.y) - margin;
      if (drawn.scale === scale) bitmapsOn(pen)?.drawImage(drawn.bitmap, x, y);
      else {
        const by = scale / drawn.scale;
        bitmapsOn(pen)?.drawImage(
          drawn.bitmap,
          x,
          y,
          drawn.bitmap.width * by,
          drawn.bitmap.height * by,
        );
      }
      for (const [key, oldest] of kept) {
        if (pixels <= budget) break;
        drop(key, oldest);
      }
    },
    clear() {
      kept.clear();
      pixels = 0;
    },
  };
}

export type CardBitmaps = ReturnType<typeof createCardBitmaps>;
