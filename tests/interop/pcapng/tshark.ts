import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { findProgram } from '../../support/capabilities.ts';

/**
 * The values of the fields that were asked for, in the order of the frame; a field that it lacks is
 * an empty list.
 */
export type TsharkFrame = (field: string) => readonly string[];

/**
 * What must not be in any frame: a protocol tree that broke off, or a finding of severity `error`.
 */
const complaints = ['_ws.malformed', '_ws.expert.severity', '_ws.expert.message'];
const errorSeverity = '8388608';

const checksumFields = [
  'ip.checksum.status',
  'tcp.checksum.status',
  'udp.checksum.status',
  'icmp.checksum.status',
  'icmpv6.checksum.status',
];
const badChecksum = '0';

/** The file as tshark reads it, checksums validated; `fields` in Wireshark's names. */
export function tshark(
  file: Uint8Array,
  fields: readonly string[],
  preferences: readonly string[] = [],
): readonly TsharkFrame[] {
  const program = findProgram('tshark');
  if (program === undefined) throw new Error('tshark is not installed');
  const validation = ['ip', 'tcp', 'udp'].map((layer) => `${layer}.check_checksum:TRUE`);
  const wanted = [...complaints, ...checksumFields, 'frame.protocols', ...fields];
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-tshark-'));
  try {
    const path = join(folder, 'capture.pcapng');
    writeFileSync(path, file);
    const ran = spawnSync(
      program,
      [
        ...['-n', '-r', path, '-T', 'json'],
        ...[...validation, ...preferences].flatMap((preference) => ['-o', preference]),
        ...wanted.flatMap((field) => ['-e', field]),
      ],
      // No preferences of whoever runs the tests.
      {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: { ...process.env, WIRESHARK_CONFIG_DIR: folder },
      },
    );
    if (ran.status !== 0) throw new Error(`tshark ended with ${ran.status}: ${ran.stderr}`);
    return readFrames(ran.stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readFrames(json: string): readonly TsharkFrame[] {
  const frames = JSON.parse(json) as {
    _source: { layers: Partial<Record<string, string[]>> };
  }[];
  return frames.map(
    ({ _source }) =>
      (field) =>
        _source.layers[field] ?? [],
  );
}

/** What tshark finds wrong with each frame: malformed parts, errors, bad checksums. */
export function faultsOf(frames: readonly TsharkFrame[]): string[] {
  return frames.flatMap((frame, index) => {
    const faults = frame('_ws.malformed').map((text) => `malformed ${text}`);
    const findings = frame('_ws.expert.message');
    for (const [at, severity] of frame('_ws.expert.severity').entries()) {
      if (severity === errorSeverity) faults.push(findings[at] ?? 'error');
    }
    for (const field of checksumFields) {
      if (frame(field).includes(badChecksum)) faults.push(`bad ${field}`);
    }
    return faults.map((fault) => `frame ${index + 1}: ${fault}`);
  });
}

export const protocolsOf = (frame: TsharkFrame): string => frame('frame.protocols').join();
