import { prefix, prefixContains, prefixCovers, type Ip, type Prefix } from '../../model/ip.ts';

/** Ranges that anybody may use inside and nobody routes on the internet. */
const privateRanges: readonly Prefix[] = [
  '10.0.0.0/8', // RFC 1918
  '172.16.0.0/12', // RFC 1918
  '192.168.0.0/16', // RFC 1918
  '100.64.0.0/10', // RFC 6598, carrier-grade NAT
  '198.18.0.0/15', // RFC 2544, benchmarks
  'fc00::/7', // RFC 4193, unique local
].map(prefix);

/** Ranges that mean something on one link only. */
const linkLocalRanges: readonly Prefix[] = [
  '169.254.0.0/16', // RFC 3927
  'fe80::/10', // RFC 4291 §2.5.6
].map(prefix);

/** The node's own: RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
const loopbackRanges: readonly Prefix[] = ['127.0.0.0/8', '::1/128'].map(prefix);

const within = (ranges: readonly Prefix[], address: Ip): boolean =>
  ranges.some((range) => prefixContains(range, address));
const coveredBy = (ranges: readonly Prefix[], network: Prefix): boolean =>
  ranges.some((range) => prefixCovers(range, network));

export const isLinkLocal = (address: Ip): boolean => within(linkLocalRanges, address);
export const isLinkLocalPrefix = (network: Prefix): boolean => coveredBy(linkLocalRanges, network);
export const isLoopback = (address: Ip): boolean => within(loopbackRanges, address);
export const isPrivatePrefix = (network: Prefix): boolean => coveredBy(privateRanges, network);

/** Whether a packet to this address can cross the internet. Documentation ranges count: examples stand for public ones. */
export const isPublic = (address: Ip): boolean =>
  !within(privateRanges, address) && !isLinkLocal(address) && !isLoopback(address);
