/** The objects of NSX-T's hierarchical policy API, with the properties that are written (NSX-T Data Center REST API 3.2). */
import type { LeftOutSaying } from '../words/left-out.ts';

export interface L4Entry {
  readonly resource_type: 'L4PortSetServiceEntry';
  readonly id: string;
  readonly display_name: string;
  readonly l4_protocol: 'TCP' | 'UDP';
  /** Every port when absent. At most 15, a range counting twice. */
  readonly destination_ports?: readonly string[];
}
export interface IcmpEntry {
  readonly resource_type: 'ICMPTypeServiceEntry';
  readonly id: string;
  readonly display_name: string;
  readonly protocol: 'ICMPv4' | 'ICMPv6';
}
export interface ProtocolEntry {
  readonly resource_type: 'IPProtocolServiceEntry';
  readonly id: string;
  readonly display_name: string;
  /** IANA. */
  readonly protocol_number: number;
}
export type ServiceEntry = L4Entry | IcmpEntry | ProtocolEntry;

export interface Rule {
  readonly resource_type: 'Rule';
  readonly id: string;
  readonly display_name: string;
  readonly description?: string;
  /** Lower is earlier. */
  readonly sequence_number: number;
  readonly action: 'ALLOW' | 'DROP' | 'REJECT';
  /** Addresses, prefixes, ranges and paths of groups; or `ANY` alone. At most 128. */
  readonly source_groups: readonly string[];
  readonly destination_groups: readonly string[];
  readonly services: readonly string[];
  readonly service_entries?: readonly ServiceEntry[];
  readonly scope: readonly string[];
  readonly direction: 'IN' | 'OUT' | 'IN_OUT';
  readonly ip_protocol: 'IPV4_IPV6';
  readonly disabled: boolean;
  readonly logged: boolean;
}

export interface NatRule {
  readonly resource_type: 'PolicyNatRule';
  readonly id: string;
  readonly display_name: string;
  readonly description?: string;
  readonly sequence_number: number;
  readonly action: 'SNAT' | 'DNAT';
  /** Addresses and prefixes with commas between; absent: every one. */
  readonly source_network?: string;
  readonly destination_network?: string;
  readonly translated_network: string;
  /** Path. Of a DNAT rule its port is the new one. */
  readonly service?: string;
  /** Of a DNAT rule the port that packets come to, where that is another. */
  readonly translated_ports?: string;
  readonly scope?: readonly string[];
  readonly firewall_match: 'MATCH_EXTERNAL_ADDRESS' | 'MATCH_INTERNAL_ADDRESS';
  readonly enabled: boolean;
  readonly logging: boolean;
}

export interface Service {
  readonly resource_type: 'Service';
  readonly id: string;
  readonly display_name: string;
  readonly service_entries: readonly ServiceEntry[];
}

export interface Group {
  readonly resource_type: 'Group';
  readonly id: string;
  readonly display_name: string;
  readonly expression: readonly {
    readonly resource_type: 'IPAddressExpression';
    readonly ip_addresses: readonly string[];
  }[];
}

/** An object as a child of another: `{ resource_type: 'ChildRule', Rule: … }`. */
export const child = <T extends { readonly resource_type: string }>(object: T) => ({
  resource_type: `Child${object.resource_type}`,
  [object.resource_type]: object,
});

/** An object that is there already, whose children alone are told. */
export const reference = (type: string, id: string, children: readonly object[]) => ({
  resource_type: 'ChildResourceReference',
  id,
  target_type: type,
  children,
});

/** Characters of a description (ManagedResource). */
const longestDescription = 1024;

/** The notes of a rule; tells where there is more than a description takes. */
export function describedBy(
  notes: string | undefined,
  tell: (saying: LeftOutSaying) => void,
): { readonly description?: string } {
  if (notes === undefined || notes === '') return {};
  if (notes.length <= longestDescription) return { description: notes };
  tell({ code: 'description-cut', detail: { mostCharacters: longestDescription } });
  // No half of a surrogate pair.
  return { description: notes.slice(0, longestDescription).replace(/[\ud800-\udbff]$/, '') };
}

/** Where a Tier-1 gateway and its interfaces are known. An edge is taken for the gateway with its id. */
export const gatewayPath = (edge: string): string => `/infra/tier-1s/${edge}`;
export const interfacePath = (edge: string, id: string): string =>
  `${gatewayPath(edge)}/locale-services/default/interfaces/${id}`;

/** An id that is not taken yet in its list. */
export function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted}_${number}`;
  taken.add(id);
  return id;
}
