import type { Cluster, Design, IngressBackend } from '../model/design.ts';
import { ipFromBigInt, type Ip, type IpFamily } from '../model/ip.ts';
import { compile } from '../sim/compile/compile.ts';
import type { CompiledCluster, Network } from '../sim/compile/network.ts';
import type { ClusterPolicies, PolicyList } from '../sim/compile/policy-tables.ts';
import { PacketState } from '../sim/packet-state.ts';
import { decidingRule } from '../sim/stages/policy-rules.ts';
import { cellsOf, outsiderIn, type AddressCell, type Cells } from './cells.ts';
import { controllerId, podEnds, withController, workloadTitle, type PodEnd } from './ends.ts';
import {
  connectionText,
  everything,
  intersection,
  mergeRanges,
  transports,
  union,
  type ConnectionSet,
  type PortRange,
  type TransportName,
} from './port-sets.ts';

/** What may be opened from one end to another, as np-guard's analyser names ends and connections. */
export interface Connections {
  /** `namespace/name[Kind]`, `a.b.c.d-e.f.g.h` of the outside world, or `{ingress-controller}`. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly ports: ConnectionSet;
  /** Address families that it holds for: all that both ends have, or the one that it differs in. */
  readonly families: readonly IpFamily[];
}

const families = [4, 6] as const;
/** Policies may ask for a source port; clients' are out of the dynamic range (RFC 6335 §6). */
const clientPort = 49152;

/**
 * All that the policies of a cluster let through, between its workloads, from and to the outside world, and from the
 * ingress controller by ingresses and services. Exact: see {@link Cells}. Of a workload's pods it takes what any one of
 * them may do; a workload and itself is no pair. Sorted.
 */
export function connectionsOf(design: Design, cluster: Cluster): readonly Connections[] {
  const drawn = withController(design, cluster);
  const network = compile(drawn ?? design);
  const compiled = network.clusters.find((candidate) => candidate.cluster.id === cluster.id);
  if (!compiled) return [];
  const cells = cellsOf(compiled.policies);
  const found = new Map<
    string,
    { from: string; to: string; byFamily: Map<IpFamily, ConnectionSet> }
  >();
  const add = (from: string, to: string, family: IpFamily, ports: ConnectionSet) => {
    if (Object.keys(ports).length === 0) return;
    const key = `${from} => ${to}`;
    const known = found.get(key) ?? { from, to, byFamily: new Map<IpFamily, ConnectionSet>() };
    found.set(key, known);
    known.byFamily.set(family, union(known.byFamily.get(family) ?? {}, ports));
  };
  const inUse = families.filter((family) => podEnds(network, compiled, family).length > 0);
  for (const family of inUse) {
    const judge = new Judge(compiled.policies, cells);
    const ends = podEnds(network, compiled, family);
    const drawnEnds = ends.filter(({ pod }) => pod !== controllerId);
    amongWorkloads(judge, drawnEnds, (from, to, ports) => add(from, to, family, ports));
    withOutside(judge, drawnEnds, family, (from, to, ports) => add(from, to, family, ports));
    fromController(network, compiled, judge, ends, (to, ports) =>
      add(controllerId, to, family, ports),
    );
  }
  return [...found.values()]
    .flatMap(({ from, to, byFamily }) => byFamilies(from, to, byFamily))
    .sort((a, b) => compareText(lineOf(a), lineOf(b)));
}

/** `default/web[Deployment] => default/db[StatefulSet] : TCP 5432` */
export const lineOf = ({ from, to, text }: Connections): string => `${from} => ${to} : ${text}`;

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function byFamilies(
  from: string,
  to: string,
  byFamily: ReadonlyMap<IpFamily, ConnectionSet>,
): Connections[] {
  const groups = Map.groupBy(byFamily, ([, ports]) => connectionText(ports));
  return [...groups].map(([text, same]) => ({
    from,
    to,
    text,
    ports: same[0]?.[1] ?? {},
    families: same.map(([family]) => family),
  }));
}

type Report = (from: string, to: string, ports: ConnectionSet) => void;

function amongWorkloads(judge: Judge, ends: readonly PodEnd[], report: Report): void {
  for (const from of ends) {
    for (const to of ends) {
      if (from.workload === to.workload) continue;
      report(workloadTitle(from.workload), workloadTitle(to.workload), judge.pods(from, to));
    }
  }
}

function withOutside(
  judge: Judge,
  ends: readonly PodEnd[],
  family: IpFamily,
  report: Report,
): void {
  const known = new Set(ends.map(({ address }) => address.text));
  const cells = judge.cells.addresses[family];
  for (const [workload, pods] of Map.groupBy(ends, (end) => end.workload)) {
    const title = workloadTitle(workload);
    const anyOf = (allowed: (pod: PodEnd, outside: Ip) => ConnectionSet) =>
      mergeCells(
        cells.map((cell) => ({
          cell,
          ports: pods.map((pod) => allowed(pod, outsiderIn(cell, family, known))).reduce(union, {}),
        })),
      );
    for (const { cell, ports } of anyOf((pod, outside) => judge.out(pod, outside))) {
      report(title, rangeText(cell, family), ports);
    }
    for (const { cell, ports } of anyOf((pod, outside) => judge.in(outside, pod))) {
      report(rangeText(cell, family), title, ports);
    }
  }
}

interface Judged {
  readonly cell: AddressCell;
  readonly ports: ConnectionSet;
}

/** Neighbouring ranges for which the same holds become one. */
function mergeCells(judged: readonly Judged[]): readonly Judged[] {
  const merged: Judged[] = [];
  for (const { cell, ports } of judged) {
    const before = merged.at(-1);
    if (before && connectionText(before.ports) === connectionText(ports)) {
      merged[merged.length - 1] = { cell: { from: before.cell.from, to: cell.to }, ports };
    } else merged.push({ cell, ports });
  }
  return merged;
}

const rangeText = ({ from, to }: AddressCell, family: IpFamily): string =>
  `${ipFromBigInt(family, from).text}-${ipFromBigInt(family, to).text}`;

/** From the pods of any of the cluster's controllers to what ingresses name, by the ports that the services lead to. */
function fromController(
  network: Network,
  compiled: CompiledCluster,
  judge: Judge,
  ends: readonly PodEnd[],
  report: (to: string, ports: ConnectionSet) => void,
): void {
  const { cluster } = compiled;
  const controllers = new Set([
    controllerId,
    ...[cluster.ingressController, ...(cluster.otherIngressControllers ?? [])].flatMap((one) =>
      one ? [one.workload] : [],
    ),
  ]);
  const sources = ends.filter(({ workload }) => controllers.has(workload.id));
  for (const { namespace, backend } of backendsOf(network.design, cluster)) {
    for (const { pod, port } of endpointsOf(network, compiled, namespace, backend)) {
      for (const to of ends.filter((end) => end.pod === pod)) {
        const published: ConnectionSet = { TCP: [[port, port]] };
        const allowed = sources
          .map((from) => (from.pod === to.pod ? everything : judge.pods(from, to)))
          .reduce(union, {});
        report(workloadTitle(to.workload), intersection(published, allowed));
      }
    }
  }
}

function backendsOf(design: Design, cluster: Cluster) {
  return (design.ingresses ?? [])
    .filter((ingress) => ingress.cluster === cluster.id)
    .flatMap(({ namespace, rules, defaultBackend }) =>
      [
        ...rules.flatMap((rule) => rule.paths.map((path) => path.backend)),
        ...(defaultBackend ? [defaultBackend] : []),
      ].map((backend) => ({ namespace, backend })),
    );
}

function endpointsOf(
  network: Network,
  compiled: CompiledCluster,
  namespace: string,
  backend: IngressBackend,
) {
  const service = network.design.services?.find(
    (candidate) =>
      candidate.cluster === compiled.cluster.id &&
      candidate.namespace === namespace &&
      (candidate.name ?? candidate.id) === backend.service,
  );
  const at = service?.ports?.findIndex(
    (port) => port.name === backend.port || port.port === backend.port,
  );
  const port = service && compiled.services.ports.get(service.id)?.[at ?? -1];
  return port ? [...port.endpoints4, ...port.endpoints6] : [];
}

/** Asks the engine's own policy evaluation, cell by cell. */
class Judge {
  readonly cells: Cells;
  readonly #tables: ClusterPolicies | null;
  readonly #packet = new PacketState();
  readonly #known = new Map<PolicyList, Map<string, ConnectionSet>>();

  constructor(tables: ClusterPolicies | null, cells: Cells) {
    this.#tables = tables;
    this.cells = cells;
  }

  pods(from: PodEnd, to: PodEnd): ConnectionSet {
    const leaving = this.#allowed(from.policies?.egress ?? null, from.address, to.address);
    // A pod's own node always reaches it.
    if (from.workload.hostNetwork && from.node === to.node) return leaving;
    return intersection(leaving, this.in(from.address, to));
  }

  out(from: PodEnd, to: Ip): ConnectionSet {
    return this.#allowed(from.policies?.egress ?? null, from.address, to);
  }

  in(from: Ip, to: PodEnd): ConnectionSet {
    return this.#allowed(to.policies?.ingress ?? null, from, to.address);
  }

  #allowed(list: PolicyList | null, from: Ip, to: Ip): ConnectionSet {
    const tables = this.#tables;
    if (!list || !tables) return everything;
    const known = this.#known.get(list) ?? new Map<string, ConnectionSet>();
    this.#known.set(list, known);
    const key = `${from.text} ${to.text}`;
    const before = known.get(key);
    if (before) return before;
    const ports: Partial<Record<TransportName, readonly PortRange[]>> = {};
    for (const { name, number } of transports) {
      const allowed = this.cells.ports.filter(([port]) =>
        this.#lets(tables, list, from, to, number, port),
      );
      if (allowed.length > 0) ports[name] = mergeRanges(allowed);
    }
    known.set(key, ports);
    return ports;
  }

  #lets(
    tables: ClusterPolicies,
    list: PolicyList,
    from: Ip,
    to: Ip,
    protocol: number,
    port: number,
  ): boolean {
    const packet = this.#packet;
    packet.reset(0);
    // Policies look at the ports, which all of these protocols have at the same place.
    packet.pushTcp(clientPort, port, 'SYN');
    packet.pushIp(from, to, protocol, 64, true);
    const rule = decidingRule(tables, list, packet);
    return rule !== null && rule.action !== 'deny';
  }
}
