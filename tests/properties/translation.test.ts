/** Translations on the way are undone on the way back, however many there are. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { network } from '../builders/network.ts';
import {
  everywhere,
  hostAddress,
  interfaceAddresses,
  subnetOf,
  type Network,
} from './address-plan.ts';
import { reversed, steps, tuplesOf } from './tuples.ts';

/** What one box between two networks does, towards the server. */
interface Box {
  /** What the source becomes: nothing else, the box's first or second address on the way out, or one of both. */
  readonly source: 'kept' | 'interface' | 'second' | 'pool';
  /** Whether the box passes what is for its second address on to the server, and to which port. */
  readonly destination: 'kept' | 'same port' | 'other port';
  readonly order: 'nsx-v' | 'linux';
}

const box: fc.Arbitrary<Box> = fc.record({
  source: fc.constantFrom('kept', 'interface', 'second', 'pool'),
  destination: fc.constantFrom('kept', 'same port', 'other port'),
  order: fc.constantFrom('nsx-v', 'linux'),
});

const chains = fc.record({
  boxes: fc.array(box, { minLength: 1, maxLength: 4 }),
  family: fc.constantFrom<4 | 6>(4, 6),
  protocol: fc.constantFrom('tcp' as const, 'udp' as const),
  sourcePort: fc.integer({ min: 1, max: 65535 }),
});

/** Hosts on each network: the box before it has 1 and 2, the one behind it 11 and 12, client and server 50. */
const before = [1, 2] as const;
const behind = [11, 12] as const;
const end = 50;
const askedPort = 53;
const otherPort = 5353;

function chainOf(boxes: readonly Box[], family: 4 | 6, protocol: 'tcp' | 'udp') {
  const networks = Array.from({ length: boxes.length + 1 }, (_, index): Network => ({
    id: `n${index}`,
    index: index + 1,
    isPublic: false,
  }));
  const at = (index: number) => networks[index] as Network;
  const address = (index: number, host: number) => hostAddress(at(index), family, host);
  const builder = network();
  for (const item of networks) builder.segment(item.id, subnetOf(item, family));
  const last = boxes.length;
  /** Where the first box from `from` on that passes on would find its destination: the second address, else the server. */
  const nextTarget = (from: number): string => {
    const passing = boxes.findIndex((one, index) => index >= from && one.destination !== 'kept');
    return passing < 0 ? address(last, end) : address(passing, behind[1]);
  };
  boxes.forEach((one, index) => {
    const interfaces = [
      { at: index, hosts: behind },
      { at: index + 1, hosts: before },
    ].map(({ at: where, hosts }, side) => ({
      id: side === 0 ? 'client-side' : 'server-side',
      segment: at(where).id,
      addresses: hosts.flatMap((host) => interfaceAddresses(at(where), [family], host)),
    }));
    const routes = networks.flatMap((target, where) => {
      if (where === index || where === index + 1) return [];
      const via = where < index ? address(index, before[0]) : address(index + 1, behind[0]);
      return [{ destination: subnetOf(target, family), via }];
    });
    const [first, second] = [address(index + 1, before[0]), address(index + 1, before[1])];
    const translated = { interface: 'interface', second, pool: `${first}-${second}` };
    builder.router(`box${index}`, interfaces, {
      routes,
      stageOrder: one.order,
      nat: [
        ...(one.source === 'kept'
          ? []
          : [
              {
                id: 'hide',
                kind: 'snat' as const,
                interface: 'server-side',
                original: 'any',
                translated: translated[one.source],
              },
            ]),
        ...(one.destination === 'kept'
          ? []
          : [
              {
                id: 'pass',
                kind: 'dnat' as const,
                interface: 'client-side',
                protocol,
                original: address(index, behind[1]),
                translated: nextTarget(index + 1),
                ...(one.destination === 'other port' ? { translatedPort: otherPort } : {}),
              },
            ]),
      ],
    });
  });
  const ends = [
    { id: 'client', where: 0, gateway: address(0, behind[0]) },
    { id: 'server', where: last, gateway: address(last, before[0]) },
  ];
  for (const { id, where, gateway } of ends) {
    const addresses = interfaceAddresses(at(where), [family], end);
    builder.host(id, [{ id: 'eth0', segment: at(where).id, addresses }], {
      routes: [{ destination: everywhere(family), via: gateway }],
      listens: [`${protocol} ${askedPort}`, `${protocol} ${otherPort}`],
    });
  }
  return { builder, target: nextTarget(0) };
}

it('what gets to the server through translations gets back as the answer to what was sent', () => {
  let rewrites = 0;
  fc.assert(
    fc.property(chains, ({ boxes, family, protocol, sourcePort }) => {
      const { builder, target } = chainOf(boxes, family, protocol);
      const options = { protocol, port: askedPort, sourcePort };
      const design = builder.flow('f', 'client', target, options).build();
      const [flow] = design.flows ?? [];
      const result = simulate(compile(design), flow as NonNullable<typeof flow>);
      expect(result.status).toBe('reachable');
      const request = result.forward[0]?.legs.at(-1);
      const reply = result.reverse[0]?.legs.at(-1);
      const [sent] = tuplesOf(request, 'originate/send');
      expect(tuplesOf(reply, 'deliver/reply')).toEqual([sent && reversed(sent)]);
      const wanted = boxes.flatMap((one) => [
        ...(one.destination === 'kept' ? [] : ['dnat']),
        ...(one.source === 'kept' ? [] : ['snat']),
      ]);
      const done = steps(request).flatMap((step) => (step.kind === 'nat' ? [step.action] : []));
      expect(done).toEqual(wanted);
      rewrites += wanted.length;
    }),
    { numRuns: 150 },
  );
  // Chains of one to four boxes with both kinds at most: without rewrites the property would say nothing.
  expect(rewrites).toBeGreaterThan(150);
});
