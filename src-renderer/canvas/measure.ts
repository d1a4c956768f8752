import { fontOf, type Measure } from './text.ts';

/** By the browser's own faces. */
export function measureByCanvas(): Measure {
  const pen = new OffscreenCanvas(1, 1).getContext('2d');
  let current = '';
  return (text, face) => {
    if (!pen) return text.length * 7;
    const font = fontOf(face, 1);
    if (font !== current) {
      pen.font = font;
      pen.textRendering = 'geometricPrecision';
      current = font;
    }
    return pen.measureText(text).width;
  };
}
