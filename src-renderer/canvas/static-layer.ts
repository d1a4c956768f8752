import type { Rectangle } from '../geometry/scene.ts';
import type { Viewport } from './types.ts';
import type { Frame } from './brush.ts';
import { paintGround, paintScene, type Picture } from './paint-scene.ts';
import type { Palette } from './palette.ts';
import type { Typesetter } from './text.ts';

/** How far off the scale of the picture may be while it is only stretched. */
const stretchLimit = 2;

/**
 * The scene as a picture half a view larger on each side. While the view moves it is only moved and stretched, which
 * costs the same whatever is on it.
 */
export function createStaticLayer(page: Document): {
  readonly canvas: HTMLCanvasElement;
  resize(width: number, height: number, ratio: number): void;
  draw(picture: Picture, viewport: Viewport, palette: Palette, type: Typesetter): void;
  /** Moves the picture to where the viewport has it. */
  place(viewport: Viewport): void;
  /** Whether the picture, moved and stretched, still shows all there is to see. */
  serves(viewport: Viewport, bounds: Rectangle): boolean;
} {
  const canvas = page.createElement('canvas');
  canvas.style.position = 'absolute';
  canvas.style.left = '0';
  canvas.style.top = '0';
  canvas.style.transformOrigin = '0 0';
  canvas.style.willChange = 'transform';
  const pen = canvas.getContext('2d', { alpha: false });
  let width = 0;
  let height = 0;
  let ratio = 1;
  let drawn: Viewport | undefined;

  const marginX = (): number => Math.round(width / 2);
  const marginY = (): number => Math.round(height / 2);
  const stretch = (viewport: Viewport): number => viewport.scale / (drawn?.scale ?? viewport.scale);
  const offset = (viewport: Viewport) => {
    const by = stretch(viewport);
    return {
      x: viewport.x - (marginX() + (drawn?.x ?? 0)) * by,
      y: viewport.y - (marginY() + (drawn?.y ?? 0)) * by,
    };
  };

  return {
    canvas,
    resize(toWidth, toHeight, toRatio) {
      width = toWidth;
      height = toHeight;
      ratio = toRatio;
      const wide = width + 2 * marginX();
      const high = height + 2 * marginY();
      canvas.width = Math.max(1, Math.round(wide * ratio));
      canvas.height = Math.max(1, Math.round(high * ratio));
      canvas.style.width = `${wide}px`;
      canvas.style.height = `${high}px`;
      drawn = undefined;
    },
    draw(picture, viewport, palette, type) {
      if (!pen) return;
      const frame: Frame = {
        pen,
        scale: viewport.scale * ratio,
        ratio,
        x: Math.round((viewport.x + marginX()) * ratio),
        y: Math.round((viewport.y + marginY()) * ratio),
        palette,
        type,
      };
      pen.setTransform(1, 0, 0, 1, 0, 0);
      paintGround(frame, canvas.width, canvas.height);
      paintScene(frame, picture, {
        x: -frame.x / frame.scale,
        y: -frame.y / frame.scale,
        width: canvas.width / frame.scale,
        height: canvas.height / frame.scale,
      });
      drawn = viewport;
      this.place(viewport);
    },
    place(viewport) {
      const { x, y } = offset(viewport);
      canvas.style.transform = `matrix(${stretch(viewport)},0,0,${stretch(viewport)},${x},${y})`;
    },
    serves(viewport, bounds) {
      if (!drawn) return false;
      const by = stretch(viewport);
      if (by > stretchLimit || by < 1 / stretchLimit) return false;
      const { x, y } = offset(viewport);
      // Beyond the scene there is nothing to miss.
      const left = Math.max(0, bounds.x * viewport.scale + viewport.x);
      const top = Math.max(0, bounds.y * viewport.scale + viewport.y);
      const right = Math.min(width, (bounds.x + bounds.width) * viewport.scale + viewport.x);
      const bottom = Math.min(height, (bounds.y + bounds.height) * viewport.scale + viewport.y);
      if (left >= right || top >= bottom) return true;
      const wide = (width + 2 * marginX()) * by;
      const high = (height + 2 * marginY()) * by;
      return x <= left && y <= top && x + wide >= right && y + high >= bottom;
    },
  };
}

export type StaticLayer = ReturnType<typeof createStaticLayer>;
