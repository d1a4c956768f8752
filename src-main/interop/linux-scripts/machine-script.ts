import type { Node } from '../../model/design.ts';
import {
  bridgeWords,
  endsOf,
  ipWords,
  pathFor,
  portsOf,
  settingsOf,
  type Lab,
} from '../linux/lab.ts';
import type { Namespace } from '../linux/index.ts';
import { command, comment, hereDocument, word } from './shell.ts';

/** The script that sets up one machine, or the bridges between machines, whose interfaces are there. */
export function machineScript(lab: Lab, namespace: Namespace): string {
  const ports = portsOf(lab.plan, namespace);
  const parts = [
    header(lab, namespace),
    settings(namespace, [...ports.keys()]),
    ...interfaces(lab, namespace),
    ...bridging(lab, namespace),
    ...rules(namespace),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const nodeOf = ({ network }: Lab, { node }: Namespace): Node | undefined =>
  network.design.nodes?.find(({ id }) => id === node);

function header(lab: Lab, namespace: Namespace): string[] {
  const node = nodeOf(lab, namespace);
  const what =
    node === undefined
      ? 'The bridges of segments that more than two machines are on'
      : `${node.kind} node:${node.id}${namespace.on === undefined ? '' : ` in node:${namespace.on}`}${nameOf(node)}`;
  return [
    '#!/bin/sh',
    comment(`${what}; of the design "${lab.network.design.name}".`),
    '# To be run as root where the interfaces are there. It may be run again. It takes no address and no route away; the',
    '# tables of iptables that it writes are replaced.',
    'set -eu',
    '',
    '# setting PATH VALUE: below /proc/sys, where this kernel has it',
    'setting() { if [ -e "/proc/sys/$1" ]; then printf \'%s\\n\' "$2" >"/proc/sys/$1"; fi; }',
    '# present NAME: whether there is such an interface',
    'present() { ip link show dev "$1" >/dev/null 2>&1; }',
  ];
}

const nameOf = ({ id, name }: Node): string =>
  name === undefined || name === id ? '' : ` (${name})`;

function settings(namespace: Namespace, ports: readonly string[]): string[] {
  const { whole, each } = settingsOf(namespace);
  const names = ['default', ...namespace.interfaces.keys(), ...ports];
  return [
    '# Kernel settings: forwarding, ARP, redirects, equal routes',
    ...whole.map(([path, value]) => command(['setting', path, value])),
    // An interface that is there already does not follow the defaults.
    `for name in ${command(names)}; do`,
    ...each.map(([path, value]) => `  setting "${pathFor(path, '$name')}" ${word(value)}`),
    'done',
  ];
}

/** `ip` lines under headings that say whose they are. */
function interfaces(lab: Lab, namespace: Namespace): string[][] {
  const ports = portsOf(lab.plan, namespace);
  const ends = new Map(endsOf(lab.plan, namespace).map((end) => [end.name, end]));
  const parts: string[][] = [];
  let last = '';
  for (const line of namespace.ip) {
    const heading = headingOf(namespace, line) ?? last;
    if (heading !== last || parts.length === 0) parts.push([comment(heading || 'Loopback')]);
    last = heading;
    const name = wordAfter(line, 'dev') ?? '';
    const end = ends.get(name);
    if (end?.mtu !== undefined) {
      parts.at(-1)?.push(command(['ip', 'link', 'set', 'dev', name, 'mtu', String(end.mtu)]));
      ends.delete(name);
    }
    parts.at(-1)?.push(guarded(line, ports));
  }
  // What is down in the design has no lines of its own.
  const down = [...ends.values()].filter(({ up }) => !up);
  return [
    ...parts,
    ...down.map(({ name }) => [
      comment(`${interfaceText(namespace, name)}: down`),
      command(['ip', 'link', 'set', 'dev', name, 'down']),
    ]),
  ];
}

const wordAfter = (line: string, key: string): string | undefined => {
  const words = line.split(' ');
  const at = words.indexOf(key);
  return at < 0 ? undefined : words[at + 1];
};

const interfaceText = ({ node, interfaces: all }: Namespace, name: string): string => {
  const id = all.get(name) ?? name;
  return `Interface ${id} of node:${node}${id === name ? '' : `, here ${name}`}`;
};

function headingOf(namespace: Namespace, line: string): string | undefined {
  if (line.startsWith('route ')) return `Static routes of node:${namespace.node}`;
  const name = wordAfter(line, 'dev') ?? wordAfter(line, 'name') ?? '';
  if (namespace.interfaces.has(name)) return interfaceText(namespace, name);
  const bridge = wordAfter(line, 'master') ?? name;
  const segment = namespace.bridges?.get(bridge);
  return segment === undefined ? undefined : `Bridge ${bridge} of ${segment}`;
}

type Ports = ReturnType<typeof portsOf>;

/** What is made is made once; a port that is not there is another program's to attach. */
function guarded(line: string, ports: Ports): string {
  const text = command(ipWords(line));
  const made = /^link add name (\S+)/.exec(line)?.[1];
  if (made !== undefined) return `present ${word(made)} || ${text}`;
  const port = ports.get(wordAfter(line, 'dev') ?? '');
  if (port === undefined) return text;
  return `${ifPresent(port.own.name, text)} ${comment(`${port.far.namespace} ${port.far.name}`)}`;
}

const ifPresent = (name: string, text: string): string =>
  `if present ${word(name)}; then ${text}; fi`;

function bridging(lab: Lab, namespace: Namespace): string[][] {
  if (namespace.bridge.length === 0) return [];
  const ports = portsOf(lab.plan, namespace);
  const lines = namespace.bridge.map((line) => {
    const name = wordAfter(line, 'dev') ?? '';
    const text = command(bridgeWords(line));
    return ports.has(name) ? ifPresent(name, text) : text;
  });
  return [
    [
      comment(`Where machines are, by their MAC addresses, as node:${namespace.node} is told`),
      ...lines,
    ],
  ];
}

function rules({ node, iptables, ip6tables }: Namespace): string[][] {
  const part = (program: string, family: string, lines: readonly string[]) =>
    lines.length === 0
      ? []
      : [
          [
            comment(
              `Firewall, NAT and balancers of node:${node} for ${family}; comments are the rules' ids`,
            ),
            ...hereDocument(program, lines),
          ],
        ];
  return [
    ...part('iptables-restore', 'IPv4', iptables),
    ...part('ip6tables-restore', 'IPv6', ip6tables),
  ];
}
