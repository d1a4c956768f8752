import type { Flow } from '../model/design.ts';
import type { Network } from './compile/network.ts';
import type { Result } from './vocabulary/index.ts';

export interface SimulateOptions {
  /** Follow every equal-cost path, pool member and endpoint instead of the one that the 5-tuple's hash picks. */
  readonly allPaths?: boolean;
  /** How many paths are followed at the most; 64 when absent. */
  readonly maxPaths?: number;
}

export declare function simulate(network: Network, flow: Flow, options?: SimulateOptions): Result;
