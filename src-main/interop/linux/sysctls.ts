/**
 * How a machine of the design behaves, where Linux leaves it to its administrator. The order counts: writing
 * `ip_forward` sets the others back (Documentation/networking/ip-sysctl.rst).
 */
export function machineSysctls(forwards: boolean): (readonly [path: string, value: string])[] {
  const on = forwards ? '1' : '0';
  const each = (path: (scope: string) => string, value: string) =>
    ['all', 'default'].map((scope) => [path(scope), value] as const);
  return [
    ['net/ipv4/ip_forward', on],
    ['net/ipv6/conf/all/forwarding', on],
    ['net/ipv6/conf/default/forwarding', on],
    // A reply may come back another way than its request went.
    ...each((scope) => `net/ipv4/conf/${scope}/rp_filter`, '0'),
    // An address is answered for on the interface that has it, as IPv6 does by itself.
    ...each((scope) => `net/ipv4/conf/${scope}/arp_ignore`, '1'),
    // And asks by that interface's own, from which neighbors learn whom to find there.
    ...each((scope) => `net/ipv4/conf/${scope}/arp_announce`, '2'),
    // Routes are those of the design: no redirects, no router advertisements, none over a dead wire.
    ...each((scope) => `net/ipv4/conf/${scope}/send_redirects`, '0'),
    ...each((scope) => `net/ipv4/conf/${scope}/accept_redirects`, '0'),
    ...each((scope) => `net/ipv4/conf/${scope}/ignore_routes_with_linkdown`, '1'),
    ...each((scope) => `net/ipv6/conf/${scope}/accept_redirects`, '0'),
    ...each((scope) => `net/ipv6/conf/${scope}/accept_ra`, '0'),
    ...each((scope) => `net/ipv6/conf/${scope}/autoconf`, '0'),
    ...each((scope) => `net/ipv6/conf/${scope}/accept_dad`, '0'),
    ...each((scope) => `net/ipv6/conf/${scope}/ignore_routes_with_linkdown`, '1'),
    ...equalRoutes('ipv4'),
    ...equalRoutes('ipv6'),
    ...plainBridges,
  ];
}

/** Addresses, protocol and ports: bits 0, 1, 2, 4 and 5 (ip-sysctl.rst, `fib_multipath_hash_fields`). */
const fiveTuple = '0x37';

/**
 * Equal routes share connections, not pairs of hosts. Policy 1 would do so, too, but goes by the hash that a socket has drawn
 * for its packets where that is still with them: between namespaces each new socket of one 5-tuple would go another way.
 */
const equalRoutes = (family: string) =>
  [
    [`net/${family}/fib_multipath_hash_fields`, fiveTuple],
    [`net/${family}/fib_multipath_hash_policy`, '3'],
  ] as const;

/** Where the `br_netfilter` module is there, bridged frames stay out of the tables for routed packets. */
const plainBridges = ['iptables', 'ip6tables', 'arptables'].map(
  (table) => [`net/bridge/bridge-nf-call-${table}`, '0'] as const,
);

/** Bridges carry frames and have no addresses of their own. */
export const bridgeSysctls: readonly (readonly [path: string, value: string])[] = [
  ['net/ipv6/conf/default/disable_ipv6', '1'],
  ...plainBridges,
];
