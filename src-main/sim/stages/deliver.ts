import { sameIp, type Ip } from '../../model/ip.ts';
import type { CompiledListener } from '../compile/network.ts';
import { ipProtocolName, ipProtocolNumber } from '../vocabulary/packet.ts';
import { because } from '../vocabulary/reason.ts';
import type { Outcome, WalkState } from '../walk-state.ts';
import { endpointText } from './nat.ts';

/** The connection that a reply has to belong to, as its client sees it. */
export interface ExpectedReply {
  readonly device: number;
  readonly source: Ip;
  readonly sourcePort: number;
  readonly destination: Ip;
  readonly destinationPort: number;
}

/** A request is for a program that listens, or for the device itself (ICMP echo, RFC 1122 §3.2.2.6). */
export function deliverRequest(state: WalkState): Outcome {
  const { packet, device, recorder } = state;
  const { protocol } = packet.top;
  if (protocol === ipProtocolNumber.icmp || protocol === ipProtocolNumber.icmpv6) {
    recorder?.step('deliver/listener', { ...state.tuple(), listener: 'icmp echo' }, packet);
    return 'delivered';
  }
  const listener = listenerFor(device.listeners, protocol, packet.destinationPort, packet.top.dst);
  if (!listener) {
    const service = `${ipProtocolName(protocol)} ${packet.destinationPort}`;
    return state.drop('no-listener', because('no-listener', { device: device.id, service }));
  }
  state.listener = listener;
  if (recorder) {
    recorder.step('deliver/listener', { ...state.tuple(), listener: listener.name }, packet);
  }
  return 'delivered';
}

function listenerFor(
  listeners: readonly CompiledListener[],
  protocol: number,
  port: number,
  address: Ip,
): CompiledListener | undefined {
  for (const listener of listeners) {
    if (listener.protocol !== protocol || listener.port !== port) continue;
    if (listener.address === null || sameIp(listener.address, address)) return listener;
  }
  return undefined;
}

/** A reply is for the client that asked, and only if it comes from whom it asked. */
export function deliverReply(state: WalkState, expected: ExpectedReply): Outcome {
  const { packet, device, recorder } = state;
  const { top } = packet;
  const belongs =
    device.index === expected.device &&
    sameIp(top.src, expected.destination) &&
    sameIp(top.dst, expected.source) &&
    packet.sourcePort === expected.destinationPort &&
    packet.destinationPort === expected.sourcePort;
  if (!belongs) {
    const spokeTo = endpointText(expected.destination, expected.destinationPort);
    const found = endpointText(top.src, packet.sourcePort);
    return state.drop(
      'no-listener',
      because('wrong-peer', { device: device.id, expected: spokeTo, found }),
    );
  }
  recorder?.step('deliver/reply', state.tuple(), packet);
  return 'delivered';
}
