/** Random networks with an edge gateway that filters and translates, and flows through them. */
import fc from 'fast-check';
import { filteringEdges } from '../../../src-main/interop/edges/edge-gateways.ts';
import type { Design, Flow } from '../../../src-main/model/design.ts';
import { arbitraryDesign } from '../../properties/arbitrary-design.ts';
import { designWithFlows } from '../../properties/arbitrary-flow.ts';
import { seeds } from '../../support/seeds.ts';

const questions = designWithFlows(arbitraryDesign);
/** A failure names its seed and path; to make the design of a failure small takes long and is asked for. */
const runs = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? seeds(60)),
  endOnFailure: process.env['PROPERTY_SHRINK'] === undefined,
};

export function eachRandomEdge(check: (design: Design, flows: readonly Flow[]) => void): void {
  fc.assert(
    fc.property(questions, ({ design, flows }) => {
      fc.pre(filteringEdges(design).length > 0);
      check(design, flows);
    }),
    runs,
  );
}
