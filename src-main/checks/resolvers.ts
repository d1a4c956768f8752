import type { Node } from '../model/design.ts';
import { ip, prefix, prefixContains, type Ip } from '../model/ip.ts';
import type { Asker, NoWay } from './facts.ts';
import { finding, place, type Found, type Place } from './finding.ts';
import { isPublic } from './view/address-kinds.ts';
import type { Survey } from './view/survey.ts';
import { WaysTo, type End } from './view/ways.ts';

interface Asking {
  readonly who: Asker;
  /** The nodes that send the questions. */
  readonly from: readonly Node[];
  readonly resolver: Ip;
  readonly at: Place;
}

/**
 * DNS servers that no way leads to: no node that asks has a route there, or the way ends where nobody has the address.
 * A public address that the design does not draw counts as reached once the way gets to an internet segment.
 */
export function* resolvers(survey: Survey): Generator<Found> {
  const ways = new Map<string, WaysTo>();
  for (const asking of askings(survey)) {
    const { resolver, from, who, at } = asking;
    if (isInCluster(survey, resolver)) continue;
    let towards = ways.get(resolver.text);
    if (!towards) {
      towards = new WaysTo(survey, survey.routesOf, resolver);
      ways.set(resolver.text, towards);
    }
    const reached = towards;
    const [first] = from;
    if (!first || from.some((node) => reached.arrivesFrom(node))) continue;
    const { nodes, end } = reached.firstWay(first);
    const reason = reasonOf(end, resolver, nodes);
    yield finding('resolver-unreachable', at, { who, resolver: resolver.text, reason });
  }
}

function* askings(survey: Survey): Generator<Asking> {
  for (const node of survey.nodes) {
    const from = [node];
    if ('resolvers' in node) {
      for (const [index, text] of (node.resolvers ?? []).entries()) {
        const at = place('node', node.id, 'resolvers', index);
        yield { who: { kind: 'node', node: node.id }, from, resolver: ip(text), at };
      }
    }
    if (!('dnsServer' in node)) continue;
    const who = { kind: 'dns-server', node: node.id } as const;
    for (const [index, text] of (node.dnsServer.forwarders ?? []).entries()) {
      const at = place('node', node.id, 'dnsServer', 'forwarders', index);
      yield { who, from, resolver: ip(text), at };
    }
    for (const [index, { servers }] of (node.dnsServer.conditionalForwarders ?? []).entries()) {
      for (const [server, text] of servers.entries()) {
        const path = ['dnsServer', 'conditionalForwarders', index, 'servers', server] as const;
        yield { who, from, resolver: ip(text), at: place('node', node.id, ...path) };
      }
    }
  }
  for (const cluster of survey.design.clusters ?? []) {
    const members = cluster.nodes.flatMap((member) => survey.node(member.node) ?? []);
    for (const [index, text] of (cluster.dns?.forwarders ?? []).entries()) {
      const at = place('cluster', cluster.id, 'dns', 'forwarders', index);
      const who = { kind: 'cluster-dns', cluster: cluster.id } as const;
      yield { who, from: members, resolver: ip(text), at };
    }
  }
}

/** A cluster's own DNS service, or a pod: found by other means than routes. */
function isInCluster({ design }: Survey, resolver: Ip): boolean {
  return (design.clusters ?? []).some((cluster) =>
    [...cluster.podCidrs, ...cluster.serviceCidrs].some((cidr) =>
      prefixContains(prefix(cidr), resolver),
    ),
  );
}

function reasonOf(end: End | undefined, resolver: Ip, nodes: readonly Node[]): NoWay {
  switch (end?.kind) {
    case undefined:
      return { kind: 'circle', nodes: nodes.map((node) => node.id) };
    case 'no-route':
    case 'discarded':
      return { kind: end.kind, node: end.node.id };
    case 'nobody': {
      const network = end.domain.ref;
      if (end.address.text === resolver.text) return { kind: 'nobody', network };
      return { kind: 'next-hop-unowned', network, via: end.address.text, node: end.node.id };
    }
    case 'internet':
      return { kind: isPublic(resolver) ? 'silent' : 'private-on-internet' };
    case 'reached':
      return { kind: 'silent' };
    default:
      return end satisfies never;
  }
}
