import type { Packet } from '../../../src-main/sim/vocabulary/index.ts';
import { esp, ethernet, icmp, ip, stack, tcp, udp, vxlan } from './stacks.ts';

export interface StackRow {
  readonly title: string;
  readonly packet: Packet;
  /** The layers as the dissection of the tests names them. */
  readonly layers: string;
  /** The layers as Wireshark's `frame.protocols` names them. */
  readonly protocols: string;
}

const v4 = () => ip('192.168.20.21', '172.28.1.2');
const v6 = () => ip('2001:db8:20::21', 'fd00:28::2');
const outer4 = () => ip('10.208.241.11', '10.208.241.13', false);
const outer6 = () => ip('2001:db8:241::11', '2001:db8:241::13');
const node4 = () => ip('192.168.20.21', '192.168.20.61');
const node6 = () => ip('2001:db8:20::21', '2001:db8:20::61');
const synOptionBytes = 20;

/** Stacks that designs bring forth, in both families. */
export const stackTable: readonly StackRow[] = [
  {
    title: 'TCP over IPv4',
    packet: stack(synOptionBytes, ethernet(), v4(), tcp()),
    layers: 'ethernet ipv4 tcp',
    protocols: 'eth:ethertype:ip:tcp',
  },
  {
    title: 'TCP over IPv6',
    packet: stack(synOptionBytes, ethernet(), v6(), tcp()),
    layers: 'ethernet ipv6 tcp',
    protocols: 'eth:ethertype:ipv6:tcp',
  },
  {
    title: 'UDP over IPv4, an odd length',
    packet: stack(33, ethernet(), v4(), udp(49_500)),
    layers: 'ethernet ipv4 udp',
    protocols: 'eth:ethertype:ip:udp:data',
  },
  {
    title: 'UDP over IPv6, an odd length',
    packet: stack(33, ethernet(), v6(), udp(49_500)),
    layers: 'ethernet ipv6 udp',
    protocols: 'eth:ethertype:ipv6:udp:data',
  },
  {
    title: 'echo request over IPv4',
    packet: stack(56, ethernet(), v4(), icmp()),
    layers: 'ethernet ipv4 icmp',
    protocols: 'eth:ethertype:ip:icmp:data',
  },
  {
    title: 'echo reply over IPv4',
    packet: stack(56, ethernet(), v4(), icmp('echo-reply')),
    layers: 'ethernet ipv4 icmp',
    protocols: 'eth:ethertype:ip:icmp:data',
  },
  {
    title: 'echo request over IPv6',
    packet: stack(56, ethernet(), v6(), icmp()),
    layers: 'ethernet ipv6 icmpv6',
    protocols: 'eth:ethertype:ipv6:icmpv6:data',
  },
  {
    title: 'echo reply over IPv6',
    packet: stack(56, ethernet(), v6(), icmp('echo-reply')),
    layers: 'ethernet ipv6 icmpv6',
    protocols: 'eth:ethertype:ipv6:icmpv6:data',
  },
  {
    title: '802.1Q tag',
    packet: stack(synOptionBytes, ethernet(1201), v4(), tcp('SYN-ACK')),
    layers: 'ethernet vlan 1201 ipv4 tcp',
    protocols: 'eth:ethertype:vlan:ethertype:ip:tcp',
  },
  {
    title: 'VXLAN over IPv4',
    packet: stack(20, ethernet(), outer4(), udp(4789), vxlan(6002), ethernet(), v4(), tcp()),
    layers: 'ethernet ipv4 udp vxlan 6002 ethernet ipv4 tcp',
    protocols: 'eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:tcp',
  },
  {
    title: 'VXLAN over IPv6',
    packet: stack(20, ethernet(), outer6(), udp(4789), vxlan(7000), ethernet(), v6(), tcp()),
    layers: 'ethernet ipv6 udp vxlan 7000 ethernet ipv6 tcp',
    protocols: 'eth:ethertype:ipv6:udp:vxlan:eth:ethertype:ipv6:tcp',
  },
  {
    title: 'a tagged frame in VXLAN on a tagged frame, the largest VNI',
    packet: stack(
      9,
      ...[ethernet(1201), outer4(), udp(4789), vxlan(16_777_215), ethernet(7), v6(), udp(49_500)],
    ),
    layers: 'ethernet vlan 1201 ipv4 udp vxlan 16777215 ethernet vlan 7 ipv6 udp',
    protocols:
      'eth:ethertype:vlan:ethertype:ip:udp:vxlan:eth:ethertype:vlan:ethertype:ipv6:udp:data',
  },
  {
    title: 'IP-in-IP',
    packet: stack(20, ethernet(), node4(), v4(), tcp()),
    layers: 'ethernet ipv4 ipv4 tcp',
    protocols: 'eth:ethertype:ip:ip:tcp',
  },
  {
    title: 'IPv6 in IPv4',
    packet: stack(20, ethernet(), node4(), v6(), tcp()),
    layers: 'ethernet ipv4 ipv6 tcp',
    protocols: 'eth:ethertype:ip:ipv6:tcp',
  },
  {
    title: 'IPv4 in IPv6',
    packet: stack(20, ethernet(), node6(), v4(), tcp()),
    layers: 'ethernet ipv6 ipv4 tcp',
    protocols: 'eth:ethertype:ipv6:ip:tcp',
  },
  {
    title: 'IPv6 in IPv6',
    packet: stack(0, ethernet(), node6(), v6(), icmp()),
    layers: 'ethernet ipv6 ipv6 icmpv6',
    protocols: 'eth:ethertype:ipv6:ipv6:icmpv6',
  },
  {
    title: 'IP-in-IP in VXLAN',
    packet: stack(
      20,
      ...[ethernet(), outer4(), udp(4789), vxlan(6002), ethernet(), node4(), v4(), tcp()],
    ),
    layers: 'ethernet ipv4 udp vxlan 6002 ethernet ipv4 ipv4 tcp',
    protocols: 'eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:ip:tcp',
  },
  {
    title: 'VXLAN in VXLAN, IPv6 outside',
    packet: stack(
      20,
      ...[ethernet(), outer6(), udp(4789), vxlan(6002), ethernet()],
      ...[node4(), udp(4789), vxlan(4096), ethernet(), v4(), tcp()],
    ),
    layers: 'ethernet ipv6 udp vxlan 6002 ethernet ipv4 udp vxlan 4096 ethernet ipv4 tcp',
    protocols: 'eth:ethertype:ipv6:udp:vxlan:eth:ethertype:ip:udp:vxlan:eth:ethertype:ip:tcp',
  },
  {
    title: 'ESP in UDP over IPv4',
    packet: stack(20, ethernet(), outer4(), udp(4500, 4500), esp(70), ethernet(), v4(), tcp()),
    layers: 'ethernet ipv4 udp esp ethernet ipv4 tcp',
    protocols: 'eth:ethertype:ip:udp:udpencap:esp',
  },
  {
    title: 'ESP in UDP over IPv6, in VXLAN',
    packet: stack(
      20,
      ...[ethernet(), outer4(), udp(4789), vxlan(6003), ethernet()],
      ...[outer6(), udp(4500, 4500), esp(70), ethernet(50), v4(), tcp()],
    ),
    layers: 'ethernet ipv4 udp vxlan 6003 ethernet ipv6 udp esp ethernet vlan 50 ipv4 tcp',
    protocols: 'eth:ethertype:ip:udp:vxlan:eth:ethertype:ipv6:udp:udpencap:esp',
  },
  {
    title: 'ESP right in IP',
    packet: stack(8, ethernet(), outer4(), esp(34), ethernet(), v4(), udp(49_500)),
    layers: 'ethernet ipv4 esp ethernet ipv4 udp',
    protocols: 'eth:ethertype:ip:esp',
  },
  {
    title: 'a jumbo frame',
    packet: stack(8_912, ethernet(), v4(), tcp('ACK')),
    layers: 'ethernet ipv4 tcp',
    protocols: 'eth:ethertype:ip:tcp:data',
  },
  {
    title: 'the largest IP packet',
    packet: stack(65_507, ethernet(), v4(), udp(49_500)),
    layers: 'ethernet ipv4 udp',
    protocols: 'eth:ethertype:ip:udp:data',
  },
];
