import { ip } from '../../model/ip.ts';

/** Bytes of a header as they are put together: network order unless a name says otherwise. */
export type Bytes = readonly number[];

export const u16 = (value: number): Bytes => [(value >>> 8) & 0xff, value & 0xff];

export const u32 = (value: number): Bytes => [...u16(value >>> 16), ...u16(value)];

export function concat(parts: readonly (Bytes | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The six bytes of `aa:bb:cc:dd:ee:ff`. */
export function macBytes(text: string): Bytes {
  const bytes = text.split(':').map((part) => Number.parseInt(part, 16));
  if (bytes.length !== 6 || bytes.some((byte) => !(byte >= 0 && byte <= 0xff))) {
    throw new RangeError(`MAC address ${text}: six bytes aa:bb:cc:dd:ee:ff expected`);
  }
  return bytes;
}

/** The 4 or 16 bytes of an address. */
export function ipBytes(text: string): Bytes {
  const { family, w0, w1, w2, w3 } = ip(text);
  return family === 4 ? u32(w0) : [...u32(w0), ...u32(w1), ...u32(w2), ...u32(w3)];
}
