import { DOMParser, onErrorStopParsing, type Element } from '@xmldom/xmldom';

/** All elements of a picture in document order; throws where it is no XML. */
export function elementsOf(svg: string): Element[] {
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
    svg,
    'image/svg+xml',
  );
  return [...document.getElementsByTagName('*')];
}

export const hasClass = (element: Element, name: string): boolean =>
  (element.getAttribute('class') ?? '').split(/\s+/).includes(name);

export const childrenOf = (element: Element): Element[] =>
  [...element.childNodes].filter((child): child is Element => child.nodeType === 1);

export const within = (element: Element | undefined): Element[] =>
  element ? [...element.getElementsByTagName('*')] : [];
