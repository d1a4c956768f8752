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
/** Names of nodes that are none to containerlab (containerlab.dev/manual/network), or to clabernetes' settings by node. */
const reservedNodeNames = ['host', 'mgmt-net', 'macvlan', 'vxlan', 'dummy', 'default'];
/** A container is called clab-LAB-NODE and a Kubernetes service LAB-NODE: with 20 for the lab's within 63 characters. */
const longestNodeName = 36;

/** Literal blocks; words that YAML 1.1 takes for truth values are quoted, which is what programs in Go read. */
export const yamlStyle = { version: '1.1', lineWidth: 0, blockQuote: 'literal' } as const;

export interface TopologyOptions extends Pick<LinuxOptions, 'reservedNames'> {
  /** Of every node's container; one with sh, iproute2 and iptables. */
  readonly image?: string;
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
  const nodes = lab.plan.namespaces.map((one) => [
    names.get(one.name) as string,
    nodeOf(lab.plan, one),
  ]);
  const definition = {
    name,
    mgmt: { network: `clab-${name}`, 'ipv4-subnet': 'auto' },
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
