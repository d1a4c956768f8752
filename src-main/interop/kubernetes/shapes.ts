/**
 * The parts of Kubernetes' objects that an import reads, in all the versions that have been in use since 2017. What is not
 * named here passes; `null` stands for absent, as in Kubernetes' own API.
 */
import { z } from 'zod';
import { formatPath, showValue } from '../../model/issue.ts';
import type { Manifest, ManifestIssue } from './manifests.ts';

/** Kubernetes' API takes `null` for absent. */
export const isAbsent = (value: unknown): value is null | undefined =>
  value === null || value === undefined;

const text = z.string({ error: 'a text' });
const texts = z.record(z.string(), text, { error: 'a map of texts' });
const port = z
  .int({ error: 'a port from 1 to 65535' })
  .min(1, { error: 'a port from 1 to 65535' })
  .max(65535, { error: 'a port from 1 to 65535' });
const portOrName = z.union([port, text], { error: 'a port from 1 to 65535, or a name' });
const count = z.int({ error: 'a whole number' }).min(0, { error: '0 or more' });
const flag = z.boolean({ error: 'true or false' });
const list = <T extends z.ZodType>(of: T) => z.array(of, { error: 'a list' }).nullish();
const map = <T extends z.ZodRawShape>(shape: T) => z.looseObject(shape, { error: 'a map' });

const meta = map({
  labels: texts.nullish(),
  annotations: texts.nullish(),
  deletionTimestamp: text.nullish(),
  ownerReferences: list(map({ kind: text, name: text })),
});

const protocol = z.enum(['TCP', 'UDP', 'SCTP'], { error: 'TCP, UDP or SCTP' }).nullish();

const container = map({
  name: text.nullish(),
  image: text.nullish(),
  ports: list(
    map({ name: text.nullish(), containerPort: port, protocol, hostPort: count.nullish() }),
  ),
});
export const podSpec = map({
  hostNetwork: flag.nullish(),
  nodeName: text.nullish(),
  nodeSelector: texts.nullish(),
  containers: list(container),
});
const template = map({ metadata: meta.nullish(), spec: podSpec });
export type PodTemplate = z.infer<typeof template>;

export const pod = map({
  metadata: meta,
  spec: podSpec,
  status: map({
    phase: text.nullish(),
    podIP: text.nullish(),
    podIPs: list(map({ ip: text })),
    conditions: list(map({ type: text, status: text })),
  }).nullish(),
});

export const workload = map({
  metadata: meta,
  spec: map({
    replicas: count.nullish(),
    parallelism: count.nullish(),
    completions: count.nullish(),
    suspend: flag.nullish(),
    template,
  }),
});
export const cronJob = map({
  metadata: meta,
  spec: map({
    suspend: flag.nullish(),
    jobTemplate: map({ spec: workload.shape.spec }),
  }),
});

export const namespace = map({ metadata: meta });

export const node = map({
  metadata: meta,
  spec: map({ podCIDR: text.nullish(), podCIDRs: list(text) }).nullish(),
  status: map({ addresses: list(map({ type: text, address: text })) }).nullish(),
});

export const service = map({
  metadata: meta,
  spec: map({
    type: z
      .enum(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'], {
        error: 'ClusterIP, NodePort, LoadBalancer or ExternalName',
      })
      .nullish(),
    clusterIP: text.nullish(),
    clusterIPs: list(text),
    externalName: text.nullish(),
    selector: texts.nullish(),
    ports: list(
      map({
        name: text.nullish(),
        port,
        protocol,
        targetPort: portOrName.nullish(),
        nodePort: count.nullish(),
      }),
    ),
    externalIPs: list(text),
    loadBalancerIP: text.nullish(),
    loadBalancerSourceRanges: list(text),
    externalTrafficPolicy: z
      .enum(['Cluster', 'Local', 'Global'], { error: 'Cluster or Local' })
      .nullish(),
    internalTrafficPolicy: z.enum(['Cluster', 'Local'], { error: 'Cluster or Local' }).nullish(),
    sessionAffinity: z.enum(['None', 'ClientIP'], { error: 'None or ClientIP' }).nullish(),
    publishNotReadyAddresses: flag.nullish(),
  }),
  status: map({
    loadBalancer: map({
      ingress: list(map({ ip: text.nullish(), hostname: text.nullish() })),
    }).nullish(),
  }).nullish(),
});

export const endpoints = map({
  metadata: meta,
  subsets: list(
    map({
      addresses: list(map({ ip: text })),
      ports: list(map({ name: text.nullish(), port, protocol })),
    }),
  ),
});
export const endpointSlice = map({
  metadata: meta,
  endpoints: list(
    map({
      addresses: list(text),
      conditions: map({ ready: flag.nullish() }).nullish(),
    }),
  ),
  ports: list(map({ name: text.nullish(), port: port.nullish(), protocol })),
});

/** `networking.k8s.io/v1`, and `v1beta1` and `extensions/v1beta1` with the service's name and port beside each other. */
const backend = map({
  service: map({
    name: text,
    port: map({ number: port.nullish(), name: text.nullish() }).nullish(),
  }).nullish(),
  serviceName: text.nullish(),
  servicePort: portOrName.nullish(),
});
export type IngressBackendShape = z.infer<typeof backend>;
export const ingress = map({
  metadata: meta,
  spec: map({
    ingressClassName: text.nullish(),
    defaultBackend: backend.nullish(),
    backend: backend.nullish(),
    tls: list(map({ hosts: list(text) })),
    rules: list(
      map({
        host: text.nullish(),
        http: map({
          paths: list(map({ path: text.nullish(), pathType: text.nullish(), backend })),
        }).nullish(),
      }),
    ),
  }),
});

const labelSelector = map({
  matchLabels: texts.nullish(),
  matchExpressions: list(
    map({
      key: text,
      operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist'], {
        error: 'In, NotIn, Exists or DoesNotExist',
      }),
      values: list(text),
    }),
  ),
});
export type LabelSelectorShape = z.infer<typeof labelSelector>;
const peers = list(
  map({
    podSelector: labelSelector.nullish(),
    namespaceSelector: labelSelector.nullish(),
    ipBlock: map({ cidr: text, except: list(text) }).nullish(),
  }),
);
export type PolicyPeerShape = NonNullable<z.infer<typeof peers>>[number];
const policyPorts = list(map({ protocol, port: portOrName.nullish(), endPort: port.nullish() }));
export type PolicyPortShape = NonNullable<z.infer<typeof policyPorts>>[number];
export const networkPolicy = map({
  metadata: meta,
  spec: map({
    podSelector: labelSelector.nullish(),
    policyTypes: list(z.enum(['Ingress', 'Egress'], { error: 'Ingress or Egress' })),
    ingress: list(map({ from: peers, ports: policyPorts })),
    egress: list(map({ to: peers, ports: policyPorts })),
  }),
});

const mode = z.enum(['Always', 'CrossSubnet', 'Never'], { error: 'Always, CrossSubnet or Never' });
export const ipPool = map({
  metadata: meta,
  spec: map({
    cidr: text,
    ipipMode: mode.nullish(),
    /** Up to Calico v2. */
    ipip: map({ enabled: flag.nullish(), mode: text.nullish() }).nullish(),
    vxlanMode: mode.nullish(),
    natOutgoing: flag.nullish(),
    'nat-outgoing': flag.nullish(),
    disabled: flag.nullish(),
    blockSize: count.nullish(),
    nodeSelector: text.nullish(),
  }),
});

/** The object as its shape has it, or undefined with what is wrong. */
export function shaped<T extends z.ZodType>(
  manifest: Manifest,
  shape: T,
  issues: ManifestIssue[],
): z.output<T> | undefined {
  const parsed = shape.safeParse(manifest.value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    const value = path.reduce<unknown>(
      (at, part) => (at as Record<string, unknown> | undefined)?.[part],
      manifest.value,
    );
    const found = value === undefined ? 'is missing' : `is ${showValue(value)}`;
    const { kind, name, file } = manifest;
    issues.push({
      file,
      line: manifest.lineOf(path),
      text: `${kind} ${name}: ${formatPath(path)} ${found}: expected ${issue.message}`,
    });
  }
  return undefined;
}
