import type {
  CalicoPolicy,
  Cluster,
  Design,
  FirewallRule,
  Node,
} from '../../src-main/contract/index.ts';

/** Parts of a design that forms speak of by name. */
export type Host = Extract<Node, { kind: 'host' }>;
export type FirewallService = NonNullable<FirewallRule['services']>[number];
export type LoadBalancer = NonNullable<Host['loadBalancers']>[number];
export type DnsServer = NonNullable<Host['dnsServer']>;
export type DnsZone = NonNullable<DnsServer['zones']>[number];
export type VirtualIp = NonNullable<Host['virtualIps']>[number];
export type PortListener = NonNullable<Host['listeners']>[number];
export type IpPool = NonNullable<NonNullable<Cluster['calico']>['ipPools']>[number];
export type InstallScenario = NonNullable<Design['installScenarios']>[number];
export type ClientSettings = NonNullable<InstallScenario['settings']>[number];
export type IpsecTunnel = NonNullable<Host['ipsecTunnels']>[number];
export type CalicoRule = NonNullable<CalicoPolicy['ingress']>[number];
export type CalicoRuleEnd = NonNullable<CalicoRule['source']>;
