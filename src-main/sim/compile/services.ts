import type { Service, Workload } from '../../model/design.ts';
import { ip, type IpFamily } from '../../model/ip.ts';
import type { Endpoint } from './network.ts';
import type { Member } from './calico.ts';

export type ServiceSpecPort = NonNullable<Service['ports']>[number];

/** Ready pods; those that are terminating but still serving only where none is ready (KEP-1669). */
export function serviceEndpoints(
  service: Service,
  port: ServiceSpecPort,
  family: IpFamily,
  workloads: readonly Workload[],
  members: ReadonlyMap<string, Member>,
  podDevices: ReadonlyMap<string, number>,
): Endpoint[] {
  if (service.endpoints) {
    return service.endpoints
      .map((endpoint) => ({
        address: ip(endpoint.address),
        port: endpoint.port,
        pod: '',
        device: -1,
      }))
      .filter((endpoint) => endpoint.address.family === family);
  }
  const ready: Endpoint[] = [];
  const draining: Endpoint[] = [];
  for (const workload of workloads) {
    if (workload.namespace !== service.namespace || !selects(service.selector, workload)) continue;
    const target = targetPort(port, workload);
    if (target === undefined) continue;
    for (const pod of workload.pods) {
      const member = members.get(pod.node);
      const address = workload.hostNetwork
        ? member?.address[family]
        : pod.addresses?.map(ip).find((candidate) => candidate.family === family);
      if (!address || !member?.device.up) continue;
      const endpoint = { address, port: target, pod: pod.id, device: podDevices.get(pod.id) ?? -1 };
      const state = pod.state ?? 'ready';
      if (state === 'ready' || (service.publishNotReadyAddresses && state === 'not-ready')) {
        ready.push(endpoint);
      } else if (state === 'terminating-serving') draining.push(endpoint);
    }
  }
  return ready.length > 0 ? ready : draining;
}

function selects(selector: Service['selector'], workload: Workload): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => workload.labels?.[key] === value);
}

function targetPort(port: ServiceSpecPort, workload: Workload): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const protocol = port.protocol ?? 'TCP';
  return workload.ports?.find(
    (candidate) => candidate.name === target && (candidate.protocol ?? 'TCP') === protocol,
  )?.port;
}
