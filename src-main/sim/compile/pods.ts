import type { Pod, Workload } from '../../model/design.ts';
import {
  hostPrefix,
  ip,
  ipFromWords,
  prefixOf,
  type Ip,
  type IpFamily,
  type Prefix,
} from '../../model/ip.ts';
import type { Draft, DraftCluster } from './draft.ts';
import { macOf } from './hash.ts';
import { compileProtocol } from './matches.ts';
import type { CompiledListener } from './network.ts';
import { podOverhead, poolsOf, type Member } from './calico.ts';

/** Calico's fixed address of the node's end of every pod's veth pair (felix, `endpoint_mgr.go`). */
const caliMac = 'ee:ee:ee:ee:ee:ee';
/** What pods use as next hop: answered by proxy ARP, or by the veth's link-local address (Calico FAQ). */
const podGateway: Record<IpFamily, Ip> = {
  4: ip('169.254.1.1'),
  6: ip('fe80::ecee:eeff:feee:eeee'),
};
const everywhere: Record<IpFamily, Prefix> = {
  4: prefixOf(ipFromWords(4, 0, 0, 0, 0), 0),
  6: prefixOf(ipFromWords(6, 0, 0, 0, 0), 0),
};

export function addPods(
  draft: Draft,
  source: DraftCluster,
  members: ReadonlyMap<string, Member>,
): Map<string, number> {
  const devices = new Map<string, number>();
  const overheadBytes = podOverhead(poolsOf(source.cluster));
  for (const workload of source.workloads) {
    const listeners = podListeners(workload);
    for (const pod of workload.pods) {
      const member = members.get(pod.node);
      if (!member) continue;
      if (workload.hostNetwork) {
        devices.set(pod.id, member.device.index);
        draft.deviceByPod.set(pod.id, member.device.index);
        member.device.extraListeners.push(...listeners);
        continue;
      }
      const mtu = source.cluster.calico?.mtu ?? member.linkMtu - overheadBytes;
      devices.set(pod.id, addPod(draft, source.index, pod, member, mtu, listeners));
    }
  }
  return devices;
}

function podListeners(workload: Workload): CompiledListener[] {
  return (workload.ports ?? []).map((port) => ({
    protocol: compileProtocol(port.protocol ?? 'TCP'),
    port: port.port,
    address: null,
    role: 'plain',
    name: port.name ?? workload.name ?? workload.id,
  }));
}

function addPod(
  draft: Draft,
  cluster: number,
  pod: Pod,
  member: Member,
  mtu: number,
  listeners: readonly CompiledListener[],
): number {
  const node = member.device;
  const segment = draft.segments.length;
  const device = draft.devices.length;
  const [inside, outside] = [draft.interfaces.length, draft.interfaces.length + 1];
  const addresses = (pod.addresses ?? []).map((text) => {
    const address = ip(text);
    return { ip: address, prefix: hostPrefix(address) };
  });
  const { up } = node;
  draft.segments.push({
    index: segment,
    id: `veth ${pod.id}`,
    kind: 'veth',
    mtu,
    up: true,
    vni: 0,
    transportZone: '',
    vxlanPort: 0,
    internet: false,
    subnets: [],
    members: [inside, outside],
  });
  const common = { segment, mtu, up, vlan: 0, tunnel: null };
  draft.interfaces.push(
    {
      ...common,
      index: inside,
      id: 'eth0',
      device,
      addresses,
      mac: macOf(pod.id, 'eth0'),
      proxyArp: false,
    },
    {
      ...common,
      index: outside,
      id: `cali-${pod.id}`,
      device: node.index,
      addresses: [],
      mac: caliMac,
      proxyArp: true,
    },
  );
  node.interfaces.push(outside);
  const families = new Set(addresses.map((address) => address.ip.family));
  draft.devices.push({
    index: device,
    id: pod.id,
    kind: 'pod',
    node: null,
    up,
    hypervisor: node.hypervisor,
    interfaces: [inside],
    routes: [...families].map((family) => ({
      prefix: everywhere[family],
      interface: inside,
      via: podGateway[family],
      kind: 'forward',
      origin: 'link-local',
      id: '',
      distance: 0,
      metric: 0,
    })),
    extraListeners: [...listeners],
    sites: node.sites,
    forwards: false,
    cluster,
    kubeNode: null,
    resolvers: [],
    searchDomains: [],
  });
  draft.deviceByPod.set(pod.id, device);
  for (const address of addresses) {
    node.routes.push({
      prefix: address.prefix,
      interface: outside,
      via: null,
      kind: 'forward',
      origin: 'pod',
      id: '',
      distance: 0,
      metric: 0,
    });
  }
  return device;
}
