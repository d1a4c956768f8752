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
  const names = [...ends, ...ports].map(({ name }) => name);
  return [
    script(settings(namespace, names)),
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
const ipv6On = ['all', 'default'].map(
  (name) => [`net/ipv6/conf/${name}/disable_ipv6`, '0'] as const,
);

/** Written where this kernel has them; the defaults' also to interfaces that are there already. */
function settings(namespace: Namespace, names: readonly string[]): string[] {
  const { whole, each } = settingsOf(
    namespace.node === undefined
      ? namespace
      : { ...namespace, sysctls: [...ipv6On, ...namespace.sysctls] },
  );
  const all = [
    ...whole,
    ...['default', ...names].flatMap((name) =>
      each.map(([path, value]) => [pathFor(path, name), value] as const),
    ),
  ];
  return all.map(
    ([path, value]) => `[ ! -e /proc/sys/${path} ] || echo ${value} >/proc/sys/${path}`,
  );
}

const restored = (program: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [script([`${program} <<"END"`, ...lines, 'END'])];
