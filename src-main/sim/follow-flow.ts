import type { Flow, FlowTarget, ProxySettings } from '../model/design.ts';
import { ip, type Ip, type IpFamily } from '../model/ip.ts';
import { continueAt, type Continuation, type HttpRequest } from './application.ts';
import { hashText } from './compile/hash.ts';
import {
  amendLeg,
  assume,
  connectionTitle,
  reply,
  request,
  succeeded,
  type Connection,
  type Preface,
  type Run,
  type Wanted,
} from './connection.ts';
import { checkFullSize } from './full-size.ts';
import { resolveName } from './name-resolution.ts';
import { Recorder } from './recorder.ts';
import { sourceFor } from './source-address.ts';
import { bypassToken, deadTokens } from './stages/proxy-decision.ts';
import { warnOfTromboning } from './tromboning.ts';
import { addUndrawnHost } from './undrawn-host.ts';
import { unmodelledParts } from './unmodelled.ts';
import type { Disposition } from './vocabulary/disposition.ts';
import type { Assumption } from './vocabulary/assumptions.ts';
import { because, type Reason } from './vocabulary/reason.ts';
import type { Leg } from './vocabulary/result.ts';
import type { Warning } from './vocabulary/warning.ts';
import type { WalkState } from './walk-state.ts';

/** One way of a flow, there and back. */
export interface Outcome {
  readonly forward: Disposition;
  readonly forwardLegs: readonly Leg[];
  /** Null: there was nothing to reply to. */
  readonly reverse: Disposition | null;
  readonly reverseLegs: readonly Leg[];
  readonly pathMtu: number | undefined;
  readonly warnings: readonly Warning[];
  /** By their English sentence. */
  readonly assumptions: ReadonlyMap<string, Assumption>;
}

/** Connections that one flow may open in a row: proxies, balancers, ingress controllers. */
const longestChain = 8;
/** First port of the dynamic range (RFC 6335 §6) and its size. */
const dynamicPorts = { first: 49152, count: 16384 };

interface Aim {
  readonly http: HttpRequest | null;
  /** What is looked up; the address itself where there is nothing to. */
  readonly host: string;
  readonly port: number;
}

/** Follows a flow from name look-up to the last reply. `written`: with legs; else the verdict only. */
export function followFlow(state: WalkState, flow: Flow, written: boolean): Outcome {
  const run: Run = { state, legs: written ? [] : null, assumed: new Map() };
  const connections: Connection[] = [];
  const mtus: number[] = [];
  const forward = followForward(run, flow, connections, mtus);
  const forwardLegs = run.legs ?? [];
  let reverse: Disposition | null = null;
  let reverseLegs: readonly Leg[] = [];
  if (forward === 'delivered' || forward === 'exits-network') {
    const back: Run = { state, legs: written ? [] : null, assumed: run.assumed };
    reverse = followReply(back, flow, connections, mtus);
    reverseLegs = back.legs ?? [];
  }
  unmodelledParts(run, connections);
  return {
    forward,
    forwardLegs,
    reverse,
    reverseLegs,
    pathMtu: mtus.length > 0 ? Math.min(...mtus) : undefined,
    warnings: state.warnings,
    assumptions: run.assumed,
  };
}

function followForward(
  run: Run,
  flow: Flow,
  connections: Connection[],
  mtus: number[],
): Disposition {
  const { state } = run;
  const client = clientOf(run, flow);
  const aim = aimOf(run, flow, client);
  if ('reason' in aim) return failAtOnce(run, client, 'no-route', aim.reason);
  const proxied = flow.proxy && aim.http ? viaProxy(run, flow.proxy, aim.http) : undefined;
  const preface: Preface[] = proxied ? [proxied.preface] : [];
  const first = proxied?.proxy ?? aim;
  const from =
    flow.from.kind === 'node' && flow.from.address !== undefined ? ip(flow.from.address) : null;
  let target: Continuation = { kind: 'resolve', host: first.host, port: first.port };
  let at = client;
  let notes: readonly Preface[] = preface;
  let asksProxy = proxied?.proxy !== undefined;
  for (let step = 0; step < longestChain; step += 1) {
    if (target.kind === 'fail') return target.disposition;
    if (target.kind === 'end') return lastDisposition(connections);
    let destination: Ip;
    if (target.kind === 'resolve') {
      const resolved = resolveName(run, at, target.host, flow.family ?? 4, notes);
      if (!resolved.ok) return 'name-not-resolved';
      destination = resolved.address;
      notes = resolved.preface;
    } else destination = target.destination;
    const source = target.kind === 'connect' ? (target.source ?? null) : step === 0 ? from : null;
    const wanted = wantedFor(flow, at, destination, target.port, step, source);
    const connection = request(run, wanted, 'request', connectionTitle(state, wanted), notes);
    connections.push(connection);
    notes = [];
    if (!succeeded(connection)) return connection.disposition;
    warnOfTromboning(run, connection.client, connection.server);
    target = continueAt(run, connection, aim.http, asksProxy, connection.hops);
    asksProxy &&= target.kind === 'connect';
    if (target.kind === 'fail') amendLeg(run, { disposition: target.disposition });
    const path = checkFullSize(run, connection, connection.client, false);
    if (path) {
      mtus.push(path.bytes);
      amendLeg(run, { pathMtu: path.bytes });
    }
    at = connection.server;
  }
  return failAtOnce(run, at, 'loop', because('connections-in-circle', { limit: longestChain }));
}

const lastDisposition = (connections: readonly Connection[]): Disposition =>
  connections.at(-1)?.disposition ?? 'no-route';

/** Every connection is answered, the innermost first. */
function followReply(
  run: Run,
  flow: Flow,
  connections: readonly Connection[],
  mtus: number[],
): Disposition {
  if (flow.protocol !== 'udp' && flow.protocol !== 'icmp') assume(run, 'mss', {});
  let disposition: Disposition = 'delivered';
  for (const connection of [...connections].reverse()) {
    const { state } = run;
    const title = `${connection.protocol} reply to ${state.deviceAt(connection.client).id}`;
    const bytes = connection.protocol === 'icmp' ? connection.bytes : 0;
    const answered = reply(run, connection, 'reply', title, [], bytes);
    disposition = answered.disposition;
    if (!succeeded(answered)) return disposition;
    warnOfTromboning(run, answered.server, connection.client);
    const path = checkFullSize(run, connection, answered.server, true);
    if (path) {
      mtus.push(path.bytes);
      amendLeg(run, { pathMtu: path.bytes });
    }
  }
  return disposition;
}

function clientOf(run: Run, flow: Flow): number {
  const { state } = run;
  const { network } = state;
  const { from } = flow;
  switch (from.kind) {
    case 'node':
      return network.deviceByNode.get(from.node) ?? -1;
    case 'pod':
      return network.deviceByPod.get(from.pod) ?? -1;
    case 'address': {
      const segment = state.segmentAt(network.segmentById.get(from.segment) ?? -1);
      const address = ip(from.address);
      const drawn = state.ownerOf(segment, address);
      if (drawn >= 0) return state.interfaceAt(drawn).device;
      return addUndrawnHost(state, segment, address, null);
    }
    default:
      return from satisfies never;
  }
}

type Failure = { readonly reason: Reason };

function aimOf(run: Run, flow: Flow, client: number): Aim | Failure {
  const port = flow.port ?? 0;
  const { to } = flow;
  if (to.kind === 'url') {
    const url = new URL(to.url);
    const scheme = url.protocol === 'http:' ? 'http' : 'https';
    const wellKnown = scheme === 'http' ? 80 : 443;
    const urlPort = url.port === '' ? wellKnown : Number(url.port);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const http: HttpRequest = {
      scheme,
      host,
      port: urlPort,
      path: url.pathname,
      bare: false,
    };
    return { http, host, port: urlPort };
  }
  if (to.kind === 'name') return { http: httpFor(flow, to.name, port), host: to.name, port };
  const serviceName = to.kind === 'service' ? nameOfService(run, to.service) : undefined;
  if (serviceName !== undefined) {
    return { http: httpFor(flow, serviceName, port), host: serviceName, port };
  }
  const address = targetAddress(run, to, flow.family ?? 4, client);
  if ('code' in address) return { reason: address };
  return { http: httpFor(flow, address.text, port), host: address.text, port };
}

/** A headless service or an ExternalName has no address of its own: it is spoken to by its name in the cluster. */
function nameOfService(run: Run, id: string): string | undefined {
  const { network } = run.state;
  const service = network.design.services?.find((candidate) => candidate.id === id);
  if (!service || (service.clusterIps ?? []).length > 0) return undefined;
  const cluster = network.clusters.find((candidate) => candidate.cluster.id === service.cluster);
  return `${service.name ?? service.id}.${service.namespace}.svc.${cluster?.domain ?? ''}`;
}

/** Other TCP flows open a connection, through a proxy where the client uses one, and ask for nothing. */
function httpFor(flow: Flow, host: string, port: number): HttpRequest | null {
  if ((flow.protocol ?? 'tcp') !== 'tcp') return null;
  const scheme = port === 80 || port === 8080 ? 'http' : 'https';
  return { scheme, host, port, path: '/', bare: true };
}

function targetAddress(
  run: Run,
  to: Exclude<FlowTarget, { kind: 'url' | 'name' }>,
  family: IpFamily,
  client: number,
): Ip | Reason {
  const { state } = run;
  const { network } = state;
  const usable = (addresses: readonly Ip[]) => {
    const source = state.deviceAt(client);
    const reachable = addresses.filter((address) => sourceFor(state, source, address) !== null);
    return reachable.find((address) => address.family === family) ?? reachable[0] ?? addresses[0];
  };
  const ofDevice = (index: number) =>
    usable(
      (network.devices[index]?.interfaces ?? []).flatMap((at) => {
        const item = state.interfaceAt(at);
        return item.tunnel ? [] : item.addresses;
      }),
    );
  switch (to.kind) {
    case 'address':
      return ip(to.address);
    case 'node':
      return (
        ofDevice(network.deviceByNode.get(to.node) ?? -1) ??
        because('no-target-address', { target: to.node })
      );
    case 'pod':
      return (
        ofDevice(network.deviceByPod.get(to.pod) ?? -1) ??
        because('no-target-address', { target: to.pod })
      );
    case 'service': {
      const service = network.design.services?.find((candidate) => candidate.id === to.service);
      const address = usable((service?.clusterIps ?? []).map(ip));
      return address ?? because('no-target-address', { target: to.service });
    }
    default:
      return to satisfies never;
  }
}

function viaProxy(
  run: Run,
  settings: ProxySettings,
  http: HttpRequest,
): {
  readonly preface: Preface;
  readonly proxy?: { readonly host: string; readonly port: number };
} {
  const { client, noProxy = '' } = settings;
  for (const { token, dead } of deadTokens(client, noProxy)) {
    run.state.warn('no-proxy-token', `NO_PROXY ${token}`, { token, client, dead });
  }
  const token = bypassToken(client, noProxy, http.host, http.port);
  if (token !== undefined) return { preface: ['proxy/bypass', { host: http.host, token }] };
  const proxy = { host: settings.host, port: settings.port };
  return {
    preface: ['proxy/use', { proxy: `${proxy.host}:${proxy.port}`, host: http.host }],
    proxy,
  };
}

function wantedFor(
  flow: Flow,
  client: number,
  destination: Ip,
  port: number,
  step: number,
  source: Ip | null,
): Wanted {
  const protocol = flow.protocol ?? 'tcp';
  const dynamic = dynamicPorts.first + (hashText(`${flow.id} ${step}`) % dynamicPorts.count);
  return {
    client,
    source,
    destination,
    protocol,
    port: protocol === 'icmp' ? 0 : port,
    sourcePort: step === 0 && flow.sourcePort !== undefined ? flow.sourcePort : dynamic,
    bytes: step === 0 ? (flow.packetBytes ?? 0) : 0,
    df: flow.df ?? true,
  };
}

/** The flow ends before a packet is made. */
function failAtOnce(
  run: Run,
  client: number,
  disposition: Disposition,
  reason: Reason,
): Disposition {
  const { state } = run;
  const device = state.deviceAt(client);
  const recorder = run.legs ? new Recorder() : null;
  state.begin(recorder, false);
  state.packet.reset(0);
  recorder?.enter(device, undefined, 0);
  state.device = device;
  state.drop(disposition, reason);
  if (recorder)
    run.legs?.push({ purpose: 'request', title: device.id, disposition, hops: recorder.hops });
  return disposition;
}
