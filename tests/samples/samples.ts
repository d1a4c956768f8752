import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Design } from '../../src-main/model/design.ts';
import { issueSentence } from '../../src-main/model/issue.ts';
import { parseDesign } from '../../src-main/model/validate.ts';

export const sampleNames = ['icp-on-vcenter', 'icp-as-documented'] as const;
export type SampleName = (typeof sampleNames)[number];

const folder = join(import.meta.dirname, '../../resources/examples');

export const sampleText = (name: SampleName): string =>
  readFileSync(join(folder, `${name}.yaml`), 'utf8');

/** A sample that ships with the program; throws with a sentence for each thing that is wrong with it. */
export function sample(name: SampleName): Design {
  const parsed = parseDesign(parse(sampleText(name)));
  if (parsed.ok) return parsed.value;
  throw new Error(`${name}:\n${parsed.issues.map(issueSentence).join('\n')}`);
}
