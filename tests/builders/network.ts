import type {
  CalicoPolicy,
  Design,
  EntityOf,
  FlowSource,
  FlowTarget,
  HostEndpoint,
  Link,
  NetworkPolicy,
  Stretch,
} from '../../src-main/model/design.ts';
import { collections, type EntityKind } from '../../src-main/model/ids.ts';
import {
  backendOf,
  containerPortOf,
  ingressRuleOf,
  interfaceOf,
  listenerOf,
  present,
  servicePortOf,
} from './compact.ts';
import { hostOf, list, routed, segmentOf } from './parts.ts';
import { Draft, type Raw } from './draft.ts';
import type * as Options from './options.ts';
import type { InterfaceSpec, One } from './options.ts';

/** A new network, or a variant of a design. */
export const network = (base?: Design): NetworkBuilder => new NetworkBuilder(base);

/** The flow of a design with that id. */
export function flowOf(design: Design, id: string): EntityOf<'flow'> {
  const flow = design.flows?.find((one) => one.id === id);
  if (!flow) throw new Error(`the design has no flow ${id}`);
  return flow;
}

/**
 * Builds designs for tests, one short line an entity:
 *
 *     network()
 *       .segment('lan', '10.0.0.0/24')
 *       .host('a', '10.0.0.2/24', { gateway: '10.0.0.1' })
 *       .host('b', '10.0.0.3/24', { listens: ['tcp 80'] })
 *       .flow('a-to-b', 'a', 'b', { port: 80 })
 *       .build();
 *
 * The lines may stand in any order: segments, zones and clusters that one leaves out are found when all are there.
 * The one-line forms of rules, routes and the like are those of `compact.ts`; the model's objects do as well.
 */
export class NetworkBuilder {
  readonly #draft = new Draft();

  constructor(base?: Design) {
    if (!base) return;
    for (const kind of Object.keys(collections) as EntityKind[]) {
      for (const entity of base[collections[kind]] ?? []) this.add(kind, entity);
    }
  }

  /** Any entity in full. */
  add<Kind extends EntityKind>(kind: Kind, entity: EntityOf<Kind>): this {
    this.#draft.put(kind, entity);
    return this;
  }

  /** Replaces an entity by what `change` makes of it; for variants of a design. */
  change<Kind extends EntityKind>(
    kind: Kind,
    id: string,
    change: (entity: EntityOf<Kind>) => EntityOf<Kind>,
  ): this {
    const replace = (entity: Raw) => change(entity as unknown as EntityOf<Kind>) as unknown as Raw;
    this.#draft.replace(kind, id, replace);
    return this;
  }

  remove(kind: EntityKind, id: string): this {
    this.#draft.replace(kind, id, () => undefined);
    return this;
  }

  site(id: string, kind: EntityOf<'site'>['kind'] = 'data-centre', parent?: string): this {
    this.#draft.put('site', present({ id, kind, parent }));
    return this;
  }

  transportZone(id: string, options: Partial<EntityOf<'transport-zone'>> = {}): this {
    this.#draft.put('transport-zone', { ...options, id });
    return this;
  }

  /** A plain LAN. */
  segment(id: string, subnets?: One<string>, options: Options.SegmentOptions = {}): this {
    this.#draft.put('segment', { ...segmentOf(subnets, options), id, kind: 'lan' });
    return this;
  }

  vlan(
    id: string,
    vlan: number,
    subnets?: One<string>,
    options: Options.SegmentOptions = {},
  ): this {
    this.#draft.put('segment', { ...segmentOf(subnets, options), id, kind: 'vlan', vlan });
    return this;
  }

  /** In the zone that the options name, else in the design's only one, which is made (`tz`) where there is none. */
  vxlan(
    id: string,
    vni: number,
    subnets?: One<string>,
    options: Options.SegmentOptions & { readonly transportZone?: string } = {},
  ): this {
    const raw = { ...segmentOf(subnets, options), id, kind: 'vxlan', vni };
    this.#draft.putIncomplete('segment', raw, (segment) => this.#draft.completeZone(segment));
    return this;
  }

  host(id: string, interfaces?: One<InterfaceSpec>, options: Options.HostOptions = {}): this {
    return this.#node({ ...hostOf(options), id, kind: 'host' }, interfaces);
  }

  router(id: string, interfaces?: One<InterfaceSpec>, options: Options.HostOptions = {}): this {
    return this.#node({ ...hostOf(options), id, kind: 'router' }, interfaces);
  }

  edge(id: string, interfaces?: One<InterfaceSpec>, options: Options.HostOptions = {}): this {
    return this.#node({ ...hostOf(options), id, kind: 'edge-gateway' }, interfaces);
  }

  /** A distributed router in the zone that the options name, else in the design's only one. */
  dlr(
    id: string,
    interfaces: One<InterfaceSpec>,
    options: Options.DistributedRouterOptions = {},
  ): this {
    const raw = { ...routed(options), id, kind: 'distributed-router' };
    return this.#node(raw, interfaces, (node) => this.#draft.completeZone(node));
  }

  hypervisor(
    id: string,
    interfaces?: One<InterfaceSpec>,
    options: Options.HypervisorOptions = {},
  ): this {
    const { vteps, listens, ...rest } = options;
    const tunnels = list(vteps).map((spec, at) => interfaceOf(spec, at, 'vtep'));
    const raw = present({
      ...routed(rest),
      id,
      kind: 'hypervisor',
      listeners: listens?.map(listenerOf),
      vteps: tunnels.length === 0 ? undefined : tunnels.map((item) => item.id),
    });
    const others = list(interfaces).map((spec, at) => interfaceOf(spec, at));
    return this.#node(raw, [...others, ...tunnels], (node) => {
      if (tunnels.length > 0) node['transportZones'] ??= this.#draft.ids('transport-zone');
    });
  }

  l2Gateway(
    id: string,
    interfaces: One<InterfaceSpec>,
    options: Options.L2GatewayOptions = {},
  ): this {
    return this.#node({ ...routed(options), id, kind: 'l2-gateway' }, interfaces);
  }

  /** Between two interfaces, `node/interface` each. */
  link(
    id: string,
    a: string,
    b: string,
    options: Partial<Omit<Link, 'id' | 'a' | 'b'>> = {},
  ): this {
    const end = (text: string) => {
      const [node, join] = text.split('/');
      return { node, interface: join };
    };
    this.#draft.put('link', { ...options, id, a: end(a), b: end(b) });
    return this;
  }

  stretch(
    id: string,
    a: Options.StretchEnd,
    b: Options.StretchEnd,
    options: Partial<Omit<Stretch, 'id' | 'a' | 'b'>> = {},
  ): this {
    const end = ([segment, gateway, uplink]: Options.StretchEnd) => ({ segment, gateway, uplink });
    this.#draft.put('stretch', { ...options, id, a: end(a), b: end(b) });
    return this;
  }

  /**
   * Members as `node` (a worker) or `node master,etcd`. Flavour `kubernetes`, pods 172.28.0.0/16, services
   * 172.29.0.0/16 unless the options say else.
   */
  cluster(id: string, members: readonly string[], options: Options.ClusterOptions = {}): this {
    const nodes = members.map((member) => {
      const [node, roles = 'worker'] = member.split(' ');
      return { node, roles: roles.split(',') };
    });
    const cidrs = { podCidrs: ['172.28.0.0/16'], serviceCidrs: ['172.29.0.0/16'] };
    this.#draft.put('cluster', { flavour: 'kubernetes', ...cidrs, ...options, id, nodes });
    return this;
  }

  /**
   * Pods as `node` or `node address,address`; their ids are the workload's with -1, -2, …. A pod without address gets
   * the next of its node's block: one /26 (IPv6: /122) a member of each pod CIDR, the first pod at .2. In the design's
   * only cluster, namespace `default`, labelled `app: ID` unless the options say else.
   */
  workload(id: string, pods: readonly string[], options: Options.WorkloadOptions = {}): this {
    const { ports, ...rest } = options;
    const placed = pods.map((pod, at) => {
      const [node, addresses] = pod.split(' ');
      return present({ id: `${id}-${at + 1}`, node, addresses: addresses?.split(',') });
    });
    const usual = { namespace: 'default', kind: 'deployment', labels: { app: id } };
    const raw = present({
      ...usual,
      ...rest,
      id,
      ports: ports?.map(containerPortOf),
      pods: placed,
    });
    this.#draft.putIncomplete('workload', raw, (workload) => this.#draft.completePods(workload));
    return this;
  }

  /**
   * Ports as `http 80 -> 8080 node 30080`. The type follows from load-balancer addresses and node ports; selector
   * `app: ID` unless the options say else or give endpoints.
   */
  service(
    id: string,
    clusterIps: One<string>,
    ports: readonly string[],
    options: Options.ServiceOptions = {},
  ): this {
    const parsed = ports.map(servicePortOf);
    const open = parsed.some((port) => 'nodePort' in port) ? 'NodePort' : 'ClusterIP';
    const raw = present({
      namespace: 'default',
      type: options.loadBalancerIps ? 'LoadBalancer' : open,
      selector: options.endpoints ? undefined : { app: id },
      ...options,
      id,
      clusterIps: list(clusterIps).length === 0 ? undefined : list(clusterIps),
      ports: parsed,
    });
    return this.#inCluster('service', raw);
  }

  /** Rules as `shop.example.com/cart -> web:80`; the paths of one host become one rule. */
  ingress(id: string, rules: readonly string[], options: Options.IngressOptions = {}): this {
    const { defaultBackend, ...rest } = options;
    const raw = present({
      namespace: 'default',
      ...rest,
      id,
      rules: [...Map.groupBy(rules.map(ingressRuleOf), (rule) => rule.host).values()].map(
        (same) => ({ ...same[0], paths: same.flatMap((rule) => rule.paths) }),
      ),
      defaultBackend:
        typeof defaultBackend === 'string' ? backendOf(defaultBackend) : defaultBackend,
    });
    return this.#inCluster('ingress', raw);
  }

  /** Selects every pod of the namespace `default` unless the options say else. */
  networkPolicy(id: string, policy: Partial<Omit<NetworkPolicy, 'id'>> = {}): this {
    const raw = { namespace: 'default', podSelector: {}, ...policy, id };
    return this.#inCluster('network-policy', raw);
  }

  /** Global, unless the options give a namespace. */
  calicoPolicy(id: string, policy: Partial<Omit<CalicoPolicy, 'id'>> = {}): this {
    return this.#inCluster('calico-policy', { ...policy, id });
  }

  /** On `node/interface`; of all interfaces with `node/*`. */
  hostEndpoint(
    id: string,
    at: string,
    options: Partial<Omit<HostEndpoint, 'id' | 'node'>> = {},
  ): this {
    const [node, interfaceName] = at.split('/');
    return this.#inCluster('host-endpoint', present({ ...options, id, node, interfaceName }));
  }

  /**
   * From a node's or pod's id, or `address@segment`. To a URL, an address, the id of a node, pod or service
   * (`service:web` where something else has that id too), or else a DNS name.
   */
  flow(
    id: string,
    from: string | FlowSource,
    to: string | FlowTarget,
    options: Options.FlowOptions = {},
  ): this {
    this.#draft.putIncomplete('flow', { ...options, id }, (flow) => {
      flow['from'] = typeof from === 'string' ? this.#draft.source(from) : from;
      flow['to'] = typeof to === 'string' ? this.#draft.target(to) : to;
    });
    return this;
  }

  /** Of nodes, pods and `address@segment`. */
  group(id: string, members: readonly string[]): this {
    this.#draft.putIncomplete('group', { id }, (group) => {
      group['members'] = members.map((member) => this.#draft.source(member));
    });
    return this;
  }

  /** The design; throws with a sentence for each thing that is wrong with it. */
  build(name = 'test network'): Design {
    return this.#draft.design(name);
  }

  #node(raw: Raw, specs: One<InterfaceSpec> | undefined, complete?: (node: Raw) => void): this {
    const interfaces = list(specs).map((spec, at) => interfaceOf(spec, at));
    this.#draft.putIncomplete('node', raw, (node) => {
      if (interfaces.length > 0) {
        node['interfaces'] = interfaces.map((item) => this.#draft.completeInterface(raw.id, item));
      }
      complete?.(node);
    });
    return this;
  }

  #inCluster(kind: EntityKind, raw: Raw): this {
    this.#draft.putIncomplete(kind, raw, (entity) => this.#draft.completeCluster(entity));
    return this;
  }
}
