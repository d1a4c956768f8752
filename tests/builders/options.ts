import type {
  Cluster,
  DistributedRouter,
  DnsServer,
  Firewall,
  FirewallRule,
  Flow,
  HostLike,
  Hypervisor,
  IngressBackend,
  L2Gateway,
  Listener,
  NatRule,
  NetworkInterface,
  Route,
  Segment,
  Service,
  Workload,
} from '../../src-main/model/design.ts';

export type One<T> = T | readonly T[];
/** An interface in the one-line form of {@link interfaceOf}, or in full. */
export type InterfaceSpec = string | NetworkInterface;

export interface RoutingOptions {
  /** Default routes over these. */
  readonly gateway?: One<string>;
  /** {@link routeOf} */
  readonly routes?: readonly (string | Route)[];
}

type Taken = 'id' | 'kind' | 'interfaces' | 'routes' | 'listeners';
export interface HostOptions
  extends RoutingOptions, Partial<Omit<HostLike, Taken | 'firewall' | 'nat' | 'dnsServer'>> {
  readonly forwarding?: boolean;
  /** {@link listenerOf} */
  readonly listens?: readonly (string | Listener)[];
  /** Rules in the form of {@link firewallRuleOf}; what they do not match is denied unless the long form says else. */
  readonly firewall?:
    | readonly (string | FirewallRule)[]
    | {
        readonly defaultAction?: NonNullable<Firewall['defaultAction']>;
        readonly rules: readonly (string | FirewallRule)[];
      };
  /** {@link natRuleOf} */
  readonly nat?: readonly (string | NatRule)[];
  /** Zone → name → address (A, AAAA) or name (CNAME), one or several. */
  readonly dns?: Omit<DnsServer, 'zones'> & {
    readonly zones?: Readonly<Record<string, Readonly<Record<string, One<string>>>>>;
  };
}
export interface HypervisorOptions
  extends RoutingOptions, Partial<Omit<Hypervisor, Taken | 'vteps' | 'transportZones'>> {
  /** Interfaces that end VXLAN tunnels (`vtep0`, `vtep1`, …). */
  readonly vteps?: One<InterfaceSpec>;
  /** Every zone of the design when absent. */
  readonly transportZones?: readonly string[];
  readonly listens?: readonly (string | Listener)[];
}
export type DistributedRouterOptions = RoutingOptions & Partial<Omit<DistributedRouter, Taken>>;
export type L2GatewayOptions = RoutingOptions & Partial<Omit<L2Gateway, Taken>>;
export type SegmentOptions = Partial<Omit<Segment, 'id' | 'kind' | 'subnets'>> & {
  readonly gateway?: One<string>;
};
/** Segment, gateway and the gateway's uplink interface. */
export type StretchEnd = readonly [segment: string, gateway: string, uplink: string];
export type ClusterOptions = Partial<Omit<Cluster, 'id' | 'nodes'>>;
export type WorkloadOptions = Partial<Omit<Workload, 'id' | 'pods' | 'ports'>> & {
  /** {@link containerPortOf} */
  readonly ports?: readonly string[];
};
export type ServiceOptions = Partial<Omit<Service, 'id' | 'ports' | 'clusterIps'>>;
export interface IngressOptions {
  readonly cluster?: string;
  readonly namespace?: string;
  /** `service:port` */
  readonly defaultBackend?: string | IngressBackend;
  readonly tlsPassthrough?: boolean;
}
export type FlowOptions = Partial<Omit<Flow, 'id' | 'from' | 'to'>>;
