import { network, type NetworkBuilder } from '../../builders/network.ts';
import type { HostOptions } from '../../builders/options.ts';
import { handWritten, type HandWritten } from './scene.ts';

/** a – there – b and b – back – a: two routers side by side, one for each direction. */
const twoWays = (there: HostOptions, back: HostOptions): NetworkBuilder =>
  network()
    .segment('left', ['10.0.1.0/24', 'fd00:1::/64'])
    .segment('right', ['10.0.2.0/24', 'fd00:2::/64'])
    .host('a', '10.0.1.9/24,fd00:1::9/64', { gateway: ['10.0.1.1', 'fd00:1::1'] })
    .router('there', ['10.0.1.1/24,fd00:1::1/64', '10.0.2.1/24,fd00:2::1/64'], there)
    .router('back', ['10.0.1.2/24,fd00:1::2/64', '10.0.2.2/24,fd00:2::2/64'], back)
    .host('b', '10.0.2.9/24,fd00:2::9/64', {
      gateway: ['10.0.2.2', 'fd00:2::2'],
      listens: ['tcp 80', 'udp 53'],
    })
    .flow('tcp', 'a', '10.0.2.9', { port: 80 })
    .flow('udp', 'a', '10.0.2.9', { port: 53, protocol: 'udp' })
    .flow('ping', 'a', '10.0.2.9', { protocol: 'icmp' })
    .flow('tcp-6', 'a', 'fd00:2::9', { port: 80 })
    .flow('udp-6', 'a', 'fd00:2::9', { port: 53, protocol: 'udp' });

const forRequests = { rules: ['requests: accept tcp 80 udp 53 icmp from 10.0.1.0/24,fd00:1::/64'] };

/** Requests pass by their rule, and answers by none. */
const allowedOnce: HandWritten['stories'] = {
  tcp: [
    'b takes the request: 10.0.1.9>10.0.2.9 ttl 63 tcp 20000>80',
    'a takes the answer: 10.0.2.9>10.0.1.9 ttl 63 tcp 80>20000',
    'there, request: filter 1',
    'largest: 1500, 1500',
  ],
  udp: [
    'b takes the request: 10.0.1.9>10.0.2.9 ttl 63 udp 20001>53',
    'a takes the answer: 10.0.2.9>10.0.1.9 ttl 63 udp 53>20001',
    'there, request: filter 1',
    'largest: 1500, 1500',
  ],
  ping: [
    'b takes the request: 10.0.1.9>10.0.2.9 ttl 63 icmp 20002',
    'a takes the answer: 10.0.2.9>10.0.1.9 ttl 63 icmp 20002',
    'there, request: filter 1',
    'largest: 1500, 1500',
  ],
  'tcp-6': [
    'b takes the request: fd00:1::9>fd00:2::9 ttl 63 tcp 20003>80',
    'a takes the answer: fd00:2::9>fd00:1::9 ttl 63 tcp 80>20003',
    'there, request: filter 1',
    'largest: 1500, 1500',
  ],
  'udp-6': [
    'b takes the request: fd00:1::9>fd00:2::9 ttl 63 udp 20004>53',
    'a takes the answer: fd00:2::9>fd00:1::9 ttl 63 udp 53>20004',
    'there, request: filter 1',
    'largest: 1500, 1500',
  ],
};

export const filterScenes: readonly HandWritten[] = [
  handWritten(
    'asymmetric return: a filter that has seen no request drops the answers',
    twoWays({}, { firewall: forRequests }),
    {
      tcp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 63 tcp 20000>80',
        'back, answer: filter 0',
        'no answer',
        'largest: 1500, none',
      ],
      udp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 63 udp 20001>53',
        'back, answer: filter 0',
        'no answer',
        'largest: 1500, none',
      ],
      ping: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 63 icmp 20002',
        'back, answer: filter 0',
        'largest: 1500, none',
      ],
      'tcp-6': [
        'b takes the request: fd00:1::9>fd00:2::9 ttl 63 tcp 20003>80',
        'back, answer: filter 0',
        'no answer',
        'largest: 1500, none',
      ],
      'udp-6': [
        'b takes the request: fd00:1::9>fd00:2::9 ttl 63 udp 20004>53',
        'back, answer: filter 0',
        'no answer',
        'largest: 1500, none',
      ],
    },
    {
      warnings: {
        tcp: ['asymmetric'],
        udp: ['asymmetric'],
        ping: ['asymmetric'],
        'tcp-6': ['asymmetric'],
        'udp-6': ['asymmetric'],
      },
    },
  ),
  handWritten(
    'asymmetric return: answers that a rule names pass a filter that has seen no request',
    twoWays({}, { firewall: { rules: ['answers: accept from 10.0.2.9,fd00:2::9'] } }),
    {
      tcp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 63 tcp 20000>80',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 63 tcp 80>20000',
        'back, answer: filter 1',
        'largest: 1500, 1500',
      ],
      udp: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 63 udp 20001>53',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 63 udp 53>20001',
        'back, answer: filter 1',
        'largest: 1500, 1500',
      ],
      ping: [
        'b takes the request: 10.0.1.9>10.0.2.9 ttl 63 icmp 20002',
        'a takes the answer: 10.0.2.9>10.0.1.9 ttl 63 icmp 20002',
        'back, answer: filter 1',
        'largest: 1500, 1500',
      ],
      'tcp-6': [
        'b takes the request: fd00:1::9>fd00:2::9 ttl 63 tcp 20003>80',
        'a takes the answer: fd00:2::9>fd00:1::9 ttl 63 tcp 80>20003',
        'back, answer: filter 1',
        'largest: 1500, 1500',
      ],
      'udp-6': [
        'b takes the request: fd00:1::9>fd00:2::9 ttl 63 udp 20004>53',
        'a takes the answer: fd00:2::9>fd00:1::9 ttl 63 udp 53>20004',
        'back, answer: filter 1',
        'largest: 1500, 1500',
      ],
    },
    {
      warnings: {
        tcp: ['asymmetric'],
        udp: ['asymmetric'],
        ping: ['asymmetric'],
        'tcp-6': ['asymmetric'],
        'udp-6': ['asymmetric'],
      },
    },
  ),
  handWritten(
    'asymmetric return past the filter: requests pass by their rule, answers by the other router',
    twoWays({ firewall: forRequests }, {}),
    {
      ...allowedOnce,
    },
  ),
  handWritten(
    'symmetric return: the same filter lets answers pass without a rule',
    twoWays({ firewall: forRequests }, {}).change('node', 'b', (node) => ({
      ...node,
      routes: [
        { destination: '0.0.0.0/0', via: '10.0.2.1' },
        { destination: '::/0', via: 'fd00:2::1' },
      ],
    })),
    {
      ...allowedOnce,
    },
  ),
];
