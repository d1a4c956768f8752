/** The IKS sample with its cluster joined to the vCenter Server instance in other ways, and with things moved about. */
import type { Cluster, Design, HostLike, IpsecTunnel, Node } from '../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import type { Variant } from './variants.ts';

/** Where the instance's virtual machines are. */
const instance = '192.168.10.0/24';
const [pods, services] = ['172.30.0.0/16', '172.21.0.0/16'];
const edgeAddress = '10.208.242.130';
const workers = [1, 2, 3, 4].map((n) => `iks-worker-${n}`);
const blocks = ['172.30.1.0/26', '172.30.1.64/26', '172.30.2.0/26', '172.30.2.64/26'];
const nodeAddresses = ['10.208.64.11', '10.208.64.12', '10.209.64.11', '10.209.64.12'];
/** The portable address of strongSwan's load-balancer service. */
const strongswanAddress = '10.208.65.4';

type Routes = NonNullable<Node['routes']>;
const hostLike = (node: Node): HostLike => node as HostLike;

const edited =
  (change: (net: NetworkBuilder) => NetworkBuilder): Variant =>
  (design) =>
    change(network(design)).build(design.name);

const changeHost = (net: NetworkBuilder, id: string, change: (node: HostLike) => HostLike) =>
  net.change('node', id, (node) => change(hostLike(node)));

/** Puts routes in the place of those with the same id, and the others at the end. */
const withRoutes = (node: HostLike, routes: Routes, drop: readonly string[] = []): HostLike => ({
  ...node,
  routes: [...(node.routes ?? []).filter(({ id }) => !drop.includes(id ?? '')), ...routes],
});

/** What is in this range is reached with the pods' own addresses: no natOutgoing towards it. */
const keepsPodAddresses = (cluster: Cluster, ...ranges: readonly string[]): Cluster => ({
  ...cluster,
  calico: {
    ...cluster.calico,
    ipPools: [
      ...(cluster.calico?.ipPools ?? []),
      ...ranges.map((cidr, at) => ({ id: `elsewhere-${at + 1}`, cidr, disabled: true })),
    ],
  },
});

/** Rule 3 of the edge lets pods in by their own addresses. */
const letsPodsIn = (edge: HostLike): HostLike => ({
  ...edge,
  firewall: {
    ...edge.firewall,
    rules: (edge.firewall?.rules ?? []).map((rule) =>
      rule.id === '3' ? { ...rule, sources: [pods] } : rule,
    ),
  },
});

/** `via` of each worker's block, as the workers' BGP daemons announce them. */
const announced = (via: readonly string[]): Routes =>
  blocks.map((destination, at) => ({
    id: `bgp-${workers[at] ?? ''}`,
    destination,
    via: via[at] ?? '',
  }));

/**
 * The workers stand on the instance's own VLAN and the edge is their BGP peer: it knows where each block is, they know
 * the overlay by it.
 */
export const onInstanceVlan: Variant = edited((net) => {
  const addresses = [151, 152, 153, 154].map((host) => `10.208.242.${host}`);
  workers.forEach((id, at) => {
    changeHost(net, id, (node) => ({
      ...node,
      interfaces: (node.interfaces ?? []).map((item) =>
        item.id === 'eth0'
          ? {
              ...item,
              segment: 'private-portable',
              addresses: [`${addresses[at] ?? ''}/26`],
              mtu: 1500,
            }
          : item,
      ),
      routes: (node.routes ?? []).map((route) => {
        if (route.id === 'default') return route;
        return route.id === 'workload'
          ? { ...route, id: 'bgp-workload', via: edgeAddress }
          : { ...route, via: '10.208.242.129' };
      }),
    }));
  });
  for (const id of ['iks-private-1', 'iks-private-2']) {
    net.remove('segment', id).remove('layout', `segment:${id}`);
  }
  changeHost(net, 'bcr', (node) => ({
    ...withRoutes(node, [], ['workload']),
    interfaces: (node.interfaces ?? [])
      .filter(({ id }) => !id.startsWith('iks-private'))
      .map((item) =>
        item.id === 'private-portable'
          ? { ...item, addresses: [...(item.addresses ?? []), '10.208.65.1/29'] }
          : item,
      ),
  }));
  net.change('segment', 'private-portable', (segment) => ({
    ...segment,
    subnets: [...(segment.subnets ?? []), { cidr: '10.208.65.0/29', gateway: '10.208.65.1' }],
  }));
  changeHost(net, 'esg', (edge) => withRoutes(letsPodsIn(edge), announced(addresses)));
  return net.change('cluster', 'iks', (cluster) => keepsPodAddresses(cluster, instance));
});

/** Calico, the back-end router and the edge are BGP peers: each of them knows the blocks and the overlay. */
export const byBgp: Variant = edited((net) => {
  for (const id of workers) {
    changeHost(net, id, (node) => ({
      ...node,
      routes: (node.routes ?? []).map((route) =>
        route.id === 'workload' ? { ...route, id: 'bgp-workload' } : route,
      ),
    }));
  }
  changeHost(net, 'bcr', (node) => {
    const workload = { id: 'bgp-workload', destination: instance, via: edgeAddress };
    return withRoutes(node, [workload, ...announced(nodeAddresses)], ['workload']);
  });
  changeHost(net, 'esg', (edge) =>
    withRoutes(letsPodsIn(edge), announced(blocks.map(() => '10.208.242.129'))),
  );
  return net.change('cluster', 'iks', (cluster) => keepsPodAddresses(cluster, instance));
});

/** strongSwan's service, whose address worker 1 holds, and the worker's end of its tunnel. */
function addStrongswan(net: NetworkBuilder, tunnel: IpsecTunnel): void {
  workers.slice(0, 2).forEach((id, at) => {
    changeHost(net, id, (node) => ({
      ...node,
      virtualIps: [
        ...(node.virtualIps ?? []),
        { id: 'strongswan', address: strongswanAddress, interface: 'eth0', priority: 101 - at },
      ],
    }));
  });
  changeHost(net, 'iks-worker-1', (node) => ({ ...node, ipsecTunnels: [tunnel] }));
  net
    .add('workload', {
      id: 'strongswan',
      kind: 'deployment',
      cluster: 'iks',
      namespace: 'default',
      labels: { app: 'strongswan' },
      hostNetwork: true,
      ports: [{ name: 'ike', port: 500, protocol: 'UDP' }],
      pods: [{ id: 'strongswan-1', node: 'iks-worker-1' }],
    })
    .add('service', {
      id: 'strongswan',
      type: 'LoadBalancer',
      cluster: 'iks',
      namespace: 'default',
      clusterIps: ['172.21.86.50'],
      selector: { app: 'strongswan' },
      ports: [{ name: 'ike', port: 500, protocol: 'UDP', targetPort: 'ike' }],
      loadBalancerIps: [strongswanAddress],
      externalTrafficPolicy: 'Local',
    });
}

/** Worker 1 leads into the tunnel: its neighbour sends there itself, the other zone by the back-end router. */
function leadToStrongswan(net: NetworkBuilder, ...ranges: readonly string[]): void {
  const towards = (via: string): Routes =>
    ranges.map((destination, at) => ({ id: `strongswan-${at + 1}`, destination, via }));
  const [holder] = nodeAddresses as [string];
  changeHost(net, 'iks-worker-1', (node) => withRoutes(node, [], ['workload']));
  changeHost(net, 'iks-worker-2', (node) => withRoutes(node, towards(holder), ['workload']));
  for (const id of workers.slice(2)) {
    changeHost(net, id, (node) => withRoutes(node, towards('10.209.64.1'), ['workload']));
  }
  changeHost(net, 'bcr', (node) => withRoutes(node, towards(holder), ['workload']));
}

/** strongSwan in the cluster and the edge keep an IPsec tunnel for the pods, the services and the virtual machines. */
export const byStrongswan: Variant = edited((net) => {
  const ends = { localAddress: strongswanAddress, peerAddress: edgeAddress };
  addStrongswan(net, {
    id: 'to-vcenter',
    ...ends,
    localSubnets: [pods, services],
    remoteSubnets: [instance],
  });
  leadToStrongswan(net, instance);
  changeHost(net, 'esg', (edge) => {
    const open = letsPodsIn(edge);
    const ipsec = {
      id: '4',
      name: 'ipsec',
      sources: [strongswanAddress],
      destinations: [edgeAddress],
      services: [{ protocol: 'esp' as const }, { protocol: 'udp' as const, ports: [500, 4500] }],
      action: 'accept' as const,
    };
    return {
      ...open,
      firewall: { ...open.firewall, rules: [...(open.firewall?.rules ?? []), ipsec] },
      ipsecTunnels: [
        {
          id: 'to-iks',
          localAddress: edgeAddress,
          peerAddress: strongswanAddress,
          localSubnets: [instance],
          remoteSubnets: [pods, services],
        },
      ],
    };
  });
  return net.change('cluster', 'iks', (cluster) => keepsPodAddresses(cluster, instance));
});

/** The private ALB, as `ibmcloud ks ingress alb enable` leaves it. */
export const privateAlbEnabled: Variant = edited((net) =>
  net.change('workload', 'private-alb', (workload) => ({
    ...workload,
    pods: workload.pods.map((pod) => ({
      id: pod.id,
      node: pod.node,
      ...(pod.addresses && { addresses: pod.addresses }),
    })),
  })),
);

/** Each of these nodes has failed. */
export const failed = (...nodes: readonly string[]): Variant =>
  edited((net) =>
    nodes.reduce((all, id) => all.change('node', id, (node) => ({ ...node, state: 'down' })), net),
  );

/** The policy before DNAT that IBM's documentation gives against NodePorts on the public side. */
export const nodePortsClosed: Variant = edited((net) =>
  net.add('calico-policy', {
    id: 'deny-nodeports',
    cluster: 'iks',
    order: 1100,
    selector: "ibm.role == 'worker_public'",
    types: ['Ingress'],
    ingress: (['TCP', 'UDP'] as const).map((protocol) => ({
      action: 'Deny' as const,
      protocol,
      destination: { ports: ['30000:32767'] },
    })),
    applyOnForward: true,
    preDNAT: true,
  }),
);

/** No worker holds the address any more. */
export const withoutVirtualIp = (id: string): Variant =>
  edited((net) =>
    workers.slice(0, 2).reduce(
      (all, worker) =>
        changeHost(all, worker, (node) => ({
          ...node,
          virtualIps: (node.virtualIps ?? []).filter((vip) => vip.id !== id),
        })),
      net,
    ),
  );

/** One end of an IPsec tunnel changed, or taken away. */
export const withTunnel = (node: string, change: Partial<IpsecTunnel> | undefined): Variant =>
  edited((net) =>
    changeHost(net, node, (host) => ({
      ...host,
      ipsecTunnels: change
        ? (host.ipsecTunnels ?? []).map((tunnel) => ({ ...tunnel, ...change }))
        : [],
    })),
  );

/** Without Calico's pools that stand for other networks: natOutgoing holds towards them too. */
export const natEverywhere: Variant = edited((net) =>
  net.change('cluster', 'iks', (cluster) => ({
    ...cluster,
    calico: {
      ...cluster.calico,
      ipPools: (cluster.calico?.ipPools ?? []).filter(({ disabled }) => !disabled),
    },
  })),
);

/** The part of the IKS sample that the ICP sample lacks. */
function addCluster(net: NetworkBuilder, icp: Design, iks: Design): void {
  const lacking = <T extends { readonly id: string }>(
    all: readonly T[] | undefined,
    there: readonly T[] | undefined,
  ) => (all ?? []).filter(({ id }) => !there?.some((one) => one.id === id));
  for (const one of lacking(iks.segments, icp.segments)) net.add('segment', one);
  for (const one of lacking(iks.nodes, icp.nodes)) net.add('node', one);
  for (const one of iks.clusters ?? []) net.add('cluster', one);
  for (const one of iks.workloads ?? []) net.add('workload', one);
  for (const one of iks.services ?? []) net.add('service', one);
  for (const router of ['fcr', 'bcr']) {
    const theirs = iks.nodes?.find(({ id }) => id === router);
    net.change('node', router, (node) => ({
      ...node,
      interfaces: [...(node.interfaces ?? []), ...lacking(theirs?.interfaces, node.interfaces)],
    }));
  }
}

/**
 * The two clusters meet by strongSwan on both sides: ICP's runs on worker 1, which has a second interface on the private
 * portable subnet for it.
 */
export function icpMeetsIks(icp: Design, iks: Design): Design {
  const net = network(icp);
  addCluster(net, icp, iks);
  const [icpAddress, icpPods, icpServices] = ['10.208.242.150', '172.28.0.0/16', '172.29.0.0/16'];
  addStrongswan(net, {
    id: 'to-icp',
    localAddress: strongswanAddress,
    peerAddress: icpAddress,
    localSubnets: [pods, services],
    remoteSubnets: [icpPods, icpServices],
  });
  leadToStrongswan(net, icpPods, icpServices);
  for (const { node } of icp.clusters?.[0]?.nodes ?? []) {
    const routes = [pods, services].map((destination, at) => ({
      id: `strongswan-${at + 1}`,
      destination,
      via: '192.168.20.61',
    }));
    if (node !== 'worker-1') changeHost(net, node, (host) => withRoutes(host, routes));
  }
  changeHost(net, 'worker-1', (node) => ({
    ...withRoutes(node, [
      { id: 'iks-portable', destination: '10.208.65.0/29', via: '10.208.242.129' },
    ]),
    interfaces: [
      ...(node.interfaces ?? []),
      { id: 'eth1', segment: 'private-portable', addresses: [`${icpAddress}/26`], mtu: 1500 },
    ],
    ipsecTunnels: [
      {
        id: 'to-iks',
        localAddress: icpAddress,
        peerAddress: strongswanAddress,
        localSubnets: [icpPods, icpServices],
        remoteSubnets: [pods, services],
      },
    ],
  }));
  net.change('cluster', 'iks', (cluster) => keepsPodAddresses(cluster, icpPods, icpServices));
  net.change('cluster', 'icp', (cluster) => keepsPodAddresses(cluster, pods, services));
  return net
    .add('flow', {
      id: 'web-to-shop',
      name: 'ICP pod → IKS pod',
      from: { kind: 'pod', pod: 'web-2' },
      to: { kind: 'pod', pod: 'shop-2' },
      protocol: 'tcp',
      port: 8080,
    })
    .add('flow', {
      id: 'shop-to-web',
      name: 'IKS pod → ICP service',
      from: { kind: 'pod', pod: 'shop-1' },
      to: { kind: 'address', address: '172.29.86.20' },
      protocol: 'tcp',
      port: 80,
    })
    .build('ICP and IKS');
}
