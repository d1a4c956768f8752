import {
  parseInterfaceAddress,
  parseIp,
  prefixContains,
  type Ip,
  type Prefix,
} from '../../model/ip.ts';

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
  const tokens = noProxy.split(client === 'go' ? ',' : /[\s,]+/).map((token) => token.trim());
  const matches = client === 'go' ? goToken : curlToken;
  return tokens.find((token) => token !== '' && matches(token.toLowerCase(), name, address, port));
}

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
