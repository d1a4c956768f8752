import { describe, expect, test } from 'vitest';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { ask, reason, verdict } from './ask.ts';

describe('what is down', () => {
  const base = () =>
    network()
      .segment('lan', '10.0.1.0/24')
      .host('a', '10.0.1.2/24', { gateway: '10.0.1.1' })
      .router('r', ['10.0.1.1/24', 'up=10.0.9.1/30'], {
        routes: ['10.0.2.0/24 via 10.0.9.2'],
      })
      .router('s', ['up=10.0.9.2/30', '10.0.2.1/24'], { gateway: '10.0.9.1' })
      .segment('servers', '10.0.2.0/24')
      .host('b', '10.0.2.2/24', { gateway: '10.0.2.1', listens: ['tcp 80'] })
      .link('wan', 'r/up', 's/up');
  const down = { state: 'down' } as const;
  const interfaceDown = (net: NetworkBuilder, node: string, id: string) =>
    net.change('node', node, (found) => ({
      ...found,
      interfaces: (found.interfaces ?? []).map((item) =>
        item.id === id ? { ...item, ...down } : item,
      ),
    }));

  test.each<[string, (net: NetworkBuilder) => NetworkBuilder, string, string]>([
    ['nothing', (net) => net, 'reachable', ''],
    [
      'the link',
      (net) => net.change('link', 'wan', (link) => ({ ...link, ...down })),
      'interface-down at r',
      'r has withdrawn its route 10.0.2.0/24: interface up is down',
    ],
    [
      'the interface that the route leaves by',
      (net) => interfaceDown(net, 'r', 'up'),
      'interface-down at r',
      'r has withdrawn its route 10.0.2.0/24: interface up is down',
    ],
    [
      'the far interface of the link',
      (net) => interfaceDown(net, 's', 'up'),
      'interface-down at r',
      'r has withdrawn its route 10.0.2.0/24: interface up is down',
    ],
    [
      'the next router',
      (net) => net.change('node', 's', (node) => ({ ...node, ...down })),
      'interface-down at r',
      'r has withdrawn its route 10.0.2.0/24: interface up is down',
    ],
    [
      'the sender',
      (net) => net.change('node', 'a', (node) => ({ ...node, ...down })),
      'interface-down at a',
      'a is down',
    ],
    [
      'the receiver',
      (net) => net.change('node', 'b', (node) => ({ ...node, ...down })),
      'neighbor-unreachable at s',
      'b, which owns 10.0.2.2, is down',
    ],
  ])('%s', (_, change, expected, why) => {
    const result = ask(change(base()), 'a', 'b');
    expect(verdict(result)).toBe(expected);
    expect(reason(result)).toContain(why);
  });

  test.each<[string, (net: NetworkBuilder) => NetworkBuilder, string]>([
    ['of a live interface', (net) => net, 'reachable'],
    ['of a dead one', (net) => interfaceDown(net, 'r', 'up'), 'interface-down at r'],
    ['of one with a dead far end', (net) => interfaceDown(net, 's', 'up'), 'interface-down at r'],
    [
      'of a machine that is down',
      (net) => net.change('node', 'r', (node) => ({ ...node, ...down })),
      'interface-down at r',
    ],
  ])('speaking with an address %s', (_, change, expected) => {
    const net = change(base()).change('node', 'a', (node) => ({
      ...node,
      listeners: [{ protocol: 'tcp', port: 80 }],
    }));
    const from = { kind: 'node', node: 'r', address: '10.0.9.1' } as const;
    expect(verdict(ask(net, from, '10.0.1.2'))).toBe(expected);
  });

  test('an interface that is not connected', () => {
    const net = network()
      .segment('lan', '10.0.1.0/24')
      .host('b', '10.0.1.3/24')
      .add('node', {
        id: 'a',
        kind: 'host',
        interfaces: [{ id: 'eth0', addresses: ['10.0.1.2/24'] }],
      });
    const result = ask(net, 'a', 'b');
    expect(verdict(result)).toBe('interface-down at a');
    expect(reason(result)).toContain('interface eth0 of a is not connected');
  });
});
