import type { Reason } from './reason.ts';
import type { FlowStatus } from './status.ts';
import type { Unmodelled } from './unmodelled.ts';

/** Where packets of a size do not fit. Bytes. */
interface Narrow {
  readonly sender: string;
  /** The packet that was sent. */
  readonly sentBytes: number;
  readonly device: string;
  readonly interface: string;
  readonly segment: string;
  /** What it has become there, with the tunnels around it. */
  readonly lengthBytes: number;
  readonly mtuBytes: number;
}

/** What a result warns of, by code. */
export interface WarningFacts {
  /** A small packet gets through, a full-size one is dropped and its sender does not learn why. */
  'mtu-black-hole': Narrow & {
    /** Bytes of the largest packet that passes; absent where none does that is allowed. */
    readonly passesBytes?: number;
  };
  /** Full-size packets rely on path MTU discovery: a router tells the sender to make them smaller. */
  'mtu-reduced': Narrow & { readonly passesBytes: number };
  /** Full-size packets are cut into fragments on the way. */
  fragmentation: Narrow & { readonly tunnelled: boolean; readonly wholeBytes: number };
  /** A reply came to a stateful device that has no session for it. */
  asymmetric: {
    readonly device: string;
    /** The handshake passes, and translations change what follows it. */
    readonly translates?: boolean;
  };
  /** Traffic goes through the stretch to its gateway and back. */
  tromboning: {
    readonly from: string;
    readonly to: string;
    readonly stretch: string;
    readonly extraHops: number;
  };
  /** Other equal-cost paths, pool members or endpoints end otherwise than the one followed. */
  'paths-differ': {
    /** Shares of new connections, 0–1; the worst first. */
    readonly shares: readonly { readonly status: FlowStatus; readonly share: number }[];
  };
  /** There were more paths than are followed. */
  'paths-cut': { readonly followed: number };
  /** A part of the design that this flow meets is not simulated. */
  'not-modelled': Unmodelled;
  /** VXLAN inside VXLAN on one UDP port. */
  'nested-vxlan': { readonly inner: string; readonly outer: string; readonly port: number };
  /** The first resolver did not answer; a later one did. */
  'resolver-failed': {
    readonly server: string;
    readonly client: string;
    readonly reason: Reason;
  };
  /**
   * Kubernetes leaves open whether a policy's addresses are those before or after translation; or, with `ownNode`, says
   * that pod and node always reach each other, where Calico goes by the policy.
   */
  ambiguous: { readonly policy: string; readonly address: string; readonly ownNode?: string };
  /** A token of NO_PROXY can never match for this client. */
  'no-proxy-token': { readonly token: string; readonly client: string; readonly dead: DeadToken };
}
export type WarningCode = keyof WarningFacts;

/** Why a token of NO_PROXY matches nothing. */
export type DeadToken = 'address-start' | 'no-network' | 'star' | 'port';

/** What a warning is about: `at` names the node, segment, link or setting. */
export type Warning = {
  readonly [Code in WarningCode]: {
    readonly code: Code;
    /** In English; the facts give it in other languages. */
    readonly text: string;
    readonly at: string;
    readonly detail: WarningFacts[Code];
  };
}[WarningCode];
