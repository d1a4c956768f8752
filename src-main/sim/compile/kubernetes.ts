import type { Service } from '../../model/design.ts';
import { ip, prefix, prefixRange, type IpFamily } from '../../model/ip.ts';
import { headerBytes } from '../vocabulary/packet.ts';
import { buildAddressIndex } from './address-index.ts';
import { deviceOf, type Draft, type DraftCluster, type DraftDevice } from './draft.ts';
import { compileProtocol } from './matches.ts';
import type { CompiledCluster, ServicePort } from './network.ts';
import {
  poolsOf,
  membersOf,
  allotBlocks,
  addTunnel,
  addRoutesToBlocks,
  addBorrowedAddresses,
} from './calico.ts';
import { addPods } from './pods.ts';
import { serviceEndpoints, type ServiceSpecPort } from './services.ts';

/** Adds pods, veth pairs, tunnels and Calico's routes to the draft, and compiles services to tables. */
export function addCluster(draft: Draft, source: DraftCluster): CompiledCluster {
  const { cluster, index } = source;
  const pools = poolsOf(cluster);
  const members = membersOf(draft, cluster);
  const blocks = allotBlocks(cluster, pools);
  const encapsulates = pools.some((pool) => pool.ipInIp !== 'never');
  const workloads = source.workloads;

  for (const member of members.values()) {
    const { device } = member;
    device.forwards = true;
    device.cluster = index;
    const own = blocks.filter((block) => block.node === member.node);
    const mtu = cluster.calico?.mtu ?? member.linkMtu - (encapsulates ? headerBytes.ipv4 : 0);
    const tunnelInterface = encapsulates ? addTunnel(draft, device, own, mtu) : -1;
    device.kubeNode = { address4: member.address[4], address6: member.address[6], tunnelInterface };
    for (const block of own) {
      device.routes.push({
        prefix: block.prefix,
        interface: -1,
        via: null,
        kind: 'discard',
        origin: 'calico',
        id: '',
        distance: 0,
        metric: 0,
      });
    }
  }
  const podDevices = addPods(draft, source, members);
  addRoutesToBlocks(members, blocks);
  addBorrowedAddresses(members, blocks, workloads);

  const endpointsOf = (service: Service, port: ServiceSpecPort, family: IpFamily) =>
    serviceEndpoints(service, port, family, workloads, members, podDevices);
  const services = new Map<string, readonly ServicePort[]>();
  for (const service of source.services) {
    const ports = (service.ports ?? []).map((port) => ({
      service,
      protocol: compileProtocol(port.protocol ?? 'TCP'),
      port: port.port,
      endpoints4: endpointsOf(service, port, 4),
      endpoints6: endpointsOf(service, port, 6),
    }));
    services.set(service.id, ports);
  }
  const serviceAddresses: (readonly ServicePort[])[] = [];
  const serviceIndex = buildAddressIndex(
    source.services.flatMap((service) =>
      (service.clusterIps ?? []).map((text) => {
        serviceAddresses.push(services.get(service.id) ?? []);
        return { ip: ip(text), value: serviceAddresses.length - 1 };
      }),
    ),
  );

  const dnsService = source.services.find((service) => service.id === cluster.dns?.service);
  const dnsAddresses = (dnsService?.clusterIps ?? []).map(ip);
  const dnsDevices = new Set<number>();
  for (const port of (dnsService && services.get(dnsService.id)) ?? []) {
    for (const endpoint of [...port.endpoints4, ...port.endpoints6]) {
      if (endpoint.device < 0) continue;
      dnsDevices.add(endpoint.device);
      markDnsListener(deviceOf(draft, endpoint.device), port.protocol, endpoint.port);
    }
  }
  const domain = cluster.dns?.domain ?? 'cluster.local';
  for (const workload of workloads) {
    if (workload.hostNetwork) continue;
    const searchDomains = [`${workload.namespace}.svc.${domain}`, `svc.${domain}`, domain];
    for (const pod of workload.pods) {
      const device = deviceOf(draft, podDevices.get(pod.id) ?? -1);
      device.resolvers = dnsAddresses;
      device.searchDomains = searchDomains;
    }
  }
  const ingressDevices = addIngressListeners(draft, source, podDevices);

  return {
    index,
    cluster,
    domain,
    pools: pools.map((pool) => ({
      range: prefixRange(pool.prefix),
      // A disabled pool gives out no addresses; its rules stay (Calico IPPool `disabled`).
      natOutgoing: pool.natOutgoing,
    })),
    podRanges: cluster.podCidrs.map((text) => prefixRange(prefix(text))),
    serviceIndex,
    serviceAddresses,
    services,
    dnsAddresses,
    dnsDevices,
    dnsForwarders: cluster.dns?.forwarders?.map(ip) ?? null,
    ingressDevices,
    pods: new Map(
      workloads.flatMap((workload) => workload.pods.map((pod) => [pod.id, { pod, workload }])),
    ),
  };
}

function addIngressListeners(
  draft: Draft,
  source: DraftCluster,
  podDevices: ReadonlyMap<string, number>,
): Set<number> {
  const controller = source.cluster.ingressController;
  const devices = new Set<number>();
  const workload = source.workloads.find((candidate) => candidate.id === controller?.workload);
  if (!controller || !workload) return devices;
  for (const pod of workload.pods) {
    const index = podDevices.get(pod.id);
    if (index === undefined || (pod.state !== undefined && pod.state !== 'ready')) continue;
    devices.add(index);
    const common = { protocol: compileProtocol('tcp'), address: null };
    const name = workload.name ?? workload.id;
    deviceOf(draft, index).extraListeners.unshift(
      { ...common, port: controller.httpPort ?? 80, role: 'ingress-http', name },
      { ...common, port: controller.httpsPort ?? 443, role: 'ingress-https', name },
    );
  }
  return devices;
}

function markDnsListener(device: DraftDevice, protocol: number, port: number): void {
  device.extraListeners.forEach((listener, at) => {
    if (listener.protocol !== protocol || listener.port !== port) return;
    device.extraListeners[at] = { ...listener, role: 'dns', name: 'cluster DNS' };
  });
}
