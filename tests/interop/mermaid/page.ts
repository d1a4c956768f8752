import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Element, Node } from '@xmldom/xmldom';
import { openBrowser } from '../../e2e/app.ts';
import { elementsOf, hasClass, within } from '../svg.ts';

const library = readFileSync(
  createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js'),
  'utf8',
);

/** What Mermaid draws of a flowchart, and what it makes of it. */
export interface Drawn {
  /** Lines of text by the id of the flowchart's node, or of its subgraph. */
  readonly nodes: ReadonlyMap<string, readonly string[]>;
  readonly boxes: ReadonlyMap<string, readonly string[]>;
  /** In the order of the source. */
  readonly edges: readonly (readonly string[])[];
  /** Names of the elements in labels, besides those that hold text: none of them comes from a name. */
  readonly elements: readonly string[];
}

interface Mermaid {
  initialize(config: object): void;
  parse(text: string): Promise<unknown>;
  render(id: string, text: string): Promise<{ svg: string }>;
}

/** Mermaid in a browser, with the security level that it has by default. */
export async function mermaidPage() {
  const browser = await openBrowser();
  await browser.page.setContent('<!doctype html><body></body>');
  await browser.page.addScriptTag({ content: library });
  await browser.page.evaluate(() => {
    const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
  });
  return {
    complaints: browser.complaints,
    draw: async (source: string): Promise<Drawn> => {
      const svg = await browser.page.evaluate(async (text) => {
        const { mermaid } = globalThis as unknown as { mermaid: Mermaid };
        await mermaid.parse(text);
        return (await mermaid.render('drawn', text)).svg;
      }, source);
      return drawnIn(elementsOf(asXml(svg)));
    },
    [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose](),
  };
}

/** Mermaid hands out the HTML of its page: `<br>`, `&nbsp;`. */
const asXml = (html: string): string =>
  html.replaceAll('<br>', '<br/>').replaceAll('&nbsp;', '&#160;');

function drawnIn(elements: readonly Element[]): Drawn {
  const of = (kind: string) => elements.filter((one) => one.tagName === 'g' && hasClass(one, kind));
  const labelled = (kind: string, label: string) =>
    new Map(
      of(kind).map((one) => [
        idOf(one),
        linesOf(within(one).find((inner) => hasClass(inner, label))),
      ]),
    );
  const labels = [...of('label'), ...of('cluster-label'), ...of('edgeLabel')];
  return {
    nodes: labelled('node', 'label'),
    boxes: labelled('cluster', 'cluster-label'),
    edges: of('edgeLabel').map(linesOf),
    elements: labels
      .flatMap(within)
      .map(({ tagName }) => tagName.toLowerCase())
      .filter((name) => !textElements.has(name)),
  };
}

const textElements = new Set(['g', 'rect', 'foreignobject', 'div', 'span', 'p', 'br']);

const idOf = (element: Element): string =>
  (element.getAttribute('id') ?? '').replace(/^drawn-/, '').replace(/^flowchart-(.*)-\d+$/, '$1');

function linesOf(label: Element | undefined): string[] {
  const lines = [''];
  const visit = (node: Node): void => {
    if (node.nodeName.toLowerCase() === 'br') lines.push('');
    else if (node.nodeType === 3) lines.push(`${lines.pop() ?? ''}${node.nodeValue ?? ''}`);
    else for (const child of node.childNodes) visit(child);
  };
  if (label) visit(label);
  return lines.map((line) => line.replaceAll('\u00a0', ' '));
}
