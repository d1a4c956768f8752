import { describe, expect, test } from 'vitest';
import type { HostOptions } from '../builders/options.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { ask, details, families, reason, route, verdict } from './ask.ts';

/** pc – edge – isp – internet, where `site` is drawn and everything else is assumed. */
function online(edge: HostOptions = {}): NetworkBuilder {
  return network()
    .site('world', 'internet')
    .site('exchange', 'other', 'world')
    .segment('inside', ['10.0.1.0/24', 'fd00:1::/64'])
    .segment('uplink', ['203.0.113.0/24', '2001:db8:f::/64'])
    .segment('internet', ['198.51.100.0/24', '2001:db8:e::/64'], {
      site: 'exchange',
      gateway: ['198.51.100.1', '2001:db8:e::1'],
    })
    .host('pc', '10.0.1.2/24,fd00:1::2/64', { gateway: ['10.0.1.1', 'fd00:1::1'] })
    .edge('edge', ['in=10.0.1.1/24,fd00:1::1/64', 'out=203.0.113.2/24,2001:db8:f::2/64'], {
      gateway: ['203.0.113.1', '2001:db8:f::1'],
      firewall: ['accept'],
      ...edge,
    })
    .router('isp', ['203.0.113.1/24,2001:db8:f::1/64', 'net=198.51.100.1/24,2001:db8:e::1/64'], {
      routes: ['0.0.0.0/0 dev net', '::/0 dev net'],
    })
    .host('site', '198.51.100.80/24,2001:db8:e::80/64', {
      gateway: ['198.51.100.1', '2001:db8:e::1'],
      listens: ['tcp 80'],
    });
}

const somewhere = { 4: '192.0.2.77', 6: '2001:db8:77::77' };
const snat = { nat: ['snat any to interface on out'] };

describe.each(families)('out to the internet over IPv%d', (family) => {
  const to = somewhere[family];

  test('what nobody draws is assumed to be there, and to answer to where the request left', () => {
    const result = ask(online(snat), 'pc', to);
    expect(verdict(result)).toBe('reachable');
    expect(result.forward[0]?.disposition).toBe('exits-network');
    expect(route(result)).toBe('pc → edge → isp');
    expect(details(result, 'deliver/exit')).toEqual([{ destination: to }]);
    expect(route(result, 'reverse')).toBe(`${to} → isp → edge → pc`);
    expect(result.assumptions.filter((text) => text.includes('internet'))).toHaveLength(2);
  });

  test('every port of it is taken to be open, by ping as well', () => {
    expect(verdict(ask(online(snat), 'pc', to, { port: 12345 }))).toBe('reachable');
    expect(verdict(ask(online(snat), 'pc', to, { protocol: 'icmp' }))).toBe('reachable');
  });

  test('what is drawn there is asked itself', () => {
    const result = ask(online(snat), 'pc', 'site', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('pc → edge → isp → site');
    expect(verdict(ask(online(snat), 'pc', 'site', { family, port: 81 }))).toBe(
      'no-listener at site',
    );
  });

  test('an address of a drawn subnet that nobody has is not assumed', () => {
    const missing = family === 4 ? '198.51.100.99' : '2001:db8:e::99';
    expect(verdict(ask(online(snat), 'pc', missing))).toBe('neighbor-unreachable at isp');
  });

  test('private addresses are not on the internet', () => {
    for (const hidden of family === 4
      ? ['10.77.0.1', '172.31.0.1', '192.168.77.1', '100.64.0.1', '169.254.7.7']
      : ['fd77::1', 'fc00::1', 'fe80::77']) {
      const result = ask(online(snat), 'pc', hidden);
      expect(`${hidden} ${verdict(result)}`).toBe(`${hidden} no-route at isp`);
      expect(reason(result)).toContain(`${hidden} is a private address`);
    }
  });

  test('without SNAT the request leaves with a private source, and no reply comes back', () => {
    const result = ask(online(), 'pc', to);
    expect(verdict(result)).toBe(`one-way: no-route at ${to}`);
    expect(reason(result)).toContain('is a private address: the internet has no route to it');
  });

  test('SNAT to an address that nobody has on the uplink', () => {
    const lost = family === 4 ? '203.0.113.99' : '2001:db8:f::99';
    const result = ask(online({ nat: [`snat any to ${lost} on out`] }), 'pc', to);
    expect(verdict(result)).toBe('one-way: neighbor-unreachable at isp');
  });

  test('a host of the internet that nobody draws comes in by its gateway', () => {
    const nat = {
      nat: [
        `dnat ${family === 4 ? '203.0.113.2' : '2001:db8:f::2'} to ${family === 4 ? '10.0.1.2' : 'fd00:1::2'} on out`,
      ],
    };
    const net = online(nat).change(
      'node',
      'pc',
      (node) =>
        ({
          ...node,
          listeners: [{ protocol: 'tcp', port: 80 }],
        }) as typeof node,
    );
    const inside = family === 4 ? '198.51.100.25' : '2001:db8:e::25';
    const result = ask(net, `${inside}@internet`, family === 4 ? '203.0.113.2' : '2001:db8:f::2');
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe(`${inside} → isp → edge → pc`);
  });
});

describe('beyond the edge of the design', () => {
  test('a default route by an address that nobody has is no way out', () => {
    const net = online(snat).change('node', 'isp', (node) => ({
      ...node,
      routes: [{ destination: '0.0.0.0/0', via: '198.51.100.254' }],
    }));
    expect(verdict(ask(net, 'pc', somewhere[4]))).toBe('neighbor-unreachable at isp');
  });

  test('a segment outside an internet site assumes nothing', () => {
    const net = online(snat).change('segment', 'internet', ({ site: _, ...segment }) => segment);
    expect(verdict(ask(net, 'pc', somewhere[4]))).toBe('neighbor-unreachable at isp');
  });

  test('path MTU is that of the way to the edge', () => {
    const net = online(snat).change('segment', 'internet', (segment) => ({
      ...segment,
      mtu: 1400,
    }));
    expect(ask(net, 'pc', somewhere[4]).pathMtu).toBe(1400);
  });
});
