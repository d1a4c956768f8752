import { network, type NetworkBuilder } from '../../builders/network.ts';
import { handWritten, type HandWritten } from './scene.ts';

interface Underlay {
  readonly family: 4 | 6;
  /** Of the links between the hypervisors. Bytes. */
  readonly mtu?: number;
  /** Whether the second hypervisor knows the way to the first. */
  readonly wayBack?: boolean;
}

/** Two hypervisors in subnets of their own, a router between them; two machines on one logical switch. */
function overRoutedUnderlay({ family, mtu = 1600, wayBack = true }: Underlay): NetworkBuilder {
  const at = (subnet: number, host: number) =>
    family === 4 ? `10.9.${subnet}.${host}` : `fd09:${subnet}::${host}`;
  const length = family === 4 ? 24 : 64;
  const subnet = (index: number) => (family === 4 ? `10.9.${index}.0/24` : `fd09:${index}::/64`);
  const rack = (index: number) => [`${at(index, 11)}/${length}`] as const;
  return network()
    .transportZone('tz')
    .segment('rack-1', subnet(1), { mtu })
    .segment('rack-2', subnet(2), { mtu })
    .router('spine', [`${at(1, 1)}/${length}`, `${at(2, 1)}/${length}`])
    .hypervisor('esx-1', [], { vteps: rack(1), gateway: at(1, 1) })
    .hypervisor('esx-2', [], { vteps: rack(2), ...(wayBack ? { gateway: at(2, 1) } : {}) })
    .vxlan('web', 5001, ['10.1.1.0/24', 'fd01:1::/64'])
    .host('a', '10.1.1.1/24,fd01:1::1/64', { runsOn: 'esx-1' })
    .host('b', '10.1.1.2/24,fd01:1::2/64', { runsOn: 'esx-2', listens: ['tcp 80', 'udp 53'] })
    .host('c', '10.1.1.3/24,fd01:1::3/64', { runsOn: 'esx-1', listens: ['tcp 80'] })
    .flow('tcp', 'a', '10.1.1.2', { port: 80 })
    .flow('udp', 'a', '10.1.1.2', { port: 53, protocol: 'udp' })
    .flow('tcp-6', 'a', 'fd01:1::2', { port: 80 })
    .flow('ping-6', 'a', 'fd01:1::2', { protocol: 'icmp' })
    .flow('beside', 'a', '10.1.1.3', { port: 80 });
}

/** A distributed router between two logical switches: the header carries the network that the packet is routed to. */
const routedAtTheSender = overRoutedUnderlay({ family: 4 })
  .vxlan('data', 5002, ['10.1.2.0/24', 'fd01:2::/64'])
  .dlr('dlr', ['10.1.1.254/24,fd01:1::fe/64', '10.1.2.254/24,fd01:2::fe/64'])
  .host('db', '10.1.2.2/24,fd01:2::2/64', {
    runsOn: 'esx-2',
    gateway: ['10.1.2.254', 'fd01:2::fe'],
    listens: ['tcp 80'],
  })
  .change('node', 'a', (node) => ({
    ...node,
    routes: [
      { destination: '0.0.0.0/0', via: '10.1.1.254' },
      { destination: '::/0', via: 'fd01:1::fe' },
    ],
  }))
  .flow('routed', 'a', '10.1.2.2', { port: 80 })
  .flow('routed-6', 'a', 'fd01:2::2', { port: 80 });

const underlay4 = ['10.9.1.11', '10.9.2.11'] as const;
const underlay6 = ['fd09:1::11', 'fd09:2::11'] as const;

/** The outer packets, there in the VNI that is given and back in that of the first logical switch. */
const tunnelled = (
  [first, second]: readonly [string, string],
  bytes: number,
  vni = 5001,
): readonly string[] => [
  `spine takes the request in vxlan ${vni}, ip ${first}>${second} ttl 64 df ${bytes} bytes`,
  `esx-2 takes the request in vxlan ${vni}, ip ${first}>${second} ttl 63 df ${bytes} bytes`,
  `spine takes the answer in vxlan 5001, ip ${second}>${first} ttl 64 df ${bytes} bytes`,
  `esx-1 takes the answer in vxlan 5001, ip ${second}>${first} ttl 63 df ${bytes} bytes`,
];

export const overlayScenes: readonly HandWritten[] = [
  handWritten('VXLAN over a routed IPv4 underlay', overRoutedUnderlay({ family: 4 }), {
    tcp: [
      'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 tcp 20000>80',
      'a takes the answer: 10.1.1.2>10.1.1.1 ttl 64 tcp 80>20000',
      ...tunnelled(underlay4, 110),
      'largest: 1500, 1500',
    ],
    udp: [
      'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 udp 20001>53',
      'a takes the answer: 10.1.1.2>10.1.1.1 ttl 64 udp 53>20001',
      ...tunnelled(underlay4, 110),
      'largest: 1500, 1500',
    ],
    'tcp-6': [
      'b takes the request: fd01:1::1>fd01:1::2 ttl 64 tcp 20002>80',
      'a takes the answer: fd01:1::2>fd01:1::1 ttl 64 tcp 80>20002',
      ...tunnelled(underlay4, 130),
      'largest: 1500, 1500',
    ],
    'ping-6': [
      'b takes the request: fd01:1::1>fd01:1::2 ttl 64 icmp 20003',
      'a takes the answer: fd01:1::2>fd01:1::1 ttl 64 icmp 20003',
      ...tunnelled(underlay4, 154),
      'largest: 1500, 1500',
    ],
    beside: [
      'c takes the request: 10.1.1.1>10.1.1.3 ttl 64 tcp 20004>80',
      'a takes the answer: 10.1.1.3>10.1.1.1 ttl 64 tcp 80>20004',
      'largest: 1500, 1500',
    ],
  }),
  handWritten('VXLAN over a routed IPv6 underlay', overRoutedUnderlay({ family: 6 }), {
    tcp: [
      'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 tcp 20000>80',
      'a takes the answer: 10.1.1.2>10.1.1.1 ttl 64 tcp 80>20000',
      ...tunnelled(underlay6, 130),
      'largest: 1500, 1500',
    ],
    udp: [
      'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 udp 20001>53',
      'a takes the answer: 10.1.1.2>10.1.1.1 ttl 64 udp 53>20001',
      ...tunnelled(underlay6, 130),
      'largest: 1500, 1500',
    ],
    'tcp-6': [
      'b takes the request: fd01:1::1>fd01:1::2 ttl 64 tcp 20002>80',
      'a takes the answer: fd01:1::2>fd01:1::1 ttl 64 tcp 80>20002',
      ...tunnelled(underlay6, 150),
      'largest: 1500, 1500',
    ],
    'ping-6': [
      'b takes the request: fd01:1::1>fd01:1::2 ttl 64 icmp 20003',
      'a takes the answer: fd01:1::2>fd01:1::1 ttl 64 icmp 20003',
      ...tunnelled(underlay6, 174),
      'largest: 1500, 1500',
    ],
    beside: [
      'c takes the request: 10.1.1.1>10.1.1.3 ttl 64 tcp 20004>80',
      'a takes the answer: 10.1.1.3>10.1.1.1 ttl 64 tcp 80>20004',
      'largest: 1500, 1500',
    ],
  }),
  handWritten(
    'VXLAN over an underlay of 1500 bytes: full frames do not fit',
    overRoutedUnderlay({ family: 4, mtu: 1500 }),
    {
      tcp: [
        'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 tcp 20000>80',
        'a takes the answer: 10.1.1.2>10.1.1.1 ttl 64 tcp 80>20000',
        ...tunnelled(underlay4, 110),
        'largest: 1450, 1450',
      ],
      udp: [
        'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 udp 20001>53',
        'a takes the answer: 10.1.1.2>10.1.1.1 ttl 64 udp 53>20001',
        ...tunnelled(underlay4, 110),
        'largest: 1450, 1450',
      ],
      'tcp-6': [
        'b takes the request: fd01:1::1>fd01:1::2 ttl 64 tcp 20002>80',
        'a takes the answer: fd01:1::2>fd01:1::1 ttl 64 tcp 80>20002',
        ...tunnelled(underlay4, 130),
        'largest: 1450, 1450',
      ],
      'ping-6': [
        'b takes the request: fd01:1::1>fd01:1::2 ttl 64 icmp 20003',
        'a takes the answer: fd01:1::2>fd01:1::1 ttl 64 icmp 20003',
        ...tunnelled(underlay4, 154),
        'largest: 1450, 1450',
      ],
      beside: [
        'c takes the request: 10.1.1.1>10.1.1.3 ttl 64 tcp 20004>80',
        'a takes the answer: 10.1.1.3>10.1.1.1 ttl 64 tcp 80>20004',
        'largest: 1500, 1500',
      ],
    },
    {
      warnings: {
        tcp: ['mtu-black-hole'],
        udp: ['mtu-black-hole'],
        'tcp-6': ['mtu-black-hole'],
        'ping-6': ['mtu-black-hole'],
      },
    },
  ),
  handWritten(
    'VXLAN over an underlay without a way back: answers end at the hypervisor',
    overRoutedUnderlay({ family: 4, wayBack: false }),
    {
      tcp: [
        'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 tcp 20000>80',
        'spine takes the request in vxlan 5001, ip 10.9.1.11>10.9.2.11 ttl 64 df 110 bytes',
        'esx-2 takes the request in vxlan 5001, ip 10.9.1.11>10.9.2.11 ttl 63 df 110 bytes',
        'no answer',
        'largest: 1500, none',
      ],
      udp: [
        'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 udp 20001>53',
        'spine takes the request in vxlan 5001, ip 10.9.1.11>10.9.2.11 ttl 64 df 110 bytes',
        'esx-2 takes the request in vxlan 5001, ip 10.9.1.11>10.9.2.11 ttl 63 df 110 bytes',
        'no answer',
        'largest: 1500, none',
      ],
      'tcp-6': [
        'b takes the request: fd01:1::1>fd01:1::2 ttl 64 tcp 20002>80',
        'spine takes the request in vxlan 5001, ip 10.9.1.11>10.9.2.11 ttl 64 df 130 bytes',
        'esx-2 takes the request in vxlan 5001, ip 10.9.1.11>10.9.2.11 ttl 63 df 130 bytes',
        'no answer',
        'largest: 1500, none',
      ],
      'ping-6': [
        'b takes the request: fd01:1::1>fd01:1::2 ttl 64 icmp 20003',
        'spine takes the request in vxlan 5001, ip 10.9.1.11>10.9.2.11 ttl 64 df 154 bytes',
        'esx-2 takes the request in vxlan 5001, ip 10.9.1.11>10.9.2.11 ttl 63 df 154 bytes',
        'largest: 1500, none',
      ],
      beside: [
        'c takes the request: 10.1.1.1>10.1.1.3 ttl 64 tcp 20004>80',
        'a takes the answer: 10.1.1.3>10.1.1.1 ttl 64 tcp 80>20004',
        'largest: 1500, 1500',
      ],
    },
  ),
  handWritten('VXLAN and a distributed router over a routed underlay', routedAtTheSender, {
    tcp: [
      'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 tcp 20000>80',
      'a takes the answer: 10.1.1.2>10.1.1.1 ttl 64 tcp 80>20000',
      ...tunnelled(underlay4, 110),
      'largest: 1500, 1500',
    ],
    udp: [
      'b takes the request: 10.1.1.1>10.1.1.2 ttl 64 udp 20001>53',
      'a takes the answer: 10.1.1.2>10.1.1.1 ttl 64 udp 53>20001',
      ...tunnelled(underlay4, 110),
      'largest: 1500, 1500',
    ],
    'tcp-6': [
      'b takes the request: fd01:1::1>fd01:1::2 ttl 64 tcp 20002>80',
      'a takes the answer: fd01:1::2>fd01:1::1 ttl 64 tcp 80>20002',
      ...tunnelled(underlay4, 130),
      'largest: 1500, 1500',
    ],
    'ping-6': [
      'b takes the request: fd01:1::1>fd01:1::2 ttl 64 icmp 20003',
      'a takes the answer: fd01:1::2>fd01:1::1 ttl 64 icmp 20003',
      ...tunnelled(underlay4, 154),
      'largest: 1500, 1500',
    ],
    beside: [
      'c takes the request: 10.1.1.1>10.1.1.3 ttl 64 tcp 20004>80',
      'a takes the answer: 10.1.1.3>10.1.1.1 ttl 64 tcp 80>20004',
      'largest: 1500, 1500',
    ],
    routed: [
      'db takes the request: 10.1.1.1>10.1.2.2 ttl 63 tcp 20005>80',
      'a takes the answer: 10.1.2.2>10.1.1.1 ttl 63 tcp 80>20005',
      ...tunnelled(underlay4, 110, 5002),
      'largest: 1500, 1500',
    ],
    'routed-6': [
      'db takes the request: fd01:1::1>fd01:2::2 ttl 63 tcp 20006>80',
      'a takes the answer: fd01:2::2>fd01:1::1 ttl 63 tcp 80>20006',
      ...tunnelled(underlay4, 130, 5002),
      'largest: 1500, 1500',
    ],
  }),
];
