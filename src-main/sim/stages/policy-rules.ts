import { rangeContains, type Ip, type IpRange } from '../../model/ip.ts';
import { findAddress } from '../compile/address-index.ts';
import { matchesPort } from '../compile/matches.ts';
import { anyProtocol } from '../compile/network.ts';
import { holds, namedPortKey } from '../compile/policy-endpoints.ts';
import type {
  ClusterPolicies,
  IcmpMatch,
  PolicyList,
  PolicyRule,
  PortsMatch,
  RuleEnd,
} from '../compile/policy-tables.ts';
import type { PacketState } from '../packet-state.ts';
import type { WalkState } from '../walk-state.ts';

/**
 * What Kubernetes' own policies would see if they were held against the addresses on the other side of a translation.
 * A pod is known by its own address either way, so of the destination only IP blocks see the other one.
 */
export interface OtherSide {
  readonly source: Ip;
  readonly destination: Ip;
  readonly destinationPort: number;
}

/** The rule that decides, or null where none matches. `other`: as seen from the other side of a translation. */
export function decidingRule(
  tables: ClusterPolicies,
  { rules }: PolicyList,
  packet: PacketState,
  other: OtherSide | null = null,
): PolicyRule | null {
  for (const rule of rules) {
    if (matchesRule(tables, rule, packet, rule.isKubernetes ? other : null)) return rule;
  }
  return null;
}

function matchesRule(
  tables: ClusterPolicies,
  rule: PolicyRule,
  packet: PacketState,
  other: OtherSide | null,
): boolean {
  const { top, sourcePort, destinationPort } = packet;
  if (rule.family !== 0 && rule.family !== top.src.family) return false;
  if (rule.protocol !== anyProtocol && rule.protocol !== top.protocol) return false;
  if (rule.notProtocol === top.protocol) return false;
  if (rule.icmp && !matchesIcmp(rule.icmp, packet)) return false;
  if (rule.notIcmp && matchesIcmp(rule.notIcmp, packet)) return false;
  const source = other ? other.source : top.src;
  if (!matchesEnd(tables, rule.source, source, sourcePort)) return false;
  return other && rule.destination.nets
    ? matchesEnd(tables, rule.destination, other.destination, other.destinationPort)
    : matchesEnd(tables, rule.destination, top.dst, destinationPort);
}

function matchesEnd(tables: ClusterPolicies, end: RuleEnd, address: Ip, port: number): boolean {
  if (end.ports && !matchesPorts(tables, end.ports, address, port)) return false;
  if (end.notPorts && matchesPorts(tables, end.notPorts, address, port)) return false;
  if (end.nets && !isIn(end.nets, address)) return false;
  if (end.notNets && isIn(end.notNets, address)) return false;
  if (end.set < 0 && end.notSet < 0) return true;
  const slot = findAddress(tables.slots, address);
  if (end.set >= 0 && !isMember(tables, end.set, slot)) return false;
  return end.notSet < 0 || !isMember(tables, end.notSet, slot);
}

const isMember = ({ sets }: ClusterPolicies, set: number, slot: number): boolean =>
  slot >= 0 && holds(sets[set] as Int32Array, slot);

function isIn(ranges: readonly IpRange[], address: Ip): boolean {
  for (const range of ranges) if (rangeContains(range, address)) return true;
  return false;
}

function matchesPorts(
  { slots, namedPorts }: ClusterPolicies,
  { numbers, named }: PortsMatch,
  address: Ip,
  port: number,
): boolean {
  if (matchesPort(numbers, port)) return true;
  if (named.length === 0) return false;
  const slot = findAddress(slots, address);
  if (slot < 0) return false;
  const key = namedPortKey(slot, port);
  for (const at of named) if (holds(namedPorts[at] as Float64Array, key)) return true;
  return false;
}

/** Types of an echo: RFC 792 and RFC 4443 §4.1. Their code is 0. */
const echoTypes = { 4: { request: 8, reply: 0 }, 6: { request: 128, reply: 129 } } as const;

function matchesIcmp({ type, code }: IcmpMatch, packet: PacketState): boolean {
  const { transport, top } = packet;
  if (transport?.type !== 'icmp') return false;
  const types = echoTypes[top.src.family];
  const actual = transport.message === 'echo-request' ? types.request : types.reply;
  return (type < 0 || type === actual) && code <= 0;
}

/** A reply that belongs to no session here is judged as a new connection. */
export function warnOfReply(state: WalkState): void {
  const { device, packet, isReply } = state;
  if (isReply && packet.depth === 0) state.warn('asymmetric', device.id, { device: device.id });
}
