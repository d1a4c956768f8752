import {
  compareIp,
  familyBits,
  ipPlus,
  lastAddress,
  parseIp,
  prefix,
  prefixOf,
  type Ip,
  type IpFamily,
  type Prefix,
} from '../../model/ip.ts';

/** Calico's block size (IPPool `blockSize`). */
const blockLengths: Record<IpFamily, number> = { 4: 26, 6: 122 };
/** The first address of a block is the tunnel's, the second is left free. */
const firstPod = 2n;

/** Gives out addresses of a range in order, without those that are given otherwise. */
export class AddressRange {
  readonly #range: Prefix;
  readonly #used: Set<string>;
  #next: bigint;

  constructor(cidr: string, used: Set<string>, first: bigint) {
    this.#range = prefix(cidr);
    this.#used = used;
    this.#next = first;
  }

  /** Undefined where the range is used up. */
  next(): string | undefined {
    const last = lastAddress(this.#range);
    for (;;) {
      const candidate = ipPlus(this.#range.network, this.#next);
      if (compareIp(candidate, last) > 0 || candidate.family !== last.family) return undefined;
      this.#next += 1n;
      if (this.#used.has(candidate.text)) continue;
      this.#used.add(candidate.text);
      return candidate.text;
    }
  }
}

export interface NodeBlock {
  readonly node: string;
  readonly cidr: string;
}

/** Pod addresses by node: blocks of each range, given to nodes as they need them. */
export class PodAddresses {
  readonly blocks: NodeBlock[];
  readonly #cidrs: readonly string[];
  readonly #used: Set<string>;
  readonly #open = new Map<string, AddressRange>();
  readonly #nextBlock = new Map<string, bigint>();

  /** `used` holds the addresses that manifests or the design give themselves. */
  constructor(cidrs: readonly string[], used: Set<string>, blocks: readonly NodeBlock[]) {
    this.#cidrs = cidrs;
    this.#used = used;
    this.blocks = [...blocks];
  }

  /** One address a range, for a pod on the node; undefined where a range is used up. */
  give(node: string): readonly string[] | undefined {
    const addresses = this.#cidrs.map((cidr) => this.#giveOf(cidr, node));
    return addresses.every((address) => address !== undefined) ? addresses : undefined;
  }

  #giveOf(cidr: string, node: string): string | undefined {
    const key = `${cidr} ${node}`;
    for (;;) {
      const address = this.#open.get(key)?.next();
      if (address !== undefined) return address;
      const block = this.#block(cidr, node, !this.#open.has(key));
      if (block === undefined) return undefined;
      this.#open.set(key, new AddressRange(block, this.#used, firstPod));
    }
  }

  /** The node's own block where it has one and asks for the first time, else the next that is free. */
  #block(cidr: string, node: string, isFirst: boolean): string | undefined {
    const range = prefix(cidr);
    if (isFirst) {
      const own = this.blocks.find((block) => block.node === node && isWithin(range, block.cidr));
      if (own) return own.cidr;
    }
    const length = Math.max(blockLengths[range.network.family], range.length);
    const size = 1n << BigInt(familyBits(range.network.family) - length);
    const last = lastAddress(range);
    for (;;) {
      const offset = this.#nextBlock.get(cidr) ?? 0n;
      const network = ipPlus(range.network, offset);
      if (compareIp(network, last) > 0 || network.family !== last.family) return undefined;
      this.#nextBlock.set(cidr, offset + size);
      const block = prefixOf(network, length).text;
      if (this.blocks.some((taken) => overlaps(prefix(taken.cidr), prefix(block)))) continue;
      this.blocks.push({ node, cidr: block });
      return block;
    }
  }
}

const holds = (range: Prefix, address: Ip): boolean =>
  range.network.family === address.family &&
  compareIp(range.network, address) <= 0 &&
  compareIp(address, lastAddress(range)) <= 0;
const isWithin = (range: Prefix, cidr: string): boolean => holds(range, prefix(cidr).network);
const overlaps = (a: Prefix, b: Prefix): boolean => holds(a, b.network) || holds(b, a.network);

/** The address in its one way of writing, or undefined. */
export const canonical = (text: string): string | undefined => parseIp(text)?.text;
