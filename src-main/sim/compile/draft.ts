import type { Cluster, Design, Node, Service, Workload } from '../../model/design.ts';
import type { Ip, InterfaceAddress } from '../../model/ip.ts';
import type { CompiledListener, Device, KubeNode, L2Segment, TunnelKind } from './network.ts';
import type { RouteCandidate } from './route-table.ts';

/** The network while it is being put together; {@link Network} is its frozen outcome. */
export interface Draft {
  readonly design: Design;
  readonly devices: DraftDevice[];
  readonly interfaces: DraftInterface[];
  readonly segments: DraftSegment[];
  readonly deviceByNode: Map<string, number>;
  readonly deviceByPod: Map<string, number>;
  readonly segmentById: Map<string, number>;
}

export interface DraftDevice {
  readonly index: number;
  readonly id: string;
  readonly kind: Device['kind'];
  readonly node: Node | null;
  readonly up: boolean;
  readonly hypervisor: number;
  readonly interfaces: number[];
  readonly routes: RouteCandidate[];
  readonly extraListeners: CompiledListener[];
  readonly sites: readonly string[];
  forwards: boolean;
  cluster: number;
  kubeNode: KubeNode | null;
  resolvers: readonly Ip[];
  searchDomains: readonly string[];
}

export interface DraftInterface {
  readonly index: number;
  readonly id: string;
  readonly device: number;
  segment: number;
  readonly addresses: readonly InterfaceAddress[];
  mtu: number;
  readonly mac: string;
  up: boolean;
  readonly vlan: number;
  readonly tunnel: TunnelKind | null;
  readonly proxyArp: boolean;
}

export type DraftSegment = Omit<
  L2Segment,
  'owners' | 'virtualIps' | 'downOwners' | 'stretch' | 'otherStretches'
> & {
  readonly members: number[];
};

/** A cluster with what belongs to it. */
export interface DraftCluster {
  readonly cluster: Cluster;
  readonly index: number;
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
}

/** Bytes; Ethernet's payload (RFC 894). */
export const defaultMtu = 1500;

export function deviceOf(draft: Draft, index: number): DraftDevice {
  return draft.devices[index] as DraftDevice;
}
export function interfaceOf(draft: Draft, index: number): DraftInterface {
  return draft.interfaces[index] as DraftInterface;
}
