import type { HostLike, LoadBalancer, NatRule } from '../../model/design.ts';
import {
  ipPlus,
  ipToBigInt,
  parseAddressMatch,
  parseIp,
  rangeContains,
  type IpFamily,
  type IpRange,
} from '../../model/ip.ts';
import { comment, logLines, type NameOf } from './filter.ts';
import { addressMatch, combine, interfaceMatch, join, serviceMatch } from './matches.ts';
import { rulePrefix, type LinuxOptions } from './plan.ts';

/** Mark of the connections whose source becomes the machine's own address. */
const masqueradeMark = '0x1';
/** Rules that one rule between ranges of one size may become, where they are no prefixes. */
const mostOneToOne = 256n;

interface Chain {
  readonly name: string;
  readonly lines: readonly string[];
}

/** The `nat` table: balancers, then DNAT before routing, SNAT behind the filter. What the machine sends itself is not balanced. */
export function natTable(
  node: HostLike,
  family: IpFamily,
  nameOf: NameOf,
  options: LinuxOptions,
): string[] {
  const balanced = (node.loadBalancers ?? []).filter(
    ({ enabled, layer }) => enabled !== false && layer !== 7,
  );
  const balancers = balanced.map((balancer, at) => balancing(balancer, at + 1, family));
  const rules = (node.nat ?? []).flatMap((rule, at) =>
    rule.enabled === false ? [] : translation(rule, at + 1, balanced, family, nameOf, options),
  );
  const chains = [...balancers, ...rules].flatMap((made) => made.chain);
  const jumps = (hook: Hook) =>
    [...balancers, ...rules].flatMap((made) => (made.hook === hook ? made.jumps : []));
  return [
    '*nat',
    ':PREROUTING ACCEPT [0:0]',
    ':INPUT ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':POSTROUTING ACCEPT [0:0]',
    ...chains.map(({ name }) => `:${name} - [0:0]`),
    ...jumps('PREROUTING'),
    '-A POSTROUTING -o lo -j RETURN',
    ...(balancers.length > 0
      ? [`-A POSTROUTING -m mark --mark ${masqueradeMark} -j MASQUERADE`]
      : []),
    ...jumps('POSTROUTING'),
    ...chains.flatMap(({ lines }) => lines),
    'COMMIT',
  ];
}

type Hook = 'PREROUTING' | 'POSTROUTING';
interface Made {
  readonly hook: Hook;
  readonly jumps: readonly string[];
  readonly chain: readonly Chain[];
}

function translation(
  rule: NatRule,
  number: number,
  balanced: readonly LoadBalancer[],
  family: IpFamily,
  nameOf: NameOf,
  options: LinuxOptions,
): Made[] {
  const hook = rule.kind === 'dnat' ? 'PREROUTING' : 'POSTROUTING';
  const name = `nat-${number}`;
  const out = rule.interface === undefined ? undefined : nameOf(rule.interface);
  const protocol = serviceMatch(
    rule.protocol,
    rule.kind === 'dnat' ? rule.originalPorts : undefined,
    family,
  );
  const targets = targetLines(rule, family);
  if (targets.length === 0) return [];
  const [original, other] =
    rule.kind === 'dnat'
      ? (['destination', 'source'] as const)
      : (['source', 'destination'] as const);
  const limit = rule.kind === 'dnat' ? rule.source : rule.destination;
  const jumps = combine(
    interfaceMatch(rule.kind === 'dnat' ? '-i' : '-o', out),
    protocol,
    addressMatch([rule.original], original, family),
    addressMatch(limit === undefined ? undefined : [limit], other, family),
  ).map((match) => join(`-A ${hook}`, match, comment(rule.id), `-j ${name}`));
  const chain = `-A ${name}`;
  const lines = [
    ...logLines(chain, rulePrefix('nat', number), options),
    ...balanced.flatMap((balancer, at) =>
      handedOver(rule, balancer, family).map((match) =>
        join(chain, match, `-j ${balancerChain(at + 1)}`),
      ),
    ),
    ...targets.map((target) => join(chain, target)),
  ];
  return [{ hook, jumps, chain: [{ name, lines }] }];
}

/** Whether Linux has a rule for it in either family. */
export const isTranslatable = (rule: NatRule): boolean =>
  ([4, 6] as const).some((family) => targetLines(rule, family).length > 0);

/** What a rule writes. Ranges of one size map one to one, others to any address of the new range. */
function targetLines(rule: NatRule, family: IpFamily): readonly string[] {
  if (rule.translated === 'interface') return ['-j MASQUERADE'];
  const to = parseAddressMatch(rule.translated)?.[0];
  if (to?.from.family !== family) return [];
  const from = rule.original === 'any' ? undefined : parseAddressMatch(rule.original)?.[0];
  const oneToOne = from?.from.family === family && sizeOf(from) === sizeOf(to) && sizeOf(to) > 1n;
  const port = rule.kind === 'dnat' ? rule.translatedPort : undefined;
  const [target, side, protocol] =
    rule.kind === 'dnat'
      ? ['DNAT --to-destination', 'destination', rule.protocol ? `-p ${rule.protocol}` : '']
      : ['SNAT --to-source', 'source', ''];
  if (!oneToOne) {
    const range = sizeOf(to) > 1n ? `${to.from.text}-${to.to.text}` : undefined;
    return [join(protocol, `-j ${target} ${withPort(range ?? to.from.text, port)}`)];
  }
  if (rule.original.includes('/') && rule.translated.includes('/') && port === undefined) {
    return [`-j NETMAP --to ${rule.translated}`];
  }
  if (sizeOf(to) > mostOneToOne) return [];
  return Array.from({ length: Number(sizeOf(to)) }, (_, at) => {
    const [one, other] = [ipPlus(from.from, BigInt(at)), ipPlus(to.from, BigInt(at))];
    return join(protocol, `--${side} ${one.text} -j ${target} ${withPort(other.text, port)}`);
  });
}

/**
 * What of a DNAT rule's packets goes on to a balancer on the same machine, which looks at what the rule has made of them.
 * One table of Linux translates a packet's destination but once: the rule hands them over as they are.
 */
function handedOver(rule: NatRule, balancer: LoadBalancer, family: IpFamily): readonly string[] {
  const address = parseIp(balancer.address);
  const to = parseAddressMatch(rule.translated)?.[0];
  if (rule.kind !== 'dnat' || address?.family !== family || !to || !rangeContains(to, address))
    return [];
  const port = rule.translatedPort ?? balancer.port;
  if (port !== balancer.port) return [];
  const ports = rule.translatedPort === undefined ? `--dport ${port}` : '';
  const match = join(`-p ${balancer.protocol}`, ports);
  if (sizeOf(to) === 1n) return [match];
  const from = parseAddressMatch(rule.original)?.[0];
  if (from?.from.family !== family || sizeOf(from) !== sizeOf(to)) return [];
  const original = ipPlus(from.from, ipToBigInt(address) - ipToBigInt(to.from));
  return [join(match, `--destination ${original.text}`)];
}

const balancerChain = (number: number): string => `balancer-${number}`;

const sizeOf = ({ from, to }: IpRange): bigint => ipToBigInt(to) - ipToBigInt(from) + 1n;

function withPort(address: string, port: number | undefined): string {
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Members by chance in proportion to their weights, as kube-proxy chooses endpoints. */
function balancing(balancer: LoadBalancer, number: number, family: IpFamily): Made {
  const name = balancerChain(number);
  const hook = 'PREROUTING';
  if (parseIp(balancer.address)?.family !== family) return { hook, jumps: [], chain: [] };
  const members = balancer.members.filter(
    (member) => member.enabled !== false && parseIp(member.address)?.family === family,
  );
  const match = `-p ${balancer.protocol} --destination ${balancer.address} --dport ${balancer.port}`;
  let left = members.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const lines = members.map(({ address, port = balancer.port, weight = 1 }) => {
    const probability = (weight / left).toFixed(10);
    left -= weight;
    const chance = left > 0 ? `-m statistic --mode random --probability ${probability}` : '';
    const target = `-j DNAT --to-destination ${withPort(address, port)}`;
    return join(`-A ${name} -p ${balancer.protocol}`, chance, target);
  });
  const mark =
    balancer.mode === 'proxy'
      ? [`-A ${name} -j MARK --set-xmark ${masqueradeMark}/${masqueradeMark}`]
      : [];
  return {
    hook,
    jumps: [join(`-A ${hook}`, match, comment(balancer.id), `-j ${name}`)],
    chain: [{ name, lines: [...mark, ...lines] }],
  };
}
