import { z } from 'zod';
import { limits } from '../limits.ts';
import { addressWithLength, cidr, described, id, ipAddress, macAddress, mtuBytes, upDown } from './scalars.ts';

export const site = z.strictObject({
  id,
  ...described,
  kind: z.enum(['internet', 'cloud', 'data-centre', 'office', 'other']),
  /** The site that contains this one. */
  parent: id.exactOptional(),
});

export const transportZone = z.strictObject({
  id,
  ...described,
  /** VXLAN network identifiers that logical switches of this zone are given. */
  vniPool: z
    .strictObject({ from: z.int().min(1).max(16777215), to: z.int().min(1).max(16777215) })
    .exactOptional(),
  /** UDP destination port of the zone's VXLAN; 4789 (RFC 7348) when absent. */
  udpPort: z.int().min(1).max(65535).exactOptional(),
});

const subnet = z.strictObject({
  cidr,
  /** The address that hosts of this subnet use as default gateway. */
  gateway: ipAddress.exactOptional(),
  name: described.name,
});

const segmentBase = {
  id,
  ...described,
  site: id.exactOptional(),
  /** Largest IP packet in bytes that a frame on this segment may hold; 1500 when absent. */
  mtu: mtuBytes.exactOptional(),
  subnets: z.array(subnet).max(limits.listLength).exactOptional(),
};

export const segment = z.discriminatedUnion('kind', [
  z.strictObject({ ...segmentBase, kind: z.literal('lan') }),
  z.strictObject({ ...segmentBase, kind: z.literal('vlan'), vlan: z.int().min(1).max(4094) }),
  z.strictObject({
    ...segmentBase,
    kind: z.literal('vxlan'),
    vni: z.int().min(1).max(16777215),
    transportZone: id,
  }),
]);

export const link = z.strictObject({
  id,
  ...described,
  a: z.strictObject({ node: id, interface: id }),
  b: z.strictObject({ node: id, interface: id }),
  /** Largest IP packet in bytes; the smaller of the two interfaces' when absent. */
  mtu: mtuBytes.exactOptional(),
  state: upDown.exactOptional(),
});

const stretchEnd = z.strictObject({
  segment: id,
  /** The l2-gateway at this end. */
  gateway: id,
  /** The gateway's interface whose first address ends the tunnel. */
  uplink: id,
});

/** Two segments joined over a tunnel between two layer-2 gateways (VMware HCX Network Extension and the like). */
export const stretch = z.strictObject({
  id,
  ...described,
  a: stretchEnd,
  b: stretchEnd,
  protocol: z.literal('udp').exactOptional(),
  /** UDP port of the tunnel; 4500 (RFC 3948) when absent. */
  port: z.int().min(1).max(65535).exactOptional(),
  /**
   * Bytes that the tunnel adds to the carried Ethernet frame: outer IP and UDP headers, ESP and its padding.
   * 98 when absent: IPv4 20 + UDP 8 + ESP (AES-GCM) 34, and room for the concentrator's own shim.
   */
  overheadBytes: z.int().min(36).max(400).exactOptional(),
  /** Whether outer packets carry DF. False (the default): the gateways' routers may fragment them. */
  outerDf: z.boolean().exactOptional(),
  /** Gateways on the own side of the stretch answer for the subnet's gateway address. */
  proximityRouting: z.boolean().exactOptional(),
  state: upDown.exactOptional(),
});

export const networkInterface = z.strictObject({
  id,
  /** Absent: the interface ends a link, or is not connected. */
  segment: id.exactOptional(),
  addresses: z.array(addressWithLength).max(limits.listLength).exactOptional(),
  mac: macAddress.exactOptional(),
  /** Bytes; the segment's or link's when absent. */
  mtu: mtuBytes.exactOptional(),
  state: upDown.exactOptional(),
  /** 802.1Q tag that the owner itself puts on its frames. */
  vlan: z.int().min(1).max(4094).exactOptional(),
});
