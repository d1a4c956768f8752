import type { OutlineKind } from '../../state/outline-tree.ts';
import type { Icon } from '../../ui/menu.ts';
import {
  IconCloud,
  IconCluster,
  IconDataCentre,
  IconDistributedRouter,
  IconDns,
  IconEdgeGateway,
  IconFlowTool,
  IconFolder,
  IconGroupOf,
  IconHost,
  IconHypervisor,
  IconIngress,
  IconIntent,
  IconInternet,
  IconL2Gateway,
  IconLayout,
  IconLink,
  IconLoadBalancer,
  IconMirror,
  IconOffice,
  IconPod,
  IconPolicy,
  IconProxy,
  IconRouter,
  IconRule,
  IconSegment,
  IconServer,
  IconService,
  IconSite,
  IconStretch,
  IconWorkload,
  IconZone,
} from '../../ui/icons.ts';

const sites = {
  internet: IconInternet,
  cloud: IconCloud,
  'data-centre': IconDataCentre,
  office: IconOffice,
  other: IconSite,
} as const;

const nodes = {
  host: IconHost,
  router: IconRouter,
  'edge-gateway': IconEdgeGateway,
  'distributed-router': IconDistributedRouter,
  hypervisor: IconHypervisor,
  'l2-gateway': IconL2Gateway,
} as const;

const roles = {
  dns: IconDns,
  proxy: IconProxy,
  mirror: IconMirror,
  server: IconServer,
  'load-balancer': IconLoadBalancer,
  'cluster-node': IconServer,
} as const;

const entities = {
  site: IconSite,
  'transport-zone': IconZone,
  segment: IconSegment,
  node: IconHost,
  link: IconLink,
  stretch: IconStretch,
  cluster: IconCluster,
  workload: IconWorkload,
  service: IconService,
  ingress: IconIngress,
  'network-policy': IconPolicy,
  'calico-policy': IconPolicy,
  'host-endpoint': IconPolicy,
  group: IconGroupOf,
  flow: IconFlowTool,
  intent: IconIntent,
  'install-scenario': IconRule,
  layout: IconLayout,
} as const;

/** The icon of a thing wherever it stands in a list. */
export function iconOf(kind: OutlineKind): Icon {
  switch (kind.is) {
    case 'site':
      return sites[kind.kind];
    case 'node':
      return kind.role ? roles[kind.role] : nodes[kind.kind];
    case 'segment':
      return IconSegment;
    case 'cluster':
      return IconCluster;
    case 'pod':
      return IconPod;
    case 'entity':
      return entities[kind.kind];
    case 'heading':
      return IconFolder;
    default:
      return kind satisfies never;
  }
}
