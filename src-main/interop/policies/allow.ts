import type { CalicoPolicy, NetworkPolicy, Workload } from '../../model/design.ts';
import { labelsOf, type Endpoints } from './endpoints.ts';
import type { PolicyNames } from './names.ts';
import type { Direction, Point, Question } from './questions.ts';
import {
  calicoEnd,
  calicoRule,
  otherOf,
  peersOf,
  selectorText,
  subjectKey,
  type Policy,
} from './rules.ts';

/** Calico's order of what is let through that Kubernetes' policies, which have 1000, have no word for. */
const allowOrder = 900;

const directions: readonly Direction[] = ['ingress', 'egress'];

/** One for each namespace that is subject: nothing passes that no other policy lets through. */
export function defaultDenies(subjects: ReadonlySet<string>, names: PolicyNames): Policy[] {
  const byNamespace = Map.groupBy(subjects, (key) => key.split(' ').slice(0, 2).join(' '));
  return [...byNamespace.values()].map((keys): Policy => {
    const [cluster = '', namespace = ''] = (keys[0] ?? '').split(' ');
    const policyTypes = directions
      .filter((direction) => keys.includes(subjectKey(cluster, namespace, direction)))
      .map((direction) => (direction === 'ingress' ? ('Ingress' as const) : ('Egress' as const)));
    const { id, name } = names.give(cluster, namespace, 'default-deny');
    const entity: NetworkPolicy = { id, name, cluster, namespace, podSelector: {}, policyTypes };
    return { kind: 'network-policy', entity };
  });
}

/** What one workload is allowed. */
interface Allowed {
  readonly workload: Workload;
  readonly points: Point[];
}

/** For each workload what the flows that must be reachable need, where its namespace is subject. */
export function allowing(
  questions: readonly Question[],
  subjects: ReadonlySet<string>,
  endpoints: Endpoints,
  names: PolicyNames,
): Policy[] {
  const allowed = new Map<string, Allowed>();
  for (const { ways } of questions) {
    for (const point of ways.flatMap(({ points }) => points)) {
      const workload = endpoints.pod(point.pod)?.workload;
      if (!workload) continue;
      if (!subjects.has(subjectKey(point.cluster, workload.namespace, point.direction))) continue;
      const own = allowed.get(workload.id) ?? { workload, points: [] };
      allowed.set(workload.id, own);
      own.points.push(...withTcp(point));
    }
  }
  return [...allowed.values()].flatMap((one) => [
    ...kubernetesAllow(one, endpoints, names),
    ...calicoAllow(one, endpoints, names),
  ]);
}

/** Names are asked for over TCP where an answer is too long for UDP (RFC 7766 §5). */
const withTcp = (point: Point): readonly Point[] =>
  point.lookup && point.protocol === 'UDP' ? [point, { ...point, protocol: 'TCP' }] : [point];

const isIcmp = ({ protocol }: Point): boolean => protocol === 'ICMP' || protocol === 'ICMPv6';

function kubernetesAllow(
  { workload, points }: Allowed,
  endpoints: Endpoints,
  names: PolicyNames,
): Policy[] {
  const told = points.filter((point) => !isIcmp(point));
  const types = directions.filter((one) => told.some(({ direction }) => direction === one));
  if (types.length === 0) return [];
  const { cluster, namespace } = workload;
  const rules = (direction: Direction) =>
    mergedRules(
      told.filter((point) => point.direction === direction),
      namespace,
      endpoints,
    );
  const labels = labelsOf(workload);
  const { id, name } = names.give(cluster, namespace, `allow-${workload.id}`);
  const entity: NetworkPolicy = {
    id,
    name,
    cluster,
    namespace,
    podSelector: Object.keys(labels).length > 0 ? { matchLabels: labels } : {},
    policyTypes: types.map((one) => (one === 'ingress' ? 'Ingress' : 'Egress')),
    ...(types.includes('ingress')
      ? { ingress: rules('ingress').map(({ peers, ports }) => ({ from: peers, ports })) }
      : {}),
    ...(types.includes('egress')
      ? { egress: rules('egress').map(({ peers, ports }) => ({ to: peers, ports })) }
      : {}),
  };
  return [{ kind: 'network-policy', entity }];
}

/** One rule for each set of peers that may use the same ports, which are written once. */
function mergedRules(points: readonly Point[], namespace: string, endpoints: Endpoints) {
  const byPort = Map.groupBy(points, ({ protocol, port }) => `${protocol} ${port}`);
  const rules = [...byPort.values()].map((same) => {
    const peers = new Map(
      same
        .flatMap((point) => peersOf(otherOf(point, endpoints), namespace))
        .map((peer) => [JSON.stringify(peer), peer]),
    );
    return { point: same[0] as Point, peers };
  });
  const byPeers = Map.groupBy(rules, ({ peers }) => [...peers.keys()].sort().join('\n'));
  return [...byPeers.values()].map((same) => ({
    peers: [...(same[0]?.peers.values() ?? [])],
    ports: same.map(({ point }) => ({
      protocol: point.protocol as 'TCP' | 'UDP',
      port: point.port,
    })),
  }));
}

/** ICMP, which Kubernetes' policies do not know. */
function calicoAllow(
  { workload, points }: Allowed,
  endpoints: Endpoints,
  names: PolicyNames,
): Policy[] {
  const told = points.filter(isIcmp);
  if (told.length === 0) return [];
  const { namespace } = workload;
  const rules = (direction: Direction) => [
    ...new Map(
      told
        .filter((point) => point.direction === direction)
        .map((point) => {
          const other = calicoEnd(otherOf(point, endpoints), namespace);
          const rule = calicoRule('Allow', point, other, {});
          return [JSON.stringify(rule), rule] as const;
        }),
    ).values(),
  ];
  const wanted = `allow-icmp-${workload.id}`;
  return [calicoPolicyOf(workload, wanted, allowOrder, rules, names)];
}

/** A policy of Calico for a workload's pods, with the directions that it has rules of. */
export function calicoPolicyOf(
  workload: Workload,
  wanted: string,
  order: number,
  rulesOf: (direction: Direction) => NonNullable<CalicoPolicy['ingress']>,
  names: PolicyNames,
): Policy {
  const { cluster, namespace } = workload;
  const { id, name } = names.give(cluster, namespace, wanted);
  const rules = { ingress: rulesOf('ingress'), egress: rulesOf('egress') };
  const used = directions.filter((direction) => rules[direction].length > 0);
  const entity: CalicoPolicy = {
    id,
    name,
    cluster,
    namespace,
    order,
    selector: selectorText(workload),
    types: used.map((direction) => (direction === 'ingress' ? 'Ingress' : 'Egress')),
    ...Object.fromEntries(used.map((direction) => [direction, rules[direction]])),
  };
  return { kind: 'calico-policy', entity };
}
