import type { CanvasTheme } from './types.ts';

/** The theme of a page as it is now. Make another when the page's theme changes. */
export function pageTheme(element: Element): CanvasTheme {
  const page = element.ownerDocument;
  // Custom properties keep `light-dark()`; as the colour of an element it is worked out.
  const probe = page.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const colors = new Map<string, string>();
  const style = getComputedStyle(probe);
  const color = (token: string): string => {
    let value = colors.get(token);
    if (value === undefined) {
      element.append(probe);
      probe.style.color = `var(${token})`;
      value = style.color;
      probe.remove();
      colors.set(token, value);
    }
    return value;
  };
  const faces = getComputedStyle(page.documentElement);
  const [red = 0, green = 0, blue = 0] = (color('--surface').match(/[\d.]+/g) ?? []).map(Number);
  probe.remove();
  return {
    dark: red + green + blue < 384,
    color,
    textFace: faces.getPropertyValue('--face-text').trim(),
    codeFace: faces.getPropertyValue('--face-code').trim(),
  };
}
