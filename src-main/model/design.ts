/** The types of a design, inferred from its validators so that the two cannot differ. */
import type { z } from 'zod';
import type { CollectionKey, EntityKind, collections } from './ids.ts';
import type { design, entitySchemas } from './schema/design.ts';

export type DeepReadonly<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly DeepReadonly<Item>[]
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

type Entities = typeof entitySchemas;
type EntityIn<Key extends CollectionKey> = DeepReadonly<z.infer<Entities[Key]>>;

/** An entity as it stands in the document, by its kind. */
export type EntityOf<Kind extends EntityKind> = EntityIn<(typeof collections)[Kind]>;
export type Entity = { [Kind in EntityKind]: EntityOf<Kind> }[EntityKind];

export type Design = DeepReadonly<z.infer<typeof design>>;

export type Site = EntityOf<'site'>;
export type TransportZone = EntityOf<'transport-zone'>;
export type Segment = EntityOf<'segment'>;
export type Node = EntityOf<'node'>;
export type NodeKind = Node['kind'];
export type Link = EntityOf<'link'>;
export type Stretch = EntityOf<'stretch'>;
export type Cluster = EntityOf<'cluster'>;
export type Workload = EntityOf<'workload'>;
export type Pod = Workload['pods'][number];
export type Service = EntityOf<'service'>;
export type Ingress = EntityOf<'ingress'>;
export type NetworkPolicy = EntityOf<'network-policy'>;
export type CalicoPolicy = EntityOf<'calico-policy'>;
export type HostEndpoint = EntityOf<'host-endpoint'>;
export type Group = EntityOf<'group'>;
export type Flow = EntityOf<'flow'>;
export type FlowSource = Flow['from'];
export type FlowTarget = Flow['to'];
export type ProxySettings = NonNullable<Flow['proxy']>;
export type Intent = EntityOf<'intent'>;
export type InstallScenario = EntityOf<'install-scenario'>;
export type LayoutItem = EntityOf<'layout'>;

export type NetworkInterface = NonNullable<Node['interfaces']>[number];
export type Route = NonNullable<Node['routes']>[number];
export type HostLike = Extract<Node, { kind: 'host' | 'router' | 'edge-gateway' }>;
export type Hypervisor = Extract<Node, { kind: 'hypervisor' }>;
export type DistributedRouter = Extract<Node, { kind: 'distributed-router' }>;
export type L2Gateway = Extract<Node, { kind: 'l2-gateway' }>;
export type Listener = NonNullable<HostLike['listeners']>[number];
export type Firewall = NonNullable<HostLike['firewall']>;
export type FirewallRule = Firewall['rules'][number];
export type FirewallService = NonNullable<FirewallRule['services']>[number];
export type NatRule = NonNullable<HostLike['nat']>[number];
export type LoadBalancer = NonNullable<HostLike['loadBalancers']>[number];
export type DnsServer = NonNullable<HostLike['dnsServer']>;
export type DnsRecord = NonNullable<DnsServer['zones']>[number]['records'][number];
export type HttpProxy = NonNullable<HostLike['httpProxy']>;
export type IpsecTunnel = NonNullable<HostLike['ipsecTunnels']>[number];
export type VirtualIp = NonNullable<HostLike['virtualIps']>[number];
export type CalicoRule = NonNullable<CalicoPolicy['ingress']>[number];
export type IngressBackend = NonNullable<Ingress['defaultBackend']>;
export type IpPool = NonNullable<NonNullable<Cluster['calico']>['ipPools']>[number];
