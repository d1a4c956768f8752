import { done, failed, type Answer, type Output } from '../../contract/index.ts';
import { encodePcapng } from '../../interop/pcapng/index.ts';
import type { Flow } from '../../model/design.ts';
import { simulate } from '../../sim/index.ts';
import type { OpenDesign } from '../designs/ready.ts';
import { chooseFlow } from '../flows/simulate.ts';

/** One path of a flow, with its reply, as a capture file. Paths are counted as `allPaths` lists them. */
export function captureTrace(
  open: OpenDesign,
  choice: string | Flow,
  path: number | undefined,
): Answer<Output<'trace.pcap'>> {
  const chosen = chooseFlow(open.design, choice);
  if (!chosen.ok) return chosen;
  const flow = chosen.value;
  const result = simulate(open.network(), flow, { allPaths: path !== undefined });
  const trace = path ?? 0;
  if (trace >= result.forward.length) {
    return failed('path-unknown', { flow: flow.id, path: trace, paths: result.forward.length });
  }
  const bytes = encodePcapng(result, { flowTitle: flow.name ?? flow.id, trace });
  return done({ fileName: `${flow.id}${path === undefined ? '' : `-${path}`}.pcapng`, bytes });
}
