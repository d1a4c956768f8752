import type { Cluster, Design } from '../model/design.ts';
import { parseIp } from '../model/ip.ts';
import type { InstallClient } from './catalogue/index.ts';
import { addressesOfNode } from './surroundings.ts';
import type { Want } from './work.ts';

/** The API server's port where no listener of a master is known for it: ICP's, and Kubernetes' own. */
const apiPorts = [8001, 6443] as const;

/**
 * Calls between the parts of the cluster while it is installed, by programs that may have been told of a proxy: where
 * NO_PROXY is too short they end there. `isProxied`: whether the client on the node has been told of one.
 */
export function insideWants(
  design: Design,
  cluster: Cluster,
  boot: string | undefined,
  isProxied: (client: InstallClient, node: string) => boolean,
): readonly Want[] {
  const members = cluster.nodes.map(({ node }) => node);
  const masters = cluster.nodes
    .filter(({ roles }) => roles.includes('master'))
    .map(({ node }) => node);
  const api = apiOf(design, masters);
  const wants: Want[] = [];
  const add = (
    client: InstallClient,
    nodes: readonly string[],
    host: string,
    port: number,
    purpose: string,
  ) => {
    const own = nodes.filter((node) => isProxied(client, node));
    if (own.length === 0) return;
    const call = { host, port, scheme: 'https', purpose: 'call' } as const;
    wants.push({ kind: 'call', client, references: [purpose], nodes: own, choices: [], call });
  };
  if (api) {
    add('kubelet', members, api.host, api.port, 'The kubelet asks the API server');
    for (const client of ['helm', 'icp-installer', 'curl'] as const) {
      if (boot !== undefined) add(client, [boot], api.host, api.port, 'The API server is asked');
    }
    for (const { address } of nodeAddresses(design, masters)) {
      add('pod', members, address, api.port, 'A pod asks the API server of a node');
    }
  }
  const services = (design.services ?? []).filter((one) => one.cluster === cluster.id);
  const kubernetes = services.find((one) => (one.name ?? one.id) === 'kubernetes');
  for (const service of services) {
    const [address] = service.clusterIps ?? [];
    const port = service.ports?.find(({ port: own }) => own === 443)?.port;
    if (address === undefined || port === undefined) continue;
    const name = `${service.name ?? service.id}.${service.namespace}.svc`;
    if (service === kubernetes) {
      add('pod', members, address, port, 'A pod asks the API server at its service address');
    } else add('pod', masters, name, port, `The API server calls ${name}, as for a webhook`);
  }
  return wants;
}

/** The virtual IP of the masters, else the first master's address. */
function apiOf(design: Design, masters: readonly string[]) {
  const nodes = (design.nodes ?? []).filter(({ id }) => masters.includes(id));
  const [first] = nodes;
  if (!first) return undefined;
  const virtual = nodes.flatMap((node) => ('virtualIps' in node ? (node.virtualIps ?? []) : []));
  const host = parseIp(virtual[0]?.address ?? '')?.text ?? addressesOfNode(first)[0]?.text;
  const listening = 'listeners' in first ? (first.listeners ?? []).map(({ port }) => port) : [];
  const port = apiPorts.find((one) => listening.includes(one));
  return host === undefined || port === undefined ? undefined : { host, port };
}

const nodeAddresses = (design: Design, ids: readonly string[]) =>
  (design.nodes ?? [])
    .filter(({ id }) => ids.includes(id))
    .flatMap((node) =>
      addressesOfNode(node)
        .slice(0, 1)
        .map(({ text }) => ({ node: node.id, address: text })),
    );
