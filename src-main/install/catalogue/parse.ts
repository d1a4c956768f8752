import { readEntityText, type TextIssue } from '../../interop/design-text/index.ts';
import { designIssue, type DesignIssue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { schemaIssues } from '../../model/validate.ts';
import { catalogueFile, type Catalogue, type CatalogueFile } from './schema.ts';

/** A file of the catalogue: its name as people know it, and its text. */
export interface CatalogueText {
  readonly name: string;
  readonly text: string;
}

export type ParsedCatalogue =
  | { readonly ok: true; readonly value: Catalogue }
  /** Each issue names file, line, path, value and expectation. */
  | { readonly ok: false; readonly issues: readonly TextIssue[] };

/** Reads the files of a catalogue into one, or tells everything that is wrong with them. Throws nothing. */
export function parseCatalogue(texts: readonly CatalogueText[]): ParsedCatalogue {
  const issues: TextIssue[] = [];
  const files: CatalogueFile[] = [];
  const seen = new Map<string, string>();
  for (const { name, text } of texts) {
    const inFile = (found: readonly TextIssue[]) =>
      issues.push(...found.map((issue) => ({ ...issue, fileName: name })));
    const read = readEntityText(text);
    if (!read.ok) {
      inFile(read.issues);
      continue;
    }
    const parsed = catalogueFile.safeParse(read.value);
    if (!parsed.success) {
      inFile(read.place(schemaIssues(read.value, parsed.error)));
      continue;
    }
    const file = parsed.data as CatalogueFile;
    inFile(read.place(clashes(file, name, seen)));
    files.push(file);
  }
  if (issues.length > 0) return { ok: false, issues: issues.slice(0, limits.errorsListed) };
  return {
    ok: true,
    value: {
      endpoints: files.flatMap(({ endpoints = [] }) => endpoints),
      localServices: files.flatMap(({ localServices = [] }) => localServices),
      products: files.flatMap(({ products = [] }) => products),
    },
  };
}

/** Entries that are there already, in this file or one before it. */
function clashes(
  file: CatalogueFile,
  name: string,
  seen: Map<string, string>,
): readonly DesignIssue[] {
  const found: DesignIssue[] = [];
  const enter = (key: string, path: readonly (string | number)[], value: string) => {
    const before = seen.get(key);
    if (before === undefined) seen.set(key, name);
    else found.push(designIssue('duplicate-id', path, `one that ${before} does not have`, value));
  };
  file.endpoints?.forEach(({ id }, at) => enter(`endpoint ${id}`, ['endpoints', at, 'id'], id));
  file.products?.forEach(({ id, version, steps }, at) => {
    const path = ['products', at];
    const product = `product ${id} ${version}`;
    enter(product, [...path, 'version'], `${id} ${version}`);
    steps.forEach((step, stepAt) => {
      const stepPath = [...path, 'steps', stepAt];
      enter(`${product} step ${step.id}`, [...stepPath, 'id'], step.id);
      step.needs?.forEach(({ kind, client, neededBy, modes, references }, needAt) =>
        references.forEach((reference, referenceAt) =>
          enter(
            [product, step.id, client, neededBy.join(), modes?.join(), kind, reference].join(' '),
            [...stepPath, 'needs', needAt, 'references', referenceAt],
            reference,
          ),
        ),
      );
    });
  });
  return found;
}
