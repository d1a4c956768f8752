import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FirewallRule, HostLike } from '../../src-main/model/design.ts';
import { ip, parseAddressMatch, rangeContains } from '../../src-main/model/ip.ts';
import { byDefault, acceptors } from '../../src-main/checks/space/acceptors.ts';
import { intersect, intervalSet, subtract } from '../../src-main/checks/space/interval-set.ts';
import {
  everyService,
  firewallLayers,
  portRange,
} from '../../src-main/checks/space/rule-regions.ts';
import { findShadows } from '../../src-main/checks/space/shadows.ts';

const pairs = fc.array(
  fc.tuple(fc.nat(30), fc.nat(8)).map(([from, more]) => [from, from + more] as const),
  { maxLength: 6 },
);
const members = (set: readonly number[]) => {
  const inside: number[] = [];
  for (let at = 0; at < set.length; at += 2) {
    for (let value = set[at] ?? 0; value <= (set[at + 1] ?? -1); value += 1) inside.push(value);
  }
  return inside;
};

describe('interval sets', () => {
  it('intersect and subtract as sets of their members do', () => {
    fc.assert(
      fc.property(pairs, pairs, (one, other) => {
        const [a, b] = [intervalSet(one), intervalSet(other)];
        const [inA, inB] = [new Set(members(a)), new Set(members(b))];
        expect(members(intersect(a, b))).toEqual([...inA].filter((value) => inB.has(value)));
        expect(members(subtract(a, b))).toEqual([...inA].filter((value) => !inB.has(value)));
      }),
    );
  });
});

/** A packet of the small universe that rules are tried in. */
interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly port: number;
  readonly inInterface: string | undefined;
  readonly outInterface: string | undefined;
}

const interfaces = ['e0', 'e1'];
const addresses = {
  4: [0, 1, 2, 3, 4].map((last) => `10.0.0.${last}`),
  6: [0, 1, 2, 3, 4].map((last) => ip(`fd00::${last}`).text),
};
// The last of each kind is what no rule names but with "any". Port 0 is none of 1-65535, and is of "tcp" without ports.
const ports = [0, 1, 2, 3, 9];
const protocols = ['tcp', 'udp', 'icmp', 'esp', 'ospf'];
const packets: readonly Packet[] = ([4, 6] as const).flatMap((family) =>
  addresses[family].flatMap((source) =>
    addresses[family].flatMap((destination) =>
      protocols.flatMap((protocol) =>
        (protocol === 'tcp' || protocol === 'udp' ? ports : [0]).flatMap((port) =>
          [...interfaces, undefined].flatMap((inInterface) =>
            [...interfaces, undefined].map((outInterface) => ({
              source,
              destination,
              protocol,
              port,
              inInterface,
              outInterface,
            })),
          ),
        ),
      ),
    ),
  ),
);

const match = fc.oneof(
  { weight: 1, arbitrary: fc.constant('any') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('10.0.0.0/31', '10.0.0.2/31', 'fd00::/127', 'fd00::2/127'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('10.0.0.1-10.0.0.3', '10.0.0.0-10.0.0.2', 'fd00::1-fd00::3'),
  },
  { weight: 1, arbitrary: fc.constantFrom('0.0.0.0/0', '::/0') },
);
const service = fc.oneof(
  fc.constantFrom('any', 'icmp', 'esp').map((protocol) => ({ protocol })),
  fc.record(
    {
      protocol: fc.constantFrom('tcp', 'udp'),
      ports: fc.array(fc.constantFrom<number | string>(1, 2, 3, '1-2', '2-3', '1-65535'), {
        minLength: 1,
        maxLength: 2,
      }),
    },
    { requiredKeys: ['protocol'] },
  ),
);
const rule = fc
  .record(
    {
      action: fc.constantFrom('accept', 'deny'),
      enabled: fc.boolean(),
      sources: fc.array(match, { maxLength: 2 }),
      destinations: fc.array(match, { maxLength: 2 }),
      services: fc.array(service, { maxLength: 2 }),
      inInterface: fc.constantFrom(...interfaces),
      outInterface: fc.constantFrom(...interfaces),
    },
    { requiredKeys: ['action'] },
  )
  .map((made) => made as Omit<FirewallRule, 'id'>);
const ruleList = fc
  .array(rule, { minLength: 1, maxLength: 7 })
  .map((rules) => rules.map((one, at): FirewallRule => ({ ...one, id: `r${at}` })));

const allAddresses = [...addresses[4], ...addresses[6]].map(ip);
const named = (texts: readonly string[] | undefined): ReadonlySet<string> => {
  const ranges = (texts?.length ? texts : ['any']).flatMap((text) => parseAddressMatch(text) ?? []);
  const inside = allAddresses.filter((one) => ranges.some((range) => rangeContains(range, one)));
  return new Set(inside.map((one) => one.text));
};

/** The rule as its reader understands it, one packet at a time. */
function reading(rule: FirewallRule): (packet: Packet) => boolean {
  const [sources, destinations] = [named(rule.sources), named(rule.destinations)];
  const services = (rule.services?.length ? rule.services : [{ protocol: 'any' }]).map((one) => ({
    protocol: one.protocol,
    ports: 'ports' in one ? one.ports.map(portRange) : undefined,
  }));
  return (packet) =>
    rule.enabled !== false &&
    (rule.inInterface === undefined || rule.inInterface === packet.inInterface) &&
    (rule.outInterface === undefined || rule.outInterface === packet.outInterface) &&
    sources.has(packet.source) &&
    destinations.has(packet.destination) &&
    services.some(
      ({ protocol, ports: some }) =>
        (protocol === 'any' || protocol === packet.protocol) &&
        (!some || some.some(([from, to]) => from <= packet.port && packet.port <= to)),
    );
}

const nodeWith = (rules: readonly FirewallRule[], defaultAction: 'accept' | 'deny'): HostLike => ({
  id: 'fw',
  kind: 'router',
  interfaces: interfaces.map((id) => ({ id })),
  firewall: { rules, defaultAction },
});

describe('shadowed rules', () => {
  it('are exactly those whose every packet an earlier rule takes', () => {
    fc.assert(
      fc.property(ruleList, (rules) => {
        const readings = rules.map(reading);
        const expected = readings.flatMap((one, index) => {
          const own = packets.filter(one);
          const earlier = readings.slice(0, index);
          const shadowed =
            own.length > 0 && own.every((packet) => earlier.some((matches) => matches(packet)));
          return shadowed ? [index] : [];
        });
        const found = findShadows(firewallLayers(nodeWith(rules, 'deny'), rules));
        expect(found.map((shadow) => shadow.index)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('are told with earlier rules that are enough to cover them', () => {
    fc.assert(
      fc.property(ruleList, (rules) => {
        for (const { index, by } of findShadows(firewallLayers(nodeWith(rules, 'deny'), rules))) {
          expect(by.every((earlier) => earlier < index)).toBe(true);
          const readings = rules.map(reading);
          const own = packets.filter((packet) => readings[index]?.(packet));
          const taken = own.every((packet) => by.some((earlier) => readings[earlier]?.(packet)));
          expect(taken).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are found in lists of thousands of rules without trying every pair of pieces', () => {
    const hosts = Array.from({ length: 4000 }, (_, at): FirewallRule => {
      const address = `10.${at >> 8}.${at & 255}.1`;
      return { id: `h${at}`, action: 'accept', destinations: [address] };
    });
    const last: FirewallRule = { id: 'last', action: 'deny' };
    const again: FirewallRule = { id: 'again', action: 'accept', destinations: ['10.0.7.1'] };
    const rules = [...hosts, again, last, again];
    const shadows = findShadows(firewallLayers(nodeWith(rules, 'deny'), rules));
    expect(shadows).toEqual([
      { index: 4000, by: [7] },
      { index: 4002, by: [7] },
    ]);
  });
});

describe('acceptors', () => {
  it('are the rules that are first to match some packet of the query, and accept', () => {
    const query = fc.record({
      to: fc.constantFrom('10.0.0.1', '10.0.0.0/31', 'fd00::2', 'fd00::1-fd00::3'),
      into: fc.subarray(interfaces, { minLength: 1 }),
    });
    fc.assert(
      fc.property(ruleList, fc.constantFrom('accept', 'deny'), query, (rules, action, asked) => {
        const expected = new Set<number>();
        const readings = rules.map(reading);
        const destinations = named([asked.to]);
        for (const packet of packets) {
          if (packet.inInterface === undefined || !asked.into.includes(packet.inInterface))
            continue;
          if (!destinations.has(packet.destination)) continue;
          const first = readings.findIndex((matches) => matches(packet));
          const verdict = first === byDefault ? action : rules[first]?.action;
          if (verdict === 'accept') expected.add(first);
        }
        const found = acceptors(nodeWith(rules, action), {
          destinations: parseAddressMatch(asked.to) ?? [],
          services: [everyService],
          inInterfaces: asked.into,
        });
        expect(found).toEqual([...expected].sort((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });
});
