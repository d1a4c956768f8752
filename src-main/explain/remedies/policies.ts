import type { CalicoPolicy, Design, NetworkPolicy, Workload } from '../../model/design.ts';
import { added, candidate, changed, freeId, type Candidate } from '../change.ts';
import type { Context, Facts } from './context.ts';

const workloadOf = (design: Design, pod: string): Workload | undefined =>
  design.workloads?.find(({ pods }) => pods.some(({ id }) => id === pod));

const workloadAt = (design: Design, address: string): Workload | undefined =>
  design.workloads?.find(({ pods }) => pods.some(({ addresses }) => addresses?.includes(address)));

/** Lets the packet past the policies that stop it: an own policy for it, or a rule in the one of Calico's that does. */
export function admit(context: Context, facts: Facts<'denied-by-policy'>): readonly Candidate[] {
  const { design } = context;
  const calico = facts.policies.flatMap(
    (id) => design.calicoPolicies?.filter((one) => one.id === id) ?? [],
  );
  const rules = calico.map((policy) => calicoRule(context, policy, facts.direction));
  const own =
    'pod' in facts && facts.rule === undefined
      ? ownPolicy(context, facts.pod, facts.direction)
      : [];
  return [...own, ...rules].filter((one) => one !== undefined);
}

const protocolNames = { tcp: 'TCP', udp: 'UDP' } as const;

function ownPolicy(
  { design, seen }: Context,
  pod: string,
  direction: 'ingress' | 'egress',
): readonly Candidate[] {
  const workload = workloadOf(design, pod);
  if (!workload || !seen || (seen.protocol !== 'tcp' && seen.protocol !== 'udp')) return [];
  const { source, destination, destinationPort: port } = seen;
  const protocol = protocolNames[seen.protocol];
  const peerAddress = direction === 'ingress' ? source : destination;
  const peerWorkload = workloadAt(design, peerAddress);
  const block = { ipBlock: { cidr: `${peerAddress}/${peerAddress.includes(':') ? 128 : 32}` } };
  const sameNamespace =
    peerWorkload?.labels && peerWorkload.namespace === workload.namespace
      ? { podSelector: { matchLabels: peerWorkload.labels } }
      : undefined;
  const policyFor = (design_: Design, peer: typeof block | NonNullable<typeof sameNamespace>) => {
    const id = freeId(
      `allow-${workload.id}`.slice(0, 55),
      (design_.networkPolicies ?? []).map((one) => one.id),
    );
    const ports = [{ protocol, port }];
    const base = {
      id,
      cluster: workload.cluster,
      namespace: workload.namespace,
      podSelector: workload.labels ? { matchLabels: workload.labels } : {},
    };
    return (
      direction === 'ingress'
        ? { ...base, policyTypes: ['Ingress'], ingress: [{ from: [peer], ports }] }
        : { ...base, policyTypes: ['Egress'], egress: [{ to: [peer], ports }] }
    ) as NetworkPolicy;
  };
  return [sameNamespace, block]
    .filter((peer) => peer !== undefined)
    .map((peer) =>
      candidate(
        'policy-add',
        {
          policy: policyFor(design, peer).id,
          pod,
          direction,
          protocol: seen.protocol,
          source,
          destination,
          port,
        },
        (now) => added(now, 'network-policy', policyFor(now, peer)),
      ),
    );
}

function calicoRule(
  { seen, blocked }: Context,
  policy: CalicoPolicy,
  direction: 'ingress' | 'egress',
): Candidate | undefined {
  if (!seen || seen.isOuter) return undefined;
  const { protocol, source, destination, destinationPort } = seen;
  const hasPort = (protocol === 'tcp' || protocol === 'udp') && !blocked.isReply;
  const names = {
    tcp: 'TCP',
    udp: 'UDP',
    icmp: source.includes(':') ? 'ICMPv6' : 'ICMP',
    esp: 50,
    'ip-in-ip': 4,
  } as const;
  const rule = {
    action: 'Allow' as const,
    protocol: names[protocol],
    source: { nets: [source] },
    destination: { nets: [destination], ...(hasPort ? { ports: [destinationPort] } : {}) },
  };
  const detail = {
    policy: policy.id,
    direction,
    protocol,
    source,
    destination,
    ...(hasPort ? { port: destinationPort } : {}),
  };
  return candidate('calico-rule-add', detail, (design) =>
    changed(design, 'calico-policy', policy.id, (old) => ({
      ...old,
      [direction]: [rule, ...(old[direction] ?? [])],
    })),
  );
}
