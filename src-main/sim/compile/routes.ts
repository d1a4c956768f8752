import type { Route } from '../../model/design.ts';
import {
  familyBits,
  hostPrefix,
  ip,
  prefix,
  prefixContains,
  sameIp,
  type Ip,
} from '../../model/ip.ts';
import { deviceOf, interfaceOf, type Draft, type DraftDevice } from './draft.ts';
import type { RouteTable } from './network.ts';
import type { RouteCandidate, RoutePoolBuilder } from './route-table.ts';

/** Administrative distance of a static route where the design gives none. */
const staticDistance = 1;

/** Connected subnets and static routes of a node. A next hop on no connected subnet makes no route, nor does the node itself. */
export function addNodeRoutes(draft: Draft, device: DraftDevice): void {
  for (const index of device.interfaces) {
    const { addresses } = interfaceOf(draft, index);
    for (const address of addresses) {
      if (address.prefix.length === familyBits(address.ip.family)) continue;
      device.routes.push({
        prefix: address.prefix,
        interface: index,
        via: null,
        kind: 'forward',
        origin: 'connected',
        id: '',
        distance: 0,
        metric: 0,
      });
    }
  }
  for (const route of device.node?.routes ?? []) {
    const candidate = staticRoute(draft, device, route);
    if (candidate) device.routes.push(candidate);
  }
}

function staticRoute(draft: Draft, device: DraftDevice, route: Route): RouteCandidate | undefined {
  const common = {
    prefix: prefix(route.destination),
    origin: 'static' as const,
    id: route.id ?? '',
    distance: route.distance ?? staticDistance,
    metric: route.metric ?? 0,
  };
  if (route.action === 'discard') return { ...common, interface: -1, via: null, kind: 'discard' };
  const via = route.via === undefined ? null : ip(route.via);
  if (via && isOwn(draft, device, via)) return undefined;
  const out =
    route.interface === undefined
      ? via && connectedInterface(draft, device, via)
      : device.interfaces.find((index) => interfaceOf(draft, index).id === route.interface);
  if (out === undefined || out === null) return undefined;
  return { ...common, interface: out, via, kind: 'forward' };
}

/** Linux: "Gateway can not be a local address" (net/ipv6/route.c), "Nexthop has invalid gateway" (net/ipv4/fib_semantics.c). */
const isOwn = (draft: Draft, device: DraftDevice, address: Ip): boolean =>
  device.interfaces.some((index) =>
    interfaceOf(draft, index).addresses.some((own) => sameIp(own.ip, address)),
  );

/** The interface on the longest connected prefix that holds the next hop. */
function connectedInterface(draft: Draft, device: DraftDevice, via: Ip): number | undefined {
  let best: number | undefined;
  let longest = -1;
  for (const index of device.interfaces) {
    for (const { prefix: subnet } of interfaceOf(draft, index).addresses) {
      if (subnet.length === familyBits(via.family) || !prefixContains(subnet, via)) continue;
      if (subnet.length <= longest) continue;
      longest = subnet.length;
      best = index;
    }
  }
  return best;
}

/** The device's own addresses win over everything else, as Linux's `local` table does. */
export function addLocalRoutes(
  draft: Draft,
  device: DraftDevice,
  virtual: readonly string[],
): void {
  const own = device.interfaces.flatMap((index) =>
    interfaceOf(draft, index).up
      ? interfaceOf(draft, index).addresses.map((address) => address.ip)
      : [],
  );
  for (const address of [...own, ...virtual.map(ip)]) {
    device.routes.push({
      prefix: hostPrefix(address),
      interface: -1,
      via: null,
      kind: 'local',
      origin: 'connected',
      id: '',
      distance: -1,
      metric: 0,
    });
  }
}

export interface DeviceTables {
  readonly routes4: RouteTable;
  readonly routes6: RouteTable;
  readonly withdrawn4: RouteTable | null;
  readonly withdrawn6: RouteTable | null;
}

/** Pools that the tables of all devices share. */
export interface RoutePools {
  readonly 4: RoutePoolBuilder;
  readonly 6: RoutePoolBuilder;
}

/** Routes by an interface that is down are withdrawn; they are kept aside to tell why there is none. */
export function buildTables(draft: Draft, index: number, pools: RoutePools): DeviceTables {
  const { routes } = deviceOf(draft, index);
  const isUp = (route: RouteCandidate) =>
    route.interface < 0 || interfaceOf(draft, route.interface).up;
  const up = routes.filter(isUp);
  const down = routes.filter((route) => !isUp(route));
  return {
    routes4: pools[4].add(up),
    routes6: pools[6].add(up),
    withdrawn4: down.length > 0 ? pools[4].add(down) : null,
    withdrawn6: down.length > 0 ? pools[6].add(down) : null,
  };
}
