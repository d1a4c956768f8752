import {
  ipPlus,
  ipToBigInt,
  rangeContains,
  sameIp,
  type Ip,
  type IpRange,
} from '../../model/ip.ts';
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

/** A rule that is for the packet, and the address that it writes. */
interface Translation<Rule> {
  readonly rule: Rule;
  readonly address: Ip;
}

/** First DNAT rule for this packet and the interface that it came in by. */
export function dnat(state: WalkState): boolean {
  const { packet, recorder } = state;
  const found = findDnat(state);
  if (!found) return false;
  const { rule, address } = found;
  const from = endpointText(packet.top.dst, shownPort(packet, packet.destinationPort));
  const port = newPort(rule, packet);
  rewriteDestination(packet, address, port);
  if (recorder) {
    const to = endpointText(address, shownPort(packet, port));
    recorder.step('nat/dnat', { rule: ruleName(rule), from, to }, packet);
  }
  return true;
}

function findDnat(state: WalkState): Translation<CompiledDnat> | null {
  const { dst } = state.packet.top;
  for (const rule of state.device.dnat) {
    if (!dnatMatches(rule, state)) continue;
    const address = translate(rule.original, rule.translated, rule.oneToOne, dst, state);
    if (address?.family === dst.family) return { rule, address };
  }
  return null;
}

const newPort = ({ translatedPort }: CompiledDnat, { destinationPort }: PacketState): number =>
  translatedPort === 0 ? destinationPort : translatedPort;

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
  const { packet, recorder } = state;
  const found = findSnat(state);
  if (!found) return false;
  const { rule, address } = found;
  const port = packet.sourcePort;
  const from = endpointText(packet.top.src, shownPort(packet, port));
  rewriteSource(packet, address, port);
  if (recorder) {
    const to = endpointText(address, shownPort(packet, port));
    recorder.step('nat/snat', { rule: ruleName(rule), from, to }, packet);
  }
  return true;
}

function findSnat(state: WalkState): Translation<CompiledSnat> | null {
  const { src, dst } = state.packet.top;
  for (const rule of state.device.snat) {
    if (!snatMatches(rule, state)) continue;
    const address = rule.translated
      ? translate(rule.original, rule.translated, rule.oneToOne, src, state)
      : addressOn(state.interfaceAt(state.outInterface), dst, nextHop(state));
    if (address?.family === src.family) return { rule, address };
  }
  return null;
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

/** Whether a rule would write another destination than the packet has. */
export function changesDestination(state: WalkState): boolean {
  const { packet } = state;
  const found = findDnat(state);
  if (!found) return false;
  const { rule, address } = found;
  return !sameIp(address, packet.top.dst) || newPort(rule, packet) !== packet.destinationPort;
}

/** Whether a rule would write another source than the packet has. */
export function changesSource(state: WalkState): boolean {
  const found = findSnat(state);
  return found !== null && !sameIp(found.address, state.packet.top.src);
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
