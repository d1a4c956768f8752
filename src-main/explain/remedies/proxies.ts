import type { Design, HttpProxy, ProxySettings } from '../../model/design.ts';
import { parseInterfaceAddress, parseIp, prefix, prefixContains } from '../../model/ip.ts';
import { candidate, changed, changedHost, hostOf, type Candidate } from '../change.ts';
import type { Context, Facts } from './context.ts';
import { recordsNamed, serversOf } from './zones.ts';

const withProxy = (
  node: string,
  change: (of: HttpProxy) => HttpProxy | undefined,
): Candidate['change'] => {
  return (design) =>
    changedHost(design, node, (host) => {
      const httpProxy = host.httpProxy && change(host.httpProxy);
      return httpProxy && { ...host, httpProxy };
    });
};

/** Squid's default SSL_ports, as the schema has them. */
const defaultConnectPorts: readonly number[] = [443];

/** The proxy serves what it refuses. */
export function permit({ proxy: node, refusal }: Facts<'proxy-refused'>): readonly Candidate[] {
  switch (refusal.code) {
    case 'not-a-client': {
      const { client: source } = refusal.detail;
      return [
        candidate(
          'proxy-source-add',
          { node, source },
          withProxy(node, (proxy) => ({
            ...proxy,
            allowedSources: [...(proxy.allowedSources ?? []), source],
          })),
        ),
      ];
    }
    case 'host-not-served': {
      const { host } = refusal.detail;
      return [
        candidate(
          'proxy-destination-add',
          { node, host },
          withProxy(node, (proxy) => ({
            ...proxy,
            allowedDestinations: [...(proxy.allowedDestinations ?? []), host],
          })),
        ),
      ];
    }
    case 'port-not-open': {
      const { port } = refusal.detail;
      return [
        candidate(
          'proxy-port-add',
          { node, port },
          withProxy(node, (proxy) => ({
            ...proxy,
            connectPorts: [...(proxy.connectPorts ?? defaultConnectPorts), port],
          })),
        ),
      ];
    }
    default:
      return refusal satisfies never;
  }
}

const proxiesOf = (design: Design) =>
  (design.nodes ?? []).flatMap((node) => {
    const host = hostOf(design, node.id);
    const own = parseInterfaceAddress(host?.interfaces?.[0]?.addresses?.[0] ?? '')?.ip.text;
    return host?.httpProxy && own !== undefined ? [{ host: own, port: host.httpProxy.port }] : [];
  });

/** The host has an address of this network, not of the internet. */
const isInside = (design: Design, host: string): boolean =>
  [host, ...serversOf(design).flatMap((one) => recordsNamed(one.host.dnsServer, host))].some(
    (text) => {
      const address = parseIp(text);
      return address !== undefined && privateRanges.some((range) => prefixContains(range, address));
    },
  );

/** RFC 1918, RFC 4193. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map(prefix);

const hostAsked = ({ flow }: Context): string | undefined => {
  switch (flow.to.kind) {
    case 'url':
      return new URL(flow.to.url).hostname;
    case 'name':
      return flow.to.name;
    case 'address':
      return flow.to.address;
    default:
      return undefined;
  }
};

/** What the client has been told of its proxy: another one, or to leave it out for this host, or not to. */
export function proxySettings(context: Context): readonly Candidate[] {
  const { design, flow, blocked } = context;
  const { proxy, id } = flow;
  const asked = hostAsked(context);
  if (!proxy || asked === undefined || !design.flows?.includes(flow)) return [];
  const tokens = (proxy.noProxy ?? '').split(/[\s,]+/).filter((token) => token !== '');
  const withSettings = (change: (of: ProxySettings) => ProxySettings): Candidate['change'] => {
    return (now) =>
      changed(now, 'flow', id, (old) =>
        old.proxy ? { ...old, proxy: change(old.proxy) } : undefined,
      );
  };
  const bypass = blocked.before
    .flatMap(({ hops }) => hops)
    .concat(blocked.hops)
    .flatMap(({ steps }) => steps)
    .find(({ kind, action }) => kind === 'proxy' && action === 'bypass');
  if (bypass?.kind === 'proxy' && bypass.action === 'bypass') {
    const { token } = bypass.detail;
    const rest = tokens.filter((one) => one !== token).join(',');
    return [
      candidate(
        'no-proxy-remove',
        { flow: id, token },
        withSettings((old) => ({ ...old, noProxy: rest })),
      ),
    ];
  }
  const leaveOut = candidate(
    'no-proxy-add',
    { flow: id, token: asked },
    withSettings((old) => ({ ...old, noProxy: [...tokens, asked].join(',') })),
  );
  return [
    // What is inside is not the proxy's to fetch; for the world outside it is a detour that somebody wanted.
    { ...leaveOut, isGuess: !isInside(design, asked) },
    ...proxiesOf(design)
      .filter((one) => one.host !== proxy.host || one.port !== proxy.port)
      .map((one) =>
        candidate(
          'proxy-set',
          { flow: id, ...one },
          withSettings((old) => ({ ...old, ...one })),
        ),
      ),
  ];
}
