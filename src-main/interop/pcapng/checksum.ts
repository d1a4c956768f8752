import type { Ipv4Header, Ipv6Header } from '../../sim/vocabulary/index.ts';
import { concat, ipBytes, u16, u32, type Bytes } from './bytes.ts';

/**
 * RFC 1071: the ones' complement of the ones' complement sum of all 16-bit words, the last one
 * filled with zero.
 */
export function internetChecksum(bytes: Bytes | Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 2) {
    sum += ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/**
 * The checksum of an upper-layer packet, whose own checksum field is zero, under the pseudo-header
 * of RFC 9293 §3.1 (IPv4) or RFC 8200 §8.1 (IPv6).
 */
export function upperLayerChecksum(
  header: Ipv4Header | Ipv6Header,
  protocol: number,
  upper: Uint8Array,
): number {
  const addresses = [...ipBytes(header.src), ...ipBytes(header.dst)];
  const rest =
    header.type === 'ipv4'
      ? [0, protocol, ...u16(upper.length)]
      : [...u32(upper.length), 0, 0, 0, protocol];
  return internetChecksum(concat([addresses, rest, upper]));
}
