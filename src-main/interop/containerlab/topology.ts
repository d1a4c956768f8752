import { stringify } from 'yaml';
import type { Network } from '../../sim/index.ts';
import { entityRef } from '../../model/ids.ts';
import type { LinuxOptions, LinuxPlan, Namespace, Pair, PairEnd } from '../linux/index.ts';
import { dnsLabel, labName, labOf, type Lab } from '../linux/lab.ts';
import { Names } from '../linux/names.ts';
import { commandsOf } from './commands.ts';

/** Has sh, iproute2 with bridge, and iptables; nothing listens in it, as it would in images that bring a web server. */
const usualImage = 'nicolaka/netshoot:v0.13';

/** containerlab makes links with an MTU of 9500 bytes (containerlab.dev/manual/network); interfaces are set lower later. */
const usualLinkMtuBytes = 9500;
/** Names of nodes that are kinds of links to containerlab (its links/link.go), or none to clabernetes' settings by node. */
const reservedNodeNames = [
  'host',
  'mgmt-net',
  'macvlan',
  'vxlan',
  'vxlan-stitch',
  'dummy',
  'veth',
  'brief',
  'default',
];
/** A container is called clab-LAB-NODE and a Kubernetes service LAB-NODE: with 20 for the lab's within 63 characters. */
const longestNodeName = 36;

/** Literal blocks; words that YAML 1.1 takes for truth values are quoted, which is what programs in Go read. */
export const yamlStyle = { version: '1.1', lineWidth: 0, blockQuote: 'literal' } as const;

export interface TopologyOptions extends Pick<LinuxOptions, 'reservedNames'> {
  /** Of every node's container; one with sh, iproute2 and iptables. */
  readonly image?: string;
  /** Nodes are pods, which have a network of their own, and labels that Kubernetes takes. */
  readonly inPods?: true;
}

export interface Topology {
  readonly lab: Lab;
  readonly name: string;
  /** The definition as text. */
  readonly text: string;
}

/**
 * The topology of a design. Each segment where more than two meet is a node of kind `linux` with a bridge in it: the kinds
 * `bridge` and `ovs-bridge` would need bridges that somebody has made on the host. Nodes are in no management network,
 * which would give each a default route, an interface `eth0` and a way past the design's firewalls to every other.
 */
export function topologyOf(network: Network, options: TopologyOptions = {}): Topology {
  const lab = labOf(network, { ...options, switches: 'apart' });
  const name = labName(network);
  const names = nodeNames(lab.plan);
  const make = options.inPods === true ? podOf : nodeOf;
  const nodes = lab.plan.namespaces.map((one) => [
    names.get(one.name) as string,
    make(lab.plan, one),
  ]);
  const definition = {
    name,
    ...(options.inPods === true
      ? {}
      : { mgmt: { network: `clab-${name}`, 'ipv4-subnet': 'auto' } }),
    topology: {
      kinds: { linux: { image: options.image ?? usualImage, cmd: 'sleep infinity' } },
      nodes: Object.fromEntries(nodes) as Record<string, unknown>,
      links: lab.plan.pairs.map((pair) => linkOf(pair, names)),
    },
  };
  return { lab, name, text: stringify(definition, yamlStyle) };
}

function nodeNames({ namespaces }: LinuxPlan): ReadonlyMap<string, string> {
  const names = new Names(reservedNodeNames);
  return new Map(
    namespaces.map(({ name }) => {
      const label = dnsLabel(name, longestNodeName);
      return [name, names.free(label === '' ? 'node' : label)];
    }),
  );
}

const nodeOf = (plan: LinuxPlan, namespace: Namespace) => ({
  kind: 'linux',
  'network-mode': 'none',
  labels: { 'hopscope-ref': refOf(namespace) },
  exec: commandsOf(plan, namespace),
});

/**
 * Every pod has a management network, which leads past the design's firewalls: its end is taken down before anything else.
 * `wireEnd` is the pod's own interface, by which the wires to other pods go; it stands in the same network namespace.
 */
const podOf = (plan: LinuxPlan, namespace: Namespace) => ({
  kind: 'linux',
  labels: { 'hopscope-ref': labelValue(refOf(namespace)) },
  exec: [
    'ip link set dev eth0 down',
    ...commandsOf(plan, namespace),
    ...(namespace.iptables.length === 0 ? [] : wirePasses('iptables')),
    ...(namespace.ip6tables.length === 0 ? [] : wirePasses('ip6tables')),
  ],
});

const wireEnd = 'c9s0';
/** Interfaces that a pod of clabernetes has beside the design's (docs/guides/management-network.md of its repository). */
export const podInterfaces = ['eth0', wireEnd, 'c9sr0', 'c9sm0'];

const wirePasses = (program: string): string[] => [
  `${program} -I INPUT -i ${wireEnd} -j ACCEPT`,
  `${program} -I OUTPUT -o ${wireEnd} -j ACCEPT`,
];

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelValue = (text: string): string =>
  text
    .replaceAll(/[^A-Za-z0-9._-]+/g, '.')
    .slice(0, 63)
    .replace(/[^A-Za-z0-9]+$/, '');

function refOf({ node, on, bridges }: Namespace): string {
  if (node !== undefined)
    return [node, ...(on === undefined ? [] : [on])].map((id) => entityRef('node', id)).join(' ');
  // A bridge is a segment's, or that of a link whose ends differ.
  return [...(bridges?.values() ?? [])].join(' ') || 'unplugged';
}

function linkOf([a, b]: Pair, names: ReadonlyMap<string, string>) {
  const endpoint = ({ namespace, name }: PairEnd) => `${names.get(namespace)}:${name}`;
  const mtu = Math.max(a.mtu ?? 0, b.mtu ?? 0);
  return {
    endpoints: [endpoint(a), endpoint(b)],
    ...(mtu > usualLinkMtuBytes ? { mtu } : {}),
  };
}
