import { parseIp, type Ip, type IpFamily } from '../model/ip.ts';
import type { Device } from './compile/network.ts';
import { hashText } from './compile/hash.ts';
import {
  amendLeg,
  assume,
  ipHeaderBytes,
  isOwn,
  note,
  reply,
  request,
  succeeded,
  type Preface,
  type Run,
} from './connection.ts';
import {
  candidates,
  clusterAnswer,
  forwardersFor,
  longestAliasChain,
  plain,
  zoneAnswer,
  type OwnAnswer,
} from './name-data.ts';
import { Recorder } from './recorder.ts';
import { sourceFor } from './source-address.ts';
import { headerBytes } from './vocabulary/packet.ts';
import { because, type Reason } from './vocabulary/reason.ts';
import { reasoned } from './vocabulary/tell.ts';

export type Resolved =
  | { readonly ok: true; readonly address: Ip; readonly preface: readonly Preface[] }
  | { readonly ok: false; readonly reason: Reason };

type Answer =
  | { readonly kind: 'addresses'; readonly addresses: readonly Ip[]; readonly zone: string }
  | { readonly kind: 'unknown'; readonly reason: Reason }
  /** Nobody answered; `notes` tells of the last who did not. */
  | { readonly kind: 'silent'; readonly notes: readonly Preface[] };

interface Question {
  readonly name: string;
  /** What the client's search domains make of it, in the order in which it asks. */
  readonly names: readonly string[];
  readonly family: IpFamily;
}

const dnsPort = 53;
/** Servers that one question may be handed on to in a row. */
const longestChain = 8;
/** Questions that the packets of one flow may lead to; servers with several forwarders each multiply them. */
const mostQuestions = 128;

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
    return { ok: true, address: literal, preface: [...preface, known] };
  }
  assume(run, 'dns-cache', {});
  const device = run.state.deviceAt(client);
  const { resolvers } = device;
  const question = { name: plain(name), names: candidates(device, name), family };
  if (question.names.length > 1) assume(run, 'search-domains', {});
  const answer = askServers(run, device, resolvers, question, preface, 0);
  switch (answer.kind) {
    case 'addresses': {
      const address = usable(run, device, answer.addresses, family);
      if (address) return { ok: true, address, preface: [] };
      return unresolved(run, device, name, because('no-address-for-family', { name }), []);
    }
    case 'unknown':
      return unresolved(run, device, name, answer.reason, []);
    case 'silent': {
      const none = resolvers.length === 0;
      const reason = none
        ? because('no-resolver', { device: device.id })
        : because('no-resolver-answered', { name });
      return unresolved(run, device, name, reason, answer.notes);
    }
    default:
      return answer satisfies never;
  }
}

/** The preferred family first; only families that the client has an address of. */
function usable(
  run: Run,
  device: Device,
  addresses: readonly Ip[],
  family: IpFamily,
): Ip | undefined {
  const reachable = addresses.filter((address) => sourceFor(run.state, device, address) !== null);
  return reachable.find((address) => address.family === family) ?? reachable[0];
}

/** The flow ends at the client: a last leg without a packet says why. */
function unresolved(
  run: Run,
  device: Device,
  name: string,
  reason: Reason,
  notes: readonly Preface[],
): Resolved {
  const { state } = run;
  const recorder = run.legs ? new Recorder() : null;
  state.begin(recorder, false);
  state.device = device;
  state.packet.reset(0);
  recorder?.enter(device, undefined, 0);
  for (const entry of notes) note(recorder, entry, state);
  recorder?.step('resolve-name/unknown', { name, ...reasoned(reason) }, state.packet);
  const disposition = state.drop('name-not-resolved', reason);
  if (recorder) {
    const title = `dns ${name} ${device.id}`;
    run.legs?.push({ purpose: 'dns-query', title, disposition, hops: recorder.hops });
  }
  return { ok: false, reason };
}

function askServers(
  run: Run,
  client: Device,
  servers: readonly Ip[],
  question: Question,
  preface: readonly Preface[],
  chain: number,
): Answer {
  const { name } = question;
  if (chain >= longestChain)
    return { kind: 'unknown', reason: because('resolution-too-deep', { name }) };
  if (run.state.questions >= mostQuestions) {
    return {
      kind: 'unknown',
      reason: because('too-many-questions', { name, limit: mostQuestions }),
    };
  }
  let notes = preface;
  for (const server of servers) {
    if (chain > 0 && isOwn(run.state, client, server)) continue;
    run.state.questions += 1;
    const asked = askServer(run, client, server, question, notes, chain);
    if ('answer' in asked) return asked.answer;
    notes = [['resolve-name/no-answer', { name, server: server.text, disposition: asked.failed }]];
    if (servers.length > 1) {
      const { reason } = asked;
      const detail = { server: server.text, client: client.id, reason };
      run.state.warn('resolver-failed', client.id, detail);
    }
  }
  return { kind: 'silent', notes };
}

type Asked =
  | { readonly answer: Answer }
  | { readonly failed: ReturnType<typeof request>['disposition']; readonly reason: Reason };

function askServer(
  run: Run,
  client: Device,
  server: Ip,
  question: Question,
  notes: readonly Preface[],
  chain: number,
): Asked {
  const { state } = run;
  const { name, family } = question;
  const record = family === 4 ? 'A' : 'AAAA';
  const unanswered = because('no-resolver-answered', { name });
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
  amendLeg(run, { dns: { name, record, addresses: [] } });
  if (!succeeded(query)) return { failed: query.disposition, reason: query.reason ?? unanswered };
  if (query.listener && query.listener.role !== 'dns') {
    return { failed: 'no-listener', reason: because('no-name-server', { server: server.text }) };
  }
  if (!query.listener) {
    return {
      failed: query.disposition,
      reason: because('resolver-outside', { server: server.text }),
    };
  }

  const host = state.deviceAt(query.server);
  const found = serverAnswer(run, host, question, query.hops, chain);
  if (found.kind === 'silent') {
    return { failed: 'name-not-resolved', reason: because('nobody-to-ask', { server: host.id }) };
  }
  const addresses = found.kind === 'addresses' ? found.addresses : [];
  const sent = addresses.filter((address) => address.family === family);
  const shown = sent.length > 0 ? sent : addresses;
  const said: Preface =
    found.kind === 'addresses'
      ? [
          'resolve-name/answer',
          { name, addresses: addresses.map((address) => address.text), zone: found.zone },
        ]
      : ['resolve-name/unknown', { name, ...reasoned(found.reason) }];
  // A compressed name, type, class, TTL and length: 12 bytes, then the address.
  const answerBytes = shown.reduce((sum, address) => sum + (address.family === 4 ? 16 : 28), bytes);
  const answered = reply(run, query, 'dns-answer', `dns ${name} answer`, [said], answerBytes);
  const shownRecord = shown[0] && shown[0].family !== family ? otherRecord(record) : record;
  amendLeg(run, {
    dns: { name, record: shownRecord, addresses: shown.map((address) => address.text) },
  });
  if (!succeeded(answered))
    return { failed: answered.disposition, reason: answered.reason ?? unanswered };
  return { answer: found };
}

const otherRecord = (record: 'A' | 'AAAA') => (record === 'A' ? 'AAAA' : 'A');

/** What a server makes of the names that its client tries one after the other: the first that there is. */
function serverAnswer(
  run: Run,
  server: Device,
  question: Question,
  hops: Recorder | null,
  chain: number,
): Answer {
  let unknown: Answer = {
    kind: 'unknown',
    reason: because('no-such-name', { name: question.name }),
  };
  for (const name of question.names) {
    const answer = answerTo(run, server, name, question.family, hops, chain);
    if (answer.kind !== 'unknown') return answer;
    if (name === question.name) unknown = answer;
    if (name !== question.names.at(-1)) {
      hops?.remark('resolve-name/unknown', { name, ...reasoned(answer.reason) });
    }
  }
  return unknown;
}

/** From the server's own data, else from those that it asks in turn. */
function answerTo(
  run: Run,
  server: Device,
  name: string,
  family: IpFamily,
  hops: Recorder | null,
  chain: number,
): Answer {
  const data = dataOf(run, server);
  if (!data) return { kind: 'silent', notes: [] };
  const own = data.own(name);
  if (own === 'outside') {
    const servers = data.forwarders(name);
    const [first] = servers;
    if (!first) return { kind: 'unknown', reason: because('no-such-name', { name }) };
    hops?.remark('resolve-name/forward', { name, server: first.text });
    return askServers(run, server, servers, { name, names: [name], family }, [], chain + 1);
  }
  if (own.kind !== 'alias') return own;
  if (chain + 1 >= longestAliasChain) {
    return { kind: 'unknown', reason: because('resolution-too-deep', { name: own.target }) };
  }
  return answerTo(run, server, own.target, family, hops, chain + 1);
}

interface NameData {
  readonly own: (name: string) => OwnAnswer;
  readonly forwarders: (name: string) => readonly Ip[];
}

/** A cluster's DNS pods, and nodes with zones or forwarders; undefined where the device is no name server. */
function dataOf(run: Run, server: Device): NameData | undefined {
  const { network } = run.state;
  const cluster = network.clusters.find((candidate) => candidate.dnsDevices.has(server.index));
  if (cluster) {
    return {
      own: (name) => clusterAnswer(network, cluster, name),
      forwarders: () => cluster.dnsForwarders ?? resolversBehind(run, server),
    };
  }
  const node = network.design.nodes?.find((candidate) => candidate.id === server.id);
  const config = node && 'dnsServer' in node ? node.dnsServer : undefined;
  return (
    config && {
      own: (name) => zoneAnswer(config, name),
      forwarders: (name) => forwardersFor(config, name),
    }
  );
}

/** A DNS pod without forwarders of its own asks those of its node (`dnsPolicy: Default`). */
function resolversBehind(run: Run, server: Device): readonly Ip[] {
  if (server.kind !== 'pod') return server.resolvers;
  const { network } = run.state;
  const found = network.clusters[server.cluster]?.pods.get(server.id);
  const node = found && network.devices[network.deviceByNode.get(found.pod.node) ?? -1];
  return node?.resolvers ?? [];
}
