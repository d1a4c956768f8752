import type { CalicoPolicy, CalicoRule, NetworkPolicy } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import type { PolicyDirection } from '../../sim/compile/policy-tables.ts';
import { code, toned, type Line } from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { linesOf } from './lines.ts';
import { selectorText } from './selectors.ts';

/** Action, source, destination, service. */
export type RuleCells = readonly Line[];

type KubernetesIngress = NonNullable<NetworkPolicy['ingress']>[number];
type Peer = NonNullable<KubernetesIngress['from']>[number];
type Ports = NonNullable<KubernetesIngress['ports']>;
type End = NonNullable<CalicoRule['source']>;

export function kubernetesRules(
  speaker: Speaker,
  policy: NetworkPolicy,
  direction: PolicyDirection,
): readonly RuleCells[] {
  const { t } = speaker;
  const cells = (peers: readonly Peer[] = [], ports: Ports = []): RuleCells => {
    const peer: Line =
      peers.length === 0
        ? [t.any]
        : linesOf(peers.map((one) => [code(peerText(speaker, policy, one))]));
    const own: Line = [toned('faint', t.policy.selected)];
    const ends = direction === 'ingress' ? [peer, own] : [own, peer];
    return [[toned('good', t.policy.actions.Allow)], ...ends, kubernetesPorts(speaker, ports)];
  };
  return direction === 'ingress'
    ? (policy.ingress ?? []).map(({ from, ports }) => cells(from, ports))
    : (policy.egress ?? []).map(({ to, ports }) => cells(to, ports));
}

function peerText({ t }: Speaker, { namespace }: NetworkPolicy, peer: Peer): string {
  if ('ipBlock' in peer) {
    const { cidr, except = [] } = peer.ipBlock;
    return except.length === 0 ? cidr : t.policy.except(cidr, except.join(', '));
  }
  const { podSelector, namespaceSelector } = peer;
  const where = namespaceSelector
    ? t.policy.namespaces(selectorText(t, namespaceSelector))
    : `${namespace}:`;
  return `${where} ${selectorText(t, podSelector ?? {})}`;
}

function kubernetesPorts({ t }: Speaker, ports: Ports): Line {
  if (ports.length === 0) return [t.any];
  return linesOf(
    ports.map(({ protocol = 'TCP', port, endPort }) => [
      code(
        port === undefined
          ? protocol
          : `${protocol} ${port}${endPort === undefined ? '' : `-${endPort}`}`,
      ),
    ]),
  );
}

export function calicoRules(
  speaker: Speaker,
  policy: CalicoPolicy,
  direction: PolicyDirection,
): readonly RuleCells[] {
  const { t } = speaker;
  return (policy[direction] ?? []).map((rule): RuleCells => {
    const tone = rule.action === 'Allow' ? 'good' : rule.action === 'Deny' ? 'bad' : 'faint';
    const ends: [Line, Line] = [
      endText(speaker, policy, rule.source, true),
      endText(speaker, policy, rule.destination, false),
    ];
    // What the policy selects is the destination of what comes in and the source of what goes out.
    const own = direction === 'ingress' ? 1 : 0;
    ends[own] = linesOf([[toned('faint', t.policy.selected)], ...nonEmpty(ends[own])]);
    const other = 1 - own;
    if (ends[other]?.length === 0) ends[other] = [t.any];
    return [[toned(tone, t.policy.actions[rule.action])], ...ends, serviceText(speaker, rule)];
  });
}

const nonEmpty = (line: Line): readonly Line[] => (line.length === 0 ? [] : [line]);

/** All of it has to hold; ports of the destination stand with the service. */
function endText(
  { t }: Speaker,
  { namespace }: CalicoPolicy,
  end: End | undefined,
  withPorts: boolean,
): Line {
  if (!end) return [];
  const { nets = [], notNets = [], selector = '', notSelector = '', namespaceSelector = '' } = end;
  const picks = selector !== '' || notSelector !== '' || namespaceSelector !== '';
  const parts = [
    ...(nets.length === 0 ? [] : [nets.join(', ')]),
    ...(notNets.length === 0 ? [] : [t.policy.not(notNets.join(', '))]),
    ...(namespaceSelector !== ''
      ? [t.policy.namespaces(namespaceSelector)]
      : picks && namespace !== undefined
        ? [`${namespace}:`]
        : []),
    ...(selector === '' ? [] : [selector]),
    ...(notSelector === '' ? [] : [t.policy.not(notSelector)]),
    ...(withPorts ? portParts(t, end) : []),
  ];
  return linesOf(parts.map((part) => [code(visibleText(part))]));
}

const portParts = (t: Speaker['t'], { ports = [], notPorts = [] }: End): readonly string[] => [
  ...(ports.length === 0 ? [] : [t.policy.ports(ports.join(', '))]),
  ...(notPorts.length === 0 ? [] : [t.policy.not(t.policy.ports(notPorts.join(', ')))]),
];

function serviceText({ t }: Speaker, rule: CalicoRule): Line {
  const { protocol, notProtocol, ipVersion, icmp, notICMP, destination } = rule;
  const named = (one: string | number) => (typeof one === 'number' ? t.policy.protocol(one) : one);
  const icmpText = ({ type, code: of }: NonNullable<typeof icmp>) =>
    type === undefined ? 'ICMP' : t.policy.icmp(type, of);
  const parts = [
    ...(ipVersion === undefined ? [] : [`IPv${ipVersion}`]),
    ...(protocol === undefined ? [] : [named(protocol)]),
    ...(notProtocol === undefined ? [] : [t.policy.not(named(notProtocol))]),
    ...(icmp ? [icmpText(icmp)] : []),
    ...(notICMP ? [t.policy.not(icmpText(notICMP))] : []),
    ...portParts(t, destination ?? {}),
  ];
  return parts.length === 0 ? [t.any] : [code(visibleText(parts.join(' ')))];
}
