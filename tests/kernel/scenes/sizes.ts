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

/**
 * Requests go a – out – narrow – (wan, 1400 bytes) – far – b. Answers and messages come back to `a` by `fw`, which has seen
 * none of the requests, lets answers of `b` pass, and nothing else.
 */
const filteredMessages = network()
  .segment('left', ['10.0.1.0/24', 'fd00:1::/64'])
  .segment('core', ['10.0.3.0/24', 'fd00:3::/64'])
  .segment('wan', ['10.0.9.0/24', 'fd00:9::/64'], { mtu: 1400 })
  .segment('right', ['10.0.2.0/24', 'fd00:2::/64'])
  .host('a', '10.0.1.9/24,fd00:1::9/64', { gateway: ['10.0.1.1', 'fd00:1::1'] })
  .router('out', ['10.0.1.1/24,fd00:1::1/64', '10.0.3.1/24,fd00:3::1/64'], {
    gateway: ['10.0.3.3', 'fd00:3::3'],
  })
  .router('fw', ['10.0.1.2/24,fd00:1::2/64', '10.0.3.2/24,fd00:3::2/64'], {
    firewall: ['answers: accept from 10.0.2.9,fd00:2::9'],
  })
  .router('narrow', ['10.0.3.3/24,fd00:3::3/64', '10.0.9.1/24,fd00:9::1/64'], {
    gateway: ['10.0.3.2', 'fd00:3::2'],
    routes: ['10.0.2.0/24 via 10.0.9.2', 'fd00:2::/64 via fd00:9::2'],
  })
  .router('far', ['10.0.9.2/24,fd00:9::2/64', '10.0.2.1/24,fd00:2::1/64'], {
    gateway: ['10.0.9.1', 'fd00:9::1'],
  })
  .host('b', '10.0.2.9/24,fd00:2::9/64', {
    gateway: ['10.0.2.1', 'fd00:2::1'],
    listens: ['tcp 80', 'udp 53'],
  })
  .flow('tcp', 'a', '10.0.2.9', { port: 80 })
  .flow('tcp-6', 'a', 'fd00:2::9', { port: 80 })
  .flow('udp', 'a', '10.0.2.9', { port: 53, protocol: 'udp' })
  .flow('full', 'a', '10.0.2.9', { port: 53, protocol: 'udp', packetBytes: 1500 })
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
  handWritten(
    'MTU black hole: a filter that has not seen the connection drops what a router tells',
    filteredMessages,
    {
      tcp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 61 tcp 20000>80',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 61 tcp 80>20000',
        'fw, answer: filter 1',
        'largest: 1400, 1400',
        'a transfer hangs',
      ],
      'tcp-6': [
        'b takes the request: fd00:1::9>fd00:2::9 ttl 61 tcp 20001>80',
        'a takes the answer: fd00:2::9>fd00:1::9 ttl 61 tcp 80>20001',
        'fw, answer: filter 1',
        'largest: 1400, 1400',
        'a transfer hangs',
      ],
      udp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 61 udp 20002>53',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 61 udp 53>20002',
        'fw, answer: filter 1',
        'largest: 1400, 1400',
      ],
      full: ['fw, error: filter 0', 'narrow says 3/4, MTU 1400 about the request', 'no answer'],
      'full-6': ['fw, error: filter 0', 'narrow says 2/0, MTU 1400 about the request', 'no answer'],
    },
    {
      warnings: {
        tcp: ['mtu-black-hole', 'asymmetric', 'mtu-reduced'],
        'tcp-6': ['mtu-black-hole', 'asymmetric', 'mtu-reduced'],
        udp: ['mtu-black-hole', 'asymmetric', 'mtu-reduced'],
      },
    },
  ),
];
