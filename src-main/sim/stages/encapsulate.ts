import type { Ip } from '../../model/ip.ts';
import { hashText } from '../compile/hash.ts';
import type {
  CompiledStretch,
  Device,
  Interface,
  L2Segment,
  StretchEnd,
} from '../compile/network.ts';
import { innerProtocol } from '../packet-state.ts';
import { headerBytes, ipProtocolNumber } from '../vocabulary/packet.ts';
import { reasons } from '../vocabulary/reasons.ts';
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

function tooDeep(state: WalkState): Outcome {
  return state.packet.depth >= deepestTunnel
    ? state.drop('loop', reasons.tooManyTunnels(deepestTunnel))
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
      return state.drop('tunnel-down', reasons.outsideZone(hypervisor.id, zone, vni));
    }
  }
  const source = vtepOf(state, from, state.device.id);
  const destination = vtepOf(state, to, state.deviceAt(target.device).id);
  if (!source || !destination) {
    return state.drop('tunnel-down', reasons.noVtep((source ? to : from).id));
  }
  const family = source.addresses.find((mine) =>
    destination.addresses.some((theirs) => theirs.family === mine.family),
  )?.family;
  const src = source.addresses.find((address) => address.family === family);
  const dst = destination.addresses.find((address) => address.family === family);
  if (!src || !dst) {
    return state.drop('tunnel-down', reasons.noCommonFamily(from.id, to.id));
  }
  state.boundInterface = source.index;
  const innerBytes = packet.inner?.total ?? 0;
  const sourcePort = firstDynamicPort + (innerHash(state) % dynamicPorts);
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
  if (!source) return state.drop('tunnel-down', reasons.noSource(device.id, peer.text));
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
  if (!stretch.up) return state.drop('tunnel-down', reasons.stretchDown(stretch.id));
  const source = from.uplink < 0 ? undefined : state.interfaceAt(from.uplink).addresses[0];
  const destination = to.uplink < 0 ? undefined : state.interfaceAt(to.uplink).addresses[0];
  if (!source || destination?.family !== source.family || !state.deviceAt(to.device).up) {
    return state.drop('tunnel-down', reasons.stretchIncomplete(stretch.id));
  }
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
      overheadBytes: stretch.overheadBytes,
    },
    packet,
  );
  return null;
}
