import type { Design } from '../../../src-main/model/design.ts';
import { network } from '../../builders/network.ts';

/** A lab, and which of its flows are answered. */
export interface Case {
  readonly title: string;
  readonly design: Design;
  readonly answered: Readonly<Record<string, boolean>>;
}

/** A router that filters and translates between two LANs, and a machine that is unplugged from one of them. */
const filtered: Case = {
  title: 'a filter, DNAT and SNAT between two LANs',
  design: network()
    .segment('office', ['10.1.0.0/24', 'fd01::/64'])
    .segment('servers', ['10.2.0.0/24', 'fd02::/64'], { mtu: 1400 })
    .router(
      'edge',
      ['10.1.0.1/24,fd01::1/64@office', 'a-long-interface-name=10.2.0.1/24,fd02::1/64@servers'],
      {
        firewall: [
          'accept tcp 80 from 10.1.0.0/24 to 10.2.0.0/24',
          'accept tcp 80 from fd01::/64',
          'reject tcp 22',
        ],
        nat: ['dnat 10.1.0.1 tcp 8080 to 10.2.0.2 port 80'],
      },
    )
    .host('client', '10.1.0.2/24,fd01::2/64', { gateway: ['10.1.0.1', 'fd01::1'] })
    .host('printer', '10.1.0.3/24', { listens: ['tcp 80'] })
    .host('server', '10.2.0.2/24,fd02::2/64', {
      gateway: ['10.2.0.1', 'fd02::1'],
      listens: ['tcp 80', 'tcp 22', 'tcp 443', 'udp 53'],
    })
    .host('off', [
      { id: 'eth0', segment: 'servers', addresses: ['10.2.0.3/24'], state: 'down' },
      { id: 'spare' },
    ])
    .flow('web', 'client', '10.2.0.2', { port: 80 })
    .flow('web-6', 'client', 'fd02::2', { port: 80 })
    .flow('port-forward', 'client', '10.1.0.1', { port: 8080 })
    .flow('ssh', 'client', '10.2.0.2', { port: 22 })
    .flow('https', 'client', '10.2.0.2', { port: 443 })
    .flow('dns', 'client', '10.2.0.2', { protocol: 'udp', port: 53 })
    .flow('neighbor', 'client', '10.1.0.3', { port: 80 })
    .flow('no-way', 'printer', '10.2.0.2', { port: 80 })
    .build('Filtered'),
  answered: {
    web: true,
    'web-6': true,
    'port-forward': true,
    ssh: false,
    https: false,
    dns: false,
    neighbor: true,
    'no-way': false,
  },
};

/** Machines on hypervisors, a logical switch over a routed underlay and a distributed router behind it. */
const overlay: Case = {
  title: 'logical switches over a routed underlay, with a distributed router',
  design: network()
    .transportZone('tz')
    .segment('rack-1', '10.9.1.0/24', { mtu: 1600 })
    .segment('rack-2', '10.9.2.0/24', { mtu: 1600 })
    .router('spine', ['10.9.1.1/24', '10.9.2.1/24'])
    .hypervisor('esx-1', [], { vteps: '10.9.1.11/24', gateway: '10.9.1.1' })
    .hypervisor('esx-2', [], { vteps: '10.9.2.11/24', gateway: '10.9.2.1' })
    .vxlan('web', 5001, '10.1.1.0/24')
    .vxlan('data', 5002, '10.1.2.0/24')
    .dlr('dlr', ['10.1.1.254/24', '10.1.2.254/24'])
    .host('a', '10.1.1.1/24', { runsOn: 'esx-1', gateway: '10.1.1.254' })
    .host('b', '10.1.1.2/24', { runsOn: 'esx-2', listens: ['tcp 80'] })
    .host('db', '10.1.2.2/24', {
      runsOn: 'esx-2',
      gateway: '10.1.2.254',
      listens: ['tcp 3306', 'tcp 22'],
      firewall: ['accept tcp 3306 from 10.1.1.0/24'],
    })
    .flow('switched', 'a', '10.1.1.2', { port: 80 })
    .flow('routed', 'a', '10.1.2.2', { port: 3306 })
    .flow('denied', 'a', '10.1.2.2', { port: 22 })
    .flow('no-route', 'b', '10.1.2.2', { port: 3306 })
    .build('Overlay'),
  answered: { switched: true, routed: true, denied: false, 'no-route': false },
};

export const cases: readonly Case[] = [filtered, overlay];
