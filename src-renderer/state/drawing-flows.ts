import type { BackendClient } from '../api/backend.ts';
import type { Design, Flow, FlowSource, FlowTarget, Node } from '../../src-main/contract/index.ts';
import type { Project } from './project.svelte.ts';

/** Why a thing cannot be an end of a flow. */
export type FlowRefusal =
  'itself' | 'from-place' | 'to-place' | 'nothing-in-cluster' | 'no-address';

interface Target {
  readonly to: FlowTarget;
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
}

/** Whether a flow may begin or end at a thing; the reason where it may not. */
export function flowRefusal(
  design: Design,
  from: string,
  to: string | undefined,
): FlowRefusal | undefined {
  if (to === undefined) return /^(node|pod|segment):/.test(from) ? undefined : 'from-place';
  if (from === to) return 'itself';
  const target = targetOf(design, to);
  return typeof target === 'string' ? target : undefined;
}

/** The flow that a line from one thing to another means: name, protocol and port are proposed. */
export async function drawnFlow(
  project: Project,
  backend: BackendClient,
  from: string,
  to: string,
): Promise<{ readonly flow: Flow } | { readonly refusal: FlowRefusal }> {
  const { design } = project;
  const refusal = flowRefusal(design, from, undefined) ?? flowRefusal(design, from, to);
  const target = targetOf(design, to);
  if (refusal !== undefined || typeof target === 'string') {
    return { refusal: refusal ?? (target as FlowRefusal) };
  }
  const source = await sourceOf(project, backend, from);
  if (!source) return { refusal: 'no-address' };
  const names = [from, to].map((ref) => nameOf(project, ref));
  const id = freeId(design, `${idOf(from)}-to-${idOf(to)}`);
  return { flow: { id, name: names.join(' → '), from: source, ...target } };
}

async function sourceOf(
  project: Project,
  backend: BackendClient,
  ref: string,
): Promise<FlowSource | undefined> {
  const id = idOf(ref);
  if (ref.startsWith('node:')) return { kind: 'node', node: id };
  if (ref.startsWith('pod:')) return { kind: 'pod', pod: id };
  // A host that the design does not draw: it takes an address that is free.
  const answer = await backend.call('project.nextFree', {
    project: project.state.project,
    segment: id,
  });
  const next = answer.ok ? answer.value.subnets.find((subnet) => subnet.next)?.next : undefined;
  const address = next?.split('/')[0];
  return address === undefined ? undefined : { kind: 'address', address, segment: id };
}

function targetOf(design: Design, ref: string): Target | FlowRefusal {
  const id = idOf(ref);
  if (ref.startsWith('node:')) {
    const node = design.nodes?.find((one) => one.id === id);
    return (node && (publishedBy(node) ?? listenedBy(node))) ?? 'to-place';
  }
  if (ref.startsWith('pod:')) {
    const workload = design.workloads?.find(({ pods }) => pods.some((pod) => pod.id === id));
    const [port] = workload?.ports ?? [];
    const to = { kind: 'pod', pod: id } as const;
    const protocol = port && transportOf(port.protocol);
    return protocol ? { to, protocol, port: port.port } : { to, protocol: 'icmp' };
  }
  return ref.startsWith('cluster:') ? clusterTarget(design, id) : 'to-place';
}

/** What a node forwards to others is what it is asked for: the address and port of its first balancer or DNAT rule. */
function publishedBy(node: Node): Target | undefined {
  if (!('loadBalancers' in node || 'nat' in node)) return undefined;
  const [balancer] = node.loadBalancers ?? [];
  if (balancer) {
    const { address, protocol, port } = balancer;
    return { to: { kind: 'address', address }, protocol, port };
  }
  for (const rule of node.nat ?? []) {
    const port = rule.kind === 'dnat' ? rule.originalPorts?.[0] : undefined;
    if (rule.kind !== 'dnat' || typeof port !== 'number' || !isAddress(rule.original)) continue;
    return {
      to: { kind: 'address', address: rule.original },
      protocol: rule.protocol ?? 'tcp',
      port,
    };
  }
  return undefined;
}

const isAddress = (match: string): boolean => /^[0-9a-f.:]+$/i.test(match) && /[.:]/.test(match);

function listenedBy(node: Node): Target {
  const { listeners = [] } = 'listeners' in node ? node : {};
  const [listener] = listeners;
  const to = { kind: 'node', node: node.id } as const;
  if (!listener) return { to, protocol: 'icmp' };
  return { to, protocol: listener.protocol, port: listener.port };
}

/** A cluster is reached by its ingress; where it has none, by its first service. */
function clusterTarget(design: Design, cluster: string): Target | FlowRefusal {
  const ingress = design.ingresses?.find((one) => one.cluster === cluster);
  const host = ingress?.rules.find((rule) => rule.host !== undefined)?.host;
  const name = host === undefined || host.startsWith('*') ? ingressAddress(design, cluster) : host;
  if (ingress && name !== undefined) {
    const path = ingress.rules.find((rule) => rule.host === host)?.paths[0]?.path ?? '/';
    const scheme = ingress.tls ? 'https' : 'http';
    return { to: { kind: 'url', url: `${scheme}://${name}${path}` } };
  }
  const service = design.services?.find((one) => one.cluster === cluster);
  const [port] = service?.ports ?? [];
  const protocol = port && transportOf(port.protocol);
  if (!service || !protocol) return 'nothing-in-cluster';
  return { to: { kind: 'service', service: service.id }, protocol, port: port.port };
}

/** An address that the ingress controller listens on, as it stands in a URL. */
function ingressAddress(design: Design, id: string): string | undefined {
  const cluster = design.clusters?.find((one) => one.id === id);
  const controller = cluster?.ingressController;
  const workload = design.workloads?.find((one) => one.id === controller?.workload);
  const pod = workload?.pods[0];
  const node = design.nodes?.find((one) => one.id === pod?.node);
  const address = node?.interfaces?.find((one) => one.addresses?.length)?.addresses?.[0];
  const plain = address?.split('/')[0];
  if (!controller || plain === undefined) return undefined;
  const host = plain.includes(':') ? `[${plain}]` : plain;
  const port = controller.httpPort ?? 80;
  return port === 80 ? host : `${host}:${port}`;
}

/** Kubernetes' name of a protocol as flows have it; TCP when it names none. */
function transportOf(protocol: string | undefined): 'tcp' | 'udp' | undefined {
  const name = (protocol ?? 'TCP').toLowerCase();
  return name === 'tcp' || name === 'udp' ? name : undefined;
}

const idOf = (ref: string): string => ref.slice(ref.indexOf(':') + 1);

function nameOf(project: Project, ref: string): string {
  const entity = project.entity(ref);
  const name = entity && 'name' in entity ? entity.name : undefined;
  return name ?? idOf(ref);
}

/** An id that no flow has: with a number where the proposed one is taken. */
function freeId(design: Design, wanted: string): string {
  const taken = new Set(design.flows?.map(({ id }) => id));
  const longest = 63;
  const base = wanted.slice(0, longest);
  if (!taken.has(base)) return base;
  for (let count = 2; ; count++) {
    const suffix = `-${count}`;
    const id = wanted.slice(0, longest - suffix.length) + suffix;
    if (!taken.has(id)) return id;
  }
}
