import { sameIp, type Ip, type IpFamily } from '../model/ip.ts';
import type { CompiledListener, Device } from './compile/network.ts';
import { firstRoute } from './compile/route-table.ts';
import { Recorder } from './recorder.ts';
import { settleSource, sourceFor } from './source-address.ts';
import { endpointText } from './stages/nat.ts';
import { isPrivate } from './stages/neighbor.ts';
import { route } from './stages/route.ts';
import { isDelivered, type Disposition } from './vocabulary/disposition.ts';
import { headerBytes, ipProtocolNumber } from './vocabulary/packet.ts';
import type { Assumption, AssumptionFacts } from './vocabulary/assumptions.ts';
import { because, type Reason } from './vocabulary/reason.ts';
import type { Leg, LegPurpose } from './vocabulary/result.ts';
import type { StepDetails, StepKey } from './vocabulary/step.ts';
import { assumptionText } from './vocabulary/tell.ts';
import { addUndrawnHost } from './undrawn-host.ts';
import { walk } from './walk.ts';
import type { WalkState } from './walk-state.ts';

export type TransportName = 'tcp' | 'udp' | 'icmp';

/** What one packet is made of, before addresses are known. */
export interface Wanted {
  readonly client: number;
  readonly source: Ip | null;
  readonly destination: Ip;
  readonly protocol: TransportName;
  readonly port: number;
  readonly sourcePort: number;
  /** Length in bytes of the client's IP packet; a handshake's when 0. */
  readonly bytes: number;
  readonly df: boolean;
}

/** A connection whose first packet has been walked. */
export interface Connection extends Wanted {
  readonly from: Ip;
  readonly disposition: Disposition;
  /** Why it ended; null where it was delivered. */
  readonly reason: Reason | null;
  readonly server: number;
  /** The hypervisor whose instance answers, where the server is a distributed router; -1 elsewhere. */
  readonly serverInstance: number;
  readonly listener: CompiledListener | null;
  /** The tuple as the server sees it. */
  readonly seenSource: Ip;
  readonly seenSourcePort: number;
  readonly seenDestination: Ip;
  readonly seenDestinationPort: number;
  /** Interface by which the request left the design, -1 where it did not. */
  readonly exitInterface: number;
}

/** A note for the first hop of the next leg, made before its packet is. */
export type Preface = { [Key in StepKey]: readonly [key: Key, detail: StepDetails[Key]] }[StepKey];

/** One way through the network, as far as it has been followed: state, legs, and what has to be said about it. */
export interface Run {
  readonly state: WalkState;
  /** Null: the verdict only. */
  readonly legs: Leg[] | null;
  /** By their English sentence, each once. */
  readonly assumed: Map<string, Assumption>;
}

/** Notes what is taken for granted from here on. */
export function assume<Code extends keyof AssumptionFacts>(
  run: Run,
  code: Code,
  detail: AssumptionFacts[Code],
): void {
  // A code and its facts belong together by the signature.
  const assumption = { code, detail } as Assumption;
  run.assumed.set(assumptionText(assumption), assumption);
}

/** TTL of packets that hosts make (RFC 1700's recommended default). */
const initialTtl = 64;
/** Bytes of a handshake's first packet beyond its IP header: TCP with 20 bytes of options, as Linux sends it. */
const handshakeBytes: Record<TransportName, number> = { tcp: 40, udp: 40, icmp: 64 };
const transportBytes: Record<TransportName, number> = {
  tcp: headerBytes.tcp,
  udp: headerBytes.udp,
  icmp: headerBytes.icmp,
};

export const ipHeaderBytes = (family: IpFamily): number =>
  family === 4 ? headerBytes.ipv4 : headerBytes.ipv6;

function protocolNumber(protocol: TransportName, family: IpFamily): number {
  if (protocol === 'icmp') return family === 4 ? ipProtocolNumber.icmp : ipProtocolNumber.icmpv6;
  return ipProtocolNumber[protocol];
}

/** Makes the packet in the state's stack. `bytes` 0 stands for a handshake's. */
export function makePacket(
  state: WalkState,
  protocol: TransportName,
  size: { readonly bytes: number; readonly df: boolean },
  from: Ip,
  to: Ip,
  sourcePort: number,
  destinationPort: number,
  isReply: boolean,
): void {
  const { packet } = state;
  const ipBytes = ipHeaderBytes(to.family);
  const bytes = size.bytes === 0 ? ipBytes + handshakeBytes[protocol] : size.bytes;
  packet.reset(Math.max(0, bytes - ipBytes - transportBytes[protocol]));
  switch (protocol) {
    case 'tcp':
      packet.pushTcp(sourcePort, destinationPort, isReply ? 'SYN-ACK' : 'SYN');
      break;
    case 'udp':
      packet.pushUdp(sourcePort, destinationPort);
      break;
    case 'icmp':
      packet.pushIcmp(isReply ? 'echo-reply' : 'echo-request', sourcePort);
      break;
    default:
      protocol satisfies never;
  }
  packet.pushIp(from, to, protocolNumber(protocol, to.family), initialTtl, size.df);
}

export function note(recorder: Recorder | null, preface: Preface, state: WalkState): void {
  // A tuple of the union is one key with its own detail.
  recorder?.step(preface[0], preface[1], state.packet);
}

/** Walks a connection's first packet and writes its leg. */
export function request(
  run: Run,
  wanted: Wanted,
  purpose: LegPurpose,
  title: string,
  preface: readonly Preface[],
): Connection & { readonly hops: Recorder | null } {
  const { state } = run;
  const recorder = run.legs ? new Recorder() : null;
  const device = state.deviceAt(wanted.client);
  state.begin(recorder, false);
  state.device = device;
  const instance = placeRouter(state);
  if (instance) assume(run, 'instance-chosen', { router: device.id, hypervisor: instance.id });
  const source = wanted.source ?? sourceFor(state, device, wanted.destination);
  const to = wanted.destination;
  const ports = [wanted.sourcePort, wanted.port] as const;
  makePacket(state, wanted.protocol, wanted, source ?? to, to, ...ports, false);
  if (source && !wanted.source) settleSource(state);
  const from = state.packet.top.src;
  noteOrigin(state, device, recorder, preface);
  const dead = wanted.source && deadInterface(state, device, wanted.source);
  const disposition = !source
    ? endWithoutSource(state, to)
    : dead
      ? state.drop(
          'interface-down',
          because('interface-down', { device: device.id, interface: dead }),
        )
      : walk(state, null);
  writeLeg(run, recorder, purpose, title, disposition);
  if (disposition === 'exits-network') assume(run, 'internet', {});
  return {
    ...wanted,
    from,
    disposition,
    reason: state.reason,
    server: state.device.index,
    serverInstance: state.instance,
    listener: state.listener,
    seenSource: state.packet.top.src,
    seenSourcePort: state.packet.sourcePort,
    seenDestination: state.packet.top.dst,
    seenDestinationPort: state.packet.destinationPort,
    exitInterface: state.exitInterface,
    hops: recorder,
  };
}

/** Whoever has no address of the family looks for a way before a source, and may find one that discards. */
function endWithoutSource(state: WalkState, to: Ip): Disposition {
  const { device, routed } = state;
  if (firstRoute(to.family === 4 ? device.routes4 : device.routes6, to)?.kind === 'discard') {
    route(state);
    return routed.outcome as Disposition;
  }
  const detail = { device: device.id, destination: to.text };
  return state.drop('no-route', because('no-source', detail));
}

/** The interface, by its id, that has the address and is down: the address is then nobody's to speak with. */
function deadInterface(state: WalkState, device: Device, address: Ip): string | undefined {
  const owners = device.interfaces
    .map((index) => state.interfaceAt(index))
    .filter((item) => item.addresses.some((own) => sameIp(own, address)));
  return device.up && owners.every(({ up }) => !up) ? owners[0]?.id : undefined;
}

/**
 * A distributed router makes its packets in one hypervisor: the first that it is in. Undefined where the device is none,
 * or is in none.
 */
export function placeRouter(state: WalkState): Device | undefined {
  const router = state.device;
  if (router.kind !== 'distributed-router') return undefined;
  const hypervisor = state.network.devices.find(
    (candidate) =>
      candidate.kind === 'hypervisor' &&
      candidate.up &&
      candidate.transportZones.some((zone) => router.transportZones.includes(zone)),
  );
  if (hypervisor) state.instance = hypervisor.index;
  return hypervisor;
}

/** The packet that was made at the device: what led to it, and that it is sent. */
function noteOrigin(
  state: WalkState,
  device: Device,
  recorder: Recorder | null,
  preface: readonly Preface[],
): void {
  if (!recorder) return;
  recorder.enter(device, hypervisorOf(state), 0);
  for (const entry of preface) note(recorder, entry, state);
  const { total: bytes } = state.packet.top;
  recorder.step('originate/send', { ...state.tuple(), bytes }, state.packet);
}

const hypervisorOf = (state: WalkState): string | undefined =>
  state.instance < 0 ? undefined : state.deviceAt(state.instance).id;

/** Who answers: the server, or beyond the design's edge a host of the internet. */
function answerer(run: Run, connection: Connection): number {
  const { state } = run;
  if (connection.exitInterface < 0) return connection.server;
  const exit = state.interfaceAt(connection.exitInterface);
  const segment = state.segmentAt(exit.segment);
  const { seenDestination } = connection;
  const gateway =
    exit.addresses.find((address) => address.family === seenDestination.family) ?? null;
  assume(run, 'internet-reply', {});
  return addUndrawnHost(state, segment, seenDestination, gateway);
}

/** Walks the answer to a connection's first packet and writes its leg. */
export function reply(
  run: Run,
  connection: Connection,
  purpose: LegPurpose,
  title: string,
  preface: readonly Preface[],
  bytes: number,
): { readonly disposition: Disposition; readonly reason: Reason | null; readonly server: number } {
  const { state } = run;
  const server = answerer(run, connection);
  const recorder = run.legs ? new Recorder() : null;
  const disposition = walkReply(run, connection, server, bytes, recorder, preface);
  writeLeg(run, recorder, purpose, title, disposition);
  return { disposition, reason: state.reason, server };
}

function walkReply(
  run: Run,
  connection: Connection,
  server: number,
  bytes: number,
  recorder: Recorder | null,
  preface: readonly Preface[],
): Disposition {
  const { state } = run;
  state.begin(recorder, true);
  state.device = state.deviceAt(server);
  if (server === connection.server) state.instance = connection.serverInstance;
  const to = connection.seenSource;
  const { protocol, df, seenDestination, seenDestinationPort, seenSourcePort } = connection;
  const ports = [seenDestinationPort, seenSourcePort] as const;
  makePacket(state, protocol, { bytes, df }, seenDestination, to, ...ports, true);
  noteOrigin(state, state.device, recorder, preface);
  if (connection.exitInterface >= 0 && isPrivate(to)) {
    return state.drop('no-route', because('private-on-internet', { address: to.text }));
  }
  return walk(state, {
    device: connection.client,
    source: connection.from,
    sourcePort: connection.sourcePort,
    destination: connection.destination,
    destinationPort: connection.protocol === 'icmp' ? connection.sourcePort : connection.port,
  });
}

/** A handshake's packet of one end of a connection, in the state's stack. */
export function makeEndsPacket(state: WalkState, connection: Connection, isReply: boolean): void {
  const { protocol, from, destination, sourcePort, port } = connection;
  const { seenSource, seenSourcePort, seenDestination, seenDestinationPort, df } = connection;
  const size = { bytes: 0, df };
  if (isReply) {
    const ports = [seenDestinationPort, seenSourcePort] as const;
    makePacket(state, protocol, size, seenDestination, seenSource, ...ports, true);
  } else {
    makePacket(state, protocol, size, from, destination, sourcePort, port, false);
    state.openSource = !connection.source;
  }
}

/** Walks a packet of that length along an established connection, without writing anything. */
export function probe(
  run: Run,
  connection: Connection,
  bytes: number,
  replyFrom: number | null,
): Disposition {
  const { state } = run;
  state.keepsSessions = false;
  try {
    if (replyFrom !== null) return walkReply(run, connection, replyFrom, bytes, null, []);
    state.begin(null, false);
    state.device = state.deviceAt(connection.client);
    placeRouter(state);
    const { protocol, df, from, destination, sourcePort, port } = connection;
    makePacket(state, protocol, { bytes, df }, from, destination, sourcePort, port, false);
    state.openSource = !connection.source;
    return walk(state, null);
  } finally {
    state.keepsSessions = true;
  }
}

function writeLeg(
  run: Run,
  recorder: Recorder | null,
  purpose: LegPurpose,
  title: string,
  disposition: Disposition,
): void {
  if (recorder && run.legs) run.legs.push({ purpose, title, disposition, hops: recorder.hops });
}

/** Adds to the leg that was written last. */
export function amendLeg(run: Run, change: Partial<Leg>): void {
  const last = run.legs?.pop();
  if (last) run.legs?.push({ ...last, ...change });
}

export function connectionTitle(state: WalkState, wanted: Wanted): string {
  const target = endpointText(wanted.destination, wanted.protocol === 'icmp' ? 0 : wanted.port);
  return `${wanted.protocol} ${state.deviceAt(wanted.client).id} → ${target}`;
}

export const succeeded = (connection: { readonly disposition: Disposition }): boolean =>
  isDelivered(connection.disposition);

export const isOwn = (state: WalkState, device: Device, address: Ip): boolean =>
  device.interfaces.some((index) =>
    state.interfaceAt(index).addresses.some((own) => sameIp(own, address)),
  );
