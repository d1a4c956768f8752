import type { NodeKind } from '../model/design.ts';
import type { EntityRef } from '../model/ids.ts';

/** Facts that sentences of several codes are made of. Things stand as ids, or as `kind:id`; sentences name them. */

/** A network, or a cluster's own. */
export type NetworkRef = EntityRef<'segment' | 'link' | 'cluster'>;

export type Owner =
  { readonly node: string; readonly interface: string } | { readonly pod: string };

/** An address with the node that has it. */
export interface Holder {
  readonly node: string;
  readonly address: string;
}

export interface ClusterRange {
  readonly cluster: string;
  readonly role: 'pod' | 'service';
  readonly range: string;
}

/** A rule of an ordered list; `rule` is its name, or its id where it has none. */
export interface RuleFacts {
  readonly node: string;
  readonly rule: string;
  /** Its position, from 1. */
  readonly number: number;
}

export interface AddressFacts {
  readonly node: string;
  readonly interface: string;
  readonly address: string;
}

/** Who holds an address that hosts cannot have. */
export type AddressHolder =
  | { readonly kind: 'interface'; readonly node: string; readonly interface: string }
  | { readonly kind: 'virtual-ip'; readonly node: string; readonly interface: string }
  | { readonly kind: 'balancer'; readonly node: string; readonly balancer: string }
  | ({ readonly kind: 'nat' } & RuleFacts)
  | { readonly kind: 'gateway'; readonly network: NetworkRef };

export type GatewayKind = Extract<NodeKind, 'router' | 'edge-gateway' | 'distributed-router'>;

/** Who sends questions to a name server. */
export type Asker =
  | { readonly kind: 'node'; readonly node: string }
  | { readonly kind: 'dns-server'; readonly node: string }
  | { readonly kind: 'cluster-dns'; readonly cluster: string };

/** Why a name server is not reached. */
export type NoWay =
  | { readonly kind: 'circle'; readonly nodes: readonly string[] }
  | { readonly kind: 'no-route'; readonly node: string }
  | { readonly kind: 'discarded'; readonly node: string }
  | { readonly kind: 'nobody'; readonly network: NetworkRef }
  | {
      readonly kind: 'next-hop-unowned';
      readonly network: NetworkRef;
      readonly via: string;
      readonly node: string;
    }
  | { readonly kind: 'silent' }
  | { readonly kind: 'private-on-internet' };

/** Why no packet matches a rule. */
export type Unmatched =
  | { readonly kind: 'interface-out'; readonly interface: string }
  | { readonly kind: 'families' }
  | { readonly kind: 'not-connected'; readonly interface: string }
  | { readonly kind: 'sources'; readonly addresses: readonly string[] }
  | { readonly kind: 'destinations'; readonly addresses: readonly string[] };

/** What makes the two ends of a tunnel disagree: how they wrap packets, or subnets that one of them alone has. */
export type TunnelDifference =
  | { readonly kind: 'nat-traversal' }
  | { readonly kind: 'subnets'; readonly subnets: readonly string[] };

/** What gives packets for a tunnel another source. */
export type SourceNat =
  | { readonly kind: 'rule'; readonly rule: string; readonly number: number }
  | {
      readonly kind: 'pool';
      readonly cluster: string;
      readonly pool: string;
      readonly destinations: readonly string[];
    };

/** What else uses a cluster's range: a subnet, or what routes of nodes lead to. */
export type RangeUse =
  | { readonly kind: 'subnet'; readonly subnet: string; readonly network: NetworkRef }
  | { readonly kind: 'route'; readonly destination: string; readonly nodes: readonly string[] };

/** What opens a port: a rule of a firewall, its default, a translation, or nothing that would close it. */
export type Opener =
  | ({ readonly kind: 'rule' } & RuleFacts)
  | ({ readonly kind: 'nat' } & RuleFacts)
  | { readonly kind: 'default'; readonly node: string }
  | { readonly kind: 'unfiltered'; readonly node: string };

/** What carries packets: an interface, a segment or a link. */
export type Carrier = { readonly node: string; readonly interface: string } | NetworkRef;

/** A VXLAN inside another: Calico's of a cluster, or a hypervisor's that is a VM. */
export type InnerVxlan = { readonly cluster: string } | { readonly node: string };
