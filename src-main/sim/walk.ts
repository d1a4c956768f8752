import type { Interface, RouteEntry } from './compile/network.ts';
import { firstRoute } from './compile/route-table.ts';
import { matchesError, matchesOriginal, matchesReply } from './session.ts';
import { balance } from './stages/balance.ts';
import { decapsulate } from './stages/decapsulate.ts';
import { deliverReply, deliverRequest, type ExpectedReply } from './stages/deliver.ts';
import { encapsulateCalicoVxlan, encapsulateIpInIp } from './stages/encapsulate.ts';
import { firewall } from './stages/firewall.ts';
import { secure } from './stages/ipsec.ts';
import { sendFrame, type Carried } from './stages/frames.ts';
import { masquerade } from './stages/masquerade.ts';
import {
  changesDestination,
  changesSource,
  dnat,
  sessionDestination,
  sessionSource,
  snat,
} from './stages/nat.ts';
import { neighbor } from './stages/neighbor.ts';
import { earlyPolicies, inputPolicies, leavingPolicies } from './stages/network-policy.ts';
import { route } from './stages/route.ts';
import { serviceAddress, wantsNatOutgoing } from './stages/service.ts';
import { fits, fitsSegment } from './stages/transmit.ts';
import type { Disposition } from './vocabulary/disposition.ts';
import { ipProtocolNumber } from './vocabulary/packet.ts';
import { because } from './vocabulary/reason.ts';
import type { WalkState } from './walk-state.ts';

/** Devices that one packet may visit, tunnels' own hops included; beyond it something goes round. */
const hopLimit = 1024;

/**
 * Walks one packet, which `state.device` has made, to its end. Every device takes it through the same pipeline:
 * enter → session → firewall, NAT, service → for me? → route → firewall, NAT → neighbor → encapsulate → leave.
 */
export function walk(state: WalkState, expected: ExpectedReply | null): Disposition {
  let progress: Carried = output(state, expected);
  for (;;) {
    if (progress === 'arrived') progress = input(state, expected);
    else if (progress === 'tunnel') progress = output(state, expected);
    else return progress;
    if (state.hopCount > hopLimit)
      return state.drop('loop', because('loop', { device: state.device.id }));
  }
}

/** A packet that the device itself made: its own, a reply, or the outside of a tunnel. */
function output(state: WalkState, expected: ExpectedReply | null): Carried {
  const { device, routed } = state;
  state.localOrigin = true;
  state.inInterface = -1;
  if (!device.up)
    return state.drop('interface-down', because('device-down', { device: device.id }));
  beginDevice(state);
  if (state.session) sessionDestination(state);
  else if (device.kubeNode) {
    const service = serviceAddress(state);
    if (service !== 'none' && service !== null) return service;
  }
  route(state);
  state.boundInterface = -1;
  const { entry } = routed;
  if (!entry) return routed.outcome as Disposition;
  if (entry.kind === 'local') return deliver(state, expected);
  return leave(state, entry);
}

/** A packet that came in by an interface. */
function input(state: WalkState, expected: ExpectedReply | null): Carried {
  const { device, packet, routed } = state;
  state.hopCount += 1;
  state.localOrigin = false;
  if (!device.up)
    return state.drop('interface-down', because('device-down', { device: device.id }));
  if (state.markVisit()) return state.drop('loop', because('loop', { device: device.id }));
  beginDevice(state);
  if (device.stateful) {
    if (device.firewallFirst) {
      const filtered = firewall(state, state.inInterface, -1, null);
      if (filtered) return filtered;
    }
    const denied = earlyPolicies(state);
    if (denied) return denied;
    const translated = translateDestination(state);
    if (translated) return translated;
    if (state.session?.intercepts && state.direction === 'reply') return deliver(state, expected);
  }
  route(state);
  const { entry } = routed;
  if (!entry) return routed.outcome as Disposition;
  if (entry.kind === 'local') return martianSource(state) ?? deliver(state, expected);
  if (!device.forwards) {
    return state.drop(
      'no-route',
      because('does-not-forward', { device: device.id, destination: packet.top.dst.text }),
    );
  }
  const martian = martianSource(state);
  if (martian) return martian;
  if (packet.top.ttl <= 1) return state.drop('ttl-expired', because('ttl', { device: device.id }));
  packet.top.ttl -= 1;
  return leave(state, entry);
}

/** IPv4: no network brings a packet that a device has sent by itself (RFC 1812 §5.3.7, Linux `fib_validate_source`). */
function martianSource(state: WalkState): Disposition | null {
  const { device, packet } = state;
  const { src } = packet.top;
  if (src.family === 6 || firstRoute(device.routes4, src)?.kind !== 'local') return null;
  if (state.wasSentHere()) return state.drop('loop', because('loop', { device: device.id }));
  return state.drop('no-route', because('own-source', { device: device.id, source: src.text }));
}

function beginDevice(state: WalkState): void {
  state.session = null;
  state.masquerade = null;
  if (!state.device.stateful) return;
  state.noteEntry();
  const { packet, sessions } = state;
  const device = state.device.index;
  if (state.errorAbout !== 0 && packet.depth === 0) {
    relate(state);
    return;
  }
  for (const session of sessions) {
    if (matchesReply(session, device, packet)) state.direction = 'reply';
    else if (matchesOriginal(session, device, packet)) state.direction = 'original';
    else continue;
    state.session = session;
    return;
  }
}

function relate(state: WalkState): void {
  const { packet, errorAbout, localOrigin } = state;
  for (const session of state.sessions) {
    const { index } = state.device;
    const direction = matchesError(session, index, packet, errorAbout, localOrigin);
    if (!direction) continue;
    state.session = session;
    state.direction = direction;
    return;
  }
}

/**
 * Connection tracking makes nothing of the answer to a connection that it has not seen begin, so that no translation looks
 * at it (Linux `nf_conntrack_proto_tcp.c`, `nf_conntrack_proto_icmp.c`: invalid). UDP has no beginning to miss.
 */
const isUntracked = ({ isReply, packet }: WalkState): boolean =>
  isReply && packet.depth === 0 && packet.top.protocol !== ipProtocolNumber.udp;

/**
 * Of a TCP connection whose beginning went another way the handshake passes as it is; the packets behind it begin one of
 * their own, which is translated (Linux `nf_conntrack_tcp_loose`), so that nobody knows them.
 */
function warnOfTranslation(state: WalkState, changes: (state: WalkState) => boolean): void {
  const { device, packet } = state;
  if (packet.top.protocol !== ipProtocolNumber.tcp || !changes(state)) return;
  state.warn('asymmetric', device.id, { device: device.id, translates: true });
}

function translateDestination(state: WalkState): Disposition | null {
  if (state.session) {
    sessionDestination(state);
    return null;
  }
  if (isUntracked(state)) {
    warnOfTranslation(state, changesDestination);
    return null;
  }
  const balanced = balance(state);
  if (balanced !== 'none') return balanced;
  const service = serviceAddress(state);
  if (service !== 'none') return service;
  if (!dnat(state)) return null;
  const balancedAfter = balance(state);
  if (balancedAfter !== 'none') return balancedAfter;
  return null;
}

function translateSource(state: WalkState): void {
  // Whoever says so in an error, it is the one inside that counts.
  if (state.errorAbout !== 0 && state.packet.depth === 0) return;
  if (state.session) sessionSource(state);
  else if (isUntracked(state)) warnOfTranslation(state, changesSource);
  else if (state.masquerade) masquerade(state, state.masquerade);
  else if (wantsNatOutgoing(state)) masquerade(state, 'nat-outgoing');
  else snat(state);
}

function isOwnSource({ device, entrySource }: WalkState): boolean {
  const table = entrySource.family === 4 ? device.routes4 : device.routes6;
  return firstRoute(table, entrySource)?.kind === 'local';
}

function keepSession(state: WalkState): void {
  if (state.session || !state.keepsSessions || !state.device.stateful) return;
  const { packet } = state;
  state.sessions.push({
    device: state.device.index,
    protocol: packet.top.protocol,
    source: state.entrySource,
    sourcePort: state.entrySourcePort,
    destination: state.entryDestination,
    destinationPort: state.entryDestinationPort,
    newSource: packet.top.src,
    newSourcePort: packet.sourcePort,
    newDestination: packet.top.dst,
    newDestinationPort: packet.destinationPort,
    intercepts: state.localOrigin && !isOwnSource(state),
  });
}

/** The device sends the packet on: by an interface to its next hop, or into a tunnel. */
function leave(state: WalkState, entry: RouteEntry): Carried {
  const { device, packet, found, localOrigin } = state;
  const out = state.interfaceAt(entry.interface);
  state.outInterface = out.index;
  const place =
    entry.kind === 'tunnel' || out.segment < 0 ? out.id : state.segmentAt(out.segment).id;
  if (device.stateful) {
    // What must stay whole is held against the MTU before rules see it (Linux `ip_forward`, `__ip_append_data`).
    const early = packet.top.df && (localOrigin || !device.firewallFirst);
    const tooLong = early ? fits(state, out, place) : null;
    if (tooLong) return tooLong;
    const denied = leavingPolicies(state, out);
    if (denied) return denied;
    if (!device.firewallFirst) {
      const chain = localOrigin ? 'output' : 'forward';
      const filtered = firewall(state, state.inInterface, out.index, chain);
      if (filtered) return filtered;
    }
    translateSource(state);
    keepSession(state);
  }
  const secured = secure(state, out);
  if (secured) return secured;
  if (!out.up)
    return state.drop(
      'interface-down',
      because('interface-down', { device: device.id, interface: out.id }),
    );
  if (localOrigin) state.noteSent();
  if (entry.kind === 'tunnel') {
    if (!entry.via)
      return state.drop('tunnel-down', because('not-a-tunnel-end', { device: device.id }));
    const encapsulate = out.tunnel === 'vxlan' ? encapsulateCalicoVxlan : encapsulateIpInIp;
    return fits(state, out, place) ?? encapsulate(state, out, entry.via) ?? 'tunnel';
  }
  const tooLong = fits(state, out, place);
  if (tooLong) return tooLong;
  neighbor(state, out, entry.via ?? packet.top.dst);
  if (found.outcome) return found.outcome;
  return transmit(state, out, found.target);
}

function transmit(state: WalkState, out: Interface, target: number): Carried {
  const { packet, recorder } = state;
  const segment = state.segmentAt(out.segment);
  const lost = fitsSegment(state, out, segment);
  if (lost) return lost;
  const lengthBytes = packet.wireBytes;
  packet.pushEthernet(out.mac, state.interfaceAt(target).mac, out.vlan, target);
  recorder?.step(
    'transmit/send',
    { interface: out.id, segment: segment.id, lengthBytes, mtuBytes: out.mtu },
    packet,
  );
  return sendFrame(state, out);
}

/** The packet is at its destination: out of its tunnel, or to whoever waits for it. */
function deliver(state: WalkState, expected: ExpectedReply | null): Carried {
  const { device } = state;
  if (device.stateful) {
    const denied = inputPolicies(state);
    if (denied) return denied;
    if (!device.firewallFirst && !state.localOrigin) {
      const filtered = firewall(state, state.inInterface, -1, 'input');
      if (filtered) return filtered;
    }
    if (state.session) sessionSource(state);
    keepSession(state);
  }
  const inner = decapsulate(state);
  if (inner !== 'none') return inner;
  const delivered = expected ? deliverReply(state, expected) : deliverRequest(state);
  return delivered as Disposition;
}
