import type { Node, Route } from '../../model/design.ts';
import {
  familyBits,
  interfaceAddress,
  ip,
  parsePrefix,
  prefixContains,
  sameIp,
  type Ip,
  type IpFamily,
} from '../../model/ip.ts';

/** An interface as its routes see it. */
export interface RoutedInterface {
  readonly id: string;
  /** In Linux. */
  readonly name: string;
  readonly up: boolean;
  readonly addresses: readonly string[];
}

interface Usable {
  readonly route: Route;
  readonly out: RoutedInterface | undefined;
}

/** The metric of IPv6 routes to connected subnets is 256, and 0 is read as 1024 (net/ipv6/addrconf.c, ip6_route.h). */
const firstMetric: Record<IpFamily, number> = { 4: 1, 6: 1024 };

const familyOf = (destination: string): IpFamily => parsePrefix(destination)?.network.family ?? 4;

/** `ip` lines for a node's static routes. Distances and metrics become one metric, in their order; equal ones one multipath route. */
export function routeLines(node: Node, interfaces: readonly RoutedInterface[]): string[] {
  const usable = (node.routes ?? []).flatMap((route) => usableRoute(route, interfaces) ?? []);
  const ranks = [...new Set(usable.map(({ route }) => rankOf(route)))].sort((a, b) => a - b);
  const equals = Map.groupBy(usable, ({ route }) => `${route.destination} ${rankOf(route)}`);
  return [...equals.values()].map((equal) => {
    const { destination } = (equal[0] as Usable).route;
    const metric =
      firstMetric[familyOf(destination)] + ranks.indexOf(rankOf((equal[0] as Usable).route));
    const hops = [...new Set(equal.map((usable) => hopOf(usable)))];
    if (hops.includes(discards)) return `route add ${discards} ${destination} metric ${metric}`;
    const ways = hops.length === 1 ? ` ${hops[0]}` : hops.map((hop) => ` nexthop ${hop}`).join('');
    return `route add ${destination} metric ${metric}${ways}`;
  });
}

/** Which of a node's routes have no line, by their place in its list: nothing leads to their next hop. */
export const routesInVain = (node: Node, interfaces: readonly RoutedInterface[]): number[] =>
  (node.routes ?? []).flatMap((route, at) => (usableRoute(route, interfaces) ? [] : [at]));

/** One number for distance (0–255), then metric (32 bits). */
const rankOf = ({ distance = 1, metric = 0 }: Route): number => distance * 2 ** 32 + metric;

/** The kind of route that drops in silence. */
const discards = 'blackhole';

function hopOf({ route, out }: Usable): string {
  if (route.action === 'discard') return discards;
  const dev = out ? `dev ${out.name}` : '';
  if (route.via === undefined) return dev;
  // An interface that is named is taken at its word, wherever the next hop lies.
  const onLink = route.interface !== undefined && out && !isNear(out, route.via) ? ' onlink' : '';
  return route.interface === undefined ? `via ${route.via}` : `via ${route.via} ${dev}${onLink}`;
}

function usableRoute(route: Route, interfaces: readonly RoutedInterface[]): Usable | undefined {
  if (route.action === 'discard') return { route, out: undefined };
  if (route.via !== undefined && isOwn(interfaces, ip(route.via))) return undefined;
  const out =
    route.interface === undefined
      ? interfaces.find((item) => item.up && route.via !== undefined && isNear(item, route.via))
      : interfaces.find((item) => item.id === route.interface);
  return out?.up ? { route, out } : undefined;
}

/** The machine is no next hop of its own: Linux takes no such route. */
const isOwn = (interfaces: readonly RoutedInterface[], via: Ip): boolean =>
  interfaces.some(({ addresses }) =>
    addresses.some((text) => sameIp(interfaceAddress(text).ip, via)),
  );

/** Whether the next hop is in a subnet of the interface. */
const isNear = ({ addresses }: RoutedInterface, via: string): boolean =>
  addresses.some((text) => {
    const { prefix } = interfaceAddress(text);
    return prefix.length < familyBits(prefix.network.family) && prefixContains(prefix, ip(via));
  });
