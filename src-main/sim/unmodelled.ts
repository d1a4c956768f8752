import { parseIp } from '../model/ip.ts';
import type { Connection, Run } from './connection.ts';

/** Says what of the design this flow may meet and is not simulated. */
export function unmodelledParts(run: Run, connections: readonly Connection[]): void {
  const { state } = run;
  const { network } = state;
  const met = new Set<number>();
  for (const connection of connections) {
    for (const index of [connection.client, connection.server]) {
      const { cluster } = state.deviceAt(index);
      if (cluster >= 0) met.add(cluster);
    }
  }
  for (const connection of connections) warnOfServiceAddress(run, connection);
  for (const index of met) {
    const cluster = network.clusters[index]?.cluster;
    if (!cluster) continue;
    const at = `cluster:${cluster.id}`;
    const mode = cluster.kubeProxyMode ?? 'iptables';
    if (mode !== 'iptables') {
      state.warn(
        'not-modelled',
        at,
        `kube-proxy mode ${mode} of ${cluster.id} is simulated as iptables`,
      );
    }
    if (cluster.calico?.ipPools?.some((pool) => (pool.vxlan ?? 'never') !== 'never')) {
      state.warn(
        'not-modelled',
        `${at} calico`,
        `Calico's VXLAN in ${cluster.id} is not simulated: its pools are routed without a tunnel`,
      );
    }
    if (network.design.networkPolicies?.some((policy) => policy.cluster === cluster.id)) {
      state.warn(
        'not-modelled',
        `${at} policies`,
        `the network policies of ${cluster.id} are not evaluated`,
      );
    }
  }
}

/** Addresses of services other than cluster IPs: nobody here answers for them. */
function warnOfServiceAddress(run: Run, connection: Connection): void {
  const { state } = run;
  const asked = [connection.destination.text, connection.seenDestination.text];
  for (const service of state.network.design.services ?? []) {
    const texts = [...(service.loadBalancerIps ?? []), ...(service.externalIps ?? [])];
    if (!texts.some((text) => asked.includes(parseIp(text)?.text ?? ''))) continue;
    const text = `external and load-balancer addresses of service ${service.id} are not simulated`;
    state.warn('not-modelled', `service:${service.id}`, text);
  }
}
