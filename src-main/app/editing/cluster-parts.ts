import type { Cluster, Service, Workload } from '../../model/design.ts';
import { ipFromBigInt, ipToBigInt } from '../../model/ip.ts';
import { firstFree, freshId, numberedName, plainOrNumbered } from './names.ts';
import { addPod, leastLoaded, memberOf, nextServiceAddresses } from './pods.ts';
import { clusterRanges, unusedPrefix, UsedPrefixes } from './unused-subnets.ts';
import type { WorkingCopy } from './working-copy.ts';

const clusterNames = { icp: 'ICP cluster', iks: 'IKS cluster', kubernetes: 'Cluster' } as const;
/** Where distributions put the cluster's DNS service in its range. */
const dnsOffset = 10n;

/** A cluster without nodes: its ranges, its DNS and its ingress controller wait for the first one. */
export function addCluster(copy: WorkingCopy, flavour: Cluster['flavour']): string {
  const id = freshId(copy, 'cluster', 'cluster');
  const pods = unusedPrefix(copy, clusterRanges);
  const services = unusedPrefix(copy, function* () {
    const taken = new UsedPrefixes(pods ? [pods] : []);
    for (const candidate of clusterRanges()) if (!taken.overlaps(candidate)) yield candidate;
  });
  const dns = plainOrNumbered(
    'kube-dns',
    (name) => copy.has('workload', name) || copy.has('service', name),
  );
  const controller = plainOrNumbered('ingress-controller', (name) => copy.has('workload', name));
  const cluster: Cluster = {
    id,
    flavour,
    name: numberedName(clusterNames[flavour], id),
    nodes: [],
    podCidrs: pods ? [pods.text] : [],
    serviceCidrs: services ? [services.text] : [],
    calico: {
      ipPools: pods
        ? [
            {
              id: 'default-ipv4-ippool',
              cidr: pods.text,
              ipInIp: 'always',
              natOutgoing: true,
              blockLength: 26,
            },
          ]
        : [],
    },
    namespaces: [{ name: 'default' }, { name: 'kube-system' }],
    dns: { domain: 'cluster.local', service: dns },
    ingressController: { workload: controller },
  };
  copy.create('cluster', cluster);
  const system = { cluster: id, namespace: 'kube-system' } as const;
  const dnsPorts = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
  ] as const;
  const labels = { 'k8s-app': 'kube-dns' };
  copy.create('workload', {
    id: dns,
    kind: 'deployment',
    name: 'Cluster DNS',
    ...system,
    labels,
    ports: dnsPorts,
    pods: [],
  });
  copy.create('workload', {
    id: controller,
    kind: 'daemon-set',
    name: 'Ingress controller',
    ...system,
    labels: { 'k8s-app': 'ingress-controller' },
    hostNetwork: true,
    ports: [
      { name: 'http', port: 80, protocol: 'TCP' },
      { name: 'https', port: 443, protocol: 'TCP' },
    ],
    pods: [],
  });
  const address = services && ipFromBigInt(4, ipToBigInt(services.network) + dnsOffset).text;
  copy.create('service', {
    id: dns,
    type: 'ClusterIP',
    name: 'kube-dns',
    ...system,
    ...(address === undefined ? {} : { clusterIps: [address] }),
    selector: labels,
    ports: dnsPorts.map((port) => ({ ...port, targetPort: port.port })),
  });
  return id;
}

/** What the containers of a new workload listen on. */
const containerPort = 8080;
const replicas = 2;

/** Pods that are spread over the workers, and on request a service and an ingress that leads to it. */
export function addWorkload(
  copy: WorkingCopy,
  cluster: Cluster,
  wanted: {
    readonly service: boolean;
    readonly ingress: boolean;
    readonly node: string | undefined;
  },
): string {
  const id = firstFree(
    'app',
    (name) => copy.has('workload', name) || copy.has('service', name) || copy.has('ingress', name),
  );
  const labels = { app: id };
  const place = { cluster: cluster.id, namespace: 'default' } as const;
  const workload: Workload = {
    id,
    kind: 'deployment',
    name: numberedName('App', id),
    ...place,
    labels,
    ports: [{ name: 'http', port: containerPort, protocol: 'TCP' }],
    pods: [],
  };
  copy.create('workload', workload);
  const member = wanted.node === undefined ? undefined : memberOf(cluster, wanted.node);
  const nodes = member ? [member.node] : leastLoaded(copy, cluster, replicas);
  for (const node of nodes) addPod(copy, id, node);
  if (nodes.length === 0) {
    copy.tellLeftOut({ code: 'no-worker', detail: { cluster: cluster.id } });
  }
  if (!wanted.service && !wanted.ingress) return id;
  const clusterIps = nextServiceAddresses(copy, cluster);
  const service: Service = {
    id,
    type: 'ClusterIP',
    ...place,
    ...(clusterIps.length > 0 ? { clusterIps } : {}),
    selector: labels,
    ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 'http' }],
  };
  copy.create('service', service);
  if (wanted.ingress) addIngress(copy, cluster, id);
  return id;
}

/** For every host; below a path of its own where another ingress has the root already. */
function addIngress(copy: WorkingCopy, cluster: Cluster, service: string): void {
  const paths = new Set<string>();
  for (const ingress of copy.all('ingress')) {
    if (ingress.cluster !== cluster.id) continue;
    for (const rule of ingress.rules) {
      if (rule.host === undefined) rule.paths.forEach(({ path }) => paths.add(path));
    }
  }
  const path = paths.has('/') ? `/${service}` : '/';
  copy.create('ingress', {
    id: service,
    cluster: cluster.id,
    namespace: 'default',
    rules: [{ paths: [{ path, pathType: 'Prefix', backend: { service, port: 80 } }] }],
  });
}
