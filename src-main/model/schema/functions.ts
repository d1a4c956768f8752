import { z } from 'zod';
import { limits } from '../limits.ts';
import {
  addressMatch,
  cidr,
  hostName,
  hostPattern,
  id,
  ipAddress,
  ipProtocol,
  name,
  notes,
  port,
  portMatch,
  transport,
} from './scalars.ts';

const list = <T extends z.ZodType>(of: T) => z.array(of).max(limits.listLength);

export const route = z.strictObject({
  id: id.exactOptional(),
  destination: cidr,
  /** Next hop address. A route has a next hop, an interface, or both; or it discards. */
  via: ipAddress.exactOptional(),
  interface: id.exactOptional(),
  action: z.literal('discard').exactOptional(),
  /** Administrative distance; 1 (static) when absent. */
  distance: z.int().min(0).max(255).exactOptional(),
  metric: z.int().min(0).max(4294967295).exactOptional(),
});

export const listener = z.strictObject({
  protocol: transport,
  port,
  /** Local address that is listened on; all of the node's when absent. */
  address: ipAddress.exactOptional(),
  name: name.exactOptional(),
});

export const firewallService = z.strictObject({
  protocol: ipProtocol,
  /** Destination ports; every port when absent. TCP and UDP only. */
  ports: list(portMatch).exactOptional(),
});

export const firewallRule = z.strictObject({
  id,
  name: name.exactOptional(),
  notes: notes.exactOptional(),
  enabled: z.boolean().exactOptional(),
  /** Interface that the packet came in by. */
  inInterface: id.exactOptional(),
  /** Interface that the packet leaves by; never matches where the firewall precedes routing (`nsx-v`). */
  outInterface: id.exactOptional(),
  sources: list(addressMatch).exactOptional(),
  destinations: list(addressMatch).exactOptional(),
  services: list(firewallService).exactOptional(),
  action: z.enum(['accept', 'deny', 'reject']),
});

export const firewall = z.strictObject({
  /** What becomes of a packet that no rule matches; deny when absent. */
  defaultAction: z.enum(['accept', 'deny', 'reject']).exactOptional(),
  /** First match wins. */
  rules: list(firewallRule),
});

const natBase = {
  id,
  name: name.exactOptional(),
  notes: notes.exactOptional(),
  enabled: z.boolean().exactOptional(),
  protocol: transport.exactOptional(),
};

export const natRule = z.discriminatedUnion('kind', [
  z.strictObject({
    ...natBase,
    kind: z.literal('snat'),
    /** Interface that the packet leaves by; every interface when absent. */
    interface: id.exactOptional(),
    /** Source addresses that are rewritten. */
    original: addressMatch,
    /** Destinations for which the rule holds; every one when absent. */
    destination: addressMatch.exactOptional(),
    /** The new source: one address, a range or prefix of the original's size, or `interface`. */
    translated: z.union([z.literal('interface'), addressMatch]),
  }),
  z.strictObject({
    ...natBase,
    kind: z.literal('dnat'),
    /** Interface that the packet came in by; every interface when absent. */
    interface: id.exactOptional(),
    /** Destination addresses that are rewritten. */
    original: addressMatch,
    originalPorts: list(portMatch).exactOptional(),
    /** Sources for which the rule holds; every one when absent. */
    source: addressMatch.exactOptional(),
    translated: addressMatch,
    translatedPort: port.exactOptional(),
  }),
]);

export const loadBalancer = z.strictObject({
  id,
  name: name.exactOptional(),
  enabled: z.boolean().exactOptional(),
  address: ipAddress,
  protocol: transport,
  port,
  /** `proxy`: members see the balancer's own address. `transparent`: they see the client's. */
  mode: z.enum(['proxy', 'transparent']),
  /** 4 rewrites packets; 7 ends the connection and opens another. 4 when absent. */
  layer: z.union([z.literal(4), z.literal(7)]).exactOptional(),
  members: list(
    z.strictObject({
      id,
      address: ipAddress,
      /** The virtual server's port when absent. */
      port: port.exactOptional(),
      weight: z.int().min(1).max(256).exactOptional(),
      enabled: z.boolean().exactOptional(),
    }),
  ),
});

export const dnsRecord = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('A'), name: hostPattern, address: ipAddress }),
  z.strictObject({ type: z.literal('AAAA'), name: hostPattern, address: ipAddress }),
  z.strictObject({ type: z.literal('CNAME'), name: hostPattern, target: hostName }),
]);

export const dnsServer = z.strictObject({
  /** Zones that the server answers from its own data; names are written in full. */
  zones: list(z.strictObject({ name: hostName, records: list(dnsRecord) })).exactOptional(),
  /** Servers that every other name is asked of, in order. */
  forwarders: list(ipAddress).exactOptional(),
  /** Servers for the names below one domain. */
  conditionalForwarders: list(
    z.strictObject({ domain: hostName, servers: list(ipAddress) }),
  ).exactOptional(),
});

export const httpProxy = z.strictObject({
  port,
  /** Who may use it; everybody when absent. */
  allowedSources: list(addressMatch).exactOptional(),
  /** Hosts it goes to: names, `.domain` for a domain with all below it, or address matches; all when absent. */
  allowedDestinations: list(z.string().min(1).max(253)).exactOptional(),
  /** Ports that CONNECT is allowed for; 443 alone when absent (Squid's default SSL_ports). */
  connectPorts: list(port).exactOptional(),
});

/** A server of images, charts, packages and the like inside the design. */
export const artifactMirror = z.strictObject({
  kinds: list(z.enum(['images', 'charts', 'terraform', 'packages', 'binaries'])),
  scheme: z.enum(['http', 'https']),
  port,
  /** References it holds, as the client asks for them. */
  artifacts: list(z.string().min(1).max(512)).exactOptional(),
});

/** An address that is shared by several nodes; the one with the highest priority that is up answers for it. */
export const virtualIp = z.strictObject({
  id,
  address: ipAddress,
  interface: id,
  protocol: z.enum(['keepalived', 'vrrp', 'assigned']).exactOptional(),
  /** 1–254; 100 when absent. Equal priorities: the node that stands first in the design. RFC 9568 §5.2.4. */
  priority: z.int().min(1).max(254).exactOptional(),
});
