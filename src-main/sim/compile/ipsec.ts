import type { IpsecTunnel } from '../../model/design.ts';
import { ip, prefix, prefixRange, type IpRange } from '../../model/ip.ts';
import { headerBytes } from '../vocabulary/packet.ts';
import type { Draft, DraftDevice } from './draft.ts';
import { hashText } from './hash.ts';
import type { CompiledIpsec } from './network.ts';
import { buildRouteTable, firstRoute } from './route-table.ts';

/**
 * The most that ESP itself adds with AES-CBC and HMAC-SHA-256-128, bytes: SPI and sequence number (8), IV (16), padding up
 * to 15, pad length and next header (2), check value (16); RFC 4303 §2, RFC 3602 §2.4, RFC 4868 §2.6.
 */
const espBytes = 57;

/** All ends of tunnels that are enabled, each with the other one where there is one. */
export function compileIpsec(draft: Draft): CompiledIpsec[] {
  const ends = draft.devices.flatMap((device) =>
    tunnelsOf(device).map((tunnel) => ({ device, tunnel })),
  );
  const compiled = ends.map(({ device, tunnel }, index) => {
    const [local, peer] = [ip(tunnel.localAddress), ip(tunnel.peerAddress)];
    const outer = local.family === 4 ? headerBytes.ipv4 : headerBytes.ipv6;
    const natTraversal = tunnel.natTraversal ?? false;
    const usual = outer + espBytes + (natTraversal ? headerBytes.udp : 0);
    return {
      index,
      id: tunnel.id,
      device: device.index,
      local,
      peer,
      localSubnets: tunnel.localSubnets.map(rangeOf),
      remoteSubnets: tunnel.remoteSubnets.map(rangeOf),
      natTraversal,
      overheadBytes: tunnel.overheadBytes ?? usual,
      // Values up to 255 are reserved (RFC 4303 §2.1).
      spi: (hashText(`${device.id}/${tunnel.id}`) | 0x100) >>> 0,
    };
  });
  return compiled.map((tunnel) => {
    const otherEnd = compiled.findIndex(
      (other) =>
        other.local.text === tunnel.peer.text &&
        other.peer.text === tunnel.local.text &&
        other.natTraversal === tunnel.natTraversal &&
        other.device !== tunnel.device,
    );
    return { ...tunnel, otherEnd };
  });
}

const rangeOf = (text: string): IpRange => prefixRange(prefix(text));

const tunnelsOf = ({ node, up }: DraftDevice): readonly IpsecTunnel[] =>
  up && node && 'ipsecTunnels' in node
    ? (node.ipsecTunnels ?? []).filter((tunnel) => tunnel.enabled !== false)
    : [];

/**
 * What is behind a tunnel is routed as its peer is; whoever keeps the tunnel sees to that (strongSwan `install_routes`,
 * table 220).
 */
export function addIpsecRoutes(device: DraftDevice): void {
  const tunnels = tunnelsOf(device);
  if (tunnels.length === 0) return;
  const tables = { 4: buildRouteTable(4, device.routes), 6: buildRouteTable(6, device.routes) };
  for (const { id, peerAddress, remoteSubnets } of tunnels) {
    const peer = ip(peerAddress);
    const towards = firstRoute(tables[peer.family], peer);
    if (towards?.kind !== 'forward') continue;
    for (const subnet of remoteSubnets.map(prefix)) {
      if (subnet.network.family !== peer.family) continue;
      device.routes.push({
        prefix: subnet,
        interface: towards.interface,
        via: towards.via ?? peer,
        kind: 'forward',
        origin: 'ipsec',
        id,
        distance: 0,
        metric: 0,
      });
    }
  }
}
