import type { Cluster, Design } from '../../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../../builders/network.ts';
import { families, inBothFamilies, type Family, type FaultCase } from './case.ts';

const [ipv4] = families as [Family];

export const clusterCases: readonly FaultCase[] = [
  ...inBothFamilies((family) => ({
    code: 'cluster-range-in-use',
    title: 'services inside a network that the nodes can reach',
    wrong: cluster(family, { serviceCidrs: [family.subnet(2)] }).build(),
    at: 'cluster:k serviceCidrs[0]',
    says: `The service range ${family.subnet(2)} of cluster k is in use outside the cluster: ${family.subnet(2)} of segment offices`,
    right: cluster(family, {}).build(),
  })),
  {
    code: 'cluster-range-in-use',
    title: 'pods inside what a route leads to',
    wrong: routed({ podCidrs: ['10.1.0.0/16'] }),
    at: 'cluster:k podCidrs[0]',
    says: 'The pod range 10.1.0.0/16 of cluster k is in use outside the cluster: 10.0.0.0/8, to which r has a route',
    right: routed({}),
  },
  {
    code: 'cluster-range-in-use',
    title: 'a route to the pod range that leads elsewhere',
    wrong: announced('10.0.2.9'),
    at: 'cluster:k podCidrs[0]',
    says: 'The pod range 172.28.0.0/16 of cluster k is in use outside the cluster: 172.28.0.0/16, to which r has a route',
    // A route to a node of the cluster is how the range is announced.
    right: announced('10.0.1.11'),
  },
  {
    code: 'cluster-range-in-use',
    title: 'a Calico pool outside the pod ranges',
    wrong: cluster(ipv4, {
      calico: { ipPools: [{ id: 'p', cidr: '10.0.0.0/14' }] },
    }).build(),
    at: 'cluster:k calico.ipPools[0].cidr',
    says: 'The pod range 10.0.0.0/14 of cluster k is in use outside the cluster: 10.0.1.0/24 of segment nodes and 10.0.2.0/24 of segment offices',
    right: cluster(ipv4, {
      calico: { ipPools: [{ id: 'p', cidr: '10.0.0.0/14', disabled: true }] },
    }).build(),
  },
  ...inBothFamilies((family) => ({
    code: 'cluster-range-swallows-resolver',
    title: 'services around the DNS server that nodes ask',
    wrong: resolver(family, family.subnet(2)),
    at: 'cluster:k serviceCidrs[0]',
    says: `The service range ${family.subnet(2)} of cluster k swallows the DNS servers ${family.host(2, 53)} of n1 and cluster DNS`,
    right: resolver(family, family.subnet(29)),
  })),
  {
    code: 'cluster-ranges-overlap',
    title: 'one range for pods and services',
    wrong: cluster(ipv4, {
      podCidrs: ['172.28.0.0/16'],
      serviceCidrs: ['172.28.128.0/17'],
    }).build(),
    at: 'cluster:k serviceCidrs[0]',
    says: 'The pod range 172.28.0.0/16 and the service range 172.28.128.0/17 of cluster k overlap',
    right: cluster(ipv4, {}).build(),
  },
  {
    code: 'member-without-address',
    title: 'a node of a cluster without an address',
    wrong: cluster(ipv4, {}, ['n1 master', 'n2', 'blank']).host('blank', '@nodes').build(),
    at: 'cluster:k nodes[2]',
    says: 'blank is a node of cluster k, but has no address',
    right: cluster(ipv4, {}, ['n1 master', 'n2', 'blank']).host('blank', '10.0.1.13/24').build(),
  },
  ...inBothFamilies((family) => ({
    code: 'member-address-not-on-node',
    title: 'a cluster address that is not of the node',
    wrong: known(family, family.host(1, 99)),
    at: 'cluster:k nodes[0].addresses[0]',
    says: `Cluster k knows n1 by ${family.host(1, 99)}, which is not an address of it`,
    right: known(family, family.host(1, 11)),
  })),
  {
    code: 'cluster-without-role',
    title: 'a cluster without a master',
    wrong: cluster(ipv4, {}, ['n1', 'n2']).build(),
    at: 'cluster:k nodes',
    says: 'No node of cluster k has the role master: nothing answers for its API',
    // IKS keeps its masters to itself.
    right: cluster(ipv4, { flavour: 'iks' }, ['n1', 'n2']).build(),
  },
  {
    code: 'cluster-without-role',
    title: 'an ICP cluster with an ingress controller and no proxy node',
    wrong: ingressController(['n1 master', 'n2']),
    at: 'cluster:k nodes',
    says: 'No node of cluster k has the role proxy: its ingress controller has nowhere to listen',
    right: ingressController(['n1 master', 'n2 proxy']),
  },
  ...inBothFamilies((family) => ({
    code: 'pod-address-outside-ranges',
    title: 'a pod with an address of another network',
    wrong: cluster(family, {})
      .workload('web', [`n1 ${family.host(1, 50)}`])
      .build(),
    at: 'workload:web pods[0].addresses[0]',
    says: `${family.host(1, 50)} of pod web-1 is in no pod range of cluster k (${family.subnet(28)})`,
    right: cluster(family, {})
      .workload('web', [`n1 ${family.host(28, 50)}`])
      .build(),
  })),
  {
    code: 'block-outside-pools',
    title: 'a block outside the pools',
    wrong: blocks('172.30.0.0/26', '172.28.0.64/26'),
    at: 'cluster:k calico.blocks[0].cidr',
    says: 'Block 172.30.0.0/26 of n1 is in no address pool of cluster k (172.28.0.0/16)',
    right: blocks('172.28.0.0/26', '172.28.0.64/26'),
  },
  {
    code: 'block-shared',
    title: 'a block inside that of another node',
    wrong: blocks('172.28.0.0/24', '172.28.0.64/26'),
    at: 'cluster:k calico.blocks[1].cidr',
    says: 'Block 172.28.0.64/26 of n2 overlaps block 172.28.0.0/24 of n1 in cluster k',
    right: blocks('172.28.0.0/26', '172.28.0.64/26'),
  },
  ...inBothFamilies((family) => ({
    code: 'cluster-ip-outside-range',
    title: 'a cluster IP outside the service range',
    wrong: cluster(family, {}).service('web', family.host(40, 1), ['80']).build(),
    at: 'service:web clusterIps[0]',
    says: `Cluster IP ${family.host(40, 1)} of service web is in no service range of cluster k (${family.subnet(29)})`,
    right: cluster(family, {}).service('web', family.host(29, 1), ['80']).build(),
  })),
  {
    code: 'node-port-outside-range',
    title: 'a node port outside the range',
    wrong: cluster(ipv4, {}).service('web', [], ['80 -> 80 node 8080']).build(),
    at: 'service:web ports[0].nodePort',
    says: 'Node port 8080 of service web is outside the range 30000–32767 of cluster k',
    right: cluster(ipv4, { nodePortRange: { from: 8000, to: 9000 } })
      .service('web', [], ['80 -> 80 node 8080'])
      .build(),
  },
  {
    code: 'ingress-backend-missing',
    title: 'a backend in another namespace than the ingress',
    wrong: ingress('other', 'web:80'),
    at: 'ingress:shop rules[0].paths[0].backend',
    says: 'Ingress shop leads to service web, which namespace other of cluster k does not have',
    right: ingress('default', 'web:80'),
  },
  {
    code: 'ingress-backend-missing',
    title: 'a default backend that nobody is',
    wrong: cluster(ipv4, {}).ingress('shop', [], { defaultBackend: 'nobody:80' }).build(),
    at: 'ingress:shop defaultBackend',
    says: 'Ingress shop leads to service nobody, which namespace default of cluster k does not have',
    // Services are known by their Kubernetes name where they have one.
    right: cluster(ipv4, {})
      .service('s1', '10.0.29.1', ['80'], { name: 'somebody' })
      .ingress('shop', [], { defaultBackend: 'somebody:80' })
      .build(),
  },
  {
    code: 'ingress-backend-port-missing',
    title: 'a port that the backend does not have',
    wrong: ingress('default', 'web:8080'),
    at: 'ingress:shop rules[0].paths[0].backend',
    says: 'Ingress shop leads to port 8080 of service web, which has only 80 http',
    right: ingress('default', 'web:http'),
  },
];

/** Nodes n1 and n2 on network 1, an office network 2 behind the router; pods on 28, services on 29. */
function cluster(
  family: Family,
  options: Partial<Omit<Cluster, 'id' | 'nodes'>>,
  members: readonly string[] = ['n1 master', 'n2'],
): NetworkBuilder {
  const { host, on, subnet } = family;
  return network()
    .segment('nodes', subnet(1))
    .segment('offices', subnet(2))
    .router('r', [`${on(1, 1)}@nodes`, `${on(2, 1)}@offices`])
    .host('n1', on(1, 11), { gateway: host(1, 1) })
    .host('n2', on(1, 12), { gateway: host(1, 1) })
    .host('dns', on(2, 53), { gateway: host(2, 1) })
    .cluster('k', members, { podCidrs: [subnet(28)], serviceCidrs: [subnet(29)], ...options });
}

function routed(options: Partial<Omit<Cluster, 'id' | 'nodes'>>): Design {
  const base = cluster(ipv4, {
    podCidrs: ['172.28.0.0/16'],
    serviceCidrs: ['172.29.0.0/16'],
    ...options,
  });
  return base
    .host('next', '10.0.2.7/24', { forwarding: true })
    .change('node', 'r', (node) => ({
      ...node,
      routes: [{ destination: '10.0.0.0/8', via: '10.0.2.7' }],
    }))
    .build();
}

function announced(via: string): Design {
  return cluster(ipv4, { podCidrs: ['172.28.0.0/16'] })
    .host('next', '10.0.2.9/24', { forwarding: true })
    .change('node', 'r', (node) => ({ ...node, routes: [{ destination: '172.28.0.0/16', via }] }))
    .build();
}

function resolver(family: Family, serviceRange: string): Design {
  const forwarders = [family.host(2, 53)];
  return cluster(family, {
    serviceCidrs: [serviceRange],
    dns: { service: 'kube-dns', forwarders },
  })
    .service('kube-dns', [], ['53/UDP'])
    .change('node', 'n1', (node) => ({ ...node, resolvers: forwarders }))
    .build();
}

function known(family: Family, address: string): Design {
  return cluster(family, {})
    .change('cluster', 'k', (one) => ({
      ...one,
      nodes: one.nodes.map((member, at) =>
        at === 0 ? { ...member, addresses: [address] } : member,
      ),
    }))
    .build();
}

function ingressController(members: readonly string[]): Design {
  return cluster(ipv4, { flavour: 'icp', ingressController: { workload: 'nginx' } }, members)
    .workload('nginx', ['n2'], { hostNetwork: true })
    .build();
}

function blocks(n1: string, n2: string): Design {
  return cluster(ipv4, {
    podCidrs: ['172.28.0.0/16'],
    calico: {
      blocks: [
        { node: 'n1', cidr: n1 },
        { node: 'n2', cidr: n2 },
      ],
    },
  }).build();
}

function ingress(namespace: string, backend: string): Design {
  return cluster(ipv4, {})
    .service('web', '10.0.29.1', ['http 80 -> 8080'])
    .ingress('shop', [`shop.example.com/ -> ${backend}`], { namespace })
    .build();
}
