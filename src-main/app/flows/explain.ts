import { done, type Answer, type Output } from '../../contract/index.ts';
import { explaining } from '../../explain/index.ts';
import type { Flow } from '../../model/design.ts';
import type { OpenDesign } from '../designs/ready.ts';
import type { Run } from './runs.ts';
import { chooseFlow } from './simulate.ts';

/** Why a flow does not arrive, and what would help. */
export async function explainFlow(
  open: OpenDesign,
  choice: string | Flow,
  run: Run,
): Promise<Answer<Output<'flow.explain'>>> {
  const flow = chooseFlow(open.design, choice);
  if (!flow.ok) return flow;
  const explained = await run.through(explaining(open.design, open.network(), flow.value));
  return explained.ok ? done({ flow: flow.value, explanation: explained.value }) : explained;
}
