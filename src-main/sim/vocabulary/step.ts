import type { NodeKind } from '../../model/design.ts';
import type { Disposition } from './disposition.ts';
import type { Packet } from './packet.ts';
import type { Reasoned } from './reason.ts';
import type { Refusal } from './refusals.ts';

/** The connection a step speaks of, as it looks at that moment. Ports are 0 where the protocol has none. */
export interface Tuple {
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

/** A rule of an ordered list, so that it can be named and found. */
export interface RuleName {
  /** Position in its list, from 1. */
  readonly number: number;
  readonly id: string;
  readonly name?: string;
}

/** Whom network policies have judged a packet for, and which way it goes. */
export type PolicyVerdict = ({ readonly pod: string } | { readonly hostEndpoint: string }) & {
  readonly direction: 'ingress' | 'egress';
  /** Kubernetes leaves the verdict open: the translated address gives another one than the original. */
  readonly ambiguous?: true;
};

export type PolicyDenial = PolicyVerdict & {
  /** Of the policies that isolate; just the one whose `rule` denies, where there is such a rule. */
  readonly policies: readonly string[];
  readonly rule?: string;
};

/** What each kind of step can do, and what it then tells. One line a member. */
export interface StepDetails {
  /** The sender makes the packet. */
  'originate/send': Tuple & { readonly bytes: number };

  /** The target needs no look-up: it is an address, or the client's own table has it. */
  'resolve-name/literal': { readonly name: string; readonly address: string };
  /** The client, or a forwarding server, asks a server. */
  'resolve-name/ask': { readonly name: string; readonly server: string; readonly record: string };
  /** The server has the name in a zone of its own, or from its cluster. */
  'resolve-name/answer': {
    readonly name: string;
    readonly addresses: readonly string[];
    readonly zone: string;
  };
  /** The server hands the question on. */
  'resolve-name/forward': { readonly name: string; readonly server: string };
  /** The server knows that there is no such name, or has nobody to ask. */
  'resolve-name/unknown': Reasoned & { readonly name: string };
  /** A server could not be reached or did not answer; the next one is asked. */
  'resolve-name/no-answer': {
    readonly name: string;
    readonly server: string;
    readonly disposition: Disposition;
  };

  /** Longest prefix, then distance, then metric. `choices` counts equal routes. */
  'route/match': {
    readonly destination: string;
    readonly prefix: string;
    readonly origin: RouteOrigin;
    readonly route?: string;
    readonly via?: string;
    readonly interface: string;
    readonly choices: number;
  };
  /** No prefix of the table holds the destination. */
  'route/none': { readonly destination: string };
  /** The best route discards. */
  'route/discard': {
    readonly destination: string;
    readonly prefix: string;
    readonly route?: string;
  };
  /** The destination is an address of the device itself. */
  'route/local': { readonly destination: string };

  /** An interface, a secondary address or a virtual IP's owner answers for the next hop. */
  'neighbor/resolve': {
    readonly address: string;
    readonly mac: string;
    readonly owner: string;
    readonly segment: string;
    readonly virtualIp?: string;
    /** The owner is on the far side of this stretch. */
    readonly acrossStretch?: string;
  };
  /** Nobody answers. */
  'neighbor/none': { readonly address: string; readonly segment: string };

  /** A rule, or the default (`rule` absent), lets the packet through. */
  'firewall/accept': Tuple & { readonly rule?: RuleName };
  'firewall/deny': Tuple & { readonly rule?: RuleName };
  'firewall/reject': Tuple & { readonly rule?: RuleName };
  /** It belongs to a session that was let through before. */
  'firewall/established': Tuple;

  /** Destination address (and port) rewritten. */
  'nat/dnat': { readonly rule: RuleName; readonly from: string; readonly to: string };
  /** Source address (and port) rewritten. */
  'nat/snat': { readonly rule: RuleName; readonly from: string; readonly to: string };
  /** Source rewritten to the address of the way out; `reason` names who asked for it. */
  'nat/masquerade': {
    readonly from: string;
    readonly to: string;
    readonly reason: MasqueradeReason;
  };
  /** A reply: the session's rewrite of the destination undone, on the source. */
  'nat/restore-source': { readonly from: string; readonly to: string };
  /** A reply: the session's rewrite of the source undone, on the destination. */
  'nat/restore-destination': { readonly from: string; readonly to: string };

  /** A pool member is chosen. */
  'load-balance/choose': {
    readonly balancer: string;
    readonly member: string;
    readonly to: string;
    readonly choices: number;
    readonly mode: 'proxy' | 'transparent';
  };
  'load-balance/no-member': { readonly balancer: string };

  /** kube-proxy picks an endpoint of a service. `local`: of this node's alone. `affinity`: the client that it stays with. */
  'service/choose-endpoint': {
    readonly service: string;
    readonly port: number;
    readonly via: ServiceVia;
    readonly nodePort?: number;
    readonly pod?: string;
    readonly to: string;
    readonly choices: number;
    readonly local?: boolean;
    readonly affinity?: string;
    readonly masquerade: boolean;
  };
  'service/no-endpoints': { readonly service: string; readonly port: number };
  /** The traffic policy is `Local`, and no endpoint is on this node. */
  'service/no-local-endpoints': {
    readonly service: string;
    readonly port: number;
    readonly policy: 'internal' | 'external';
  };
  /** The load-balancer address is not for this client (`loadBalancerSourceRanges`). */
  'service/refuse-source': {
    readonly service: string;
    readonly port: number;
    readonly source: string;
  };

  /** A rule of a policy lets the packet through, or passes it on to the endpoint's profile, which does. */
  'network-policy/accept': PolicyVerdict & {
    readonly policy: string;
    /** Its place in the policy: `ingress[0]`. */
    readonly rule: string;
    readonly profile?: string;
  };
  /** A rule of a policy denies, or policies isolate the endpoint and none of their rules matches. */
  'network-policy/deny': PolicyDenial;
  /** A port that Calico keeps open on a host endpoint, whatever its policies say. */
  'network-policy/failsafe': PolicyVerdict & { readonly service: string };

  /** An ingress rule picks the service whose pods are the next leg's target. */
  'ingress-rule/match': {
    readonly ingress: string;
    readonly host: string;
    readonly path: string;
    readonly service: string;
    readonly to: string;
    readonly pod?: string;
    readonly endsTls: boolean;
    readonly choices: number;
  };
  /** No rule and no default backend: the controller itself answers 404. */
  'ingress-rule/none': { readonly host: string; readonly path: string };
  'ingress-rule/no-endpoints': { readonly ingress: string; readonly service: string };

  /** The client goes through its proxy. */
  'proxy/use': { readonly proxy: string; readonly host: string };
  /** The client goes direct: this token of NO_PROXY matches. */
  'proxy/bypass': { readonly host: string; readonly token: string };
  /** The proxy opens the connection for the client. */
  'proxy/connect': { readonly host: string; readonly port: number };
  'proxy/refuse': {
    readonly host: string;
    readonly port: number;
    /** In English. */
    readonly reason: string;
    readonly because: Refusal;
  };

  'encapsulate/vxlan': {
    readonly vni: number;
    readonly segment: string;
    readonly from: string;
    readonly to: string;
    readonly overheadBytes: number;
  };
  'encapsulate/ip-in-ip': {
    readonly interface: string;
    readonly from: string;
    readonly to: string;
    readonly overheadBytes: number;
    /** Largest packet that the tunnel's interface takes, before the encapsulation. */
    readonly mtuBytes?: number;
  };
  'encapsulate/l2-tunnel': {
    readonly stretch: string;
    readonly from: string;
    readonly to: string;
    readonly overheadBytes: number;
  };
  /** ESP in tunnel mode, in UDP where the tunnel has NAT traversal. */
  'encapsulate/ipsec': {
    readonly tunnel: string;
    readonly from: string;
    readonly to: string;
    readonly overheadBytes: number;
  };
  'decapsulate/vxlan': { readonly vni: number; readonly segment: string };
  'decapsulate/ip-in-ip': { readonly interface: string };
  'decapsulate/l2-tunnel': { readonly stretch: string; readonly segment: string };
  'decapsulate/ipsec': { readonly tunnel: string };

  /** A hypervisor's virtual switch hands the frame to a machine of its own. */
  'switch/local': { readonly segment: string; readonly to: string };
  /** A hypervisor's virtual switch sends the frame out of, or takes it in from, its uplink. */
  'switch/uplink': { readonly segment: string; readonly to: string };
  /** The frame's owner is behind another hypervisor's VTEP, or across a stretch. */
  'switch/remote': { readonly segment: string; readonly to: string; readonly through: string };

  /** The packet leaves by an interface; its length against the MTU there. */
  'transmit/send': {
    readonly interface: string;
    readonly segment: string;
    readonly lengthBytes: number;
    readonly mtuBytes: number;
  };
  'receive/accept': { readonly interface: string; readonly segment: string };
  /** Too large for the MTU, and allowed to be cut. */
  'fragment/split': {
    readonly interface: string;
    readonly lengthBytes: number;
    readonly mtuBytes: number;
    readonly fragments: number;
  };

  'deliver/listener': Tuple & { readonly listener: string };
  'deliver/reply': Tuple;
  /** The walk ends here without delivery. */
  'drop/packet': Reasoned & { readonly disposition: Disposition };
  /** The packet leaves what the design draws. */
  'deliver/exit': { readonly destination: string };
}

/** What a service is reached by. */
export type ServiceVia = 'cluster-ip' | 'external-ip' | 'load-balancer-ip' | 'node-port';
export type RouteOrigin = 'connected' | 'static' | 'calico' | 'ipsec' | 'pod' | 'link-local';
export type MasqueradeReason = 'nat-outgoing' | 'kube-proxy' | 'load-balancer';

export type StepKey = keyof StepDetails;
type KindIn<Key extends string> = Key extends `${infer Kind}/${string}` ? Kind : never;
type ActionIn<Key extends string> = Key extends `${string}/${infer Action}` ? Action : never;

/** One thing that was done to the packet: kind, action, what exactly, the same as a sentence, the packet after it. */
export type Step = {
  [Key in StepKey]: {
    readonly kind: KindIn<Key>;
    readonly action: ActionIn<Key>;
    readonly detail: StepDetails[Key];
    readonly text: string;
    readonly packet: Packet;
  };
}[StepKey];

export type StepKind = Step['kind'];

/** One node visited. */
export interface Hop {
  /** Id of the node or pod; the address itself for a sender that the design does not draw. */
  readonly node: string;
  readonly nodeKind: NodeKind | 'pod' | 'address';
  /** The hypervisor whose instance of a distributed router this is. */
  readonly on?: string;
  /** Tunnels around the flow's own packet when it got here: 0 outside every tunnel. */
  readonly depth: number;
  readonly steps: readonly Step[];
}
