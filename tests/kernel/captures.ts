/** What tcpdump wrote, as records of frames at interfaces. */
import type { Network } from '../../src-main/sim/compile/network.ts';
import type { AgentRecord } from './agent.ts';
import type { KernelNetwork } from './network.ts';

export type CaptureFile = readonly [namespace: string, name: string, file: string];

/** pcap-savefile(5), with nanoseconds. */
const magic = 0xa1b23c4d;
const fileHeaderBytes = 24;
const packetHeaderBytes = 16;

interface Frame {
  /** Nanoseconds since 1970. */
  readonly at: bigint;
  readonly bytes: Buffer;
}

export function readPcap(file: Buffer): Frame[] {
  if (file.readUInt32LE(0) !== magic) throw new Error('no capture with nanoseconds');
  const frames: Frame[] = [];
  for (let at = fileHeaderBytes; at + packetHeaderBytes <= file.length;) {
    const seconds = BigInt(file.readUInt32LE(at));
    const nanoseconds = BigInt(file.readUInt32LE(at + 4));
    const end = at + packetHeaderBytes + file.readUInt32LE(at + 8);
    const bytes = file.subarray(at + packetHeaderBytes, end);
    frames.push({ at: seconds * 1_000_000_000n + nanoseconds, bytes });
    at = end;
  }
  return frames;
}

/** A frame that has the interface's own address as its source goes out; the file does not say it. */
export function recordsOf(
  captures: readonly CaptureFile[],
  kernel: KernelNetwork,
  network: Network,
): AgentRecord[] {
  return captures.flatMap(([namespace, name, file]) => {
    const own = macOf(network, kernel, namespace, name);
    return readPcap(Buffer.from(file, 'base64')).map(({ at, bytes }): AgentRecord => {
      const way = bytes.subarray(6, 12).toString('hex') === own ? 'out' : 'in';
      return ['wire', namespace, String(at), name, way, bytes.toString('base64')];
    });
  });
}

function macOf(network: Network, kernel: KernelNetwork, namespace: string, name: string): string {
  const [node] = (kernel.places.get(namespace) ?? '').split(' on ');
  const device = network.devices.find(({ id }) => id === node);
  const id = kernel.interfaces.get(namespace)?.get(name);
  const found = device?.interfaces
    .map((index) => network.interfaces[index])
    .find((item) => item?.id === id);
  return (found?.mac ?? '').replaceAll(':', '').toLowerCase();
}
