/** What becomes of requests to a service, in the kernel and in the simulator, in the same few words. */
import type { Design } from '../../../src-main/model/design.ts';
import type { ExpectedWay } from '../expect.ts';
import type { Observed } from '../observe.ts';
import { nameOf } from './serving.ts';

/** Several outcomes, each once, in the order of their names. */
export const together = (outcomes: Iterable<string>): string =>
  [...new Set(outcomes)].sort().join(', ');

export function observedOutcome(design: Design, { sightings, deliveries }: Observed): string {
  const packets = [...sightings, ...deliveries].map(({ packet }) => packet);
  if (packets.some(({ role }) => role === 'reset')) return 'nobody listens';
  const errors = packets.flatMap(({ error }) => (error ? [`${error.type}/${error.code}`] : []));
  if (errors.includes('3/3') || errors.includes('1/4')) return 'rejected';
  const reached = deliveries.find(({ role }) => role === 'request');
  if (!reached) return 'dropped';
  return `${reached.place} ← ${nameOf(design, reached.packet.tuple.source)}`;
}

export function simulatedOutcome(design: Design, { request }: ExpectedWay): string {
  switch (request.disposition) {
    case 'delivered':
      return `${request.end} ← ${nameOf(design, request.source)}`;
    case 'no-listener':
      return 'nobody listens';
    case 'rejected':
      return 'rejected';
    case 'denied':
    case 'no-endpoints':
      return 'dropped';
    default:
      return request.disposition;
  }
}
