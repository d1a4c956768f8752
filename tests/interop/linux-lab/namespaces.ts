/** Real network namespaces for the tests of labs, all with a prefix that is a test's own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parse } from 'yaml';
import type { Exported } from '../../../src-main/interop/exchange.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { ip } from '../../../src-main/model/ip.ts';
import type { Network } from '../../../src-main/sim/index.ts';
import { findProgram, findPython } from '../../support/capabilities.ts';

export interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function run(argv: readonly string[], input = '', cwd = tmpdir()): Done {
  const [name = '', ...rest] = argv;
  const { status, stdout, stderr } = spawnSync(findProgram(name) ?? name, rest, {
    input,
    cwd,
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}

/** What was printed; throws where the command failed. */
export function must(argv: readonly string[], input = '', cwd = tmpdir()): string {
  const { code, out, err } = run(argv, input, cwd);
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${err}${out}`);
  return out;
}

export const inNamespace = (name: string, argv: readonly string[], input = ''): string =>
  must(['ip', 'netns', 'exec', name, ...argv], input);

let prefixes = 0;
export const ownPrefix = (): string => `hopscope-${process.pid}-${(prefixes += 1)}-`;

export const namespacesOf = (prefix: string): string[] =>
  must(['ip', 'netns', 'list'])
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((name) => name.startsWith(prefix));

export function removeAll(prefix: string): void {
  for (const name of namespacesOf(prefix)) run(['ip', 'netns', 'delete', name]);
}

/** The files in a folder of their own while `work` runs. */
export function inFolder<T>({ files }: Exported, work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-lab-'));
  try {
    for (const { path, content } of files) writeFileSync(join(folder, path), content);
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Topology {
  readonly name: string;
  readonly topology: {
    readonly nodes: Readonly<
      Record<
        string,
        {
          readonly exec: readonly string[];
          readonly labels: Readonly<Record<string, string>>;
          readonly 'network-mode'?: string;
        }
      >
    >;
    readonly links: readonly { readonly endpoints: readonly [string, string] }[];
  };
}

export const readTopology = (text: string): Topology => parse(text) as Topology;

/**
 * What a pod of clabernetes has beside its wires (docs/guides/management-network.md of its repository): a management
 * interface with a way out of the lab, and the pod's own under another name.
 */
const podNetwork = [
  'link add eth0 type veth peer name c9sr0',
  'addr add 172.20.20.2/24 dev eth0',
  'link set eth0 up',
  'route add default via 172.20.20.1',
  'link set c9sr0 up',
  'link add c9s0 type veth peer name c9sm0',
  'link set c9s0 up',
];

/** What containerlab does with a topology, less the containers: wires of 9500 bytes that are up at both ends, then `exec`. */
export function deploy(text: string, prefix: string): void {
  const { topology } = readTopology(text);
  for (const [name, node] of Object.entries(topology.nodes)) {
    must(['ip', 'netns', 'add', `${prefix}${name}`]);
    if (node['network-mode'] === 'none') continue;
    must(
      ['ip', '-netns', `${prefix}${name}`, '-batch', '-'],
      podNetwork.map((line) => `${line}\n`).join(''),
    );
  }
  const batch = topology.links.flatMap(({ endpoints }) => {
    const ends = endpoints.map((end) => end.split(':') as [string, string]);
    const [a, b] = ends.map(([node, name]) => `name ${name} mtu 9500 netns ${prefix}${node}`);
    return [`link add ${a} type veth peer ${b}`];
  });
  must(['ip', '-batch', '-'], batch.map((line) => `${line}\n`).join(''));
  const up = topology.links.flatMap(({ endpoints }) =>
    endpoints.map((end) => {
      const [node = '', name = ''] = end.split(':');
      return [`${prefix}${node}`, `ip link set dev ${name} up`] as const;
    }),
  );
  const commands = Object.entries(topology.nodes).flatMap(([name, { exec }]) =>
    exec.map((command) => [`${prefix}${name}`, command] as const),
  );
  must(python('execute.py'), JSON.stringify([...up, ...commands]));
}

const python = (program: string): string[] => [
  findPython() ?? 'python3',
  '-B',
  join(import.meta.dirname, program),
];

export interface Attempt {
  readonly namespace: string;
  readonly protocol: 'tcp' | 'udp';
  readonly family: 4 | 6;
  readonly address: string;
  readonly port: number;
}

/** Seconds that an answer may take: a SYN is sent again after 1. */
const patienceSeconds = 2.5;

/** The design's flows from machines to addresses, and whether each was answered in the namespaces. */
export function answers(
  network: Network,
  flows: Design['flows'],
  namespaceOf: (node: string) => string,
): Record<string, boolean> {
  const tried = (flows ?? []).flatMap(({ id, from, to, protocol = 'tcp', port }) =>
    from.kind !== 'node' || to.kind !== 'address' || protocol === 'icmp' || port === undefined
      ? []
      : [
          {
            id,
            attempt: {
              namespace: namespaceOf(from.node),
              protocol,
              family: ip(to.address).family,
              address: to.address,
              port,
            } satisfies Attempt,
          },
        ],
  );
  const listeners = (network.design.nodes ?? []).flatMap((node) =>
    'listeners' in node
      ? (node.listeners ?? []).flatMap(({ protocol, port }) =>
          [4, 6].map((family) => ({ namespace: namespaceOf(node.id), protocol, port, family })),
        )
      : [],
  );
  const once = [...new Map(listeners.map((one) => [JSON.stringify(one), one])).values()];
  const request = {
    listeners: once,
    flows: tried.map(({ attempt }) => attempt),
    seconds: patienceSeconds,
  };
  const told = must(python('probe.py'), JSON.stringify(request));
  const answered = JSON.parse(told) as boolean[];
  return Object.fromEntries(tried.map(({ id }, at) => [id, answered[at] ?? false]));
}
