import { sameIp, type Ip } from '../model/ip.ts';
import { findAddress } from './compile/address-index.ts';
import type {
  CompiledListener,
  Device,
  Interface,
  L2Segment,
  Network,
  RouteEntry,
} from './compile/network.ts';
import { noIp, PacketState } from './packet-state.ts';
import type { Recorder } from './recorder.ts';
import type { Session, SessionDirection } from './session.ts';
import type { Disposition } from './vocabulary/disposition.ts';
import type { MasqueradeReason, Tuple } from './vocabulary/step.ts';
import { ipProtocolName } from './vocabulary/packet.ts';
import type { Reason } from './vocabulary/reason.ts';
import { reasoned, warning } from './vocabulary/tell.ts';
import type { Warning, WarningCode, WarningFacts } from './vocabulary/warning.ts';

/** Null: the packet goes on. */
export type Outcome = Disposition | null;

/**
 * Picks one of several ways, equal ones unless their shares are given. `at` tells apart the places that choose for one
 * packet. `affinity`: the choice is the same for all connections of that client.
 */
export type Chooser = (
  state: WalkState,
  count: number,
  at: string,
  shares?: readonly number[],
  affinity?: Ip,
) => number;

/** What the route stage found; the entry is null where the walk ends. */
export interface Routed {
  entry: RouteEntry | null;
  outcome: Outcome;
}

/** What the neighbor stage found: the interface that owns the next hop. */
export interface Neighbor {
  target: number;
  outcome: Outcome;
}

/** Where a packet turned out to be too large. Bytes. */
export interface TooLarge {
  readonly lengthBytes: number;
  readonly mtuBytes: number;
  readonly depth: number;
  /** The device is a router for the packet, so its sender is told (RFC 1191, RFC 8201). */
  readonly senderIsTold: boolean;
  readonly device: string;
  readonly interface: string;
  readonly segment: string;
  /** Where a message about it is made, and for whom. */
  readonly from: Readonly<Pick<WalkState, 'device' | 'instance'>>;
  readonly to: Ip;
}

/** Everything that one packet carries with it while it is walked. Stages read and write it; nothing else does. */
export class WalkState {
  readonly network: Network;
  readonly choose: Chooser;
  readonly packet = new PacketState();
  readonly routed: Routed = { entry: null, outcome: null };
  readonly found: Neighbor = { target: -1, outcome: null };
  recorder: Recorder | null = null;
  sessions: Session[] = [];
  /** Sessions are made on the way out only. */
  keepsSessions = true;
  /** The packet answers one that went before. */
  isReply = false;
  /** Protocol of the connection that the packet, an ICMP error, is about; 0 for all other packets. */
  errorAbout = 0;

  device: Device;
  inInterface = -1;
  /** Hypervisor index whose instance of a distributed router is at work, -1 for none. */
  instance = -1;
  outInterface = -1;
  /** Interface that a tunnel's outer packet is bound to: its VTEP's own; -1 for none. */
  boundInterface = -1;
  localOrigin = false;
  /** The packet's program named no source: of equal routes it takes one that the source belongs to. */
  openSource = false;
  session: Session | null = null;
  direction: SessionDirection = 'original';
  masquerade: MasqueradeReason | null = null;
  /** A policy before DNAT has let the packet in: those of the interface that it came in by say no more. */
  policyAccepted = false;
  entrySource: Ip = noIp;
  entrySourcePort = 0;
  entryDestination: Ip = noIp;
  entryDestinationPort = 0;

  hopCount = 0;
  /** Questions to name servers that were walked so far. */
  questions = 0;
  listener: CompiledListener | null = null;
  reason: Reason | null = null;
  tooLarge: TooLarge | null = null;
  /** Where a packet of this walk was cut for the first time. */
  cut: TooLarge | null = null;
  /** Indexes of the stretches crossed, in order. */
  readonly crossings: number[] = [];
  /** Ids of the IPsec tunnels that packets of the flow went through. */
  readonly secured = new Set<string>();
  /** Interface that a packet left the design by. */
  exitInterface = -1;
  readonly warnings: Warning[] = [];

  private readonly visitedPlaces = new Int32Array(512);
  private readonly visitedHashes = new Int32Array(512);
  private visitedCount = 0;
  private sender = -1;
  private sentHash = 0;

  /** Hosts that the design does not draw, and one interface each; their indexes follow the network's. */
  private readonly extraDevices: Device[] = [];
  private readonly extraInterfaces: Interface[] = [];

  constructor(network: Network, choose: Chooser) {
    this.network = network;
    this.choose = choose;
    this.device = network.devices[0] as Device;
  }

  /** Makes ready for another packet. Sessions and the drawn-in host stay. */
  begin(recorder: Recorder | null, isReply: boolean): void {
    this.recorder = recorder;
    this.isReply = isReply;
    this.inInterface = -1;
    this.instance = -1;
    this.outInterface = -1;
    this.boundInterface = -1;
    this.openSource = false;
    this.hopCount = 0;
    this.visitedCount = 0;
    this.sender = -1;
    this.listener = null;
    this.reason = null;
    this.tooLarge = null;
    this.cut = null;
    this.crossings.length = 0;
    this.exitInterface = -1;
  }

  deviceAt(index: number): Device {
    const { devices } = this.network;
    return (devices[index] ?? this.extraDevices[index - devices.length]) as Device;
  }

  interfaceAt(index: number): Interface {
    const { interfaces } = this.network;
    return (interfaces[index] ?? this.extraInterfaces[index - interfaces.length]) as Interface;
  }

  segmentAt(index: number): L2Segment {
    return this.network.segments[index] as L2Segment;
  }

  get nextDeviceIndex(): number {
    return this.network.devices.length + this.extraDevices.length;
  }

  get nextInterfaceIndex(): number {
    return this.network.interfaces.length + this.extraInterfaces.length;
  }

  /** A host that the design does not draw takes part in this run. */
  addHost(device: Device, networkInterface: Interface): void {
    this.extraDevices.push(device);
    this.extraInterfaces.push(networkInterface);
  }

  /** Interface index of whoever answers for the address on the segment, or -1. */
  ownerOf(segment: L2Segment, address: Ip): number {
    for (const extra of this.extraInterfaces) {
      const mine = extra.addresses[0];
      if (extra.segment === segment.index && mine && sameIp(mine, address)) return extra.index;
    }
    return findAddress(segment.owners, address);
  }

  /** The device sends a packet that it made. */
  noteSent(): void {
    this.sender = this.device.index;
    this.sentHash = this.packet.hash(this.packet.top.serial);
  }

  /** True where this very packet was made. */
  wasSentHere(): boolean {
    const { top } = this.packet;
    return this.sender === this.device.index && this.sentHash === this.packet.hash(top.serial);
  }

  /** True where this very packet was forwarded here before. */
  markVisit(): boolean {
    const place = this.device.index * 64 + this.packet.depth + (this.instance + 1) * 0x1000000;
    const hash = this.packet.hash(this.packet.top.serial) | 0;
    for (let at = 0; at < this.visitedCount; at += 1) {
      if (this.visitedPlaces[at] === place && this.visitedHashes[at] === hash) return true;
    }
    if (this.visitedCount >= this.visitedPlaces.length) return true;
    this.visitedPlaces[this.visitedCount] = place;
    this.visitedHashes[this.visitedCount] = hash;
    this.visitedCount += 1;
    return false;
  }

  noteEntry(): void {
    const { top } = this.packet;
    this.entrySource = top.src;
    this.entryDestination = top.dst;
    this.entrySourcePort = this.packet.sourcePort;
    this.entryDestinationPort = this.packet.destinationPort;
  }

  tuple(): Tuple {
    const { top } = this.packet;
    return {
      protocol: ipProtocolName(top.protocol),
      source: top.src.text,
      sourcePort: this.packet.sourcePort,
      destination: top.dst.text,
      destinationPort: this.packet.destinationPort,
    };
  }

  warn<Code extends WarningCode>(code: Code, at: string, detail: WarningFacts[Code]): void {
    const told = warning(code, at, detail);
    const known = this.warnings.some(
      (other) => other.code === code && other.at === at && other.text === told.text,
    );
    if (known) return;
    this.warnings.push(told);
  }

  drop(disposition: Disposition, reason: Reason): Disposition {
    this.reason = reason;
    this.recorder?.step('drop/packet', { disposition, ...reasoned(reason) }, this.packet);
    return disposition;
  }
}
