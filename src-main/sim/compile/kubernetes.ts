import { ip, prefix, prefixRange } from '../../model/ip.ts';
import { deviceOf, type Draft, type DraftCluster, type DraftDevice } from './draft.ts';
import { compileProtocol } from './matches.ts';
import type { CompiledCluster, CompiledController } from './network.ts';
import {
  poolsOf,
  membersOf,
  allotBlocks,
  addTunnels,
  vtepsOf,
  addRoutesToBlocks,
  addBorrowedAddresses,
} from './calico.ts';
import { addPods } from './pods.ts';
import { compilePolicies } from './policies.ts';
import { compileServices } from './services.ts';

/** Adds pods, veth pairs, tunnels and Calico's routes to the draft, and compiles services to tables. */
export function addCluster(draft: Draft, source: DraftCluster): CompiledCluster {
  const { cluster, index } = source;
  const pools = poolsOf(cluster);
  const members = membersOf(draft, cluster);
  const blocks = allotBlocks(cluster, pools);
  const workloads = source.workloads;

  for (const member of members.values()) {
    const { device } = member;
    device.forwards = true;
    device.cluster = index;
    const own = blocks.filter((block) => block.node === member.node);
    addTunnels(draft, member, pools, own, cluster.calico?.mtu);
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
  addRoutesToBlocks(draft, members, blocks);
  addBorrowedAddresses(draft, members, blocks, workloads);

  const services = compileServices(source.services, { workloads, members, podDevices });

  const dnsService = source.services.find((service) => service.id === cluster.dns?.service);
  const dnsAddresses = (dnsService?.clusterIps ?? []).map(ip);
  const dnsDevices = new Set<number>();
  for (const port of (dnsService && services.ports.get(dnsService.id)) ?? []) {
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
  const ingressControllers = addIngressControllers(draft, source, podDevices);

  return {
    index,
    cluster,
    domain,
    pools: pools.map((pool) => ({
      range: prefixRange(pool.prefix),
      // A disabled pool gives out no addresses; its rules stay (Calico IPPool `disabled`).
      natOutgoing: pool.natOutgoing,
    })),
    vteps: vtepsOf(draft, members),
    podRanges: cluster.podCidrs.map((text) => prefixRange(prefix(text))),
    services,
    policies: compilePolicies(draft, source),
    dnsAddresses,
    dnsDevices,
    dnsForwarders: cluster.dns?.forwarders?.map(ip) ?? null,
    ingressControllers,
    pods: new Map(
      workloads.flatMap((workload) => workload.pods.map((pod) => [pod.id, { pod, workload }])),
    ),
  };
}

function addIngressControllers(
  draft: Draft,
  { cluster, workloads }: DraftCluster,
  podDevices: ReadonlyMap<string, number>,
): CompiledController[] {
  const { ingressController, otherIngressControllers = [] } = cluster;
  const controllers = [
    ...(ingressController ? [{ ...ingressController, classes: null }] : []),
    ...otherIngressControllers,
  ];
  return controllers.flatMap(({ workload: id, httpPort = 80, httpsPort = 443, classes }) => {
    const workload = workloads.find((candidate) => candidate.id === id);
    if (!workload) return [];
    const devices = new Set<number>();
    for (const pod of workload.pods) {
      const index = podDevices.get(pod.id);
      if (index === undefined || (pod.state !== undefined && pod.state !== 'ready')) continue;
      devices.add(index);
      const common = { protocol: compileProtocol('tcp'), address: null };
      const name = workload.name ?? workload.id;
      deviceOf(draft, index).extraListeners.unshift(
        { ...common, port: httpPort, role: 'ingress-http', name },
        { ...common, port: httpsPort, role: 'ingress-https', name },
      );
    }
    return [{ devices, httpPort, httpsPort, classes }];
  });
}

function markDnsListener(device: DraftDevice, protocol: number, port: number): void {
  device.extraListeners.forEach((listener, at) => {
    if (listener.protocol !== protocol || listener.port !== port) return;
    device.extraListeners[at] = { ...listener, role: 'dns', name: 'cluster DNS' };
  });
}
