import { hashChooser } from './choosers.ts';
import { makePacket, type Connection } from './connection.ts';
import { sourceFor } from './source-address.ts';
import { isDelivered } from './vocabulary/disposition.ts';
import { ipProtocolNumber } from './vocabulary/packet.ts';
import { walk } from './walk.ts';
import { WalkState, type TooLarge } from './walk-state.ts';

/**
 * Whether the message that a packet is too large gets to its sender: by the routes there are, and through the filters,
 * which let it pass where they have seen the connection (RFC 4890 §4.3.1, Linux conntrack: related). Undefined where it
 * is not followed: out of a tunnel, or to a host that the design does not draw.
 */
export function senderHears(
  state: WalkState,
  connection: Connection,
  sender: number,
  { depth, from, to }: TooLarge,
): boolean | undefined {
  const { network } = state;
  if (depth > 0 || sender >= network.devices.length) return undefined;
  if (from.device.index === sender) return true;
  // A state of its own: its choices and warnings are not those of the connection.
  const message = new WalkState(network, hashChooser);
  message.sessions = state.sessions;
  message.keepsSessions = false;
  message.begin(null, true);
  const { protocol } = connection;
  message.errorAbout =
    ipProtocolNumber[protocol === 'icmp' && to.family === 6 ? 'icmpv6' : protocol];
  message.device = from.device;
  message.instance = from.instance;
  const source = sourceFor(message, from.device, to);
  if (!source) return undefined;
  makePacket(message, 'icmp', { bytes: 0, df: false }, source, to, 0, 0, true);
  return isDelivered(walk(message, null)) && message.device.index === sender;
}
