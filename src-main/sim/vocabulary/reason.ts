import type { Refusal } from './refusals.ts';
import type { Saying } from './saying.ts';
import type { PolicyDenial, RuleName, Tuple } from './step.ts';

/** Why a walk ended, or a name was not found, by code. */
export interface ReasonFacts {
  'device-down': { readonly device: string };
  'interface-down': { readonly device: string; readonly interface: string };
  'not-connected': { readonly device: string; readonly interface: string };
  'segment-down': { readonly segment: string };
  'no-route': { readonly device: string; readonly destination: string };
  withdrawn: { readonly device: string; readonly prefix: string; readonly interface: string };
  discards: { readonly device: string; readonly prefix: string };
  'does-not-forward': { readonly device: string; readonly destination: string };
  'no-neighbor': { readonly address: string; readonly segment: string };
  'neighbor-down': { readonly address: string; readonly owner: string };
  'no-listener': { readonly device: string; readonly service: string };
  'wrong-peer': { readonly device: string; readonly expected: string; readonly found: string };
  loop: { readonly device: string };
  ttl: { readonly device: string };
  'too-many-tunnels': { readonly limit: number };
  mtu: { readonly lengthBytes: number; readonly mtuBytes: number; readonly place: string };
  'no-member': { readonly balancer: string };
  'service-without-endpoints': { readonly service: string };
  /** A traffic policy `Local`, and no endpoint on the node. */
  'service-without-local-endpoints': {
    readonly service: string;
    readonly node: string;
    readonly policy: 'internal' | 'external';
  };
  /** `loadBalancerSourceRanges`. */
  'outside-source-ranges': { readonly service: string; readonly source: string };
  'ingress-without-endpoints': { readonly service: string };
  'connections-in-circle': { readonly limit: number };
  'no-ingress-rule': { readonly host: string; readonly path: string };
  'not-on-hypervisor': { readonly machine: string; readonly vni: number };
  'outside-zone': { readonly hypervisor: string; readonly zone: string; readonly vni: number };
  'no-vtep': { readonly hypervisor: string };
  'no-common-family': { readonly from: string; readonly to: string };
  'stretch-down': { readonly stretch: string };
  'stretch-incomplete': { readonly stretch: string };
  'tunnel-leaves': { readonly destination: string };
  'unknown-vni': { readonly hypervisor: string; readonly vni: number };
  /** No other end of the tunnel is configured the other way round, or it does not take such packets. */
  'ipsec-without-peer': { readonly tunnel: string; readonly peer: string };
  'unknown-spi': { readonly device: string };
  'not-a-tunnel-end': { readonly device: string };
  martian: { readonly address: string };
  /** A packet from a network with an address of the device itself as its source. */
  'own-source': { readonly device: string; readonly source: string };
  'not-unicast': { readonly address: string };
  'other-tag': {
    readonly owner: string;
    readonly address: string;
    readonly tag: number;
    readonly own: number;
  };
  'no-proxy': { readonly server: string; readonly port: number };
  'no-instance': { readonly router: string };
  'private-on-internet': { readonly address: string };
  'no-source': { readonly device: string; readonly destination: string };
  'no-resolver': { readonly device: string };
  'no-such-name': { readonly name: string };
  'no-address-for-family': { readonly name: string };
  'nobody-to-ask': { readonly server: string };
  'resolver-outside': { readonly server: string };
  'no-resolver-answered': { readonly name: string };
  'resolution-too-deep': { readonly name: string };
  'too-many-questions': { readonly name: string; readonly limit: number };
  'no-target-address': { readonly target: string };
  /** What the firewall did with the packet; without a rule it was the list's default. */
  filtered: Tuple & {
    readonly device: string;
    readonly action: 'deny' | 'reject';
    readonly rule?: RuleName;
  };
  /** What network policies said of the packet. */
  'denied-by-policy': PolicyDenial;
  'proxy-refused': { readonly proxy: string; readonly refusal: Refusal };
  'no-name-server': { readonly server: string };
}

export type ReasonCode = keyof ReasonFacts;
export type Reason = Saying<ReasonFacts>;

/** A reason as steps carry it: its English sentence too. */
export interface Reasoned {
  readonly reason: string;
  readonly because: Reason;
}

/** A reason, of a code and its facts. */
export const because = <Code extends ReasonCode>(code: Code, detail: ReasonFacts[Code]): Reason =>
  // A code and its facts belong together by the signature.
  ({ code, detail }) as Reason;
