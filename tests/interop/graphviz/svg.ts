import { spawnSync } from 'node:child_process';
import type { Element } from '@xmldom/xmldom';
import { findProgram } from '../../support/capabilities.ts';
import { childrenOf, elementsOf, hasClass } from '../svg.ts';

/** What `dot` draws: every group of its SVG by its title, with the lines of text in it. */
export interface Drawn {
  readonly title: readonly string[];
  /** By the title of the group, which is the name of the subgraph, node or edge in the source. */
  readonly clusters: ReadonlyMap<string, readonly string[]>;
  readonly nodes: ReadonlyMap<string, readonly string[]>;
  readonly edges: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** Runs `dot -Tsvg`; throws where it complains of anything but a font that this machine does not have. */
export function drawnByDot(source: string): Drawn {
  const dot = findProgram('dot') ?? 'dot';
  const { status, stdout, stderr } = spawnSync(dot, ['-Tsvg'], {
    input: source,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const complaints = stderr.split('\n').filter((line) => line !== '' && !/font/i.test(line));
  if (status !== 0 || complaints.length > 0) throw new Error(`dot: ${stderr}`);

  const groups = elementsOf(stdout).filter(({ tagName }) => tagName === 'g');
  const of = (kind: string) => groups.filter((group) => hasClass(group, kind));
  const byTitle = (kind: string) =>
    new Map(of(kind).map((group) => [titleOf(group), linesOf(group)]));
  const [graph] = of('graph');
  return {
    title: graph ? linesOf(graph) : [],
    clusters: byTitle('cluster'),
    nodes: byTitle('node'),
    edges: of('edge').map((group) => ({ title: titleOf(group), lines: linesOf(group) })),
  };
}

const titleOf = (group: Element): string =>
  childrenOf(group).find(({ tagName }) => tagName === 'title')?.textContent ?? '';

/** `dot` writes a blank as a no-break space where XML would fold it. */
const linesOf = (group: Element): string[] =>
  childrenOf(group)
    .filter(({ tagName }) => tagName === 'text')
    .map(({ textContent }) => (textContent ?? '').replaceAll('\u00a0', ' '));
