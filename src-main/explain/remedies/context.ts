import type { Design, Flow } from '../../model/design.ts';
import type { Network } from '../../sim/index.ts';
import type { Blocked, Seen } from '../blocked.ts';
import type { Candidate } from '../change.ts';
import type { BlockedBecause } from '../vocabulary.ts';

/** A blocker, and the design that it is in. */
export interface Context {
  readonly design: Design;
  readonly network: Network;
  readonly flow: Flow;
  readonly blocked: Blocked;
  /** The packet's outermost addresses where it ended; undefined where there was none. */
  readonly seen: Seen | undefined;
}

export type Code = BlockedBecause['code'];
export type Facts<Of extends Code> = Extract<BlockedBecause, { code: Of }>['detail'];

/** What may open such a blocker, the smallest first. */
export type Remedies<Of extends Code> = (
  context: Context,
  facts: Facts<Of>,
) => readonly Candidate[];
