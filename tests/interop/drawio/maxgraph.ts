/** Drawings as maxGraph reads them, the successor of the library that draw.io is made of. */
import { DOMParser } from '@xmldom/xmldom';
import type { Cell } from '@maxgraph/core';

/** The library looks for a browser when it is loaded; its codecs need no more of one than this. */
async function loaded() {
  const document = new DOMParser().parseFromString('<html/>', 'text/xml');
  Object.assign(document, { location: { href: '' } });
  Object.assign(globalThis, { DOMParser, document, window: globalThis });
  const library = await import('@maxgraph/core');
  library.registerModelCodecs();
  return library;
}

export async function readByMaxGraph(drawing: string): Promise<ReadonlyMap<string, Cell>> {
  const { GraphDataModel, ModelXmlSerializer } = await loaded();
  const model = /<mxGraphModel[\s\S]*<\/mxGraphModel>/.exec(drawing)?.[0] ?? '';
  const graph = new GraphDataModel();
  new ModelXmlSerializer(graph).import(model);
  return new Map(Object.entries(graph.cells ?? {}));
}

/** Where a cell's corner is on the canvas. */
export function placeOf(cell: Cell): { readonly x: number; readonly y: number } {
  let [x, y] = [0, 0];
  for (let at: Cell | null = cell; at; at = at.parent) {
    x += at.geometry?.x ?? 0;
    y += at.geometry?.y ?? 0;
  }
  return { x, y };
}
