/**
 * Reads what a capture file holds, block by block and without any check that it could share with
 * the writer.
 */
export interface ReadOption {
  readonly code: number;
  readonly value: Buffer;
}

export interface ReadInterface {
  readonly linkType: number;
  readonly snapLength: number;
  readonly options: readonly ReadOption[];
}

export interface ReadFrame {
  readonly interfaceIndex: number;
  readonly timestamp: bigint;
  readonly originalLength: number;
  readonly bytes: Buffer;
  readonly options: readonly ReadOption[];
}

export interface ReadCapture {
  readonly sectionOptions: readonly ReadOption[];
  readonly interfaces: readonly ReadInterface[];
  readonly frames: readonly ReadFrame[];
  /** Block types in the order of the file. */
  readonly order: readonly number[];
}

export function readPcapng(file: Uint8Array): ReadCapture {
  const data = Buffer.from(file);
  const sectionOptions: ReadOption[] = [];
  const interfaces: ReadInterface[] = [];
  const frames: ReadFrame[] = [];
  const order: number[] = [];
  let at = 0;
  while (at < data.length) {
    const type = data.readUInt32LE(at);
    const length = data.readUInt32LE(at + 4);
    if (length % 4 !== 0 || data.readUInt32LE(at + length - 4) !== length) {
      throw new Error(`block at byte ${at}: length ${length} is not repeated at its end`);
    }
    const body = data.subarray(at + 8, at + length - 4);
    order.push(type);
    if (type === 0x0a0d0d0a) {
      if (body.readUInt32LE(0) !== 0x1a2b3c4d) throw new Error('byte-order magic expected');
      sectionOptions.push(...readOptions(body.subarray(16)));
    } else if (type === 1) {
      interfaces.push({
        linkType: body.readUInt16LE(0),
        snapLength: body.readUInt32LE(4),
        options: readOptions(body.subarray(8)),
      });
    } else if (type === 6) {
      const captured = body.readUInt32LE(12);
      frames.push({
        interfaceIndex: body.readUInt32LE(0),
        timestamp: (BigInt(body.readUInt32LE(4)) << 32n) | BigInt(body.readUInt32LE(8)),
        originalLength: body.readUInt32LE(16),
        bytes: body.subarray(20, 20 + captured),
        options: readOptions(body.subarray(20 + Math.ceil(captured / 4) * 4)),
      });
    } else {
      throw new Error(`block at byte ${at}: type ${type} is not one that a capture here has`);
    }
    at += length;
  }
  return { sectionOptions, interfaces, frames, order };
}

function readOptions(data: Buffer): ReadOption[] {
  const options: ReadOption[] = [];
  let at = 0;
  while (at < data.length) {
    const code = data.readUInt16LE(at);
    const length = data.readUInt16LE(at + 2);
    if (code === 0) return options;
    options.push({ code, value: data.subarray(at + 4, at + 4 + length) });
    at += 4 + Math.ceil(length / 4) * 4;
  }
  if (data.length > 0) throw new Error('options without their end');
  return options;
}

export const textsOf = (options: readonly ReadOption[], code: number): string[] =>
  options.filter((option) => option.code === code).map(({ value }) => value.toString('utf8'));

export const commentsOf = ({ options }: ReadFrame): string[] => textsOf(options, 1);
