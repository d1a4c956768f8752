import text from '../../../resources/examples/icp-on-vcenter.yaml?raw';
import { parseDesignText } from '../../../src-main/interop/design-text/index.ts';
import type { Design, Flow } from '../../../src-main/model/design.ts';
import {
  compile,
  simulate,
  type Result,
  type SimulateOptions,
} from '../../../src-main/sim/index.ts';

const parsed = parseDesignText(text);
if (!parsed.ok) throw new Error('the sample cannot be read');
export const sample: Design = parsed.value;

export function flowOf(id: string, design: Design = sample): Flow {
  const flow = design.flows?.find((one) => one.id === id);
  if (!flow) throw new Error(`there is no flow ${id}`);
  return flow;
}

export const run = (id: string, options?: SimulateOptions, design: Design = sample): Result =>
  simulate(compile(design), flowOf(id, design), options);

/** The sample with one node changed. */
export function changed(id: string, change: (node: never) => object): Design {
  const nodes = sample.nodes?.map((node) => (node.id === id ? change(node as never) : node));
  return { ...sample, nodes } as Design;
}
