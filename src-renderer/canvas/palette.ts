import type { SceneItem } from '../geometry/scene.ts';
import type { CanvasTheme } from './types.ts';
import type { IconName } from './icons.ts';

/** Every colour of the drawing, mixed once a theme, so that nothing is blended while drawing. */
export interface Palette {
  readonly dark: boolean;
  readonly textFace: string;
  readonly codeFace: string;
  readonly ground: string;
  readonly dot: string;
  readonly guide: string;
  readonly card: string;
  readonly cardLine: string;
  readonly sunken: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly inkFaint: string;
  readonly accent: string;
  readonly accentInk: string;
  readonly accentSoft: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly badInk: string;
  readonly link: string;
  readonly stretch: string;
  readonly tones: Readonly<Record<Tone, Shades>>;
}

export interface Shades {
  readonly ink: string;
  /** Ground of a container. */
  readonly wash: string;
  /** Ground of a container inside a container, of a header, of an icon's tile. */
  readonly tint: string;
  /** Borders. */
  readonly line: string;
  /** A bar, or a box that is too small for more than a colour. */
  readonly fill: string;
}

const tones = [
  'internet',
  'cloud',
  'data-centre',
  'office',
  'other',
  'router',
  'edge-gateway',
  'distributed-router',
  'l2-gateway',
  'hypervisor',
  'host',
  'function',
  'kubernetes',
  'lan',
  'vlan',
  'vxlan',
] as const;
export type Tone = (typeof tones)[number];

export function paletteOf(theme: CanvasTheme): Palette {
  const color = (token: string): Rgb => parse(theme.color(token));
  const surface = color('--surface');
  const raised = color('--surface-raised');
  const ground = color('--canvas-ground');
  const shades = (tone: Tone): Shades => {
    const ink = color(`--canvas-${tone}`);
    return {
      ink: text(ink),
      wash: text(mix(theme.dark ? ground : surface, ink, theme.dark ? 0.07 : 0.045)),
      tint: text(mix(surface, ink, theme.dark ? 0.2 : 0.12)),
      line: text(mix(surface, ink, theme.dark ? 0.42 : 0.36)),
      fill: text(mix(surface, ink, theme.dark ? 0.55 : 0.5)),
    };
  };
  return {
    dark: theme.dark,
    textFace: theme.textFace,
    codeFace: theme.codeFace,
    ground: text(ground),
    dot: text(color('--canvas-dot')),
    guide: text(color('--canvas-guide')),
    card: text(raised),
    cardLine: text(mix(raised, color('--line-strong'), 0.9)),
    sunken: text(color('--surface-sunken')),
    ink: text(color('--ink')),
    inkSoft: text(color('--ink-soft')),
    inkFaint: text(color('--ink-faint')),
    accent: text(color('--accent')),
    accentInk: text(color('--accent-ink')),
    accentSoft: text(color('--accent-soft')),
    good: text(color('--good')),
    warn: text(color('--warn')),
    bad: text(color('--bad')),
    badInk: text(theme.dark ? ground : surface),
    link: text(mix(ground, color('--ink-soft'), 0.75)),
    stretch: text(color('--canvas-l2-gateway')),
    tones: Object.fromEntries(tones.map((tone) => [tone, shades(tone)])) as Record<Tone, Shades>,
  };
}

export function toneOf({ kind }: SceneItem): Tone {
  switch (kind.is) {
    case 'site':
      return kind.kind;
    case 'segment':
      return kind.kind;
    case 'cluster':
    case 'pod':
      return 'kubernetes';
    case 'node':
      if (kind.kind !== 'host') return kind.kind;
      if (kind.role === 'cluster-node') return 'kubernetes';
      return kind.role === undefined || kind.role === 'server' ? 'host' : 'function';
    default:
      return kind satisfies never;
  }
}

export function iconOf({ kind }: SceneItem): IconName | undefined {
  switch (kind.is) {
    case 'site':
      return kind.kind;
    case 'cluster':
      return 'cluster';
    case 'pod':
      return 'pod';
    case 'segment':
      return undefined;
    case 'node':
      return kind.kind === 'host' ? (kind.role ?? 'client') : kind.kind;
    default:
      return kind satisfies never;
  }
}

type Rgb = readonly [number, number, number];

/** `#rrggbb`, `rgb(r g b)` or `rgb(r, g, b)`: what browsers make of a colour. */
function parse(color: string): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(color);
  if (hex)
    return [hex[1], hex[2], hex[3]].map((part) => parseInt(part ?? '0', 16)) as unknown as Rgb;
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}

/** So much of the second in the first. */
function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => a[index] + (b[index] - a[index]) * share;
  return [part(0), part(1), part(2)];
}

const text = ([red, green, blue]: Rgb): string =>
  `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)})`;
