import type { Ip } from '../../model/ip.ts';
import { findAddress } from '../compile/address-index.ts';
import { hashText } from '../compile/hash.ts';
import type {
  CompiledCluster,
  CompiledStretch,
  Device,
  Interface,
  L2Segment,
  StretchEnd,
} from '../compile/network.ts';
import { innerProtocol } from '../packet-state.ts';
import { headerBytes, ipProtocolNumber } from '../vocabulary/packet.ts';
import { because } from '../vocabulary/reason.ts';
import type { Outcome, WalkState } from '../walk-state.ts';

/** Tunnels inside each other at the most; more is a tunnel into itself. */
const deepestTunnel = 8;
/** SPI and sequence number (RFC 4303 §2). Bytes. */
const smallestEspBytes = 8;
/** TTL of the outer packets that ESXi and the concentrators make; their default. */
const outerTtl = 64;
/** RFC 7348 §5: the source port carries the inner frame's hash, out of the dynamic range (RFC 6335 §6). */
const firstDynamicPort = 49152;
const dynamicPorts = 65536 - firstDynamicPort;
/** FelixConfiguration `vxlanVNI` and `vxlanPort`, which Calico's installations leave as they are. */
export const calicoVni = 4096;
export const calicoVxlanPort = 4789;

export function tooDeep(state: WalkState): Outcome {
  return state.packet.depth >= deepestTunnel
    ? state.drop('loop', because('too-many-tunnels', { limit: deepestTunnel }))
    : null;
}

/** Two VTEPs a host: a virtual machine's frames keep to one of them (teaming by source port). */
function vtepOf(state: WalkState, hypervisor: Device, machine: string): Interface | undefined {
  const up = hypervisor.vteps
    .map((index) => state.interfaceAt(index))
    .filter((vtep) => vtep.up && vtep.addresses.length > 0);
  return up[hashText(machine) % Math.max(1, up.length)];
}

/** Puts the outermost frame into VXLAN from one hypervisor to another (RFC 7348 §5). */
export function encapsulateVxlan(
  state: WalkState,
  segment: L2Segment,
  from: Device,
  to: Device,
  target: Interface,
): Outcome {
  const deep = tooDeep(state);
  if (deep) return deep;
  const { packet, recorder } = state;
  const { vni, transportZone: zone } = segment;
  for (const hypervisor of [from, to]) {
    if (!hypervisor.transportZones.includes(zone)) {
      return state.drop(
        'tunnel-down',
        because('outside-zone', { hypervisor: hypervisor.id, zone, vni }),
      );
    }
  }
  const source = vtepOf(state, from, state.device.id);
  const destination = vtepOf(state, to, state.deviceAt(target.device).id);
  if (!source || !destination) {
    return state.drop('tunnel-down', because('no-vtep', { hypervisor: (source ? to : from).id }));
  }
  const family = source.addresses.find((mine) =>
    destination.addresses.some((theirs) => theirs.family === mine.family),
  )?.family;
  const src = source.addresses.find((address) => address.family === family);
  const dst = destination.addresses.find((address) => address.family === family);
  if (!src || !dst) {
    return state.drop('tunnel-down', because('no-common-family', { from: from.id, to: to.id }));
  }
  state.boundInterface = source.index;
  const innerBytes = packet.inner?.total ?? 0;
  const sourcePort = firstDynamicPort + (innerHash(state) % dynamicPorts);
  warnOfVxlanInside(state, segment);
  packet.pushVxlan(vni);
  packet.pushUdp(sourcePort, segment.vxlanPort);
  packet.pushIp(src, dst, ipProtocolNumber.udp, outerTtl, true);
  recorder?.step(
    'encapsulate/vxlan',
    {
      vni,
      segment: segment.id,
      from: src.text,
      to: dst.text,
      overheadBytes: packet.top.total - innerBytes,
    },
    packet,
  );
  return null;
}

/** Filters and captures cannot tell VXLAN on one UDP port from VXLAN inside it on the same. */
function warnOfVxlanInside(state: WalkState, segment: L2Segment): void {
  const { packet } = state;
  for (let at = packet.count - 2; at > 0; at -= 1) {
    const header = packet.at(at);
    const carried = packet.at(at - 1);
    if (header.type !== 'udp' || carried.type !== 'vxlan') continue;
    if (header.destinationPort !== segment.vxlanPort) continue;
    const facts = { inner: `VNI ${carried.number}`, outer: segment.id, port: segment.vxlanPort };
    state.warn('nested-vxlan', segment.id, facts);
  }
}

/** Hash of the addresses inside the outermost frame. */
function innerHash(state: WalkState): number {
  const { packet } = state;
  packet.count -= 1;
  const hash = packet.hash(0);
  packet.count += 1;
  return hash;
}

/**
 * Calico's tunl0: the whole IP packet in another one between the two nodes (RFC 2003). TTL and DF are copied from
 * inside, as tunl0's defaults `ttl inherit nopmtudisc` have it (Linux `net/ipv4/ip_tunnel.c`, `ip_tunnel_xmit`).
 */
export function encapsulateIpInIp(state: WalkState, tunnel: Interface, peer: Ip): Outcome {
  const deep = tooDeep(state);
  if (deep) return deep;
  const { packet, recorder, device } = state;
  const source = peer.family === 4 ? device.kubeNode?.address4 : device.kubeNode?.address6;
  if (!source)
    return state.drop(
      'tunnel-down',
      because('no-source', { device: device.id, destination: peer.text }),
    );
  const { top } = packet;
  packet.pushIp(source, peer, innerProtocol(top.type), top.ttl, top.df);
  packet.depth += 1;
  recorder?.step(
    'encapsulate/ip-in-ip',
    {
      interface: tunnel.id,
      from: source.text,
      to: peer.text,
      overheadBytes: packet.top.total - top.total,
      mtuBytes: tunnel.mtu,
    },
    packet,
  );
  return null;
}

/**
 * Calico's `vxlan.calico`: the frame from one node's end to the other's, whose address is the route's next hop (felix,
 * `vxlan_mgr.go`). The outer packet may be cut, as Linux leaves DF unset (`ip-link(8)`, `df unset`).
 */
export function encapsulateCalicoVxlan(state: WalkState, tunnel: Interface, peer: Ip): Outcome {
  const deep = tooDeep(state);
  if (deep) return deep;
  const { packet, recorder, device, network } = state;
  const theirs = findAddress((network.clusters[device.cluster] as CompiledCluster).vteps, peer);
  if (theirs < 0)
    return state.drop('tunnel-down', because('not-a-tunnel-end', { device: peer.text }));
  const target = state.interfaceAt(theirs);
  const far = state.deviceAt(target.device);
  const of = ({ kubeNode }: Device) =>
    peer.family === 4 ? kubeNode?.address4 : kubeNode?.address6;
  const [source, destination] = [of(device), of(far)];
  if (!source || !destination) {
    const detail = { device: source ? far.id : device.id, destination: peer.text };
    return state.drop('tunnel-down', because('no-source', detail));
  }
  const innerBytes = packet.top.total;
  packet.pushEthernet(tunnel.mac, target.mac, 0, target.index);
  const sourcePort = firstDynamicPort + (innerHash(state) % dynamicPorts);
  packet.pushVxlan(calicoVni);
  packet.pushUdp(sourcePort, calicoVxlanPort);
  packet.pushIp(source, destination, ipProtocolNumber.udp, outerTtl, false);
  recorder?.step(
    'encapsulate/vxlan',
    {
      vni: calicoVni,
      segment: tunnel.id,
      from: source.text,
      to: destination.text,
      overheadBytes: packet.top.total - innerBytes,
    },
    packet,
  );
  return null;
}

/** Tells apart the stretches that two concentrators carry; above the reserved ones (RFC 4303 §2.1). */
export const spiOf = (stretch: CompiledStretch): number => (hashText(stretch.id) | 0x100) >>> 0;

/** A concentrator puts the whole frame into its tunnel to the other end of the stretch. */
export function encapsulateStretch(
  state: WalkState,
  stretch: CompiledStretch,
  from: StretchEnd,
  to: StretchEnd,
): Outcome {
  const deep = tooDeep(state);
  if (deep) return deep;
  const { packet, recorder } = state;
  if (!stretch.up)
    return state.drop('tunnel-down', because('stretch-down', { stretch: stretch.id }));
  const source = from.uplink < 0 ? undefined : state.interfaceAt(from.uplink).addresses[0];
  const destination = to.uplink < 0 ? undefined : state.interfaceAt(to.uplink).addresses[0];
  if (!source || destination?.family !== source.family || !state.deviceAt(to.device).up) {
    return state.drop('tunnel-down', because('stretch-incomplete', { stretch: stretch.id }));
  }
  const innerBytes = packet.inner?.total ?? 0;
  const ipBytes = source.family === 4 ? headerBytes.ipv4 : headerBytes.ipv6;
  // The stretch's overhead is all that the tunnel adds to a frame; ESP has what IP and UDP leave of it.
  packet.pushEsp(
    spiOf(stretch),
    Math.max(smallestEspBytes, stretch.overheadBytes - ipBytes - headerBytes.udp),
  );
  packet.pushUdp(stretch.port, stretch.port);
  packet.pushIp(source, destination, ipProtocolNumber.udp, outerTtl, stretch.outerDf);
  recorder?.step(
    'encapsulate/l2-tunnel',
    {
      stretch: stretch.id,
      from: source.text,
      to: destination.text,
      overheadBytes: packet.top.total - innerBytes,
    },
    packet,
  );
  return null;
}
