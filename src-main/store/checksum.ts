import { crc32 } from 'node:zlib';

/**
 * The CRC-32 of a row's values (ISO 3309, as in zlib). Finds bytes that have changed inside a text, which SQLite's own
 * integrity check does not look at. No protection against intent.
 */
export function rowChecksum(...values: readonly (string | number | null)[]): number {
  // Texts of a project hold no zero character, so it keeps "ab","c" apart from "a","bc".
  return values.reduce<number>((sum, value) => crc32(`${value ?? ''}\0`, sum), 0);
}
