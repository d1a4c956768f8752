import type { LinuxPlan, Namespace } from '../../../src-main/interop/linux/index.ts';

/** Numbers of the design's rules, and what they match in the words of iptables. */
type AcceptedLines = readonly (readonly [number: number, match: string])[];

/**
 * An edge that filters before it translates (stage order `nsx-v`), as Linux can have it: the rules stand in `mangle`, whose
 * PREROUTING is before that of `nat`. What no rule accepts is dropped.
 */
export const filtersFirst =
  (node: string, accepted: Readonly<Record<4 | 6, AcceptedLines>>) =>
  (plan: LinuxPlan): LinuxPlan => ({
    ...plan,
    namespaces: plan.namespaces.map((one) =>
      one.node === node
        ? {
            ...one,
            iptables: [...early(4, accepted[4]), ...withoutFilter(one.iptables)],
            ip6tables: [...early(6, accepted[6]), ...withoutFilter(one.ip6tables)],
          }
        : one,
    ),
  });

const withoutFilter = (lines: Namespace['iptables']) =>
  lines.slice(lines.indexOf('COMMIT', lines.indexOf('*filter')) + 1);

const early = (family: 4 | 6, accepted: AcceptedLines): string[] => [
  '*mangle',
  ':PREROUTING ACCEPT [0:0]',
  ':default - [0:0]',
  ...accepted.map(([number]) => `:rule-${number} - [0:0]`),
  // Neighbors are asked whatever the rules say (RFC 4890 §4.4).
  ...(family === 6
    ? [133, 134, 135, 136].map(
        (type) => `-A PREROUTING -p ipv6-icmp --icmpv6-type ${type} -j ACCEPT`,
      )
    : []),
  '-A PREROUTING -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT',
  ...accepted.map(([number, match]) => `-A PREROUTING ${match} -j rule-${number}`),
  '-A PREROUTING -j default',
  ...accepted.flatMap(([number]) => [
    logged(`rule-${number}`, number),
    `-A rule-${number} -j ACCEPT`,
  ]),
  logged('default', 0),
  '-A default -j DROP',
  'COMMIT',
];

const logged = (chain: string, number: number) =>
  `-A ${chain} -j NFLOG --nflog-group 1 --nflog-prefix "filter ${number}"`;
