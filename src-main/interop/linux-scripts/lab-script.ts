import { type Lab } from '../linux/lab.ts';
import type { PairEnd } from '../linux/index.ts';
import { command, comment, word } from './shell.ts';

/** Namespace → path of the script that sets it up. */
type Scripts = ReadonlyMap<string, string>;

const header = (lab: Lab, what: string, script: string, prefix: string): string[] => [
  '#!/bin/sh',
  comment(`${what} the design "${lab.network.design.name}" as network namespaces.`),
  `# Usage, as root: sh ${script} [PREFIX]; namespaces are called PREFIX and the machine's name, "${prefix}" when absent.`,
];

const prefixLines = (script: string, prefix: string): string[] => [
  `prefix=\${1-${word(prefix)}}`,
  'case $prefix in',
  "'' | [!A-Za-z0-9]* | *[!A-Za-z0-9._-]*)",
  `  echo 'usage: sh ${script} [PREFIX]: letters, digits, dots, dashes and _' >&2`,
  '  exit 2',
  '  ;;',
  'esac',
];

const each = (scripts: Scripts): string =>
  `for name in \\\n${[...scripts.keys()].map((name) => `  ${word(name)}`).join(' \\\n')}`;

/** Builds every machine of a design on one, with the wires between them. */
export function labScript(lab: Lab, scripts: Scripts, prefix: string): string {
  const named = (end: PairEnd) => endWords(end);
  const lines = [
    ...header(lab, 'Builds', 'lab.sh', prefix),
    '# Then, for instance: ip netns exec PREFIXmachine ping ADDRESS. To remove it: sh lab-down.sh [PREFIX].',
    'set -eu',
    ...prefixLines('lab.sh', prefix),
    'cd "$(dirname "$0")"',
    '',
    each(scripts),
    'do',
    '  if [ -e "/run/netns/$prefix$name" ]; then',
    '    echo "$prefix$name is there already: sh lab-down.sh $prefix removes it" >&2',
    '    exit 1',
    '  fi',
    'done',
    '',
    '# Half a lab does not stay',
    `trap 'sh ./lab-down.sh "$prefix"' EXIT`,
    "trap 'exit 1' HUP INT TERM",
    '',
    '# Machines',
    each(scripts),
    'do ip netns add "$prefix$name"; done',
    '',
    '# Wires',
    ...lab.plan.pairs.map(([a, b]) => `ip link add ${named(a)} type veth peer ${named(b)}`),
    '',
    '# Addresses, routes and rules',
    ...[...scripts].map(
      ([name, path]) => `ip netns exec "$prefix"${word(name)} sh ./${word(path)}`,
    ),
    '',
    'trap - EXIT',
  ];
  return `${lines.join('\n')}\n`;
}

const endWords = ({ namespace, name, mtu, mac }: PairEnd): string =>
  [
    command([
      'name',
      name,
      ...(mtu === undefined ? [] : ['mtu', String(mtu)]),
      ...(mac === undefined ? [] : ['address', mac]),
    ]),
    `netns "$prefix"${word(namespace)}`,
  ].join(' ');

/** Removes what {@link labScript} builds, with all that runs in it. */
export function labDownScript(lab: Lab, scripts: Scripts, prefix: string): string {
  const lines = [
    ...header(lab, 'Removes', 'lab-down.sh', prefix),
    '# What runs in the namespaces is ended.',
    'set -eu',
    ...prefixLines('lab-down.sh', prefix),
    '',
    each(scripts),
    'do',
    '  if [ -e "/run/netns/$prefix$name" ]; then',
    '    for pid in $(ip netns pids "$prefix$name"); do kill "$pid" 2>/dev/null || :; done',
    '    ip netns delete "$prefix$name"',
    '  fi',
    'done',
  ];
  return `${lines.join('\n')}\n`;
}
