import type { FirewallRule, NetworkPolicy } from '../../src-main/contract/index.ts';
import type { FirewallService } from './inspector-types.ts';

/**
 * Values of a design as an expert types them, and back. Reading never fails: what makes no sense is handed on as it was
 * typed, and the validators of the design say what they expected in its place.
 */
export interface Format<Value> {
  readonly write: (value: Value | undefined) => string;
  /** Undefined: the key is left out. */
  readonly read: (text: string) => unknown;
}

type PortMatch = NonNullable<FirewallService['ports']>[number];
type Labels = Readonly<Record<string, string>>;
export type LabelSelector = NetworkPolicy['podSelector'];
type LabelExpression = NonNullable<LabelSelector['matchExpressions']>[number];

/** Items between commas, semicolons, spaces or lines; a range may have spaces around its dash. */
function items(text: string): string[] {
  return text
    .replace(/\s*-\s+|\s+-\s*/g, '-')
    .split(/[\s,;]+/)
    .filter((item) => item !== '');
}

const number = (text: string): unknown => (/^\d{1,10}$/.test(text) ? Number(text) : text);

/** One line of text; empty is absent. */
export const plainText: Format<string> = {
  write: (value) => value ?? '',
  read: (text) => (text.trim() === '' ? undefined : text.trim()),
};

/** Text of several lines, kept as it is. */
export const longText: Format<string> = {
  write: (value) => value ?? '',
  read: (text) => (text.trim() === '' ? undefined : text.replace(/\s+$/, '')),
};

/** A text that has to be there: an empty one is handed to the validators. */
export const requiredText: Format<string> = {
  write: (value) => value ?? '',
  read: (text) => text.trim(),
};

/** A whole number; `1 500` and `1,500` are 1500. */
export const wholeNumber: Format<number> = {
  write: (value) => (value === undefined ? '' : String(value)),
  read: (text) => {
    const digits = text.replace(/[\s,_]/g, '');
    return digits === '' ? undefined : number(digits);
  },
};

const byteUnits: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
};

/** Bytes, as IEC 80000-13 writes them: `4.7 GB`, `700 MiB`, `1 500`. A letter alone is a power of 1024. */
export const byteSize: Format<number> = {
  write: (value) => {
    if (value === undefined) return '';
    const unit = (['TiB', 'GiB', 'MiB', 'KiB', 'TB', 'GB', 'MB', 'kB'] as const).find((one) => {
      const tenths = (value / (byteUnits[one.toLowerCase()] ?? 1)) * 10;
      return tenths >= 10 && tenths < 10_240 && Number.isInteger(tenths);
    });
    return unit === undefined
      ? String(value)
      : `${value / (byteUnits[unit.toLowerCase()] ?? 1)} ${unit}`;
  },
  read: (text) => {
    const [, digits = '', unit = ''] =
      /^([\d\s,_]*\d(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
    const scale = byteUnits[unit.toLowerCase()];
    if (digits === '' || scale === undefined) return text.trim() === '' ? undefined : text.trim();
    return Math.round(Number(digits.replace(/[\s,_]/g, '')) * scale);
  },
};

/** Ids, names, addresses: one list, however it is separated. */
export const textList: Format<readonly string[]> = {
  write: (value) => (value ?? []).join(', '),
  read: (text) => {
    const found = items(text);
    return found.length === 0 ? undefined : found;
  },
};

/** The same where the list has to be there, and may be empty. */
export const requiredList: Format<readonly string[]> = {
  write: textList.write,
  read: (text) => items(text),
};

/** Words that may hold spaces: between commas or lines. */
export const tagList: Format<readonly string[]> = {
  write: (value) => (value ?? []).join(', '),
  read: (text) => {
    const found = [...new Set(text.split(/[,\n]/).map((tag) => tag.trim()))].filter(Boolean);
    return found.length === 0 ? undefined : found;
  },
};

/** The same where the list has to be there, and may be empty. */
export const requiredTagList: Format<readonly string[]> = {
  write: tagList.write,
  read: (text) => tagList.read(text) ?? [],
};

/** What a rule matches; `any`, or nothing at all, is every one. */
export const matchList: Format<readonly string[]> = {
  write: (value) => (value === undefined ? 'any' : value.join(', ')),
  read: (text) => {
    const found = items(text);
    return found.length === 0 || found.some((item) => item.toLowerCase() === 'any')
      ? undefined
      : found;
  },
};

/** One match: `any`, an address, a prefix or a range. */
export const addressMatch: Format<string> = {
  write: (value) => value ?? '',
  read: (text) => {
    const [first, ...rest] = items(text);
    if (first === undefined) return undefined;
    if (rest.length > 0) return text.trim();
    return /^(any|interface)$/i.test(first) ? first.toLowerCase() : first;
  },
};

const writePorts = (ports: readonly PortMatch[]) => ports.map(String).join(', ');

/** `80, 443, 8000-8100`. */
export const portList: Format<readonly PortMatch[]> = {
  write: (value) => writePorts(value ?? []),
  read: (text) => {
    const found = items(text);
    return found.length === 0 || (found.length === 1 && found[0]?.toLowerCase() === 'any')
      ? undefined
      : found.map(number);
  },
};

/** Names of /etc/services that people type for a port. */
const wellKnown: Readonly<Record<string, readonly [protocol: 'tcp' | 'udp', port: number]>> = {
  ssh: ['tcp', 22],
  smtp: ['tcp', 25],
  dns: ['udp', 53],
  http: ['tcp', 80],
  ntp: ['udp', 123],
  ldap: ['tcp', 389],
  https: ['tcp', 443],
  ldaps: ['tcp', 636],
  mysql: ['tcp', 3306],
  rdp: ['tcp', 3389],
  postgres: ['tcp', 5432],
};

/** `tcp 443, 8443, udp 53, icmp`; also `tcp/443`, `443/tcp` and `https`. A port belongs to the protocol before it. */
export const serviceList: Format<readonly FirewallService[]> = {
  write: (value) =>
    value === undefined
      ? 'any'
      : value
          .map(({ protocol, ports }) =>
            ports === undefined ? protocol : `${protocol} ${writePorts(ports)}`,
          )
          .join(', '),
  read: (text) => {
    const services: { protocol: unknown; ports?: unknown[] }[] = [];
    const last = (protocol: string) => {
      const found = services.at(-1);
      if (found?.protocol === protocol && found.ports) return found.ports;
      const ports: unknown[] = [];
      services.push({ protocol, ports });
      return ports;
    };
    for (const item of items(text.toLowerCase().replace(/\s*\/\s*/g, '/'))) {
      const [left = '', right] = item.split('/');
      const portFirst = right !== undefined && /^\d/.test(left);
      const [protocol, port] = portFirst ? [right, left] : [left, right];
      const known = Object.hasOwn(wellKnown, item) ? wellKnown[item] : undefined;
      if (known) last(known[0]).push(known[1]);
      else if (port !== undefined) last(protocol).push(number(port));
      else if (/^\d/.test(item)) {
        const before = services.at(-1);
        if (before) (before.ports ??= []).push(number(item));
        else services.push({ protocol: item });
      } else services.push({ protocol });
    }
    return services.length === 0 || services.some((one) => one.protocol === 'any' && !one.ports)
      ? undefined
      : services;
  },
};

/** `app=web, tier=db`; also with colons, as in YAML. */
export const labelMap: Format<Labels> = {
  write: (value) =>
    Object.entries(value ?? {})
      .map(([key, label]) => `${key}=${label}`)
      .join(', '),
  read: (text) => {
    const pairs = pairsOf(text);
    return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
  },
};

function pairsOf(text: string): (readonly [string, string])[] {
  return text
    .replace(/\s*([=:])\s*/g, '$1')
    .split(/[\s,;]+/)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.search(/[=:]/);
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1).replace(/^=/, '')];
    });
}

const writeExpression = ({ key, operator, values = [] }: LabelExpression): string => {
  switch (operator) {
    case 'In':
      return `${key} in (${values.join(', ')})`;
    case 'NotIn':
      return `${key} notin (${values.join(', ')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return operator satisfies never;
  }
};

/** A selector as `kubectl -l` takes it: `app=web, tier in (web, api), env!=test, !legacy, team`. Empty: everything. */
export const labelSelector: Format<LabelSelector> = {
  write: (value) =>
    [labelMap.write(value?.matchLabels), ...(value?.matchExpressions ?? []).map(writeExpression)]
      .filter((part) => part !== '')
      .join(', '),
  read: (text) => {
    const matchLabels: Record<string, string> = {};
    const matchExpressions: unknown[] = [];
    for (const part of conditions(text)) {
      const set = /^(\S+)\s+(in|notin)\s*\((.*)\)$/i.exec(part);
      const unequal = /^(\S+?)\s*!=\s*(\S*)$/.exec(part);
      const equal = /^(\S+?)\s*==?\s*(\S*)$/.exec(part);
      if (set) {
        const operator = set[2]?.toLowerCase() === 'in' ? 'In' : 'NotIn';
        matchExpressions.push({ key: set[1], operator, values: items(set[3] ?? '') });
      } else if (unequal) {
        matchExpressions.push({ key: unequal[1], operator: 'NotIn', values: [unequal[2]] });
      } else if (equal) matchLabels[equal[1] ?? ''] = equal[2] ?? '';
      else if (part.startsWith('!')) {
        matchExpressions.push({ key: part.slice(1).trim(), operator: 'DoesNotExist' });
      } else matchExpressions.push({ key: part, operator: 'Exists' });
    }
    return {
      ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
      ...(matchExpressions.length > 0 && { matchExpressions }),
    };
  },
};

/** Parts between commas or lines that stand outside of brackets. */
function conditions(text: string): string[] {
  return text
    .split(/[,\n](?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** One firewall rule in a line: `any → 203.0.113.43 · tcp 443`. */
export function ruleWords(rule: FirewallRule): { from: string; to: string; services: string } {
  return {
    from: matchList.write(rule.sources),
    to: matchList.write(rule.destinations),
    services: serviceList.write(rule.services),
  };
}

/** A port, or the name of one. */
export const portOrName: Format<number | string> = {
  write: (value) => (value === undefined ? '' : String(value)),
  read: (text) => (text.trim() === '' ? undefined : number(text.trim())),
};

/** `30000-32767` as its two ends. */
export const numberRange: Format<{ readonly from: number; readonly to: number }> = {
  write: (value) => (value === undefined ? '' : `${value.from}-${value.to}`),
  read: (text) => {
    if (text.trim() === '') return undefined;
    const [from = '', to = from] = text.split(/[-–…]|\.\./).map((end) => end.trim());
    return { from: number(from), to: number(to) };
  },
};

interface PolicyPort {
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  readonly port?: number | string;
  readonly endPort?: number;
}

/** Ports of a network policy: `80, 8000-8100, http, UDP 53`. TCP where nothing is said. */
export const policyPorts: Format<readonly PolicyPort[]> = {
  write: (value) => {
    let last = 'TCP';
    return (value ?? [])
      .map(({ protocol = 'TCP', port, endPort }) => {
        const ports =
          port === undefined ? '' : `${port}${endPort === undefined ? '' : `-${endPort}`}`;
        const said = protocol === last && ports !== '' ? ports : `${protocol} ${ports}`.trim();
        last = protocol;
        return said;
      })
      .join(', ');
  },
  read: (text) => {
    const ports: { protocol?: string; port?: unknown; endPort?: unknown }[] = [];
    let protocol: string | undefined;
    let waits = false;
    const add = (rest: object) => {
      ports.push({ ...(protocol !== undefined && protocol !== 'TCP' && { protocol }), ...rest });
      waits = false;
    };
    for (const item of items(text.replace(/\//g, ' '))) {
      if (/^(tcp|udp|sctp)$/i.test(item)) {
        if (waits) ports.push({ protocol: protocol ?? 'TCP' });
        protocol = item.toUpperCase();
        waits = true;
        continue;
      }
      const [, from, to] = /^(\d+)-(\d+)$/.exec(item) ?? [];
      if (from !== undefined && to !== undefined) add({ port: Number(from), endPort: Number(to) });
      else add({ port: number(item) });
    }
    if (waits) ports.push({ protocol: protocol ?? 'TCP' });
    return ports.length === 0 ? undefined : ports;
  },
};

/** Services of a matrix of flows, each with one port: `tcp 443, udp 53, icmp`. */
export const singleServices: Format<
  readonly { readonly protocol: string; readonly port?: number }[]
> = {
  write: (value) =>
    (value ?? [])
      .map(({ protocol, port }) => (port === undefined ? protocol : `${protocol} ${port}`))
      .join(', '),
  read: (text) =>
    ((serviceList.read(text) ?? []) as { protocol: unknown; ports?: unknown[] }[]).flatMap(
      ({ protocol, ports }): { protocol: unknown; port?: unknown }[] =>
        ports ? ports.map((port) => ({ protocol, port })) : [{ protocol }],
    ),
};

/** A map of texts, `KEY=value` a line; the value is everything behind the first `=`. */
export const keyValueLines: Format<Labels> = {
  write: (value) =>
    Object.entries(value ?? {})
      .map(([key, text]) => `${key}=${text}`)
      .join('\n'),
  read: (text) =>
    Object.fromEntries(
      text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => {
          const at = line.indexOf('=');
          return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
        }),
    ),
};
