import { done, failed, type Answer, type FlowSummary, type Output } from '../../contract/index.ts';
import type { Design, Flow } from '../../model/design.ts';
import { referenceIssues } from '../../model/references.ts';
import { simulate, type Result, type SimulateOptions } from '../../sim/index.ts';
import type { OpenDesign } from '../designs/ready.ts';
import type { Run } from './runs.ts';

/** The flow that a call means: one of the design's by its id, or one that came along and fits the design. */
export function chooseFlow(design: Design, choice: string | Flow): Answer<Flow> {
  if (typeof choice === 'string') {
    const flow = design.flows?.find((one) => one.id === choice);
    const known = design.flows?.map((one) => one.id) ?? [];
    return flow ? done(flow) : failed('flow-unknown', { flow: choice, known });
  }
  // What refers to flows is left out: a flow that came along stands in for the design's own.
  const { flows: _flows, intents: _intents, layout: _layout, ...rest } = design;
  const issues = referenceIssues({ ...rest, flows: [choice] }).filter(
    (issue) => issue.segments[0] === 'flows',
  );
  return issues.length === 0 ? done(choice) : failed('flow-invalid', { issues });
}

export function simulateFlow(
  open: OpenDesign,
  choice: string | Flow,
  options: SimulateOptions,
): Answer<Output<'flow.simulate'>> {
  const flow = chooseFlow(open.design, choice);
  if (!flow.ok) return flow;
  return done({ flow: flow.value, result: simulate(open.network(), flow.value, options) });
}

/** Every flow of the design, in slices. */
export async function simulateAll(
  open: OpenDesign,
  run: Run,
): Promise<Answer<Output<'flows.simulateAll'>>> {
  const summaries = await run.each(open.design.flows ?? [], (flow) =>
    summarise(flow, simulate(open.network(), flow)),
  );
  return summaries.ok ? done({ flows: summaries.value }) : summaries;
}

function summarise(flow: Flow, result: Result): FlowSummary {
  const [forward] = result.forward;
  if (!forward) throw new Error(`the simulation of flow ${flow.id} has no forward trace`);
  const reply = result.reverse.find((trace) => trace.replyTo === 0);
  return {
    id: flow.id,
    ...(flow.name === undefined ? {} : { name: flow.name }),
    status: result.status,
    disposition: forward.disposition,
    ...(reply === undefined ? {} : { replyDisposition: reply.disposition }),
    ...(result.pathMtu === undefined ? {} : { pathMtu: result.pathMtu }),
    warnings: result.warnings,
  };
}
