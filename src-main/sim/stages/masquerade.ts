import type { MasqueradeReason } from '../vocabulary/step.ts';
import type { WalkState } from '../walk-state.ts';
import { endpointText, rewriteSource } from './nat.ts';
import { nextHop, ownAddress } from './own-address.ts';

/** The source becomes the device's own address on the way out. */
export function masquerade(state: WalkState, reason: MasqueradeReason): void {
  const { packet, recorder } = state;
  const { src } = packet.top;
  const address = ownAddress(state, state.outInterface, packet.top.dst, nextHop(state));
  if (!address || address.text === src.text) return;
  const port = packet.sourcePort;
  rewriteSource(packet, address, port);
  const shown = packet.transport?.type === 'icmp' ? 0 : port;
  recorder?.step(
    'nat/masquerade',
    { from: endpointText(src, shown), to: endpointText(address, shown), reason },
    packet,
  );
}
