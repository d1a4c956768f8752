/** Verdicts of random policies over random pods, held against the words of Kubernetes' API reference. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Design, NetworkPolicy, Workload } from '../../src-main/model/design.ts';
import { ip, prefix, prefixContains } from '../../src-main/model/ip.ts';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { flowOf, network } from '../builders/network.ts';
import { cluster, pool } from '../sim/cluster.ts';

const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 60) };

type Selector = NetworkPolicy['podSelector'];
type Ingress = NonNullable<NetworkPolicy['ingress']>[number];
type Peer = NonNullable<Ingress['from']>[number];
type PolicyPort = NonNullable<Ingress['ports']>[number];

const namespaceLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { team: 'x' },
  b: { team: 'y', tier: 'x' },
  c: {},
};
/** Mostly one, so that a policy and a pod often meet. */
const namespace = fc.constantFrom('a', 'a', 'a', 'b', 'c');
const value = fc.constantFrom('x', 'y');
const key = fc.constantFrom('team', 'tier', 'kubernetes.io/metadata.name');
const podLabels = fc.dictionary(fc.constantFrom('team', 'tier'), value, { maxKeys: 2 });
const optional = <T extends object>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }) =>
  fc.record(model, { requiredKeys: [] });

const selector: fc.Arbitrary<Selector> = optional({
  matchLabels: fc.dictionary(fc.constantFrom('team', 'tier'), value, { maxKeys: 1 }),
  matchExpressions: fc.array(
    fc.oneof(
      fc.record({
        key,
        operator: fc.constantFrom('In' as const, 'NotIn' as const),
        values: fc.array(fc.constantFrom('x', 'y', 'a', 'b'), { minLength: 1, maxLength: 2 }),
      }),
      fc.record({ key, operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
    ),
    { maxLength: 1 },
  ),
});

const cidr = fc.constantFrom(
  '172.28.0.0/16',
  '172.28.0.0/26',
  '172.28.0.2/31',
  '10.0.1.0/24',
  'fd28::/64',
);
const peer: fc.Arbitrary<Peer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector }),
  fc.record({ podSelector: selector, namespaceSelector: selector }),
  fc.record({ ipBlock: fc.record({ cidr, except: fc.array(cidr, { maxLength: 1 }) }) }),
);
const protocol = fc.constantFrom('TCP' as const, 'UDP' as const, 'SCTP' as const);
const policyPort: fc.Arbitrary<PolicyPort> = fc.oneof(
  optional({ protocol, port: fc.constantFrom(80, 81, 'one', 'two') }),
  fc.record({ protocol, port: fc.constant(80), endPort: fc.constantFrom(80, 81) }),
);
const peers = fc.array(peer, { maxLength: 2 });
const ports = fc.array(policyPort, { maxLength: 2 });
const policy: fc.Arbitrary<Omit<NetworkPolicy, 'id' | 'cluster'>> = fc.record(
  {
    namespace,
    podSelector: fc.oneof(fc.constant({}), selector),
    policyTypes: fc.subarray(['Ingress' as const, 'Egress' as const], { minLength: 1 }),
    ingress: fc.array(optional({ from: peers, ports }), { maxLength: 2 }),
    egress: fc.array(optional({ to: peers, ports }), { maxLength: 2 }),
  },
  { requiredKeys: ['namespace', 'podSelector'] },
);
const workload = fc.record({
  namespace,
  labels: podLabels,
  hostNetwork: fc.constantFrom(false, false, false, true),
  ports: fc.subarray(['one 80', 'one 81/UDP', 'two 81', 'two 80/UDP']),
  node: fc.constantFrom('n1', 'n2'),
});
const question = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const),
  port: fc.constantFrom(80, 81),
});

const nodeAddresses: Readonly<Record<string, string>> = { n1: '10.0.1.11', n2: '10.0.1.12' };

/** One pod of each workload, without tunnels and masquerading: addresses stay what they are. */
const world = fc
  .record({
    workloads: fc.array(workload, { minLength: 2, maxLength: 5 }),
    policies: fc.array(policy, { minLength: 2, maxLength: 5 }),
    questions: fc.array(question, { minLength: 4, maxLength: 10 }),
  })
  .map(({ workloads, policies, questions }) => {
    const net = cluster(
      { ipPools: [pool('172.28.0.0/16')] },
      {
        namespaces: Object.entries(namespaceLabels)
          .filter(([name]) => name !== 'c')
          .map(([name, labels]) => ({ name, labels })),
      },
    );
    workloads.forEach(({ node, ...options }, at) => net.workload(`w${at}`, [node], options));
    policies.forEach((one, at) => net.networkPolicy(`p${at}`, one));
    questions.forEach(({ from, to, protocol: asked, port }, at) => {
      const pod = (number: number) => `w${number % workloads.length}-1`;
      const what = asked === 'icmp' ? { protocol: asked } : { protocol: asked, port };
      net.flow(`q${at}`, pod(from), pod(to), what);
    });
    return network(net.build()).build();
  });

interface Pod {
  readonly workload: Workload;
  readonly address: string;
  readonly node: string;
}

function podOf(design: Design, id: string): Pod {
  for (const workload of design.workloads ?? []) {
    for (const pod of workload.pods) {
      if (pod.id !== id) continue;
      const address = pod.addresses?.find((text) => text.includes('.'));
      return { workload, node: pod.node, address: address ?? nodeAddresses[pod.node] ?? '' };
    }
  }
  throw new Error(`no pod ${id}`);
}

function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  for (const [name, wanted] of Object.entries(matchLabels)) {
    if (labels[name] !== wanted) return false;
  }
  for (const { key: name, operator, values = [] } of matchExpressions) {
    const has = name in labels;
    const isListed = has && values.includes(labels[name] ?? '');
    if (operator === 'In' && !isListed) return false;
    if (operator === 'NotIn' && isListed) return false;
    if (operator === 'Exists' && !has) return false;
    if (operator === 'DoesNotExist' && has) return false;
  }
  return true;
}
type Labels = Readonly<Record<string, string>>;

function isPeer(own: string, one: Peer, { workload, address }: Pod): boolean {
  if ('ipBlock' in one) {
    const isWithin = (text: string) => prefixContains(prefix(text), ip(address));
    return isWithin(one.ipBlock.cidr) && !(one.ipBlock.except ?? []).some(isWithin);
  }
  if (workload.hostNetwork) return false;
  const labels = {
    ...namespaceLabels[workload.namespace],
    'kubernetes.io/metadata.name': workload.namespace,
  };
  const isInNamespace = one.namespaceSelector
    ? selects(one.namespaceSelector, labels)
    : workload.namespace === own;
  return isInNamespace && (!one.podSelector || selects(one.podSelector, workload.labels ?? {}));
}

function isPort(one: PolicyPort, to: Pod, asked: string, port: number): boolean {
  if (asked !== (one.protocol ?? 'TCP').toLowerCase()) return false;
  if (one.port === undefined) return true;
  if (typeof one.port === 'number') return one.port <= port && port <= (one.endPort ?? one.port);
  return (
    to.workload.hostNetwork !== true &&
    (to.workload.ports ?? []).some(
      (own) =>
        own.name === one.port &&
        own.port === port &&
        (own.protocol ?? 'TCP') === (one.protocol ?? 'TCP'),
    )
  );
}

type Side = 'Ingress' | 'Egress';

function lets(
  policies: readonly NetworkPolicy[],
  side: Side,
  from: Pod,
  to: Pod,
  asked: string,
  port: number,
): boolean {
  const [subject, other] = side === 'Ingress' ? [to, from] : [from, to];
  if (subject.workload.hostNetwork) return true;
  const selecting = policies.filter((one) => {
    const types =
      one.policyTypes ?? ((one.egress ?? []).length > 0 ? ['Ingress', 'Egress'] : ['Ingress']);
    return (
      one.namespace === subject.workload.namespace &&
      selects(one.podSelector, subject.workload.labels ?? {}) &&
      types.includes(side)
    );
  });
  if (selecting.length === 0) return true;
  return selecting.some((one) => {
    const rules =
      side === 'Ingress'
        ? (one.ingress ?? []).map((rule) => ({ peers: rule.from ?? [], ports: rule.ports ?? [] }))
        : (one.egress ?? []).map((rule) => ({ peers: rule.to ?? [], ports: rule.ports ?? [] }));
    return rules.some(
      ({ peers, ports }) =>
        (peers.length === 0 || peers.some((some) => isPeer(one.namespace, some, other))) &&
        (ports.length === 0 || ports.some((some) => isPort(some, to, asked, port))),
    );
  });
}

it('lets through what the API reference says, and nothing else', () => {
  const seen = { allowed: 0, denied: 0 };
  fc.assert(
    fc.property(world, (design) => {
      const compiled = compile(design);
      for (const { id, from, to, protocol: asked = 'tcp', port = 0 } of design.flows ?? []) {
        if (from.kind !== 'pod' || to.kind !== 'pod') throw new Error('a flow between pods');
        const [source, target] = [podOf(design, from.pod), podOf(design, to.pod)];
        // Here Calico and Kubernetes differ, which a test of its own is about.
        const isForOwnNode = target.workload.hostNetwork && source.node === target.node;
        if (isForOwnNode) continue;
        const isLocal =
          from.pod === to.pod ||
          (source.workload.hostNetwork === true && source.node === target.node);
        const policies = design.networkPolicies ?? [];
        const allowed =
          isLocal ||
          (lets(policies, 'Egress', source, target, asked, port) &&
            lets(policies, 'Ingress', source, target, asked, port));
        const result = simulate(compiled, flowOf(design, id));
        const [trace] = result.forward;
        expect(trace?.disposition === 'denied', `${id}: ${JSON.stringify(design, null, 1)}`).toBe(
          !allowed,
        );
        expect(result.warnings).toEqual([]);
        seen[allowed ? 'allowed' : 'denied'] += 1;
      }
    }),
    runs,
  );
  expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(runs.numRuns / 2);
});
