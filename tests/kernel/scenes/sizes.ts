import type { NetworkInterface } from '../../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../../builders/network.ts';
import { handWritten, type HandWritten } from './scene.ts';

const wan = (host: number, mtu: number): NetworkInterface => ({
  id: 'wan',
  addresses: [`10.0.9.${host}/24`, `fd00:9::${host}/64`],
  mtu,
});

/** a – r1 – (wan, 1400 bytes) – r2 – b; the routers' interfaces take `mtu` bytes. */
const overNarrowWan = (mtu: number): NetworkBuilder =>
  network()
    .segment('left', ['10.0.1.0/24', 'fd00:1::/64'])
    .segment('wan', ['10.0.9.0/24', 'fd00:9::/64'], { mtu: 1400 })
    .segment('right', ['10.0.2.0/24', 'fd00:2::/64'])
    .host('a', '10.0.1.9/24,fd00:1::9/64', { gateway: ['10.0.1.1', 'fd00:1::1'] })
    .router('r1', ['10.0.1.1/24,fd00:1::1/64', wan(1, mtu)], { gateway: ['10.0.9.2', 'fd00:9::2'] })
    .router('r2', [wan(2, mtu), '10.0.2.1/24,fd00:2::1/64'], { gateway: ['10.0.9.1', 'fd00:9::1'] })
    .host('b', '10.0.2.9/24,fd00:2::9/64', {
      gateway: ['10.0.2.1', 'fd00:2::1'],
      listens: ['tcp 80', 'udp 53'],
    })
    .flow('tcp', 'a', '10.0.2.9', { port: 80 })
    .flow('udp', 'a', '10.0.2.9', { port: 53, protocol: 'udp' })
    .flow('full', 'a', '10.0.2.9', { port: 53, protocol: 'udp', packetBytes: 1500 })
    .flow('cut', 'a', '10.0.2.9', { port: 53, protocol: 'udp', packetBytes: 1500, df: false })
    .flow('tcp-6', 'a', 'fd00:2::9', { port: 80 })
    .flow('full-6', 'a', 'fd00:2::9', { port: 53, protocol: 'udp', packetBytes: 1500 });

export const sizeScenes: readonly HandWritten[] = [
  handWritten(
    'MTU black hole: a wire takes less than the interfaces before it, and nobody tells',
    overNarrowWan(1500),
    {
      tcp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 62 tcp 20000>80',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 62 tcp 80>20000',
        'largest: 1400, 1400',
        'a transfer hangs',
      ],
      udp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 62 udp 20001>53',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 62 udp 53>20001',
        'largest: 1400, 1400',
      ],
      full: ['no answer'],
      cut: ['no answer'],
      'tcp-6': [
        'b takes the request: fd00:1::9>fd00:2::9 ttl 62 tcp 20004>80',
        'a takes the answer: fd00:2::9>fd00:1::9 ttl 62 tcp 80>20004',
        'largest: 1400, 1400',
        'a transfer hangs',
      ],
      'full-6': ['no answer'],
    },
    { warnings: { tcp: ['mtu-black-hole'], udp: ['mtu-black-hole'], 'tcp-6': ['mtu-black-hole'] } },
  ),
  handWritten(
    'path MTU discovery: routers tell what the next link takes',
    overNarrowWan(1400),
    {
      tcp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 62 tcp 20000>80',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 62 tcp 80>20000',
        'largest: 1400, 1400',
      ],
      udp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 62 udp 20001>53',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 62 udp 53>20001',
        'largest: 1400, 1400',
      ],
      full: [
        'r1 says 3/4, MTU 1400 about the request',
        'the program is told EMSGSIZE',
        'no answer',
      ],
      cut: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 62 udp 20003>53',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 62 udp 53>20003',
        'largest: 1400, 1400',
      ],
      'tcp-6': [
        'b takes the request: fd00:1::9>fd00:2::9 ttl 62 tcp 20004>80',
        'a takes the answer: fd00:2::9>fd00:1::9 ttl 62 tcp 80>20004',
        'largest: 1400, 1400',
      ],
      'full-6': [
        'r1 says 2/0, MTU 1400 about the request',
        'the program is told EMSGSIZE',
        'no answer',
      ],
    },
    {
      warnings: {
        tcp: ['mtu-reduced'],
        udp: ['mtu-reduced'],
        cut: ['fragmentation'],
        'tcp-6': ['mtu-reduced'],
      },
    },
  ),
];
