import type { Design, HostLike, IpsecTunnel } from '../../model/design.ts';
import { candidate, changedHost, freeId, hostOf, type Candidate } from '../change.ts';
import type { Context, Facts } from './context.ts';
import { hasAddress } from './state.ts';

const hosts = (design: Design): readonly HostLike[] =>
  (design.nodes ?? []).flatMap((node) => hostOf(design, node.id) ?? []);

const enable = (node: string, tunnel: string): Candidate =>
  candidate('tunnel-enable', { node, tunnel }, (design) =>
    changedHost(design, node, (host) => ({
      ...host,
      ipsecTunnels: (host.ipsecTunnels ?? []).map((one) => {
        if (one.id !== tunnel) return one;
        const { enabled: _off, ...on } = one;
        return on;
      }),
    })),
  );

/** The other end, configured the other way round. */
export function otherEnd(
  { design }: Context,
  { tunnel: id, peer }: Facts<'ipsec-without-peer'>,
): readonly Candidate[] {
  const mine = hosts(design)
    .flatMap(({ ipsecTunnels }) => ipsecTunnels ?? [])
    .find((one) => one.id === id && one.peerAddress === peer);
  const far = hosts(design).find(({ interfaces }) =>
    interfaces?.some((item) => hasAddress(item, peer)),
  );
  if (!mine || !far) return [];
  const theirs = (far.ipsecTunnels ?? []).filter(
    ({ peerAddress }) => peerAddress === mine.localAddress,
  );
  return [
    ...theirs.filter(({ enabled }) => enabled === false).map((one) => enable(far.id, one.id)),
    ...theirs.filter(({ enabled }) => enabled !== false).map((one) => mirror(far, mine, one.id)),
    mirror(far, mine, undefined),
  ];
}

/** Tunnels of the node that are switched off. */
export const sleepingTunnels = ({ design }: Context, node: string): readonly Candidate[] =>
  (hostOf(design, node)?.ipsecTunnels ?? [])
    .filter(({ enabled }) => enabled === false)
    .map(({ id }) => enable(node, id));

function mirror(far: HostLike, mine: IpsecTunnel, instead: string | undefined): Candidate {
  const id =
    instead ??
    freeId(
      mine.id,
      (far.ipsecTunnels ?? []).map((one) => one.id),
    );
  return candidate('tunnel-add', { node: far.id, tunnel: id, peer: mine.localAddress }, (design) =>
    changedHost(design, far.id, (host) => ({
      ...host,
      ipsecTunnels: [
        ...(host.ipsecTunnels ?? []).filter((one) => one.id !== id),
        {
          ...mine,
          id,
          localAddress: mine.peerAddress,
          peerAddress: mine.localAddress,
          localSubnets: mine.remoteSubnets,
          remoteSubnets: mine.localSubnets,
        },
      ],
    })),
  );
}
