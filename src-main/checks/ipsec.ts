import type { HostLike, IpsecTunnel, Node } from '../model/design.ts';
import { ip, prefix, sameIp } from '../model/ip.ts';
import type { TunnelDifference } from './facts.ts';
import { clash, finding, place, type Found } from './finding.ts';
import type { Survey } from './view/survey.ts';

/** One end of a tunnel that is enabled. */
export interface TunnelEnd {
  readonly node: HostLike;
  readonly tunnel: IpsecTunnel;
  readonly index: number;
}

export const tunnelEnds = (nodes: readonly Node[]): readonly TunnelEnd[] =>
  nodes.flatMap((node) =>
    'ipsecTunnels' in node
      ? (node.ipsecTunnels ?? []).flatMap((tunnel, index) =>
          tunnel.enabled === false ? [] : [{ node, tunnel, index }],
        )
      : [],
  );

/** Tunnels whose other end is missing or does not agree, and ends at addresses that their nodes do not have. */
export function* ipsecTunnels(survey: Survey): Generator<Found> {
  const ends = tunnelEnds(survey.nodes);
  for (const [position, end] of ends.entries()) {
    yield* addressFault(survey, end);
    const others = ends.filter((other) => other.node !== end.node && faces(end, other));
    if (others.length === 0) {
      yield finding('ipsec-mismatch', at(end), {
        ...factsOf(end),
        peer: ip(end.tunnel.peerAddress).text,
      });
      continue;
    }
    for (const other of others) {
      if (ends.indexOf(other) > position) continue;
      const differs = differenceOf(end.tunnel, other.tunnel);
      if (differs === undefined) continue;
      const { node: otherNode, tunnel: otherTunnel } = factsOf(other);
      const facts = { ...factsOf(end), otherNode, otherTunnel, differs };
      yield clash('ipsec-mismatch', at(end), facts, [at(other)]);
    }
  }
}

function* addressFault(survey: Survey, end: TunnelEnd): Generator<Found> {
  const address = ip(end.tunnel.localAddress);
  const isOwn = survey
    .attachmentsOf(end.node.id)
    .some(({ addresses, virtualIps }) =>
      [...addresses, ...virtualIps].some((held) => sameIp(held.ip, address)),
    );
  const balances = (end.node.loadBalancers ?? []).some((one) => sameIp(ip(one.address), address));
  if (isOwn || balances) return;
  yield finding('ipsec-address-not-on-node', at(end, 'localAddress'), {
    ...factsOf(end),
    address: address.text,
  });
}

const at = ({ node, index }: TunnelEnd, ...rest: 'localAddress'[]) =>
  place('node', node.id, 'ipsecTunnels', index, ...rest);

const factsOf = ({ node, tunnel }: TunnelEnd) => ({
  node: node.id,
  tunnel: tunnel.name ?? tunnel.id,
});

/** Each has the other's address for its peer's. */
export const faces = ({ tunnel: mine }: TunnelEnd, { tunnel: theirs }: TunnelEnd): boolean =>
  sameIp(ip(mine.localAddress), ip(theirs.peerAddress)) &&
  sameIp(ip(mine.peerAddress), ip(theirs.localAddress));

function differenceOf(mine: IpsecTunnel, theirs: IpsecTunnel): TunnelDifference | undefined {
  if ((mine.natTraversal ?? false) !== (theirs.natTraversal ?? false)) {
    return { kind: 'nat-traversal' };
  }
  const subnets = [
    ...unshared(mine.localSubnets, theirs.remoteSubnets),
    ...unshared(mine.remoteSubnets, theirs.localSubnets),
  ];
  return subnets.length === 0 ? undefined : { kind: 'subnets', subnets };
}

/** Prefixes that are in one of the lists only. */
function unshared(a: readonly string[], b: readonly string[]): readonly string[] {
  const [one, other] = [read(a), read(b)];
  return [
    ...one.filter((text) => !other.includes(text)),
    ...other.filter((text) => !one.includes(text)),
  ];
}

const read = (cidrs: readonly string[]): readonly string[] =>
  cidrs.map((cidr) => prefix(cidr).text);
