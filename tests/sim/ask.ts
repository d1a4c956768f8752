/** Questions to a network and short answers, so that tables of tests read as rules. */
import { expect } from 'vitest';
import {
  compile,
  simulate,
  traceFault,
  type Result,
  type SimulateOptions,
  type StepDetails,
  type StepKey,
  type Trace,
} from '../../src-main/sim/index.ts';
import type { FlowSource, FlowTarget } from '../../src-main/model/design.ts';
import type { FlowOptions } from '../builders/options.ts';
import { flowOf, network, type NetworkBuilder } from '../builders/network.ts';
import { did, ending, legs } from '../samples/reading.ts';

export type Way = 'forward' | 'reverse';

/** Runs one flow: to TCP port 80 unless the options say else. Every trace must be one. */
export function ask(
  net: NetworkBuilder,
  from: string | FlowSource,
  to: string | FlowTarget,
  options: FlowOptions = {},
  follow: SimulateOptions = {},
): Result {
  const hasPort = options.protocol === 'icmp' || (typeof to === 'string' && /^https?:/.test(to));
  const flow: FlowOptions = hasPort ? options : { port: 80, ...options };
  const design = network(net.build()).flow('asked', from, to, flow).build();
  const result = simulate(compile(design), flowOf(design, 'asked'), follow);
  for (const trace of [...result.forward, ...result.reverse]) {
    expect(traceFault(trace), JSON.stringify(trace, null, 1)).toBeUndefined();
  }
  return result;
}

/** `reachable`, `denied at fw` where the request ends, or `one-way: denied at fw` where the reply does. */
export function verdict(result: Result): string {
  switch (result.status) {
    case 'reachable':
      return 'reachable';
    case 'one-way':
      return `one-way: ${ending(result, 'reverse')}`;
    case 'unreachable':
      return ending(result, 'forward');
    default:
      return result.status satisfies never;
  }
}

/** The sentence with which a trace ends. */
export function reason(result: Result): string {
  const way = result.status === 'one-way' ? result.reverse : result.forward;
  return way[0]?.legs.at(-1)?.hops.at(-1)?.steps.at(-1)?.text ?? 'nothing';
}

/** The nodes that the connection's packets visit, leg after leg: `a → r → b`. */
export function route(result: Result, way: Way = 'forward'): string {
  return nodesOf(legs(result, way));
}

/** The same for one trace of several. */
export const routeOf = (trace: Trace): string => nodesOf(trace.legs);

function nodesOf(walked: Trace['legs']): string {
  const ways = walked.map((leg) =>
    leg.hops.map(({ node, on }) => (on === undefined ? node : `${node} on ${on}`)).join(' → '),
  );
  return ways.join(' | ');
}

/** What the steps of one kind and action tell, in order. */
export const details = <Key extends StepKey>(
  result: Result,
  key: Key,
  way: Way = 'forward',
): readonly StepDetails[Key][] => did(legs(result, way), key).map(({ detail }) => detail);

/** The sentences of the connection's steps of these kinds (`nat`, or `nat/snat`), as `node: sentence`. */
export function told(result: Result, kinds: readonly string[], way: Way = 'forward'): string[] {
  return legs(result, way).flatMap((leg) =>
    leg.hops.flatMap((hop) =>
      hop.steps
        .filter(({ kind, action }) => kinds.includes(kind) || kinds.includes(`${kind}/${action}`))
        .map(({ text }) => `${hop.node}: ${text}`),
    ),
  );
}

export const warned = (result: Result): string[] => result.warnings.map(({ code }) => code);

/** Both families of a table's row: the same network, asked over IPv4 and over IPv6. */
export const families = [4, 6] as const;
