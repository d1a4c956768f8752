import { ip } from '../../model/ip.ts';
import { findAddress } from '../../sim/compile/address-index.ts';
import type { Device, Interface, L2Segment, Network } from '../../sim/compile/network.ts';
import type { DraftNamespace } from './plan.ts';
import type { WireEnd, Wires } from './wires.ts';

/** Outer TTL of what hypervisors encapsulate. */
const outerTtl = 64;

/** RFC 7348 §5: the source port carries the inner frame's hash, out of the dynamic range (RFC 6335 §6). */
const sourcePorts = '49152 65535';
/** RFC 8200 §5: with less an interface has no IPv6, and nothing of it can be set. Bytes. */
const leastIpv6MtuBytes = 1280;

/** A machine's interface on a logical switch, and the hypervisor where it is. */
export interface OverlayPort {
  readonly item: Interface;
  readonly hypervisor: Device;
  readonly end: WireEnd;
}

/**
 * A logical switch: in each hypervisor that has machines on it a bridge, and where the transport zone allows it a VXLAN
 * device. Nothing is learned and nothing flooded: what a controller knows stands in the tables, and bridges answer for
 * neighbors that are elsewhere.
 */
export function addLogicalSwitch(
  network: Network,
  segment: L2Segment,
  ports: readonly OverlayPort[],
  namespaceOf: (device: Device) => DraftNamespace,
  wires: Wires,
): void {
  for (const [hypervisor, here] of Map.groupBy(ports, (port) => port.hypervisor)) {
    const namespace = namespaceOf(hypervisor);
    const bridge = wires.bridge(namespace, segment);
    for (const { end } of here) {
      const port = wires.port(namespace, bridge, segment, end);
      namespace.bridge.push(`fdb add ${end.mac} dev ${port} master static`);
    }
    const local = vtepOf(network, hypervisor);
    if (!local || !hypervisor.transportZones.includes(segment.transportZone)) continue;
    // A distributed router's interface is in each hypervisor, so that none is elsewhere.
    const remote = ports.filter(({ item }) => !here.some((port) => port.item === item));
    const device = namespace.names.free(`vx${segment.vni}`);
    namespace.ip.push(
      `link add name ${device} mtu ${segment.mtu} type vxlan id ${segment.vni} local ${local} dstport ${segment.vxlanPort} ttl ${outerTtl} df set srcport ${sourcePorts} nolearning`,
      ...(segment.mtu < leastIpv6MtuBytes ? [] : [`link set dev ${device} addrgenmode none`]),
      `link set dev ${device} master ${bridge} up`,
      `link set dev ${device} type bridge_slave neigh_suppress on learning off`,
    );
    for (const { item, hypervisor: there } of remote) {
      const far = vtepOf(network, there);
      if (far === undefined) continue;
      namespace.bridge.push(
        `fdb add ${item.mac} dev ${device} dst ${far} self static`,
        `fdb add ${item.mac} dev ${device} master static`,
      );
      for (const address of answeredFor(segment, item)) {
        namespace.ip.push(`neigh add ${address} lladdr ${item.mac} dev ${bridge} nud permanent`);
      }
    }
  }
}

/** The addresses that the segment knows the interface by, virtual ones among them. */
const answeredFor = (segment: L2Segment, item: Interface): readonly string[] => {
  const known = [...item.addresses.map((address) => address.text), ...segment.virtualIps.keys()];
  return [...new Set(known)].filter((text) => findAddress(segment.owners, ip(text)) === item.index);
};

/** The address that a hypervisor's tunnels end at. */
const vtepOf = (network: Network, hypervisor: Device): string | undefined =>
  network.interfaces[hypervisor.vteps[0] ?? -1]?.addresses[0]?.text;
