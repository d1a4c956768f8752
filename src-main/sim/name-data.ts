import type { DnsServer, Service } from '../model/design.ts';
import { ip, type Ip } from '../model/ip.ts';
import type { CompiledCluster, Device, Endpoint, Network } from './compile/network.ts';
import { because, type Reason } from './vocabulary/reason.ts';

/** What a name server finds in its own data. `outside`: the name is in none of its zones. */
export type OwnAnswer =
  | { readonly kind: 'addresses'; readonly addresses: readonly Ip[]; readonly zone: string }
  | { readonly kind: 'unknown'; readonly reason: Reason }
  | { readonly kind: 'alias'; readonly target: string }
  | 'outside';

/** RFC 1034 §5.3.3 leaves the limit open; BIND follows 16. */
export const longestAliasChain = 16;
/** Kubernetes' `ndots`: names with fewer dots are tried with the search domains first. */
const kubernetesDots = 5;
const otherDots = 1;

/** As names are compared: lower case, without the dot at the end. */
export const plain = (name: string) => name.toLowerCase().replace(/\.$/, '');

/** The names that a client's resolver library tries, in order (resolv.conf `search` and `ndots`). */
export function candidates(client: Device, name: string): readonly string[] {
  const asked = plain(name);
  if (name.endsWith('.')) return [asked];
  const dots = asked.split('.').length - 1;
  const wanted = client.kind === 'pod' ? kubernetesDots : otherDots;
  const searched = client.searchDomains.map((domain) => `${asked}.${plain(domain)}`);
  return dots >= wanted ? [asked, ...searched] : [...searched, asked];
}

const within = (name: string, domain: string) =>
  name === plain(domain) || name.endsWith(`.${plain(domain)}`);

type Zone = NonNullable<DnsServer['zones']>[number];

/** The records of a name, else those of the wildcard at the closest name above it that exists (RFC 4592 §3.3.1). */
function recordsAt(zone: Zone, name: string): Zone['records'] {
  const named = (wanted: string) => zone.records.filter((record) => plain(record.name) === wanted);
  const exists = (wanted: string) =>
    zone.records.some((record) => within(plain(record.name), wanted));
  if (exists(name)) return named(name);
  let above = name;
  while (above !== plain(zone.name)) {
    above = above.slice(above.indexOf('.') + 1);
    if (exists(above)) break;
  }
  return named(`*.${above}`);
}

/** RFC 1034 §4.3.2: the closest zone; there the name itself, else a wildcard; an alias is followed. */
export function zoneAnswer(config: DnsServer, name: string): OwnAnswer {
  const zone = (config.zones ?? [])
    .filter((candidate) => within(name, candidate.name))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!zone) return 'outside';
  let asked = name;
  for (let step = 0; step < longestAliasChain; step += 1) {
    const records = recordsAt(zone, asked);
    const addresses = records.flatMap((record) =>
      record.type === 'CNAME' ? [] : [ip(record.address)],
    );
    if (addresses.length > 0) return { kind: 'addresses', addresses, zone: zone.name };
    const alias = records.find((record) => record.type === 'CNAME');
    if (!alias) return { kind: 'unknown', reason: because('no-such-name', { name }) };
    asked = plain(alias.target);
    if (!within(asked, zone.name)) return { kind: 'alias', target: asked };
  }
  return { kind: 'unknown', reason: because('resolution-too-deep', { name }) };
}

export function forwardersFor(config: DnsServer, name: string): readonly Ip[] {
  const conditional = (config.conditionalForwarders ?? [])
    .filter((entry) => within(name, entry.domain))
    .sort((a, b) => b.domain.length - a.domain.length)[0];
  return (conditional?.servers ?? config.forwarders ?? []).map(ip);
}

/**
 * The cluster's own domain: `service.namespace.svc.domain`, by the cluster IPs, or a headless service's endpoints; and the
 * names of a stateful set's pods below it.
 */
export function clusterAnswer(network: Network, cluster: CompiledCluster, name: string): OwnAnswer {
  if (!within(name, cluster.domain)) return 'outside';
  const suffix = `.svc.${cluster.domain}`;
  const labels = name.endsWith(suffix) ? name.slice(0, -suffix.length).split('.') : [];
  const [namespace = '', service = ''] = labels.toReversed();
  const found = findService(network, cluster, namespace, service);
  if (!found || labels.length > 3)
    return { kind: 'unknown', reason: because('no-such-name', { name }) };
  if (labels.length === 3) {
    const addresses = podAddresses(cluster, found, labels[0] ?? '');
    if (addresses.length > 0) return { kind: 'addresses', addresses, zone: cluster.domain };
    return { kind: 'unknown', reason: because('no-such-name', { name }) };
  }
  if (found.externalName !== undefined) return { kind: 'alias', target: plain(found.externalName) };
  const addresses = found.headless
    ? headlessEndpoints(cluster, found).map((endpoint) => endpoint.address)
    : (found.clusterIps ?? []).map(ip);
  return { kind: 'addresses', addresses, zone: cluster.domain };
}

/** The pods behind a headless service that are ready: names are given to no others (Kubernetes DNS specification §2.4). */
function headlessEndpoints(cluster: CompiledCluster, service: Service): readonly Endpoint[] {
  const [port] = cluster.services.ports.get(service.id) ?? [];
  return [...(port?.endpoints4 ?? []), ...(port?.endpoints6 ?? [])].filter(
    (endpoint) => !endpoint.draining,
  );
}

/** `pod.service.namespace.svc.domain`: a stateful set's pod behind its headless service has its own name as host name. */
function podAddresses(cluster: CompiledCluster, service: Service, host: string): readonly Ip[] {
  if (!service.headless) return [];
  return headlessEndpoints(cluster, service)
    .filter(({ pod: id }) => {
      const found = cluster.pods.get(id);
      return found?.workload.kind === 'stateful-set' && (found.pod.name ?? found.pod.id) === host;
    })
    .map((endpoint) => endpoint.address);
}

function findService(
  network: Network,
  cluster: CompiledCluster,
  namespace: string,
  name: string,
): Service | undefined {
  return network.design.services?.find(
    (service) =>
      service.cluster === cluster.cluster.id &&
      service.namespace === namespace &&
      (service.name ?? service.id) === name,
  );
}
