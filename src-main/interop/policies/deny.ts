import type { CalicoRule, Design, Workload } from '../../model/design.ts';
import { calicoPolicyOf } from './allow.ts';
import { hostCidr, picks, type Endpoints } from './endpoints.ts';
import type { PolicyNames } from './names.ts';
import type { Direction, Point, Question, Way } from './questions.ts';
import {
  calicoEnd,
  calicoRule,
  otherAddress,
  ownAddress,
  selectableOther,
  subjectKey,
  type Policy,
} from './rules.ts';

/** A denial at a point: of all pods of a workload, or of single ones by their addresses, at either end. */
interface Denial {
  readonly point: Point;
  readonly workload: Workload;
  readonly ownAddress: string | undefined;
  readonly other: Workload | string;
}

/** What has to be denied, for each workload, and the flows that cannot be told apart from others. */
export interface Denials {
  readonly policies: readonly Policy[];
  readonly conflicts: readonly Question[];
}

/**
 * Denials for flows that must be blocked and that the other policies let through. They come before all others, so none
 * may match what a flow that must be reachable needs; the wider one of two that do not is taken.
 */
export function denying(
  design: Design,
  questions: readonly Question[],
  needed: readonly Point[],
  subjects: ReadonlySet<string>,
  endpoints: Endpoints,
  names: PolicyNames,
): Denials {
  const found = new Map<string, Denial>();
  const conflicts: Question[] = [];
  for (const question of questions) {
    const denials = question.ways
      .filter(({ delivered }) => delivered)
      .map((way) =>
        candidates(question, way, subjects, endpoints).find(
          (denial) => !needed.some((point) => matches(denial, point, endpoints)),
        ),
      );
    if (denials.includes(undefined)) conflicts.push(question);
    for (const denial of denials) if (denial) found.set(keyOf(denial), denial);
  }
  const byWorkload = Map.groupBy(found.values(), ({ workload }) => workload.id);
  const policies = [...byWorkload.values()].map((denials) => {
    const { workload } = denials[0] as Denial;
    const rules = (direction: Direction) =>
      denials.filter(({ point }) => point.direction === direction).map(ruleOf);
    const order = denyOrder(design, workload.cluster);
    return calicoPolicyOf(workload, `deny-${workload.id}`, order, rules, names);
  });
  return { policies, conflicts };
}

/** Before every policy of Calico that the cluster has. */
function denyOrder(design: Design, cluster: string): number {
  const orders = (design.calicoPolicies ?? [])
    .filter((policy) => policy.cluster === cluster)
    .flatMap(({ order }) => order ?? []);
  return Math.min(100, ...orders.map((order) => Math.floor(order) - 1));
}

const keyOf = ({ point, workload, ownAddress: own, other }: Denial): string =>
  [
    workload.id,
    point.direction,
    point.protocol,
    point.port,
    own,
    typeof other === 'string' ? other : other.id,
  ].join(' ');

/** Where the receiver is first, then where the sender is, then on the way; from the widest denial to the narrowest. */
function candidates(
  { flow }: Question,
  { points, receiver }: Way,
  subjects: ReadonlySet<string>,
  endpoints: Endpoints,
): readonly Denial[] {
  const sender = flow.from.kind === 'pod' ? flow.from.pod : undefined;
  const rank = ({ pod, direction }: Point) =>
    pod === receiver && direction === 'ingress'
      ? 0
      : pod === sender && direction === 'egress'
        ? 1
        : 2;
  const usable = points.filter(({ lookup }) => !lookup).sort((a, b) => rank(a) - rank(b));
  return usable.flatMap((point) => {
    const workload = endpoints.pod(point.pod)?.workload;
    if (!workload) return [];
    if (!subjects.has(subjectKey(point.cluster, workload.namespace, point.direction))) return [];
    const pod = selectableOther(point, endpoints);
    const others = [...(pod ? [pod.workload] : []), otherAddress(point)];
    return [undefined, ownAddress(point)].flatMap((own) =>
      others.map((other) => ({ point, workload, ownAddress: own, other })),
    );
  });
}

function matches(denial: Denial, point: Point, endpoints: Endpoints): boolean {
  const { direction, protocol, port, cluster } = denial.point;
  const own = endpoints.pod(point.pod)?.workload;
  if (!own || point.cluster !== cluster || point.direction !== direction) return false;
  if (point.protocol !== protocol || point.port !== port) return false;
  if (!picks(denial.workload, own)) return false;
  if (denial.ownAddress !== undefined && denial.ownAddress !== ownAddress(point)) return false;
  if (typeof denial.other === 'string') return denial.other === otherAddress(point);
  const other = endpoints.at(cluster, otherAddress(point))?.workload;
  return other !== undefined && picks(denial.other, other);
}

function ruleOf({ point, workload, ownAddress: own, other }: Denial): CalicoRule {
  const end =
    typeof other === 'string'
      ? { nets: [hostCidr(other)] }
      : calicoEnd({ kind: 'workload', workload: other }, workload.namespace);
  return calicoRule('Deny', point, end, own === undefined ? {} : { nets: [hostCidr(own)] });
}
