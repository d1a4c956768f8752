import { describe, expect, test } from 'vitest';
import { network } from '../builders/network.ts';
import { ask, families, route, routeOf, verdict, warned } from './ask.ts';
import { address, both, gateway, subnets } from './plan.ts';

describe.each(families)('equal-cost paths over IPv%d', (family) => {
  const any = family === 4 ? '0.0.0.0/0' : '::/0';
  const one = `${any} via ${address(family, 1, 1)}`;
  const two = `${any} via ${address(family, 1, 3)}`;
  const server = address(family, 2, 2);
  const net = (other: string[] = []) =>
    network()
      .segment('left', subnets(1))
      .segment('right', subnets(2))
      .host('a', both(1, 2), { routes: [one, two, ...other] })
      .router('r1', [both(1, 1), both(2, 1)])
      .router('r2', [both(1, 3), both(2, 3)])
      .host('b', both(2, 2), { gateway: gateway(2), listens: ['tcp 80'] });

  test('all paths are listed with probabilities that add up to one', () => {
    const result = ask(net(), 'a', server, {}, { allPaths: true });
    expect(result.forward.map(({ probability }) => probability)).toEqual([0.5, 0.5]);
    expect(result.forward.map(routeOf)).toEqual(['a → r1 → b', 'a → r2 → b']);
    expect(result.reverse.map(({ replyTo }) => replyTo)).toEqual([0, 1]);
    expect(result.status).toBe('reachable');
  });

  test('by default the hash of the 5-tuple chooses one, always the same', () => {
    const ways = new Set<string>();
    for (let sourcePort = 50000; sourcePort < 50020; sourcePort += 1) {
      const first = ask(net(), 'a', server, { sourcePort });
      expect(first.forward).toHaveLength(1);
      expect(first.forward[0]?.probability).toBe(0.5);
      expect(route(ask(net(), 'a', server, { sourcePort }))).toBe(route(first));
      ways.add(route(first));
    }
    expect([...ways].sort()).toEqual(['a → r1 → b', 'a → r2 → b']);
  });

  test('nothing that is drawn elsewhere changes the choice', () => {
    const other = network().host('first', '10.0.1.9/24').segment('left', subnets(1)).build();
    for (let sourcePort = 50000; sourcePort < 50010; sourcePort += 1) {
      const before = route(ask(net(), 'a', server, { sourcePort }));
      const built = net().build();
      const more = { ...built, nodes: [...(other.nodes ?? []), ...(built.nodes ?? [])] };
      expect(route(ask(network(more), 'a', server, { sourcePort }))).toBe(before);
    }
  });

  test('a repeated route is one way, not two', () => {
    const result = ask(net([two]), 'a', server, {}, { allPaths: true });
    expect(result.forward).toHaveLength(2);
  });

  test('a way that ends otherwise than the one followed is warned of', () => {
    const broken = net().change('node', 'r2', (node) => ({
      ...node,
      firewall: { rules: [] },
    }));
    for (let sourcePort = 50000; sourcePort < 50010; sourcePort += 1) {
      const result = ask(broken, 'a', server, { sourcePort });
      expect(verdict(result)).toBe(route(result).includes('r2') ? 'denied at r2' : 'reachable');
      expect(warned(result)).toContain('paths-differ');
    }
    const all = ask(broken, 'a', server, {}, { allPaths: true });
    expect(all.status).toBe('unreachable');
    expect(all.forward.map(({ disposition }) => disposition)).toEqual(['delivered', 'denied']);
    expect(all.reverse.map(({ replyTo }) => replyTo)).toEqual([0]);
    expect(warned(all)).toContain('paths-differ');
  });

  test('more paths than are followed are warned of', () => {
    const result = ask(net(), 'a', server, {}, { allPaths: true, maxPaths: 1 });
    expect(result.forward).toHaveLength(1);
    expect(warned(result)).toContain('paths-cut');
  });
});
