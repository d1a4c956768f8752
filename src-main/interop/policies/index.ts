import type { Design, Intent } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import { intentFlowCount } from '../../model/intent-flows.ts';
import { compile, simulate } from '../../sim/index.ts';
import { leftOut, type Exported, type ExportedFile, type LeftOut } from '../exchange.ts';
import { freeName } from '../free-name.ts';
import type { LeftOutSaying } from '../words/left-out.ts';
import { allowing, defaultDenies } from './allow.ts';
import { denying } from './deny.ts';
import { Endpoints, hasLabels } from './endpoints.ts';
import { manifestText } from './manifests.ts';
import { PolicyNames } from './names.ts';
import { holds, mostFlows, opened, lastStepOf, questionsOf, type Question } from './questions.ts';
import { subjectKey, type Policy } from './rules.ts';

/**
 * Network policies that enforce the intents of a design where they meet pods: for each cluster
 * `CLUSTER-network-policies.yaml` (networking.k8s.io/v1), and `CLUSTER-calico-policies.yaml` (projectcalico.org/v3) for
 * what Kubernetes has no word for: ICMP, and flows that must be blocked although others like them must be reachable.
 *
 * The namespaces of the pods that intents speak of are denied by default, at the receiver what comes in and at the sender
 * what goes out; what the reachable ones need is let through, the look-up of names with it. Where policies judge, and what
 * they see there, is what the simulator says. With the policies in place the intents are simulated once more: those that
 * do not hold are left out, with the reason.
 */
export function policiesOf(design: Design): Exported {
  const unfit = new Map<string, LeftOutSaying>();
  const known = (design.intents ?? []).filter((intent) => {
    const count = intentFlowCount(design, intent);
    if (count === 0) unfit.set(intent.id, { code: 'no-flow', detail: {} });
    if (count > mostFlows) {
      const detail = { flows: count, most: mostFlows };
      unfit.set(intent.id, { code: 'too-many-flows', detail });
    }
    return count > 0 && count <= mostFlows;
  });
  const network = compile(opened(design));
  const endpoints = new Endpoints(design, network);
  const questions = questionsOf(design, network, known, endpoints);
  const byIntent = Map.groupBy(questions, ({ intent }) => intent);
  for (const [intent, own] of byIntent) {
    const reason = unenforceable(intent, own);
    if (reason) unfit.set(intent.id, reason);
  }
  const asked = questions.filter(isPolicyMatter);
  const names = new PolicyNames(design);
  const subjects = subjectsOf(asked, endpoints);
  const reachable = asked.filter(({ intent }) => intent.expect === 'reachable');
  const policies = [
    ...defaultDenies(subjects, names),
    ...allowing(reachable, subjects, endpoints, names),
  ];
  const open = stillOpen(withPolicies(design, policies), asked);
  const needed = reachable.flatMap(({ ways }) => ways.flatMap(({ points }) => points));
  const denials = denying(design, open, needed, subjects, endpoints, names);
  policies.push(...denials.policies);
  const broken = verify(withPolicies(design, policies), asked);
  for (const { question, last } of broken) {
    const { intent, flow } = question;
    const conflict = denials.conflicts.includes(question);
    const why: LeftOutSaying = conflict
      ? { code: 'not-told-apart', detail: { flow: labelOf(flow) } }
      : { code: 'broken-by-policies', detail: { last } };
    if (!unfit.has(intent.id)) unfit.set(intent.id, why);
  }
  return {
    files: filesOf(design, policies),
    leftOut: [
      ...unlabelled(policies, design),
      ...present(design),
      ...(design.intents ?? []).flatMap(({ id }): readonly LeftOut[] => {
        const why = unfit.get(id);
        return why ? [leftOut(entityRef('intent', id), '', why)] : [];
      }),
    ],
  };
}

const labelOf = ({ id, name = id }: Question['flow']): string => name;

/** Whether a policy can make a difference: the flow gets through without one, and passes pods that policies judge. */
const isPolicyMatter = ({ intent, ways, holdsOpen }: Question): boolean =>
  ways.some(({ points, delivered }) => delivered && points.some(({ lookup }) => !lookup)) &&
  (intent.expect === 'blocked' ? !holdsOpen : holdsOpen);

/** Why policies have no part in an intent, or in some of its flows. */
function unenforceable(intent: Intent, questions: readonly Question[]): LeftOutSaying | undefined {
  const others = questions.filter((question) => !isPolicyMatter(question));
  const [first] = others;
  if (!first) return undefined;
  const { last, holdsOpen } = first;
  const some =
    others.length === questions.length
      ? {}
      : { some: { flows: others.length, of: questions.length } };
  if (intent.expect === 'reachable' && !holdsOpen) {
    return { code: 'never-reachable', detail: { ...some, last } };
  }
  if (intent.expect === 'blocked' && holdsOpen) {
    return { code: 'blocked-anyway', detail: { ...some, last } };
  }
  return { code: 'no-policy-judges', detail: some };
}

/** Namespaces that are denied by default: of senders what goes out, of receivers what comes in. */
function subjectsOf(questions: readonly Question[], endpoints: Endpoints): ReadonlySet<string> {
  const subjects = new Set<string>();
  const add = (id: string | undefined, direction: 'ingress' | 'egress') => {
    const pod = id === undefined ? undefined : endpoints.pod(id);
    if (pod) subjects.add(subjectKey(pod.cluster, pod.workload.namespace, direction));
  };
  for (const { flow, ways } of questions) {
    if (flow.from.kind === 'pod') add(flow.from.pod, 'egress');
    for (const { receiver } of ways) add(receiver, 'ingress');
  }
  return subjects;
}

/** The design with policies beside those that it has. */
function withPolicies(design: Design, policies: readonly Policy[]): Design {
  const kubernetes = policies.flatMap((one) => (one.kind === 'network-policy' ? [one.entity] : []));
  const calico = policies.flatMap((one) => (one.kind === 'calico-policy' ? [one.entity] : []));
  return {
    ...design,
    networkPolicies: [...(design.networkPolicies ?? []), ...kubernetes],
    calicoPolicies: [...(design.calicoPolicies ?? []), ...calico],
  };
}

/** Flows that must be blocked and still get through. */
function stillOpen(design: Design, questions: readonly Question[]): readonly Question[] {
  const network = compile(design);
  return questions.filter(
    ({ intent, flow }) =>
      intent.expect === 'blocked' && !holds(intent, simulate(network, flow, { allPaths: true })),
  );
}

/** Flows that are not as their intents expect. */
function verify(design: Design, questions: readonly Question[]) {
  const network = compile(design);
  return questions.flatMap((question) => {
    const result = simulate(network, question.flow, { allPaths: true });
    return holds(question.intent, result) ? [] : [{ question, last: lastStepOf(result) }];
  });
}

const fileNames = {
  'network-policy': 'network-policies.yaml',
  'calico-policy': 'calico-policies.yaml',
} as const;

function filesOf(design: Design, policies: readonly Policy[]): readonly ExportedFile[] {
  const taken = new Set<string>();
  return (design.clusters ?? []).flatMap(({ id }) => {
    const name = freeName(id, taken);
    return (['network-policy', 'calico-policy'] as const).flatMap((kind) => {
      const own = policies.filter((one) => one.kind === kind && one.entity.cluster === id);
      if (own.length === 0) return [];
      return [{ path: `${name}-${fileNames[kind]}`, content: manifestText(kind, own) }];
    });
  });
}

/** Policies that are there already: they stay what they are, and where they are. */
const present = (design: Design): readonly LeftOut[] =>
  [
    ...(design.networkPolicies ?? []).map(({ id }) => entityRef('network-policy', id)),
    ...(design.calicoPolicies ?? []).map(({ id }) => entityRef('calico-policy', id)),
  ].map((ref) => leftOut(ref, '', 'policy-stays'));

/** What is allowed to pods without labels is allowed to all of their namespace: nothing else picks them. */
function unlabelled(policies: readonly Policy[], design: Design): readonly LeftOut[] {
  return (design.workloads ?? []).flatMap((workload) => {
    if (hasLabels(workload) || workload.hostNetwork) return [];
    const isMeant = policies.some(
      ({ entity }) =>
        entity.cluster === workload.cluster && entity.namespace === workload.namespace,
    );
    if (!isMeant) return [];
    const { id, namespace } = workload;
    const ref = entityRef('workload', id);
    return [leftOut(ref, 'labels', { code: 'pods-unlabelled', detail: { namespace } })];
  });
}
