/** Graphviz's DOT language: https://graphviz.org/doc/info/lang.html */
import type { Design } from '../../model/design.ts';
import { drawingOf, isBox, type Box, type Connection, type Shape } from '../drawing.ts';
import type { Exported } from '../exchange.ts';

/** The design as one graph for `dot`: `dot -Tsvg design.dot`. */
export function graphvizOf(design: Design): Exported {
  const { title, outermost, connections, leftOut } = drawingOf(design);
  const lines = [
    'graph "design" {',
    `  graph [label=${label([title])}, labelloc=t, rankdir=LR, ranksep=1.5, newrank=true, fontname="Helvetica"];`,
    '  node [shape=box, fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=9];',
    ...outermost.flatMap((thing) => thingLines(thing, '  ')),
    ...connections.map(connectionLine),
    '}',
    '',
  ];
  return { files: [{ path: 'design.dot', content: lines.join('\n') }], leftOut };
}

function thingLines(thing: Box | Shape, indent: string): string[] {
  if (!isBox(thing)) return [`${indent}${shapeLine(thing)}`];
  return [
    `${indent}subgraph ${quoted(`cluster_${thing.id}`)} {`,
    `${indent}  graph [label=${label(thing.lines)}, ${boxStyles[thing.kind]}];`,
    ...thing.inside.flatMap((inner) => thingLines(inner, `${indent}  `)),
    `${indent}}`,
  ];
}

const boxStyles: { readonly [Kind in Box['kind']]: string } = {
  site: 'style=rounded, color="#64748b"',
  hypervisor: 'style=solid, color="#0e7490"',
  cluster: 'style=dashed, color="#7c3aed"',
};

const shapeLine = ({ kind, id, lines, isDown }: Shape): string =>
  `${quoted(id)} [label=${label(lines)}${shapeStyle(kind)}${isDown ? down : ''}];`;

function shapeStyle(kind: Shape['kind']): string {
  switch (kind) {
    case 'segment':
      return ', style=filled, fillcolor="#e2e8f0"';
    case 'router':
    case 'edge-gateway':
    case 'distributed-router':
    case 'l2-gateway':
      return ', shape=octagon';
    case 'host':
    case 'hypervisor':
      return '';
  }
}

function connectionLine({ kind, from, to, lines, isDown }: Connection): string {
  const style = kind === 'interface' ? '' : kind === 'link' ? ', penwidth=2' : ', style=dashed';
  return `  ${quoted(from)} -- ${quoted(to)} [label=${label(lines)}${style}${isDown ? down : ''}];`;
}

const down = ', color="#b91c1c", fontcolor="#b91c1c"';

/** An ID in quotes, where `\"` is the only escape. What is quoted here has no quotes and no backslashes: it is made of ids. */
const quoted = (id: string): string => `"${id}"`;

/**
 * A text with its lines, as an escString (https://graphviz.org/docs/attr-types/escString/): a backslash begins an
 * escape such as `\N`, the name of the node, and `&` an entity of HTML, which Graphviz resolves in every label.
 */
const label = (lines: readonly string[]): string => `"${lines.map(escaped).join('\\n')}"`;

const escaped = (line: string): string =>
  line.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');
