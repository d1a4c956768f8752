import { headerBytes, type Ipv4Header, type Ipv6Header } from '../../sim/vocabulary/index.ts';
import { internetChecksum } from './checksum.ts';
import { concat, ipBytes, u16, type Bytes } from './bytes.ts';

const dontFragment = 0x4000;
const moreFragments = 0x2000;
/** Fragment offsets count these many bytes (RFC 791 §3.1). */
const fragmentUnitBytes = 8;
const largestLength = 0xffff;

interface Fragment {
  readonly offsetBytes: number;
  readonly more: boolean;
  readonly payload: Uint8Array;
}

/**
 * The packet round a payload, or its fragments in order where it was cut: `cutMtus` are the MTUs,
 * in bytes, of the places that cut it, each working on what the one before left (RFC 791 §3.2).
 */
export function ipv4Packets(
  header: Ipv4Header,
  payload: Uint8Array,
  identification: number,
  cutMtus: readonly number[],
): Uint8Array[] {
  let fragments: Fragment[] = [{ offsetBytes: 0, more: false, payload }];
  for (const mtuBytes of cutMtus) {
    fragments = fragments.flatMap((fragment) => cut(fragment, mtuBytes));
  }
  return fragments.map((fragment) =>
    concat([ipv4Header(header, fragment, identification), fragment.payload]),
  );
}

function cut(fragment: Fragment, mtuBytes: number): Fragment[] {
  const { offsetBytes, more, payload } = fragment;
  const room = mtuBytes - headerBytes.ipv4;
  if (payload.length <= room) return [fragment];
  const size = room - (room % fragmentUnitBytes);
  if (size <= 0) {
    throw new RangeError(`MTU ${mtuBytes} bytes: at least 28 expected for an IPv4 fragment`);
  }
  const pieces: Fragment[] = [];
  for (let at = 0; at < payload.length; at += size) {
    const last = at + size >= payload.length;
    pieces.push({
      offsetBytes: offsetBytes + at,
      more: more || !last,
      payload: payload.subarray(at, at + size),
    });
  }
  return pieces;
}

function ipv4Header(header: Ipv4Header, fragment: Fragment, identification: number): Bytes {
  const flags = (header.df ? dontFragment : 0) | (fragment.more ? moreFragments : 0);
  const withChecksum = (checksum: number): Bytes => [
    0x45,
    0,
    ...u16(checkedLength('IPv4 total length', headerBytes.ipv4 + fragment.payload.length)),
    ...u16(identification),
    ...u16(flags | (fragment.offsetBytes / fragmentUnitBytes)),
    header.ttl,
    header.protocol,
    ...u16(checksum),
    ...ipBytes(header.src),
    ...ipBytes(header.dst),
  ];
  return withChecksum(internetChecksum(withChecksum(0)));
}

/** RFC 8200 §3; the flow label is zero. */
export function ipv6Packet(header: Ipv6Header, payload: Uint8Array): Uint8Array {
  const fields: Bytes = [
    0x60,
    0,
    0,
    0,
    ...u16(checkedLength('IPv6 payload length', payload.length)),
    header.protocol,
    header.ttl,
    ...ipBytes(header.src),
    ...ipBytes(header.dst),
  ];
  return concat([fields, payload]);
}

function checkedLength(what: string, length: number): number {
  if (length > largestLength) {
    throw new RangeError(`${what} ${length} bytes: at most ${largestLength} expected`);
  }
  return length;
}
