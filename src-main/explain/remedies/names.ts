import type { Design, DnsServer, HostLike } from '../../model/design.ts';
import { isOwnSuffix, recordsNamed, serversOf } from './zones.ts';
import { candidate, changed, changedHost, hostOf, nodeOf, type Candidate } from '../change.ts';
import type { Context, Facts } from './context.ts';
import { listening } from './translations.ts';
import { parseIp } from '../../model/ip.ts';

const mostServers = 6;

/** Name servers that are drawn, those first that hold the name, then those that most machines ask. */
function nameServers({ design }: Context, name: string): readonly string[] {
  const used = new Map<string, number>();
  for (const node of design.nodes ?? []) {
    for (const address of 'resolvers' in node ? (node.resolvers ?? []) : [])
      used.set(address, (used.get(address) ?? 0) + 1);
  }
  return serversOf(design)
    .map(({ host, address }) => ({
      address,
      holds: recordsNamed(host.dnsServer, name).length > 0 ? 0 : 1,
      used: used.get(address) ?? 0,
    }))
    .sort((a, b) => a.holds - b.holds || b.used - a.used)
    .map(({ address }) => address)
    .slice(0, mostServers);
}

const setResolver = (node: string, resolver: string): Candidate =>
  candidate('resolver-set', { node, resolver }, (design) =>
    changed(design, 'node', node, (one) => {
      if (one.kind === 'distributed-router' || one.kind === 'l2-gateway') return undefined;
      if (one.resolvers?.[0] === resolver) return undefined;
      return {
        ...one,
        resolvers: [resolver, ...(one.resolvers ?? []).filter((own) => own !== resolver)],
      };
    }),
  );

const addForwarder = (node: string, forwarder: string): Candidate =>
  candidate('forwarder-add', { node, forwarder }, (design) =>
    changedHost(design, node, (host) => {
      const forwarders = host.dnsServer?.forwarders ?? [];
      if (!host.dnsServer || forwarders.includes(forwarder)) return undefined;
      return { ...host, dnsServer: { ...host.dnsServer, forwarders: [forwarder, ...forwarders] } };
    }),
  );

/** Another server for whoever asked in vain: a machine's own, or the one that its name server hands on to. */
export function askElsewhere(context: Context, asker: string, name: string): readonly Candidate[] {
  const { design } = context;
  const node = nodeOf(design, asker) ?? nodeOf(design, nodeOfPod(design, asker) ?? '');
  if (!node) return [];
  const servers = nameServers(context, name);
  const host = hostOf(design, node.id);
  return [
    ...(host?.dnsServer ? servers.map((server) => addForwarder(node.id, server)) : []),
    ...servers.map((server) => setResolver(node.id, server)),
  ];
}

const nodeOfPod = (design: Design, pod: string): string | undefined =>
  design.workloads?.flatMap(({ pods }) => pods).find(({ id }) => id === pod)?.node;

/** The name is written where it was looked for, or those who have it are asked. */
export function nameKnown(context: Context, { name }: Facts<'no-such-name'>): readonly Candidate[] {
  const { design, blocked } = context;
  const answered = [blocked, ...blocked.before]
    .flatMap((leg) => leg.hops)
    .filter(({ steps }) => steps.some(({ kind }) => kind === 'resolve-name' || kind === 'deliver'))
    .map(({ node }) => node);
  // A DNS pod hands on to the servers of its node.
  const behindPods = [...new Set(answered)]
    .filter((id) => nodeOfPod(design, id) !== undefined)
    .toReversed()
    .flatMap((id) => askElsewhere(context, id, name));
  const servers = [...new Set(answered)]
    .map((id) => hostOf(design, id))
    .filter((host): host is HostLike => host?.dnsServer !== undefined);
  const holders = serversOf(design).filter(
    ({ host }) => recordsNamed(host.dnsServer, name).length > 0,
  );
  const known = holders.flatMap(({ host }) => recordsNamed(host.dnsServer, name));
  const forwards = servers.flatMap((server) =>
    holders
      .filter(({ host }) => host.id !== server.id)
      .map(({ address }) => addForwarder(server.id, address)),
  );
  const addresses = [...new Set([...known, ...plausible(context, name)])];
  // The last to be asked is who knows of the world beyond; a server with a zone for the name knows best.
  const writers = servers.toSorted(
    (a, b) => zoneRank(a.dnsServer, name) - zoneRank(b.dnsServer, name),
  );
  return [
    ...forwards,
    ...behindPods,
    ...writers.flatMap((host) => addresses.map((to) => addRecord(host.id, name, to))),
  ];
}

const zoneRank = (server: DnsServer | undefined, name: string): number =>
  server?.zones?.some((zone) => isOwnSuffix(zone.name, name)) ? 0 : 1;

/** Where somebody answers to what the flow asks for: machines that are called so, addresses that are published, the rest. */
function plausible(context: Context, name: string): readonly string[] {
  const { design, flow } = context;
  const port = portOf(context);
  const published = (design.nodes ?? []).flatMap((node) =>
    (hostOf(design, node.id)?.nat ?? []).flatMap((rule) =>
      rule.kind === 'dnat' &&
      (!rule.originalPorts || rule.originalPorts.includes(port)) &&
      parseIp(rule.original)
        ? [rule.original]
        : [],
    ),
  );
  const listeners =
    flow.protocol === 'icmp' ? [] : listening(context, flow.protocol ?? 'tcp', port);
  const [label = ''] = name.split('.');
  const called = (design.nodes ?? [])
    .filter(({ id }) => id === name || id === label)
    .flatMap((node) => node.interfaces ?? [])
    .flatMap(({ addresses }) => addresses ?? [])
    .map((text) => text.split('/')[0] ?? '');
  return [...called, ...published, ...listeners];
}

function portOf({ flow }: Context): number {
  if (flow.to.kind !== 'url') return flow.port ?? 0;
  const url = new URL(flow.to.url);
  return url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
}

function addRecord(node: string, name: string, address: string): Candidate {
  return candidate('record-add', { node, name, address }, (design) =>
    changedHost(design, node, (host) => {
      if (!host.dnsServer || recordsNamed(host.dnsServer, name).includes(address)) return undefined;
      return { ...host, dnsServer: withRecord(host.dnsServer, name, address) };
    }),
  );
}

function withRecord(server: DnsServer, name: string, address: string): DnsServer {
  const zones = server.zones ?? [];
  const record = address.includes(':')
    ? ({ type: 'AAAA', name, address } as const)
    : ({ type: 'A', name, address } as const);
  const at = zones
    .map((zone, place) => ({ zone, place }))
    .filter(({ zone }) => isOwnSuffix(zone.name, name))
    .sort((a, b) => b.zone.name.length - a.zone.name.length)[0]?.place;
  const zone = at === undefined ? undefined : zones[at];
  if (zone && at !== undefined) {
    return { ...server, zones: zones.with(at, { ...zone, records: [...zone.records, record] }) };
  }
  return { ...server, zones: [...zones, { name, records: [record] }] };
}

/** The name leads to where nobody answers: another address in its record. */
export function renamed(context: Context): readonly Candidate[] {
  const { design, blocked } = context;
  const asked = blocked.before.findLast(({ purpose, dns }) => purpose !== 'request' && dns)?.dns;
  if (!asked || asked.addresses.length === 0) return [];
  const { name, addresses: told } = asked;
  const from = told[0] ?? '';
  const others = plausible(context, name).filter((address) => !told.includes(address));
  return serversOf(design)
    .filter(({ host }) => recordsNamed(host.dnsServer, name).includes(from))
    .flatMap(({ host }) => others.map((to) => changeRecord(host.id, name, from, to)));
}

const changeRecord = (node: string, name: string, from: string, to: string): Candidate =>
  candidate('record-change', { node, name, from, to }, (design) =>
    changedHost(design, node, (host) => {
      const { dnsServer } = host;
      if (!dnsServer?.zones) return undefined;
      const zones = dnsServer.zones.map((zone) => ({
        ...zone,
        records: zone.records.map((record) =>
          record.type !== 'CNAME' &&
          record.address === from &&
          record.name.toLowerCase() === name.toLowerCase()
            ? record.type === 'A' && !to.includes(':')
              ? { ...record, address: to }
              : record
            : record,
        ),
      }));
      return { ...host, dnsServer: { ...dnsServer, zones } };
    }),
  );
