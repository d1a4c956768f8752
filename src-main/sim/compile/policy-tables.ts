import type { IpFamily } from '../../model/ip.ts';
import type { AddressIndex } from './address-index.ts';
import type { AddressMatch, PortMatch } from './network.ts';

export type PolicyDirection = 'ingress' | 'egress';

/** The network policies of one cluster, Kubernetes' and Calico's alike, as felix programs them on its nodes. */
export interface ClusterPolicies {
  /** Addresses of pods and host endpoints → slot. Endpoints that share an address share its slot. */
  readonly slots: AddressIndex;
  /** Slots that a selector picks, ascending; felix's IP sets. Rules name them by their position. */
  readonly sets: readonly Int32Array[];
  /** `slot * 65536 + port` of the endpoints whose port has a name, ascending. Rules name them by their position. */
  readonly namedPorts: readonly Float64Array[];
  /** Pods that a policy selects, by the interface at the node's end of their veth pair. */
  readonly pods: ReadonlyMap<number, PodPolicies>;
  /** Host endpoints by the interface that they are for. */
  readonly hosts: ReadonlyMap<number, HostPolicies>;
  /** Ids of policies whose selectors ask for service accounts, of which a design knows nothing. */
  readonly byServiceAccount: readonly string[];
}

export interface PodPolicies {
  readonly pod: string;
  readonly namespace: string;
  /** Null: no policy of that direction selects it, so that all is let through. */
  readonly ingress: PolicyList | null;
  readonly egress: PolicyList | null;
}

export interface HostPolicies {
  readonly hostEndpoint: string;
  /** For what comes in for the node itself, and what it sends. */
  readonly ingress: PolicyList;
  readonly egress: PolicyList;
  /** For what the node forwards (`applyOnForward`); null: let through. */
  readonly forwardIngress: PolicyList | null;
  readonly forwardEgress: PolicyList | null;
  /** For all that comes in, before kube-proxy looks at it; what they do not decide goes on. */
  readonly preDnat: PolicyList | null;
  /** The profile that allows what no policy is for; without it, that is denied. */
  readonly allowsByDefault: boolean;
  /** Ids of its policies with `doNotTrack`, which are not simulated. */
  readonly untracked: readonly string[];
}

/** In the order that felix evaluates them in: the first rule that matches decides. */
export interface PolicyList {
  readonly policies: readonly string[];
  readonly rules: readonly PolicyRule[];
  /** Some of them are Kubernetes' own, which leave open what addresses they see. */
  readonly hasKubernetes: boolean;
}

export type PolicyAction = 'allow' | 'deny' | 'pass';

export interface PolicyRule {
  /** Id of its policy. */
  readonly policy: string;
  /** `ingress[0]`: its place in the policy. */
  readonly name: string;
  readonly isKubernetes: boolean;
  readonly action: PolicyAction;
  /** 0: both. */
  readonly family: IpFamily | 0;
  /** IANA number, exactly: ICMP and ICMPv6 are two. {@link anyProtocol}: every one. */
  readonly protocol: number;
  /** 0: none. */
  readonly notProtocol: number;
  readonly icmp: IcmpMatch | null;
  readonly notIcmp: IcmpMatch | null;
  readonly source: RuleEnd;
  readonly destination: RuleEnd;
}

/** -1: every type, every code. */
export interface IcmpMatch {
  readonly type: number;
  readonly code: number;
}

/** What a rule wants of one end of a packet: all of it. */
export interface RuleEnd {
  /** Null: everywhere. */
  readonly nets: AddressMatch;
  /** Null: nothing is taken out. */
  readonly notNets: AddressMatch;
  /** Position in {@link ClusterPolicies.sets}; -1: no selector. */
  readonly set: number;
  readonly notSet: number;
  /** Null: every port. */
  readonly ports: PortsMatch | null;
  /** Null: no port is taken out. */
  readonly notPorts: PortsMatch | null;
}

/** Numbers or names: one of them matches. */
export interface PortsMatch {
  readonly numbers: NonNullable<PortMatch>;
  /** Positions in {@link ClusterPolicies.namedPorts}. */
  readonly named: readonly number[];
}
