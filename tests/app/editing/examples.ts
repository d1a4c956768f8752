import { readFileSync } from 'node:fs';
import { parseDesignText } from '../../../src-main/interop/design-text/index.ts';
import type { Design } from '../../../src-main/model/design.ts';

export function readExample(name: string): Design {
  const file = new URL(`../../../resources/examples/${name}.yaml`, import.meta.url);
  const read = parseDesignText(readFileSync(file, 'utf8'));
  if (!read.ok) throw new Error(`${name} is no valid design`);
  return read.value;
}
