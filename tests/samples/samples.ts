import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDesignText, textIssueSentence } from '../../src-main/interop/design-text/index.ts';
import type { Design } from '../../src-main/model/design.ts';

export const icpSamples = ['icp-on-vcenter', 'icp-as-documented', 'icp-cluster-ip'] as const;
export const sampleNames = [...icpSamples, 'iks-on-ibm-cloud'] as const;
export type SampleName = (typeof sampleNames)[number];

const folder = join(import.meta.dirname, '../../resources/examples');

export const sampleText = (name: SampleName): string =>
  readFileSync(join(folder, `${name}.yaml`), 'utf8');

/** A sample that ships with the program; throws with a sentence for each thing that is wrong with it. */
export function sample(name: SampleName): Design {
  const parsed = parseDesignText(sampleText(name), { fileName: `${name}.yaml` });
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.issues.map(textIssueSentence).join('\n'));
}
