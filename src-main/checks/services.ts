import { ip, prefix, prefixContains } from '../model/ip.ts';
import { finding, place, type Found } from './finding.ts';
import type { Survey } from './view/survey.ts';

/** Kubernetes' default of `--service-node-port-range`. */
export const defaultNodePorts = { from: 30000, to: 32767 } as const;

/** Cluster IPs outside the cluster's service ranges, and node ports outside its node-port range. */
export function* services({ design }: Survey): Generator<Found> {
  const clusters = new Map((design.clusters ?? []).map((cluster) => [cluster.id, cluster]));
  for (const service of design.services ?? []) {
    const cluster = clusters.get(service.cluster);
    if (!cluster) continue;
    const ranges = cluster.serviceCidrs.map(prefix);
    for (const [index, text] of (service.clusterIps ?? []).entries()) {
      const address = ip(text);
      if (ranges.some((range) => prefixContains(range, address))) continue;
      yield finding(
        'cluster-ip-outside-range',
        place('service', service.id, 'clusterIps', index),
        {
          service: service.id,
          address: address.text,
          cluster: cluster.id,
          ranges: cluster.serviceCidrs,
        },
        [place('cluster', cluster.id, 'serviceCidrs')],
      );
    }
    const { from, to } = cluster.nodePortRange ?? defaultNodePorts;
    for (const [index, { nodePort }] of (service.ports ?? []).entries()) {
      if (nodePort === undefined || (from <= nodePort && nodePort <= to)) continue;
      yield finding(
        'node-port-outside-range',
        place('service', service.id, 'ports', index, 'nodePort'),
        { service: service.id, port: nodePort, cluster: cluster.id, from, to },
        [place('cluster', cluster.id, 'nodePortRange')],
      );
    }
  }
}
