/** The one-line forms in which the builders take interfaces, routes, rules and the like. */
import type {
  DnsRecord,
  DnsServer,
  FirewallRule,
  Listener,
  NatRule,
  NetworkInterface,
  Route,
} from '../../src-main/model/design.ts';
import { parseIp } from '../../src-main/model/ip.ts';

/** What a one-line form says: an optional `id:` in front, the words before the first keyword, and those after each. */
interface Clauses {
  readonly id: string | undefined;
  readonly head: readonly string[];
  readonly after: (keyword: string) => readonly string[] | undefined;
  /** The single word after a keyword. */
  readonly word: (keyword: string) => string | undefined;
}

function clauses(text: string, keywords: readonly string[]): Clauses {
  const named = /^([\w.-]+):\s+(.*)$/.exec(text.trim());
  const words = (named?.[2] ?? text).trim().split(/\s+/);
  const found = new Map<string, string[]>();
  const head: string[] = [];
  let current = head;
  for (const word of words) {
    if (keywords.includes(word)) {
      if (found.has(word)) throw new Error(`"${text}": "${word}" stands there twice`);
      current = [];
      found.set(word, current);
    } else current.push(word);
  }
  const after = (keyword: string) => found.get(keyword);
  const word = (keyword: string) => {
    const list = found.get(keyword);
    if (list && list.length !== 1)
      throw new Error(`"${text}": expected one word after "${keyword}"`);
    return list?.[0];
  };
  return { id: named?.[1], head, after, word };
}

const number = (word: string | undefined) => (word === undefined ? undefined : Number(word));
const commas = (words: readonly string[] | undefined) => words?.join(' ').split(/\s*,\s*/);
const ports = (word: string) =>
  word.split(',').map((part) => (part.includes('-') ? part : Number(part)));

/** The object without the keys whose value is undefined. */
export function present<T extends object>(
  value: T,
): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}

/**
 * `10.0.0.2/24`, `10.0.0.2/24,2001:db8::2/64`, `vnic1=10.0.0.2/24@lan`, `@lan` (no address).
 * Without `=` the id is `prefix` and the position (`eth0`); without `@` the segment is the one whose subnet fits.
 */
export function interfaceOf(
  spec: string | NetworkInterface,
  position: number,
  prefix = 'eth',
): NetworkInterface {
  if (typeof spec !== 'string') return spec;
  const parts = /^(?:([\w.-]+)=)?([^@=]*)(?:@([\w.-]+))?$/.exec(spec.trim());
  if (!parts) throw new Error(`"${spec}": expected [id=]address/length[,…][@segment]`);
  const [, id = `${prefix}${position}`, addresses = '', segment] = parts;
  return present({
    id,
    addresses: addresses === '' ? undefined : addresses.split(',').map((text) => text.trim()),
    segment,
  });
}

/** `0.0.0.0/0 via 10.0.0.1`, `10.9.0.0/16 dev eth1 metric 5 distance 10`, `r7: 10.9.0.0/16 discard`. */
export function routeOf(spec: string | Route): Route {
  if (typeof spec !== 'string') return spec;
  const { id, head, word, after } = clauses(spec, ['via', 'dev', 'metric', 'distance', 'discard']);
  return present({
    id,
    destination: head.join(' '),
    via: word('via'),
    interface: word('dev'),
    action: after('discard') ? ('discard' as const) : undefined,
    distance: number(word('distance')),
    metric: number(word('metric')),
  });
}

/** The default route over one gateway, of the gateway's family. */
export function defaultRoute(gateway: string): Route {
  return { destination: parseIp(gateway)?.family === 6 ? '::/0' : '0.0.0.0/0', via: gateway };
}

/** `tcp 80`, `tcp 80 at 10.0.0.2`. */
export function listenerOf(spec: string | Listener): Listener {
  if (typeof spec !== 'string') return spec;
  const { head, word } = clauses(spec, ['at']);
  const [protocol, port] = head;
  return present({
    protocol: protocol as Listener['protocol'],
    port: Number(port),
    address: word('at'),
  });
}

/**
 * `accept tcp 80,443 udp 53 from 10.0.0.0/8 to any in eth0 out eth1`: everything behind the action may be left out.
 * `web-in: …` gives the id (`rule-1`, `rule-2`, … otherwise); `disabled accept …` a rule that is switched off.
 */
export function firewallRuleOf(spec: string | FirewallRule, position: number): FirewallRule {
  if (typeof spec !== 'string') return spec;
  const { id, head, after, word } = clauses(spec, ['from', 'to', 'in', 'out']);
  const disabled = head[0] === 'disabled';
  const [action, ...rest] = disabled ? head.slice(1) : head;
  const services: { protocol: string; ports?: (string | number)[] }[] = [];
  for (const part of rest) {
    const last = services.at(-1);
    if (/^\d/.test(part) && last) last.ports = ports(part);
    else services.push({ protocol: part });
  }
  return present({
    id: id ?? `rule-${position + 1}`,
    enabled: disabled ? false : undefined,
    inInterface: word('in'),
    outInterface: word('out'),
    sources: commas(after('from')),
    destinations: commas(after('to')),
    services: services.length === 0 ? undefined : services,
    action,
  }) as FirewallRule;
}

/**
 * `snat 10.0.0.0/8 to 203.0.113.42 on eth1 for 192.0.2.0/24`: `to interface` takes the address of the way out, `for`
 * limits the destinations. `dnat 203.0.113.43 tcp 80,443 to 10.0.0.9 port 8443 on eth1 from 192.0.2.0/24`: `from`
 * limits the sources. `web: …` gives the id (`nat-1`, … otherwise); `disabled snat …` a rule that is switched off.
 */
export function natRuleOf(spec: string | NatRule, position: number): NatRule {
  if (typeof spec !== 'string') return spec;
  const { id, head, word } = clauses(spec, ['to', 'port', 'on', 'for', 'from']);
  const disabled = head[0] === 'disabled';
  const [kind, original, protocol, originalPorts] = disabled ? head.slice(1) : head;
  return present({
    id: id ?? `nat-${position + 1}`,
    kind,
    enabled: disabled ? false : undefined,
    protocol,
    interface: word('on'),
    original,
    originalPorts: originalPorts === undefined ? undefined : ports(originalPorts),
    source: word('from'),
    destination: word('for'),
    translated: word('to'),
    translatedPort: number(word('port')),
  }) as NatRule;
}

/** `80`, `http 80 -> 8080`, `dns 53/UDP -> dns`, `https 443 -> 8443 node 30443`: a port of a Kubernetes service. */
export function servicePortOf(spec: string): Record<string, unknown> {
  const parts = /^(?:([a-z][\w-]*) )?(\d+)(?:\/(\w+))?(?: -> ([\w-]+))?(?: node (\d+))?$/.exec(
    spec.trim(),
  );
  if (!parts) throw new Error(`"${spec}": expected [name] port[/UDP] [-> target] [node port]`);
  const [, name, port, protocol, target, nodePort] = parts;
  return present({
    name,
    port: Number(port),
    protocol,
    targetPort: target === undefined ? undefined : portOrName(target),
    nodePort: number(nodePort),
  });
}

/** `8080`, `http 8080`, `dns 53/UDP`: a port of a container. */
export function containerPortOf(spec: string): Record<string, unknown> {
  const parts = /^(?:([a-z][\w-]*) )?(\d+)(?:\/(\w+))?$/.exec(spec.trim());
  if (!parts) throw new Error(`"${spec}": expected [name] port[/UDP]`);
  const [, name, port, protocol] = parts;
  return present({ name, port: Number(port), protocol });
}

export const portOrName = (text: string): string | number =>
  /^\d+$/.test(text) ? Number(text) : text;

/** `web:80`, `web:http`: a backend of an ingress. */
export function backendOf(spec: string): { service: string; port: string | number } {
  const [service = '', port = ''] = spec.trim().split(':');
  return { service, port: portOrName(port) };
}

/** `shop.example.com/cart -> web:80`, `/ -> web:80` (any host), `exact shop.example.com/x -> web:80`. */
export function ingressRuleOf(spec: string): {
  host?: string;
  paths: { path: string; pathType: string; backend: { service: string; port: string | number } }[];
} {
  const parts = /^(exact )?([^/\s]*)(\/\S*)? -> (\S+)$/.exec(spec.trim());
  if (!parts) throw new Error(`"${spec}": expected [exact] [host][/path] -> service:port`);
  const [, exact, host, path = '/', backend = ''] = parts;
  return present({
    host: host === '' ? undefined : host,
    paths: [{ path, pathType: exact ? 'Exact' : 'Prefix', backend: backendOf(backend) }],
  });
}

/** Zone → name → addresses or the name that it is an alias of. */
export function zonesOf(
  zones: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>,
): NonNullable<DnsServer['zones']> {
  return Object.entries(zones).map(([name, entries]) => ({
    name,
    records: Object.entries(entries).flatMap(([host, values]) =>
      [values].flat().map((value) => recordOf(host, value)),
    ),
  }));
}

function recordOf(name: string, value: string): DnsRecord {
  const address = parseIp(value);
  if (!address) return { type: 'CNAME', name, target: value };
  return { type: address.family === 4 ? 'A' : 'AAAA', name, address: value };
}
