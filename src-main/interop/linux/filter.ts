import type { FirewallRule, HostLike } from '../../model/design.ts';
import type { IpFamily } from '../../model/ip.ts';
import { addressMatch, combine, interfaceMatch, join, servicesMatch } from './matches.ts';
import { rulePrefix, type LinuxOptions } from './plan.ts';

type Action = FirewallRule['action'];
export type NameOf = (id: string) => string | undefined;

/** Router and neighbor messages, which no design's rule is about (RFC 4890 §4.4). */
const neighborDiscovery = [133, 134, 135, 136];

/**
 * The `filter` table of a node that forwards by Linux's order: what comes in for itself and what it passes on goes by the
 * design's rules, what it sends does not. Each rule is a chain, so that its alternatives are counted as one.
 */
export function filterTable(
  node: HostLike,
  family: IpFamily,
  nameOf: NameOf,
  options: LinuxOptions,
): string[] {
  const firewall = node.firewall ?? { rules: [], defaultAction: 'deny' };
  const rules = firewall.rules.flatMap((rule, at) =>
    rule.enabled === false ? [] : [{ rule, number: at + 1 }],
  );
  const ruleChains = [
    ...rules.map(({ rule, number }) => ({ number, action: rule.action })),
    { number: 0, action: firewall.defaultAction ?? 'deny' },
  ];
  const sends = rules.some(({ rule }) => rule.chain === 'output');
  const jumps = (way: Way) =>
    rules.flatMap(({ rule, number }) =>
      matchesOf(rule, way, family, nameOf).map((match) =>
        join(`-A ${way}`, match, comment(rule.id), `-j ${chainOf(number)}`),
      ),
    );
  const first = (chain: string) => [
    `-A ${chain} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`,
  ];
  return [
    '*filter',
    ':INPUT ACCEPT [0:0]',
    ':FORWARD ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':in - [0:0]',
    ':forward - [0:0]',
    ...(sends ? [':out - [0:0]'] : []),
    ...ruleChains.map(({ number }) => `:${chainOf(number)} - [0:0]`),
    '-A INPUT -i lo -j ACCEPT',
    ...(family === 6
      ? neighborDiscovery.map((type) => `-A INPUT -p ipv6-icmp --icmpv6-type ${type} -j ACCEPT`)
      : []),
    ...first('INPUT'),
    '-A INPUT -j in',
    ...first('FORWARD'),
    '-A FORWARD -j forward',
    ...(sends ? outputJump(family, first('OUTPUT')) : []),
    ...(sends ? jumps('out') : []),
    ...jumps('in'),
    `-A in -j ${chainOf(0)}`,
    ...jumps('forward'),
    `-A forward -j ${chainOf(0)}`,
    ...ruleChains.flatMap(({ number, action }) => chainLines(number, action, options)),
    'COMMIT',
  ];
}

const chainOf = (number: number): string => (number === 0 ? 'default' : `rule-${number}`);

/** An id holds letters, digits, dots, underscores and dashes: nothing to quote. */
export const comment = (id: string): string => `-m comment --comment ${id}`;

type Way = 'in' | 'forward' | 'out';
const chains: Readonly<Record<Way, FirewallRule['chain']>> = {
  in: 'input',
  forward: 'forward',
  out: 'output',
};

/** To itself and to its neighbors a machine speaks whatever its rules say. */
const outputJump = (family: IpFamily, established: readonly string[]): string[] => [
  '-A OUTPUT -o lo -j ACCEPT',
  ...(family === 6
    ? neighborDiscovery.map((type) => `-A OUTPUT -p ipv6-icmp --icmpv6-type ${type} -j ACCEPT`)
    : []),
  ...established,
  '-A OUTPUT -j out',
];

function matchesOf(rule: FirewallRule, way: Way, family: IpFamily, nameOf: NameOf) {
  const { inInterface, outInterface, sources, destinations, services } = rule;
  if (rule.chain === undefined ? way === 'out' : rule.chain !== chains[way]) return [];
  // What is for the machine itself leaves by no interface, and what it sends comes by none.
  if (outInterface !== undefined && way === 'in') return [];
  if (inInterface !== undefined && way === 'out') return [];
  return combine(
    interfaceMatch('-i', inInterface === undefined ? undefined : nameOf(inInterface)),
    interfaceMatch('-o', outInterface === undefined ? undefined : nameOf(outInterface)),
    servicesMatch(services, family),
    addressMatch(sources, 'source', family),
    addressMatch(destinations, 'destination', family),
  );
}

function chainLines(number: number, action: Action, options: LinuxOptions): string[] {
  const chain = `-A ${chainOf(number)}`;
  return [...logLines(chain, rulePrefix('filter', number), options), ...verdict(chain, action)];
}

function verdict(chain: string, action: Action): string[] {
  switch (action) {
    case 'accept':
      return [`${chain} -j ACCEPT`];
    case 'deny':
      return [`${chain} -j DROP`];
    case 'reject':
      return [`${chain} -p tcp -j REJECT --reject-with tcp-reset`, `${chain} -j REJECT`];
    default:
      return action satisfies never;
  }
}

export const logLines = (
  chain: string,
  prefix: string,
  { logGroup }: LinuxOptions,
): readonly string[] =>
  logGroup === undefined
    ? []
    : [`${chain} -j NFLOG --nflog-group ${logGroup} --nflog-prefix "${prefix}"`];
