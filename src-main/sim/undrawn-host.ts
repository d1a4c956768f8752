import { familyBits, prefixOf, type Ip } from '../model/ip.ts';
import { subnetOf } from './compile/compile.ts';
import { macOf } from './compile/hash.ts';
import type { Device, Interface, L2Segment } from './compile/network.ts';
import { buildRouteTable, type RouteCandidate } from './compile/route-table.ts';
import type { WalkState } from './walk-state.ts';

/** Whoever is somewhere on the internet comes in by the segment's gateway. */
function internetGateway(segment: L2Segment, address: Ip): Ip | null {
  if (!segment.internet) return null;
  const gateways = segment.subnets.map((subnet) => subnet.gateway);
  return gateways.find((gateway) => gateway?.family === address.family) ?? null;
}

/**
 * A host that a flow speaks of but the design does not draw: it has one interface, the subnet that its address lies
 * in, and a default route to `gateway` (the subnet's own where none is given). Gives its device index.
 */
export function addUndrawnHost(
  state: WalkState,
  segment: L2Segment,
  address: Ip,
  gateway: Ip | null,
): number {
  const index = state.nextDeviceIndex;
  const at = state.nextInterfaceIndex;
  const subnet = subnetOf(segment, address);
  const via = gateway ?? subnet?.gateway ?? internetGateway(segment, address);
  const common = { interface: at, kind: 'forward', id: '', distance: 0, metric: 0 } as const;
  const routes: RouteCandidate[] = [];
  if (subnet) {
    const { length } = subnet;
    routes.push({ ...common, prefix: prefixOf(address, length), via: null, origin: 'connected' });
  }
  if (via) routes.push({ ...common, prefix: prefixOf(address, 0), via, origin: 'static' });
  const local = { ...common, interface: -1, kind: 'local', distance: -1 } as const;
  routes.push({
    ...local,
    prefix: prefixOf(address, familyBits(address.family)),
    via: null,
    origin: 'connected',
  });
  const device: Device = {
    index,
    id: address.text,
    kind: 'address',
    up: true,
    hypervisor: -1,
    interfaces: [at],
    forwards: false,
    firewallFirst: false,
    stateful: false,
    routes4: buildRouteTable(4, routes),
    routes6: buildRouteTable(6, routes),
    withdrawn4: null,
    withdrawn6: null,
    firewall: null,
    dnat: [],
    snat: [],
    balancers: [],
    listeners: [],
    ipsecTunnels: [],
    resolvers: [],
    searchDomains: [],
    transportZones: [],
    vteps: [],
    cluster: -1,
    kubeNode: null,
    sites: [],
  };
  const networkInterface: Interface = {
    index: at,
    id: 'eth0',
    device: index,
    segment: segment.index,
    addresses: [address],
    prefixLengths: [subnet?.length ?? familyBits(address.family)],
    mtu: segment.mtu,
    mac: macOf(address.text, 'eth0'),
    up: true,
    vlan: 0,
    guestTag: 0,
    tunnel: null,
    proxyArp: false,
  };
  state.addHost(device, networkInterface);
  return index;
}
