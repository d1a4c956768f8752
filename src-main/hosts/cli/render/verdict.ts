import {
  isDelivered,
  type Disposition,
  type FlowStatus,
  type Result,
  type Trace,
} from '../../../sim/vocabulary/index.ts';
import type { Colors } from '../terminal.ts';

/** Where a walk ended, and why: the last step of its last hop. */
export interface Ending {
  readonly disposition: Disposition;
  readonly node: string;
  readonly reason: string;
}

/** The reason without the name of the node, where that is told already. */
export const reasonAt = (node: string, reason: string): string =>
  reason.startsWith(`${node}: `) ? reason.slice(node.length + 2) : reason;

export function endingOf(trace: Trace): Ending | undefined {
  const hop = trace.legs.at(-1)?.hops.at(-1);
  const step = hop?.steps.at(-1);
  if (!hop || !step) return undefined;
  const reason = step.kind === 'drop' ? reasonAt(hop.node, step.detail.reason) : step.text;
  return { disposition: trace.disposition, node: hop.node, reason };
}

/** The walk that decides a result that is not `reachable`. */
export function decidingEnding(result: Result): Ending | undefined {
  const traces = result.status === 'one-way' ? result.reverse : result.forward;
  const failed = traces.find((trace) => !isDelivered(trace.disposition));
  const trace = failed ?? traces[0];
  return trace && endingOf(trace);
}

export function statusText(status: FlowStatus, colors: Colors): string {
  switch (status) {
    case 'reachable':
      return colors.bold(colors.green('✔ reachable'));
    case 'one-way':
      return colors.bold(colors.yellow('◐ one-way'));
    case 'unreachable':
      return colors.bold(colors.red('✘ unreachable'));
    default:
      return status satisfies never;
  }
}

/** `denied at esg: the default rule …`, or nothing where the flow is reachable. */
export function failureText(result: Result): string | undefined {
  if (result.status === 'reachable') return undefined;
  const ending = decidingEnding(result);
  if (!ending) return result.status === 'one-way' ? 'no reply' : undefined;
  const walk = result.status === 'one-way' ? 'the reply is ' : '';
  return `${walk}${ending.disposition} at ${ending.node}: ${ending.reason}`;
}
