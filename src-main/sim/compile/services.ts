import type { Service, Workload } from '../../model/design.ts';
import { ip, prefix, prefixRange, type Ip, type IpFamily } from '../../model/ip.ts';
import { buildAddressIndex } from './address-index.ts';
import type { Member } from './calico.ts';
import { compileProtocol } from './matches.ts';
import type {
  AddressMatch,
  CompiledServices,
  Endpoint,
  ServiceAddress,
  ServicePort,
} from './network.ts';

type ServiceSpecPort = NonNullable<Service['ports']>[number];

/** What endpoints are made of: the cluster's workloads, where their pods run, and the devices that they are. */
export interface EndpointSource {
  readonly workloads: readonly Workload[];
  readonly members: ReadonlyMap<string, Member>;
  readonly podDevices: ReadonlyMap<string, number>;
}

/** kube-proxy's key of a protocol and port. */
export const nodePortKey = (protocol: number, port: number): number => protocol * 0x10000 + port;

/** A headless service may name no port; its pods are found by its name all the same. */
const noPort: ServiceSpecPort = { port: 0 };

/** Services as kube-proxy has them: by cluster IP, external and load-balancer address, and node port. */
export function compileServices(
  services: readonly Service[],
  source: EndpointSource,
): CompiledServices {
  const ports = new Map<string, readonly ServicePort[]>();
  const byAddress = new Map<string, { readonly ip: Ip; readonly entries: ServiceAddress[] }>();
  const nodePorts = new Map<number, ServicePort>();
  for (const service of services) {
    const named = service.headless && !service.ports?.length ? [noPort] : (service.ports ?? []);
    const compiled = named.map((port) => compilePort(service, port, source));
    ports.set(service.id, compiled);
    const answer = (via: ServiceAddress['via'], texts: readonly string[] | undefined) => {
      for (const address of texts?.map(ip) ?? []) {
        const known = byAddress.get(address.text) ?? { ip: address, entries: [] };
        byAddress.set(address.text, known);
        known.entries.push(...compiled.map((port) => ({ port, via })));
      }
    };
    answer('cluster-ip', service.clusterIps);
    answer('external-ip', service.externalIps);
    answer('load-balancer-ip', service.loadBalancerIps);
    for (const port of compiled) {
      const key = nodePortKey(port.protocol, port.nodePort);
      if (port.nodePort > 0 && !nodePorts.has(key)) nodePorts.set(key, port);
    }
  }
  const addresses = [...byAddress.values()];
  return {
    ports,
    addresses: addresses.map(({ entries }) => entries),
    index: buildAddressIndex(addresses.map((entry, value) => ({ ip: entry.ip, value }))),
    nodePorts,
  };
}

function compilePort(service: Service, port: ServiceSpecPort, source: EndpointSource): ServicePort {
  const found = {
    4: candidates(service, port, 4, source),
    6: candidates(service, port, 6, source),
  };
  return {
    service,
    protocol: compileProtocol(port.protocol ?? 'TCP'),
    port: port.port,
    nodePort: port.nodePort ?? 0,
    endpoints4: usable(found[4]),
    endpoints6: usable(found[6]),
    local4: byNode(found[4]),
    local6: byNode(found[6]),
    sourceRanges4: sourceRanges(service, 4),
    sourceRanges6: sourceRanges(service, 6),
  };
}

/** Each family has its own; where all are of the other one, nobody is kept out (`MapCIDRsByIPFamily`). */
function sourceRanges(service: Service, family: IpFamily): AddressMatch {
  if (service.type !== 'LoadBalancer') return null;
  const ranges = (service.loadBalancerSourceRanges ?? []).map((text) => prefixRange(prefix(text)));
  const own = ranges.filter(({ from }) => from.family === family);
  return own.length > 0 ? own : null;
}

/** Ready ones; those that are terminating but still serving only where none is ready (KEP-1669). */
function usable(found: readonly Endpoint[]): readonly Endpoint[] {
  const ready = found.filter((endpoint) => !endpoint.draining);
  return ready.length > 0 ? ready : found;
}

/** What a policy `Local` leaves on each node; nodes without any are absent. */
function byNode(found: readonly Endpoint[]): ReadonlyMap<number, readonly Endpoint[]> {
  const local = new Map<number, readonly Endpoint[]>();
  for (const [node, endpoints] of Map.groupBy(found, (endpoint) => endpoint.node)) {
    if (node >= 0) local.set(node, usable(endpoints));
  }
  return local;
}

/** All endpoints that may get connections, as the service's EndpointSlices list them. */
function candidates(
  service: Service,
  port: ServiceSpecPort,
  family: IpFamily,
  { workloads, members, podDevices }: EndpointSource,
): Endpoint[] {
  if (service.endpoints) {
    return service.endpoints
      .map((endpoint) => ({
        address: ip(endpoint.address),
        port: endpoint.port,
        pod: '',
        device: -1,
        node: -1,
        draining: false,
      }))
      .filter((endpoint) => endpoint.address.family === family);
  }
  const found: Endpoint[] = [];
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
      const state = pod.state ?? 'ready';
      const draining = state === 'terminating-serving';
      const ready =
        state === 'ready' || (service.publishNotReadyAddresses && state === 'not-ready');
      if (!ready && !draining) continue;
      const device = podDevices.get(pod.id) ?? -1;
      const node = member.device.index;
      found.push({ address, port: target, pod: pod.id, device, node, draining });
    }
  }
  return found;
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
