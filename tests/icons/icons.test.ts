import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readIcns, writeIcns } from './icns.ts';
import { drawings, icoSides, pngSides } from './sizes.ts';

const folder = join(import.meta.dirname, '..', '..', 'resources', 'icons');
const read = (...path: readonly string[]) => readFileSync(join(folder, ...path));

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Of its head: 8 bits a channel, and colour type 6, which is RGB with alpha. */
function pngHead(png: Buffer) {
  expect(png.subarray(0, 8)).toEqual(pngSignature);
  expect(png.toString('latin1', 12, 16)).toBe('IHDR');
  return {
    width: png.readUInt32BE(16),
    height: png.readUInt32BE(20),
    bits: png.readUInt8(24),
    colour: png.readUInt8(25),
  };
}

const square = (side: number) => ({ width: side, height: side, bits: 8, colour: 6 });

/** What its compressed data holds, a filter's number before each row. */
function pngRows(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      parts.push(png.subarray(at + 8, at + 8 + length));
    }
    at += length + 12;
  }
  return inflateSync(Buffer.concat(parts));
}

/** The pictures of a Windows icon; 0 in its table stands for 256. */
function readIco(bytes: Buffer) {
  expect([bytes.readUInt16LE(0), bytes.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: bytes.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const [length, offset] = [bytes.readUInt32LE(at + 8), bytes.readUInt32LE(at + 12)];
    return {
      side: [bytes.readUInt8(at) || 256, bytes.readUInt8(at + 1) || 256],
      bits: bytes.readUInt16LE(at + 6),
      end: offset + length,
      bitmap: bytes.subarray(offset, offset + length),
    };
  });
}

describe.each(drawings)('the icons of $name', ({ name, pngFolder }) => {
  test('are there as PNGs of every size, and no other', () => {
    expect(readdirSync(join(folder, pngFolder)).sort()).toEqual(
      pngSides.map((side) => `${side}x${side}.png`).sort(),
    );
  });

  test.each(pngSides)('of %i pixels is as large as its name says, and whole', (side) => {
    const png = read(pngFolder, `${side}x${side}.png`);
    expect(pngHead(png)).toEqual(square(side));
    expect(pngRows(png)).toHaveLength(side * (side * 4 + 1));
  });

  test('are in one file for Windows, each as large as its table says', () => {
    const bytes = read(`${name}.ico`);
    const pictures = readIco(bytes);
    expect(pictures.map(({ side }) => side)).toEqual(icoSides.map((side) => [side, side]));
    for (const { side, bits, end, bitmap } of pictures) {
      expect(bits).toBe(32);
      expect(end).toBeLessThanOrEqual(bytes.length);
      // A bitmap counts the rows of its mask too.
      expect([bitmap.readInt32LE(4), bitmap.readInt32LE(8)]).toEqual([side[0], 2 * side[1]!]);
      expect(bitmap.length).toBeGreaterThanOrEqual(40 + 4 * side[0]! * side[1]!);
    }
  });

  test('are in one file for macOS, each as large as its type says', () => {
    const entries = readIcns(read(`${name}.icns`));
    const sides = entries.map(({ type, content }) =>
      content.subarray(0, 4).toString() === 'ARGB'
        ? [type, Math.sqrt(unpack(content.subarray(4)).length / 4)]
        : [type, pngHead(content).width],
    );
    expect(sides).toEqual([
      ['ic04', 16],
      ['ic05', 32],
      ['ic11', 32],
      ['ic12', 64],
      ['ic07', 128],
      ['ic13', 256],
      ['ic08', 256],
      ['ic14', 512],
      ['ic09', 512],
      ['ic10', 1024],
    ]);
  });

  test.each([`${name}.svg`, `${name}-small.svg`])(
    '%s reaches for nothing outside of itself',
    (file) => {
      const svg = read(file).toString();
      expect(svg).not.toMatch(/href|<script|<style|<image|url\((?!#)/i);
    },
  );
});

/** As macOS reads a packed channel. */
function unpack(packed: Uint8Array): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < packed.length;) {
    const head = packed[at] ?? 0;
    if (head < 128) {
      bytes.push(...packed.subarray(at + 1, at + 2 + head));
      at += head + 2;
    } else {
      bytes.push(...Array<number>(head - 125).fill(packed[at + 1] ?? 0));
      at += 2;
    }
  }
  return Buffer.from(bytes);
}

test.each([
  ['all alike', () => 7],
  ['all different', (at: number) => (at * 37) % 251],
  ['runs of 1 to 9', (at: number) => Math.floor(at / (1 + (at % 9)))],
])('a picture that is %s is packed without loss, channel by channel', (_, byteAt) => {
  const rgba = Uint8Array.from({ length: 16 * 16 * 4 }, (_, at) => byteAt(at) & 255);
  const large = Uint8Array.from({ length: 32 * 32 * 4 }, (_, at) => byteAt(at) & 255);
  const png = read('program', '16x16.png');
  const icns = writeIcns((side) => ({ png, rgba: side === 16 ? rgba : large }));
  const [first, second] = readIcns(icns);
  const planes = (pixels: Uint8Array) =>
    Buffer.concat([3, 0, 1, 2].map((channel) => pixels.filter((_, at) => at % 4 === channel)));
  expect(unpack(first!.content.subarray(4))).toEqual(planes(rgba));
  expect(unpack(second!.content.subarray(4))).toEqual(planes(large));
});
