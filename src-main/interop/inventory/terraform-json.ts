import type { Path } from '../../model/issue.ts';
import { isRecord } from '../kubernetes/manifests.ts';
import type { PlacedDocument } from './documents.ts';
import type { Block, Body, Placed, Value } from './hcl/parse.ts';

/** How many labels blocks have; those of the other types have none. */
const labelsOf: Readonly<Record<string, number>> = {
  provider: 1,
  module: 1,
  resource: 2,
  data: 2,
  ephemeral: 2,
};

/**
 * A configuration in JSON (https://developer.hashicorp.com/terraform/language/syntax/json) as the blocks that it stands
 * for: keys are their labels, and of a list each entry is one.
 */
export function bodyOfJson({ value, lineOf }: PlacedDocument): Body {
  const blocks = isRecord(value)
    ? Object.entries(value).flatMap(([type, item]) =>
        blocksOf(type, [], item, labelsOf[type] ?? 0, [type], lineOf),
      )
    : [];
  return { attributes: new Map(), blocks };
}

function blocksOf(
  type: string,
  labels: readonly string[],
  value: unknown,
  labelsLeft: number,
  path: Path,
  lineOf: (path: Path) => number,
): readonly Block[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, at) =>
      blocksOf(type, labels, item, labelsLeft, [...path, at], lineOf),
    );
  }
  if (!isRecord(value)) return [];
  if (labelsLeft > 0) {
    return Object.entries(value).flatMap(([label, item]) =>
      blocksOf(type, [...labels, label], item, labelsLeft - 1, [...path, label], lineOf),
    );
  }
  const attributes = new Map<string, Placed>();
  for (const [key, item] of Object.entries(value)) {
    attributes.set(key, {
      line: lineOf([...path, key]),
      value: valueOf(item, [...path, key], lineOf),
    });
  }
  const inner = blocksOf(
    'required_providers',
    [],
    type === 'terraform' ? value['required_providers'] : undefined,
    0,
    [...path, 'required_providers'],
    lineOf,
  );
  return [{ type, labels, line: lineOf(path), body: { attributes, blocks: inner } }];
}

function valueOf(value: unknown, path: Path, lineOf: (path: Path) => number): Value {
  // What is put in when it is evaluated is written as in HCL.
  if (typeof value === 'string') {
    return /[$%]\{/.test(value) ? { kind: 'other' } : { kind: 'text', text: value };
  }
  if (!isRecord(value)) return { kind: 'other' };
  const entries = Object.entries(value).map(([key, item]): readonly [string, Placed] => {
    const inside = [...path, key];
    return [key, { line: lineOf(inside), value: valueOf(item, inside, lineOf) }];
  });
  return { kind: 'object', entries: new Map(entries) };
}
