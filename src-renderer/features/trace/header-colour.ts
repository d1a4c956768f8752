import type { PacketHeader } from '../../../src-main/contract/index.ts';

/** The token of each header's colour. */
export const colourOf: Readonly<Record<PacketHeader['type'], string>> = {
  ethernet: '--header-ethernet',
  ipv4: '--header-ip',
  ipv6: '--header-ip',
  tcp: '--header-tcp',
  udp: '--header-udp',
  icmp: '--header-icmp',
  vxlan: '--header-vxlan',
  esp: '--header-esp',
};
