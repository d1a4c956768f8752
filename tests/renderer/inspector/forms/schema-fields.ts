import { z } from 'zod';
import { entitySchemas } from '../../../../src-main/model/schema/design.ts';

export type Collection = Exclude<keyof typeof entitySchemas, 'layout'>;

interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: string | number;
}

const schemaOf = (collection: Collection) =>
  z.toJSONSchema(entitySchemas[collection], { io: 'input', unrepresentable: 'any' }) as JsonSchema;

/** The branches of a union, each followed to where it is defined; of another schema, that alone. */
function branchesOf(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  if (schema.$ref !== undefined) {
    const found = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    if (!found) throw new Error(`${schema.$ref} is not defined`);
    return branchesOf(found, root);
  }
  const among = schema.anyOf ?? schema.oneOf;
  return among ? among.flatMap((branch) => branchesOf(branch, root)) : [schema];
}

/** Every value that can be written into an entity, as the way to it: `firewall/rules/[]/chain`. */
export function fieldsOf(collection: Collection): ReadonlySet<string> {
  const root = schemaOf(collection);
  const fields = new Set<string>();
  const walk = (schema: JsonSchema, path: readonly string[]) => {
    for (const branch of branchesOf(schema, root)) {
      const inside = Object.entries(branch.properties ?? {});
      const rows = branch.items && branchesOf(branch.items, root);
      if (inside.length > 0) for (const [key, one] of inside) walk(one, [...path, key]);
      else if (rows?.some(({ properties }) => properties)) {
        for (const row of rows) walk(row, [...path, '[]']);
      } else fields.add(path.join('/'));
    }
  };
  walk(root, []);
  return fields;
}

/** The keys that an entity of each kind can have; of a collection with one kind, under the empty name. */
export function keysByKind(collection: Collection): ReadonlyMap<string, readonly string[]> {
  const root = schemaOf(collection);
  return new Map(
    branchesOf(root, root).map(({ properties = {} }) => [
      String(properties['kind']?.const ?? ''),
      Object.keys(properties),
    ]),
  );
}
