/** What the kernel did with each flow's packets, put together from what was seen. */
import type { Network } from '../../src-main/sim/compile/network.ts';
import { ip } from '../../src-main/model/ip.ts';
import type { AgentRecord } from './agent.ts';
import {
  decodeFrame,
  decodePacket,
  keyOf,
  portsText,
  type Decoded,
  type Role,
  type Tuple,
} from './decode.ts';
import type { KernelNetwork } from './network.ts';

/** A packet at an interface. */
export interface Sighting {
  readonly at: bigint;
  readonly place: string;
  readonly interface: string;
  readonly way: 'in' | 'out';
  readonly packet: Decoded;
  /** Without the frame's own header where the packet comes in: the simulator tells of it when it has been taken off. */
  readonly text: string;
}

/** A packet that a machine took for itself. */
export interface Delivery {
  readonly place: string;
  readonly role: Role;
  readonly text: string;
  readonly packet: Decoded;
}

export interface Ruling {
  readonly place: string;
  /** List and number: `filter 3`. */
  readonly rule: string;
  readonly role: Role;
}

export interface Observed {
  readonly sightings: Sighting[];
  readonly deliveries: Delivery[];
  readonly rulings: Ruling[];
  /** What the sender's program was told: names of errno.h. */
  readonly errors: string[];
  /** An answer reached the program that asked: the connection is open, the datagram is there. */
  answered: boolean;
  /** All of a TCP flow's bulk came back. */
  bulk: boolean;
}

export const nothingObserved = (): Observed => ({
  sightings: [],
  deliveries: [],
  rulings: [],
  errors: [],
  answered: false,
  bulk: false,
});

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64');

/** UDP ports that carry VXLAN in this network. */
export const vxlanPortsOf = (network: Network): ReadonlySet<number> =>
  new Set([
    ...network.segments.filter(({ kind }) => kind === 'vxlan').map(({ vxlanPort }) => vxlanPort),
    ...(network.clusters.length > 0 ? [calicoVxlanPort] : []),
  ]);

/** FelixConfiguration `vxlanPort`, left as it is. */
const calicoVxlanPort = 4789;

/** Sorts records by the flow that they are of: by id for what programs say, by key for packets. */
export function observe(
  records: readonly AgentRecord[],
  kernel: KernelNetwork,
  vxlanPorts: ReadonlySet<number>,
  ids: ReadonlyMap<number, string>,
): Map<string, Observed> {
  const all = new Map([...ids.values()].map((id) => [id, nothingObserved()]));
  const ofPacket = (packet: Decoded | undefined) =>
    packet && all.get(ids.get(keyOf(packet) ?? -1) ?? '');
  // TCP sends again what is not answered in time: the same packet once more at the same place.
  const known = new Set<string>();
  const isNew = (...what: readonly (string | number)[]) => {
    const text = what.join(' ');
    return !known.has(text) && known.add(text);
  };
  for (const record of records) {
    const place = kernel.places.get(String(record[1])) ?? '';
    switch (record[0]) {
      case 'wire': {
        const packet = decodeFrame(bytesOf(record[5]), vxlanPorts);
        const of = ofPacket(packet);
        if (!of || !packet) break;
        const sighting = sightingOf(record, packet, place, kernel);
        if (isNew(keyOf(packet) ?? 0, place, sighting.interface, sighting.way, sighting.text))
          of.sightings.push(sighting);
        break;
      }
      case 'local': {
        const packet = localPacket(record, vxlanPorts);
        const of = ofPacket(packet);
        // What carries another packet in it is a tunnel's, and none that a program gets.
        if (!of || !packet || packet.headers.length > 2) break;
        const { role, tuple, ttl } = packet;
        of.deliveries.push({ place, role, text: deliveryText(tuple, ttl), packet });
        break;
      }
      case 'rule': {
        const [, , rule, data] = record;
        const packet = decodePacket(bytesOf(data), vxlanPorts);
        const of = ofPacket(packet);
        if (of && packet && isNew(keyOf(packet) ?? 0, place, rule, ...packet.headers))
          of.rulings.push({ place, rule, role: packet.role });
        break;
      }
      case 'error':
        all.get(record[1])?.errors.push(record[2]);
        break;
      case 'answer':
        if (all.has(record[1])) (all.get(record[1]) as Observed).answered = true;
        break;
      case 'bulk':
        if (all.has(record[1])) (all.get(record[1]) as Observed).bulk = true;
        break;
      case 'answer-error':
        break;
      default:
        record satisfies never;
    }
  }
  for (const { sightings } of all.values()) sightings.sort((a, b) => (a.at < b.at ? -1 : 1));
  return all;
}

function sightingOf(
  [, namespace, at, name, way]: Extract<AgentRecord, readonly ['wire', ...unknown[]]>,
  packet: Decoded,
  place: string,
  kernel: KernelNetwork,
): Sighting {
  const headers = way === 'in' ? packet.headers.slice(1) : packet.headers;
  return {
    at: BigInt(at),
    place,
    interface: kernel.interfaces.get(namespace)?.get(name) ?? name,
    way,
    packet,
    text: headers.join(' | '),
  };
}

/** Addresses, ports and TTL with which a packet arrives. */
export function deliveryText(tuple: Tuple, ttl: number): string {
  const { protocol, source, destination, sourcePort } = tuple;
  const ports = protocol === 'icmp' ? `icmp ${sourcePort}` : portsText(tuple, '');
  return `${source}>${destination} ttl ${ttl} ${ports}`;
}

type LocalRecord = Extract<AgentRecord, readonly ['local', ...unknown[]]>;

function localPacket(record: LocalRecord, vxlanPorts: ReadonlySet<number>): Decoded | undefined {
  const [, , family, protocol, data] = record;
  if (family === 4) return decodePacket(bytesOf(data), vxlanPorts);
  const [, , , , , source, destination, hopLimit] = record;
  // IPv6 raw sockets give the header's parts beside the packet; it is put together again (RFC 8200 §3).
  const body = bytesOf(data);
  const packet = new Uint8Array(40 + body.length);
  const view = new DataView(packet.buffer);
  view.setUint8(0, 0x60);
  view.setUint16(4, body.length);
  view.setUint8(6, protocol);
  view.setUint8(7, hopLimit);
  for (const [at, text] of [source, destination].entries()) {
    const { w0, w1, w2, w3 } = ip(text);
    [w0, w1, w2, w3].forEach((word, index) => view.setUint32(8 + at * 16 + index * 4, word));
  }
  packet.set(body, 40);
  return decodePacket(packet, vxlanPorts);
}
