import { DOMParser, type Element } from '@xmldom/xmldom';
import { Inflate } from 'fflate';
import { limits } from '../../model/limits.ts';

/** What a file cannot be read for; a sentence without its full stop. */
export class Unreadable extends Error {}

/** One page of a drawing, not yet taken apart. */
export interface Page {
  readonly name: string;
  /** The page's `mxGraphModel`. */
  readonly model: () => Element;
}

/**
 * The pages of a file: `.drawio` and `.xml` (an `mxfile`, a `diagram` or a bare `mxGraphModel`), or an SVG picture with its
 * drawing in it. https://www.drawio.com/docs/reference/file-format/
 */
export function readPages(text: string): readonly Page[] {
  const root = parseXml(text);
  switch (root.nodeName) {
    case 'mxfile':
      return childrenOf(root)
        .filter(({ nodeName }) => nodeName === 'diagram')
        .map(pageOf);
    case 'diagram':
      return [pageOf(root)];
    case 'mxGraphModel':
      return [{ name: '', model: () => root }];
    case 'svg': {
      const content = root.getAttribute('content') ?? '';
      if (content === '') throw new Unreadable('the picture has no drawing in it');
      const inner = parseXml(content);
      if (inner.nodeName === 'mxfile') {
        return childrenOf(inner)
          .filter(({ nodeName }) => nodeName === 'diagram')
          .map(pageOf);
      }
      return [{ name: '', model: () => modelIn(inner) }];
    }
    default:
      throw new Unreadable(
        `expected a drawing of draw.io, whose root is mxfile or mxGraphModel; it is ${root.nodeName.slice(0, 80)}`,
      );
  }
}

const pageOf = (diagram: Element): Page => ({
  name: diagram.getAttribute('name') ?? '',
  model: () => {
    const plain = childrenOf(diagram).find(({ nodeName }) => nodeName === 'mxGraphModel');
    if (plain) return plain;
    const content = (diagram.textContent ?? '').trim();
    if (content === '') throw new Unreadable('the page is empty');
    return modelIn(parseXml(content.startsWith('<') ? content : decompress(content)));
  },
});

function modelIn(root: Element): Element {
  if (root.nodeName === 'mxGraphModel') return root;
  throw new Unreadable(`expected mxGraphModel in the page; it is ${root.nodeName.slice(0, 80)}`);
}

/** The elements right below. */
export function childrenOf(element: Element): readonly Element[] {
  const found: Element[] = [];
  for (let child = element.firstChild; child; child = child.nextSibling) {
    if (child.nodeType === elementNode) found.push(child as Element);
  }
  return found;
}

/** https://dom.spec.whatwg.org/#dom-node-element_node */
const elementNode = 1;

/** Entities of a file's own could make a gigabyte out of a line; draw.io writes none. */
const ownEntities = /<!ENTITY|<!DOCTYPE[^>[]*\[/i;

function parseXml(text: string): Element {
  const most = limits.drawingFileBytes;
  if (text.length > most) throw new Unreadable(`expected at most ${most} characters`);
  if (ownEntities.test(text)) throw new Unreadable('expected no entities of its own');
  let problem = '';
  const parser = new DOMParser({
    locator: false,
    onError: (level, message) => {
      if (level === 'warning') return;
      problem ||= message;
      throw new Unreadable(message);
    },
  });
  try {
    const root = parser.parseFromString(text.replace(/^\ufeff/, ''), 'text/xml').documentElement;
    if (root) return root;
  } catch (thrown) {
    problem ||= thrown instanceof Error ? thrown.message : String(thrown);
  }
  throw new Unreadable(`not XML: ${problem.split('\n')[0]?.slice(0, 120) ?? ''}`);
}

/** Bytes that are inflated at a time, at most about a thousand times as many when they come out. */
const portion = 16 * 1024;

/** A page as draw.io compresses it: base64 of raw deflate (RFC 1951) of the text as `encodeURIComponent` writes it. */
function decompress(content: string): string {
  const most = limits.drawingFileBytes;
  const parts: Uint8Array[] = [];
  let length = 0;
  const inflate = new Inflate((part) => {
    length += part.length;
    if (length > most) throw new Unreadable(`expected at most ${most} bytes in a page`);
    parts.push(part);
  });
  try {
    const packed = bytesOf(atob(content.replace(/\s+/g, '')));
    for (let at = 0; at < packed.length; at += portion) {
      inflate.push(packed.subarray(at, at + portion), at + portion >= packed.length);
    }
  } catch (thrown) {
    if (thrown instanceof Unreadable) throw thrown;
    throw new Unreadable('the page is compressed, but not as draw.io does it');
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  const text = new TextDecoder().decode(whole);
  if (text.trimStart().startsWith('<')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Unreadable('the page is compressed, but not as draw.io does it');
  }
}

function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
