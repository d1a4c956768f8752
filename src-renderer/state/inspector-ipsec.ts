import type { Design, Node } from '../../src-main/contract/index.ts';
import { freeId } from './inspector-path.ts';
import type { IpsecTunnel } from './inspector-types.ts';

/** A tunnel as it is while it is typed. */
export type TunnelDraft = Partial<IpsecTunnel> & { readonly id: string };

export interface TunnelEnd {
  readonly node: Node;
  readonly at: number;
  readonly tunnel: IpsecTunnel;
}

function* endsOf(design: Design): Generator<TunnelEnd> {
  for (const node of design.nodes ?? []) {
    const tunnels = 'ipsecTunnels' in node ? node.ipsecTunnels : [];
    for (const [at, tunnel] of tunnels.entries()) yield { node, at, tunnel };
  }
}

const isOpposite = (one: Partial<IpsecTunnel>, other: Partial<IpsecTunnel>): boolean =>
  one.localAddress !== undefined &&
  one.localAddress === other.peerAddress &&
  one.peerAddress === other.localAddress;

/** The end of the tunnel that is configured the other way round, on another node. */
export function otherEndOf(
  design: Design,
  node: Node,
  tunnel: Partial<IpsecTunnel>,
): TunnelEnd | undefined {
  for (const end of endsOf(design)) {
    if (end.node.id !== node.id && isOpposite(tunnel, end.tunnel)) return end;
  }
  return undefined;
}

/** A new tunnel of a node: the other half of one that waits for it, else one that begins at its first address. */
export function newTunnel(design: Design, node: Node): TunnelDraft {
  const own = 'ipsecTunnels' in node ? node.ipsecTunnels : [];
  const addresses = (node.interfaces ?? []).flatMap((one) =>
    (one.addresses ?? []).map((address) => address.replace(/\/.*/, '')),
  );
  const id = freeId(
    `tunnel-${own.length + 1}`,
    own.map((tunnel) => tunnel.id),
  );
  for (const { node: owner, tunnel } of endsOf(design)) {
    const { localAddress, peerAddress, localSubnets, remoteSubnets, natTraversal } = tunnel;
    if (owner.id === node.id || !addresses.includes(peerAddress)) continue;
    if (own.some((one) => isOpposite(one, tunnel))) continue;
    return {
      id,
      localAddress: peerAddress,
      peerAddress: localAddress,
      localSubnets: remoteSubnets,
      remoteSubnets: localSubnets,
      ...(natTraversal !== undefined && { natTraversal }),
      ...(tunnel.overheadBytes !== undefined && { overheadBytes: tunnel.overheadBytes }),
    };
  }
  const [first] = addresses;
  return {
    id,
    ...(first !== undefined && { localAddress: first }),
    localSubnets: [],
    remoteSubnets: [],
  };
}

/** What a tunnel adds to a packet where it does not say so, bytes; of AES-CBC with HMAC-SHA-256-128, as the engine has it. */
export function usualOverheadBytes({ localAddress, natTraversal }: Partial<IpsecTunnel>): number {
  return (localAddress?.includes(':') ? 97 : 77) + (natTraversal ? 8 : 0);
}
