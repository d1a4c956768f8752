import type {
  Entity,
  EntityKind,
  Node,
  Segment,
  Site,
} from '../../../../src-main/contract/index.ts';
import * as icons from '../../../ui/icons.ts';
import type { Icon } from '../../../ui/menu.ts';
import { language } from '../../../i18n/language.svelte.ts';

const siteIcons: Readonly<Record<Site['kind'], Icon>> = {
  internet: icons.IconInternet,
  cloud: icons.IconCloud,
  'data-centre': icons.IconDataCentre,
  office: icons.IconOffice,
  other: icons.IconSite,
};
const nodeIcons: Readonly<Record<Node['kind'], Icon>> = {
  host: icons.IconHost,
  router: icons.IconRouter,
  'edge-gateway': icons.IconEdgeGateway,
  'distributed-router': icons.IconDistributedRouter,
  hypervisor: icons.IconHypervisor,
  'l2-gateway': icons.IconL2Gateway,
};
const kindIcons: Readonly<Record<Exclude<EntityKind, 'site' | 'node'>, Icon>> = {
  'transport-zone': icons.IconZone,
  segment: icons.IconSegment,
  link: icons.IconLink,
  stretch: icons.IconStretch,
  cluster: icons.IconCluster,
  workload: icons.IconWorkload,
  service: icons.IconService,
  ingress: icons.IconIngress,
  'network-policy': icons.IconPolicy,
  'calico-policy': icons.IconPolicy,
  'host-endpoint': icons.IconPolicy,
  group: icons.IconGroupOf,
  flow: icons.IconRoute,
  intent: icons.IconIntent,
  'install-scenario': icons.IconDownload,
  layout: icons.IconLayout,
};

/** A host is shown as what it does. */
function hostIcon(node: Extract<Node, { kind: 'host' }>): Icon {
  if (node.dnsServer) return icons.IconDns;
  if (node.httpProxy) return icons.IconProxy;
  if (node.artifactMirror) return icons.IconMirror;
  if (node.runsOn !== undefined) return icons.IconVm;
  return node.listeners?.length ? icons.IconServer : icons.IconHost;
}

export function iconOf(kind: EntityKind, entity: Entity): Icon {
  switch (kind) {
    case 'site':
      return siteIcons[(entity as Site).kind];
    case 'node': {
      const node = entity as Node;
      return node.kind === 'host' ? hostIcon(node) : nodeIcons[node.kind];
    }
    default:
      return kindIcons[kind];
  }
}

/** What it is, in words: "Edge gateway", "VLAN 1201". */
export function kindWords(kind: EntityKind, entity: Entity): string {
  const { nodeKinds, segmentKinds, inspector: words } = language.messages;
  switch (kind) {
    case 'site':
      return words.siteKinds[(entity as Site).kind];
    case 'node':
      return nodeKinds[(entity as Node).kind];
    case 'segment': {
      const segment = entity as Segment;
      if (segment.kind === 'vlan') return segmentKinds.vlan(String(segment.vlan));
      if (segment.kind === 'vxlan') return segmentKinds.vxlan(String(segment.vni));
      return segmentKinds.lan;
    }
    default:
      return words.kinds[kind];
  }
}
