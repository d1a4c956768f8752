import type { NodeKind, Site } from '../../model/design.ts';
import type { Subject } from './contents.ts';

/**
 * How things look in draw.io: shapes of its basic set, which every program that reads the format has. Labels are plain
 * text (`html=0`), so that nothing in a name is taken for markup.
 */
const text = 'html=0;fontFamily=Helvetica;fontColor=#1f2933;';
/** What does not fit is cut off at the box's edge. */
const inBox = `${text}overflow=hidden;`;
const container =
  'container=1;collapsible=0;recursiveResize=0;verticalAlign=top;align=left;spacingLeft=8;spacingTop=4;fontStyle=1;';

/** Of letters, in canvas units. */
const smallest = 8;

/** Roughly how wide the letters of Helvetica are, as a share of their size; those of East Asia are as wide as high. */
const widthOf = (sign: string): number =>
  sign >= '\u1100'
    ? 1
    : /[\s.,:;'|!ijlft()[\]/-]/.test(sign)
      ? 0.3
      : /[A-ZmwMW]/.test(sign)
        ? 0.72
        : 0.56;

/** The largest size in which the label is no wider than its box. */
function fitting(usual: number, label: string, width: number): string {
  const widths = label
    .split('\n')
    .map((line) => Array.from(line).reduce((sum, sign) => sum + widthOf(sign), 0));
  const size = Math.floor((width - 8) / Math.max(1, ...widths));
  return `fontSize=${Math.min(usual, Math.max(smallest, size))};`;
}

const siteColours: Readonly<Record<Site['kind'], readonly [fill: string, stroke: string]>> = {
  internet: ['#eef4fb', '#7b9cc2'],
  cloud: ['#f1f5f9', '#8094ab'],
  'data-centre': ['#f6f6f4', '#93938b'],
  office: ['#faf6ee', '#b59b6b'],
  other: ['#f7f7f7', '#9a9a9a'],
};

const nodeColours: Readonly<Record<NodeKind, readonly [fill: string, stroke: string]>> = {
  host: ['#ffffff', '#5b6b7b'],
  router: ['#e3effc', '#2f6fb3'],
  'edge-gateway': ['#fdeee2', '#c0672a'],
  'distributed-router': ['#e6f6ee', '#2e8558'],
  hypervisor: ['#ececf4', '#6b6b9a'],
  'l2-gateway': ['#f6eafa', '#8a4fa3'],
};

const colours = ([fill, stroke]: readonly [string, string]): string =>
  `fillColor=${fill};strokeColor=${stroke};`;

/** `holds`: whether other boxes stand in it. `width` is that of the box. */
export function boxStyle(subject: Subject, holds: boolean, label: string, width: number): string {
  const letters = (usual: number): string => fitting(usual, label, width);
  switch (subject.is) {
    case 'site':
      return `rounded=1;arcSize=12;absoluteArcSize=1;${container}${letters(12)}${inBox}${colours(siteColours[subject.site.kind])}`;
    case 'cluster':
      return `rounded=1;arcSize=12;absoluteArcSize=1;dashed=1;${container}${letters(11)}${inBox}fillColor=none;strokeColor=#326ce5;`;
    case 'node': {
      const { kind, state } = subject.node;
      const down = state === 'down' ? 'dashed=1;' : '';
      const shape = 'rounded=1;arcSize=8;absoluteArcSize=1;';
      const holding = holds || kind === 'hypervisor' ? container : '';
      return `${shape}${holding}${letters(11)}${down}${inBox}${colours(nodeColours[kind])}`;
    }
    case 'segment': {
      const fill = subject.segment.kind === 'vxlan' ? '#d9f2e6' : '#dbe8f6';
      return `rounded=1;arcSize=50;${letters(10)}${inBox}fillColor=${fill};strokeColor=#5b7a99;`;
    }
    case 'pod':
      return `rounded=1;arcSize=8;absoluteArcSize=1;${letters(10)}${inBox}fillColor=#ffffff;strokeColor=#326ce5;`;
    default:
      return subject satisfies never;
  }
}

export type LineKind = 'interface' | 'link' | 'stretch' | 'member';

const lines: Readonly<Record<LineKind, string>> = {
  interface: 'strokeColor=#5b6b7b;',
  link: 'strokeColor=#2f6fb3;strokeWidth=2;',
  stretch: 'strokeColor=#8a4fa3;strokeWidth=2;dashed=1;dashPattern=8 4;',
  member: 'strokeColor=#326ce5;dashed=1;dashPattern=1 3;',
};

export const lineStyle = (kind: LineKind, down: boolean): string =>
  `endArrow=none;startArrow=none;fontSize=10;${text}${lines[kind]}${down ? 'opacity=40;' : ''}`;

/** Words at the end of a line. */
export const endLabelStyle = `edgeLabel;resizable=0;align=center;verticalAlign=middle;fontSize=9;${text}`;
