import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { did, legs } from '../samples/reading.ts';
import { network } from '../builders/network.ts';
import { ask, details, families, verdict } from './ask.ts';

const plan = {
  4: {
    net: (side: number) => `10.0.${side}.0/24`,
    host: (side: number, host: number) => `10.0.${side}.${host}`,
    length: 24,
  },
  6: {
    net: (side: number) => `2001:db8:0:${side}::/64`,
    host: (side: number, host: number) => `2001:db8:0:${side}::${host}`,
    length: 64,
  },
};

/** Rules of an edge between sides 1 and 2; it owns .1 and .40 to .49 of both. */
function rules(family: 4 | 6): fc.Arbitrary<string> {
  const { host, net } = plan[family];
  const side = fc.integer({ min: 1, max: 2 });
  const owned = fc.integer({ min: 40, max: 49 });
  const original = fc.oneof(
    fc.constant('any'),
    fc.constant('any'),
    side.map(net),
    side.map((at) => host(at, 2)),
    fc.tuple(side, owned).map(([at, from]) => `${host(at, from)}-${host(at, 49)}`),
  );
  const to = fc.tuple(side, owned).map(([at, last]) => host(at, last));
  const on = fc.oneof(
    fc.constant(''),
    side.map((at) => ` on s${at}`),
  );
  const snat = fc
    .tuple(original, fc.oneof(to, fc.constant('interface')), on)
    .map(([from, target, at]) => `snat ${from} to ${target}${at}`);
  const ports = fc.constantFrom('', ' tcp', ' tcp 80', ' tcp 80,443', ' tcp 1-1000');
  const servers = fc.oneof(
    side.map((at) => host(at, 2)),
    side.map((at) => host(at, 3)),
    side.map((at) => `${host(at, 2)}-${host(at, 3)}`),
  );
  const dnat = fc
    .tuple(original, ports, servers, fc.constantFrom(0, 80, 8080), on)
    .map(([from, port, target, newPort, at]) => {
      const translatedPort = newPort > 0 && port !== '' ? ` port ${newPort}` : '';
      return `dnat ${from}${port} to ${target}${translatedPort}${at}`;
    });
  return fc.oneof(snat, dnat);
}

function translating(family: 4 | 6, nat: readonly string[], stageOrder: 'nsx-v' | 'linux') {
  const { host, net, length } = plan[family];
  const own = (side: number) =>
    [1, ...Array.from({ length: 10 }, (_, at) => 40 + at)]
      .map((at) => `${host(side, at)}/${length}`)
      .join(',');
  const built = network()
    .segment('left', net(1))
    .segment('right', net(2))
    .edge('edge', [`s1=${own(1)}`, `s2=${own(2)}`], { firewall: ['accept'], nat, stageOrder });
  for (const side of [1, 2]) {
    for (const at of [2, 3]) {
      built.host(`h${side}${at}`, `${host(side, at)}/${length}`, {
        gateway: host(side, 1),
        listens: ['tcp 80', 'tcp 8080'],
      });
    }
  }
  return built;
}

describe.each(families)('translations of an edge, IPv%d', (family) => {
  const { host } = plan[family];
  const questions = fc.record({
    nat: fc.array(rules(family), { minLength: 2, maxLength: 6 }),
    stageOrder: fc.constantFrom('nsx-v' as const, 'linux' as const),
    from: fc.constantFrom('h12', 'h13', 'h22'),
    to: fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 40, max: 49 })),
      fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 2, max: 3 })),
    ),
    protocol: fc.constantFrom('tcp' as const, 'tcp' as const, 'icmp' as const),
  });

  test('are undone on the reply: the client gets its answer from whom it asked', () => {
    fc.assert(
      fc.property(questions, ({ nat, stageOrder, from, to: [side, at], protocol }) => {
        const asked = host(side, at);
        const result = ask(translating(family, nat, stageOrder), from, asked, { protocol });
        const [request] = details(result, 'originate/send');
        const seen = did(legs(result, 'forward'), 'deliver/listener').at(0);
        if (!seen || !request) return;
        // The answer goes through the edge unless server and client are neighbors that see each other.
        const server = seen.node;
        const neighbors =
          server !== 'edge' &&
          seen.detail.source === request.source &&
          server.slice(0, 2) === from.slice(0, 2);
        const translated = details(result, 'nat/dnat').length > 0;
        if (neighbors && translated && server !== from) {
          expect(verdict(result)).toBe(`one-way: no-listener at ${from}`);
          return;
        }
        if (server === from) return;
        expect(verdict(result)).toBe('reachable');
        const answer = details(result, 'deliver/reply', 'reverse').at(-1);
        expect(answer).toMatchObject({
          source: asked,
          sourcePort: request.destinationPort,
          destination: request.source,
          destinationPort: request.sourcePort,
        });
      }),
      { numRuns: 120 },
    );
  });
});
