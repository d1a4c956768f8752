import type { Design, Node } from '../model/design.ts';
import type { Ip } from '../model/ip.ts';
import { addressesOfNode, type Surroundings } from './surroundings.ts';
import type { FirewallRequestRow, InstallStepReport } from './vocabulary.ts';

interface Row {
  readonly sources: Set<string>;
  readonly purposes: Set<string>;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

const dnsPort = 53;

/**
 * Who has to reach whom beyond its own segment: every connection of the install, to the proxy and from there on where one is taken, and the
 * questions to name servers.
 */
export function firewallRequest(
  design: Design,
  surroundings: Surroundings,
  steps: readonly InstallStepReport[],
): readonly FirewallRequestRow[] {
  const cluster = new Set(
    (design.clusters ?? []).flatMap(({ podCidrs, serviceCidrs }) => [...podCidrs, ...serviceCidrs]),
  );
  const nodes = new Map((design.nodes ?? []).map((node) => [node.id, node]));
  const rows = new Map<string, Row>();
  const add = (
    source: string,
    host: string,
    port: number,
    purpose: string,
    protocol: Row['protocol'] = 'tcp',
  ) => {
    if (isBeside(source, host)) return;
    const key = `${protocol} ${host} ${port}`;
    let row = rows.get(key);
    if (!row) {
      row = { sources: new Set(), purposes: new Set(), host, port, protocol };
      rows.set(key, row);
    }
    row.sources.add(source);
    row.purposes.add(purpose);
  };
  const isBeside = (source: string, host: string): boolean => {
    const networksOf = (addresses: readonly Ip[]) =>
      addresses.flatMap((address) => surroundings.networkOf(address) ?? []);
    const node = nodes.get(source);
    const own = node ? networksOf(addressesOfNode(node)) : [];
    const there = networksOf(surroundings.addressesOf(host));
    return there.some((one) => own.includes(one) || cluster.has(one));
  };
  const asking = new Set<string>();
  for (const { needs } of steps) {
    for (const { kind, cells, references } of needs) {
      for (const { node, asks } of cells) {
        asking.add(node);
        for (const { host, port, purpose, proxy, token } of asks) {
          const told = kind === 'call' ? (references[0] ?? kind) : `${kind}: ${purpose}`;
          if (!proxy || token !== undefined) {
            add(node, host, port, told);
            continue;
          }
          add(node, proxy.host, proxy.port, 'proxy');
          for (const { id } of surroundings.nodesAt(proxy.host)) {
            asking.add(id);
            add(id, host, port, told);
          }
        }
      }
    }
  }
  for (const id of asking) {
    const node = nodes.get(id);
    for (const resolver of node && 'resolvers' in node ? (node.resolvers ?? []) : []) {
      add(id, resolver, dnsPort, 'dns', 'udp');
    }
  }
  return [...rows.values()].map(({ sources, purposes, ...row }) => {
    const address = surroundings.addressesOf(row.host)[0]?.text;
    return {
      sources: [...sources],
      sourceAddresses: [...sources].flatMap((id) => mainAddress(nodes.get(id))),
      ...row,
      ...(address === undefined ? {} : { address }),
      purposes: [...purposes],
    };
  });
}

const mainAddress = (node: Node | undefined): readonly string[] =>
  node
    ? addressesOfNode(node)
        .slice(0, 1)
        .map(({ text }) => text)
    : [];
