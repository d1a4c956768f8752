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
}

export interface LinuxPlan {
  readonly namespaces: readonly Namespace[];
  /** `ip -batch` lines that make the wires between the namespaces, to be run in none of them. */
  readonly wires: readonly string[];
  /** What Linux does otherwise or not at all, and is left out: a sentence each. */
  readonly omitted: readonly string[];
}

export interface LinuxOptions {
  /** NFLOG group that hears of each packet that a rule decides about, with {@link rulePrefix} before it. None when absent. */
  readonly logGroup?: number;
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
}

export const draftNamespace = (
  name: string,
  owner: { readonly node?: string; readonly on?: string } = {},
): DraftNamespace => ({
  name,
  ...owner,
  names: new Names(['lo']),
  sysctls: [],
  ip: ['link set lo up'],
  bridge: [],
  iptables: [],
  ip6tables: [],
  interfaces: new Map(),
});
