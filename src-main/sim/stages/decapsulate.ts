import { decrypt } from './ipsec.ts';
import { calicoVni, calicoVxlanPort, spiOf } from './encapsulate.ts';
import { because } from '../vocabulary/reason.ts';
import type { L2Segment } from '../compile/network.ts';
import type { Outcome, WalkState } from '../walk-state.ts';
import { loseFrame } from './transmit.ts';
import { carry, placeOf, type Carried } from './frames.ts';

/**
 * Takes a packet for the device out of the tunnel that it is in. `none`: it is in no tunnel, so it is for a program.
 * The packet's own headers tell: outer IP over UDP over VXLAN or ESP, or IP over IP.
 */
export function decapsulate(state: WalkState): Carried | 'none' {
  const { packet } = state;
  const inner = packet.inner;
  if (!inner) return 'none';
  if (inner.type === 'ipv4' || inner.type === 'ipv6') return fromIpInIp(state);
  if (inner.type === 'esp') {
    return (
      decrypt(state) ??
      state.drop('tunnel-down', because('not-a-tunnel-end', { device: state.device.id }))
    );
  }
  const carried = packet.count > 2 ? packet.at(packet.count - 3).type : undefined;
  if (carried === 'vxlan') return fromVxlan(state);
  if (carried === 'esp') return decrypt(state) ?? fromStretch(state);
  return 'none';
}

function fromIpInIp(state: WalkState): Carried {
  const { packet, device, recorder } = state;
  const tunnel = device.kubeNode?.ipInIpInterface ?? -1;
  if (tunnel < 0)
    return state.drop('tunnel-down', because('not-a-tunnel-end', { device: device.id }));
  packet.pop();
  packet.depth -= 1;
  state.inInterface = tunnel;
  recorder?.step('decapsulate/ip-in-ip', { interface: state.interfaceAt(tunnel).id }, packet);
  return 'arrived';
}

function fromVxlan(state: WalkState): Carried {
  const { packet, device, recorder, network } = state;
  if (device.kubeNode) return fromCalicoVxlan(state);
  const isVtep = device.vteps.some((vtep) =>
    state.interfaceAt(vtep).addresses.some((address) => address.text === packet.top.dst.text),
  );
  if (!isVtep) return state.drop('tunnel-down', because('not-a-tunnel-end', { device: device.id }));
  const vni = packet.at(packet.count - 3).number;
  const port = packet.destinationPort;
  const segment = network.segments.find(
    (candidate) =>
      candidate.kind === 'vxlan' &&
      candidate.vni === vni &&
      candidate.vxlanPort === port &&
      device.transportZones.includes(candidate.transportZone),
  );
  if (!segment)
    return state.drop('tunnel-down', because('unknown-vni', { hypervisor: device.id, vni }));
  removeTunnel(state);
  recorder?.step('decapsulate/vxlan', { vni, segment: segment.id }, packet);
  return carry(state, segment, device.index);
}

/** A node takes the packet out of Calico's VXLAN: the frame is for its own end. */
function fromCalicoVxlan(state: WalkState): Carried {
  const { packet, device, recorder } = state;
  const { kubeNode } = device;
  const isIpv4 = packet.top.dst.family === 4;
  const tunnel = (isIpv4 ? kubeNode?.vxlanInterface4 : kubeNode?.vxlanInterface6) ?? -1;
  const vni = packet.at(packet.count - 3).number;
  if (tunnel < 0 || vni !== calicoVni || packet.destinationPort !== calicoVxlanPort) {
    return state.drop('tunnel-down', because('not-a-tunnel-end', { device: device.id }));
  }
  removeTunnel(state);
  packet.pop();
  state.inInterface = tunnel;
  recorder?.step('decapsulate/vxlan', { vni, segment: state.interfaceAt(tunnel).id }, packet);
  return 'arrived';
}

function fromStretch(state: WalkState): Carried {
  const { packet, device, recorder, network } = state;
  const spi = packet.at(packet.count - 3).number;
  for (const stretch of network.stretches) {
    const end = stretch.ends.find((candidate) => candidate.device === device.index);
    if (!end || spiOf(stretch) !== spi) continue;
    const segment = state.segmentAt(end.segment);
    removeTunnel(state);
    recorder?.step('decapsulate/l2-tunnel', { stretch: stretch.id, segment: segment.id }, packet);
    const lost = sendInside(state, end.inside, segment);
    if (lost) return lost;
    return carry(state, segment, placeOf(state, device.index, segment));
  }
  return state.drop('tunnel-down', because('not-a-tunnel-end', { device: device.id }));
}

/** The gateway sends the frame on, by its interface on the stretched segment. */
function sendInside(state: WalkState, inside: number, segment: L2Segment): Outcome {
  const { packet, recorder, device } = state;
  const out = state.interfaceAt(inside);
  if (!out.up) {
    const detail = { device: device.id, interface: out.id };
    return state.drop('interface-down', because('interface-down', detail));
  }
  const lengthBytes = packet.wireBytes - (packet.top.total - (packet.inner?.total ?? 0));
  if (lengthBytes > segment.mtu) return loseFrame(state, lengthBytes, segment.mtu, out, segment);
  recorder?.step(
    'transmit/send',
    { interface: out.id, segment: segment.id, lengthBytes, mtuBytes: segment.mtu },
    packet,
  );
  return null;
}

/** Off with outer IP, UDP, and VXLAN or ESP: the frame is outermost again. */
function removeTunnel(state: WalkState): void {
  state.packet.pop();
  state.packet.pop();
  state.packet.pop();
  state.packet.depth -= 1;
}
