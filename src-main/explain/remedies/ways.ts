import { inSubnet, parsePrefix, prefixContains, type Ip, type IpFamily } from '../../model/ip.ts';
import type { Design } from '../../model/design.ts';
import type { Device, Network } from '../../sim/compile/network.ts';

/** A router next door: its address on the segment that both are on, and how far it is from the destination. */
export interface NextHop {
  readonly address: string;
  readonly device: Device;
  readonly distance: number;
}

const most = 6;

/** The routers next door, those that are nearest to the destination first. */
export function nextHops(network: Network, from: Device, destination: Ip): readonly NextHop[] {
  const bySegment = interfacesBySegment(network);
  const distances = distancesTo(network, bySegment, from, destination);
  const found = new Map<string, NextHop>();
  for (const own of from.interfaces) {
    const mine = network.interfaces[own];
    if (!mine || mine.segment < 0 || mine.tunnel) continue;
    for (const other of bySegment.get(mine.segment) ?? []) {
      const item = network.interfaces[other];
      const device = item && network.devices[item.device];
      if (!item || !device || device === from) continue;
      const distance = distances.get(device.index);
      if (distance === undefined || (!device.forwards && distance > 0)) continue;
      for (const address of item.addresses) {
        if (!isNear(mine.addresses, mine.prefixLengths, address, destination.family)) continue;
        if (!found.has(address.text)) {
          found.set(address.text, { address: address.text, device, distance });
        }
        break;
      }
    }
  }
  return [...found.values()].sort((a, b) => a.distance - b.distance).slice(0, most);
}

/** Those that hear each other: a stretched network is one. */
function interfacesBySegment(network: Network): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const item of network.interfaces) {
    if (item.segment < 0 || !item.up) continue;
    const on = found.get(item.segment);
    if (on) on.push(item.index);
    else found.set(item.segment, [item.index]);
  }
  for (const { ends, up } of network.stretches) {
    if (!up) continue;
    const [a, b] = ends.map(({ segment }) => segment);
    if (a === undefined || b === undefined) continue;
    const all = [...(found.get(a) ?? []), ...(found.get(b) ?? [])];
    found.set(a, all);
    found.set(b, all);
  }
  return found;
}

const isNear = (
  own: readonly Ip[],
  lengths: readonly number[],
  address: Ip,
  family: IpFamily,
): boolean =>
  address.family === family &&
  own.some((mine, at) => mine.family === family && inSubnet(mine, lengths[at] ?? 0, address));

/** Hops from each device to one that is where the destination is, not counting ways through `from`. */
function distancesTo(
  network: Network,
  bySegment: ReadonlyMap<number, readonly number[]>,
  from: Device,
  destination: Ip,
): ReadonlyMap<number, number> {
  const distances = new Map<number, number>();
  let border: Device[] = [];
  for (const device of network.devices) {
    if (device === from || !isThere(network, device, destination)) continue;
    distances.set(device.index, 0);
    border.push(device);
  }
  for (let distance = 1; border.length > 0; distance += 1) {
    const next: Device[] = [];
    for (const device of border) {
      for (const own of device.interfaces) {
        const segment = network.interfaces[own]?.segment ?? -1;
        for (const other of bySegment.get(segment) ?? []) {
          const neighbor = network.devices[network.interfaces[other]?.device ?? -1];
          if (!neighbor?.forwards || neighbor === from || distances.has(neighbor.index)) continue;
          distances.set(neighbor.index, distance);
          next.push(neighbor);
        }
      }
    }
    border = next;
  }
  return distances;
}

/** It is on the destination's subnet, a node of its cluster, or, for the world outside, on the internet. */
function isThere(network: Network, device: Device, destination: Ip): boolean {
  const { family } = destination;
  const own = device.interfaces.map((index) => network.interfaces[index]);
  const isConnected = own.some((item) => {
    if (!item || item.tunnel) return false;
    return item.addresses.some(
      (mine, at) =>
        mine.family === family && inSubnet(mine, item.prefixLengths[at] ?? 0, destination),
    );
  });
  if (isConnected) return true;
  const cluster = network.clusters[device.cluster]?.cluster;
  if (cluster && device.kubeNode) {
    const ranges = [...cluster.podCidrs, ...cluster.serviceCidrs];
    if (ranges.some((cidr) => covers(cidr, destination))) return true;
  }
  if (isDrawn(network.design, destination)) return false;
  return own.some((item) => network.segments[item?.segment ?? -1]?.internet === true);
}

const covers = (cidr: string, address: Ip): boolean => {
  const range = parsePrefix(cidr);
  return range !== undefined && prefixContains(range, address);
};

const isDrawn = (design: Design, address: Ip): boolean => prefixFor(design, address) !== undefined;

/** The drawn network that the address belongs to: the smallest subnet, or a cluster's range. */
export function prefixFor(design: Design, address: Ip): string | undefined {
  const subnets = (design.segments ?? []).flatMap(({ subnets: own }) => own ?? []);
  const ranges = (design.clusters ?? []).flatMap(({ podCidrs, serviceCidrs }) => [
    ...podCidrs,
    ...serviceCidrs,
  ]);
  return [...subnets.map(({ cidr }) => cidr), ...ranges]
    .filter((cidr) => covers(cidr, address))
    .sort((a, b) => (parsePrefix(b)?.length ?? 0) - (parsePrefix(a)?.length ?? 0))[0];
}
