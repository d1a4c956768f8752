import { bypassToken } from '../../sim/stages/proxy-decision.ts';
import type { InstallClient } from '../catalogue/index.ts';
import { matcherOf, type Reading, type Told } from './read.ts';

/** A proxy that a client has been told of. */
export interface Proxy {
  /** `http`, `https`, `socks5`…: how it is spoken to. */
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly told: Told;
}

/** What a client does about its proxy for one host. */
export type ProxyChoice =
  | { readonly kind: 'direct' }
  | { readonly kind: 'bypassed'; readonly proxy: Proxy; readonly token: string }
  | { readonly kind: 'proxy'; readonly proxy: Proxy }
  | { readonly kind: 'malformed'; readonly told: Told };

/** Where a proxy's address names no port: net/http's canonicalAddr, and CURL_DEFAULT_PROXY_PORT. */
const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443, socks5: 1080 };
const curlPort = 1080;

export function chooseProxy(
  client: InstallClient,
  reading: Reading,
  {
    scheme,
    host,
    port,
  }: { readonly scheme: 'http' | 'https'; readonly host: string; readonly port: number },
): ProxyChoice {
  const told = reading[scheme];
  // apt.conf(5) and yum.conf(5): words for no proxy at all.
  if (!told || told.value === 'DIRECT' || told.value === '_none_') return { kind: 'direct' };
  const proxy = parseProxy(client, told);
  if (!proxy) return { kind: 'malformed', told };
  const matcher = matcherOf(client);
  if (!matcher) {
    const own = reading.direct.find((one) => one === host.toLowerCase());
    return own === undefined ? { kind: 'proxy', proxy } : { kind: 'bypassed', proxy, token: own };
  }
  const token = bypassToken(matcher, reading.noProxy?.value ?? '', host, port);
  return token === undefined ? { kind: 'proxy', proxy } : { kind: 'bypassed', proxy, token };
}

/** `http://user:secret@host:port/`, or without a scheme, which then is http. */
function parseProxy(client: InstallClient, told: Told): Proxy | undefined {
  const match =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/\s]*@)?(\[[0-9a-f:.]+\]|[^:/?#@[\]\s]+)(?::(\d{1,5}))?\/?$/i.exec(
      told.value,
    );
  if (!match) return undefined;
  const [, given = 'http', host = '', port] = match;
  const scheme = given.toLowerCase();
  const usual =
    client === 'curl' && scheme !== 'https' ? curlPort : (usualPorts[scheme] ?? curlPort);
  return {
    scheme,
    host: host.replace(/^\[(.*)\]$/, '$1').toLowerCase(),
    port: port === undefined ? usual : Number(port),
    told,
  };
}
