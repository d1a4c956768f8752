import { connectionsOf } from '../../connections/index.ts';
import { done, failed, type Answer, type Output } from '../../contract/index.ts';
import type { Design } from '../../model/design.ts';

/** What the policies of one cluster, or of all, let through. */
export function listConnections(
  design: Design,
  id: string | undefined,
): Answer<Output<'design.connections'>> {
  const clusters = design.clusters ?? [];
  const chosen = clusters.filter((cluster) => id === undefined || cluster.id === id);
  if (id !== undefined && chosen.length === 0) {
    return failed('cluster-unknown', { cluster: id, known: clusters.map((cluster) => cluster.id) });
  }
  return done({
    clusters: chosen.map((cluster) => ({
      cluster: cluster.id,
      connections: connectionsOf(design, cluster),
    })),
  });
}
