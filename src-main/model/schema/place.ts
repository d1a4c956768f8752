import { z } from 'zod';
import {
  addressWithLength,
  cidr,
  described,
  id,
  ipAddress,
  list,
  macAddress,
  mtuBytes,
  port,
  upDown,
  vlanId,
  vni,
  whole,
} from './scalars.ts';

export const site = z
  .strictObject({
    id,
    kind: z.enum(['internet', 'cloud', 'data-centre', 'office', 'other']),
    ...described,
    parent: id.exactOptional().describe('The site that contains this one.'),
  })
  .meta({ id: 'site', description: 'A place that things stand in. Sites nest.' });

export const transportZone = z
  .strictObject({
    id,
    ...described,
    vniPool: z
      .strictObject({ from: vni, to: vni })
      .exactOptional()
      .describe('VXLAN network identifiers that logical switches of this zone are given.'),
    udpPort: port
      .exactOptional()
      .describe("UDP destination port of the zone's VXLAN; 4789 (RFC 7348) when absent."),
  })
  .meta({ id: 'transport-zone', description: 'The hypervisors that logical switches reach.' });

const subnet = z.strictObject({
  cidr,
  gateway: ipAddress
    .exactOptional()
    .describe('The address that hosts of this subnet use as default gateway.'),
  name: described.name,
});

const segmentBase = {
  ...described,
  site: id.exactOptional(),
  mtu: mtuBytes
    .exactOptional()
    .describe(
      'Largest IP packet in bytes that a frame on this segment may hold; 1500 when absent.',
    ),
  subnets: list(subnet).exactOptional(),
};

export const segment = z
  .discriminatedUnion('kind', [
    z.strictObject({ id, kind: z.literal('lan'), ...segmentBase }),
    z.strictObject({ id, kind: z.literal('vlan'), vlan: vlanId, ...segmentBase }),
    z.strictObject({ id, kind: z.literal('vxlan'), vni, transportZone: id, ...segmentBase }),
  ])
  .meta({ id: 'segment', description: 'A layer-2 domain.' });

const linkEnd = z.strictObject({ node: id, interface: id });

export const link = z
  .strictObject({
    id,
    ...described,
    a: linkEnd,
    b: linkEnd,
    mtu: mtuBytes
      .exactOptional()
      .describe("Largest IP packet in bytes; the smaller of the two interfaces' when absent."),
    state: upDown.exactOptional(),
  })
  .meta({ id: 'link', description: 'A point-to-point edge between two interfaces.' });

const stretchEnd = z.strictObject({
  segment: id,
  gateway: id.describe('The l2-gateway at this end.'),
  uplink: id.describe("The gateway's interface whose first address ends the tunnel."),
});

export const stretch = z
  .strictObject({
    id,
    ...described,
    a: stretchEnd,
    b: stretchEnd,
    protocol: z.literal('udp').exactOptional(),
    port: port.exactOptional().describe('UDP port of the tunnel; 4500 (RFC 3948) when absent.'),
    // 98: IPv4 20 + UDP 8 + ESP (AES-GCM) 34, and room for the concentrator's own shim.
    overheadBytes: whole(36, 400, 'a number of bytes')
      .exactOptional()
      .describe(
        'Bytes that the tunnel adds to the carried Ethernet frame: outer IP and UDP headers, ESP and its padding; 98 when absent.',
      ),
    outerDf: z
      .boolean()
      .exactOptional()
      .describe(
        "Whether outer packets carry DF. False when absent: the gateways' routers may fragment them.",
      ),
    proximityRouting: z
      .boolean()
      .exactOptional()
      .describe(
        "Whether gateways on the own side of the stretch answer for the subnet's gateway address.",
      ),
    state: upDown.exactOptional(),
  })
  .meta({
    id: 'stretch',
    description:
      'Two segments joined over a tunnel between two layer-2 gateways (VMware HCX Network Extension and the like).',
  });

export const networkInterface = z
  .strictObject({
    id,
    segment: id.exactOptional().describe('Absent: the interface ends a link, or is not connected.'),
    addresses: list(addressWithLength)
      .exactOptional()
      .describe('The first is the main address, the rest are secondary.'),
    mac: macAddress.exactOptional(),
    mtu: mtuBytes.exactOptional().describe("Bytes; the segment's or link's when absent."),
    state: upDown.exactOptional(),
    vlan: vlanId.exactOptional().describe('802.1Q tag that the owner itself puts on its frames.'),
  })
  .meta({ id: 'interface' });
