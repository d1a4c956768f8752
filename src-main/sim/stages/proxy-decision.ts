import {
  parseInterfaceAddress,
  parseIp,
  prefixContains,
  type Ip,
  type Prefix,
} from '../../model/ip.ts';
import type { DeadToken } from '../vocabulary/warning.ts';

/** A client program's own way to read NO_PROXY. */
export type ProxyClient = 'go' | 'curl';

/** Of NO_PROXY, the token that makes the client go direct to the host; undefined where it uses its proxy. */
export function bypassToken(
  client: ProxyClient,
  noProxy: string,
  host: string,
  port: number,
): string | undefined {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  const address = parseIp(name);
  if (client === 'go' && isLoopback(name, address)) return 'localhost (built in)';
  // curl takes a star only as the whole value.
  if (client === 'curl' && noProxy.trim() === '*') return '*';
  const matches = client === 'go' ? goToken : curlToken;
  return tokensOf(client, noProxy).find((token) =>
    matches(token.toLowerCase(), name, address, port),
  );
}

const tokensOf = (client: ProxyClient, noProxy: string): string[] =>
  noProxy
    .split(client === 'go' ? ',' : /[\s,]+/)
    .map((token) => token.trim())
    .filter((token) => token !== '');

/** golang.org/x/net/http/httpproxy `useProxy`: these never go through a proxy. */
function isLoopback(name: string, address: Ip | undefined): boolean {
  if (name === 'localhost') return true;
  return (
    address !== undefined &&
    (address.family === 4 ? address.w0 >>> 24 === 127 : address.text === '::1')
  );
}

/** Both take a network by any address in it: host bits do not count. */
const networkOf = (token: string): Prefix | undefined => parseInterfaceAddress(token)?.prefix;

/** golang.org/x/net/http/httpproxy `config.init` and its matchers. */
function goToken(token: string, name: string, address: Ip | undefined, port: number): boolean {
  if (token === '*') return true;
  const network = networkOf(token);
  if (network) return address !== undefined && prefixContains(network, address);
  const [, bare = token, tokenPort] = /^(.*?)(?::(\d+))?$/.exec(parseIp(token) ? '' : token) ?? [];
  const pattern = bare === '' ? token : bare;
  if (tokenPort !== undefined && Number(tokenPort) !== port) return false;
  const literal = parseIp(pattern.replace(/^\[(.*)\]$/, '$1'));
  if (literal) return address?.text === literal.text;
  if (address) return false;
  if (pattern.startsWith('*.')) return name.endsWith(pattern.slice(1));
  if (pattern.startsWith('.')) return name.endsWith(pattern);
  return name === pattern || name.endsWith(`.${pattern}`);
}

/** curl's lib/noproxy.c since 7.86.0. */
function curlToken(token: string, name: string, address: Ip | undefined): boolean {
  if (address) {
    const network = networkOf(token);
    if (network) return prefixContains(network, address);
    return parseIp(token.replace(/^\[(.*)\]$/, '$1'))?.text === address.text;
  }
  const pattern = token.replace(/^\./, '').replace(/\.$/, '');
  return name === pattern || name.endsWith(`.${pattern}`);
}

/** Digits and dots, perhaps a star behind them: what people write for the start of an address. */
const addressStart = /^\d{1,3}(\.\d{1,3}){0,3}\.?\*?$/;

/** Why a token of NO_PROXY matches no host at all for this client; undefined where it may match one. */
function deadTokenReason(client: ProxyClient, token: string): DeadToken | undefined {
  if (parseIp(token) || networkOf(token)) return undefined;
  if (addressStart.test(token)) return 'address-start';
  if (token.includes('/')) return 'no-network';
  const stars = client === 'go' ? token.replace(/^\*($|\.)/, '') : token;
  if (stars.includes('*')) return 'star';
  if (client === 'curl' && /:\d+$/.test(token)) return 'port';
  return undefined;
}

/** The tokens of NO_PROXY that this client can do nothing with. */
export function deadTokens(
  client: ProxyClient,
  noProxy: string,
): readonly { readonly token: string; readonly dead: DeadToken }[] {
  if (noProxy.trim() === '*') return [];
  return tokensOf(client, noProxy).flatMap((token) => {
    const dead = deadTokenReason(client, token);
    return dead === undefined ? [] : [{ token, dead }];
  });
}
