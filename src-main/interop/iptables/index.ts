import { counted } from '../../sim/vocabulary/counted.ts';
import type { Design, FirewallRule, HostLike, NatRule } from '../../model/design.ts';
import { ipFromBigInt, type IpFamily } from '../../model/ip.ts';
import { issueSentence } from '../../model/issue.ts';
import { parseDesign } from '../../model/validate.ts';
import { protocolNumbers, type Machine } from './conditions.ts';
import { flatten, isForeign, type Decision } from './flatten.ts';
import { readSaved, type SavedRule, type SavedTables } from './rules.ts';
import type { Box, Intervals } from './space.ts';

export interface IptablesRemark {
  readonly line: number;
  readonly about: string;
  readonly text: string;
}

export type IptablesImport =
  | {
      readonly ok: true;
      readonly design: Design;
      readonly node: string;
      readonly rules: number;
      readonly translations: number;
      readonly remarks: readonly IptablesRemark[];
    }
  | {
      readonly ok: false;
      readonly issues: readonly { readonly line: number; readonly text: string }[];
    };

export interface IptablesTarget {
  readonly design: Design;
  readonly node: HostLike;
}

/**
 * The filter and nat tables of `iptables-save` and `ip6tables-save` as the firewall and translations of a node: of the one
 * that is given, whose interfaces have the rules' names, or of a router that is made for them. A rule with a condition that
 * is not known is left out and listed, never taken to match.
 */
export function importIptables(
  texts: Readonly<Partial<Record<IpFamily, string>>>,
  target?: IptablesTarget,
): IptablesImport {
  const read = ([4, 6] as const).flatMap((family) => {
    const text = texts[family];
    return text === undefined ? [] : [{ family, tables: readSaved(text) }];
  });
  const issues = read.flatMap(({ tables }) => tables.issues);
  if (issues.length > 0) return { ok: false, issues };
  const remarks: IptablesRemark[] = [];
  const named = [...new Set(read.flatMap(({ tables }) => namesOf(tables)))];
  const node = target?.node ?? routerWith(named);
  const interfaces = (node.interfaces ?? []).map(({ id }) => id);
  const rules: FirewallRule[] = [];
  const nat: NatRule[] = [];
  for (const { family, tables } of read) {
    for (const name of namesOf(tables).filter((one) => !interfaces.includes(one) && one !== 'lo')) {
      remarks.push({
        line: lineOfInterface(tables, name),
        about: `interface ${name}`,
        text: `${node.id} has no interface of that name: rules about it match nothing`,
      });
    }
    const ownOf = target ? ownAddresses(node) : undefined;
    const writer = new Writer({ family, interfaces, ownAddresses: ownOf }, remarks);
    rules.push(...writer.filter(tables));
    nat.push(...writer.nat(tables));
    tellOthers(tables, remarks);
  }
  const { nat: _before, ...rest } = node;
  const changed: HostLike = {
    ...rest,
    stageOrder: 'linux',
    firewall: { defaultAction: 'accept', rules },
    ...(nat.length > 0 ? { nat } : {}),
  };
  const design: Design = target
    ? {
        ...target.design,
        nodes: (target.design.nodes ?? []).map((one) => (one.id === node.id ? changed : one)),
      }
    : { hopscope: 1, name: 'Imported rules', nodes: [changed] };
  const parsed = parseDesign(design);
  if (!parsed.ok) {
    return {
      ok: false,
      issues: parsed.issues.map((issue) => ({ line: 1, text: issueSentence(issue) })),
    };
  }
  return {
    ok: true,
    design: parsed.value,
    node: node.id,
    rules: rules.length,
    translations: nat.length,
    remarks: remarks.toSorted((one, other) => one.line - other.line),
  };
}

const namesOf = (tables: SavedTables): string[] => [
  ...new Set(
    tables.rules.flatMap(({ chain, matches }) =>
      isForeign(chain)
        ? []
        : matches
            .filter(({ option }) => option === '-i' || option === '-o')
            .flatMap(({ values }) => values.filter((name) => !name.endsWith('+'))),
    ),
  ),
];

const lineOfInterface = (tables: SavedTables, name: string): number =>
  tables.rules.find(({ matches }) => matches.some(({ values }) => values.includes(name)))?.line ??
  1;

const routerWith = (names: readonly string[]): HostLike => ({
  id: 'router',
  kind: 'router',
  name: 'Router',
  interfaces: names.filter((name) => name !== 'lo').map((id) => ({ id })),
});

function ownAddresses(node: HostLike): string[] {
  const addresses = (node.interfaces ?? []).flatMap((item) => item.addresses ?? []);
  return [
    ...addresses.map((text) => text.split('/')[0] ?? ''),
    ...(node.virtualIps ?? []).map(({ address }) => address),
  ];
}

function tellOthers(tables: SavedTables, remarks: IptablesRemark[]): void {
  for (const table of new Set(tables.chains.map((chain) => chain.table))) {
    if (table === 'filter' || table === 'nat') continue;
    const rules = tables.rules.filter((rule) => rule.table === table);
    if (rules.length === 0) continue;
    const line = rules[0]?.line ?? 1;
    remarks.push({
      line,
      about: `table ${table}`,
      text: `${counted(rules.length, 'rule')} ${rules.length === 1 ? 'is' : 'are'} not carried over: only filter and nat are`,
    });
  }
}

const chains = { INPUT: 'input', FORWARD: 'forward', OUTPUT: 'output' } as const;

/** Protocols that the rules of a design name. */
const designProtocols: readonly (readonly [
  FirewallService: 'tcp' | 'udp' | 'icmp' | 'esp' | 'ip-in-ip',
  number: number,
])[] = [
  ['tcp', 6],
  ['udp', 17],
  ['icmp', 1],
  ['esp', 50],
  ['ip-in-ip', 4],
];

/** Writes decisions as the design's own rules. */
class Writer {
  readonly #machine: Machine;
  readonly #remarks: IptablesRemark[];
  readonly #ids = new Set<string>();

  constructor(machine: Machine, remarks: IptablesRemark[]) {
    this.#machine = machine;
    this.#remarks = remarks;
  }

  filter(tables: SavedTables): FirewallRule[] {
    const has = (chain: string) =>
      tables.chains.some((one) => one.table === 'filter' && one.name === chain);
    const present = (Object.keys(chains) as (keyof typeof chains)[]).filter(has);
    return present.flatMap((chain) => {
      const { decisions, unknown, foreign } = flatten(tables, 'filter', chain, this.#machine);
      this.#tellUnknown(unknown);
      this.#tellForeign(foreign);
      this.#tellReplies(tables, chain);
      return decisions.flatMap((decision) => this.#filterRules(decision, chain));
    });
  }

  nat(tables: SavedTables): NatRule[] {
    const incoming = flatten(tables, 'nat', 'PREROUTING', this.#machine);
    const outgoing = flatten(tables, 'nat', 'POSTROUTING', this.#machine);
    for (const { unknown, foreign } of [incoming, outgoing]) {
      this.#tellUnknown(unknown);
      this.#tellForeign(foreign);
    }
    for (const chain of ['OUTPUT', 'INPUT']) {
      const { decisions } = flatten(tables, 'nat', chain, this.#machine);
      for (const { rule } of decisions) {
        if (rule)
          this.#leaveOut(
            rule,
            `translations in nat ${chain} are not carried over: what a node sends by itself keeps its addresses`,
          );
      }
    }
    return [
      ...incoming.decisions.flatMap((decision) => this.#dnat(decision)),
      ...outgoing.decisions.flatMap((decision) => this.#snat(decision)),
    ];
  }

  #filterRules({ rule, target, packets }: Decision, chain: keyof typeof chains): FirewallRule[] {
    const action = actionOf(target.name);
    if (!action) {
      if (rule)
        this.#leaveOut(
          rule,
          `target ${target.name} is not known: packets that it is for are judged by the later rules`,
        );
      return [];
    }
    // What a machine sends is sent where no rule says else.
    if (!rule && chain === 'OUTPUT' && action === 'accept') return [];
    const made = packets.flatMap((box): FirewallRule[] => {
      if (this.#isRestricted(box.sourcePort, [[0n, 65535n]])) {
        if (rule)
          this.#leaveOut(
            rule,
            'source ports are no part of a rule here: packets that it is for are judged by the later rules',
          );
        return [];
      }
      const services = servicesOf(box, this.#machine.family);
      if (!services) {
        if (rule)
          this.#leaveOut(
            rule,
            'it is for protocols that rules here cannot name: packets that it is for are judged by the later rules',
          );
        return [];
      }
      return this.#places(box).map(({ inInterface, outInterface }) => ({
        id: this.#id(rule, chain),
        ...nameOf(rule, chain),
        chain: chains[chain],
        ...(inInterface === undefined ? {} : { inInterface }),
        ...(outInterface === undefined ? {} : { outInterface }),
        ...this.#ends('sources', box.source),
        ...this.#ends('destinations', box.destination),
        ...(services.length > 0 ? { services } : {}),
        action,
      }));
    });
    return made;
  }

  #dnat({ rule, target, packets }: Decision): NatRule[] {
    if (!rule || target.name === 'ACCEPT') return [];
    const to = target.options.get('--to-destination')?.[0] ?? target.options.get('--to')?.[0];
    const parsed =
      target.name === 'DNAT' || target.name === 'NETMAP' ? destinationOf(to) : undefined;
    if (!parsed) {
      this.#leaveOut(
        rule,
        `${target.name}${to === undefined ? '' : ` to ${to}`} is no translation that a design has: left out`,
      );
      return [];
    }
    return packets.flatMap((box) =>
      this.#natCases(rule, box, box.destination, box.source).flatMap(
        ({ one, other, protocol, place }): NatRule[] => {
          const ports = portTexts(box.port);
          if (ports && protocol === undefined) {
            this.#leaveOut(rule, 'ports without a protocol: left out');
            return [];
          }
          return [
            {
              id: this.#id(rule, 'nat'),
              ...nameOf(rule, 'PREROUTING'),
              kind: 'dnat',
              ...(place === undefined ? {} : { interface: place }),
              ...(protocol === undefined ? {} : { protocol }),
              original: one,
              ...(ports ? { originalPorts: ports } : {}),
              ...(other === undefined ? {} : { source: other }),
              translated: parsed.address,
              ...(parsed.port === undefined ? {} : { translatedPort: parsed.port }),
            },
          ];
        },
      ),
    );
  }

  #snat({ rule, target, packets }: Decision): NatRule[] {
    if (!rule || target.name === 'ACCEPT') return [];
    const to = target.options.get('--to-source')?.[0] ?? target.options.get('--to')?.[0];
    const translated =
      target.name === 'MASQUERADE' ? 'interface' : to?.replace(/^([^:]*\.[^:]*):.*$/, '$1');
    if (translated === undefined || !['MASQUERADE', 'SNAT', 'NETMAP'].includes(target.name)) {
      this.#leaveOut(rule, `${target.name} is no translation that a design has: left out`);
      return [];
    }
    return packets.flatMap((box) => {
      if (portTexts(box.port)) {
        this.#leaveOut(rule, 'source NAT by port is not carried over: left out');
        return [];
      }
      return this.#natCases(rule, box, box.source, box.destination).map(
        ({ one, other, protocol, place }): NatRule => ({
          id: this.#id(rule, 'nat'),
          ...nameOf(rule, 'POSTROUTING'),
          kind: 'snat',
          ...(place === undefined ? {} : { interface: place }),
          ...(protocol === undefined ? {} : { protocol }),
          original: one,
          ...(other === undefined ? {} : { destination: other }),
          translated,
        }),
      );
    });
  }

  /** A translation of a design names one range, one counterpart, one protocol and one interface. */
  #natCases(rule: SavedRule, box: Box, one: Intervals, other: Intervals) {
    if (this.#isRestricted(box.sourcePort, [[0n, 65535n]])) {
      this.#leaveOut(rule, 'source ports are no part of a translation here: left out');
      return [];
    }
    const protocols = natProtocols(box.protocol);
    if (!protocols) {
      this.#leaveOut(rule, 'it is for protocols that translations here cannot name: left out');
      return [];
    }
    const ones = this.#texts(one) ?? [this.#machine.family === 4 ? '0.0.0.0/0' : '::/0'];
    const others = this.#texts(other) ?? [undefined];
    return this.#places(box).flatMap(({ inInterface, outInterface }) =>
      protocols.flatMap((protocol) =>
        ones.flatMap((text) =>
          others.map((counterpart) => ({
            one: text,
            other: counterpart,
            protocol,
            place: inInterface ?? outInterface,
          })),
        ),
      ),
    );
  }

  #ends(key: 'sources' | 'destinations', intervals: Intervals) {
    const texts = this.#texts(intervals);
    // What iptables filters is of one family; the other one has rules of its own.
    if (texts) return { [key]: texts };
    return key === 'sources'
      ? { sources: [this.#machine.family === 4 ? '0.0.0.0/0' : '::/0'] }
      : {};
  }

  /** Undefined: every address of the family. */
  #texts(intervals: Intervals): string[] | undefined {
    const { family } = this.#machine;
    const last = (1n << (family === 4 ? 32n : 128n)) - 1n;
    const [first] = intervals;
    if (intervals.length === 1 && first?.[0] === 0n && first[1] === last) return undefined;
    return intervals.map(([from, to]) => {
      const [low, high] = [ipFromBigInt(family, from).text, ipFromBigInt(family, to).text];
      return low === high ? low : `${low}-${high}`;
    });
  }

  /** Every pair of interfaces that the box names; one without any where it names all. */
  #places(box: Box) {
    const ins = this.#names(box.in) ?? [undefined];
    const outs = this.#names(box.out) ?? [undefined];
    return ins.flatMap((inInterface) =>
      outs.map((outInterface) => ({ inInterface, outInterface })),
    );
  }

  /** Undefined where the box says nothing of the interface, or there is none. */
  #names(intervals: Intervals): string[] | undefined {
    const { interfaces } = this.#machine;
    const holds = (at: number) =>
      intervals.some(([from, to]) => from <= BigInt(at) && BigInt(at) <= to);
    const names = interfaces.filter((_, at) => holds(at));
    const isAny = holds(interfaces.length) && names.length === interfaces.length;
    const isNone = names.length === 0 && holds(interfaces.length + 1);
    return isAny || isNone ? undefined : names;
  }

  #isRestricted(intervals: Intervals, all: Intervals): boolean {
    return JSON.stringify(intervals.map(String)) !== JSON.stringify(all.map(String));
  }

  #id(rule: SavedRule | null, chain: string): string {
    const prefix = this.#machine.family === 6 ? 'ipv6-' : '';
    const base = `${prefix}${rule ? `line-${rule.line}` : `policy-${chain.toLowerCase()}`}`;
    let id = base;
    for (let number = 2; this.#ids.has(id); number += 1) id = `${base}-${number}`;
    this.#ids.add(id);
    return id;
  }

  #leaveOut(rule: SavedRule, text: string): void {
    const { line, text: about } = rule;
    if (this.#remarks.some((remark) => remark.line === line && remark.text === text)) return;
    this.#remarks.push({ line, about, text });
  }

  #tellUnknown(unknown: readonly { readonly rule: SavedRule; readonly what: string }[]): void {
    for (const { rule, what } of unknown) {
      const condition = what.replace(/^\? /, '');
      this.#leaveOut(
        rule,
        `left out: ${condition} is not known here; packets that it is for are judged by the later rules`,
      );
    }
  }

  #tellForeign(foreign: readonly SavedRule[]): void {
    for (const rule of foreign) {
      const whose = (rule.target?.name ?? '').startsWith('KUBE-')
        ? "kube-proxy's own: the services of the design stand for it"
        : "Calico's own: the policies and pools of the design stand for it";
      this.#leaveOut(rule, `not carried over, ${whose}`);
    }
  }

  /** A design passes what belongs to a session, whatever the rules say. */
  #tellReplies(tables: SavedTables, chain: keyof typeof chains): void {
    const rules = tables.rules.filter((rule) => rule.table === 'filter' && rule.chain === chain);
    const known = tables.chains.find((one) => one.table === 'filter' && one.name === chain);
    const denies =
      known?.policy === 'DROP' ||
      rules.some(({ target }) => actionOf(target?.name ?? '') === 'deny');
    const passes = tables.rules.some(
      ({ table, matches, target }) =>
        table === 'filter' &&
        target?.name === 'ACCEPT' &&
        matches.some(
          ({ option, values }) =>
            option.endsWith('state') && (values[0] ?? '').includes('ESTABLISHED'),
        ),
    );
    if (!denies || passes) return;
    const line = known?.line ?? rules[0]?.line ?? 1;
    this.#remarks.push({
      line,
      about: `chain ${chain}`,
      text: 'no rule accepts ESTABLISHED packets: here what belongs to a connection passes all the same',
    });
  }
}

function actionOf(target: string): FirewallRule['action'] | undefined {
  switch (target) {
    case 'ACCEPT':
      return 'accept';
    case 'DROP':
      return 'deny';
    case 'REJECT':
      return 'reject';
    default:
      return undefined;
  }
}

/** The comment of the rule, or the rule itself. */
function nameOf(rule: SavedRule | null, chain: string): { readonly name: string } {
  if (!rule) return { name: `policy of ${chain}` };
  const comment = rule.matches.find(({ option }) => option === '--comment')?.values.join(' ');
  return { name: (comment ?? rule.text).slice(0, 200) };
}

type Services = NonNullable<FirewallRule['services']>;

/** Empty: every service. Undefined: protocols that the rules of a design cannot name. */
function servicesOf(box: Box, family: IpFamily): Services | undefined {
  const ports = portTexts(box.port);
  const isAll =
    box.protocol.length === 1 && box.protocol[0]?.[0] === 0n && box.protocol[0][1] === 255n;
  if (isAll) return ports ? undefined : [];
  const services: Services[number][] = [];
  let left = 0n;
  for (const [from, to] of box.protocol) left += to - from + 1n;
  for (const [protocol, number] of designProtocols) {
    const numbers =
      family === 6 && protocol === 'icmp'
        ? [58]
        : family === 6 && protocol === 'ip-in-ip'
          ? [41]
          : [number];
    if (
      !numbers.some((one) =>
        box.protocol.some(([from, to]) => from <= BigInt(one) && BigInt(one) <= to),
      )
    )
      continue;
    left -= 1n;
    const hasPorts = protocol === 'tcp' || protocol === 'udp';
    if (ports && !hasPorts) return undefined;
    services.push({ protocol, ...(ports && hasPorts ? { ports } : {}) });
  }
  return left === 0n ? services : undefined;
}

/** Undefined: every port. */
function portTexts(intervals: Intervals): (number | string)[] | undefined {
  const [first] = intervals;
  if (intervals.length === 1 && first && first[0] <= 1n && first[1] === 65535n) return undefined;
  return intervals.map(([from, to]) => {
    const low = from === 0n ? 1n : from;
    return low === to ? Number(low) : `${low}-${to}`;
  });
}

/** `[undefined]`: every protocol. Undefined: some that a translation cannot name. */
function natProtocols(intervals: Intervals): ('tcp' | 'udp' | undefined)[] | undefined {
  const isAll = intervals.length === 1 && intervals[0]?.[0] === 0n && intervals[0][1] === 255n;
  if (isAll) return [undefined];
  const found: ('tcp' | 'udp')[] = [];
  let left = 0n;
  for (const [from, to] of intervals) left += to - from + 1n;
  for (const name of ['tcp', 'udp'] as const) {
    const number = BigInt(protocolNumbers[name] ?? -1);
    if (!intervals.some(([from, to]) => from <= number && number <= to)) continue;
    found.push(name);
    left -= 1n;
  }
  return left === 0n ? found : undefined;
}

/** `10.0.0.5`, `10.0.0.5:8080`, `10.0.0.5-10.0.0.9`, `[2001:db8::5]:80`, a prefix for NETMAP. */
function destinationOf(
  text: string | undefined,
): { readonly address: string; readonly port?: number } | undefined {
  if (text === undefined) return undefined;
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text);
  const plain = /^([^:]+)(?::(\d+))?$/.exec(text);
  const found = bracketed ?? plain;
  if (!found)
    return text.includes('::') || text.split(':').length > 2 ? { address: text } : undefined;
  const [, address = '', port] = found;
  return port === undefined ? { address } : { address, port: Number(port) };
}
