import type { Leg, Result } from '../../sim/vocabulary/index.ts';
import { enhancedPacketBlock, interfaceDescriptionBlock, sectionHeaderBlock } from './blocks.ts';
import { concat } from './bytes.ts';
import { captureOf, type CapturedLeg } from './capture.ts';

export interface PcapngOptions {
  /** What the capture is of; a comment on the whole file. */
  readonly flowTitle: string;
  /** Index into `result.forward` of the trace to write, with its reply; 0 when absent. */
  readonly trace?: number;
}

/**
 * When the first frame is sent, in microseconds since 1970: 2000-01-01T00:00:00Z. A simulation has
 * no clock.
 */
export const captureEpochUs = 946_684_800_000_000;
/** From one frame to the next, in microseconds. */
export const frameIntervalUs = 1;

/**
 * A trace and its reply as a capture file (draft-ietf-opsawg-pcapng): an interface for each that
 * sends, a frame for each transmit, in the order of the walk. Comments on the frames say what
 * changed them; the same result gives the same bytes.
 *
 * Lengths are those of the IP headers and checksums are right; timestamps are made up,
 * {@link frameIntervalUs} apart from {@link captureEpochUs}. Look-ups carry their DNS messages,
 * every other payload is zero bytes: what an analyser makes of them goes by the port alone.
 * @throws RangeError when the result has no such trace, or a packet whose headers contradict each
 * other.
 */
export function encodePcapng(result: Result, options: PcapngOptions): Uint8Array<ArrayBuffer> {
  const { flowTitle, trace: index = 0 } = options;
  const forward = result.forward[index];
  if (!forward) {
    throw new RangeError(`trace ${index}: an index below ${result.forward.length} expected`);
  }
  const reverse = result.reverse.filter((reply) => reply.replyTo === index);
  const capture = captureOf([
    ...positioned('forward', forward.legs),
    ...reverse.flatMap((reply) => positioned('reverse', reply.legs)),
  ]);
  const number = `trace ${index + 1} of ${result.forward.length}`;
  return concat([
    sectionHeaderBlock([
      flowTitle,
      `Simulated by Hopscope: ${result.status}, ${number} ${forward.disposition}`,
      'Timestamps are synthetic: 1 µs apart from 2000-01-01T00:00:00Z',
    ]),
    ...capture.interfaces.map(interfaceDescriptionBlock),
    ...capture.frames.map((frame, at) =>
      enhancedPacketBlock(frame, captureEpochUs + at * frameIntervalUs),
    ),
  ]);
}

const positioned = (direction: string, legs: readonly Leg[]): CapturedLeg[] =>
  legs.map((leg, index) => ({ leg, position: `${direction} leg ${index + 1} of ${legs.length}` }));
