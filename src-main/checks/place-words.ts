import type { EntityKind } from '../model/ids.ts';

/** What people call the kinds of things, and what stands in them at the places that findings speak of. */
export interface PlaceWords {
  readonly kinds: Readonly<Record<EntityKind, string>>;
  /** One item of a list, or the value under the key. */
  readonly parts: Readonly<Record<PathKey, string>>;
}

const kinds = {
  site: 'site',
  'transport-zone': 'transport zone',
  segment: 'segment',
  node: 'node',
  link: 'link',
  stretch: 'stretch',
  cluster: 'cluster',
  workload: 'workload',
  service: 'service',
  ingress: 'ingress',
  'network-policy': 'network policy',
  'calico-policy': 'Calico policy',
  'host-endpoint': 'host endpoint',
  group: 'group',
  flow: 'flow',
  intent: 'intent',
  'install-scenario': 'install scenario',
  layout: 'layout',
} as const satisfies Record<EntityKind, string>;

const parts = {
  address: 'address',
  addresses: 'address',
  backend: 'backend',
  blocks: 'block',
  calico: 'Calico',
  cidr: 'range',
  clusterIps: 'cluster IP',
  conditionalForwarders: 'conditional forwarder',
  defaultAction: 'default action',
  defaultBackend: 'default backend',
  dns: 'cluster DNS',
  dnsServer: 'DNS server',
  externalIps: 'external address',
  firewall: 'firewall',
  forwarders: 'forwarder',
  gateway: 'gateway',
  interfaces: 'interface',
  ipPools: 'address pool',
  ipsecTunnels: 'IPsec tunnel',
  loadBalancerIps: 'load-balancer address',
  loadBalancers: 'load balancer',
  localAddress: 'local address',
  mac: 'MAC address',
  mtu: 'MTU',
  nat: 'NAT',
  nodePort: 'node port',
  nodePortRange: 'node port range',
  nodes: 'cluster node',
  original: 'original address',
  paths: 'path',
  podCidrs: 'pod range',
  pods: 'pod',
  ports: 'port',
  resolvers: 'DNS resolver',
  routes: 'route',
  rules: 'rule',
  segment: 'segment',
  servers: 'server',
  serviceCidrs: 'service range',
  subnets: 'subnet',
  translated: 'translated address',
  transportZone: 'transport zone',
  transportZones: 'transport zones',
  via: 'next hop',
  virtualIps: 'virtual IP',
  vni: 'VNI',
  vniPool: 'VNI pool',
  vteps: 'VTEPs',
  vxlan: 'VXLAN mode',
} as const;

/** The keys that places lead by. */
export type PathKey = keyof typeof parts;

export const placeWords: PlaceWords = { kinds, parts };
