import type { Design } from '../../../src-main/contract/index.ts';
import { collections, entityKinds, parseEntityRef } from '../../../src-main/contract/vocabulary.ts';

/** What a warning is about: it names a reference, or an id alone. */
export function placeOfWarning(design: Design, at: string): string | undefined {
  if (parseEntityRef(at)) return at;
  const kind = entityKinds.find((one) => design[collections[one]]?.some(({ id }) => id === at));
  if (kind) return `${kind}:${at}`;
  const pod = design.workloads?.some(({ pods }) => pods.some(({ id }) => id === at));
  return pod ? `pod:${at}` : undefined;
}
