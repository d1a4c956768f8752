import type { TcpHeader } from '../../sim/vocabulary/index.ts';
import { concat, u16, u32, type Bytes } from './bytes.ts';

/**
 * Initial sequence numbers, by who sends the segment. A simulation has no clock to take them from
 * (RFC 9293 §3.4.1).
 */
const initialSequence = { client: 1_000, server: 5_000 } as const;

/** Receive window in bytes that Linux opens a connection with. */
const windowBytes = 64_240;
/** Longest options in bytes that the data offset can express (RFC 9293 §3.1). */
const maxOptionBytes = 40;

const flagBits = { SYN: 0x02, ACK: 0x10, 'SYN-ACK': 0x12 } as const;

/** Which end of the connection sends, and the largest segment it takes. */
export interface TcpSender {
  readonly side: keyof typeof initialSequence;
  readonly maximumSegmentBytes: number;
}

/**
 * A segment of `lengthBytes`, its checksum zero: opening segments are filled with options, others
 * with zero bytes.
 */
export function tcpSegment(header: TcpHeader, sender: TcpSender, lengthBytes: number): Uint8Array {
  const opens = header.flags !== 'ACK';
  const acknowledges = header.flags !== 'SYN';
  const options = opens ? tcpOptions(lengthBytes - 20, header, sender) : [];
  const own = initialSequence[sender.side];
  const other = initialSequence[sender.side === 'client' ? 'server' : 'client'];
  const dataOffsetWords = 5 + options.length / 4;
  const fields: Bytes = [
    ...u16(header.sourcePort),
    ...u16(header.destinationPort),
    ...u32(opens ? own : own + 1),
    ...u32(acknowledges ? other + 1 : 0),
    dataOffsetWords << 4,
    flagBits[header.flags],
    ...u16(windowBytes),
    ...u16(0),
    ...u16(0),
    ...options,
  ];
  return concat([fields, new Uint8Array(lengthBytes - fields.length)]);
}

/**
 * As many of the options that Linux opens a connection with as fit, each group filled with NOPs to
 * whole words.
 */
function tcpOptions(roomBytes: number, header: TcpHeader, sender: TcpSender): Bytes {
  const length = Math.min(maxOptionBytes, roomBytes & ~3);
  const nop = 1;
  const timestamp = 1;
  const echoed = header.flags === 'SYN-ACK' ? timestamp : 0;
  const maximumSegmentSize = [2, 4, ...u16(sender.maximumSegmentBytes)]; // RFC 9293 §3.2
  const sackPermitted = [4, 2]; // RFC 2018 §2
  const timestamps = [8, 10, ...u32(timestamp), ...u32(echoed)]; // RFC 7323 §3.2
  const windowScale = [3, 3, 7]; // RFC 7323 §2.2
  const groups =
    length >= 16
      ? [maximumSegmentSize, [...sackPermitted, ...timestamps], [nop, ...windowScale]]
      : [maximumSegmentSize, [nop, ...windowScale], [nop, nop, ...sackPermitted]];
  const options: number[] = [];
  for (const group of groups) {
    if (options.length + group.length <= length) options.push(...group);
  }
  // Behind the last option is an end-of-options mark, which is zero, as is all that follows it.
  while (options.length < length) options.push(0);
  return options;
}
