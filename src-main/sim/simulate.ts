import type { Flow } from '../model/design.ts';
import { EveryPath, LikelyPath } from './choosers.ts';
import type { Network } from './compile/network.ts';
import { followFlow, type Outcome } from './follow-flow.ts';
import { isDelivered } from './vocabulary/disposition.ts';
import { warning } from './vocabulary/tell.ts';
import type { FlowStatus, ReplyTrace, Result, Trace, Warning } from './vocabulary/result.ts';
import { WalkState } from './walk-state.ts';

export interface SimulateOptions {
  /** Follow every equal-cost path, pool member and endpoint instead of the one that the 5-tuple's hash picks. */
  readonly allPaths?: boolean;
  /** How many paths are followed at the most; 64 when absent. */
  readonly maxPaths?: number;
}

const defaultMaxPaths = 64;

/** Runs a flow through the network, there and back. Pure: the same input gives the same bytes. */
export function simulate(network: Network, flow: Flow, options: SimulateOptions = {}): Result {
  const maxPaths = Math.max(1, Math.trunc(options.maxPaths ?? defaultMaxPaths));
  return options.allPaths
    ? simulateAll(network, flow, maxPaths)
    : simulateOne(network, flow, maxPaths);
}

export const statusOf = ({ forward, reverse }: Outcome): FlowStatus =>
  !isDelivered(forward)
    ? 'unreachable'
    : reverse !== null && isDelivered(reverse)
      ? 'reachable'
      : 'one-way';

function simulateOne(network: Network, flow: Flow, maxPaths: number): Result {
  const chooser = new LikelyPath();
  const outcome = followFlow(new WalkState(network, chooser.choose), flow, true);
  const result = combine([{ outcome, probability: chooser.probability }], []);
  if (!chooser.hadChoice) return result;
  const others = verdicts(network, flow, maxPaths);
  const warnings: Warning[] = [...result.warnings];
  if (others.paths.some((path) => path.status !== result.status)) {
    warnings.push(pathsDiffer(flow, others.paths));
  }
  if (others.cut) warnings.push(pathsCut(flow, maxPaths));
  return { ...result, warnings };
}

/** What becomes of which share of the connections. */
function pathsDiffer(flow: Flow, paths: readonly PathVerdict[]): Warning {
  const shares = worst
    .map((status) => ({
      status,
      share: paths
        .filter((path) => path.status === status)
        .reduce((sum, path) => sum + path.probability, 0),
    }))
    .filter(({ share }) => share > 0);
  return warning('paths-differ', flow.id, { shares });
}

const pathsCut = (flow: Flow, maxPaths: number): Warning =>
  warning('paths-cut', flow.id, { followed: maxPaths });

interface PathVerdict {
  readonly status: FlowStatus;
  readonly probability: number;
}

/** The verdict of every way, without traces. */
function verdicts(network: Network, flow: Flow, maxPaths: number) {
  const every = new EveryPath();
  const paths: PathVerdict[] = [];
  let more = true;
  while (more && paths.length < maxPaths) {
    const outcome = followFlow(new WalkState(network, every.choose), flow, false);
    paths.push({ status: statusOf(outcome), probability: every.probability });
    more = every.advance();
  }
  return { paths, cut: more };
}

interface FollowedPath {
  readonly outcome: Outcome;
  readonly probability: number;
}

function simulateAll(network: Network, flow: Flow, maxPaths: number): Result {
  const every = new EveryPath();
  const paths: FollowedPath[] = [];
  let more = true;
  while (more && paths.length < maxPaths) {
    const outcome = followFlow(new WalkState(network, every.choose), flow, true);
    paths.push({ outcome, probability: every.probability });
    more = every.advance();
  }
  const result = combine(paths, more ? [pathsCut(flow, maxPaths)] : []);
  const statuses = new Set(paths.map((path) => statusOf(path.outcome)));
  if (statuses.size === 1) return result;
  const verdict = (path: FollowedPath): PathVerdict => ({
    status: statusOf(path.outcome),
    probability: path.probability,
  });
  return {
    ...result,
    warnings: [...result.warnings, pathsDiffer(flow, paths.map(verdict))],
  };
}

const worst: readonly FlowStatus[] = ['unreachable', 'one-way', 'reachable'];

/** A flow is as good as the worst of its ways. */
function combine(paths: readonly FollowedPath[], extra: readonly Warning[]): Result {
  const statuses = paths.map((path) => statusOf(path.outcome));
  const status = worst.find((candidate) => statuses.includes(candidate)) ?? 'unreachable';
  const mtus = paths
    .map((path) => path.outcome.pathMtu)
    .filter((bytes): bytes is number => bytes !== undefined);
  const warnings = new Map<string, Warning>();
  for (const { outcome } of paths) {
    for (const warning of outcome.warnings) {
      const key = `${warning.code} ${warning.at} ${warning.text}`;
      if (!warnings.has(key)) warnings.set(key, warning);
    }
  }
  const assumed = new Map(paths.flatMap((path) => [...path.outcome.assumptions]));
  const forward: Trace[] = [];
  const reverse: ReplyTrace[] = [];
  for (const { outcome, probability } of paths) {
    forward.push({ disposition: outcome.forward, probability, legs: outcome.forwardLegs });
    if (outcome.reverse !== null) {
      const replyTo = forward.length - 1;
      const { reverse: disposition, reverseLegs: legs } = outcome;
      reverse.push({ disposition, probability, legs, replyTo });
    }
  }
  return {
    status,
    ...(mtus.length > 0 ? { pathMtu: Math.min(...mtus) } : {}),
    warnings: [...warnings.values(), ...extra],
    assumptions: [...assumed.keys()],
    assumed: [...assumed.values()],
    forward,
    reverse,
  };
}
