import { rangeContains, type Ip, type IpRange } from '../../model/ip.ts';
import type { CompiledIpsec, Interface } from '../compile/network.ts';
import { headerBytes, ipProtocolNumber } from '../vocabulary/packet.ts';
import { because } from '../vocabulary/reason.ts';
import type { WalkState } from '../walk-state.ts';
import { tooDeep } from './encapsulate.ts';
import type { Carried } from './frames.ts';
import { tooLongForTunnel } from './transmit.ts';

/** UDP port of IPsec NAT traversal (RFC 3948). */
const natTraversalPort = 4500;
/** TTL of the outer packet: the host's default (Linux `xfrm4_mode_tunnel`). */
const outerTtl = 64;

/**
 * Policy-based IPsec: what goes from the subnets of a tunnel's own side to those of the other is encrypted after
 * source NAT, as the last thing before it leaves (Linux `xfrm_output`; RFC 4301 §5.1). Null: no tunnel is for it.
 */
export function secure(state: WalkState, out: Interface): Carried | null {
  const { device, packet, network, recorder } = state;
  if (device.ipsecTunnels.length === 0) return null;
  const { src, dst } = packet.top;
  const tunnel = device.ipsecTunnels
    .map((index) => network.ipsecTunnels[index] as CompiledIpsec)
    .find((candidate) => isFor(candidate, src, dst));
  if (!tunnel || isOwnOutside(state, tunnel)) return null;
  const deep = tooDeep(state);
  if (deep) return deep;
  const { id, local, peer, spi, overheadBytes, natTraversal } = tunnel;
  const far = network.ipsecTunnels[tunnel.otherEnd];
  if (!far || !isFor(far, dst, src)) {
    return state.drop(
      'tunnel-down',
      because('ipsec-without-peer', { tunnel: id, peer: peer.text }),
    );
  }
  state.secured.add(id);
  const tooLong = tooLongForTunnel(state, out, overheadBytes);
  if (tooLong) return tooLong;
  const { df } = packet.top;
  const outer = local.family === 4 ? headerBytes.ipv4 : headerBytes.ipv6;
  const udp = natTraversal ? headerBytes.udp : 0;
  packet.pushEsp(spi, overheadBytes - outer - udp);
  if (natTraversal) packet.pushUdp(natTraversalPort, natTraversalPort);
  packet.pushIp(
    local,
    peer,
    natTraversal ? ipProtocolNumber.udp : ipProtocolNumber.esp,
    outerTtl,
    df,
  );
  recorder?.step(
    'encapsulate/ipsec',
    { tunnel: id, from: local.text, to: peer.text, overheadBytes },
    packet,
  );
  return 'tunnel';
}

/** Takes the packet out of the tunnel that its SPI names. Undefined: the device has no IPsec tunnel at all. */
export function decrypt(state: WalkState): Carried | undefined {
  const { device, packet, network, recorder } = state;
  if (device.ipsecTunnels.length === 0) return undefined;
  const isUdp = packet.inner?.type === 'udp';
  const esp = packet.at(packet.count - (isUdp ? 3 : 2));
  const tunnel = device.ipsecTunnels
    .map((index) => network.ipsecTunnels[index] as CompiledIpsec)
    .find(({ otherEnd }) => network.ipsecTunnels[otherEnd]?.spi === esp.number);
  if (!tunnel) return state.drop('tunnel-down', because('unknown-spi', { device: device.id }));
  packet.pop();
  if (isUdp) packet.pop();
  packet.pop();
  packet.depth -= 1;
  recorder?.step('decapsulate/ipsec', { tunnel: tunnel.id }, packet);
  return 'arrived';
}

const isFor = (
  { localSubnets, remoteSubnets }: CompiledIpsec,
  source: Ip,
  destination: Ip,
): boolean => holds(localSubnets, source) && holds(remoteSubnets, destination);

const holds = (ranges: readonly IpRange[], address: Ip): boolean =>
  ranges.some((range) => rangeContains(range, address));

/** The packet is the tunnel's own, encrypted already. */
function isOwnOutside({ packet }: WalkState, { local, peer }: CompiledIpsec): boolean {
  const { src, dst } = packet.top;
  return src.text === local.text && dst.text === peer.text;
}
