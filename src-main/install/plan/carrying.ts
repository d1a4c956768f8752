import { meaningOf, sameReference } from '../carried.ts';
import type { ArtifactKind } from '../catalogue/index.ts';
import type { Evaluation } from '../evaluation.ts';
import type { CarriedBytes } from './vocabulary.ts';

export interface Carried {
  readonly kind: ArtifactKind;
  readonly reference: string;
}

/** What of the install's artifacts is carried along, each once, in the order in which it is needed. */
export function carriedAlong(evaluation: Evaluation): readonly Carried[] {
  const found = new Map<string, Carried>();
  for (const { wants } of evaluation.work.steps) {
    for (const want of wants) {
      const { kind } = want;
      if (kind === 'call') continue;
      for (const reference of evaluation.carried(want)) {
        const key = `${kind} ${meaningOf(kind, reference)}`;
        if (!found.has(key)) found.set(key, { kind, reference });
      }
    }
  }
  return [...found.values()];
}

/** How much that is, by the sizes that the scenario knows. */
export function carriedBytes(
  { question: { scenario } }: Evaluation,
  carried: readonly Carried[],
): CarriedBytes {
  const { artifacts = [], mediumBytes } = scenario;
  const sizes = carried.map(
    ({ kind, reference }) =>
      artifacts.find(
        (one) =>
          one.kind === kind &&
          one.bytes !== undefined &&
          sameReference(kind, one.reference, reference),
      )?.bytes,
  );
  const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const unsized = sizes.filter((size) => size === undefined).length;
  return {
    references: carried.length,
    bytes,
    unsized,
    ...(mediumBytes === undefined
      ? {}
      : {
          mediumBytes,
          transfers: Math.max(Math.ceil(bytes / mediumBytes), carried.length > 0 ? 1 : 0),
        }),
  };
}
