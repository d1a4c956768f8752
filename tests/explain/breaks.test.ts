/** The proposals prove themselves on designs that were broken at random. */
import { afterAll, describe, expect, test, vi } from 'vitest';
import { applied, repair } from '../../src-main/explain/index.ts';
import type { Design, Flow } from '../../src-main/model/design.ts';
import { editDesign } from '../../src-main/model/edits.ts';
import { parseDesign } from '../../src-main/model/validate.ts';
import { compile, simulate, type Result } from '../../src-main/sim/index.ts';
import { sample, sampleNames } from '../samples/samples.ts';
import { seeds } from '../support/seeds.ts';
import { broken, seeded } from './breaks.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Of each sample; 520 in all, where all are tried. */
const breaksPerSample = seeds(130);
const trials = 400;
/** Of all breaks, the share that has to be repaired. */
const leastRepaired = 0.97;

const arrive = (design: Design, flows: readonly Flow[]): boolean => {
  const network = compile(design);
  return flows.every(({ id }) => {
    const flow = design.flows?.find((one) => one.id === id);
    return flow !== undefined && arrives(simulate(network, flow, { allPaths: true }));
  });
};

const arrives = ({ status, warnings }: Result): boolean =>
  status === 'reachable' && !warnings.some(({ code }) => code === 'mtu-black-hole');

const tally = { breaks: 0, repaired: 0, minimal: 0, noMoreThanBroken: 0 };

describe('a sample that was broken in one to three places', () => {
  test.each(sampleNames)('%s arrives again wherever changes are proposed', (name) => {
    const whole = sample(name);
    const network = compile(whole);
    const reachable = new Set(
      (whole.flows ?? [])
        .filter((flow) => arrives(simulate(network, flow, { allPaths: true })))
        .map(({ id }) => id),
    );
    let repaired = 0;
    for (let seed = 1, breaks = 0; breaks < breaksPerSample; seed += 1) {
      const random = seeded(seed * 7919);
      const { design, what } = broken(whole, random, 1 + Math.floor(random() * 3));
      const flows = (design.flows ?? []).filter(({ id }) => reachable.has(id));
      if (arrive(design, flows)) continue;
      breaks += 1;
      const { edits, changes, left } = repair(design, flows, trials);
      const helped = flows.filter(({ id }) => !left.includes(id));
      const after = editDesign(design, edits);
      const where = `${name}, seed ${seed}: ${what}`;
      expect(parseDesign(structuredClone(after)).ok, where).toBe(true);
      expect(arrive(after, helped), where).toBe(true);
      // None of the changes can be left out.
      for (const at of changes.keys()) {
        const fewer = applied(design, changes.toSpliced(at, 1));
        expect(fewer !== undefined && arrive(fewer, helped), where).toBe(false);
      }
      tally.breaks += 1;
      tally.minimal += 1;
      if (left.length > 0) continue;
      repaired += 1;
      tally.repaired += 1;
      if (changes.length <= what.split(';').length) tally.noMoreThanBroken += 1;
    }
    expect(repaired / breaksPerSample).toBeGreaterThan(leastRepaired);
  });

  afterAll(() => {
    const { breaks, repaired, minimal, noMoreThanBroken } = tally;
    console.log(
      `${breaks} breaks: ${repaired} repaired, ${minimal} by a set of which nothing can be left out, ` +
        `${noMoreThanBroken} by no more changes than were broken`,
    );
  });
});
