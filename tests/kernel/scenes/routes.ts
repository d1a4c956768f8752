import { expect } from 'vitest';
import { network, type NetworkBuilder } from '../../builders/network.ts';
import { firstKey } from '../decode.ts';
import type { Judged } from '../scene.ts';
import { handWritten, type HandWritten } from './scene.ts';

/** Names of the flows, those of IPv6 with a six. */
const equalFlows = Array.from({ length: 12 }, (_, at) => [`tcp-${at}`, `tcp6-${at}`]).flat();
const isSix = (id: string): boolean => id.startsWith('tcp6');

/** What becomes of each, whichever way it takes. */
const throughEither = (id: string, key: number): string[] => {
  const [a, b] = isSix(id) ? ['fd00:1::9', 'fd00:2::9'] : ['10.0.1.9', '10.0.2.9'];
  return [
    `b takes the request: ${a}>${b} ttl 61 tcp ${key}>80`,
    `a takes the answer: ${b}>${a} ttl 61 tcp 80>${key}`,
    'largest: 1500, 1500',
  ];
};

/** a – r – (up or down) – s – b: two ways of one length, there and back. */
const twoEqualWays = (): NetworkBuilder => {
  const both = (subnet: number, host: number) => [
    { destination: `10.0.${subnet}.0/24`, via: `10.0.${host}.2` },
    { destination: `fd00:${subnet}::/64`, via: `fd00:${host}::2` },
  ];
  const net = network()
    .segment('left', ['10.0.1.0/24', 'fd00:1::/64'])
    .segment('right', ['10.0.2.0/24', 'fd00:2::/64'])
    .segment('up-left', ['10.0.3.0/24', 'fd00:3::/64'])
    .segment('down-left', ['10.0.4.0/24', 'fd00:4::/64'])
    .segment('up-right', ['10.0.5.0/24', 'fd00:5::/64'])
    .segment('down-right', ['10.0.6.0/24', 'fd00:6::/64'])
    .host('a', '10.0.1.9/24,fd00:1::9/64', { gateway: ['10.0.1.1', 'fd00:1::1'] })
    .host('b', '10.0.2.9/24,fd00:2::9/64', {
      gateway: ['10.0.2.1', 'fd00:2::1'],
      listens: ['tcp 80', 'udp 53'],
    })
    .router(
      'r',
      ['10.0.1.1/24,fd00:1::1/64', '10.0.3.1/24,fd00:3::1/64', '10.0.4.1/24,fd00:4::1/64'],
      { routes: [...both(2, 3), ...both(2, 4)] },
    )
    .router(
      's',
      ['10.0.2.1/24,fd00:2::1/64', '10.0.5.1/24,fd00:5::1/64', '10.0.6.1/24,fd00:6::1/64'],
      { routes: [...both(1, 5), ...both(1, 6)] },
    )
    .router('up', ['10.0.3.2/24,fd00:3::2/64', '10.0.5.2/24,fd00:5::2/64'], {
      gateway: ['10.0.5.1', 'fd00:5::1'],
      routes: ['10.0.1.0/24 via 10.0.3.1', 'fd00:1::/64 via fd00:3::1'],
    })
    .router('down', ['10.0.4.2/24,fd00:4::2/64', '10.0.6.2/24,fd00:6::2/64'], {
      gateway: ['10.0.6.1', 'fd00:6::1'],
      routes: ['10.0.1.0/24 via 10.0.4.1', 'fd00:1::/64 via fd00:4::1'],
    });
  for (const id of equalFlows)
    net.flow(id, 'a', isSix(id) ? 'fd00:2::9' : '10.0.2.9', { port: 80 });
  return net;
};

/** By which of the two routers each flow's packets of a role came. */
const waysTaken = (flows: readonly Judged[], role: 'request' | 'answer', family: 4 | 6) =>
  new Set(
    flows
      .filter(({ flow }) => isSix(flow.id) === (family === 6))
      .flatMap(({ observed }) =>
        observed.sightings
          .filter(({ packet, way }) => packet.role === role && way === 'in')
          .map(({ place }) => place)
          .filter((place) => place === 'up' || place === 'down'),
      ),
  );

/** Networks that are kept apart by leaving out routes. */
const missingRoutes = network()
  .segment('users', ['10.0.1.0/24', 'fd00:1::/64'])
  .segment('core', ['10.0.3.0/24', 'fd00:3::/64'])
  .segment('servers', ['10.0.2.0/24', 'fd00:2::/64'])
  .segment('management', ['10.0.4.0/24', 'fd00:4::/64'])
  .host('user', '10.0.1.9/24,fd00:1::9/64', { gateway: ['10.0.1.1', 'fd00:1::1'] })
  // Knows the servers, and nothing of the management behind the same router.
  .router('r1', ['10.0.1.1/24,fd00:1::1/64', '10.0.3.1/24,fd00:3::1/64'], {
    routes: [
      '10.0.2.0/24 via 10.0.3.2',
      'fd00:2::/64 via fd00:3::2',
      '10.0.5.0/24 discard',
      'fd00:5::/64 discard',
    ],
  })
  .router(
    'r2',
    ['10.0.3.2/24,fd00:3::2/64', '10.0.2.1/24,fd00:2::1/64', '10.0.4.1/24,fd00:4::1/64'],
    { routes: ['10.0.1.0/24 via 10.0.3.1', 'fd00:1::/64 via fd00:3::1'] },
  )
  .host('web', '10.0.2.9/24,fd00:2::9/64', {
    gateway: ['10.0.2.1', 'fd00:2::1'],
    listens: ['tcp 80', 'udp 53'],
  })
  // Reached by everybody who has a way to it, and without a way back to any other subnet.
  .host('lonely', '10.0.2.10/24,fd00:2::10/64', { listens: ['tcp 80', 'udp 53'] })
  .host('admin', '10.0.4.9/24,fd00:4::9/64', {
    gateway: ['10.0.4.1', 'fd00:4::1'],
    listens: ['tcp 80'],
  })
  .flow('server', 'user', '10.0.2.9', { port: 80 })
  .flow('server-6', 'user', 'fd00:2::9', { port: 80 })
  .flow('management', 'user', '10.0.4.9', { port: 80 })
  .flow('management-6', 'user', 'fd00:4::9', { port: 80 })
  .flow('from-management', 'admin', '10.0.1.9', { port: 80 })
  .flow('management-server', 'admin', '10.0.2.9', { port: 80 })
  .flow('discarded', 'user', '10.0.5.9', { port: 80 })
  .flow('discarded-6', 'user', 'fd00:5::9', { port: 80 })
  .flow('no-way-back', 'user', '10.0.2.10', { port: 53, protocol: 'udp' })
  .flow('no-way-out', 'lonely', '10.0.1.9', { port: 80 })
  .flow('no-way-out-6', 'lonely', 'fd00:1::9', { port: 80 });

export const routeScenes: readonly HandWritten[] = [
  handWritten(
    'ECMP: connections take either of two equal ways',
    twoEqualWays(),
    Object.fromEntries(equalFlows.map((id, at) => [id, throughEither(id, firstKey + at)])),
    {
      holds: (flows) => {
        for (const family of [4, 6] as const) {
          for (const role of ['request', 'answer'] as const) {
            expect(waysTaken(flows, role, family)).toEqual(new Set(['up', 'down']));
          }
        }
        expect(flows.every(({ ways }) => ways.length === 4)).toBe(true);
      },
    },
  ),
  handWritten('policy routing by a missing route', missingRoutes, {
    server: [
      'web takes the request: 10.0.1.9>10.0.2.9 ttl 62 tcp 20000>80',
      'user takes the answer: 10.0.2.9>10.0.1.9 ttl 62 tcp 80>20000',
      'largest: 1500, 1500',
    ],
    'server-6': [
      'web takes the request: fd00:1::9>fd00:2::9 ttl 62 tcp 20001>80',
      'user takes the answer: fd00:2::9>fd00:1::9 ttl 62 tcp 80>20001',
      'largest: 1500, 1500',
    ],
    management: ['r1 says 3/0 about the request', 'no answer'],
    'management-6': ['r1 says 1/0 about the request', 'no answer'],
    'from-management': [
      'user takes the request: 10.0.4.9>10.0.1.9 ttl 62 tcp 20004>80',
      'r1 says 3/0 about the reset',
      'user says reset',
      'no answer',
    ],
    'management-server': [
      'web takes the request: 10.0.4.9>10.0.2.9 ttl 63 tcp 20005>80',
      'admin takes the answer: 10.0.2.9>10.0.4.9 ttl 63 tcp 80>20005',
      'largest: 1500, 1500',
    ],
    discarded: ['no answer'],
    'discarded-6': ['no answer'],
    'no-way-back': [
      'lonely takes the request: 10.0.1.9>10.0.2.10 ttl 62 udp 20008>53',
      'no answer',
      'largest: 1500, none',
    ],
    'no-way-out': ['the program is told ENETUNREACH', 'no answer'],
    'no-way-out-6': ['the program is told ENETUNREACH', 'no answer'],
  }),
];
