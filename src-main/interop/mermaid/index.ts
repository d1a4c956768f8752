/** A flowchart of Mermaid: https://mermaid.js.org/syntax/flowchart.html */
import type { Design } from '../../model/design.ts';
import { drawingOf, isBox, type Box, type Connection, type Shape } from '../drawing.ts';
import { LeftOutList, type Exported, type LeftOut } from '../exchange.ts';
import { label } from './label.ts';

/** The design as one flowchart, for a code block of Markdown or for `mmdc -i design.mmd`. */
export function mermaidOf(design: Design): Exported {
  const { title, outermost, connections, leftOut } = drawingOf(design);
  const ids = new Ids();
  const lines = [
    'flowchart LR',
    `  subgraph design[${label([title])}]`,
    ...outermost.flatMap((thing) => thingLines(thing, ids, '    ')),
    '  end',
    ...connections.map((connection) => connectionLine(connection, ids)),
    ...styleLines(outermost, ids),
    '',
  ];
  const content = lines.join('\n');
  const tooLarge = beyondDefaults(content, connections.length);
  return { files: [{ path: 'design.mmd', content }], leftOut: [...tooLarge, ...leftOut] };
}

/** What Mermaid draws unless its site says otherwise: https://mermaid.js.org/config/schema-docs/config.html */
const maxTextSize = 50_000; // characters
const maxEdges = 500;

function beyondDefaults(content: string, connections: number): readonly LeftOut[] {
  const list = new LeftOutList();
  if (content.length > maxTextSize) {
    list.add('design', '', {
      code: 'mermaid-characters',
      detail: { most: maxTextSize, characters: content.length },
    });
  }
  if (connections > maxEdges) {
    list.add('design', '', {
      code: 'mermaid-connections',
      detail: { most: maxEdges, connections },
    });
  }
  return list.items;
}

/**
 * Names of the flowchart's own, which no word of its language can be mistaken for: `node:registry-1` is
 * `node_registry_1`.
 */
class Ids {
  readonly #known = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(ref: string): string {
    const known = this.#known.get(ref);
    if (known !== undefined) return known;
    const plain = ref.replace(/[^A-Za-z0-9]/g, '_');
    let free = plain;
    for (let more = 2; this.#taken.has(free); more += 1) free = `${plain}__${more}`;
    this.#known.set(ref, free);
    this.#taken.add(free);
    return free;
  }
}

function thingLines(thing: Box | Shape, ids: Ids, indent: string): string[] {
  if (!isBox(thing)) return [`${indent}${shapeText(thing, ids)}`];
  return [
    `${indent}subgraph ${ids.of(thing.id)}[${label(thing.lines)}]`,
    ...thing.inside.flatMap((inner) => thingLines(inner, ids, `${indent}  `)),
    `${indent}end`,
  ];
}

function shapeText({ kind, id, lines }: Shape, ids: Ids): string {
  const text = label(lines);
  switch (kind) {
    case 'segment':
      return `${ids.of(id)}([${text}])`;
    case 'router':
    case 'edge-gateway':
    case 'distributed-router':
    case 'l2-gateway':
      return `${ids.of(id)}{{${text}}}`;
    case 'host':
    case 'hypervisor':
      return `${ids.of(id)}[${text}]`;
  }
}

function connectionLine({ kind, from, to, lines }: Connection, ids: Ids): string {
  const line = kind === 'interface' ? '---' : kind === 'link' ? '===' : '-.-';
  return `  ${ids.of(from)} ${line}|${label(lines)}| ${ids.of(to)}`;
}

/** Kinds of boxes are told apart, segments from machines, and what is down. */
function styleLines(outermost: readonly (Box | Shape)[], ids: Ids): string[] {
  const things = outermost.flatMap(withInner);
  const classes: [name: string, style: string, isMeant: (thing: Box | Shape) => boolean][] = [
    ['segment', 'fill:#e2e8f0,stroke:#64748b,color:#0f172a', ({ kind }) => kind === 'segment'],
    ['place', 'fill:none,stroke:#0e7490', (thing) => isBox(thing) && thing.kind === 'hypervisor'],
    [
      'members',
      'fill:none,stroke:#7c3aed,stroke-dasharray:4',
      (thing) => isBox(thing) && thing.kind === 'cluster',
    ],
    ['down', 'stroke:#b91c1c,color:#b91c1c', (thing) => !isBox(thing) && thing.isDown],
  ];
  return classes.flatMap(([name, style, isMeant]) => {
    const members = things.filter(isMeant).map(({ id }) => ids.of(id));
    if (members.length === 0) return [];
    return [`  classDef ${name} ${style}`, `  class ${members.join(',')} ${name}`];
  });
}

const withInner = (thing: Box | Shape): (Box | Shape)[] =>
  isBox(thing) ? [thing, ...thing.inside.flatMap(withInner)] : [thing];
