import { describe, expect, test } from 'vitest';
import type { IpsecTunnel } from '../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { deepest, legs, stack } from '../samples/reading.ts';
import { ask, details, families, reason, route, told, verdict } from './ask.ts';
import { address, both, gateway, subnets } from './plan.ts';

/** a — ga — wan — gb — b; the gateways know nothing of each other's LANs but by the tunnel. `eve` is on the wan. */
function joined(
  family: 4 | 6,
  one: Partial<IpsecTunnel> = {},
  other: Partial<IpsecTunnel> = {},
): NetworkBuilder {
  const [left, right] = [
    subnets(1)[family === 4 ? 0 : 1] ?? '',
    subnets(3)[family === 4 ? 0 : 1] ?? '',
  ];
  const end = (own: string, far: string, at: number, to: number, more: Partial<IpsecTunnel>) => [
    {
      id: 'vpn',
      localAddress: address(family, 2, at),
      peerAddress: address(family, 2, to),
      localSubnets: [own],
      remoteSubnets: [far],
      ...more,
    },
  ];
  return network()
    .segment('left', subnets(1))
    .segment('wan', subnets(2))
    .segment('right', subnets(3))
    .host('a', both(1, 10), { gateway: gateway(1), listens: ['tcp 80'] })
    .host('b', both(3, 10), { gateway: gateway(3), listens: ['tcp 80'] })
    .host('eve', both(2, 66), {
      gateway: [address(4, 2, 2), address(6, 2, 2)],
      listens: ['tcp 80'],
    })
    .router('ga', [both(1, 1), both(2, 1)], { ipsecTunnels: end(left, right, 1, 2, one) })
    .router('gb', [both(3, 1), both(2, 2)], { ipsecTunnels: end(right, left, 2, 1, other) });
}

describe.each(families)('an IPsec tunnel, IPv%d', (family) => {
  test('carries what goes from one side to the other, there and back', () => {
    const result = ask(joined(family), 'a', 'b', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('a → ga → gb → b');
    expect(route(result, 'reverse')).toBe('b → gb → ga → a');
    for (const way of ['forward', 'reverse'] as const) {
      expect(details(result, 'encapsulate/ipsec', way)).toHaveLength(1);
      expect(details(result, 'decapsulate/ipsec', way)).toHaveLength(1);
    }
    expect(result.assumptions).toContain(
      'the ends of IPsec tunnel vpn have agreed on their keys (IKE, UDP 500 and 4500)',
    );
  });

  test('ESP between the gateways around the whole packet', () => {
    const inner = `IP ${address(family, 1, 10)}→${address(family, 3, 10)} | TCP`;
    const outer = `${address(family, 2, 1)}→${address(family, 2, 2)}`;
    const plain = ask(joined(family), 'a', 'b', { family });
    expect(stack(deepest(legs(plain, 'forward')))).toContain(`IP ${outer}`);
    expect(stack(deepest(legs(plain, 'forward'))).endsWith(inner)).toBe(true);
    const natT = ask(joined(family, { natTraversal: true }, { natTraversal: true }), 'a', 'b', {
      family,
    });
    expect(stack(deepest(legs(natT, 'forward')))).toContain('UDP 4500');
    expect([plain, natT].map((one) => details(one, 'encapsulate/ipsec')[0]?.overheadBytes)).toEqual(
      family === 4 ? [77, 85] : [97, 105],
    );
  });

  test('makes the path smaller, and the sender is told', () => {
    const result = ask(joined(family), 'a', 'b', { family });
    expect(result.pathMtu).toBe(1500 - (family === 4 ? 77 : 97));
    expect(result.warnings.map(({ code }) => code)).toEqual(['mtu-reduced', 'mtu-reduced']);
    const small = { overheadBytes: 60 };
    expect(ask(joined(family, small, small), 'a', 'b', { family }).pathMtu).toBe(1440);
  });

  test('takes nothing else: others go as they are', () => {
    const result = ask(joined(family), 'a', 'eve', { family });
    expect(details(result, 'encapsulate/ipsec')).toEqual([]);
    expect(route(result)).toBe('a → ga → eve');
  });

  test.each<[string, Partial<IpsecTunnel>, Partial<IpsecTunnel>]>([
    ['without the other end', {}, { enabled: false }],
    ['with another peer', {}, { peerAddress: address(family, 2, 9) }],
    ['with NAT traversal on one side', { natTraversal: true }, {}],
    [
      'with subnets that the other end does not take',
      {},
      { remoteSubnets: [family === 4 ? '10.9.0.0/16' : '2001:db8:9::/64'] },
    ],
  ])('%s it is down', (_, one, other) => {
    const result = ask(joined(family, one, other), 'a', 'b', { family });
    expect(verdict(result)).toBe('tunnel-down at ga');
    expect(reason(result)).toContain('IPsec tunnel vpn: nobody at');
  });

  test('the tunnel itself goes through firewalls and needs a way', () => {
    const filtered = (protocol: 'esp' | 'tcp') =>
      joined(family).change('node', 'gb', (node) => ({
        ...node,
        stageOrder: 'linux' as const,
        firewall: {
          defaultAction: 'deny' as const,
          rules: [
            { id: 'tunnel', services: [{ protocol }], action: 'accept' as const },
            {
              id: 'web',
              services: [{ protocol: 'tcp' as const, ports: [80] }],
              action: 'accept' as const,
            },
          ],
        },
      }));
    expect(verdict(ask(filtered('esp'), 'a', 'b', { family }))).toBe('reachable');
    expect(verdict(ask(filtered('tcp'), 'a', 'b', { family }))).toBe('denied at gb');
  });
});

test('source NAT comes first: what it takes out of the subnets is sent as it is', () => {
  const net = joined(4).change('node', 'ga', (node) => ({
    ...node,
    nat: [{ id: 'out', kind: 'snat' as const, original: '10.0.1.0/24', translated: '10.0.2.1' }],
  }));
  const result = ask(net, 'a', 'b');
  expect(details(result, 'encapsulate/ipsec')).toEqual([]);
  expect(told(result, ['nat/snat'])).toHaveLength(1);
});
