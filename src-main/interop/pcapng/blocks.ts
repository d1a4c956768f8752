import { concat, type Bytes } from './bytes.ts';

/**
 * The blocks of draft-ietf-opsawg-pcapng that a capture needs, in little-endian order. Nothing in
 * them tells of the machine that wrote them: the same capture gives the same bytes everywhere.
 */
const blockType = {
  interfaceDescription: 1,
  enhancedPacket: 6,
  sectionHeader: 0x0a0d0d0a,
} as const;

/** Option codes: those below 2 mean the same in every block, the others belong to theirs. */
const optionCode = {
  endOfOptions: 0,
  comment: 1,
  interfaceName: 2,
  interfaceDescription: 3,
  interfaceTimestampResolution: 9,
  packetFlags: 2,
} as const;

/** LINKTYPE_ETHERNET of the link-type registry. */
const linkTypeEthernet = 1;
/**
 * Longest frame in bytes that an interface may capture; an IP packet of 65,535 bytes with its frame
 * fits.
 */
const snapLengthBytes = 262_144;
/** epb_flags: the frame was leaving the interface. */
const outbound = 2;

const le16 = (value: number): Bytes => [value & 0xff, (value >>> 8) & 0xff];
const le32 = (value: number): Bytes => [...le16(value), ...le16(value >>> 16)];

const padding = (length: number): Bytes => new Array<number>(-length & 3).fill(0);

function block(type: number, body: readonly (Bytes | Uint8Array)[]): Uint8Array {
  const content = concat(body);
  const length = le32(12 + content.length);
  return concat([le32(type), length, content, length]);
}

function options(list: readonly (Bytes | Uint8Array)[]): Uint8Array {
  return concat(list.length === 0 ? [] : [...list, le16(optionCode.endOfOptions), le16(0)]);
}

const option = (code: number, value: Bytes | Uint8Array): Uint8Array =>
  concat([le16(code), le16(value.length), value, padding(value.length)]);

const textOption = (code: number, text: string): Uint8Array => option(code, textBytes(text));

/** UTF-8, cut between two characters where it does not fit an option's 16-bit length. */
function textBytes(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= 0xffff) return bytes;
  let end = 0xffff;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}

/** Opens the only section of a file, whose length is left open. */
export function sectionHeaderBlock(comments: readonly string[]): Uint8Array {
  const byteOrderMagic = le32(0x1a2b3c4d);
  const version = [...le16(1), ...le16(0)];
  const unknownLength = new Array<number>(8).fill(0xff);
  return block(blockType.sectionHeader, [
    byteOrderMagic,
    version,
    unknownLength,
    options(comments.map((comment) => textOption(optionCode.comment, comment))),
  ]);
}

export interface CaptureInterface {
  readonly name: string;
  readonly description: string;
}

/** An Ethernet interface whose timestamps count microseconds. */
export function interfaceDescriptionBlock({ name, description }: CaptureInterface): Uint8Array {
  const microseconds = 6;
  return block(blockType.interfaceDescription, [
    le16(linkTypeEthernet),
    le16(0),
    le32(snapLengthBytes),
    options([
      textOption(optionCode.interfaceName, name),
      textOption(optionCode.interfaceDescription, description),
      option(optionCode.interfaceTimestampResolution, [microseconds]),
    ]),
  ]);
}

export interface CapturedFrame {
  /** Index of the interface that it leaves by, in the order of the interface description blocks. */
  readonly interfaceIndex: number;
  readonly frame: Uint8Array;
  readonly comments: readonly string[];
}

export function enhancedPacketBlock(captured: CapturedFrame, timestampUs: number): Uint8Array {
  const { interfaceIndex, frame, comments } = captured;
  return block(blockType.enhancedPacket, [
    le32(interfaceIndex),
    le32(Math.floor(timestampUs / 2 ** 32)),
    le32(timestampUs % 2 ** 32),
    le32(frame.length),
    le32(frame.length),
    frame,
    padding(frame.length),
    options([
      ...comments.map((comment) => textOption(optionCode.comment, comment)),
      option(optionCode.packetFlags, le32(outbound)),
    ]),
  ]);
}
