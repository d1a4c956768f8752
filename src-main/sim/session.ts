import { sameIp, type Ip } from '../model/ip.ts';
import type { PacketState } from './packet-state.ts';

/**
 * What a stateful device remembers of a connection, as Linux conntrack and NSX do: the tuple it first saw, and the
 * tuple it made of it. A packet of either direction is recognised by it and rewritten without looking at rules again.
 */
export interface Session {
  readonly device: number;
  readonly protocol: number;
  readonly source: Ip;
  readonly sourcePort: number;
  readonly destination: Ip;
  readonly destinationPort: number;
  readonly newSource: Ip;
  readonly newSourcePort: number;
  readonly newDestination: Ip;
  readonly newDestinationPort: number;
  /** The device opened the connection itself with an address of somebody else, and takes the answers to it. */
  readonly intercepts: boolean;
}

/** `original`: the packet goes the way the first one went; `reply`: it comes back. */
export type SessionDirection = 'original' | 'reply';

export function matchesOriginal(session: Session, device: number, packet: PacketState): boolean {
  const { top } = packet;
  return (
    session.device === device &&
    session.protocol === top.protocol &&
    session.sourcePort === packet.sourcePort &&
    session.destinationPort === packet.destinationPort &&
    sameIp(session.source, top.src) &&
    sameIp(session.destination, top.dst)
  );
}

export function matchesReply(session: Session, device: number, packet: PacketState): boolean {
  const { top } = packet;
  return (
    session.device === device &&
    session.protocol === top.protocol &&
    session.newDestinationPort === packet.sourcePort &&
    session.newSourcePort === packet.destinationPort &&
    sameIp(session.newDestination, top.src) &&
    sameIp(session.newSource, top.dst)
  );
}

/**
 * An ICMP error about a packet of the session goes to that packet's sender, whom the device knows by the session (Linux
 * conntrack: related). `isHere`: the device itself makes it, about the packet as it came in.
 */
export function matchesError(
  session: Session,
  device: number,
  { top }: PacketState,
  about: number,
  isHere: boolean,
): SessionDirection | null {
  if (session.device !== device || session.protocol !== about) return null;
  const [asked, answered] = isHere
    ? [session.source, session.newDestination]
    : [session.newSource, session.destination];
  if (sameIp(asked, top.dst)) return 'reply';
  return sameIp(answered, top.dst) ? 'original' : null;
}
