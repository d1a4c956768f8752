import { parseInterfaceAddress, parseIp, prefixContains } from '../../model/ip.ts';
import { bypassToken, deadTokens, type ProxyClient } from '../../sim/stages/proxy-decision.ts';

/** Something that a client must reach without its proxy, and what stands for it in NO_PROXY. */
export interface DirectToken {
  /** As it was asked for. */
  readonly wanted: string;
  readonly token: string;
}

export interface NoProxy {
  /** For the variable. */
  readonly value: string;
  readonly tokens: readonly DirectToken[];
  /** What was asked for and another token does already. */
  readonly covered: readonly string[];
  /** What this client's NO_PROXY cannot say. */
  readonly impossible: readonly string[];
}

/** Any port that nobody asks for by name. */
const somePort = 443;

/**
 * The shortest NO_PROXY, in the order of `wanted`, that makes the client go direct to all of them: names, name endings
 * (`.svc`, `*.example.com`), addresses and networks. Each token has been tried with the client's own rules.
 */
export function composeNoProxy(client: ProxyClient, wanted: readonly string[]): NoProxy {
  const candidates: (DirectToken & { readonly sample: string })[] = [];
  const impossible: string[] = [];
  for (const one of wanted) {
    const found = tokenFor(one.trim());
    const works =
      found !== undefined &&
      deadTokens(client, found.token).length === 0 &&
      bypassToken(client, found.token, found.sample, somePort) !== undefined;
    if (works) candidates.push({ wanted: one, ...found });
    else impossible.push(one);
  }
  const tokens: DirectToken[] = [];
  const covered: string[] = [];
  for (const [at, { wanted: one, token }] of candidates.entries()) {
    const isSaid = candidates.some(
      (other, otherAt) =>
        otherAt !== at &&
        includes(client, other.token, token) &&
        // Of two that say the same the first one stays.
        (otherAt < at || !includes(client, token, other.token)),
    );
    if (isSaid) covered.push(one);
    else tokens.push({ wanted: one, token });
  }
  return { value: tokens.map(({ token }) => token).join(','), tokens, covered, impossible };
}

/** How it is written, and a host that it has to match. */
function tokenFor(wanted: string): { readonly token: string; readonly sample: string } | undefined {
  const address = parseIp(wanted.replace(/^\[(.*)\]$/, '$1'));
  if (address) return { token: address.text, sample: address.text };
  const network = parseInterfaceAddress(wanted);
  if (network) return { token: wanted, sample: network.ip.text };
  // `172.16.` is what people write for 172.16.0.0/16, and no client takes it.
  const start = /^((?:\d{1,3}\.){1,3})\*?$/.exec(wanted)?.[1];
  if (start !== undefined) {
    const given = start.split('.').slice(0, -1);
    const token = `${[...given, '0', '0', '0'].slice(0, 4).join('.')}/${given.length * 8}`;
    const whole = parseInterfaceAddress(token);
    return whole && { token, sample: whole.ip.text };
  }
  const name = wanted.toLowerCase().replace(/\.$/, '');
  if (
    !/^(\*\.|\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*$/.test(name)
  ) {
    return undefined;
  }
  if (/^(\*?\.)/.test(name)) {
    const ending = name.replace(/^\*/, '');
    return { token: ending, sample: `a${ending}` };
  }
  return { token: name, sample: name };
}

/** Whether everything that the one token matches is matched by the other. */
function includes(client: ProxyClient, outer: string, inner: string): boolean {
  const [large, small] = [parseInterfaceAddress(outer), parseInterfaceAddress(inner)];
  const address = parseIp(inner);
  if (large && outer.includes('/')) {
    if (address) return prefixContains(large.prefix, address);
    if (!small) return false;
    return large.prefix.length <= small.prefix.length && prefixContains(large.prefix, small.ip);
  }
  if (parseIp(outer) || address || small) return outer === inner;
  const matches = (host: string) => bypassToken(client, outer, host, somePort) !== undefined;
  const bare = inner.replace(/^\./, '');
  // An ending that is not matched itself says less than the name.
  const innerMatchesItself = bypassToken(client, inner, bare, somePort) !== undefined;
  return matches(`a.${bare}`) && (!innerMatchesItself || matches(bare));
}
