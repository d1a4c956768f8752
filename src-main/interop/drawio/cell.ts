import type { Element } from '@xmldom/xmldom';
import { limits } from '../../model/limits.ts';
import { childrenOf, Unreadable } from './document.ts';
import { plainText } from './label.ts';
import { readStyle, type Style } from './style.ts';

/** A cell of a drawing as it stands in the file. */
export interface Cell {
  readonly id: string;
  /** What is said of the cell in `UserObject` or `object`, without its id and label. */
  readonly data: ReadonlyMap<string, string>;
  /** Plain text, in lines. */
  readonly label: string;
  readonly style: Style;
  readonly is: 'vertex' | 'edge' | 'other';
  readonly parent: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly geometry: Geometry;
}

/** Canvas units, from the parent's corner; of a relative one x and y are shares of the parent. */
export interface Geometry {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly relative: boolean;
}

/** All cells of a page, in the order in which they are drawn, the lowest first. */
export function readCells(model: Element): readonly Cell[] {
  const root = childrenOf(model).find(({ nodeName }) => nodeName === 'root');
  if (!root) throw new Unreadable('expected a root element with the cells in it');
  const elements = childrenOf(root);
  const most = limits.drawingCells;
  if (elements.length > most) {
    throw new Unreadable(`expected at most ${most} cells; there are ${elements.length}`);
  }
  return elements.map(readCell);
}

function readCell(element: Element, at: number): Cell {
  const cell =
    element.nodeName === 'mxCell'
      ? element
      : childrenOf(element).find(({ nodeName }) => nodeName === 'mxCell');
  const wrapper = cell === element ? undefined : element;
  const data = new Map<string, string>();
  if (wrapper) {
    for (const { name, value } of Array.from(wrapper.attributes)) {
      if (name !== 'id' && name !== 'label') data.set(name, value);
    }
  }
  const style = readStyle(cell?.getAttribute('style') ?? '');
  const label = wrapper?.getAttribute('label') ?? cell?.getAttribute('value') ?? '';
  const isOn = (name: string): boolean => cell?.getAttribute(name) === '1';
  const reference = (name: string): string | undefined => cell?.getAttribute(name) || undefined;
  return {
    // Programs that give no id mean the cell to be found by its place.
    id: wrapper?.getAttribute('id') || reference('id') || `(cell ${at + 1})`,
    data,
    label: plainText(label, style.get('html') === '1'),
    style,
    is: isOn('edge') ? 'edge' : isOn('vertex') ? 'vertex' : 'other',
    parent: reference('parent'),
    source: reference('source'),
    target: reference('target'),
    geometry: geometryOf(cell),
  };
}

function geometryOf(cell: Element | undefined): Geometry {
  const found = cell && childrenOf(cell).find(({ nodeName }) => nodeName === 'mxGeometry');
  const units = (name: string): number => {
    const value = Number(found?.getAttribute(name) ?? 0);
    return Number.isFinite(value) ? Math.min(1e6, Math.max(-1e6, value)) : 0;
  };
  return {
    x: units('x'),
    y: units('y'),
    width: Math.max(0, units('width')),
    height: Math.max(0, units('height')),
    relative: found?.getAttribute('relative') === '1',
  };
}
