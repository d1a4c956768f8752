import { z } from 'zod';
import { limits } from '../limits.ts';
import { cidr, described, hostName, hostPattern, id, ipAddress, mtuBytes, port } from './scalars.ts';

const list = <T extends z.ZodType>(of: T) => z.array(of).max(limits.listLength);

/** RFC 1123 label or subdomain, as Kubernetes names its objects. */
const objectName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, {
    error: 'a Kubernetes object name: lower-case letters, digits, "-" or "."',
  });
const labels = z.record(z.string().min(1).max(317), z.string().max(63));
/** A number, or the name of a container port. */
const portOrName = z.union([port, z.string().regex(/^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/)]);
const kubernetesProtocol = z.enum(['TCP', 'UDP', 'SCTP']);

const labelSelector = z.strictObject({
  matchLabels: labels.exactOptional(),
  matchExpressions: list(
    z.strictObject({
      key: z.string().min(1).max(317),
      operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
      values: list(z.string().max(63)).exactOptional(),
    }),
  ).exactOptional(),
});

const encapsulationMode = z.enum(['always', 'cross-subnet', 'never']);

const ipPool = z.strictObject({
  id,
  cidr,
  ipInIp: encapsulationMode.exactOptional(),
  vxlan: encapsulationMode.exactOptional(),
  natOutgoing: z.boolean().exactOptional(),
  /** Prefix length in bits of the block that one node is given; 26, or 122 for IPv6, when absent. */
  blockLength: z.int().min(16).max(128).exactOptional(),
  disabled: z.boolean().exactOptional(),
});

export const cluster = z.strictObject({
  id,
  ...described,
  flavour: z.enum(['icp', 'iks', 'kubernetes']),
  nodes: list(
    z.strictObject({
      node: id,
      roles: z.array(
        z.enum(['master', 'proxy', 'management', 'worker', 'boot', 'etcd', 'vulnerability-advisor']),
      ),
      /** The address that the node is known by in the cluster; its first address when absent. */
      addresses: list(ipAddress).exactOptional(),
    }),
  ),
  podCidrs: list(cidr),
  serviceCidrs: list(cidr),
  /** 30000–32767 when absent. */
  nodePortRange: z.strictObject({ from: port, to: port }).exactOptional(),
  kubeProxyMode: z.enum(['iptables', 'ipvs', 'ebpf']).exactOptional(),
  calico: z
    .strictObject({
      /** Pools that pods are addressed from; the pod CIDRs with IP-in-IP always and natOutgoing when absent. */
      ipPools: list(ipPool).exactOptional(),
      /** Bytes, of pod and tunnel interfaces; derived from the nodes' links when absent. */
      mtu: mtuBytes.exactOptional(),
      /** Blocks given to nodes; allotted in node order from the pools when absent. */
      blocks: list(z.strictObject({ node: id, cidr })).exactOptional(),
    })
    .exactOptional(),
  namespaces: list(
    z.strictObject({ name: objectName, labels: labels.exactOptional() }),
  ).exactOptional(),
  dns: z
    .strictObject({
      /** `cluster.local` when absent. */
      domain: hostName.exactOptional(),
      /** The service that pods find as their resolver. Its pods answer for the cluster domain. */
      service: id,
      /** Servers for all other names; the resolvers of the node that the DNS pod runs on when absent. */
      forwarders: list(ipAddress).exactOptional(),
    })
    .exactOptional(),
  ingressController: z
    .strictObject({
      /** The workload whose pods are the controller; with `hostNetwork` they listen on their nodes' addresses. */
      workload: id,
      httpPort: port.exactOptional(),
      httpsPort: port.exactOptional(),
    })
    .exactOptional(),
});

export const workload = z.strictObject({
  id,
  ...described,
  cluster: id,
  namespace: objectName,
  kind: z.enum(['deployment', 'stateful-set', 'daemon-set', 'replica-set', 'job', 'cron-job', 'pod']),
  /** Labels of its pods. */
  labels: labels.exactOptional(),
  hostNetwork: z.boolean().exactOptional(),
  /** Container ports: what the pods listen on. */
  ports: list(
    z.strictObject({
      name: z.string().min(1).max(15).exactOptional(),
      port,
      protocol: kubernetesProtocol.exactOptional(),
    }),
  ).exactOptional(),
  pods: list(
    z.strictObject({
      id,
      node: id,
      /** Absent with `hostNetwork`: the node's. */
      addresses: list(ipAddress).exactOptional(),
      /** `ready` when absent. `terminating-serving`: still answers while it shuts down (KEP-1669). */
      state: z.enum(['ready', 'not-ready', 'terminating', 'terminating-serving']).exactOptional(),
    }),
  ),
});

export const service = z.strictObject({
  id,
  ...described,
  cluster: id,
  namespace: objectName,
  type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']),
  /** Absent on a headless service and on ExternalName. */
  clusterIps: list(ipAddress).exactOptional(),
  headless: z.boolean().exactOptional(),
  externalName: hostName.exactOptional(),
  selector: labels.exactOptional(),
  ports: list(
    z.strictObject({
      name: z.string().min(1).max(63).exactOptional(),
      port,
      protocol: kubernetesProtocol.exactOptional(),
      targetPort: portOrName.exactOptional(),
      nodePort: port.exactOptional(),
    }),
  ).exactOptional(),
  /** Endpoints of a service without selector. */
  endpoints: list(z.strictObject({ address: ipAddress, port })).exactOptional(),
  externalIps: list(ipAddress).exactOptional(),
  loadBalancerIps: list(ipAddress).exactOptional(),
  loadBalancerSourceRanges: list(cidr).exactOptional(),
  externalTrafficPolicy: z.enum(['Cluster', 'Local']).exactOptional(),
  internalTrafficPolicy: z.enum(['Cluster', 'Local']).exactOptional(),
  sessionAffinity: z.enum(['None', 'ClientIP']).exactOptional(),
  publishNotReadyAddresses: z.boolean().exactOptional(),
});

/** A service of the ingress's namespace by its Kubernetes name. */
const backend = z.strictObject({ service: objectName, port: portOrName });

export const ingress = z.strictObject({
  id,
  ...described,
  cluster: id,
  namespace: objectName,
  className: z.string().min(1).max(253).exactOptional(),
  rules: list(
    z.strictObject({
      host: hostPattern.exactOptional(),
      paths: list(
        z.strictObject({
          path: z.string().min(1).max(2048),
          pathType: z.enum(['Exact', 'Prefix', 'ImplementationSpecific']),
          backend,
        }),
      ),
    }),
  ),
  defaultBackend: backend.exactOptional(),
  tls: list(z.strictObject({ hosts: list(hostPattern).exactOptional() })).exactOptional(),
  /** The controller hands the TLS connection on as it is. */
  tlsPassthrough: z.boolean().exactOptional(),
});

const policyPorts = list(
  z.strictObject({
    protocol: kubernetesProtocol.exactOptional(),
    port: portOrName.exactOptional(),
    endPort: port.exactOptional(),
  }),
);
const policyPeer = z.union([
  z.strictObject({
    ipBlock: z.strictObject({ cidr, except: list(cidr).exactOptional() }),
  }),
  z.strictObject({
    podSelector: labelSelector.exactOptional(),
    namespaceSelector: labelSelector.exactOptional(),
  }),
]);

export const networkPolicy = z.strictObject({
  id,
  ...described,
  cluster: id,
  namespace: objectName,
  podSelector: labelSelector,
  policyTypes: z.array(z.enum(['Ingress', 'Egress'])).exactOptional(),
  ingress: list(
    z.strictObject({ from: list(policyPeer).exactOptional(), ports: policyPorts.exactOptional() }),
  ).exactOptional(),
  egress: list(
    z.strictObject({ to: list(policyPeer).exactOptional(), ports: policyPorts.exactOptional() }),
  ).exactOptional(),
});
