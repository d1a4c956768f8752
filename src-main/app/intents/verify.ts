import {
  done,
  failed,
  type Answer,
  type IntentCheck,
  type IntentVerdict,
  type Output,
} from '../../contract/index.ts';
import type { Flow, Intent } from '../../model/design.ts';
import { intentFlowCount, intentFlows } from '../../model/intent-flows.ts';
import { isDelivered, simulate, type Result, type Trace } from '../../sim/index.ts';
import type { OpenDesign } from '../designs/ready.ts';
import type { Run } from '../flows/runs.ts';

/** Simulations that one verification runs for one intent at the most. */
export const checksPerIntent = 100_000;

/** Runs the intents named, or all: every path of every flow they speak of. */
export async function verifyIntents(
  open: OpenDesign,
  only: readonly string[] | undefined,
  run: Run,
): Promise<Answer<Output<'intents.verify'>>> {
  const { design } = open;
  const known = design.intents ?? [];
  const unknown = only?.find((id) => !known.some((intent) => intent.id === id));
  if (unknown !== undefined) {
    return failed('intent-unknown', { intent: unknown, known: known.map((intent) => intent.id) });
  }
  const chosen: { readonly intent: Intent; readonly flows: readonly Flow[] }[] = [];
  for (const intent of known) {
    if (only && !only.includes(intent.id)) continue;
    const count = intentFlowCount(design, intent);
    if (count > checksPerIntent) {
      const detail = { intent: intent.id, checks: count, limit: checksPerIntent };
      return failed('too-many-checks', detail);
    }
    chosen.push({ intent, flows: intentFlows(design, intent) });
  }
  const questions = chosen.flatMap(({ intent, flows }) => flows.map((flow) => ({ intent, flow })));
  const checks = await run.each(questions, ({ intent, flow }) =>
    checkOf(flow, intent.expect, simulate(open.network(), flow, { allPaths: true })),
  );
  if (!checks.ok) return checks;
  let from = 0;
  const verdicts = chosen.map(({ intent, flows }) =>
    verdictOf(intent, checks.value.slice(from, (from += flows.length))),
  );
  return done({ holds: verdicts.every((verdict) => verdict.holds), intents: verdicts });
}

function verdictOf(intent: Intent, checks: readonly IntentCheck[]): IntentVerdict {
  return {
    id: intent.id,
    ...(intent.name === undefined ? {} : { name: intent.name }),
    expect: intent.expect,
    holds: checks.length > 0 && checks.every((check) => check.holds),
    checks,
  };
}

/**
 * `reachable` holds when every path delivers the request and its reply. `blocked` holds when no path delivers the
 * request: a request that gets in is not blocked, whether or not the answer finds its way back.
 */
function checkOf(flow: Flow, expect: Intent['expect'], result: Result): IntentCheck {
  const paths = result.forward.map((forward, index) => ({
    forward,
    reply: result.reverse.find((trace) => trace.replyTo === index),
  }));
  type Path = (typeof paths)[number];
  const delivered = (path: Path) => isDelivered(path.forward.disposition);
  // What leaves the drawn network has no reply to simulate; the result says what is taken for granted there.
  const answered = (path: Path) =>
    delivered(path) &&
    (path.reply ? isDelivered(path.reply.disposition) : result.status === 'reachable');
  const breaksIt = expect === 'reachable' ? (path: Path) => !answered(path) : delivered;

  const broken = paths.find(breaksIt);
  const decides = broken ?? paths[0];
  if (!decides) throw new Error(`the simulation of flow ${flow.id} has no forward trace`);
  const { forward, reply } = decides;
  return {
    flow,
    holds: broken === undefined,
    ...(paths.length === 1 ? {} : { path: paths.indexOf(decides) }),
    status: result.status,
    disposition: forward.disposition,
    ...(reply === undefined ? {} : { replyDisposition: reply.disposition }),
    reason: lastSentence(delivered(decides) && reply ? reply : forward),
    warnings: result.warnings,
  };
}

const lastSentence = (trace: Trace): string =>
  trace.legs.at(-1)?.hops.at(-1)?.steps.at(-1)?.text ?? trace.disposition;
