import { parseEntityRef, type EntityKind } from '../model/ids.ts';
import type {
  AddressHolder,
  Asker,
  Carrier,
  GatewayKind,
  InnerVxlan,
  NetworkRef,
  NoWay,
  Opener,
  Owner,
  RangeUse,
  RuleFacts,
  Unmatched,
} from './facts.ts';
import type { Names } from './names.ts';
import { placeWords } from './place-words.ts';

/** `a, b and c`; the tail is counted where there are many. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.length > most ? [...names.slice(0, most - 1)] : [...names];
  if (shown.length < names.length) shown.push(`${names.length - shown.length} more`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** `segment Front end`, `cluster k`; the name alone where it says what it is: `ICP cluster`. */
export function thing(kind: EntityKind, id: string, name: Names): string {
  const word = placeWords.kinds[kind];
  const called = name(kind, id);
  return called.toLowerCase().includes(word) ? called : `${word} ${called}`;
}

/** `segment Front end`, `link wan`. */
export function networkText(network: NetworkRef, name: Names): string {
  const { kind, id } = parseEntityRef(network) ?? { kind: 'segment', id: network };
  return thing(kind, id, name);
}

export const ownerText = (owner: Owner, name: Names): string =>
  'pod' in owner ? `pod ${owner.pod}` : `${name('node', owner.node)} ${owner.interface}`;

export const gatewayKinds: Readonly<Record<GatewayKind, string>> = {
  router: 'Router',
  'edge-gateway': 'Edge gateway',
  'distributed-router': 'Distributed router',
};

export const ruleText = ({ rule, number }: RuleFacts): string => `${number} ${rule}`;

export function askerText(asker: Asker, name: Names): string {
  switch (asker.kind) {
    case 'node':
      return name('node', asker.node);
    case 'dns-server':
      return `DNS server ${name('node', asker.node)}`;
    case 'cluster-dns':
      return `The DNS of ${thing('cluster', asker.cluster, name)}`;
    default:
      return asker satisfies never;
  }
}

export function noWayText(reason: NoWay, name: Names): string {
  switch (reason.kind) {
    case 'circle':
      return `the routes of ${reason.nodes.map((node) => name('node', node)).join(', ')} lead in a circle`;
    case 'no-route':
      return `nobody here has that address and ${name('node', reason.node)} has no route to it`;
    case 'discarded':
      return `${name('node', reason.node)} discards what is for that address`;
    case 'nobody':
      return `nobody on ${networkText(reason.network, name)} has that address`;
    case 'next-hop-unowned':
      return `nobody on ${networkText(reason.network, name)} owns ${reason.via}, the next hop of ${name('node', reason.node)} towards it`;
    case 'silent':
      return 'nobody answers there';
    case 'private-on-internet':
      return 'it is a private address, and the way to it ends on the internet';
    default:
      return reason satisfies never;
  }
}

export function unmatchedText(reason: Unmatched): string {
  switch (reason.kind) {
    case 'interface-out':
      return `it asks for the interface out, ${reason.interface}, which is not known yet when this firewall looks at a packet`;
    case 'families':
      return 'its sources and destinations are of different address families';
    case 'not-connected':
      return `its interface ${reason.interface} is connected to no network`;
    case 'sources':
      return `no network of the design has its sources (${reason.addresses.join(', ')})`;
    case 'destinations':
      return `no network of the design has its destinations (${reason.addresses.join(', ')})`;
    default:
      return reason satisfies never;
  }
}

export function rangeUseText(use: RangeUse, name: Names): string {
  if (use.kind === 'subnet') return `${use.subnet} of ${networkText(use.network, name)}`;
  const [first = '', ...others] = use.nodes;
  const nodes = `${name('node', first)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  return `${use.destination}, to which ${nodes} ${others.length === 0 ? 'has' : 'have'} a route`;
}

/** The subject of "opens …". */
export function openerText(opener: Opener, name: Names): string {
  const node = name('node', opener.node);
  switch (opener.kind) {
    case 'rule':
      return `Rule ${ruleText(opener)} of ${node}`;
    case 'nat':
      return `NAT ${ruleText(opener)} of ${node}`;
    case 'default':
      return `The firewall of ${node}, which accepts what no rule matches,`;
    case 'unfiltered':
      return `Nothing filters what comes to ${node}, which`;
    default:
      return opener satisfies never;
  }
}

/** The subject of "carries …". */
export function carrierText(carrier: Carrier, name: Names): string {
  if (typeof carrier !== 'string') return ownerText(carrier, name);
  const text = networkText(carrier, name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whose an address is. */
export function holderText(holder: AddressHolder, name: Names): string {
  switch (holder.kind) {
    case 'interface':
      return `the address of ${name('node', holder.node)} ${holder.interface}`;
    case 'virtual-ip':
      return `the virtual address of ${name('node', holder.node)} ${holder.interface}`;
    case 'balancer':
      return `the address of load balancer ${holder.balancer} of ${name('node', holder.node)}`;
    case 'nat':
      return `an address of NAT ${ruleText(holder)} of ${name('node', holder.node)}`;
    case 'gateway':
      return `the gateway of ${networkText(holder.network, name)}`;
    default:
      return holder satisfies never;
  }
}

export const innerText = (inner: InnerVxlan, name: Names): string =>
  'cluster' in inner
    ? `Calico of ${thing('cluster', inner.cluster, name)}`
    : name('node', inner.node);

/** Whose name servers they are. */
export const userText = (user: Asker, name: Names): string =>
  user.kind === 'cluster-dns' ? 'cluster DNS' : name('node', user.node);
