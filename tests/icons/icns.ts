/** Apple's icon container: a head, then entries of a type, a length and a picture, all lengths in bytes, big-endian. */

/** Pictures as PNG: the type, and the side of the picture in pixels. `@2x` of a size is a type of its own. */
const pngTypes = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

/** Where macOS shows no PNG: each channel by itself, packed. */
const packedTypes = [
  ['ic04', 16],
  ['ic05', 32],
] as const;

const headBytes = 8;

export interface Picture {
  readonly png: Uint8Array;
  /** Red, green, blue and alpha of each pixel. */
  readonly rgba: Uint8Array;
}

/** `pictureOf` gives the picture of a side in pixels. */
export function writeIcns(pictureOf: (side: number) => Picture): Buffer {
  const entries = [
    ...packedTypes.map(([type, side]) => entry(type, packChannels(pictureOf(side).rgba))),
    ...pngTypes.map(([type, side]) => entry(type, pictureOf(side).png)),
  ];
  return entry('icns', Buffer.concat(entries));
}

function entry(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(headBytes);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(headBytes + content.length, 4);
  return Buffer.concat([head, content]);
}

function packChannels(rgba: Uint8Array): Buffer {
  const channel = (at: number) => pack(rgba.filter((_, index) => index % 4 === at));
  return Buffer.concat([Buffer.from('ARGB'), ...[3, 0, 1, 2].map(channel)]);
}

const longestRun = 130;
const shortestRun = 3;
const longestLiteral = 128;

/** 0 to 127: as many bytes and one more follow; 128 to 255: the byte that follows, 3 to 130 times. */
function pack(bytes: Uint8Array): Buffer {
  const packed: number[] = [];
  let literal: number[] = [];
  const flush = () => {
    if (literal.length > 0) packed.push(literal.length - 1, ...literal);
    literal = [];
  };
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    let end = at + 1;
    while (end < bytes.length && end - at < longestRun && bytes[end] === byte) end += 1;
    if (end - at >= shortestRun) {
      flush();
      packed.push(end - at - shortestRun + 128, byte);
      at = end;
    } else {
      literal.push(byte);
      if (literal.length === longestLiteral) flush();
      at += 1;
    }
  }
  flush();
  return Buffer.from(packed);
}

/** The entries of a container, in their order. @throws Error where it is none, or a length is wrong. */
export function readIcns(bytes: Buffer): { readonly type: string; readonly content: Buffer }[] {
  if (bytes.toString('latin1', 0, 4) !== 'icns') throw new Error('no icns');
  if (bytes.readUInt32BE(4) !== bytes.length) throw new Error('the length is wrong');
  const entries = [];
  for (let at = headBytes; at < bytes.length;) {
    const end = at + bytes.readUInt32BE(at + 4);
    if (end > bytes.length || end < at + headBytes) throw new Error('the length is wrong');
    entries.push({
      type: bytes.toString('latin1', at, at + 4),
      content: bytes.subarray(at + headBytes, end),
    });
    at = end;
  }
  return entries;
}
