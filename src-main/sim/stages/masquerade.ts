import type { Ip, IpFamily } from '../../model/ip.ts';
import type { MasqueradeReason } from '../vocabulary/step.ts';
import type { WalkState } from '../walk-state.ts';
import { endpointText, rewriteSource } from './nat.ts';

/** The address that a device speaks with on an interface: that interface's own, else the one its cluster knows. */
export function ownAddress(state: WalkState, interfaceIndex: number, family: IpFamily): Ip | null {
  for (const address of state.interfaceAt(interfaceIndex).addresses) {
    if (address.family === family) return address;
  }
  const { kubeNode } = state.device;
  const known = family === 4 ? kubeNode?.address4 : kubeNode?.address6;
  if (known) return known;
  for (const index of state.device.interfaces) {
    const candidate = state.interfaceAt(index);
    for (const address of candidate.addresses) {
      if (candidate.up && address.family === family) return address;
    }
  }
  return null;
}

/** The source becomes the device's own address on the way out. */
export function masquerade(state: WalkState, reason: MasqueradeReason): void {
  const { packet, recorder } = state;
  const { src } = packet.top;
  const address = ownAddress(state, state.outInterface, src.family);
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
