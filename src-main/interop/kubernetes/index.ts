import type { Cluster, Design } from '../../model/design.ts';
import { collections, entityKinds, type EntityKind } from '../../model/ids.ts';
import { ip } from '../../model/ip.ts';
import { issueSentence, type DesignIssue } from '../../model/issue.ts';
import { parseDesign } from '../../model/validate.ts';
import { PodAddresses } from './addresses.ts';
import { drawnBase, generatedBase, usualOptions, type Base, type ClusterOptions } from './base.ts';
import { importCalicoPolicies, importHostEndpoints, importPools } from './calico.ts';
import { EntityIds } from './entity-ids.ts';
import { importIngresses } from './ingresses.ts';
import {
  readManifests,
  titleOf,
  type Manifest,
  type ManifestFile,
  type ManifestIssue,
  type Remark,
} from './manifests.ts';
import { Notes } from './notes.ts';
import { Placement } from './placement.ts';
import { importPolicies, isCalico } from './policies.ts';
import { importServices } from './services.ts';
import { namespace as namespaceShape, shaped } from './shapes.ts';
import { addressesInUse, importWorkloads, isWorkload, type ImportedWorkload } from './workloads.ts';

export { usualOptions, type ClusterOptions } from './base.ts';
export type { ManifestFile, ManifestIssue, Remark } from './manifests.ts';

/** A cluster of a design that the objects are put into. */
export interface Target {
  readonly design: Design;
  readonly cluster: Cluster;
}

export type KubernetesImport =
  | {
      readonly ok: true;
      readonly design: Design;
      /** Objects that became part of the design, by their kind. */
      readonly imported: Readonly<Record<string, number>>;
      readonly remarks: readonly Remark[];
      readonly assumptions: readonly string[];
    }
  | { readonly ok: false; readonly issues: readonly ManifestIssue[] };

/**
 * A design of Kubernetes manifests: into a cluster that is drawn, or into one that is made for them. The same manifests
 * give the same design. What has no part in it is listed with its place.
 */
export function importKubernetes(
  files: readonly ManifestFile[],
  options: Partial<ClusterOptions> = {},
  target?: Target,
): KubernetesImport {
  const read = readManifests(files);
  const notes = new Notes();
  notes.issues.push(...read.issues);
  notes.remarks.push(...read.remarks);
  const { manifests } = read;
  const ids = new EntityIds(target ? idsOf(target.design) : []);
  const base = target
    ? drawnBase(target.design, target.cluster)
    : generatedBase(manifests, { ...usualOptions, ...options }, ids, notes);
  if (target) tellNodes(manifests, notes);
  const made = convert(manifests, base, ids, notes, target !== undefined);
  if (notes.issues.length > 0) return { ok: false, issues: notes.issues };
  const parsed = parseDesign(made.design);
  if (!parsed.ok) return { ok: false, issues: parsed.issues.map((issue) => placed(issue, made)) };
  return {
    ok: true,
    design: parsed.value,
    imported: made.imported,
    remarks: notes.remarks.toSorted(byPlace),
    assumptions: notes.assumptions,
  };
}

const byPlace = (a: Remark, b: Remark) =>
  a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;

function* idsOf(design: Design): Generator<readonly [string, string]> {
  for (const kind of entityKinds) {
    for (const { id } of design[collections[kind]] ?? []) yield [kind, id];
  }
  for (const { pods } of design.workloads ?? []) for (const { id } of pods) yield ['pod', id];
}

function tellNodes(manifests: readonly Manifest[], notes: Notes): void {
  for (const manifest of manifests) {
    if (manifest.kind !== 'Node') continue;
    notes.leaveOut(manifest, [], "not used: the design's own nodes take the pods");
  }
}

interface Made {
  readonly design: Design;
  readonly imported: Readonly<Record<string, number>>;
  /** The manifest that an entity came from. */
  readonly sources: ReadonlyMap<string, Manifest>;
}

function convert(
  manifests: readonly Manifest[],
  { design, cluster, places, blocks }: Base,
  ids: EntityIds,
  notes: Notes,
  isDrawn: boolean,
): Made {
  const placement = new Placement(places);
  const pools = importPools(manifests, notes);
  const podCidrs =
    !isDrawn && pools.length > 0
      ? pools.filter(({ disabled }) => disabled !== true).map(({ cidr }) => cidr)
      : cluster.podCidrs;
  if (isDrawn && pools.length > 0) {
    for (const manifest of manifests.filter(({ kind }) => kind === 'IPPool')) {
      notes.leaveOut(manifest, [], `not used: cluster ${cluster.id} has pools of its own`);
    }
  }
  if (!isDrawn && pools.length === 0) {
    notes.assume('Calico with IP-in-IP and natOutgoing: there is no IPPool among the manifests');
  }
  const used = new Set([...addressesInUse(manifests), ...podAddresses(design)]);
  const addresses = new PodAddresses(podCidrs, used, blocks);
  const context = { cluster: cluster.id, ids, notes };
  const workloads = importWorkloads(manifests, { ...context, placement, addresses });
  const services = importServices(manifests, {
    ...context,
    serviceCidrs: cluster.serviceCidrs,
    nodePortRange: cluster.nodePortRange,
    usedAddresses: new Set(
      (design.services ?? []).flatMap(({ clusterIps }) =>
        (clusterIps ?? []).map((text) => ip(text).text),
      ),
    ),
    usedNodePorts: new Set(
      (design.services ?? []).flatMap(({ ports }) =>
        (ports ?? []).flatMap(({ nodePort }) => nodePort ?? []),
      ),
    ),
  });
  const ingresses = importIngresses(manifests, context);
  const policies = importPolicies(manifests, context);
  const calicoPolicies = importCalicoPolicies(manifests, context);
  const hostEndpoints = importHostEndpoints(manifests, { ...context, placement });
  tellOthers(manifests, notes);
  const dns = services.find(
    ({ service }) => service.selector?.['k8s-app'] === 'kube-dns' && service.clusterIps,
  );
  const sources = new Map<string, Manifest>();
  const note = (kind: EntityKind, id: string, manifest: Manifest) =>
    sources.set(`${kind} ${id}`, manifest);
  for (const { workload, manifest } of workloads) note('workload', workload.id, manifest);
  for (const { service, manifest } of services) note('service', service.id, manifest);
  for (const { ingress, manifest } of ingresses) note('ingress', ingress.id, manifest);
  for (const { policy, manifest } of policies) note('network-policy', policy.id, manifest);
  for (const { policy, manifest } of calicoPolicies) note('calico-policy', policy.id, manifest);
  for (const { endpoint, manifest } of hostEndpoints) note('host-endpoint', endpoint.id, manifest);
  const calico = {
    ...cluster.calico,
    ...(isDrawn || pools.length === 0 ? {} : { ipPools: pools }),
  };
  const controllers = cluster.ingressController ? {} : controllersOf(manifests, workloads, notes);
  const namespaces = namespacesOf(manifests, cluster, notes);
  const changed: Cluster = {
    ...cluster,
    podCidrs,
    calico: { ...calico, ...(addresses.blocks.length > 0 ? { blocks: addresses.blocks } : {}) },
    ...(namespaces.length > 0 ? { namespaces } : {}),
    ...(cluster.dns || !dns ? {} : { dns: { service: dns.service.id } }),
    ...controllers,
  };
  const others = (design.clusters ?? []).filter(({ id }) => id !== cluster.id);
  return {
    design: {
      ...design,
      clusters: [...others, changed],
      workloads: [...(design.workloads ?? []), ...workloads.map(({ workload }) => workload)],
      services: [...(design.services ?? []), ...services.map(({ service }) => service)],
      ingresses: [...(design.ingresses ?? []), ...ingresses.map(({ ingress }) => ingress)],
      networkPolicies: [...(design.networkPolicies ?? []), ...policies.map(({ policy }) => policy)],
      calicoPolicies: [
        ...(design.calicoPolicies ?? []),
        ...calicoPolicies.map(({ policy }) => policy),
      ],
      hostEndpoints: [
        ...(design.hostEndpoints ?? []),
        ...hostEndpoints.map(({ endpoint }) => endpoint),
      ],
    },
    imported: {
      workloads: workloads.length,
      pods: workloads.reduce((sum, { workload }) => sum + workload.pods.length, 0),
      services: services.length,
      ingresses: ingresses.length,
      'network policies': policies.length,
      'Calico policies': calicoPolicies.length,
      'host endpoints': hostEndpoints.length,
    },
    sources,
  };
}

const podAddresses = (design: Design): string[] =>
  (design.workloads ?? []).flatMap(({ pods }) =>
    pods.flatMap(({ addresses }) => (addresses ?? []).map((text) => ip(text).text)),
  );

/** Namespaces of the cluster, of the manifests, and those that something is in. */
function namespacesOf(manifests: readonly Manifest[], cluster: Cluster, notes: Notes) {
  const found = new Map(cluster.namespaces?.map((one) => [one.name, one]));
  for (const manifest of manifests) {
    if (manifest.kind === 'Namespace') {
      const labels = shaped(manifest, namespaceShape, notes.issues)?.metadata.labels;
      const has = labels && Object.keys(labels).length > 0;
      found.set(manifest.name, { name: manifest.name, ...(has ? { labels } : {}) });
    } else if (isUsed(manifest) && manifest.namespace !== '' && !found.has(manifest.namespace)) {
      found.set(manifest.namespace, { name: manifest.namespace });
    }
  }
  return [...found.values()];
}

/** Programs that serve ingresses, by what their images are called. */
const controllerImage =
  /(ingress-nginx|nginx-ingress|nginx\/nginx-ingress|traefik|haproxy-ingress|kubernetes-ingress|contour|ingress-controller|kong)/i;

function controllersOf(
  manifests: readonly Manifest[],
  workloads: readonly ImportedWorkload[],
  notes: Notes,
): Pick<Cluster, 'ingressController' | 'otherIngressControllers'> {
  if (!manifests.some(({ kind }) => kind === 'Ingress')) return {};
  const [first, ...more] = workloads.filter(({ images }) =>
    images.some((image) => controllerImage.test(image)),
  );
  if (!first) return {};
  notes.assume(`${titleOf(first.manifest)} is the ingress controller, by its image`);
  for (const { manifest } of more) {
    notes.leaveOut(
      manifest,
      [],
      'looks like one more ingress controller: it is a workload like any other here',
    );
  }
  const portOf = (name: string, usual: number) =>
    first.workload.ports?.find((port) => port.name === name)?.port ?? usual;
  return {
    ingressController: {
      workload: first.workload.id,
      httpPort: portOf('http', portOf('web', 80)),
      httpsPort: portOf('https', portOf('websecure', 443)),
    },
  };
}

const usedKinds = new Set(['Service', 'Ingress', 'NetworkPolicy', 'Endpoints', 'EndpointSlice']);
const calicoKinds = new Set(['NetworkPolicy', 'GlobalNetworkPolicy', 'IPPool', 'HostEndpoint']);
const isUsed = (manifest: Manifest): boolean =>
  isCalico(manifest)
    ? calicoKinds.has(manifest.kind)
    : isWorkload(manifest) ||
      usedKinds.has(manifest.kind) ||
      ['Namespace', 'Node'].includes(manifest.kind);

/** Kinds that send and receive nothing. */
const silentKinds =
  /^(ConfigMap|Secret|ServiceAccount|(Cluster)?Role(Binding)?|PersistentVolume(Claim)?|StorageClass|CustomResourceDefinition|PodDisruptionBudget|LimitRange|ResourceQuota|PriorityClass|Certificate|Issuer|ClusterIssuer|ServiceMonitor|PodMonitor|PrometheusRule|Lease|Event)$/;

function tellOthers(manifests: readonly Manifest[], notes: Notes): void {
  for (const manifest of manifests) {
    if (isUsed(manifest)) continue;
    const { kind, apiVersion } = manifest;
    notes.leaveOut(
      manifest,
      [],
      silentKinds.test(kind)
        ? `not used: a ${kind} sends and receives nothing`
        : kind === 'HorizontalPodAutoscaler'
          ? 'not used: the number of pods is that of the workload'
          : `not used: ${apiVersion} ${kind} is not known here`,
    );
  }
}

/** An issue of the design as one of the manifest that its entity came from. */
function placed(issue: DesignIssue, { design, sources }: Made): ManifestIssue {
  const [collection, at] = issue.segments;
  const kind = entityKinds.find((one) => collections[one] === collection);
  const entity = kind && typeof at === 'number' ? design[collections[kind]]?.[at] : undefined;
  const manifest = entity && sources.get(`${kind} ${entity.id}`);
  const sentence = issueSentence(issue);
  if (!manifest) return { file: '', line: 1, text: sentence };
  const { file } = manifest;
  const inside = issue.segments.slice(2);
  const line = manifest.lineOf(['spec', ...inside]);
  return { file, line, text: `${titleOf(manifest)}: ${sentence}` };
}
