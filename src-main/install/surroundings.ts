import type { Cluster, Design, Node } from '../model/design.ts';
import {
  parseInterfaceAddress,
  parseIp,
  parsePrefix,
  prefixContains,
  type Ip,
  type Prefix,
} from '../model/ip.ts';

/** What of a design an install looks at beside its packets: names, inside and outside, mirrors, proxies. */
export interface Surroundings {
  /** Addresses of a host: its own where it is an address, else what the design's name servers hold. */
  addressesOf(host: string): readonly Ip[];
  /** Whether it lies in the drawn network and not on the internet. */
  isInside(host: string): boolean;
  /** The narrowest network of the design that the address is in. */
  networkOf(address: Ip): string | undefined;
  /** Nodes that have the address of the host. */
  nodesAt(host: string): readonly Node[];
}

export function surroundingsOf(design: Design, cluster: Cluster | undefined): Surroundings {
  const internet = new Set(
    (design.sites ?? []).filter(({ kind }) => kind === 'internet').map(({ id }) => id),
  );
  const clusterNetworks = [...(cluster?.podCidrs ?? []), ...(cluster?.serviceCidrs ?? [])];
  const networks: { readonly prefix: Prefix; readonly text: string; readonly inside: boolean }[] = [
    ...clusterNetworks.flatMap((text) => entryOf(text, true)),
    ...(design.segments ?? []).flatMap(({ site, subnets = [] }) =>
      subnets.flatMap(({ cidr }) => entryOf(cidr, site === undefined || !internet.has(site))),
    ),
  ].sort((a, b) => b.prefix.length - a.prefix.length);
  const records = recordsOf(design);
  const holders = holdersOf(design);

  const addressesOf = (host: string): readonly Ip[] => {
    const literal = parseIp(host);
    return literal ? [literal] : lookUp(records, host.toLowerCase().replace(/\.$/, ''), 0);
  };
  const networkAt = (address: Ip) => networks.find(({ prefix }) => prefixContains(prefix, address));
  return {
    addressesOf,
    isInside(host) {
      if (/(^|\.)(svc|cluster\.local)\.?$/.test(host)) return true;
      const addresses = addressesOf(host);
      return addresses.length > 0 && addresses.every((one) => networkAt(one)?.inside === true);
    },
    networkOf: (address) => networkAt(address)?.text,
    nodesAt: (host) => addressesOf(host).flatMap(({ text }) => holders.get(text) ?? []),
  };
}

function entryOf(text: string, inside: boolean) {
  const prefix = parsePrefix(text);
  return prefix ? [{ prefix, text, inside }] : [];
}

type Records = ReadonlyMap<
  string,
  readonly { readonly address?: string; readonly target?: string }[]
>;

function recordsOf({ nodes = [] }: Design): Records {
  const records = new Map<string, { address?: string; target?: string }[]>();
  for (const node of nodes) {
    if (!('dnsServer' in node)) continue;
    for (const record of node.dnsServer.zones?.flatMap((zone) => zone.records) ?? []) {
      const name = record.name.toLowerCase();
      const found = records.get(name) ?? [];
      records.set(name, found);
      found.push(
        record.type === 'CNAME'
          ? { target: record.target.toLowerCase() }
          : { address: record.address },
      );
    }
  }
  return records;
}

/** Names that may lead to each other. */
const longestAlias = 8;

function lookUp(records: Records, name: string, depth: number): readonly Ip[] {
  if (depth > longestAlias) return [];
  const found = records.get(name) ?? records.get(name.replace(/^[^.]+/, '*')) ?? [];
  const addresses = found.flatMap(({ address, target }): readonly Ip[] => {
    if (target !== undefined) return lookUp(records, target, depth + 1);
    const literal = parseIp(address ?? '');
    return literal ? [literal] : [];
  });
  return [...new Map(addresses.map((one) => [one.text, one])).values()];
}

function holdersOf({ nodes = [] }: Design): ReadonlyMap<string, readonly Node[]> {
  const holders = new Map<string, Node[]>();
  const enter = (node: Node, text: string | undefined) => {
    if (text === undefined) return;
    const found = holders.get(text) ?? [];
    holders.set(text, found);
    if (!found.includes(node)) found.push(node);
  };
  for (const node of nodes) {
    for (const address of addressesOfNode(node)) enter(node, address.text);
    if (!('virtualIps' in node)) continue;
    for (const { address } of node.virtualIps ?? []) enter(node, parseIp(address)?.text);
  }
  return holders;
}

/** The addresses of a node's interfaces. */
export const addressesOfNode = ({ interfaces = [] }: Node): readonly Ip[] =>
  interfaces.flatMap(({ addresses = [] }) =>
    addresses.flatMap((text) => parseInterfaceAddress(text)?.ip ?? []),
  );
