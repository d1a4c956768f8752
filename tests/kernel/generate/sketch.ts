/** What a random scene is put together with. */
import type { NetworkInterface } from '../../../src-main/model/design.ts';
import { Random } from '../../bench/random.ts';
import { network, type NetworkBuilder } from '../../builders/network.ts';

export type Family = 4 | 6;

/** A layer-2 domain: 10.index.0.0/24 and fd00:index::/64. */
export interface Net {
  readonly id: string;
  readonly index: number;
  readonly overlay: boolean;
}

/** A node's foot on a net, or on the wire to another router. */
export interface Foot {
  readonly node: string;
  readonly net: Net;
  readonly host: number;
}

export class Sketch {
  readonly random: Random;
  readonly builder: NetworkBuilder = network();
  readonly families: readonly Family[];
  readonly nets: Net[] = [];
  readonly feet: Foot[] = [];
  /** Host numbers of second and shared addresses. */
  readonly reserved: Omit<Foot, 'node'>[] = [];
  readonly hypervisors: string[] = [];
  readonly routers: string[] = [];
  readonly hosts: string[] = [];
  /** MACs that interfaces are given: a switch cannot tell two of one apart. */
  readonly macs = new Set<string>();
  /** Interfaces of each node, as they are given to the builder. */
  readonly interfaces = new Map<string, readonly NetworkInterface[]>();
  /** Addresses that somebody may ask for: interfaces', virtual, translated and balanced ones. */
  readonly targets: string[] = [];
  /** The smallest MTU that every interface must take: IPv6 needs 1280 (RFC 8200 §5). Bytes. */
  readonly leastMtu: number;

  constructor(seed: number) {
    this.random = new Random(seed);
    this.families = this.random.pick<readonly Family[]>([[4], [6], [4, 6], [4, 6]]);
    this.leastMtu = this.families.includes(6) ? 1280 : 576;
  }

  /** True that often, in percent. */
  chance(percent: number): boolean {
    return this.random.below(100) < percent;
  }

  /** From `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.random.below(most - least + 1);
  }

  pick<T>(items: readonly T[]): T {
    return this.random.pick(items);
  }

  /** So many of them, in their order. */
  some<T>(items: readonly T[], count: number): T[] {
    const left = items.map((_, at) => at);
    const chosen = new Set<number>();
    while (chosen.size < Math.min(count, items.length)) {
      chosen.add(left.splice(this.random.below(left.length), 1)[0] ?? 0);
    }
    return items.filter((_, at) => chosen.has(at));
  }

  mtu(): number {
    const sizes = [576, 1280, 1400, 1450, 1492, 1500, 1600, 2000, 9000];
    return this.pick(sizes.filter((size) => size >= this.leastMtu));
  }

  /** A MAC of the net that nobody has. */
  freeMac(net: Net): string {
    let last = this.between(0, 255);
    const mac = () => `02:00:00:00:${hex(net.index)}:${hex(last)}`;
    while (this.macs.has(mac())) last = (last + 1) % 256;
    this.macs.add(mac());
    return mac();
  }

  /** A host number that nobody has on the net. */
  freeHost(net: Net): number {
    const used = [...this.feet, ...this.reserved];
    const taken = new Set(used.filter((foot) => foot.net === net).map(({ host }) => host));
    for (;;) {
      const host = this.between(1, 250);
      if (!taken.has(host)) return host;
    }
  }

  feetOf(node: string): Foot[] {
    return this.feet.filter((foot) => foot.node === node);
  }

  feetOn(net: Net): Foot[] {
    return this.feet.filter((foot) => foot.net === net);
  }
}

const hex = (value: number) => value.toString(16).padStart(2, '0');

export function addressOf(net: Net, family: Family, host: number): string {
  return family === 4 ? `10.${net.index}.0.${host}` : `fd00:${net.index}::${host.toString(16)}`;
}

export const lengthOf = (family: Family): number => (family === 4 ? 24 : 64);

export const subnetOf = (net: Net, family: Family): string =>
  family === 4 ? `10.${net.index}.0.0/24` : `fd00:${net.index}::/64`;

export const everywhere = (family: Family): string => (family === 4 ? '0.0.0.0/0' : '::/0');
export const familyOf = (address: string): Family => (address.includes(':') ? 6 : 4);
