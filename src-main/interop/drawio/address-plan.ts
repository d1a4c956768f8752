import { parseInterfaceAddress, parsePrefix, prefixContains, type Prefix } from '../../model/ip.ts';
import type { FoundAddress } from './addresses.ts';
import { newPort, whole, type NodeDraft, type PortDraft, type SegmentDraft } from './drafts.ts';
import type { Remarks } from './remarks.ts';
import type { Things } from './things.ts';

/** Prefix lengths, in bits, of addresses that nothing else says one of. */
const usualLength = { 4: 24, 6: 64 } as const;

/** Gives the addresses of labels to interfaces, and every address its prefix length. */
export function planAddresses(things: Things, remarks: Remarks): void {
  const nets = new Networks(things);
  for (const node of things.nodes) share(node, nets, remarks);
  nets.learn(things);
  for (const node of things.nodes) {
    for (const port of node.ports) {
      port.addresses.forEach((address, at) => {
        if (address.length !== undefined) return;
        const length = nets.lengthFor(address, port) ?? usualLength[address.ip.family];
        if (nets.lengthFor(address, port) === undefined) {
          const detail = { address: address.ip.text, length };
          remarks.add(node.shape.cell, { code: 'length-guessed', detail });
        }
        port.addresses[at] = { ip: address.ip, length };
      });
    }
  }
}

/** The prefixes that are known of networks and links. */
class Networks {
  readonly #known = new Map<SegmentDraft, Prefix[]>();

  constructor({ segments }: Things) {
    for (const segment of segments) {
      for (const { cidr } of segment.subnets) {
        const prefix = parsePrefix(cidr);
        if (prefix) this.#of(segment).push(prefix);
      }
    }
  }

  /** Those of addresses that have a length, for others on the same network. */
  learn({ nodes }: Things): void {
    for (const { ports } of nodes) {
      for (const { segment, addresses } of ports) {
        if (!segment) continue;
        for (const { ip, length } of addresses) {
          const found =
            length === undefined ? undefined : parseInterfaceAddress(`${ip.text}/${length}`);
          if (found) this.#of(segment).push(found.prefix);
        }
      }
    }
  }

  #of(segment: SegmentDraft): Prefix[] {
    const key = whole(segment);
    const known = this.#known.get(key) ?? [];
    this.#known.set(key, known);
    return known;
  }

  prefixesAt({ segment, hints }: PortDraft): readonly Prefix[] {
    const near = hints.flatMap((text) => parseInterfaceAddress(text)?.prefix ?? []);
    return segment ? [...near, ...this.#of(segment)] : near;
  }

  /** The longest that holds it. */
  lengthFor({ ip }: FoundAddress, port: PortDraft): number | undefined {
    let longest: number | undefined;
    for (const prefix of this.prefixesAt(port)) {
      if (!prefixContains(prefix, ip)) continue;
      if (longest === undefined || prefix.length > longest) longest = prefix.length;
    }
    return longest;
  }
}

/** Addresses of a machine's label go to the interfaces on their networks, else to those that have none yet. */
function share(node: NodeDraft, nets: Networks, remarks: Remarks): void {
  const known = new Set(node.ports.flatMap(({ addresses }) => addresses.map(({ ip }) => ip.text)));
  const rest = node.addresses.filter((address) => {
    if (known.has(address.ip.text)) return false;
    const port = node.ports.find((one) => nets.lengthFor(address, one) !== undefined);
    port?.addresses.push(address);
    return port === undefined;
  });
  if (rest.length === 0) return;
  const bare = node.ports.filter(({ addresses }) => addresses.length === 0);
  const [only, ...more] = bare;
  if (only && more.length === 0) {
    only.addresses.push(...rest);
    return;
  }
  const addresses = rest.map(({ ip }) => ip.text);
  rest.forEach((address, at) => {
    const port = bare[at] ?? spare(node);
    port.addresses.push(address);
  });
  if (node.ports.length > 1 && bare.length > 0) {
    remarks.add(node.shape.cell, { code: 'interface-guessed', detail: { addresses } });
  }
}

/** The interface for addresses that no connector is for. */
function spare(node: NodeDraft): PortDraft {
  const last = node.ports.at(-1);
  return last && !last.segment && !last.linked ? last : newPort(node);
}
