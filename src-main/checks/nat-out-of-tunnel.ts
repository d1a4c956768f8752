import type { NatRule } from '../model/design.ts';
import {
  anyAddress,
  compareIp,
  ip,
  parseAddressMatch,
  prefix,
  prefixRange,
  type IpRange,
} from '../model/ip.ts';
import { finding, place, type Found } from './finding.ts';
import { tunnelEnds, type TunnelEnd } from './ipsec.ts';
import type { Survey } from './view/survey.ts';

/**
 * Source NAT of a tunnel's own node that gives packets for the tunnel a source which the tunnel does not take: NAT comes
 * before encryption. A rule of the node, or Calico's natOutgoing where the other side is in no pool.
 */
export function* natOutOfTunnels(survey: Survey): Generator<Found> {
  for (const end of tunnelEnds(survey.nodes)) {
    yield* byRules(survey, end);
    yield* byPools(survey, end);
  }
}

const rangesOf = (cidrs: readonly string[]): readonly IpRange[] =>
  cidrs.map((cidr) => prefixRange(prefix(cidr)));

function* byRules(survey: Survey, end: TunnelEnd): Generator<Found> {
  const { node, tunnel, index } = end;
  const [local, remote] = [rangesOf(tunnel.localSubnets), rangesOf(tunnel.remoteSubnets)];
  for (const [position, rule] of (node.nat ?? []).entries()) {
    if (rule.kind !== 'snat' || rule.enabled === false || !leavesBy(survey, end, rule)) continue;
    const from = parseAddressMatch(rule.original) ?? [];
    const to = rule.destination === undefined ? anyAddress : parseAddressMatch(rule.destination);
    if (!meet(from, local) || !meet(to ?? [], remote)) continue;
    if (meet(parseAddressMatch(rule.translated) ?? [], local)) continue;
    yield finding(
      'nat-out-of-tunnel',
      place('node', node.id, 'nat', position),
      {
        node: node.id,
        tunnel: tunnel.name ?? tunnel.id,
        by: { kind: 'rule', rule: rule.name ?? rule.id, number: position + 1 },
      },
      [place('node', node.id, 'ipsecTunnels', index)],
    );
  }
}

/** The rule is for every interface, or for the one towards the peer. */
function leavesBy(survey: Survey, { node, tunnel }: TunnelEnd, rule: NatRule): boolean {
  if (rule.interface === undefined) return true;
  return survey
    .routesOf(node)(ip(tunnel.peerAddress))
    .some((way) => way.kind !== 'discard' && way.out.item.id === rule.interface);
}

function* byPools({ design }: Survey, { node, tunnel, index }: TunnelEnd): Generator<Found> {
  const local = rangesOf(tunnel.localSubnets);
  for (const cluster of design.clusters ?? []) {
    const pools = cluster.calico?.ipPools;
    if (!pools || !cluster.nodes.some((member) => member.node === node.id)) continue;
    const bare = tunnel.remoteSubnets.filter(
      (cidr) => !pools.some((pool) => covers(prefixRange(prefix(pool.cidr)), cidr)),
    );
    if (bare.length === 0) continue;
    for (const [position, pool] of pools.entries()) {
      if (pool.disabled || !pool.natOutgoing || !meet(rangesOf([pool.cidr]), local)) continue;
      yield finding(
        'nat-out-of-tunnel',
        place('cluster', cluster.id, 'calico', 'ipPools', position),
        {
          node: node.id,
          tunnel: tunnel.name ?? tunnel.id,
          by: { kind: 'pool', cluster: cluster.id, pool: pool.id, destinations: bare },
        },
        [place('node', node.id, 'ipsecTunnels', index)],
      );
    }
  }
}

const covers = (outer: IpRange, cidr: string): boolean => {
  const { from, to } = prefixRange(prefix(cidr));
  return (
    outer.from.family === from.family &&
    compareIp(outer.from, from) <= 0 &&
    compareIp(to, outer.to) <= 0
  );
};

const meet = (some: readonly IpRange[], others: readonly IpRange[]): boolean =>
  some.some((a) =>
    others.some(
      (b) =>
        a.from.family === b.from.family &&
        compareIp(a.from, b.to) <= 0 &&
        compareIp(b.from, a.to) <= 0,
    ),
  );
