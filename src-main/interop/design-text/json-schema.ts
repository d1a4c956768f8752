import { z } from 'zod';
import { design } from '../../model/schema/design.ts';

/** The JSON Schema (draft 2020-12) of a design's text form, from the validators themselves. */
export function designJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(design, { io: 'input', target: 'draft-2020-12' });
  return {
    $schema,
    title: 'Hopscope design',
    description:
      'A network design. Ids are unique in their kind; what refers to an id is checked by Hopscope itself.',
    ...rest,
  };
}

/** The text of `resources/schema/design.schema.json`. */
export const designJsonSchemaText = (): string =>
  `${JSON.stringify(designJsonSchema(), undefined, 2)}\n`;
