import { assume, type Connection, type Run } from './connection.ts';

/** Says what of the design this flow may meet and is not simulated. */
export function unmodelledParts(run: Run, connections: readonly Connection[]): void {
  const { state } = run;
  const { network } = state;
  for (const tunnel of state.secured) assume(run, 'ipsec-keys', { tunnel });
  const met = new Set<number>();
  for (const connection of connections) {
    for (const index of [connection.client, connection.server]) {
      const { cluster } = state.deviceAt(index);
      if (cluster >= 0) met.add(cluster);
    }
  }
  for (const index of met) {
    const cluster = network.clusters[index]?.cluster;
    if (!cluster) continue;
    const at = `cluster:${cluster.id}`;
    const mode = cluster.kubeProxyMode ?? 'iptables';
    if (mode !== 'iptables') {
      state.warn('not-modelled', at, { part: 'kube-proxy-mode', cluster: cluster.id, mode });
    }
    const policies = network.clusters[index]?.policies?.byServiceAccount ?? [];
    if (policies.length > 0) {
      state.warn('not-modelled', `${at} policies`, { part: 'calico-service-accounts', policies });
    }
  }
}
