import type { Leg, Step, StepKey, Tuple } from '../../src-main/sim/index.ts';

export const steps = (leg: Leg | undefined) => leg?.hops.flatMap((hop) => hop.steps) ?? [];

type TupleStep = Extract<Step, { readonly detail: Tuple }>;
/** The tuples that steps of one kind and action tell, in order. */
export function tuplesOf(leg: Leg | undefined, key: StepKey): Tuple[] {
  return steps(leg)
    .filter((step): step is TupleStep => `${step.kind}/${step.action}` === key)
    .map(({ detail: { protocol, source, sourcePort, destination, destinationPort } }) => ({
      protocol,
      source,
      sourcePort,
      destination,
      destinationPort,
    }));
}

/** The tuple of an answer. */
export const reversed = ({
  protocol,
  source,
  sourcePort,
  destination,
  destinationPort,
}: Tuple): Tuple => ({
  protocol,
  source: destination,
  sourcePort: destinationPort,
  destination: source,
  destinationPort: sourcePort,
});
