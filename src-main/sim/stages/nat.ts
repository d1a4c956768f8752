import { ipPlus, ipToBigInt, rangeContains, type Ip, type IpRange } from '../../model/ip.ts';
import { hashText } from '../compile/hash.ts';
import type { CompiledDnat, CompiledSnat } from '../compile/network.ts';
import { matchesAddress, matchesPort, matchesProtocol } from '../compile/matches.ts';
import type { PacketState } from '../packet-state.ts';
import type { WalkState } from '../walk-state.ts';
import { addressOn, nextHop } from './own-address.ts';

/** `address:port`, with brackets where IPv6 needs them; the address alone where there is no port. */
export function endpointText(address: Ip, port: number): string {
  if (port === 0) return address.text;
  return address.family === 6 ? `[${address.text}]:${port}` : `${address.text}:${port}`;
}

/** The port that a translation is told with: ICMP has an id in its place, which says nothing. */
function shownPort(packet: PacketState, port: number): number {
  return packet.transport?.type === 'icmp' ? 0 : port;
}

export function rewriteSource(packet: PacketState, address: Ip, port: number): void {
  packet.top.src = address;
  const { transport } = packet;
  if (transport) transport.sourcePort = port;
}

export function rewriteDestination(packet: PacketState, address: Ip, port: number): void {
  packet.top.dst = address;
  const { transport } = packet;
  if (transport) transport.destinationPort = port;
}

/** First DNAT rule for this packet and the interface that it came in by. */
export function dnat(state: WalkState): boolean {
  const { device, packet, recorder } = state;
  const { top } = packet;
  for (const rule of device.dnat) {
    if (!dnatMatches(rule, state)) continue;
    const from = endpointText(top.dst, shownPort(packet, packet.destinationPort));
    const port = rule.translatedPort === 0 ? packet.destinationPort : rule.translatedPort;
    const address = translate(rule.original, rule.translated, rule.oneToOne, top.dst, state);
    if (address?.family !== top.dst.family) continue;
    rewriteDestination(packet, address, port);
    if (recorder) {
      const to = endpointText(address, shownPort(packet, port));
      recorder.step('nat/dnat', { rule: ruleName(rule), from, to }, packet);
    }
    return true;
  }
  return false;
}

function dnatMatches(rule: CompiledDnat, state: WalkState): boolean {
  const { top, destinationPort } = state.packet;
  return (
    (rule.interface < 0 || rule.interface === state.inInterface) &&
    matchesProtocol(rule.protocol, top.protocol) &&
    matchesAddress(rule.original, top.dst) &&
    matchesPort(rule.originalPorts, destinationPort) &&
    matchesAddress(rule.source, top.src)
  );
}

/** First SNAT rule for this packet and the interface that it leaves by. */
export function snat(state: WalkState): boolean {
  const { device, packet, recorder } = state;
  const { top } = packet;
  for (const rule of device.snat) {
    if (!snatMatches(rule, state)) continue;
    const address = rule.translated
      ? translate(rule.original, rule.translated, rule.oneToOne, top.src, state)
      : addressOn(state.interfaceAt(state.outInterface), top.dst, nextHop(state));
    if (address?.family !== top.src.family) continue;
    const port = packet.sourcePort;
    const from = endpointText(top.src, shownPort(packet, port));
    rewriteSource(packet, address, port);
    if (recorder) {
      const to = endpointText(address, shownPort(packet, port));
      recorder.step('nat/snat', { rule: ruleName(rule), from, to }, packet);
    }
    return true;
  }
  return false;
}

function snatMatches(rule: CompiledSnat, state: WalkState): boolean {
  const { top } = state.packet;
  return (
    (rule.interface < 0 || rule.interface === state.outInterface) &&
    matchesProtocol(rule.protocol, top.protocol) &&
    matchesAddress(rule.original, top.src) &&
    matchesAddress(rule.destination, top.dst)
  );
}

const ruleName = ({ number, id, name }: CompiledDnat | CompiledSnat) => ({ number, id, name });

/** The new address: its counterpart where ranges map one to one, else one of the pool by the connection's hash. */
export function translate(
  original: readonly IpRange[],
  translated: IpRange | null,
  oneToOne: boolean,
  address: Ip,
  state: WalkState,
): Ip | null {
  if (!translated) return null;
  const { from, to } = translated;
  if (from.text === to.text) return from;
  const base = original.find((range) => rangeContains(range, address))?.from;
  if (oneToOne && base) return ipPlus(from, ipToBigInt(address) - ipToBigInt(base));
  const size = ipToBigInt(to) - ipToBigInt(from) + 1n;
  const count = Number(size > 0xffffn ? 0xffffn : size);
  return ipPlus(from, BigInt(state.packet.hash(hashText(state.device.id)) % count));
}

/** Applies a session's rewrite of the destination, in the direction of this packet. */
export function sessionDestination(state: WalkState): void {
  const { session, packet, recorder } = state;
  if (!session) return;
  const back = state.direction === 'reply';
  const address = back ? session.source : session.newDestination;
  const port = back ? session.sourcePort : session.newDestinationPort;
  const before = packet.top.dst;
  const beforePort = packet.destinationPort;
  if (address.text === before.text && port === beforePort) return;
  rewriteDestination(packet, address, port);
  if (!recorder) return;
  const from = endpointText(before, shownPort(packet, beforePort));
  const to = endpointText(address, shownPort(packet, port));
  recorder.step('nat/restore-destination', { from, to }, packet);
}

/** Applies a session's rewrite of the source, in the direction of this packet. */
export function sessionSource(state: WalkState): void {
  const { session, packet, recorder } = state;
  if (!session) return;
  const back = state.direction === 'reply';
  const address = back ? session.destination : session.newSource;
  const port = back ? session.destinationPort : session.newSourcePort;
  const before = packet.top.src;
  const beforePort = packet.sourcePort;
  if (address.text === before.text && port === beforePort) return;
  rewriteSource(packet, address, port);
  if (!recorder) return;
  const from = endpointText(before, shownPort(packet, beforePort));
  const to = endpointText(address, shownPort(packet, port));
  recorder.step('nat/restore-source', { from, to }, packet);
}
