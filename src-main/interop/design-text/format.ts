import type { Scalar } from 'yaml';
import { Document, isCollection, isMap, isPair, isScalar, type Node as YamlNode } from 'yaml';
import type { Design, Entity } from '../../model/design.ts';
import { collections, entityKinds, type EntityKind } from '../../model/ids.ts';
import { design as designSchema } from '../../model/schema/design.ts';
import type { TextFormat } from './parse.ts';

/**
 * The text form of a design in its one normal shape: keys in the order of the schemas, labels in alphabetical order,
 * no kinds of entity that there are none of, no anchors, no comments, a line feed at the end. Equal designs give the
 * same bytes.
 */
export function formatDesignText(design: Design, format: TextFormat): string {
  // The validator builds what it has read anew, in its one normal shape.
  const normal = designSchema.parse(design);
  return format === 'json' ? `${JSON.stringify(normal, undefined, 2)}\n` : yamlText(normal);
}

/** Longest list or map, in characters, that stands on one line. */
const lineLength = 88;

/** One entity as it stands in the text form, at the left margin. It has to be one that a validator returned. */
export function formatEntityText(entity: Entity): string {
  return yamlText({ ...entity }, 3);
}

/** Some entities, each kind under its key of the text form: a part of a design, and no whole one. */
export function formatEntitiesText(
  entities: Partial<Record<EntityKind, readonly Entity[]>>,
): string {
  const lists = entityKinds.flatMap((kind) => {
    const items = entities[kind] ?? [];
    return items.length === 0 ? [] : [[collections[kind], items]];
  });
  return yamlText(Object.fromEntries(lists) as Record<string, unknown>);
}

/** `depth` is that of the values in the whole design. */
function yamlText(value: Record<string, unknown>, depth = 1): string {
  const document = new Document(value, {
    version: '1.2',
    schema: 'core',
    // Texts that YAML 1.1 tools take for something else (no, 12:30, 0o7) are quoted for their sake.
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
  });
  if (isCollection(document.contents)) {
    for (const item of document.contents.items) layOut((item as { value: YamlNode }).value, depth);
  }
  return document.toString({
    lineWidth: 0,
    indentSeq: true,
    flowCollectionPadding: false,
    doubleQuotedAsJSON: true,
  });
}

/** Puts what is short enough on one line: addresses, routes, rules, but never a whole entity. Gives the length. */
function layOut(node: YamlNode, depth: number): number {
  if (isScalar(node)) return layOutScalar(node);
  if (!isCollection(node)) return 0;
  let length = 2;
  let holdsMaps = false;
  for (const item of node.items) {
    if (isPair<YamlNode, YamlNode>(item)) {
      length += layOut(item.key, depth) + 2;
      if (item.value) length += layOut(item.value, depth + 1);
    } else {
      holdsMaps ||= isMap(item);
      length += layOut(item as YamlNode, depth + 1);
    }
    length += 2;
  }
  if (depth > 2 && length <= lineLength && !holdsMaps) node.flow = true;
  return length;
}

/** Lines of visible text, none of them blank but empty, with at most one line feed at the end. */
const plainLines = /^[^\s\p{C}][^\p{C}]*(\n+ *[^\s\p{C}][^\p{C}]*)*\n?$/u;

function layOutScalar(node: Scalar): number {
  if (typeof node.value !== 'string') return String(node.value).length;
  if (!node.value.includes('\n')) return JSON.stringify(node.value).length;
  node.type = plainLines.test(node.value) ? 'BLOCK_LITERAL' : 'QUOTE_DOUBLE';
  return Infinity;
}
