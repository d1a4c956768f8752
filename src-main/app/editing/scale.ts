import type { Change } from '../../contract/changes.ts';
import { planned, refused, titleOf, unknown, type Planned } from './outcome.ts';
import { addPod, leastLoaded } from './pods.ts';
import { remove } from './remove.ts';
import type { WorkingCopy } from './working-copy.ts';

/** As many pods as asked for: more on the nodes with the fewest, fewer from the last one on. */
export function scale(
  copy: WorkingCopy,
  { workload: id, pods: count }: Extract<Change, { kind: 'scale' }>,
): Planned {
  const workload = copy.get('workload', id);
  const cluster = copy.get('cluster', workload?.cluster);
  if (!workload || !cluster) return unknown(['workload'], 'the id of a workload', id);
  const more = count - workload.pods.length;
  if (more === 0) return refused(['pods'], 'another number of pods than there are', count);
  if (more < 0) {
    const refs = workload.pods.slice(more).map((pod) => `pod:${pod.id}`);
    const removed = remove(copy, { kind: 'remove', refs });
    if (!removed.ok) return removed;
  } else {
    const nodes = leastLoaded(copy, cluster, more);
    if (nodes.length === 0)
      return refused(['pods'], `a worker in cluster ${cluster.id} to run them`, count);
    for (const node of nodes) addPod(copy, id, node);
  }
  return planned(`Scale ${titleOf(workload)} to ${count}`);
}
