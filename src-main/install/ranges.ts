import type { Cluster, Design } from '../model/design.ts';
import { parseIp, parsePrefix, prefixContains } from '../model/ip.ts';
import { addressesOfNode } from './surroundings.ts';
import type { CauseFacts } from './vocabulary.ts';

/** Ranges of the cluster that hold addresses of the design's nodes: name servers, mirrors, whatever is asked. */
export function takenRanges(
  design: Design,
  cluster: Cluster,
): readonly CauseFacts['in-cluster-range'][] {
  const nodes = design.nodes ?? [];
  const resolvers = new Set(
    nodes.flatMap((node) =>
      [
        ...('resolvers' in node ? (node.resolvers ?? []) : []),
        ...('dnsServer' in node ? (node.dnsServer.forwarders ?? []) : []),
      ].flatMap((text) => parseIp(text)?.text ?? []),
    ),
  );
  const held = nodes.flatMap((node) =>
    addressesOfNode(node).map((address) => ({ node: node.id, address })),
  );
  const rangesOf = (of: 'services' | 'pods', cidrs: readonly string[]) =>
    cidrs.flatMap((range) => {
      const prefix = parsePrefix(range);
      const taken = prefix ? held.filter(({ address }) => prefixContains(prefix, address)) : [];
      if (taken.length === 0) return [];
      const told = taken.map(({ node, address }) => ({
        node,
        address: address.text,
        isResolver: resolvers.has(address.text),
      }));
      told.sort((a, b) => Number(b.isResolver) - Number(a.isResolver));
      return [{ cluster: cluster.id, range, of, taken: told }];
    });
  return [...rangesOf('services', cluster.serviceCidrs), ...rangesOf('pods', cluster.podCidrs)];
}
