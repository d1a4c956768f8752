import { turningControls } from '../edges/edge-gateways.ts';

/** An element with text, or with elements; `undefined` ones are not there. */
export interface Element {
  readonly name: string;
  readonly content: string | readonly (Element | undefined)[];
}

export const element = (name: string, content: Element['content']): Element => ({ name, content });

/** An element where there is a text for it. */
export const optional = (name: string, text: string | undefined): Element | undefined =>
  text === undefined ? undefined : element(name, text);

/** A document of XML 1.0 in UTF-8, two blanks a level. */
export const xmlDocument = (root: Element): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '').join('\n')}\n`;

function lines({ name, content }: Element, indent: string): readonly string[] {
  if (typeof content === 'string') return [`${indent}<${name}>${escaped(content)}</${name}>`];
  const inside = content.flatMap((one) => (one ? lines(one, `${indent}  `) : []));
  if (inside.length === 0) return [`${indent}<${name}/>`];
  return [`${indent}<${name}>`, ...inside, `${indent}</${name}>`];
}

/** What is no character of a document (XML 1.0 §2.2): the rest of the controls, and two that are none. */
// eslint-disable-next-line no-control-regex -- it is about controls
const noCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** As they are, parsers take them for line breaks (§2.11), or people's eyes for something else. */

const byNumber = /[\r\u007f-\u009f\u2028\u2029]/g;

function escaped(text: string): string {
  const reference = (sign: string) => `&#${sign.charCodeAt(0)};`;
  return text
    .replaceAll(noCharacter, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(byNumber, reference)
    .replaceAll(turningControls, reference);
}
