import type {
  Cluster,
  Design,
  NodeKind,
  Pod,
  Service,
  Stretch,
  Workload,
} from '../../model/design.ts';
import type { Ip, IpFamily, IpRange } from '../../model/ip.ts';
import type { RouteOrigin, ServiceVia } from '../vocabulary/step.ts';
import type { AddressIndex } from './address-index.ts';
import type { ClusterPolicies } from './policy-tables.ts';
import type { RuleBounds } from './rule-bounds.ts';

/**
 * A design, indexed for simulation. Everything is plain data: devices, interfaces and segments are named by their
 * index, matches and actions are ranges and numbers, so that an engine over sets of packets can read the same tables.
 */
export interface Network {
  readonly design: Design;
  readonly devices: readonly Device[];
  readonly interfaces: readonly Interface[];
  readonly segments: readonly L2Segment[];
  readonly stretches: readonly CompiledStretch[];
  readonly ipsecTunnels: readonly CompiledIpsec[];
  readonly clusters: readonly CompiledCluster[];
  readonly deviceByNode: ReadonlyMap<string, number>;
  readonly deviceByPod: ReadonlyMap<string, number>;
  readonly segmentById: ReadonlyMap<string, number>;
}

/** Whoever routes or ends packets: a node, or a pod. */
export interface Device {
  readonly index: number;
  readonly id: string;
  readonly kind: NodeKind | 'pod' | 'address';
  readonly up: boolean;
  /** Device index of the hypervisor it runs on, -1 for hardware. */
  readonly hypervisor: number;
  readonly interfaces: readonly number[];
  readonly forwards: boolean;
  /** Firewall before DNAT (`nsx-v`), or between routing and SNAT (`linux`). */
  readonly firewallFirst: boolean;
  /** Keeps sessions: it filters, translates or balances. */
  readonly stateful: boolean;
  readonly routes4: RouteTable;
  readonly routes6: RouteTable;
  /** Tables with the routes that are withdrawn because their interface is down; to tell why there is no route. */
  readonly withdrawn4: RouteTable | null;
  readonly withdrawn6: RouteTable | null;
  readonly firewall: CompiledFirewall | null;
  readonly dnat: readonly CompiledDnat[];
  readonly snat: readonly CompiledSnat[];
  readonly balancers: readonly CompiledBalancer[];
  readonly listeners: readonly CompiledListener[];
  /** Indexes of the IPsec tunnels that end here. */
  readonly ipsecTunnels: readonly number[];
  readonly resolvers: readonly Ip[];
  readonly searchDomains: readonly string[];
  /** Transport zones by id; hypervisors and distributed routers. */
  readonly transportZones: readonly string[];
  /** Interface indexes of a hypervisor's VTEPs. */
  readonly vteps: readonly number[];
  /** Index of the cluster that it is a node or a pod of, -1 outside. */
  readonly cluster: number;
  /** The device forwards for pods: kube-proxy and Calico work here. */
  readonly kubeNode: KubeNode | null;
  /** Site ids from its own up to the outermost. */
  readonly sites: readonly string[];
}

export interface Interface {
  readonly index: number;
  readonly id: string;
  readonly device: number;
  /** Segment index, -1 where it is not connected. */
  readonly segment: number;
  readonly addresses: readonly Ip[];
  readonly prefixLengths: readonly number[];
  readonly mtu: number;
  readonly mac: string;
  readonly up: boolean;
  /** 802.1Q tag that the owner puts on its frames; 0 for none. */
  readonly vlan: number;
  /** That tag, unless it only repeats the number of the VLAN that the interface is on: what both ends must agree on. */
  readonly guestTag: number;
  /** Not an interface to a segment, but one end of Calico's tunnels; null elsewhere. */
  readonly tunnel: TunnelKind | null;
  /** The node's end of a pod's veth pair: it answers for every address (proxy ARP). */
  readonly proxyArp: boolean;
}

export type TunnelKind = 'ip-in-ip' | 'vxlan';

/** A layer-2 domain: a segment, a link, or a pod's veth pair. */
export interface L2Segment {
  readonly index: number;
  readonly id: string;
  readonly kind: 'lan' | 'vlan' | 'vxlan' | 'link' | 'veth';
  readonly mtu: number;
  readonly up: boolean;
  readonly vni: number;
  readonly transportZone: string;
  /** UDP port of the zone's VXLAN. */
  readonly vxlanPort: number;
  /** Who answers for an address here: address → interface index. */
  readonly owners: AddressIndex;
  /** Addresses of the index that are virtual, by their text. */
  readonly virtualIps: ReadonlyMap<string, string>;
  /** Owners that are drawn but down, to tell why nobody answers. */
  readonly downOwners: AddressIndex;
  /** Index of the stretch that ends here, -1 for none. */
  readonly stretch: number;
  /** Ends of more stretches here, which are not followed. */
  readonly otherStretches: number;
  /** Part of an internet site: what nobody here owns is taken to be somewhere on the internet. */
  readonly internet: boolean;
  readonly subnets: readonly {
    readonly range: IpRange;
    readonly gateway: Ip | null;
    readonly length: number;
  }[];
}

export interface RouteEntry {
  /** -1 where the route discards, or the destination is the device's own. */
  readonly interface: number;
  readonly via: Ip | null;
  readonly kind: 'forward' | 'discard' | 'local' | 'tunnel';
  readonly origin: RouteOrigin;
  readonly id: string;
}

/**
 * The routes of many devices side by side, in one family. Longest-prefix match is a search over disjoint intervals:
 * `starts` holds the first address of each (one word for IPv4, four for IPv6), `groupOf` the routes that match there
 * (-1: none). Group g's equal routes are `entries[entryStart[g]]` up to `entries[entryStart[g + 1]]`, exclusive.
 */
export interface RoutePool {
  starts: Uint32Array;
  groupOf: Int32Array;
  entryStart: Int32Array;
  entries: readonly RouteEntry[];
  prefixes: readonly string[];
}

/** One device's share of a pool: its intervals, in address order. */
export interface RouteTable {
  readonly family: IpFamily;
  readonly pool: Readonly<RoutePool>;
  readonly firstInterval: number;
  readonly intervals: number;
}

/** Null matches everything. Sorted, merged. */
export type AddressMatch = readonly IpRange[] | null;
/** Pairs from, to. Null matches everything. */
export type PortMatch = readonly number[] | null;

export const anyProtocol = -1;

export interface ServiceMatch {
  /** IANA protocol number for IPv4 ({@link anyProtocol}: every one). ICMP stands for ICMPv6 too. */
  readonly protocol: number;
  readonly ports: PortMatch;
}

export type FilterChain = 'input' | 'forward' | 'output';

export interface CompiledRule {
  readonly number: number;
  /** Null: input and forward. */
  readonly chain: FilterChain | null;
  readonly id: string;
  readonly name: string;
  readonly inInterface: number;
  readonly outInterface: number;
  readonly sources: AddressMatch;
  readonly destinations: AddressMatch;
  /** Null matches everything. */
  readonly services: readonly ServiceMatch[] | null;
  readonly action: FilterAction;
}
export type FilterAction = 'accept' | 'deny' | 'reject';

export interface CompiledFirewall {
  /** Enabled rules only; their numbers are those of the design. */
  readonly rules: readonly CompiledRule[];
  /** What rules most of them out at a glance. */
  readonly bounds: RuleBounds;
  readonly defaultAction: FilterAction;
  /** Some rule is for what the device itself sends. */
  readonly filtersOutput: boolean;
}

interface CompiledNat {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly interface: number;
  readonly protocol: number;
  readonly original: readonly IpRange[];
  /** First and last new address; null with `translated: interface`. */
  readonly translated: IpRange | null;
  /** The ranges are of one size: addresses map one to one. */
  readonly oneToOne: boolean;
}
export interface CompiledDnat extends CompiledNat {
  readonly originalPorts: PortMatch;
  readonly source: AddressMatch;
  /** 0 keeps the port. */
  readonly translatedPort: number;
}
export interface CompiledSnat extends CompiledNat {
  readonly destination: AddressMatch;
}

export interface CompiledBalancer {
  readonly id: string;
  readonly address: Ip;
  readonly protocol: number;
  readonly port: number;
  readonly mode: 'proxy' | 'transparent';
  readonly layer: 4 | 7;
  readonly members: readonly {
    readonly id: string;
    readonly address: Ip;
    readonly port: number;
    readonly weight: number;
  }[];
}

export type ListenerRole =
  'plain' | 'dns' | 'http-proxy' | 'ingress-http' | 'ingress-https' | 'balancer';
export interface CompiledListener {
  readonly protocol: number;
  readonly port: number;
  /** Null: all addresses of the device. */
  readonly address: Ip | null;
  readonly role: ListenerRole;
  readonly name: string;
}

export interface CompiledStretch {
  readonly index: number;
  readonly id: string;
  readonly stretch: Stretch;
  readonly up: boolean;
  readonly port: number;
  readonly overheadBytes: number;
  readonly outerDf: boolean;
  readonly proximityRouting: boolean;
  readonly ends: readonly [StretchEnd, StretchEnd];
}
export interface StretchEnd {
  readonly segment: number;
  readonly device: number;
  /** The gateway's interface on the stretched segment. */
  readonly inside: number;
  readonly uplink: number;
}

/** One end of an IPsec tunnel, enabled. */
export interface CompiledIpsec {
  readonly index: number;
  readonly id: string;
  readonly device: number;
  readonly local: Ip;
  readonly peer: Ip;
  readonly localSubnets: readonly IpRange[];
  readonly remoteSubnets: readonly IpRange[];
  readonly natTraversal: boolean;
  readonly overheadBytes: number;
  /** Of the packets that it sends. */
  readonly spi: number;
  /** Index of the other end, which is configured the other way round; -1 where there is none. */
  readonly otherEnd: number;
}

export interface CompiledPool {
  readonly range: IpRange;
  readonly natOutgoing: boolean;
}

export interface KubeNode {
  /** Address by which the cluster knows the node, by family; null for none. */
  readonly address4: Ip | null;
  readonly address6: Ip | null;
  /** Index of `tunl0`, -1 for none. */
  readonly ipInIpInterface: number;
  /** Index of `vxlan.calico` and `vxlan-v6.calico`, -1 for none. */
  readonly vxlanInterface4: number;
  readonly vxlanInterface6: number;
}

export interface Endpoint {
  readonly address: Ip;
  readonly port: number;
  readonly pod: string;
  readonly device: number;
  /** Device index of the node that it is on, -1 where nobody says. */
  readonly node: number;
  /** Terminating, but still serving: used only where no endpoint is ready. */
  readonly draining: boolean;
}

export interface ServicePort {
  readonly service: Service;
  readonly protocol: number;
  readonly port: number;
  /** 0 for none. */
  readonly nodePort: number;
  /** Endpoints that new connections go to, by family of the service address. */
  readonly endpoints4: readonly Endpoint[];
  readonly endpoints6: readonly Endpoint[];
  /** Endpoints under a traffic policy `Local`, by the device index of their node. */
  readonly local4: ReadonlyMap<number, readonly Endpoint[]>;
  readonly local6: ReadonlyMap<number, readonly Endpoint[]>;
  /** Who may use the load-balancer addresses of the family; null: everybody. */
  readonly sourceRanges4: AddressMatch;
  readonly sourceRanges6: AddressMatch;
}

/** One of the addresses that a service's port is reached by. */
export interface ServiceAddress {
  readonly port: ServicePort;
  readonly via: Exclude<ServiceVia, 'node-port'>;
}

export interface CompiledServices {
  /** By the service's id. */
  readonly ports: ReadonlyMap<string, readonly ServicePort[]>;
  /** Address → index into `addresses`. */
  readonly index: AddressIndex;
  /** All that is reached by one address, in the order of the design. */
  readonly addresses: readonly (readonly ServiceAddress[])[];
  /** By `nodePortKey`. */
  readonly nodePorts: ReadonlyMap<number, ServicePort>;
}

export interface CompiledController {
  /** Device indexes of its pods, or of their nodes with hostNetwork. */
  readonly devices: ReadonlySet<number>;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** The ingress classes that it serves; null for the default one, which serves what no other does. */
  readonly classes: readonly string[] | null;
}

export interface CompiledCluster {
  readonly index: number;
  readonly cluster: Cluster;
  readonly domain: string;
  readonly pools: readonly CompiledPool[];
  readonly podRanges: readonly IpRange[];
  /** Ends of Calico's VXLAN: the address of `vxlan.calico` → its interface index. */
  readonly vteps: AddressIndex;
  readonly services: CompiledServices;
  /** Null where the cluster has none. */
  readonly policies: ClusterPolicies | null;
  readonly dnsAddresses: readonly Ip[];
  /** Device indexes of the pods (or their nodes) that answer for the cluster domain. */
  readonly dnsDevices: ReadonlySet<number>;
  readonly dnsForwarders: readonly Ip[] | null;
  /** The default one first. */
  readonly ingressControllers: readonly CompiledController[];
  readonly pods: ReadonlyMap<string, { readonly pod: Pod; readonly workload: Workload }>;
}
