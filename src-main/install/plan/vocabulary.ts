import type { Edit } from '../../model/edits.ts';
import type { Saying } from '../../sim/vocabulary/saying.ts';
import type { InstallClient } from '../catalogue/index.ts';
import type { FixFacts } from '../vocabulary.ts';
import type { PlanFile } from './file.ts';

/** How the install is done once every proven fix is made. */
export interface InstallPlan {
  /** Whether the install works with all of the fixes together, as it was evaluated with them. */
  readonly works: boolean;
  /** The first step that fails even so, by its id. */
  readonly failsAt?: string;
  /** All proven fixes as one change of the design. */
  readonly edits: readonly Edit[];
  /** In the order in which they are done. */
  readonly steps: readonly InstallPlanStep[];
}

/** What is to be done. */
export interface PlanFacts {
  /** A fix of the network, of a mirror or of a range. */
  change: { readonly fix: Saying<FixFacts> };
  'request-firewall': { readonly rows: number };
  /** Where the internet is: a bundle of what is carried along, by this program. */
  bundle: {
    readonly program: 'hauler' | 'zarf';
    readonly references: number;
    /** What this program does not carry. */
    readonly leftOut: readonly string[];
  };
  /** Across the gap. */
  carry: CarriedBytes;
  /** A file that tells programs of a proxy, of mirrors, or of both. */
  tell: {
    readonly clients: readonly InstallClient[];
    readonly source: string;
    readonly proxy: boolean;
    readonly mirrors: boolean;
  };
  /** A step of the product's install. */
  do: { readonly step: string; readonly title: string };
}
export type PlanCode = keyof PlanFacts;

/** How much has to be carried, as far as sizes are known. */
export interface CarriedBytes {
  readonly references: number;
  /** Bytes of those whose size is known. */
  readonly bytes: number;
  /** How many have no known size. */
  readonly unsized: number;
  /** How much the removable medium takes. */
  readonly mediumBytes?: number;
  /** How often it has to be carried, at the least; absent where the medium's size is not known. */
  readonly transfers?: number;
}

export type InstallPlanStep = Saying<PlanFacts> & {
  /** In English. */
  readonly text: string;
  /** Where it is done; empty where it is not done on a node of the design. */
  readonly nodes: readonly string[];
  /** Written first. */
  readonly files: readonly PlanFile[];
  /** Then, in their order. */
  readonly commands: readonly string[];
};
