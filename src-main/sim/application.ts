import type { HttpProxy, Ingress, IngressBackend } from '../model/design.ts';
import { parseAddressMatch, parseIp, rangeContains, type Ip, type IpFamily } from '../model/ip.ts';
import { compileAddresses, matchesAddress } from './compile/matches.ts';
import type { CompiledCluster, CompiledController, Device, Endpoint } from './compile/network.ts';
import type { Connection, Run } from './connection.ts';
import type { Recorder } from './recorder.ts';
import { chooseMember, usableMembers } from './stages/balance.ts';
import { endpointText } from './stages/nat.ts';
import { because, type Reason } from './vocabulary/reason.ts';
import type { Refusal } from './vocabulary/refusals.ts';
import { refusalText } from './vocabulary/tell.ts';
import type { Disposition } from './vocabulary/disposition.ts';

/** What an HTTP client asks for; the parts that proxies and ingress controllers look at. */
export interface HttpRequest {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** A bare connection, to see whether it comes about: an ingress controller is asked for nothing. */
  readonly bare: boolean;
}

/** What the program that took the connection does with it. */
export type Continuation =
  | { readonly kind: 'end' }
  /** `source`: in the name of its client, with the client's address. */
  | {
      readonly kind: 'connect';
      readonly destination: Ip;
      readonly port: number;
      readonly source?: Ip;
    }
  | { readonly kind: 'resolve'; readonly host: string; readonly port: number }
  | { readonly kind: 'fail'; readonly disposition: Disposition; readonly reason: Reason };

const end: Continuation = { kind: 'end' };

/**
 * The listener's role decides whether the connection ends here or another one is opened. `asksProxy`: the client takes
 * this connection for one to its proxy.
 */
export function continueAt(
  run: Run,
  connection: Connection,
  http: HttpRequest | null,
  asksProxy: boolean,
  hops: Recorder | null,
): Continuation {
  const { state } = run;
  const server = state.deviceAt(connection.server);
  const role = connection.listener?.role ?? 'plain';
  if (connection.exitInterface >= 0) return end;
  if (asksProxy && role !== 'http-proxy' && role !== 'balancer') {
    return fail(
      run,
      'proxy-refused',
      because('no-proxy', { server: server.id, port: connection.port }),
    );
  }
  switch (role) {
    case 'ingress-http':
    case 'ingress-https':
      return http && !http.bare ? atIngress(run, server, connection, http, hops) : end;
    case 'balancer':
      return atBalancer(run, server, connection, hops);
    case 'http-proxy':
      return http && asksProxy ? atProxy(run, server, connection, http, hops) : end;
    case 'dns':
    case 'plain':
      return end;
    default:
      return role satisfies never;
  }
}

function fail(run: Run, disposition: Disposition, reason: Reason): Continuation {
  run.state.drop(disposition, reason);
  return { kind: 'fail', disposition, reason };
}

function atBalancer(
  run: Run,
  server: Device,
  connection: Connection,
  hops: Recorder | null,
): Continuation {
  const { state } = run;
  const balancer = server.balancers.find((candidate) => candidate.id === connection.listener?.name);
  const members = balancer ? usableMembers(state, balancer) : [];
  const member = balancer && chooseMember(state, balancer, members);
  if (!balancer || !member) {
    const name = balancer?.id ?? server.id;
    hops?.step('load-balance/no-member', { balancer: name }, state.packet);
    return fail(run, 'no-endpoints', because('no-member', { balancer: name }));
  }
  const { id, address, port } = member;
  const choices = members.length;
  const detail = { balancer: balancer.id, member: id, to: endpointText(address, port), choices };
  hops?.step('load-balance/choose', { ...detail, mode: balancer.mode }, state.packet);
  const target = { kind: 'connect', destination: address, port } as const;
  return balancer.mode === 'transparent' ? { ...target, source: connection.seenSource } : target;
}

function atIngress(
  run: Run,
  server: Device,
  connection: Connection,
  http: HttpRequest,
  hops: Recorder | null,
): Continuation {
  const { state } = run;
  const { network } = state;
  const cluster = network.clusters[server.cluster];
  const controller = cluster?.ingressControllers.find(
    ({ devices, httpPort, httpsPort }) =>
      devices.has(server.index) && [httpPort, httpsPort].includes(connection.seenDestinationPort),
  );
  if (!cluster || !controller) return end;
  const { host, path } = http;
  const served = (network.design.ingresses ?? []).filter(
    (ingress) =>
      ingress.cluster === cluster.cluster.id && serves(cluster, controller, ingress.className),
  );
  const isTls = connection.listener?.role === 'ingress-https';
  const found =
    (isTls ? matchPassthrough(served, host) : undefined) ?? matchIngress(served, host, path);
  if (!found) {
    hops?.step('ingress-rule/none', { host, path }, state.packet);
    return fail(run, 'no-endpoints', because('no-ingress-rule', { host, path }));
  }
  const { ingress, backend } = found;
  const family = connection.seenDestination.family;
  const endpoints = backendEndpoints(run, cluster, ingress, backend, family);
  const service = `${ingress.namespace}/${backend.service}`;
  const at =
    endpoints.length <= 1 ? 0 : state.choose(state, endpoints.length, `ingress ${ingress.id}`);
  const endpoint = endpoints[at];
  if (!endpoint) {
    hops?.step('ingress-rule/no-endpoints', { ingress: ingress.id, service }, state.packet);
    return fail(run, 'no-endpoints', because('ingress-without-endpoints', { service }));
  }
  hops?.step(
    'ingress-rule/match',
    {
      ingress: ingress.id,
      host,
      path,
      service,
      to: endpointText(endpoint.address, endpoint.port),
      ...(endpoint.pod === '' ? {} : { pod: endpoint.pod }),
      endsTls: isTls && ingress.tlsPassthrough !== true,
      choices: endpoints.length,
    },
    state.packet,
  );
  return { kind: 'connect', destination: endpoint.address, port: endpoint.port };
}

function serves(
  { ingressControllers }: CompiledCluster,
  { classes }: CompiledController,
  className: string | undefined,
): boolean {
  if (classes) return className !== undefined && classes.includes(className);
  return (
    className === undefined ||
    !ingressControllers.some((other) => other.classes?.includes(className))
  );
}

/**
 * Connections that are handed on as they are go by the name in the TLS handshake alone, before any rule is looked at;
 * to what the host's root path names (ingress-nginx `ssl-passthrough`).
 */
function matchPassthrough(ingresses: readonly Ingress[], host: string): IngressMatch | undefined {
  const name = host.toLowerCase();
  for (const ingress of ingresses) {
    if (!ingress.tlsPassthrough) continue;
    for (const rule of ingress.rules) {
      if (rule.host?.toLowerCase() !== name) continue;
      const target = rule.paths.find(({ path }) => path === '/') ?? rule.paths[0];
      if (target) return { ingress, backend: target.backend };
    }
  }
  return undefined;
}

interface IngressMatch {
  readonly ingress: Ingress;
  readonly backend: IngressBackend;
}

/**
 * As the NGINX controllers of ICP and IKS do: the rules of the closest host alone (exact, wildcard, none), and of these
 * the exact path, else the longest prefix (networking.k8s.io/v1 Ingress); what they have no path for is the default's.
 */
export function matchIngress(
  ingresses: readonly Ingress[],
  host: string,
  path: string,
): IngressMatch | undefined {
  const name = host.toLowerCase();
  const rules = ingresses.flatMap((ingress) =>
    ingress.rules.map((rule) => ({
      ingress,
      rule,
      rank: rankHost(rule.host?.toLowerCase(), name),
    })),
  );
  const closest = Math.max(0, ...rules.map(({ rank }) => rank));
  let best: (IngressMatch & { readonly rank: number }) | undefined;
  for (const { ingress, rule, rank: hostRank } of rules) {
    if (hostRank !== closest) continue;
    for (const candidate of rule.paths) {
      const rank = rankPath(candidate.path, candidate.pathType, path);
      if (rank < 0 || (best && best.rank >= rank)) continue;
      best = { ingress, backend: candidate.backend, rank };
    }
  }
  if (best) return best;
  const fallback = ingresses.find((ingress) => ingress.defaultBackend !== undefined);
  return fallback?.defaultBackend && { ingress: fallback, backend: fallback.defaultBackend };
}

/** A wildcard stands for exactly one label. */
function rankHost(pattern: string | undefined, host: string): number {
  if (pattern === undefined) return 0;
  if (pattern === host) return 2;
  if (!pattern.startsWith('*.')) return -1;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot + 1) === pattern.slice(2) ? 1 : -1;
}

function rankPath(pattern: string, type: string, path: string): number {
  if (type === 'Exact') return pattern === path ? 1e6 : -1;
  const prefix = pattern.replace(/\/$/, '');
  // `ImplementationSpecific` is a prefix to the controllers that ICP and IKS ship.
  return path === prefix || path.startsWith(`${prefix}/`) || prefix === '' ? prefix.length : -1;
}

function backendEndpoints(
  run: Run,
  cluster: CompiledCluster,
  ingress: Ingress,
  backend: IngressBackend,
  family: IpFamily,
): readonly Endpoint[] {
  const service = run.state.network.design.services?.find(
    (candidate) =>
      candidate.cluster === cluster.cluster.id &&
      candidate.namespace === ingress.namespace &&
      (candidate.name ?? candidate.id) === backend.service,
  );
  const at = service?.ports?.findIndex(
    (port) => (port.name ?? '') === backend.port || port.port === backend.port,
  );
  const port = service && cluster.services.ports.get(service.id)?.[at ?? -1];
  if (!port) return [];
  const preferred = family === 4 ? port.endpoints4 : port.endpoints6;
  return preferred.length > 0 ? preferred : family === 4 ? port.endpoints6 : port.endpoints4;
}

function atProxy(
  run: Run,
  server: Device,
  connection: Connection,
  http: HttpRequest,
  hops: Recorder | null,
): Continuation {
  const { state } = run;
  const node = state.network.design.nodes?.find((candidate) => candidate.id === server.id);
  const proxy = node && 'httpProxy' in node ? node.httpProxy : undefined;
  if (!proxy) return end;
  const refusal = refusalOf(proxy, connection.seenSource, http);
  if (refusal !== undefined) {
    const { host, port } = http;
    const reason = refusalText(refusal);
    hops?.step('proxy/refuse', { host, port, reason, because: refusal }, state.packet);
    return fail(run, 'proxy-refused', because('proxy-refused', { proxy: server.id, refusal }));
  }
  hops?.step('proxy/connect', { host: http.host, port: http.port }, state.packet);
  return { kind: 'resolve', host: http.host, port: http.port };
}

function refusalOf(proxy: HttpProxy, client: Ip, http: HttpRequest): Refusal | undefined {
  if (!matchesAddress(compileAddresses(proxy.allowedSources), client)) {
    return { code: 'not-a-client', detail: { client: client.text } };
  }
  const { host, port } = http;
  const { allowedDestinations } = proxy;
  if (allowedDestinations && !allowedDestinations.some((entry) => allows(entry, host))) {
    return { code: 'host-not-served', detail: { host } };
  }
  const connectPorts = proxy.connectPorts ?? [443];
  if (http.scheme === 'https' && !connectPorts.includes(port)) {
    return { code: 'port-not-open', detail: { port, ports: connectPorts } };
  }
  return undefined;
}

/** A name, `.domain` for a domain with all below it, or an address match. */
function allows(entry: string, host: string): boolean {
  const address = parseIp(host);
  const ranges = parseAddressMatch(entry);
  if (ranges) return address !== undefined && ranges.some((range) => rangeContains(range, address));
  const [name, pattern] = [host.toLowerCase(), entry.toLowerCase()];
  if (pattern.startsWith('.')) return name === pattern.slice(1) || name.endsWith(pattern);
  return name === pattern;
}
