import { done, failed, type Answer } from '../../contract/index.ts';
import { parseCatalogue, type Catalogue } from '../../install/catalogue/index.ts';
import type { CatalogueFiles } from '../ports.ts';

/** Reads the catalogue when it is first needed, and once; one that cannot be read is read again. */
export function createCatalogue(files: CatalogueFiles | undefined) {
  let read: Catalogue | undefined;
  return async (): Promise<Answer<Catalogue>> => {
    if (read) return done(read);
    const parsed = parseCatalogue((await files?.read()) ?? []);
    if (!parsed.ok) return failed('catalogue-invalid', { issues: parsed.issues });
    return done((read = parsed.value));
  };
}
