/** What must hold of every answer, whatever the design and the question. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design, Flow } from '../../src-main/model/design.ts';
import { entityRef } from '../../src-main/model/ids.ts';
import { ip } from '../../src-main/model/ip.ts';
import { checkDesign } from '../../src-main/checks/index.ts';
import {
  compile,
  createVerdictRunner,
  isDelivered,
  simulate,
  traceFault,
  type Leg,
  type Packet,
  type Result,
  type Trace,
} from '../../src-main/sim/index.ts';
import { seeds } from '../support/seeds.ts';
import { reversed, tuplesOf } from './tuples.ts';
import { arbitraryDesign } from './arbitrary-design.ts';
import { designWithFlows } from './arbitrary-flow.ts';

const questions = designWithFlows(arbitraryDesign);
/** A failure names its seed and path; to make the design of a failure small takes long and is asked for. */
const runs = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? seeds(80)),
  endOnFailure: process.env['PROPERTY_SHRINK'] === undefined,
};

const tracesOf = (result: Result): readonly Trace[] => [...result.forward, ...result.reverse];

function eachAnswer(check: (result: Result, design: Design, flow: Flow) => void): void {
  fc.assert(
    fc.property(questions, ({ design, flows }) => {
      const network = compile(design);
      for (const flow of flows) {
        for (const allPaths of [false, true]) {
          check(simulate(network, flow, { allPaths, maxPaths: 8 }), design, flow);
        }
      }
    }),
    runs,
  );
}

describe('every answer', () => {
  it('holds traces that are traces', () => {
    eachAnswer((result) => {
      expect(result.forward.length).toBeGreaterThan(0);
      for (const trace of tracesOf(result)) expect(traceFault(trace)).toBeUndefined();
    });
  });

  it('says reachable where both ways deliver, one-way where only the request does', () => {
    eachAnswer((result) => {
      const delivered = result.forward.every(({ disposition }) => isDelivered(disposition));
      const replies = result.reverse.filter(({ disposition }) => isDelivered(disposition));
      const answered = delivered && replies.length === result.forward.length;
      if (result.status === 'reachable') expect(answered).toBe(true);
      if (result.status === 'unreachable') expect(delivered).toBe(false);
      if (result.status === 'one-way') expect([delivered, answered]).toEqual([true, false]);
    });
  });

  it('has one reply for each request that was delivered, and none for the others', () => {
    eachAnswer((result) => {
      const expected = result.forward.flatMap(({ disposition }, index) =>
        isDelivered(disposition) ? [index] : [],
      );
      expect(result.reverse.map(({ replyTo }) => replyTo)).toEqual(expected);
    });
  });

  it('gives the paths probabilities that sum to 1, unless paths were left out', () => {
    fc.assert(
      fc.property(questions, ({ design, flows }) => {
        const network = compile(design);
        for (const flow of flows) {
          const result = simulate(network, flow, { allPaths: true, maxPaths: 64 });
          const total = result.forward.reduce((sum, { probability }) => sum + probability, 0);
          if (result.warnings.some(({ code }) => code === 'paths-cut')) {
            expect(total).toBeLessThanOrEqual(1 + 1e-9);
          } else expect(total).toBeCloseTo(1, 9);
        }
      }),
      runs,
    );
  });

  it('follows by default one of all paths', () => {
    fc.assert(
      fc.property(questions, ({ design, flows }) => {
        const network = compile(design);
        for (const flow of flows) {
          const [one] = simulate(network, flow).forward;
          const all = simulate(network, flow, { allPaths: true, maxPaths: 256 });
          if (all.warnings.some(({ code }) => code === 'paths-cut')) continue;
          const ways = all.forward.map(({ legs, probability }) =>
            JSON.stringify([probability, legs]),
          );
          expect(ways).toContain(JSON.stringify([one?.probability, one?.legs]));
        }
      }),
      runs,
    );
  });

  it('tells each step in words, of a packet that is whole', () => {
    eachAnswer((result) => {
      for (const { legs } of tracesOf(result)) {
        for (const { hops } of legs) {
          for (const step of hops.flatMap(({ steps }) => steps)) {
            expect(step.text).not.toMatch(/undefined|NaN|\[object/);
            expect(lengthFault(step.packet)).toBeUndefined();
          }
        }
      }
    });
  });
});

describe('a verdict without a trace', () => {
  it('is that of the trace', () => {
    fc.assert(
      fc.property(questions, ({ design, flows }) => {
        const network = compile(design);
        const runner = createVerdictRunner(network);
        for (const { id, from, to, protocol = 'tcp', port = 0, sourcePort = 40_000 } of flows) {
          if (from.kind !== 'node' || to.kind !== 'address') continue;
          const flow: Flow = { id, from, to, protocol, port, sourcePort };
          const [leg] = simulate(network, flow).forward[0]?.legs ?? [];
          const asked = protocol === 'icmp' ? 0 : port;
          const verdict = runner.run(from.node, ip(to.address), protocol, asked, sourcePort);
          expect(verdict).toBe(leg?.disposition);
        }
      }),
      runs,
    );
  });
});

describe('a reply that arrives', () => {
  it('comes from where its client sent the request to, whatever was rewritten on the way', () => {
    eachAnswer((result) => {
      for (const { disposition, replyTo, legs } of result.reverse) {
        if (!isDelivered(disposition)) continue;
        const requests = result.forward[replyTo]?.legs.filter((leg) => leg.purpose === 'request');
        const sent = tuplesOf(requests?.[0], 'originate/send')[0];
        const got = tuplesOf(legs.at(-1), 'deliver/reply').at(-1);
        expect(got).toEqual(sent && reversed(sent));
      }
    });
  });

  it('crosses the same stateful nodes as its request, or is told to be asymmetric', () => {
    eachAnswer((result) => {
      if (result.status !== 'reachable') return;
      for (const { replyTo, legs } of result.reverse) {
        const requests = result.forward[replyTo]?.legs.filter((leg) => leg.purpose === 'request');
        const judged = (some: readonly Leg[] | undefined) =>
          (some ?? []).flatMap((leg) =>
            leg.hops.flatMap((hop) =>
              hop.steps.some(({ kind, action }) => kind === 'firewall' && action === 'accept')
                ? [hop.node]
                : [],
            ),
          );
        const before = new Set(judged(requests));
        const anew = judged(legs).filter((node) => !before.has(node));
        const told = result.warnings
          .filter(({ code }) => code === 'asymmetric')
          .map(({ at }) => at);
        for (const node of anew) expect(told).toContain(node);
      }
    });
  });
});

/** Each IP header's length has to hold everything inside it; the innermost one's payload is not drawn. */
function lengthFault(packet: Packet): string | undefined {
  for (const [at, header] of packet.entries()) {
    if (header.type !== 'ipv4' && header.type !== 'ipv6') continue;
    const next = packet.slice(at + 1).find(({ type }) => type === 'ipv4' || type === 'ipv6');
    if (header.ttl < 0 || header.ttl > 255) return `TTL ${header.ttl}`;
    if (header.length > 65535) return `length ${header.length}`;
    if (next && 'length' in next && header.length <= next.length) {
      return `${header.length} bytes around ${next.length}`;
    }
  }
  return undefined;
}

describe('the same question', () => {
  it('has the same answer, byte for byte, also from a fresh copy of the design', () => {
    fc.assert(
      fc.property(questions, ({ design, flows }) => {
        const network = compile(design);
        const fresh = compile(structuredClone(design));
        for (const flow of flows) {
          const answer = JSON.stringify(simulate(network, flow));
          expect(JSON.stringify(simulate(network, flow))).toBe(answer);
          expect(JSON.stringify(simulate(fresh, structuredClone(flow)))).toBe(answer);
        }
      }),
      runs,
    );
  });

  it('leaves the design as it was', () => {
    fc.assert(
      fc.property(questions, ({ design, flows }) => {
        const before = JSON.stringify(design);
        const network = compile(design);
        for (const flow of flows) simulate(network, flow);
        checkDesign(design);
        expect(JSON.stringify(design)).toBe(before);
      }),
      runs,
    );
  });

  it('has the same answer and the same findings wherever things are drawn', () => {
    const positions = fc.infiniteStream(fc.integer({ min: -5000, max: 5000 }));
    fc.assert(
      fc.property(questions, positions, ({ design, flows }, stream) => {
        const coordinate = () => Number(stream.next().value);
        const layout = (design.nodes ?? []).map(({ id }) => ({
          id: entityRef('node', id),
          x: coordinate(),
          y: coordinate(),
        }));
        const drawn: Design = { ...design, layout };
        const [one, other] = [compile(design), compile(drawn)];
        for (const flow of flows) {
          expect(JSON.stringify(simulate(other, flow))).toBe(JSON.stringify(simulate(one, flow)));
        }
        expect(JSON.stringify(checkDesign(drawn))).toBe(JSON.stringify(checkDesign(design)));
      }),
      { ...runs, numRuns: seeds(50) },
    );
  });
});
