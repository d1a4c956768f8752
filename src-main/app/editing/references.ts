import type {
  Cluster,
  Entity,
  EntityOf,
  Flow,
  FlowSource,
  Group,
  HostEndpoint,
  Ingress,
  InstallScenario,
  Intent,
  LayoutItem,
  Link,
  Node,
  Service,
  Stretch,
  Workload,
} from '../../model/design.ts';
import { parseEntityRef, type EntityKind } from '../../model/ids.ts';

/** What becomes of a reference: another id, the same, or nothing where the thing is gone. */
export type Follow = (kind: EntityKind | 'pod', id: string) => string | undefined;

/** The same for the interfaces of nodes, named by the node's old id. */
export type FollowInterface = (node: string, item: string) => string | undefined;

/** The same for the services that an ingress leads to, by the name that it uses. */
export type FollowBackend = (ingress: Ingress, service: string) => string | undefined;

const sameInterface: FollowInterface = (_, item) => item;
const sameBackend: FollowBackend = (_, service) => service;

/** An entity with every reference in it followed; undefined where it cannot be without what is gone. */
export function followed<Kind extends EntityKind>(
  kind: Kind,
  value: EntityOf<Kind>,
  follow: Follow,
  followInterface: FollowInterface = sameInterface,
  followBackend: FollowBackend = sameBackend,
): EntityOf<Kind> | undefined {
  if (kind === 'ingress') {
    return followIngress(value as Ingress, follow, followBackend) as EntityOf<Kind> | undefined;
  }
  return followAny(kind, value, follow, followInterface) as EntityOf<Kind> | undefined;
}

function followAny(
  kind: Exclude<EntityKind, 'ingress'>,
  value: Entity,
  follow: Follow,
  followInterface: FollowInterface,
): Entity | undefined {
  switch (kind) {
    case 'site': {
      const site = value as EntityOf<'site'>;
      return optional(site, 'parent', (id) => follow('site', id));
    }
    case 'transport-zone':
      return value;
    case 'segment': {
      const segment = value as EntityOf<'segment'>;
      const placed = optional(segment, 'site', (id) => follow('site', id));
      if (placed.kind !== 'vxlan') return placed;
      const transportZone = follow('transport-zone', placed.transportZone);
      return transportZone === undefined ? undefined : { ...placed, transportZone };
    }
    case 'node':
      return followNode(value as Node, follow);
    case 'link':
      return followLink(value as Link, follow, followInterface);
    case 'stretch':
      return followStretch(value as Stretch, follow, followInterface);
    case 'cluster':
      return followCluster(value as Cluster, follow);
    case 'workload':
      return followWorkload(value as Workload, follow);
    case 'service':
      return inCluster(value as Service, follow);
    case 'network-policy':
      return inCluster(value as EntityOf<'network-policy'>, follow);
    case 'calico-policy':
      return inCluster(value as EntityOf<'calico-policy'>, follow);
    case 'host-endpoint':
      return followHostEndpoint(value as HostEndpoint, follow, followInterface);
    case 'group':
      return followGroup(value as Group, follow);
    case 'flow':
      return followFlow(value as Flow, follow);
    case 'intent':
      return followIntent(value as Intent, follow);
    case 'install-scenario':
      return followScenario(value as InstallScenario, follow);
    case 'layout':
      return followLayout(value as LayoutItem, follow);
    default:
      return kind satisfies never;
  }
}

/** An optional key: followed, or left out where what it names is gone. */
function optional<T extends object, Key extends keyof T>(
  value: T,
  key: Key,
  follow: (id: string) => string | undefined,
): T {
  const id = value[key];
  if (typeof id !== 'string') return value;
  const now = follow(id);
  if (now === id) return value;
  const { [key]: _, ...rest } = value;
  return (now === undefined ? rest : { ...value, [key]: now }) as T;
}

const ids = (list: readonly string[], follow: (id: string) => string | undefined): string[] =>
  list.flatMap((id) => follow(id) ?? []);

function followNode(node: Node, follow: Follow): Node | undefined {
  let now: Node = optional(node, 'site', (id) => follow('site', id));
  if (now.interfaces?.some(({ segment }) => segment !== undefined)) {
    const held = now.interfaces;
    const interfaces = held.map((item) => optional(item, 'segment', (id) => follow('segment', id)));
    if (interfaces.some((item, at) => item !== held[at])) now = { ...now, interfaces };
  }
  if ('runsOn' in now) now = optional(now, 'runsOn', (id) => follow('node', id));
  if (now.kind === 'distributed-router') {
    const transportZone = follow('transport-zone', now.transportZone);
    if (transportZone === now.transportZone) return now;
    return transportZone === undefined ? undefined : { ...now, transportZone };
  }
  if (now.kind === 'hypervisor' && now.transportZones) {
    const transportZones = ids(now.transportZones, (id) => follow('transport-zone', id));
    if (!isSame(transportZones, now.transportZones)) now = { ...now, transportZones };
  }
  return now;
}

function followLink(link: Link, follow: Follow, followInterface: FollowInterface) {
  const end = (side: Link['a']) => {
    const node = follow('node', side.node);
    const item = followInterface(side.node, side.interface);
    return node === undefined || item === undefined ? undefined : { node, interface: item };
  };
  const [a, b] = [end(link.a), end(link.b)];
  return a && b ? { ...link, a, b } : undefined;
}

function followStretch(stretch: Stretch, follow: Follow, followInterface: FollowInterface) {
  const end = (side: Stretch['a']) => {
    const segment = follow('segment', side.segment);
    const gateway = follow('node', side.gateway);
    const uplink = followInterface(side.gateway, side.uplink);
    if (segment === undefined || gateway === undefined || uplink === undefined) return undefined;
    return { segment, gateway, uplink };
  };
  const [a, b] = [end(stretch.a), end(stretch.b)];
  return a && b ? { ...stretch, a, b } : undefined;
}

function followCluster(cluster: Cluster, follow: Follow): Cluster {
  const { dns, ingressController, otherIngressControllers, ...rest } = cluster;
  const service = dns && follow('service', dns.service);
  const workload = ingressController && follow('workload', ingressController.workload);
  const others = otherIngressControllers?.flatMap((one) => {
    const found = follow('workload', one.workload);
    return found === undefined ? [] : [{ ...one, workload: found }];
  });
  const named = <T extends { readonly node: string }>(list: readonly T[]): T[] =>
    list.flatMap((one) => {
      const node = follow('node', one.node);
      return node === undefined ? [] : [{ ...one, node }];
    });
  const blocks = cluster.calico?.blocks;
  return {
    ...rest,
    nodes: named(cluster.nodes),
    ...(blocks ? { calico: { ...cluster.calico, blocks: named(blocks) } } : {}),
    ...(dns && service !== undefined ? { dns: { ...dns, service } } : {}),
    ...(ingressController && workload !== undefined
      ? { ingressController: { ...ingressController, workload } }
      : {}),
    ...(others && others.length > 0 ? { otherIngressControllers: others } : {}),
  };
}

function inCluster<T extends { readonly cluster: string }>(value: T, follow: Follow) {
  const cluster = follow('cluster', value.cluster);
  return cluster === undefined ? undefined : { ...value, cluster };
}

function followHostEndpoint(
  endpoint: HostEndpoint,
  follow: Follow,
  followInterface: FollowInterface,
): HostEndpoint | undefined {
  const placed = inCluster(endpoint, follow);
  const node = follow('node', endpoint.node);
  if (!placed || node === undefined) return undefined;
  const { interfaceName } = endpoint;
  if (interfaceName === undefined || interfaceName === '*') return { ...placed, node };
  const item = followInterface(endpoint.node, interfaceName);
  return item === undefined ? undefined : { ...placed, node, interfaceName: item };
}

function followWorkload(workload: Workload, follow: Follow): Workload | undefined {
  const placed = inCluster(workload, follow);
  if (!placed) return undefined;
  const pods = placed.pods.flatMap((pod) => {
    const [id, node] = [follow('pod', pod.id), follow('node', pod.node)];
    return id === undefined || node === undefined ? [] : [{ ...pod, id, node }];
  });
  return { ...placed, pods };
}

function followIngress(
  ingress: Ingress,
  follow: Follow,
  followBackend: FollowBackend,
): Ingress | undefined {
  const placed = inCluster(ingress, follow);
  if (!placed) return undefined;
  const { defaultBackend, ...rest } = placed;
  const rules = placed.rules.flatMap((rule) => {
    const paths = rule.paths.flatMap((path) => {
      const service = followBackend(ingress, path.backend.service);
      return service === undefined ? [] : [{ ...path, backend: { ...path.backend, service } }];
    });
    return paths.length === 0 && rule.paths.length > 0 ? [] : [{ ...rule, paths }];
  });
  const fallback = defaultBackend && followBackend(ingress, defaultBackend.service);
  const leadsNowhere = rules.length === 0 && fallback === undefined;
  if (leadsNowhere && (placed.rules.length > 0 || defaultBackend)) return undefined;
  return {
    ...rest,
    rules,
    ...(defaultBackend && fallback !== undefined
      ? { defaultBackend: { ...defaultBackend, service: fallback } }
      : {}),
  };
}

/** The service that an ingress means: one of its namespace, by its name or, where it has none, its id. */
export function backendOf(
  services: Iterable<Service>,
  ingress: Ingress,
  name: string,
): Service | undefined {
  for (const service of services) {
    const isHere = service.cluster === ingress.cluster && service.namespace === ingress.namespace;
    if (isHere && (service.name ?? service.id) === name) return service;
  }
  return undefined;
}

function followSource(source: FlowSource, follow: Follow): FlowSource | undefined {
  switch (source.kind) {
    case 'node': {
      const node = follow('node', source.node);
      return node === undefined ? undefined : { ...source, node };
    }
    case 'pod': {
      const pod = follow('pod', source.pod);
      return pod === undefined ? undefined : { ...source, pod };
    }
    case 'address': {
      const segment = follow('segment', source.segment);
      return segment === undefined ? undefined : { ...source, segment };
    }
    default:
      return source satisfies never;
  }
}

function followGroup(group: Group, follow: Follow): Group {
  const members = group.members.flatMap((member): Group['members'] => {
    switch (member.kind) {
      case 'workload': {
        const workload = follow('workload', member.workload);
        return workload === undefined ? [] : [{ ...member, workload }];
      }
      case 'segment': {
        const segment = follow('segment', member.segment);
        return segment === undefined ? [] : [{ ...member, segment }];
      }
      case 'site': {
        const site = follow('site', member.site);
        return site === undefined ? [] : [{ ...member, site }];
      }
      default: {
        const now = followSource(member, follow);
        return now ? [now] : [];
      }
    }
  });
  return { ...group, members };
}

function followFlow(flow: Flow, follow: Follow): Flow | undefined {
  const from = followSource(flow.from, follow);
  const to = followTarget(flow.to, follow);
  return from && to ? { ...flow, from, to } : undefined;
}

function followTarget(to: Flow['to'], follow: Follow): Flow['to'] | undefined {
  switch (to.kind) {
    case 'node': {
      const node = follow('node', to.node);
      return node === undefined ? undefined : { ...to, node };
    }
    case 'pod': {
      const pod = follow('pod', to.pod);
      return pod === undefined ? undefined : { ...to, pod };
    }
    case 'service': {
      const service = follow('service', to.service);
      return service === undefined ? undefined : { ...to, service };
    }
    case 'url':
    case 'name':
    case 'address':
      return to;
    default:
      return to satisfies never;
  }
}

function followIntent(intent: Intent, follow: Follow): Intent | undefined {
  const { subject } = intent;
  if (subject.kind === 'flow') {
    const flow = follow('flow', subject.flow);
    return flow === undefined ? undefined : { ...intent, subject: { ...subject, flow } };
  }
  const group = (id: string) => follow('group', id);
  const [sources, destinations] = [ids(subject.sources, group), ids(subject.destinations, group)];
  // Of nobody nothing can be expected.
  const speaksOfNobody =
    (sources.length === 0 && subject.sources.length > 0) ||
    (destinations.length === 0 && subject.destinations.length > 0);
  return speaksOfNobody ? undefined : { ...intent, subject: { ...subject, sources, destinations } };
}

function followScenario(scenario: InstallScenario, follow: Follow): InstallScenario {
  const now = optional(scenario, 'cluster', (id) => follow('cluster', id));
  if (!now.settings) return now;
  const settings = now.settings.map((one) =>
    one.nodes ? { ...one, nodes: ids(one.nodes, (id) => follow('node', id)) } : one,
  );
  return { ...now, settings };
}

function followLayout(item: LayoutItem, follow: Follow): LayoutItem | undefined {
  const placed = parseEntityRef(item.id);
  if (!placed) return undefined;
  const id = follow(placed.kind, placed.id);
  return id === undefined ? undefined : { ...item, id: `${placed.kind}:${id}` };
}

/** Whether two values say the same: what is followed is built anew even where nothing was named. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const other = b as Readonly<Record<string, unknown>>;
  const entries = Object.entries(a);
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([key, value]) => Object.hasOwn(other, key) && isSame(value, other[key]))
  );
}
