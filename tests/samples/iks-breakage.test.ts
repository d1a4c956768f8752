/** The IKS sample and its ways to the instance with one thing taken away at a time: where each flow then ends. */
import { describe, expect, test } from 'vitest';
import { network } from '../builders/network.ts';
import {
  byBgp,
  byStrongswan,
  natEverywhere,
  onInstanceVlan,
  privateAlbEnabled,
  withTunnel,
  withoutVirtualIp,
} from './iks-ways.ts';
import { ending, run } from './reading.ts';
import { sample } from './samples.ts';
import { together, unchanged, without, withoutName, type Variant } from './variants.ts';

const base = sample('iks-on-ibm-cloud');

/** None of the pods is ready. */
const withoutPods =
  (workload: string): Variant =>
  (design) =>
    network(design)
      .change('workload', workload, (found) => ({
        ...found,
        pods: found.pods.map((pod) => ({ ...pod, state: 'not-ready' })),
      }))
      .build(design.name);

type Case = readonly [what: string, change: Variant, ends: string];

describe.each<[string, string, Variant, readonly Case[]]>([
  [
    'internet-to-shop',
    'as it is',
    unchanged,
    [
      ['the record of the name', withoutName('shop.example.com'), 'name-not-resolved'],
      [
        'anybody who holds the address',
        withoutVirtualIp('public-alb'),
        'neighbor-unreachable at fcr',
      ],
      ['ready ALB pods', withoutPods('public-alb'), 'rejected at iks-worker-1'],
      ['ready pods of the shop', withoutPods('shop'), 'no-endpoints at public-alb-'],
    ],
  ],
  [
    'private-to-shop',
    'with the private ALB',
    privateAlbEnabled,
    [
      [
        'anybody who holds the address',
        withoutVirtualIp('private-alb'),
        'neighbor-unreachable at bcr',
      ],
      ['ready ALB pods', withoutPods('private-alb'), 'rejected at iks-worker-1'],
    ],
  ],
  [
    'shop-to-db',
    'static routes and NAT',
    unchanged,
    [
      ['the record of the name', withoutName('db.corp.example'), 'name-not-resolved'],
      ['the route of the worker', without('route', 'iks-worker-2', 'workload'), 'no-route at fcr'],
      ['the route of BCR', without('route', 'bcr', 'workload'), 'no-route at bcr'],
      ['rule 3', without('rule', 'esg', '3'), 'denied at esg'],
      ["the edge's route", without('route', 'esg', 'workload'), 'no-route at fcr'],
    ],
  ],
  [
    'shop-to-db',
    'the VLAN of the instance',
    onInstanceVlan,
    [
      [
        'the route of the worker',
        without('route', 'iks-worker-2', 'bgp-workload'),
        'no-route at fcr',
      ],
      ['rule 3', without('rule', 'esg', '3'), 'denied at esg'],
      [
        'pool for the instance, so that NAT hides the pods from rule 3',
        natEverywhere,
        'denied at esg',
      ],
    ],
  ],
  [
    'shop-to-db',
    'strongSwan',
    byStrongswan,
    [
      ["the edge's end", withTunnel('esg', undefined), 'tunnel-down at iks-worker-1'],
      [
        "the edge's end enabled",
        withTunnel('esg', { enabled: false }),
        'tunnel-down at iks-worker-1',
      ],
      [
        'subnets in common',
        withTunnel('esg', { remoteSubnets: ['172.30.0.0/24'] }),
        'tunnel-down at iks-worker-1',
      ],
      [
        'anybody who holds the address of the tunnel',
        withoutVirtualIp('strongswan'),
        'delivered at db-vm',
      ],
      ['the rule for ESP', without('rule', 'esg', '4'), 'denied at esg'],
      ['rule 3', without('rule', 'esg', '3'), 'denied at esg'],
      ["the worker's end", withTunnel('iks-worker-1', undefined), 'no-route at fcr'],
      ["its worker's way in", without('route', 'iks-worker-2', 'strongswan-1'), 'no-route at fcr'],
    ],
  ],
  [
    'shop-to-db',
    'BGP',
    byBgp,
    [
      [
        'the route of the worker',
        without('route', 'iks-worker-2', 'bgp-workload'),
        'no-route at fcr',
      ],
      ['the route of BCR', without('route', 'bcr', 'bgp-workload'), 'no-route at bcr'],
      ['rule 3', without('rule', 'esg', '3'), 'denied at esg'],
    ],
  ],
])('%s, %s, without', (flow, _, way, cases) => {
  test.each(cases)('%s ends otherwise', (_what, change, expected) => {
    const result = run(together(way, change)(base), flow);
    expect(ending(result, 'forward').startsWith(expected), ending(result, 'forward')).toBe(true);
  });
});

describe('a reply that cannot come back', () => {
  test.each<[string, Variant, string]>([
    [
      "the edge's route to a block",
      together(onInstanceVlan, without('route', 'esg', 'bgp-iks-worker-2')),
      'no-route at fcr',
    ],
    [
      "the edge's route to a block, by BGP",
      together(byBgp, without('route', 'esg', 'bgp-iks-worker-2')),
      'no-route at fcr',
    ],
    [
      "BCR's route to a block",
      together(byBgp, without('route', 'bcr', 'bgp-iks-worker-2')),
      'no-route at bcr',
    ],
    [
      'a holder of the address of the tunnel',
      together(byStrongswan, withoutVirtualIp('strongswan')),
      'neighbor-unreachable at bcr',
    ],
    [
      'the route of the edge to the private network',
      without('route', 'esg', 'ibm-private'),
      'no-route at fcr',
    ],
  ])('for want of %s leaves the flow one-way', (_, variant, expected) => {
    const result = run(variant(base), 'shop-to-db');
    expect(ending(result, 'forward')).toBe('delivered at db-vm');
    expect(ending(result, 'reverse')).toBe(expected);
    expect(result.status).toBe('one-way');
  });
});
