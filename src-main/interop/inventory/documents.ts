import { Composer, isMap, isScalar, isSeq, Lexer, Parser, type Document } from 'yaml';
import type { Path } from '../../model/issue.ts';
import { linesOf } from '../design-text/index.ts';
import { offsetAt } from '../kubernetes/manifests.ts';
import type { Findings, InventoryFile } from './findings.ts';

/** One YAML document, and where in the file its parts stand. Lines from 1. */
export interface PlacedDocument {
  readonly file: string;
  readonly value: unknown;
  readonly lineOf: (path: Path) => number;
}

/** How often anchors may be used in one document. */
const aliasLimit = 1000;
/** Levels of maps and lists. Definitions of custom resources, the deepest that are in use, have less than a hundred. */
const depthLimit = 250;

/** What a text cannot be read for, and where. */
class Unreadable extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** The documents of a YAML or JSON text. What cannot be read is an issue; the rest of the file is read all the same. */
export function readDocuments(
  { name: file, text }: InventoryFile,
  findings: Findings,
): readonly PlacedDocument[] {
  const placeOf = linesOf(text);
  const lineAt = (offset: number) => placeOf(Math.max(0, offset)).line;
  const found: PlacedDocument[] = [];
  try {
    for (const document of documentsOf(text)) {
      const problem = problemOf(document);
      if (problem) {
        findings.fault(file, lineAt(problem.offset), `${problem.message}${hintFor(text)}`);
      } else if (document.contents !== null) {
        const value: unknown = document.toJS({ maxAliasCount: aliasLimit });
        found.push({ file, value, lineOf: (path) => lineAt(offsetAt(document, path)) });
      }
    }
  } catch (thrown) {
    const offset = thrown instanceof Unreadable ? thrown.offset : 0;
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    findings.fault(file, lineAt(offset), `not usable: ${reason.slice(0, 200)}`);
  }
  return found;
}

/** One after the other, as they are read; a text that goes too deep ends the reading. */
function* documentsOf(text: string): Generator<Document.Parsed> {
  const parser = new Parser();
  const composer = new Composer({
    prettyErrors: false,
    logLevel: 'error',
    // Compared pair by pair there.
    uniqueKeys: false,
  });
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) yield* composer.next(token);
    // The document stands on the stack as well, and often a scalar.
    if (parser.stack.length > depthLimit + 2) {
      throw new Unreadable(parser.offset, `expected at most ${depthLimit} levels`);
    }
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end(false, text.length);
}

function problemOf(
  document: Document.Parsed,
): { readonly offset: number; readonly message: string } | undefined {
  const [error] = document.errors;
  if (error) return { offset: error.pos[0], message: `not YAML: ${error.message.slice(0, 200)}` };
  const twice = keyTwice(document.contents);
  return (
    twice && {
      offset: twice.offset,
      message: `${twice.key} is there twice: expected each key once`,
    }
  );
}

/** The first key that a map has twice: which of them holds? */
function keyTwice(node: unknown): { readonly key: string; readonly offset: number } | undefined {
  if (isMap(node)) {
    const keys = new Set<unknown>();
    for (const { key, value } of node.items) {
      if (isScalar(key)) {
        // Merge keys may come several times.
        if (keys.has(key.value) && key.value !== '<<') {
          return { key: String(key.value).slice(0, 80), offset: key.range?.[0] ?? 0 };
        }
        keys.add(key.value);
      }
      const below = keyTwice(value);
      if (below) return below;
    }
  } else if (isSeq(node)) {
    for (const item of node.items) {
      const below = keyTwice(item);
      if (below) return below;
    }
  }
  return undefined;
}

/** Charts' templates are YAML only once they are rendered. */
const hintFor = (text: string): string =>
  /\{\{.*\}\}/.test(text)
    ? '; it may be a template: expected rendered manifests, as `helm template` writes them'
    : '';
