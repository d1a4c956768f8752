import type { EspHeader } from '../../sim/vocabulary/index.ts';
import { concat, u32, type Bytes } from './bytes.ts';

/** SPI and sequence number (RFC 4303 §2). */
const headBytes = 8;
/** Length of the ICV of HMAC-SHA1-96 (RFC 2404). */
const icvBytes = 12;
/** Ethernet in the IANA protocol numbers. */
const nextHeaderEthernet = 143;

/**
 * An ESP packet round a whole frame (RFC 4303 §2): head, the frame as it is, and padding, pad
 * length, next header and ICV in the rest of `overhead`. It reads like one with NULL encryption
 * (RFC 2410), so that an analyser that is told so shows what is inside; the ICV is zero. Where the
 * overhead is too small for a trailer, zero bytes stand for it.
 */
export function espPacket(header: EspHeader, frame: Uint8Array): Uint8Array {
  const trailerBytes = header.overhead - headBytes;
  if (trailerBytes < 0) {
    throw new RangeError(`ESP overhead ${header.overhead} bytes: at least ${headBytes} expected`);
  }
  const sequence = 1;
  return concat([u32(header.spi), u32(sequence), frame, trailer(trailerBytes)]);
}

function trailer(lengthBytes: number): Bytes {
  const room = lengthBytes - icvBytes - 2;
  if (room < 0) return new Array<number>(lengthBytes).fill(0);
  const padLength = Math.min(room, 0xff);
  const trafficFlowPadding = new Array<number>(room - padLength).fill(0); // RFC 4303 §2.7
  const padding = Array.from({ length: padLength }, (_, index) => index + 1);
  const icv = new Array<number>(icvBytes).fill(0);
  return [...trafficFlowPadding, ...padding, padLength, nextHeaderEthernet, ...icv];
}
