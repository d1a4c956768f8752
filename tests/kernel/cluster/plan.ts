/** A design with a cluster as it stands in Linux: nodes, pods behind them, Calico's routes, kube-proxy's chains. */
import {
  planLinux,
  type LinuxPlan,
  type Namespace,
} from '../../../src-main/interop/linux/index.ts';
import type { Cluster, Design, Pod } from '../../../src-main/model/design.ts';
import type { IpFamily } from '../../../src-main/model/ip.ts';
import { compile } from '../../../src-main/sim/index.ts';
import type { Interface, Network } from '../../../src-main/sim/compile/network.ts';
import { logGroup, type KernelNamespace, type KernelPlan } from '../network.ts';
import { blockLines, caliPostRouting, familyOf, tunnelLines, tunnelOf } from './calico.ts';
import { vxlanLines } from './calico-vxlan.ts';
import { kubeProxyTables } from './kube-proxy.ts';

/** Felix gives the node's end of every pod's wire this address. */
const caliMac = 'ee:ee:ee:ee:ee:ee';
const gateways = { 4: '169.254.1.1', 6: 'fe80::ecee:eeff:feee:eeee' } as const;
const families = [4, 6] as const;

/** A pod with its own network, and the names of its wire's ends. */
interface Wired {
  readonly pod: Pod;
  /** In Linux; names of interfaces have no more than 15 letters. */
  readonly name: string;
  readonly namespace: string;
  readonly inside: Interface;
}

/**
 * Nodes are planned as the machines that they are; a cluster is what is built on top of them. IP-in-IP is a program's work,
 * or that of the kernel's own device.
 */
export function withCluster(
  design: Design,
  ipInIp: 'program' | 'device' = 'program',
): () => KernelPlan {
  const [cluster] = design.clusters ?? [];
  if (!cluster) throw new Error('the design has no cluster');
  return () => {
    const network = compile(design);
    const wired = podsOf(design, network);
    const base = planLinux(compile(withoutCluster(design, cluster)), { logGroup });
    const nodeOf = (one: Namespace) => cluster.nodes.find(({ node }) => node === one.node);
    return {
      ...base,
      namespaces: [
        ...base.namespaces.map((one) =>
          nodeOf(one) ? member(design, cluster, one, wired, network, ipInIp) : one,
        ),
        ...wired.map((one) => podNamespace(one)),
      ],
      wires: [...base.wires, ...wired.map((one) => wire(base, one))],
      tunnels:
        ipInIp === 'device'
          ? []
          : base.namespaces.filter(nodeOf).flatMap((one) => tunnelOf(design, cluster, one) ?? []),
    };
  };
}

function withoutCluster(design: Design, cluster: Cluster): Design {
  const { clusters: _, workloads, services, flows, ...rest } = design;
  const isMember = (id: string) => cluster.nodes.some(({ node }) => node === id);
  return {
    ...rest,
    nodes: (design.nodes ?? []).map((node) =>
      node.kind === 'host' && isMember(node.id) ? { ...node, forwarding: true } : node,
    ),
  };
}

function podsOf({ workloads = [] }: Design, network: Network): Wired[] {
  const pods = workloads.filter(({ hostNetwork }) => !hostNetwork).flatMap((one) => one.pods);
  return pods.map((pod, at) => {
    const device = network.devices[network.deviceByPod.get(pod.id) ?? -1];
    const inside = network.interfaces[device?.interfaces[0] ?? -1] as Interface;
    return { pod, name: `cali${at}`, namespace: `pod-${pod.id}`, inside };
  });
}

const macOf = (network: Network, node: string, id: string): string => {
  const device = network.devices[network.deviceByNode.get(node) ?? -1];
  const found = device?.interfaces.find((index) => network.interfaces[index]?.id === id);
  return network.interfaces[found ?? -1]?.mac ?? '';
};

function wire(base: LinuxPlan, { pod, name, namespace, inside }: Wired): string {
  const node = base.namespaces.find((one) => one.node === pod.node)?.name ?? '';
  const { mtu, mac } = inside;
  return `link add name ${name} mtu ${mtu} address ${caliMac} netns ${node} type veth peer name eth0 mtu ${mtu} address ${mac} netns ${namespace}`;
}

function podNamespace({ pod, namespace }: Wired): KernelNamespace {
  const addresses = pod.addresses ?? [];
  const has = (family: IpFamily) => addresses.some((text) => familyOf(text) === family);
  return {
    name: namespace,
    node: pod.id,
    sysctls: [
      ['net/ipv6/conf/default/accept_dad', '0'],
      ['net/ipv6/conf/default/accept_ra', '0'],
    ],
    ip: [
      'link set lo up',
      ...addresses.map((text) =>
        familyOf(text) === 6
          ? `addr add ${text}/128 dev eth0 nodad`
          : `addr add ${text}/32 dev eth0`,
      ),
      'link set dev eth0 up',
      ...(has(4) ? [`route add ${gateways[4]} dev eth0 scope link`] : []),
      ...families.filter(has).map((family) => defaultRoute(family)),
    ],
    bridge: [],
    iptables: [],
    ip6tables: [],
    interfaces: new Map([['eth0', 'eth0']]),
  };
}

const defaultRoute = (family: IpFamily): string =>
  `route add ${family === 4 ? '0.0.0.0/0' : '::/0'} via ${gateways[family]} dev eth0`;

/** A node of the cluster: pods' wires, routes to pods here and elsewhere, and the tables of kube-proxy and felix. */
function member(
  design: Design,
  cluster: Cluster,
  one: Namespace,
  wired: readonly Wired[],
  network: Network,
  ipInIp: 'program' | 'device',
): KernelNamespace {
  const node = one.node ?? '';
  const vxlan = vxlanLines(design, cluster, node, (other, id) => macOf(network, other, id));
  if (one.iptables.length > 0) throw new Error(`${node}: a member has its own rules`);
  const here = wired.filter(({ pod }) => pod.node === node);
  const tables = (family: IpFamily) =>
    kubeProxyTables(design, cluster, node, family, caliPostRouting(cluster, family));
  return {
    ...one,
    ip: [
      ...one.ip,
      ...here.flatMap(podLines),
      ...tunnelLines(cluster, node, ipInIp),
      ...vxlan.ip,
      ...blockLines(design, cluster, node),
    ],
    bridge: [...one.bridge, ...vxlan.bridge],
    iptables: tables(4),
    ip6tables: tables(6),
    interfaces: new Map([
      ...one.interfaces,
      ...here.map(({ name, pod }) => [name, `cali-${pod.id}`] as const),
    ]),
    lateSysctls: here.flatMap(({ name }) => [
      [`net/ipv4/conf/${name}/proxy_arp`, '1'] as const,
      [`net/ipv4/neigh/${name}/proxy_delay`, '0'] as const,
    ]),
  };
}

const podLines = ({ name, pod }: Wired): string[] => [
  `link set dev ${name} up`,
  ...(pod.addresses ?? []).map((text) => `route add ${text} dev ${name}`),
];
