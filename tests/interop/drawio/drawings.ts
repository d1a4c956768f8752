import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { readDrawio, type DrawioOptions } from '../../../src-main/interop/drawio/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import type { Exported } from '../../../src-main/interop/exchange.ts';

const folder = join(import.meta.dirname, '../../fixtures/drawio');

export const drawing = (name: string): string =>
  readFileSync(join(folder, `${name}.drawio`), 'utf8');

/** The only file of an export. */
export function textOf({ files }: Exported): string {
  const content = files[0]?.content;
  if (files.length !== 1 || typeof content !== 'string') throw new Error('expected one text file');
  return content;
}

/** What a drawing is read as; throws with what is wrong with it. */
export function imported(
  text: string,
  options?: DrawioOptions,
): { readonly design: Design; readonly remarks: readonly string[] } {
  const read = readDrawio(text, options);
  if (!read.ok) throw new Error(read.issues.map((issue) => issue.text).join('\n'));
  return {
    design: read.design,
    remarks: read.remarks.map(({ cell, text: said }) => `${cell}: ${said}`),
  };
}

/** A drawing of cells; each as it stands between `<root>` and `</root>`. */
export const page = (...cells: readonly string[]): string =>
  `<mxfile><diagram name="Test"><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>${cells.join('')}</root></mxGraphModel></diagram></mxfile>`;

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');

/** A shape with a place of its own, so that none stands in another. */
export function box(id: string, label: string, style = '', at = 0): string {
  return `<mxCell id="${id}" value="${escaped(label)}" style="${style}" vertex="1" parent="1"><mxGeometry x="${at * 200}" y="0" width="120" height="40" as="geometry"/></mxCell>`;
}

export const line = (id: string, source: string, target: string, label = ''): string =>
  `<mxCell id="${id}" value="${escaped(label)}" edge="1" parent="1" source="${source}" target="${target}"><mxGeometry relative="1" as="geometry"/></mxCell>`;

/** The attributes of an element of a drawing, as another program's parser reads them. */
export function cellsIn(text: string): readonly Readonly<Record<string, string>>[] {
  const root = new DOMParser().parseFromString(text, 'text/xml');
  return Array.from(root.getElementsByTagName('mxCell')).map((cell) => {
    const parent = cell.parentNode as unknown as typeof cell;
    const own = Object.fromEntries(
      Array.from(cell.attributes).map(({ name, value }) => [name, value]),
    );
    const around =
      parent.nodeName === 'root'
        ? {}
        : Object.fromEntries(Array.from(parent.attributes).map(({ name, value }) => [name, value]));
    return { ...around, ...own };
  });
}
