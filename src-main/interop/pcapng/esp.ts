import type { EspHeader } from '../../sim/vocabulary/index.ts';
import { concat, u32, type Bytes } from './bytes.ts';

/** SPI and sequence number (RFC 4303 §2). */
const headBytes = 8;
/** Length of the ICV of HMAC-SHA1-96 (RFC 2404). */
const icvBytes = 12;
/** What the next header tells of what is inside: IANA's protocol numbers, 143 for a frame (RFC 8986 §10.1). */
export type EspContent = 'ethernet' | 'ipv4' | 'ipv6';
const nextHeaders: Readonly<Record<EspContent, number>> = { ethernet: 143, ipv4: 4, ipv6: 41 };

/**
 * An ESP packet round a frame or a packet (RFC 4303 §2): head, what is inside as it is, and padding, pad
 * length, next header and ICV in the rest of `overhead`. It reads like one with NULL encryption
 * (RFC 2410), so that an analyser that is told so shows what is inside; the ICV is zero. Where the
 * overhead is too small for a trailer, zero bytes stand for it.
 */
export function espPacket(header: EspHeader, inside: Uint8Array, content: EspContent): Uint8Array {
  const trailerBytes = header.overhead - headBytes;
  if (trailerBytes < 0) {
    throw new RangeError(`ESP overhead ${header.overhead} bytes: at least ${headBytes} expected`);
  }
  const sequence = 1;
  return concat([u32(header.spi), u32(sequence), inside, trailer(trailerBytes, content)]);
}

function trailer(lengthBytes: number, content: EspContent): Bytes {
  const room = lengthBytes - icvBytes - 2;
  if (room < 0) return new Array<number>(lengthBytes).fill(0);
  const padLength = Math.min(room, 0xff);
  const trafficFlowPadding = new Array<number>(room - padLength).fill(0); // RFC 4303 §2.7
  const padding = Array.from({ length: padLength }, (_, index) => index + 1);
  const icv = new Array<number>(icvBytes).fill(0);
  return [...trafficFlowPadding, ...padding, padLength, nextHeaders[content], ...icv];
}
