/** Writes the JSON Schema of the text form, for editors: `npm run schema`. A test holds it in step with the validators. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { designJsonSchemaText } from '../../interop/design-text/index.ts';

const file = fileURLToPath(
  new URL('../../../resources/schema/design.schema.json', import.meta.url),
);
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, designJsonSchemaText());
