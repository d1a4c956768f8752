import type { DnsServer } from '../model/design.ts';
import { ip, parseIp, type Ip, type IpFamily } from '../model/ip.ts';
import type { CompiledCluster, Device } from './compile/network.ts';
import { hashText } from './compile/hash.ts';
import {
  amendLeg,
  ipHeaderBytes,
  isOwn,
  note,
  reply,
  request,
  sourceFor,
  succeeded,
  type Preface,
  type Run,
} from './connection.ts';
import { Recorder } from './recorder.ts';
import { headerBytes } from './vocabulary/packet.ts';
import { assumptions, reasons } from './vocabulary/reasons.ts';

export type Resolved =
  | { readonly ok: true; readonly addresses: readonly Ip[]; readonly preface: readonly Preface[] }
  | { readonly ok: false; readonly reason: string };

type Answer =
  | { readonly kind: 'addresses'; readonly addresses: readonly Ip[]; readonly zone: string }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'silent' };

const dnsPort = 53;
/** Servers that one question may be handed on to in a row. */
const longestChain = 8;
/** RFC 1034 §5.3.3 leaves the limit open; BIND follows 16. */
const longestAliasChain = 16;
/** Kubernetes' `ndots`: names with fewer dots are tried with the search domains first. */
const kubernetesDots = 5;
const otherDots = 1;

const plain = (name: string) => name.toLowerCase().replace(/\.$/, '');

/** Looks a name up from a device, by real flows to its resolvers. An address is taken as it is. */
export function resolveName(
  run: Run,
  client: number,
  name: string,
  family: IpFamily,
  preface: readonly Preface[],
): Resolved {
  const literal = parseIp(name.replace(/^\[(.*)\]$/, '$1'));
  if (literal) {
    const known: Preface = ['resolve-name/literal', { name, address: literal.text }];
    return { ok: true, addresses: [literal], preface: [...preface, known] };
  }
  run.assumed.add(assumptions.dnsCache);
  const device = run.state.deviceAt(client);
  const resolvers = device.resolvers;
  const answer = askServers(run, device, resolvers, plain(name), family, preface, 0);
  switch (answer.kind) {
    case 'addresses':
      return { ok: true, addresses: usable(run, device, answer.addresses, family), preface: [] };
    case 'unknown':
      return { ok: false, reason: answer.reason };
    case 'silent':
      if (resolvers.length === 0) noResolver(run, device, name, preface);
      return {
        ok: false,
        reason:
          resolvers.length === 0 ? reasons.noResolver(device.id) : reasons.noResolverAnswered(name),
      };
    default:
      return answer satisfies never;
  }
}

/** The preferred family first; only families that the client has an address of. */
function usable(run: Run, device: Device, addresses: readonly Ip[], family: IpFamily): Ip[] {
  const reachable = addresses.filter((address) => sourceFor(run.state, device, address) !== null);
  const rest = reachable.filter((address) => address.family !== family);
  return [...reachable.filter((address) => address.family === family), ...rest];
}

function noResolver(run: Run, device: Device, name: string, preface: readonly Preface[]): void {
  if (!run.legs) return;
  const recorder = new Recorder();
  const { state } = run;
  state.begin(recorder, false);
  state.packet.reset(0);
  recorder.enter(device, undefined, 0);
  for (const entry of preface) note(recorder, entry, state);
  const reason = reasons.noResolver(device.id);
  recorder.step('resolve-name/unknown', { name, reason }, state.packet);
  const disposition = state.drop('name-not-resolved', reason);
  run.legs.push({ purpose: 'dns-query', title: `dns ${name}`, disposition, hops: recorder.hops });
}

function askServers(
  run: Run,
  client: Device,
  servers: readonly Ip[],
  name: string,
  family: IpFamily,
  preface: readonly Preface[],
  chain: number,
): Answer {
  if (chain >= longestChain) {
    return { kind: 'unknown', reason: reasons.resolutionTooDeep(name) };
  }
  let notes = preface;
  for (const server of servers) {
    if (chain > 0 && isOwn(run.state, client, server)) continue;
    const asked = askServer(run, client, server, name, family, notes, chain);
    if ('answer' in asked) return asked.answer;
    notes = [['resolve-name/no-answer', { name, server: server.text, disposition: asked.failed }]];
    if (servers.length > 1) {
      const text = `${server.text} does not answer ${client.id}: ${asked.reason}`;
      run.state.warn('resolver-failed', client.id, text);
    }
  }
  return { kind: 'silent' };
}

type Asked =
  | { readonly answer: Answer }
  | { readonly failed: ReturnType<typeof request>['disposition']; readonly reason: string };

function askServer(
  run: Run,
  client: Device,
  server: Ip,
  name: string,
  family: IpFamily,
  notes: readonly Preface[],
  chain: number,
): Asked {
  const { state } = run;
  const record = family === 4 ? 'A' : 'AAAA';
  // RFC 1035 §4: header 12, name as labels, type and class 4.
  const questionBytes = 12 + name.length + 2 + 4;
  const bytes = ipHeaderBytes(server.family) + headerBytes.udp + questionBytes;
  const ask: Preface = ['resolve-name/ask', { name, server: server.text, record }];
  const wanted = {
    client: client.index,
    source: null,
    destination: server,
    protocol: 'udp',
    port: dnsPort,
    sourcePort: 49152 + (hashText(`${client.id} ${name} ${server.text}`) % 16384),
    bytes,
    df: false,
  } as const;
  const title = `dns ${name} ${client.id} → ${server.text}`;
  const query = request(run, wanted, 'dns-query', title, [...notes, ask]);
  const question = { name, record, addresses: [] } as const;
  amendLeg(run, { dns: question });
  if (!succeeded(query)) return { failed: query.disposition, reason: query.reason };
  if (query.listener && query.listener.role !== 'dns') {
    return { failed: 'no-listener', reason: `${server.text} is no name server` };
  }
  if (!query.listener) return { failed: query.disposition, reason: query.reason };

  const host = state.deviceAt(query.server);
  const found = serverAnswer(run, host, client, name, family, query.hops, chain);
  if (found.kind === 'silent')
    return { failed: 'no-listener', reason: `${host.id} found nobody to ask` };
  const addresses = found.kind === 'addresses' ? found.addresses : [];
  const sent = addresses.filter((address) => address.family === family);
  const shown = sent.length > 0 ? sent : addresses;
  const said: Preface =
    found.kind === 'addresses'
      ? [
          'resolve-name/answer',
          { name, addresses: addresses.map((address) => address.text), zone: found.zone },
        ]
      : ['resolve-name/unknown', { name, reason: found.reason }];
  // A compressed name, type, class, TTL and length: 12 bytes, then the address.
  const answerBytes = shown.reduce((sum, address) => sum + (address.family === 4 ? 16 : 28), bytes);
  const answered = reply(run, query, 'dns-answer', `dns ${name} answer`, [said], answerBytes);
  const shownRecord = shown[0] && shown[0].family !== family ? otherRecord(record) : record;
  amendLeg(run, {
    dns: { name, record: shownRecord, addresses: shown.map((address) => address.text) },
  });
  if (!succeeded(answered)) return { failed: answered.disposition, reason: answered.reason };
  return { answer: found };
}

const otherRecord = (record: 'A' | 'AAAA') => (record === 'A' ? 'AAAA' : 'A');

/** What a server makes of a question: from its own data, else from those that it asks in turn. */
function serverAnswer(
  run: Run,
  server: Device,
  client: Device,
  name: string,
  family: IpFamily,
  hops: Recorder | null,
  chain: number,
): Answer {
  const { network } = run.state;
  const cluster = network.clusters.find((candidate) => candidate.dnsDevices.has(server.index));
  const names = chain === 0 ? candidates(client, name) : [name];
  if (names.length > 1) run.assumed.add(assumptions.searchDomains);
  let forwarders: readonly Ip[];
  let unknown: Answer = { kind: 'unknown', reason: reasons.noSuchName(name) };
  if (cluster) {
    const answer = clusterAnswer(cluster, names, hops, run);
    if (answer) return followAlias(run, server, answer, family, chain);
    forwarders = cluster.dnsForwarders ?? resolversBehind(run, server);
  } else {
    const config = dnsConfig(run, server);
    if (!config) return { kind: 'silent' };
    for (const candidate of names) {
      const answer = zoneAnswer(config, candidate);
      if (answer === 'outside') continue;
      if (answer.kind === 'alias') {
        return followAlias(run, server, { alias: answer.target }, family, chain);
      }
      if (answer.kind === 'addresses') return answer;
      unknown = answer;
    }
    if (zoneAnswer(config, name) !== 'outside') return unknown;
    forwarders = forwardersFor(config, name);
  }
  if (forwarders.length === 0) return unknown;
  const first = forwarders[0]?.text ?? '';
  hops?.step('resolve-name/forward', { name, server: first }, run.state.packet);
  return askServers(run, server, forwarders, name, family, [], chain + 1);
}

/** The names that a client's resolver library tries, in order (resolv.conf `search` and `ndots`). */
function candidates(client: Device, name: string): string[] {
  const dots = name.split('.').length - 1;
  const wanted = client.kind === 'pod' ? kubernetesDots : otherDots;
  const searched = client.searchDomains.map((domain) => `${name}.${domain}`);
  return dots >= wanted ? [name, ...searched] : [...searched, name];
}

function resolversBehind(run: Run, server: Device): readonly Ip[] {
  if (server.kind !== 'pod') return server.resolvers;
  const { network } = run.state;
  const found = network.clusters[server.cluster]?.pods.get(server.id);
  const node = found && network.devices[network.deviceByNode.get(found.pod.node) ?? -1];
  return node?.resolvers ?? [];
}

type AliasOrAnswer = { readonly alias: string } | Answer;

function clusterAnswer(
  cluster: CompiledCluster,
  names: readonly string[],
  hops: Recorder | null,
  run: Run,
): AliasOrAnswer | undefined {
  const suffix = `.svc.${cluster.domain}`;
  for (const name of names) {
    if (name !== cluster.domain && !name.endsWith(`.${cluster.domain}`)) continue;
    const [service = '', namespace = '', ...more] = name.slice(0, -suffix.length).split('.');
    const isService = name.endsWith(suffix) && more.length === 0;
    const found = isService ? findService(run, cluster, namespace, service) : undefined;
    if (!found) {
      const reason = reasons.noSuchName(name);
      hops?.step('resolve-name/unknown', { name, reason }, run.state.packet);
      if (names.length === 1) return { kind: 'unknown', reason };
      continue;
    }
    if (found.externalName !== undefined) return { alias: plain(found.externalName) };
    const ports = cluster.services.get(found.id) ?? [];
    const addresses = found.headless
      ? ports
          .slice(0, 1)
          .flatMap((port) => [...port.endpoints4, ...port.endpoints6])
          .map((end) => end.address)
      : (found.clusterIps ?? []).map(ip);
    return { kind: 'addresses', addresses, zone: cluster.domain };
  }
  const last = names.at(-1);
  if (last?.endsWith(`.${cluster.domain}`)) {
    return { kind: 'unknown', reason: reasons.noSuchName(last) };
  }
  return undefined;
}

function findService(run: Run, cluster: CompiledCluster, namespace: string, name: string) {
  return run.state.network.design.services?.find(
    (service) =>
      service.cluster === cluster.cluster.id &&
      service.namespace === namespace &&
      (service.name ?? service.id) === name,
  );
}

function followAlias(
  run: Run,
  server: Device,
  answer: AliasOrAnswer,
  family: IpFamily,
  chain: number,
): Answer {
  if (!('alias' in answer)) return answer;
  if (chain + 1 >= longestAliasChain) {
    return { kind: 'unknown', reason: reasons.resolutionTooDeep(answer.alias) };
  }
  return serverAnswer(run, server, server, answer.alias, family, null, chain + 1);
}

function dnsConfig(run: Run, server: Device): DnsServer | undefined {
  const node = run.state.network.design.nodes?.find((candidate) => candidate.id === server.id);
  return node && 'dnsServer' in node ? node.dnsServer : undefined;
}

const within = (name: string, domain: string) =>
  name === plain(domain) || name.endsWith(`.${plain(domain)}`);

type ZoneAnswer =
  | Exclude<Answer, { kind: 'silent' }>
  | { readonly kind: 'alias'; readonly target: string }
  | 'outside';

/** RFC 1034 §4.3.2: the closest zone; there the name itself, else a wildcard; an alias is followed. */
function zoneAnswer(config: DnsServer, name: string): ZoneAnswer {
  const zone = (config.zones ?? [])
    .filter((candidate) => within(name, candidate.name))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!zone) return 'outside';
  let asked = name;
  for (let step = 0; step < longestAliasChain; step += 1) {
    const exact = zone.records.filter((record) => plain(record.name) === asked);
    const wildcards = zone.records
      .filter(
        (record) => record.name.startsWith('*.') && asked.endsWith(plain(record.name).slice(1)),
      )
      .sort((a, b) => b.name.length - a.name.length);
    const records =
      exact.length > 0 ? exact : wildcards.filter((record) => record.name === wildcards[0]?.name);
    const addresses = records.flatMap((record) =>
      record.type === 'CNAME' ? [] : [ip(record.address)],
    );
    if (addresses.length > 0) return { kind: 'addresses', addresses, zone: zone.name };
    const alias = records.find((record) => record.type === 'CNAME');
    if (!alias) return { kind: 'unknown', reason: reasons.noSuchName(name) };
    asked = plain(alias.target);
    if (!within(asked, zone.name)) return { kind: 'alias', target: asked };
  }
  return { kind: 'unknown', reason: reasons.resolutionTooDeep(name) };
}

function forwardersFor(config: DnsServer, name: string): readonly Ip[] {
  const conditional = (config.conditionalForwarders ?? [])
    .filter((entry) => within(name, entry.domain))
    .sort((a, b) => b.domain.length - a.domain.length)[0];
  return (conditional?.servers ?? config.forwarders ?? []).map(ip);
}
