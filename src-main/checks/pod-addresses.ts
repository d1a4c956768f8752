import type { Cluster } from '../model/design.ts';
import { ip, prefix, prefixContains, prefixCovers, type Prefix } from '../model/ip.ts';
import { clash, finding, place, type Found } from './finding.ts';
import { comparePrefix } from './view/prefix-index.ts';
import type { Survey } from './view/survey.ts';

/** Pod addresses outside the cluster's ranges, blocks outside its pools, and blocks that two nodes have. */
export function* podAddresses({ design }: Survey): Generator<Found> {
  for (const cluster of design.clusters ?? []) {
    const ranges = [
      ...cluster.podCidrs,
      ...(cluster.calico?.ipPools ?? []).map((pool) => pool.cidr),
    ].map(prefix);
    const names = [...new Set(ranges.map((range) => range.text))];
    for (const workload of design.workloads ?? []) {
      if (workload.cluster !== cluster.id || workload.hostNetwork) continue;
      for (const [index, pod] of workload.pods.entries()) {
        for (const [at, text] of (pod.addresses ?? []).entries()) {
          const address = ip(text);
          if (ranges.some((range) => prefixContains(range, address))) continue;
          yield finding(
            'pod-address-outside-ranges',
            place('workload', workload.id, 'pods', index, 'addresses', at),
            { pod: pod.id, address: address.text, cluster: cluster.id, ranges: names },
            [place('cluster', cluster.id, 'podCidrs')],
          );
        }
      }
    }
    yield* blockFaults(cluster);
  }
}

interface Block {
  readonly prefix: Prefix;
  readonly node: string;
  readonly index: number;
}

function* blockFaults(cluster: Cluster): Generator<Found> {
  const blocks: Block[] = (cluster.calico?.blocks ?? []).map(({ cidr, node }, index) => ({
    prefix: prefix(cidr),
    node,
    index,
  }));
  const pools = cluster.calico?.ipPools?.map((pool) => pool.cidr) ?? cluster.podCidrs;
  const poolPrefixes = pools.map(prefix);
  const at = (block: Block) =>
    place('cluster', cluster.id, 'calico', 'blocks', block.index, 'cidr');
  for (const block of blocks) {
    if (poolPrefixes.some((pool) => prefixCovers(pool, block.prefix))) continue;
    const detail = { block: block.prefix.text, node: block.node, cluster: cluster.id, pools };
    yield finding('block-outside-pools', at(block), detail);
  }
  // Prefixes nest or are disjoint: the open ones of one pass in order are those around the next.
  const open: Block[] = [];
  const sorted = [...blocks].sort((a, b) => comparePrefix(a.prefix, b.prefix) || a.index - b.index);
  for (const block of sorted) {
    for (let top = open.at(-1); top && !prefixCovers(top.prefix, block.prefix); top = open.at(-1)) {
      open.pop();
    }
    const other = open.findLast((outer) => outer.node !== block.node);
    if (other) {
      yield clash(
        'block-shared',
        at(block),
        {
          cluster: cluster.id,
          block: block.prefix.text,
          node: block.node,
          other: other.prefix.text,
          otherNode: other.node,
        },
        [at(other)],
      );
    }
    open.push(block);
  }
}
