import { describe, expect, test } from 'vitest';
import { Reading } from '../../../src-renderer/state/reading.svelte.ts';
import { linkMtu, stackBytes } from '../../../src-renderer/state/stack-bytes.ts';
import { run, sample } from './sample.ts';

const flows = sample.flows?.map(({ id }) => id) ?? [];

describe('the bytes of a packet', () => {
  test.each(flows)(
    'of %s: the headers and the payload are the length of the outermost packet',
    (id) => {
      const result = run(id);
      for (const trace of [...result.forward, ...result.reverse]) {
        for (const leg of trace.legs) {
          for (const { packet } of leg.hops.flatMap(({ steps }) => steps)) {
            const bytes = stackBytes(packet);
            const frame = packet[0]?.type === 'ethernet' ? (bytes.headers[0] ?? 0) : 0;
            const sum = bytes.headers.reduce((all, one) => all + one, 0) + bytes.payload - frame;
            expect(sum, JSON.stringify(packet)).toBe(bytes.packet);
          }
        }
      }
    },
  );

  test('are held against the link that they are sent on', () => {
    const { steps } = new Reading(run('internet-to-web'));
    const into = steps.findIndex(
      ({ step }) => step.kind === 'encapsulate' && step.action === 'vxlan',
    );
    expect(linkMtu(steps, into)).toEqual({ bytes: 9000, place: 'vtep' });
    // Before the tunnel is around it, it speaks of the segment that the packet came by.
    expect(linkMtu(steps, into - 1)?.bytes).toBe(1500);
  });
});
