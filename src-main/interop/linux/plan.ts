import { Names } from './names.ts';

/** A design as Linux network namespaces: what to feed to `ip`, `bridge` and `iptables-restore`. Strings only. */

/** One machine's network stack, or the place where the wires' bridges are. */
export interface Namespace {
  readonly name: string;
  /** The node whose stack it is; absent for the bridges. */
  readonly node?: string;
  /** The hypervisor whose instance of a distributed router it is. */
  readonly on?: string;
  /** Paths below /proc/sys; to be set before there are interfaces, which take their defaults from them. */
  readonly sysctls: readonly (readonly [path: string, value: string])[];
  /** `ip -batch` lines. */
  readonly ip: readonly string[];
  /** `bridge -batch` lines. */
  readonly bridge: readonly string[];
  /** `iptables-restore` and `ip6tables-restore` lines; none where nothing is filtered or translated. */
  readonly iptables: readonly string[];
  readonly ip6tables: readonly string[];
  /** Interface of the design by its name in Linux. Ports of bridges are none of the design's. */
  readonly interfaces: ReadonlyMap<string, string>;
  /** Reference of the segment or link by the name of the bridge that carries its frames; none when absent. */
  readonly bridges?: ReadonlyMap<string, string>;
}

/** One end of a veth pair. */
export interface PairEnd {
  readonly namespace: string;
  readonly name: string;
  /** Bytes; what Linux gives when absent. */
  readonly mtu?: number;
  readonly mac?: string;
  /** Whether anything sets it up: an interface of the design that is down stays so, and the far end of one that is not connected. */
  readonly up: boolean;
}

export type Pair = readonly [a: PairEnd, b: PairEnd];

export interface LinuxPlan {
  readonly namespaces: readonly Namespace[];
  /** The veth pairs that `wires` makes, in its order. */
  readonly pairs: readonly Pair[];
  /** `ip -batch` lines that make the wires between the namespaces, to be run in none of them. */
  readonly wires: readonly string[];
  /** What Linux does otherwise or not at all, and is left out: a sentence each. */
  readonly omitted: readonly string[];
}

export interface LinuxOptions {
  /** NFLOG group that hears of each packet that a rule decides about, with {@link rulePrefix} before it. None when absent. */
  readonly logGroup?: number;
  /** Whether each segment's bridge has a namespace of its own, or all are in one; `together` when absent. */
  readonly switches?: 'together' | 'apart';
  /** Names that no interface may have; none besides `lo` when absent. */
  readonly reservedNames?: readonly string[];
}

export type RuleList = 'filter' | 'nat';

/** What NFLOG says before a packet: the list and the rule's number in it, 0 for the default. */
export const rulePrefix = (list: RuleList, number: number): string => `${list} ${number}`;

/** A namespace while it is being put together. */
export interface DraftNamespace {
  readonly name: string;
  readonly node?: string;
  readonly on?: string;
  /** Names of its interfaces. */
  readonly names: Names;
  readonly sysctls: (readonly [path: string, value: string])[];
  readonly ip: string[];
  readonly bridge: string[];
  iptables: readonly string[];
  ip6tables: readonly string[];
  readonly interfaces: Map<string, string>;
  readonly bridges: Map<string, string>;
}

export const draftNamespace = (
  name: string,
  owner: { readonly node?: string; readonly on?: string } = {},
  reservedNames: readonly string[] = [],
): DraftNamespace => ({
  name,
  ...owner,
  names: new Names(['lo', ...reservedNames]),
  sysctls: [],
  ip: ['link set lo up'],
  bridge: [],
  iptables: [],
  ip6tables: [],
  interfaces: new Map(),
  bridges: new Map(),
});
