/**
 * How the walk of one packet ends. The set is closed; each member's exact condition is its comment.
 */
export const dispositions = [
  /** The destination's owner has a listener (TCP, UDP) or answers by itself (ICMP echo, DNS server, ended tunnel). */
  'delivered',
  /** The packet reached the internet site, where the design draws nobody that owns its destination. */
  'exits-network',
  /** A filter dropped it in silence: a rule, or the default when no rule matched. */
  'denied',
  /** A filter, or kube-proxy for a service without endpoints, dropped it and told the sender (RST or ICMP). */
  'rejected',
  /** No route of the device's table holds the destination, or IPv4 drops the packet for its addresses (martian). */
  'no-route',
  /** The best route discards. */
  'null-routed',
  /** The next hop is on a connected segment, but nobody there that is up owns its address. */
  'neighbor-unreachable',
  /** The owner of the destination has nothing listening on that protocol and port. */
  'no-listener',
  /** No resolver answered, or the one that did has no such name. */
  'name-not-resolved',
  /** A load balancer or an ingress has no endpoint to send to (kube-proxy's own case is `rejected`). */
  'no-endpoints',
  /** The HTTP proxy does not serve this client, host or CONNECT port. */
  'proxy-refused',
  /** The packet is larger than the MTU of the way out, and may not be fragmented. */
  'mtu-exceeded',
  /** The packet came back, unchanged but for its TTL, to a device that had forwarded it before. */
  'loop',
  /** The TTL or hop limit reached zero (RFC 1812 §5.3.1, RFC 8200 §3). */
  'ttl-expired',
  /** A tunnel's far end does not exist or is down, or the segment cannot be carried to it. */
  'tunnel-down',
  /** The interface, its link, or the whole device is down. */
  'interface-down',
] as const;

export type Disposition = (typeof dispositions)[number];

/** Whether the packet got to somebody who answers. */
export const isDelivered = (disposition: Disposition): boolean =>
  disposition === 'delivered' || disposition === 'exits-network';
