import { z } from 'zod';
import {
  addressMatch,
  addressTarget,
  cidr,
  freeText,
  hostName,
  hostPattern,
  id,
  ipAddress,
  ipProtocol,
  ipv4Address,
  ipv6Address,
  list,
  name,
  notes,
  port,
  portMatch,
  sourceTarget,
  transport,
  whole,
} from './scalars.ts';

export const route = z
  .strictObject({
    id: id.exactOptional(),
    destination: cidr,
    via: ipAddress
      .exactOptional()
      .describe('Next hop. A route has a next hop, an interface, or both; or it discards.'),
    interface: id.exactOptional(),
    action: z.literal('discard').exactOptional(),
    distance: whole(0, 255)
      .exactOptional()
      .describe('Administrative distance; 1 (static) when absent.'),
    metric: whole(0, 4294967295)
      .exactOptional()
      .describe('Equal ones share the load; 0 when absent.'),
  })
  .meta({ id: 'route' });

export const listener = z
  .strictObject({
    protocol: transport,
    port,
    address: ipAddress
      .exactOptional()
      .describe("Local address that is listened on; all of the node's when absent."),
    name: name.exactOptional(),
  })
  .meta({ id: 'listener' });

export const firewallService = z.strictObject({
  protocol: ipProtocol,
  ports: list(portMatch)
    .exactOptional()
    .describe('Destination ports; every port when absent. TCP and UDP only.'),
});

export const firewallRule = z
  .strictObject({
    id,
    name: name.exactOptional(),
    notes: notes.exactOptional(),
    enabled: z.boolean().exactOptional().describe('True when absent.'),
    chain: z
      .enum(['input', 'forward', 'output'])
      .exactOptional()
      .describe(
        'What is for the node itself, what it forwards, or what it sends by itself (iptables; stage order linux). The first two ' +
          'when absent. What no rule of chain output matches is sent.',
      ),
    inInterface: id.exactOptional().describe('Interface that the packet came in by.'),
    outInterface: id
      .exactOptional()
      .describe(
        'Interface that the packet leaves by; never matches where the firewall precedes routing (nsx-v).',
      ),
    sources: list(addressMatch).exactOptional().describe('Every source when absent.'),
    destinations: list(addressMatch).exactOptional().describe('Every destination when absent.'),
    services: list(firewallService).exactOptional().describe('Every service when absent.'),
    action: z.enum(['accept', 'deny', 'reject']),
  })
  .meta({ id: 'firewall-rule' });

export const firewall = z.strictObject({
  defaultAction: z
    .enum(['accept', 'deny', 'reject'])
    .exactOptional()
    .describe('What becomes of a packet that no rule matches; deny when absent.'),
  rules: list(firewallRule).describe('First match wins.'),
});

const natBase = {
  name: name.exactOptional(),
  notes: notes.exactOptional(),
  enabled: z.boolean().exactOptional().describe('True when absent.'),
  protocol: transport.exactOptional().describe('Every protocol when absent.'),
};

export const natRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      id,
      kind: z.literal('snat'),
      ...natBase,
      interface: id
        .exactOptional()
        .describe('Interface that the packet leaves by; every interface when absent.'),
      original: addressMatch.describe('Source addresses that are rewritten.'),
      destination: addressMatch
        .exactOptional()
        .describe('Destinations for which the rule holds; every one when absent.'),
      translated: sourceTarget.describe(
        'The new source: one address, a range or prefix of the original’s size, or the address of the "interface".',
      ),
    }),
    z.strictObject({
      id,
      kind: z.literal('dnat'),
      ...natBase,
      interface: id
        .exactOptional()
        .describe('Interface that the packet came in by; every interface when absent.'),
      original: addressMatch.describe('Destination addresses that are rewritten.'),
      originalPorts: list(portMatch).exactOptional().describe('Every port when absent.'),
      source: addressMatch
        .exactOptional()
        .describe('Sources for which the rule holds; every one when absent.'),
      translated: addressTarget.describe('The new destination.'),
      translatedPort: port.exactOptional().describe('The original port when absent.'),
    }),
  ])
  .meta({ id: 'nat-rule' });

export const loadBalancer = z
  .strictObject({
    id,
    name: name.exactOptional(),
    enabled: z.boolean().exactOptional().describe('True when absent.'),
    address: ipAddress,
    protocol: transport,
    port,
    mode: z
      .enum(['proxy', 'transparent'])
      .describe(
        "proxy: members see the balancer's own address. transparent: they see the client's.",
      ),
    layer: z
      .literal([4, 7])
      .exactOptional()
      .describe('4 rewrites packets; 7 ends the connection and opens another. 4 when absent.'),
    members: list(
      z.strictObject({
        id,
        address: ipAddress,
        port: port.exactOptional().describe("The virtual server's port when absent."),
        weight: whole(1, 256).exactOptional().describe('Share of the connections; 1 when absent.'),
        enabled: z.boolean().exactOptional().describe('True when absent.'),
      }),
    ),
  })
  .meta({ id: 'load-balancer' });

export const dnsRecord = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('A'), name: hostPattern, address: ipv4Address }),
  z.strictObject({ type: z.literal('AAAA'), name: hostPattern, address: ipv6Address }),
  z.strictObject({ type: z.literal('CNAME'), name: hostPattern, target: hostName }),
]);

export const dnsServer = z
  .strictObject({
    zones: list(z.strictObject({ name: hostName, records: list(dnsRecord) }))
      .exactOptional()
      .describe('Zones that the server answers from its own data; names are written in full.'),
    forwarders: list(ipAddress)
      .exactOptional()
      .describe('Servers that every other name is asked of, in order.'),
    conditionalForwarders: list(z.strictObject({ domain: hostName, servers: list(ipAddress) }))
      .exactOptional()
      .describe('Servers for the names below one domain.'),
  })
  .meta({ id: 'dns-server' });

export const httpProxy = z
  .strictObject({
    port,
    allowedSources: list(addressMatch)
      .exactOptional()
      .describe('Who may use it; everybody when absent.'),
    allowedDestinations: list(freeText(1, 253))
      .exactOptional()
      .describe(
        'Hosts it goes to: names, .domain for a domain with all below it, or address matches; all when absent.',
      ),
    connectPorts: list(port)
      .exactOptional()
      .describe(
        'Ports that CONNECT is allowed for; 443 alone when absent (Squid’s default SSL_ports).',
      ),
  })
  .meta({ id: 'http-proxy' });

export const artifactMirror = z
  .strictObject({
    kinds: list(z.enum(['images', 'charts', 'terraform', 'packages', 'binaries'])),
    scheme: z.enum(['http', 'https']),
    port,
    artifacts: list(freeText(1, 512))
      .exactOptional()
      .describe('References it holds, as the client asks for them.'),
  })
  .meta({
    id: 'artifact-mirror',
    description: 'A server of images, charts, packages and the like inside the design.',
  });

export const ipsecTunnel = z
  .strictObject({
    id,
    name: name.exactOptional(),
    enabled: z.boolean().exactOptional().describe('True when absent.'),
    localAddress: ipAddress.describe(
      'The address that its packets come from, and that the peer knows.',
    ),
    peerAddress: ipAddress.describe("The peer's address, as the peer has it for its own."),
    localSubnets: list(cidr).describe('Packets from these…'),
    remoteSubnets: list(cidr).describe(
      '…to these are sent through the tunnel (traffic selectors).',
    ),
    natTraversal: z
      .boolean()
      .exactOptional()
      .describe('ESP in UDP 4500 (RFC 3948); ESP alone, protocol 50, when absent.'),
    overheadBytes: whole(20, 200, 'a number of bytes')
      .exactOptional()
      .describe(
        'All that the tunnel adds to a packet: outer IP header, UDP, ESP with its padding and check value. Absent: the most ' +
          'that AES-CBC with HMAC-SHA-256-128 adds, 77 over IPv4 and 97 over IPv6, 8 more with UDP.',
      ),
  })
  .meta({
    id: 'ipsec-tunnel',
    description:
      'One end of an IPsec tunnel (tunnel mode, policy-based). The other end is configured on its own, the other way round.',
  });

export const virtualIp = z
  .strictObject({
    id,
    address: ipAddress,
    interface: id,
    protocol: z.enum(['keepalived', 'vrrp', 'assigned']).exactOptional(),
    priority: whole(1, 254)
      .exactOptional()
      .describe('100 when absent. Equal priorities: the higher primary address (RFC 9568 §6.4.3).'),
  })
  .meta({
    id: 'virtual-ip',
    description:
      'An address that is shared by several nodes; the one with the highest priority that is up answers for it.',
  });
