import { inSubnet, isLoopback, sameIp, type Ip } from '../model/ip.ts';
import type { Device } from './compile/network.ts';
import { firstRoute, lookupRoute, routeChoices, routeEntry } from './compile/route-table.ts';
import { ownAddress } from './stages/own-address.ts';
import type { WalkState } from './walk-state.ts';

/** The source that a device speaks with to a destination: that of the way out (RFC 1122 §3.3.4.3, RFC 6724). */
export function sourceFor(state: WalkState, device: Device, destination: Ip): Ip | null {
  if (isLoopback(destination)) return destination;
  const entry = firstRoute(tableFor(device, destination), destination);
  if (entry?.kind === 'local') return mainAddress(state, device, destination);
  const out = entry && entry.interface >= 0 ? entry.interface : (device.interfaces[0] ?? -1);
  return addressFor(state, device, out, destination, entry?.via ?? null);
}

const tableFor = (device: Device, { family }: Ip) =>
  family === 4 ? device.routes4 : device.routes6;

function addressFor(
  state: WalkState,
  device: Device,
  out: number,
  destination: Ip,
  via: Ip | null,
): Ip | null {
  if (out < 0) return null;
  const before = state.device;
  state.device = device;
  const own = ownAddress(state, out, destination, via);
  state.device = before;
  return own;
}

/** To a secondary IPv4 address of its own a device speaks with that subnet's first (Linux `fib_add_ifaddr`). */
function mainAddress(state: WalkState, device: Device, own: Ip): Ip {
  if (own.family === 6) return own;
  for (const index of device.interfaces) {
    const { addresses, prefixLengths } = state.interfaceAt(index);
    const length = prefixLengths[addresses.findIndex((address) => sameIp(address, own))];
    if (length === undefined) continue;
    const main = addresses.find(
      (address, at) => prefixLengths[at] === length && inSubnet(address, length, own),
    );
    return main ?? own;
  }
  return own;
}

/**
 * Settles the source of the packet that is in the state's stack, which its program leaves open. Where equal routes have
 * sources of their own, one route is picked before there is a source, and the packet will keep to it.
 */
export function settleSource(state: WalkState): void {
  state.openSource = true;
  const { device, packet } = state;
  const { dst } = packet.top;
  const table = tableFor(device, dst);
  const group = lookupRoute(table, dst);
  const choices = group < 0 ? 0 : routeChoices(table, group);
  if (choices < 2) return;
  const sources = new Map<string, { readonly address: Ip; shares: number }>();
  for (let choice = 0; choice < choices; choice += 1) {
    const { interface: out, via } = routeEntry(table, group, choice);
    const address = addressFor(state, device, out, dst, via);
    if (!address) continue;
    const known = sources.get(address.text);
    if (known) known.shares += 1;
    else sources.set(address.text, { address, shares: 1 });
  }
  const all = [...sources.values()];
  if (all.length < 2) return;
  const shares = all.map((source) => source.shares);
  packet.top.src =
    all[state.choose(state, all.length, 'source', shares)]?.address ?? packet.top.src;
}
