import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  familyBits,
  ipFromBigInt,
  prefixContains,
  prefixOf,
  type Ip,
  type IpFamily,
} from '../../src-main/model/ip.ts';
import {
  buildRouteTable,
  lookupRoute,
  routeChoices,
  routeEntry,
  type RouteCandidate,
} from '../../src-main/sim/compile/route-table.ts';
import { families } from './ask.ts';

/** Few bits, so that prefixes nest and addresses fall into them: the lowest or the highest of the family. */
function addresses(family: IpFamily): fc.Arbitrary<Ip> {
  const bits = BigInt(familyBits(family));
  const some = fc.bigInt({ min: 0n, max: 255n });
  return fc.oneof(
    some.map((value) => ipFromBigInt(family, value)),
    some.map((value) => ipFromBigInt(family, (1n << bits) - 1n - value)),
    some.map((value) => ipFromBigInt(family, value << (bits - 8n))),
    fc.bigInt({ min: 0n, max: (1n << bits) - 1n }).map((value) => ipFromBigInt(family, value)),
  );
}

const routes = (family: IpFamily): fc.Arbitrary<RouteCandidate[]> =>
  fc.array(
    fc
      .record({
        address: addresses(family),
        length: fc.oneof(
          fc.integer({ min: 0, max: familyBits(family) }),
          fc.integer({ min: familyBits(family) - 8, max: familyBits(family) }),
        ),
        distance: fc.integer({ min: 0, max: 2 }),
        metric: fc.integer({ min: 0, max: 2 }),
        interface: fc.integer({ min: 0, max: 3 }),
      })
      .map(({ address, length, ...rest }) => ({
        ...rest,
        prefix: prefixOf(address, length),
        via: null,
        kind: 'forward',
        origin: 'static',
        id: '',
      })),
    { maxLength: 24 },
  );

/** Longest prefix, then distance, then metric; the interfaces of those that are left. */
function scan(all: readonly RouteCandidate[], to: Ip): number[] {
  const least = (list: RouteCandidate[], of: (route: RouteCandidate) => number) =>
    list.filter((route) => of(route) === Math.min(...list.map(of)));
  const holding = all.filter(({ prefix }) => prefixContains(prefix, to));
  const longest = least(holding, ({ prefix }) => -prefix.length);
  const best = least(
    least(longest, ({ distance }) => distance),
    ({ metric }) => metric,
  );
  return [...new Set(best.map((route) => route.interface))].sort();
}

describe.each(families)('a route table of IPv%d', (family) => {
  test('finds what a scan of all routes finds', () => {
    fc.assert(
      fc.property(
        routes(family),
        fc.array(addresses(family), { minLength: 1, maxLength: 12 }),
        (all, destinations) => {
          const table = buildRouteTable(family, all);
          for (const to of destinations) {
            const group = lookupRoute(table, to);
            const found =
              group < 0
                ? []
                : Array.from(
                    { length: routeChoices(table, group) },
                    (_, choice) => routeEntry(table, group, choice).interface,
                  );
            expect(found.sort()).toEqual(scan(all, to));
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
