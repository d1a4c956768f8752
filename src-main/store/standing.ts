import { statfsSync, statSync, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import type { TroubleCode } from '../app/project/index.ts';
import { isWritable } from './location.ts';
import { sidecars } from './snapshot.ts';

/** What a file was when we last wrote to it. */
export interface Signature {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

export function signatureOf(path: string): Signature | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && pick(stats);
}

const pick = ({ dev, ino, size, mtimeNs }: BigIntStats): Signature => ({ dev, ino, size, mtimeNs });

export type Standing =
  | 'in-place'
  /** Gone, with the folder left. */
  | 'removed'
  /** The folder is gone as well, or the system cannot look into it. */
  | 'unreachable'
  /** Another file has its name. */
  | 'replaced'
  /** It is the same file, and somebody else has written to it. */
  | 'overwritten'
  /** It may not be written to any more. */
  | 'not-writable';

/**
 * What has become of a file that is open for editing, by its directory entry alone: opening it to look inside would
 * give up the lock on it.
 */
export function standingOf(path: string, known: Signature): Standing {
  let stats: BigIntStats | undefined;
  try {
    stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stats) {
      const folder = statSync(dirname(path), { throwIfNoEntry: false });
      return folder?.isDirectory() ? 'removed' : 'unreachable';
    }
  } catch {
    return 'unreachable';
  }
  if (stats.dev !== known.dev || stats.ino !== known.ino) return 'replaced';
  // Windows keeps others from writing to a file that is locked, and tells the time of our own writing late.
  const isAsWritten = stats.size === known.size && stats.mtimeNs === known.mtimeNs;
  if (!isAsWritten && process.platform !== 'win32') return 'overwritten';
  return isWritable(path, Number(stats.mode)) ? 'in-place' : 'not-writable';
}

/** What stands against working on, where it is not for us to write to the file: whether there is one. */
export function presenceOf(
  path: string,
): Extract<TroubleCode, 'removed' | 'unreachable'> | undefined {
  try {
    if (statSync(path, { throwIfNoEntry: false })) return undefined;
    return statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()
      ? 'removed'
      : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

/** Two writings within this time may leave the same time on a file. Milliseconds; the kernel's clock ticks every 10 at the most. */
const tickMs = 50;

/** Changes with whatever is written to the file or what lies beside it; empty where there is no file. */
export function stampOf(path: string): string {
  const parts: string[] = [];
  for (const suffix of ['', ...sidecars]) {
    let stats: BigIntStats | undefined;
    try {
      stats = statSync(path + suffix, { bigint: true, throwIfNoEntry: false });
    } catch {
      return '';
    }
    if (!stats && suffix === '') return '';
    if (!stats) continue;
    const { dev, ino, size, mtimeNs, mode } = stats;
    const isFresh = Math.abs(Date.now() - Number(mtimeNs / 1_000_000n)) < tickMs;
    parts.push(
      `${suffix}:${dev}:${ino}:${mode}:${size}:${mtimeNs}${isFresh ? `:${Date.now()}` : ''}`,
    );
  }
  return parts.join(' ');
}

/** Bytes that are free where the file is; none where the system does not say. */
export function freeBytesAt(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  } catch {
    return 0;
  }
}
