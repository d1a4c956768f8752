import type { Edit } from '../model/edits.ts';
import type { Disposition } from '../sim/vocabulary/disposition.ts';
import type { FlowStatus } from '../sim/vocabulary/status.ts';
import type { LegPurpose } from '../sim/vocabulary/result.ts';
import type { Saying } from '../sim/vocabulary/saying.ts';

/** Who may talk to whom by a rule; `ports` absent: every one. */
interface Traffic {
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  readonly port?: number;
}

/** What a change of the design does, by code. `node` and the like are ids. */
export interface RemedyFacts {
  /** A new firewall rule, before the one named, or at the end of its list. */
  'rule-add': Traffic & { readonly node: string; readonly rule: string; readonly before?: string };
  'rule-enable': { readonly node: string; readonly rule: string };
  'nat-enable': { readonly node: string; readonly nat: string };
  'snat-add': {
    readonly node: string;
    readonly nat: string;
    readonly interface: string;
    readonly original: string;
    readonly translated: string;
  };
  'dnat-add': {
    readonly node: string;
    readonly nat: string;
    readonly original: string;
    readonly protocol: string;
    readonly port: number;
    readonly translated: string;
  };
  /** A DNAT rule that exists is given another target. */
  'dnat-change': {
    readonly node: string;
    readonly nat: string;
    readonly from: string;
    readonly to: string;
  };
  'dnat-port-add': { readonly node: string; readonly nat: string; readonly port: number };
  'route-add': { readonly node: string; readonly destination: string; readonly via: string };
  'route-change': {
    readonly node: string;
    readonly destination: string;
    readonly from: string;
    readonly via: string;
  };
  'route-remove': { readonly node: string; readonly destination: string };
  'node-up': { readonly node: string };
  'interface-up': { readonly node: string; readonly interface: string };
  'link-up': { readonly link: string };
  'stretch-up': { readonly stretch: string };
  'interface-connect': {
    readonly node: string;
    readonly interface: string;
    readonly segment: string;
  };
  'address-add': { readonly node: string; readonly interface: string; readonly address: string };
  'forwarding-on': { readonly node: string };
  'listener-add': { readonly node: string; readonly protocol: string; readonly port: number };
  'record-add': { readonly node: string; readonly name: string; readonly address: string };
  'record-change': {
    readonly node: string;
    readonly name: string;
    readonly from: string;
    readonly to: string;
  };
  'resolver-set': { readonly node: string; readonly resolver: string };
  'forwarder-add': { readonly node: string; readonly forwarder: string };
  'zone-add': { readonly hypervisor: string; readonly zone: string };
  'vtep-add': { readonly hypervisor: string; readonly interface: string };
  'tunnel-enable': { readonly node: string; readonly tunnel: string };
  'tunnel-add': { readonly node: string; readonly tunnel: string; readonly peer: string };
  'member-enable': { readonly node: string; readonly balancer: string; readonly member: string };
  'member-add': { readonly node: string; readonly balancer: string; readonly address: string };
  'pod-ready': { readonly pod: string };
  'selector-set': { readonly service: string; readonly workload: string };
  'endpoint-port-set': { readonly service: string; readonly port: number; readonly target: string };
  'traffic-policy-cluster': {
    readonly service: string;
    readonly policy: 'internal' | 'external';
  };
  'source-range-add': { readonly service: string; readonly range: string };
  'ingress-rule-add': {
    readonly ingress: string;
    readonly host: string;
    readonly path: string;
    readonly service: string;
  };
  'policy-add': Traffic & {
    readonly policy: string;
    readonly pod: string;
    readonly direction: 'ingress' | 'egress';
  };
  'calico-rule-add': Traffic & {
    readonly policy: string;
    readonly direction: 'ingress' | 'egress';
  };
  'proxy-source-add': { readonly node: string; readonly source: string };
  'proxy-destination-add': { readonly node: string; readonly host: string };
  'proxy-port-add': { readonly node: string; readonly port: number };
  'proxy-set': { readonly flow: string; readonly host: string; readonly port: number };
  'no-proxy-add': { readonly flow: string; readonly token: string };
  'no-proxy-remove': { readonly flow: string; readonly token: string };
  'segment-mtu': { readonly segment: string; readonly from: number; readonly to: number };
  'interface-mtu': {
    readonly node: string;
    readonly interface: string;
    readonly from: number;
    readonly to: number;
  };
  'link-mtu': { readonly link: string; readonly from: number; readonly to: number };
  'pod-mtu': { readonly cluster: string; readonly to: number };
}
export type RemedyCode = keyof RemedyFacts;
export type RemedySaying = Saying<RemedyFacts>;

/** What stands in a flow's way, at one place. */
export interface Blocker {
  readonly purpose: LegPurpose;
  /** The leg's title, for people. */
  readonly leg: string;
  readonly node: string;
  /** `full-size`: the handshake gets through, full packets vanish. */
  readonly disposition: Disposition | 'full-size';
  /** Why, in English; `because` is the same by code. */
  readonly reason: string;
  readonly because: BlockedBecause;
  /** The smallest change found that opens it; absent where none was. */
  readonly remedy?: Remedy;
}
export type BlockedBecause =
  | import('../sim/vocabulary/reason.ts').Reason
  | Saying<Pick<import('../sim/vocabulary/warning.ts').WarningFacts, 'mtu-black-hole'>>;

/** One change of the design. */
export type Remedy = RemedySaying & {
  /** In English. */
  readonly text: string;
};

/** How a flow of the design fares otherwise once the changes are made. */
export interface ChangedFlow {
  readonly flow: string;
  readonly before: FlowStatus;
  readonly after: FlowStatus;
}

/** What else the changes do. */
export interface SideEffects {
  /** Intents that hold now and would not any more. */
  readonly breaks: readonly string[];
  /** Intents that do not hold now and would. */
  readonly mends: readonly string[];
  /** Other flows of the design. */
  readonly flows: readonly ChangedFlow[];
  /** What each change lets through or takes over beyond this flow, in English; none where it is as narrow as the flow. */
  readonly opens: readonly Opens[];
}
export interface OpensFacts {
  /** The reply's port is the client's own and not known beforehand. */
  'every-port': { readonly source: string; readonly destination: string };
  rule: { readonly node: string; readonly rule: string; readonly match: string };
  prefix: { readonly node: string; readonly destination: string };
  translation: { readonly node: string; readonly address: string };
  published: { readonly node: string; readonly address: string };
  name: { readonly name: string };
  service: { readonly service: string };
  node: { readonly node: string };
}
export type Opens = Saying<OpensFacts> & { readonly text: string };

/** Why a flow does not arrive, all of it, and the smallest change that was proven to help. */
export interface Explanation {
  readonly status: FlowStatus;
  /** In the order in which the packets meet them. Empty where the flow is reachable, full-size packets included. */
  readonly blockers: readonly Blocker[];
  /**
   * All remedies together make the flow reachable, on every path, and none can be left out. False: the last blocker has
   * no change that helps, and what lies beyond it is not known.
   */
  readonly proven: boolean;
  /** Lead from the design to one in which the flow is reachable; empty unless proven. */
  readonly edits: readonly Edit[];
  readonly sideEffects: SideEffects;
  /** Intents by which this very flow is to be blocked. */
  readonly forbiddenBy: readonly string[];
  /** Simulations that were run. */
  readonly trials: number;
}
