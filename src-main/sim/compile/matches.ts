import {
  compareIp,
  ipToBigInt,
  parseAddressMatch,
  rangeContains,
  type Ip,
  type IpRange,
} from '../../model/ip.ts';
import { ipProtocolNumber } from '../vocabulary/packet.ts';
import { anyProtocol, type AddressMatch, type PortMatch, type ServiceMatch } from './network.ts';

/** Sorted and merged ranges of everything that the texts name. */
export function compileAddresses(texts: readonly string[] | undefined): AddressMatch {
  if (!texts || texts.length === 0 || texts.includes('any')) return null;
  return mergeRanges(texts.flatMap((text) => parseAddressMatch(text) ?? []));
}

export function mergeRanges(ranges: readonly IpRange[]): IpRange[] {
  const merged: IpRange[] = [];
  for (const range of [...ranges].sort((a, b) => compareIp(a.from, b.from))) {
    const last = merged.at(-1);
    const apart =
      last?.to.family !== range.from.family || ipToBigInt(range.from) > ipToBigInt(last.to) + 1n;
    if (apart) merged.push(range);
    else if (compareIp(range.to, last.to) > 0) {
      merged[merged.length - 1] = { from: last.from, to: range.to };
    }
  }
  return merged;
}

/** Number of addresses in a range. */
export const rangeSize = (range: IpRange): bigint =>
  ipToBigInt(range.to) - ipToBigInt(range.from) + 1n;

export function compilePorts(ports: readonly (number | string)[] | undefined): PortMatch {
  if (!ports || ports.length === 0) return null;
  return ports.flatMap((entry) => {
    if (typeof entry === 'number') return [entry, entry];
    const [from = 0, to = 0] = entry.split('-').map(Number);
    return [from, to];
  });
}

export function compileProtocol(name: string | undefined): number {
  switch (name) {
    case 'tcp':
    case 'TCP':
      return ipProtocolNumber.tcp;
    case 'udp':
    case 'UDP':
      return ipProtocolNumber.udp;
    case 'icmp':
      return ipProtocolNumber.icmp;
    case 'esp':
      return ipProtocolNumber.esp;
    case 'ip-in-ip':
      return ipProtocolNumber['ip-in-ip'];
    case 'SCTP':
      return 132;
    default:
      return anyProtocol;
  }
}

export function compileServices(
  services: readonly { protocol: string; ports?: readonly (number | string)[] }[] | undefined,
): readonly ServiceMatch[] | null {
  if (!services || services.length === 0) return null;
  return services.map((service) => ({
    protocol: compileProtocol(service.protocol),
    ports: compilePorts(service.ports),
  }));
}

export function matchesAddress(match: AddressMatch, ip: Ip): boolean {
  if (match === null) return true;
  for (const range of match) if (rangeContains(range, ip)) return true;
  return false;
}

export function matchesPort(match: PortMatch, port: number): boolean {
  if (match === null) return true;
  for (let at = 0; at < match.length; at += 2) {
    if ((match[at] as number) <= port && port <= (match[at + 1] as number)) return true;
  }
  return false;
}

/** Whether a packet's protocol is the one that a rule names; ICMP and IP-in-IP stand for both families. */
export function matchesProtocol(match: number, protocol: number): boolean {
  return (
    match === anyProtocol ||
    match === protocol ||
    (match === ipProtocolNumber.icmp && protocol === ipProtocolNumber.icmpv6) ||
    (match === ipProtocolNumber['ip-in-ip'] && protocol === ipProtocolNumber['ipv6-in-ip'])
  );
}

export function matchesServices(
  services: readonly ServiceMatch[] | null,
  protocol: number,
  port: number,
): boolean {
  if (services === null) return true;
  for (const service of services) {
    if (matchesProtocol(service.protocol, protocol) && matchesPort(service.ports, port))
      return true;
  }
  return false;
}
