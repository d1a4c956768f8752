import { LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { Path } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
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

/** The documents of a YAML or JSON text. What cannot be read is an issue; the rest of the file is read all the same. */
export function readDocuments(
  { name: file, text }: InventoryFile,
  findings: Findings,
): readonly PlacedDocument[] {
  const lines = new LineCounter();
  let parsed: readonly Document.Parsed[];
  try {
    const found = parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'error',
      uniqueKeys: true,
    });
    parsed = Array.isArray(found) ? found : [];
  } catch (thrown) {
    // The parser goes down as deep as the text, and no file of use exhausts it.
    if (!(thrown instanceof RangeError)) throw thrown;
    findings.fault(file, 1, `expected at most ${limits.nestingDepth} levels`);
    return [];
  }
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  return parsed.flatMap((document) => {
    const [error] = document.errors;
    if (error) {
      const line = lineAt(error.pos[0]);
      findings.fault(file, line, `not YAML: ${error.message.slice(0, 200)}${hintFor(text)}`);
      return [];
    }
    if (document.contents === null) return [];
    try {
      const value: unknown = document.toJS({ maxAliasCount: aliasLimit });
      return [{ file, value, lineOf: (path: Path) => lineAt(offsetAt(document, path)) }];
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      findings.fault(file, lineAt(offsetAt(document, [])), `not usable: ${reason.slice(0, 200)}`);
      return [];
    }
  });
}

/** Charts' templates are YAML only once they are rendered. */
const hintFor = (text: string): string =>
  /\{\{.*\}\}/.test(text)
    ? '; it may be a template: expected rendered manifests, as `helm template` writes them'
    : '';
