/** Answers that come by a machine that translates and has not seen what they answer. */
import { describe, expect, test } from 'vitest';
import { network } from '../builders/network.ts';
import { ask, details, families, route, verdict, warned } from './ask.ts';
import { address, both, gateway, subnets } from './plan.ts';

describe.each(families)('an answer by another router over IPv%d', (family) => {
  /** There by r1, back by r2, which translates. */
  const translating = (rule: string) =>
    network()
      .segment('left', subnets(1))
      .segment('right', subnets(2))
      .host('a', both(1, 2), { gateway: gateway(1) })
      .router('r1', [both(1, 1), both(2, 3)])
      .router('r2', [both(1, 4), both(2, 1)], { nat: [rule] })
      .host('b', both(2, 2), { gateway: gateway(2), listens: ['tcp 80', 'udp 53'] });
  /** r2 hides whoever leaves by its left side. */
  const net = translating('snat any to interface on eth0');
  const server = address(family, 2, 2);

  test.each([
    ['tcp', 80],
    ['icmp', 0],
  ] as const)('%s: is of no connection that is tracked, and stays as it is', (protocol, port) => {
    const result = ask(net, 'a', server, { protocol, ...(port > 0 ? { port } : {}) });
    expect(route(result, 'reverse')).toBe('b → r2 → a');
    expect(details(result, 'nat/snat', 'reverse')).toEqual([]);
    expect(verdict(result)).toBe('reachable');
  });

  const [client, spare] = [address(family, 1, 2), address(family, 1, 9)];

  // The rule of the router that the answer comes by; whether it changes what follows a TCP handshake.
  test.each([
    ['snat any to interface on eth0', true],
    ['snat any to interface on eth1', false],
    [`snat ${server} to ${spare}`, true],
    [`snat ${server} to ${server}`, false],
    [`dnat ${client} tcp to ${spare}`, true],
    [`dnat ${client} udp to ${spare}`, false],
    [`dnat ${client} to ${client}`, false],
    [`dnat ${spare} to ${client}`, false],
  ])('%s: breaks a connection that has opened: %s', (rule, breaks) => {
    const result = ask(translating(rule), 'a', server);
    expect(verdict(result)).toBe('reachable');
    const told = result.warnings.filter(({ code }) => code === 'asymmetric');
    expect(told.map(({ at, detail }) => ({ at, ...detail }))).toEqual(
      breaks ? [{ at: 'r2', device: 'r2', translates: true }] : [],
    );
  });

  test.each(['icmp', 'udp'] as const)('%s has no handshake to break behind', (protocol) => {
    const result = ask(net, 'a', server, { protocol, ...(protocol === 'udp' ? { port: 53 } : {}) });
    expect(warned(result)).toEqual([]);
  });

  test('udp: looks like a new connection, and is translated', () => {
    const result = ask(net, 'a', server, { protocol: 'udp', port: 53 });
    expect(details(result, 'nat/snat', 'reverse')).toHaveLength(1);
    expect(verdict(result)).toBe('one-way: no-listener at a');
  });

  test('a new connection that way is translated', () => {
    const result = ask(net, 'b', address(family, 1, 2), { protocol: 'icmp' });
    expect(details(result, 'nat/snat')).toHaveLength(1);
  });
});
