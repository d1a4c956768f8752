import type { LinuxPlan, Namespace } from '../linux/index.ts';
import { bridgeWords, endsOf, ipWords, pathFor, portsOf, settingsOf } from '../linux/lab.ts';

/**
 * Commands that set up one machine in its container, in order. containerlab takes them apart as a shell would and runs them
 * without one, having put values in the place of `$NAME` (containerlab.dev/manual/topo-def-file): there is no dollar sign in
 * them, and no single quote within quotes.
 */
export function commandsOf(plan: LinuxPlan, namespace: Namespace): string[] {
  const ports = [...portsOf(plan, namespace).values()].map(({ own }) => own);
  const ends = endsOf(plan, namespace);
  return [
    script(settings(namespace)),
    // containerlab has set both ends up. Down, an interface forgets the addresses that it has given itself by its first MAC.
    ...[...ends, ...ports].map(({ name, mac, mtu }) =>
      [
        `ip link set dev ${name} down`,
        ...(mac === undefined ? [] : [`address ${mac}`]),
        ...(mtu === undefined ? [] : [`mtu ${mtu}`]),
      ].join(' '),
    ),
    ...namespace.ip.map((line) => ipWords(line).join(' ')),
    ...namespace.bridge.map((line) => bridgeWords(line).join(' ')),
    ...restored('iptables-restore', namespace.iptables),
    ...restored('ip6tables-restore', namespace.ip6tables),
  ];
}

const script = (lines: readonly string[]): string => `sh -c '${lines.join('\n')}'`;

/** Docker turns IPv6 off in a container without a network of its own. */
const ipv6On = ['net/ipv6/conf/default/disable_ipv6', '0'] as const;

/** Written where this kernel has them; the defaults' to all interfaces, of which containerlab has made some already. */
function settings(namespace: Namespace): string[] {
  const { whole, each } = settingsOf(namespace);
  const byName = namespace.node === undefined ? each : [ipv6On, ...each];
  return [
    ...whole
      .filter(([path]) => !path.includes('/conf/'))
      .map(([path, value]) => `[ ! -e /proc/sys/${path} ] || echo ${value} >/proc/sys/${path}`),
    ...byName.map(
      ([path, value]) => `echo ${value} | tee /proc/sys/${pathFor(path, '*')} >/dev/null`,
    ),
  ];
}

const restored = (program: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [script([`${program} <<"END"`, ...lines, 'END'])];
