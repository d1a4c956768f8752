import type { Pod, Workload } from '../../model/design.ts';
import type { PodAddresses } from './addresses.ts';
import { canonical } from './addresses.ts';
import type { EntityIds } from './entity-ids.ts';
import { titleOf, type Manifest } from './manifests.ts';
import type { Notes } from './notes.ts';
import type { Placement } from './placement.ts';
import {
  isAbsent,
  cronJob as cronJobShape,
  pod as podShape,
  shaped,
  workload as workloadShape,
  type PodTemplate,
} from './shapes.ts';

const kinds: Readonly<Record<string, Workload['kind']>> = {
  Deployment: 'deployment',
  StatefulSet: 'stateful-set',
  DaemonSet: 'daemon-set',
  ReplicaSet: 'replica-set',
  Job: 'job',
  CronJob: 'cron-job',
  Pod: 'pod',
};
export const isWorkload = ({ kind }: Manifest): boolean => Object.hasOwn(kinds, kind);

/** What a workload becomes, with the images of its pods, by which ingress controllers are known. */
export interface ImportedWorkload {
  readonly manifest: Manifest;
  readonly workload: Workload;
  readonly images: readonly string[];
}

export interface WorkloadContext {
  readonly cluster: string;
  readonly ids: EntityIds;
  readonly notes: Notes;
  readonly placement: Placement;
  readonly addresses: PodAddresses;
}

/** Workloads with their pods placed and addressed. What belongs to a controller that is there as well comes with it. */
export function importWorkloads(
  manifests: readonly Manifest[],
  context: WorkloadContext,
): ImportedWorkload[] {
  const names = new Set(manifests.map(titleOf));
  const running = new Map<string, Manifest[]>();
  const own: Manifest[] = [];
  for (const manifest of manifests.filter(isWorkload)) {
    const owner = topOwner(manifest, manifests, names);
    if (owner === undefined) own.push(manifest);
    else if (manifest.kind === 'Pod') running.set(owner, [...(running.get(owner) ?? []), manifest]);
  }
  return own.flatMap((manifest) => {
    const pods = running.get(titleOf(manifest)) ?? [];
    return importWorkload(manifest, pods, context) ?? [];
  });
}

/** Title of the outermost controller of the object that is among the manifests; undefined where there is none. */
function topOwner(
  manifest: Manifest,
  manifests: readonly Manifest[],
  names: ReadonlySet<string>,
): string | undefined {
  const { metadata } = manifest.value;
  const references = (metadata as { ownerReferences?: unknown } | undefined)?.ownerReferences;
  for (const reference of Array.isArray(references) ? references : []) {
    const { kind, name } = reference as { kind?: unknown; name?: unknown };
    const title = `${String(kind)} ${manifest.namespace}/${String(name)}`;
    if (!names.has(title)) continue;
    const owner = manifests.find((one) => titleOf(one) === title);
    return (owner && topOwner(owner, manifests, names)) ?? title;
  }
  return undefined;
}

function importWorkload(
  manifest: Manifest,
  running: readonly Manifest[],
  context: WorkloadContext,
): ImportedWorkload | undefined {
  const { notes, ids } = context;
  const plan = planOf(manifest, notes);
  if (!plan) return undefined;
  const { template, path } = plan;
  tellUnused(manifest, template, path, notes);
  const { spec, metadata } = template;
  const kind = kinds[manifest.kind] ?? 'pod';
  const id = ids.give('workload', manifest.namespace, manifest.name);
  const ports = (spec.containers ?? []).flatMap((container) =>
    (container.ports ?? []).map(({ name, containerPort, protocol }) => ({
      ...(isAbsent(name) ? {} : { name }),
      port: containerPort,
      ...(isAbsent(protocol) ? {} : { protocol }),
    })),
  );
  const labels = metadata?.labels ?? {};
  const isHost = spec.hostNetwork === true;
  const live = running.length > 0 ? running : manifest.kind === 'Pod' ? [manifest] : [];
  const workload: Workload = {
    id,
    kind,
    ...(id === manifest.name ? {} : { name: manifest.name }),
    cluster: context.cluster,
    namespace: manifest.namespace,
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(isHost ? { hostNetwork: true } : {}),
    ...(ports.length > 0 ? { ports } : {}),
    pods:
      live.length > 0
        ? live.flatMap((pod) => livePod(pod, id, kind, isHost, context))
        : plannedPods(manifest, plan, id, kind, isHost, context),
  };
  const images = (spec.containers ?? []).flatMap(({ image }) => image ?? []);
  return { manifest, workload, images };
}

interface Plan {
  readonly template: PodTemplate;
  /** Where the template stands. */
  readonly path: readonly string[];
  readonly count: number;
}

function planOf(manifest: Manifest, notes: Notes): Plan | undefined {
  if (manifest.kind === 'Pod') {
    const shape = shaped(manifest, podShape, notes.issues);
    return (
      shape && { template: { metadata: shape.metadata, spec: shape.spec }, path: [], count: 1 }
    );
  }
  if (manifest.kind === 'CronJob') {
    const shape = shaped(manifest, cronJobShape, notes.issues);
    if (!shape) return undefined;
    const { suspend, jobTemplate } = shape.spec;
    return {
      template: jobTemplate.spec.template,
      path: ['spec', 'jobTemplate', 'spec', 'template'],
      count: suspend === true ? 0 : (jobTemplate.spec.parallelism ?? 1),
    };
  }
  const shape = shaped(manifest, workloadShape, notes.issues);
  if (!shape) return undefined;
  const { spec } = shape;
  const isJob = manifest.kind === 'Job';
  return {
    template: spec.template,
    path: ['spec', 'template'],
    count: isJob ? (spec.suspend === true ? 0 : (spec.parallelism ?? 1)) : (spec.replicas ?? 1),
  };
}

/** Settings of a pod that change what its packets do, and that a design has no place for. */
const unusedPodFields: Readonly<Record<string, string>> = {
  dnsPolicy: 'dnsPolicy is not carried over: pods ask the cluster DNS',
  dnsConfig:
    'dnsConfig is not carried over: pods ask the cluster DNS with the usual search domains',
  hostAliases: 'hostAliases are not carried over: names are looked up in the DNS',
  affinity: 'affinity is not looked at when pods are placed',
  topologySpreadConstraints: 'topologySpreadConstraints are not looked at: pods are spread evenly',
  tolerations: 'tolerations are not looked at when pods are placed',
};
const harmless = new Set(['tolerations']);

function tellUnused(
  manifest: Manifest,
  { spec }: PodTemplate,
  path: readonly string[],
  notes: Notes,
): void {
  const base = [...path, 'spec'];
  for (const [key, text] of Object.entries(unusedPodFields)) {
    const value: unknown = spec[key];
    if (isAbsent(value) || harmless.has(key)) continue;
    if (key === 'dnsPolicy' && value === 'ClusterFirst') continue;
    notes.leaveOut(manifest, [...base, key], text);
  }
  spec.containers?.forEach((container, at) =>
    container.ports?.forEach(({ hostPort }, index) => {
      if (isAbsent(hostPort) || hostPort === 0 || spec.hostNetwork === true) return;
      const place = [...base, 'containers', at, 'ports', index, 'hostPort'];
      notes.leaveOut(
        manifest,
        place,
        `host port ${hostPort} is not carried over: nothing on the node leads to the pod`,
      );
    }),
  );
}

function plannedPods(
  manifest: Manifest,
  { template, path, count }: Plan,
  id: string,
  kind: Workload['kind'],
  isHost: boolean,
  { placement, notes, ids, addresses }: WorkloadContext,
): Pod[] {
  const { nodeName } = template.spec;
  const selector = knownLabels(manifest, template, path, placement, notes);
  const named = isAbsent(nodeName) ? undefined : placement.byName(nodeName);
  if (!isAbsent(nodeName) && named === undefined) {
    notes.leaveOut(
      manifest,
      [...path, 'spec', 'nodeName'],
      `there is no node ${nodeName}: pods are placed freely`,
    );
  }
  const nodes =
    named !== undefined
      ? [named]
      : kind === 'daemon-set'
        ? placement.all(selector)
        : Array.from({ length: count }, () => placement.next(selector)).filter(
            (node) => node !== undefined,
          );
  if (nodes.length === 0 && count > 0) {
    notes.leaveOut(manifest, path, 'no node fits its pods: it has none');
  }
  return nodes.flatMap((node, at) => {
    const name = kind === 'stateful-set' ? `${manifest.name}-${at}` : undefined;
    const podId = ids.give('pod', '', name === undefined ? `${id}-${at + 1}` : `${id}-${at}`);
    const common = {
      id: podId,
      ...(name === undefined || name === podId ? {} : { name }),
      node,
    };
    if (isHost) return [common];
    const given = addresses.give(node);
    if (given) return [{ ...common, addresses: given }];
    notes.fault(
      manifest,
      path,
      `no address is left for its pod on ${node}: expected larger pod ranges`,
    );
    return [];
  });
}

/** Of a node selector what the nodes' labels can be held against. */
function knownLabels(
  manifest: Manifest,
  { spec }: PodTemplate,
  path: readonly string[],
  placement: Placement,
  notes: Notes,
): Readonly<Record<string, string>> {
  const wanted = Object.entries(spec.nodeSelector ?? {});
  const known = wanted.filter(([key]) => placement.knows(key));
  for (const [key] of wanted.filter(([label]) => !placement.knows(label))) {
    notes.leaveOut(
      manifest,
      [...path, 'spec', 'nodeSelector', key],
      `no node has a label ${key}: the selector is not looked at`,
    );
  }
  return Object.fromEntries(known);
}

/** A pod as a cluster had it: on its node, with its address and state. */
function livePod(
  manifest: Manifest,
  workload: string,
  kind: Workload['kind'],
  isHost: boolean,
  { placement, notes, ids, addresses }: WorkloadContext,
): Pod[] {
  const shape = shaped(manifest, podShape, notes.issues);
  if (!shape) return [];
  const { spec, status, metadata } = shape;
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return [];
  const named = isAbsent(spec.nodeName) ? undefined : placement.byName(spec.nodeName);
  if (!isAbsent(spec.nodeName) && named === undefined) {
    notes.leaveOut(
      manifest,
      ['spec', 'nodeName'],
      `there is no node ${spec.nodeName}: the pod is placed freely`,
    );
  }
  if (named !== undefined) placement.note(named);
  const node = named ?? placement.next({});
  if (node === undefined) return [];
  const id = ids.give('pod', manifest.namespace, kind === 'pod' ? workload : manifest.name);
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const isReady = ready === undefined || ready.status === 'True';
  const state = !isAbsent(metadata.deletionTimestamp)
    ? isReady
      ? ('terminating-serving' as const)
      : ('terminating' as const)
    : isReady
      ? undefined
      : ('not-ready' as const);
  const texts = [status?.podIP ?? '', ...(status?.podIPs ?? []).map(({ ip }) => ip)];
  const given = [...new Set(texts.flatMap((text) => canonical(text) ?? []))];
  const found = given.length > 0 ? given : addresses.give(node);
  if (!isHost && !found) {
    notes.fault(manifest, [], `no address is left for it on ${node}: expected larger pod ranges`);
    return [];
  }
  return [
    {
      id,
      ...(id === manifest.name ? {} : { name: manifest.name }),
      node,
      ...(isHost || !found ? {} : { addresses: found }),
      ...(state ? { state } : {}),
    },
  ];
}

/** Addresses that pods of the manifests have already. */
export function addressesInUse(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap(({ kind, value }) => {
    if (kind !== 'Pod') return [];
    const status = value['status'] as { podIP?: unknown; podIPs?: unknown } | undefined;
    const more = Array.isArray(status?.podIPs) ? status.podIPs : [];
    const texts = [status?.podIP, ...more.map((one: { ip?: unknown } | null) => one?.ip)];
    return texts.flatMap((text) => (typeof text === 'string' ? (canonical(text) ?? []) : []));
  });
}
