import type { NodeKind, Segment, Site } from '../../model/design.ts';
import type { FoundAddress } from './addresses.ts';
import type { Ids } from './ids.ts';
import type { Shape } from './nest.ts';

/** Entities while a drawing is read: what is known of them grows. */
interface Described {
  readonly shape: Shape;
  /** Written by this program: what the drawing says of it beside its label is meant. */
  readonly own: boolean;
  readonly id: string;
  readonly name?: string | undefined;
  readonly notes?: string | undefined;
  readonly tags: readonly string[];
}

export interface SiteDraft extends Described {
  readonly is: 'site';
  readonly kind: Site['kind'];
  parent?: SiteDraft | undefined;
  /** The network of a container that names one. */
  segment?: SegmentDraft;
}

export interface SegmentDraft extends Described {
  readonly is: 'segment';
  kind: Segment['kind'];
  readonly vlan?: number | undefined;
  readonly vni?: number | undefined;
  readonly transportZone?: string | undefined;
  site?: SiteDraft | undefined;
  readonly mtu?: number | undefined;
  readonly subnets: { cidr: string; gateway?: string; name?: string }[];
  /** Two switches that are joined are one network. */
  readonly switch: boolean;
  mergedInto?: SegmentDraft;
}

export interface NodeDraft extends Described {
  readonly is: 'node';
  /** The id that its connectors know it by, which a copy has in common with what it is a copy of. */
  readonly origin: string;
  kind: NodeKind;
  site?: SiteDraft | undefined;
  runsOn?: NodeDraft | undefined;
  readonly state?: 'up' | 'down' | undefined;
  readonly transportZone?: string | undefined;
  readonly transportZones?: readonly string[] | undefined;
  readonly vteps?: readonly string[] | undefined;
  readonly forwarding?: boolean | undefined;
  readonly ports: PortDraft[];
  readonly portIds: Ids;
  /** Addresses of its label. */
  readonly addresses: readonly FoundAddress[];
}

export interface PortDraft {
  readonly id: string;
  segment?: SegmentDraft;
  linked: boolean;
  /** Networks that words at its link name. */
  readonly hints: string[];
  readonly addresses: FoundAddress[];
  readonly mac?: string | undefined;
  readonly mtu?: number | undefined;
  readonly vlan?: number | undefined;
  readonly state?: 'up' | 'down' | undefined;
}

export interface ClusterDraft extends Described {
  readonly is: 'cluster';
  readonly flavour: 'icp' | 'iks' | 'kubernetes';
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  readonly members: Set<NodeDraft>;
}

export type Draft = SiteDraft | SegmentDraft | NodeDraft | ClusterDraft;

export interface LinkDraft {
  readonly id: string;
  readonly name?: string | undefined;
  readonly notes?: string | undefined;
  readonly tags: readonly string[];
  readonly a: { readonly node: NodeDraft; readonly port: PortDraft };
  readonly b: { readonly node: NodeDraft; readonly port: PortDraft };
  readonly mtu?: number | undefined;
  readonly state?: 'up' | 'down' | undefined;
}

export function newPort(node: NodeDraft, wanted?: string): PortDraft {
  const port: PortDraft = {
    id: (wanted === undefined ? undefined : node.portIds.keep(wanted)) ?? nextPortId(node),
    linked: false,
    hints: [],
    addresses: [],
  };
  node.ports.push(port);
  return port;
}

function nextPortId(node: NodeDraft): string {
  for (let number = node.ports.length; ; number += 1) {
    const id = node.portIds.keep(`eth${number}`);
    if (id !== undefined) return id;
  }
}

/** The segment that stands for it where several were one. */
export function whole(segment: SegmentDraft): SegmentDraft {
  let at = segment;
  while (at.mergedInto) at = at.mergedInto;
  return at;
}
