import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const tokens = readFileSync(
  join(import.meta.dirname, '../../src-renderer/theme/tokens.css'),
  'utf8',
);

/** The two values of a token: for the light scheme, and for the dark. */
function valuesOf(token: string): readonly [light: string, dark: string] {
  const found = new RegExp(`--${token}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens);
  if (!found?.[1] || !found[2]) throw new Error(`no token --${token} with two colours`);
  return [found[1], found[2]];
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio". */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** One colour over another, of which it covers a share; as `color-mix` of a header's bar has it. */
function over(colour: string, ground: string, share: number): string {
  const channel = (at: number) => {
    const [front, back] = [colour, ground].map((text) => parseInt(text.slice(at, at + 2), 16));
    const mixed = Math.round((front ?? 0) * share + (back ?? 0) * (1 - share));
    return mixed.toString(16).padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

const surfaces = ['ground', 'surface', 'surface-raised', 'surface-sunken', 'surface-hover'];

describe('text is told from what it stands on (WCAG 2.2 AA, 4.5:1)', () => {
  test.each([
    ...['ink', 'ink-soft', 'ink-faint'].flatMap((ink) =>
      [...surfaces, 'accent-soft'].map((ground) => [ink, ground]),
    ),
    ['good', 'good-soft'],
    ['warn', 'warn-soft'],
    ['bad', 'bad-soft'],
    ['ink', 'bad-soft'],
    ['ink', 'warn-soft'],
    ['ink-soft', 'bad-soft'],
    ['warn', 'surface'],
    ['warn', 'accent-soft'],
    ['bad', 'surface'],
    ['bad', 'accent-soft'],
    ['header-vxlan', 'surface'],
    ['accent-ink', 'accent'],
  ])('%s on %s', (ink, ground) => {
    const [lightInk, darkInk] = valuesOf(ink);
    const [lightGround, darkGround] = valuesOf(ground);
    expect(contrast(lightInk, lightGround)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(darkInk, darkGround)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['ethernet', 'ip', 'udp', 'tcp', 'icmp', 'vxlan', 'esp'])(
    'the name and the fields of a header on its bar: %s',
    (header) => {
      const colours = valuesOf(`header-${header}`);
      const grounds = valuesOf('surface');
      for (const scheme of [0, 1] as const) {
        const bar = over(colours[scheme], grounds[scheme], 0.1);
        expect(contrast(colours[scheme], bar)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(valuesOf('ink-faint')[scheme], bar)).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
});
