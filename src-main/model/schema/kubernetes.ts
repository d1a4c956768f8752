import { z } from 'zod';
import { labels, objectName, portName, portOrName, protocol } from './kubernetes-names.ts';
import {
  cidr,
  described,
  externalName,
  freeText,
  hostName,
  hostPattern,
  id,
  ipAddress,
  list,
  mtuBytes,
  port,
  whole,
} from './scalars.ts';

const encapsulationMode = z.enum(['always', 'cross-subnet', 'never']);

const ipPool = z.strictObject({
  id,
  cidr,
  ipInIp: encapsulationMode.exactOptional().describe('Never when absent.'),
  vxlan: encapsulationMode.exactOptional().describe('Never when absent.'),
  natOutgoing: z.boolean().exactOptional().describe('False when absent.'),
  blockLength: whole(16, 128, 'a prefix length in bits')
    .exactOptional()
    .describe(
      'Prefix length in bits of the block that one node is given; 26, or 122 for IPv6, when absent.',
    ),
  disabled: z.boolean().exactOptional(),
});

const ingressClass = freeText(1, 253);
const controller = {
  workload: id.describe(
    "The workload whose pods are the controller; with hostNetwork they listen on their nodes' addresses.",
  ),
  httpPort: port.exactOptional().describe('80 when absent.'),
  httpsPort: port.exactOptional().describe('443 when absent.'),
};

export const cluster = z
  .strictObject({
    id,
    flavour: z.enum(['icp', 'iks', 'kubernetes']),
    ...described,
    nodes: list(
      z.strictObject({
        node: id,
        roles: list(
          z.enum([
            'master',
            'proxy',
            'management',
            'worker',
            'boot',
            'etcd',
            'vulnerability-advisor',
          ]),
        ),
        addresses: list(ipAddress)
          .exactOptional()
          .describe(
            'The addresses that the node is known by in the cluster; its first address when absent.',
          ),
      }),
    ),
    podCidrs: list(cidr),
    serviceCidrs: list(cidr),
    nodePortRange: z
      .strictObject({ from: port, to: port })
      .exactOptional()
      .describe('30000–32767 when absent.'),
    kubeProxyMode: z
      .enum(['iptables', 'ipvs', 'ebpf'])
      .exactOptional()
      .describe('iptables when absent.'),
    calico: z
      .strictObject({
        ipPools: list(ipPool)
          .exactOptional()
          .describe(
            'Pools that pods are addressed from; the pod CIDRs with IP-in-IP always and natOutgoing when absent.',
          ),
        mtu: mtuBytes
          .exactOptional()
          .describe(
            "Bytes, of pod and tunnel interfaces; derived from the nodes' links when absent.",
          ),
        blocks: list(z.strictObject({ node: id, cidr }))
          .exactOptional()
          .describe('Blocks given to nodes; allotted in node order from the pools when absent.'),
      })
      .exactOptional(),
    namespaces: list(
      z.strictObject({ name: objectName, labels: labels.exactOptional() }),
    ).exactOptional(),
    dns: z
      .strictObject({
        domain: hostName.exactOptional().describe('cluster.local when absent.'),
        service: id.describe(
          'The service that pods find as their resolver. Its pods answer for the cluster domain.',
        ),
        forwarders: list(ipAddress)
          .exactOptional()
          .describe(
            'Servers for all other names; the resolvers of the node that the DNS pod runs on when absent.',
          ),
      })
      .exactOptional(),
    ingressController: z
      .strictObject(controller)
      .exactOptional()
      .describe(
        'Serves the ingresses that name no class, and those whose class is that of no other controller.',
      ),
    otherIngressControllers: list(
      z.strictObject({
        ...controller,
        classes: list(ingressClass).describe('The ingress classes that it serves, and no others.'),
      }),
    )
      .exactOptional()
      .describe('Such as the private ALB of IKS.'),
  })
  .meta({ id: 'cluster', description: 'A Kubernetes cluster.' });

export const workload = z
  .strictObject({
    id,
    kind: z.enum([
      'deployment',
      'stateful-set',
      'daemon-set',
      'replica-set',
      'job',
      'cron-job',
      'pod',
    ]),
    ...described,
    cluster: id,
    namespace: objectName,
    labels: labels.exactOptional().describe('Labels of its pods.'),
    hostNetwork: z
      .boolean()
      .exactOptional()
      .describe("Whether the pods use their nodes' addresses; false when absent."),
    ports: list(
      z.strictObject({
        name: portName.exactOptional(),
        port,
        protocol,
      }),
    )
      .exactOptional()
      .describe('Container ports: what the pods listen on.'),
    pods: list(
      z.strictObject({
        id,
        name: objectName
          .exactOptional()
          .describe(
            'Its name in Kubernetes, by which a stateful set is found in DNS; its id when absent.',
          ),
        node: id,
        addresses: list(ipAddress).exactOptional().describe("Absent with hostNetwork: the node's."),
        state: z
          .enum(['ready', 'not-ready', 'terminating', 'terminating-serving'])
          .exactOptional()
          .describe(
            'ready when absent. terminating-serving: still answers while it shuts down (KEP-1669).',
          ),
      }),
    ),
  })
  .meta({ id: 'workload', description: 'What runs pods, and the pods.' });

export const service = z
  .strictObject({
    id,
    type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']),
    ...described,
    cluster: id,
    namespace: objectName,
    clusterIps: list(ipAddress)
      .exactOptional()
      .describe('Absent on a headless service and on ExternalName.'),
    headless: z.boolean().exactOptional(),
    externalName: externalName.exactOptional(),
    selector: labels.exactOptional(),
    ports: list(
      z.strictObject({
        name: freeText(1, 63).exactOptional(),
        port,
        protocol,
        targetPort: portOrName.exactOptional().describe('The port itself when absent.'),
        nodePort: port.exactOptional(),
      }),
    ).exactOptional(),
    endpoints: list(z.strictObject({ address: ipAddress, port }))
      .exactOptional()
      .describe('Endpoints of a service without selector.'),
    externalIps: list(ipAddress).exactOptional(),
    loadBalancerIps: list(ipAddress).exactOptional(),
    loadBalancerSourceRanges: list(cidr).exactOptional(),
    externalTrafficPolicy: z
      .enum(['Cluster', 'Local'])
      .exactOptional()
      .describe('Cluster when absent.'),
    internalTrafficPolicy: z
      .enum(['Cluster', 'Local'])
      .exactOptional()
      .describe('Cluster when absent.'),
    sessionAffinity: z.enum(['None', 'ClientIP']).exactOptional().describe('None when absent.'),
    publishNotReadyAddresses: z.boolean().exactOptional(),
  })
  .meta({ id: 'service', description: 'A Kubernetes service.' });

const backend = z.strictObject({ service: objectName, port: portOrName }).meta({
  id: 'ingress-backend',
  description: "A service of the ingress's namespace, by its name or, where it has none, its id.",
});

export const ingress = z
  .strictObject({
    id,
    ...described,
    cluster: id,
    namespace: objectName,
    className: ingressClass.exactOptional(),
    rules: list(
      z.strictObject({
        host: hostPattern.exactOptional().describe('Every host when absent.'),
        paths: list(
          z.strictObject({
            path: freeText(1, 2048),
            pathType: z.enum(['Exact', 'Prefix', 'ImplementationSpecific']),
            backend,
          }),
        ),
      }),
    ),
    defaultBackend: backend.exactOptional(),
    tls: list(z.strictObject({ hosts: list(hostPattern).exactOptional() })).exactOptional(),
    tlsPassthrough: z
      .boolean()
      .exactOptional()
      .describe('Whether the controller hands the TLS connection on as it is; false when absent.'),
  })
  .meta({ id: 'ingress', description: 'A Kubernetes ingress.' });
