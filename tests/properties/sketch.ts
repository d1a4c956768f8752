/** What random designs are put together with. */
import fc from 'fast-check';
import type { NetworkInterface } from '../../src-main/model/design.ts';
import type { NetworkBuilder } from '../builders/network.ts';
import {
  everywhere,
  hostAddress,
  interfaceAddresses,
  nonsenseAddress,
  subnetOf,
  type Families,
  type Network,
} from './address-plan.ts';

export type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

/** What is known of a design while it is drawn. */
export interface Sketch {
  readonly draw: Draw;
  readonly builder: NetworkBuilder;
  readonly has: Families;
  readonly networks: Network[];
  /** Node → address on each network, by family. */
  readonly taken: { node: string; network: Network; host: number }[];
  readonly hypervisors: string[];
  /** Nodes that forward: what gateways and next hops should be. */
  readonly forwarding: Set<string>;
  /** Ids of overlay segments. */
  readonly overlay: Set<string>;
}

/** True so often; not biased to the ends, as numbers are, and false when shrunk. */
export const chance = (percent: number) =>
  fc.noBias(fc.nat(99)).map((value) => value >= 100 - percent);

export const mtu = fc.constantFrom(576, 1280, 1400, 1450, 1500, 1600, 9000);

/** A free host number, or now and then one that is taken. */
function pickHost({ draw, taken }: Sketch, item: Network): number {
  const used = taken.filter(({ network: on }) => on === item).map(({ host }) => host);
  if (used.length > 0 && draw(chance(3))) return used[0] ?? 2;
  const free = Array.from({ length: 20 }, (_, at) => at + 1).filter((one) => !used.includes(one));
  return free[0] ?? 199;
}

export function attach(sketch: Sketch, node: string, on: readonly Network[]): NetworkInterface[] {
  const { draw, has, taken } = sketch;
  return on.map((item, at) => {
    const host = pickHost(sketch, item);
    taken.push({ node, network: item, host });
    return {
      id: `eth${at}`,
      segment: item.id,
      addresses: interfaceAddresses(item, has, host),
      ...(draw(chance(10)) ? { mtu: draw(mtu) } : {}),
      ...(draw(chance(2)) ? { state: 'down' as const } : {}),
      ...(draw(chance(4)) ? { vlan: 7 } : {}),
    };
  });
}

/** Addresses that make sense as next hop or target: those in use, and some that are not. */
export const someAddress = ({ has, taken }: Sketch, family?: 4 | 6): fc.Arbitrary<string> => {
  const wanted = family ? [family] : has;
  const used = taken.flatMap(({ network: on, host }) =>
    wanted.map((one) => hostAddress(on, one, host)),
  );
  const wrong = nonsenseAddress(wanted);
  return used.length === 0
    ? wrong
    : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...used) }, { weight: 1, arbitrary: wrong });
};

export const someRoute = (sketch: Sketch, interfaces: readonly NetworkInterface[]) => {
  const { draw, has, networks } = sketch;
  const family = draw(fc.constantFrom(...has));
  const destination = draw(
    fc.oneof(
      fc.constant(everywhere(family)),
      fc.constantFrom(...networks.map((item) => subnetOf(item, family))),
      fc.constantFrom(family === 4 ? '10.0.0.0/8' : 'fd00::/16'),
    ),
  );
  if (draw(chance(8))) return { destination, action: 'discard' as const };
  const first = interfaces[0]?.id;
  if (first !== undefined && draw(chance(8))) return { destination, interface: first };
  return {
    destination,
    via: draw(someAddress(sketch, family)),
    ...(draw(chance(10)) ? { metric: draw(fc.nat(3)) } : {}),
  };
};

export const someNetworks = (networks: readonly Network[], least: number) =>
  fc.subarray([...networks], {
    minLength: Math.min(least, networks.length),
    maxLength: Math.min(3, networks.length),
  });

/** Virtual machines on VXLAN segments need a hypervisor; others may have one. */
export const placed = ({ draw, hypervisors, overlay }: Sketch, on: readonly Network[]) =>
  hypervisors.length > 0 && (on.some(({ id }) => overlay.has(id)) || draw(chance(20)))
    ? { runsOn: draw(fc.constantFrom(...hypervisors)) }
    : {};

export const state = (draw: Draw) => (draw(chance(2)) ? { state: 'down' as const } : {});
