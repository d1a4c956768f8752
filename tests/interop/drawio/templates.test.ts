/** Drawings and stencils that come with draw.io, made in it by others. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { describe, expect, test, vi } from 'vitest';
import { readDrawio } from '../../../src-main/interop/drawio/index.ts';
import { meaningOfShape } from '../../../src-main/interop/drawio/shapes.ts';
import { readStyle } from '../../../src-main/interop/drawio/style.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { parseDesign } from '../../../src-main/model/validate.ts';
import { expectGolden } from '../../samples/golden.ts';
import { programFolder } from './program.ts';

vi.setConfig({ testTimeout: 60_000 });

const folder = join(programFolder, 'templates');
const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.xml') && name !== 'index.xml')
  .map((name) => name.replaceAll('\\', '/'))
  .sort();
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

const parse = (text: string): Element => {
  const root = new DOMParser().parseFromString(text, 'text/xml').documentElement;
  if (!root) throw new Error('no XML');
  return root;
};

/** The pages of a file, and the ids of all cells on them. */
function pagesOf(text: string): readonly { readonly name: string; readonly cells: string[] }[] {
  const root = parse(text);
  const pages = root.nodeName === 'mxfile' ? [...root.getElementsByTagName('diagram')] : [root];
  return pages.map((page) => ({
    name: page.getAttribute('name') ?? '',
    cells: [...modelOf(page).getElementsByTagName('mxCell')].map((cell) => {
      const own = cell.getAttribute('id');
      return own || (cell.parentNode as Element).getAttribute('id') || '';
    }),
  }));
}

/** https://www.drawio.com/doc/faq/data-extract */
function modelOf(page: Element): Element {
  const content = page.textContent?.trim() ?? '';
  if (page.nodeName === 'mxGraphModel' || content === '') return page;
  return parse(decodeURIComponent(inflateRawSync(Buffer.from(content, 'base64')).toString()));
}

/** Whether there is such a thing: `node:web`, `interface:web/eth0`. */
function has(design: Design, ref: string): boolean {
  if (ref === 'design') return true;
  const [kind = '', id = ''] = ref.split(':');
  if (kind === 'interface') {
    const [node, port] = id.split('/');
    const owner = design.nodes?.find((one) => one.id === node);
    return owner?.interfaces?.some((one) => one.id === port) === true;
  }
  const { sites, segments, nodes, links } = design;
  const lists: Readonly<Record<string, readonly { readonly id: string }[] | undefined>> = {
    ...{ site: sites, segment: segments, node: nodes, link: links },
  };
  return lists[kind]?.some((one) => one.id === id) === true;
}

test('there are as many templates as have been looked at', () => {
  expect(templates).toHaveLength(151);
});

describe.each(templates)('%s', (name) => {
  const text = textOf(name);

  test.each(pagesOf(text).map((page, at) => [page.name, at, page] as const))(
    'page %j: every cell is in the design, or it is told why not',
    (page, _, { cells }) => {
      const read = readDrawio(text, { page });
      if (!read.ok) throw new Error(read.issues.map((issue) => issue.text).join('\n'));
      const { design, drawn, remarks } = read;
      expect(parseDesign(design).ok).toBe(true);
      const told = new Set(remarks.map(({ cell }) => cell));
      const lost = cells.filter((id) => !drawn.has(id) && !told.has(id));
      expect(lost).toEqual([]);
      expect([...drawn].filter(([, ref]) => !has(design, ref))).toEqual([]);
      const { sites = [], segments = [], nodes = [], links = [] } = design;
      const things = sites.length + segments.length + nodes.length + links.length;
      expect(new Set(drawn.values()).size).toBeGreaterThanOrEqual(things);
    },
  );
});

/** What kind of thing is called how, a line each. */
function kindsIn(pairs: readonly (readonly [kind: string, name: string])[]): string {
  const kinds = Map.groupBy(pairs, ([kind]) => kind);
  return [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([kind, all]) => `${kind}: ${all.map(([, name]) => name).join(', ')}\n`)
    .join('');
}

test('what the drawings of networks and clouds are taken for', () => {
  const said = templates
    .filter((name) => /^(?:network|cloud)\//.test(name))
    .map((name) => {
      const read = readDrawio(textOf(name));
      if (!read.ok) throw new Error(name);
      const { nodes = [], segments = [], sites = [] } = read.design;
      const called = ({ id, name: own }: { readonly id: string; readonly name?: string }) =>
        own === undefined ? id : JSON.stringify(own.slice(0, 40));
      const kinds = kindsIn([
        ...nodes.map((one) => [one.kind, called(one)] as const),
        ...segments.map((one) => ['segment', called(one)] as const),
        ...sites.map((one) => [`site (${one.kind})`, called(one)] as const),
      ]);
      return `# ${name}\n${kinds}`;
    });
  expectGolden('drawio/templates', said.join('\n'));
});

function meaningIn(style: string): string {
  const meaning = meaningOfShape({ style: readStyle(style) });
  if (meaning?.is === 'node') return meaning.kind;
  if (meaning?.is === 'segment') return meaning.switch ? 'switch' : 'network';
  return meaning?.is ?? '(by its words)';
}

/** Libraries of network shapes, and the names that draw.io gives their shapes in styles. */
const libraries = [
  'cisco',
  'cisco19.xml',
  'networks.xml',
  'citrix.xml',
  'rack',
  'veeam',
  'vvd.xml',
];

test('what the shapes of network libraries are taken for', () => {
  const said = libraries.map((library) => {
    const base = join(programFolder, 'stencils', library);
    const files = library.endsWith('.xml')
      ? [base]
      : readdirSync(base, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.xml'))
          .sort()
          .map((name) => join(base, name));
    const shapes = files.flatMap((file) => {
      const root = parse(readFileSync(file, 'utf8'));
      return [...root.getElementsByTagName('shape')].map((shape) => {
        const name = shape.getAttribute('name') ?? '';
        const style = `shape=${root.getAttribute('name') ?? ''}.${name.toLowerCase().replaceAll(' ', '_')}`;
        return [meaningIn(style), name] as const;
      });
    });
    return `# ${library}\n${kindsIn(shapes)}`;
  });
  expectGolden('drawio/stencils', said.join('\n'));
});
