/** The largest packet that passes each way of a connection, and what becomes of a transfer over it. */
import type { Flow } from '../../src-main/model/design.ts';
import type { FlowRequest } from './agent.ts';
import type { ExpectedLeg, ExpectedWay } from './expect.ts';
import type { Observed } from './observe.ts';

/** A flow that got through, and the way that it took. */
export interface Passed {
  readonly flow: Flow;
  readonly request: FlowRequest;
  readonly way: ExpectedWay;
}

/** Bytes of a transfer: more than a window's worth of full packets. */
const bulkBytes = 20_000;

const headersOf = ({ family }: FlowRequest) => (family === 4 ? 20 : 40) + 8;

/** Packets of a size, along the connection. */
interface Probe {
  readonly direction: 'request' | 'answer';
  readonly bytes: number;
  readonly passes: boolean;
}

function probesOf({ request, way }: Passed): Probe[] {
  const sizes = (leg: ExpectedLeg | undefined, direction: Probe['direction']): Probe[] =>
    leg?.pathMtu === undefined || leg.sightings.length === 0
      ? []
      : [
          { direction, bytes: leg.pathMtu, passes: true },
          { direction, bytes: leg.pathMtu + 1, passes: false },
        ];
  // A machine answers an echo by itself, of whatever size, and without DF.
  const back = request.protocol === 'udp' ? sizes(way.answer, 'answer') : [];
  return [...sizes(way.request, 'request'), ...back];
}

/** Sends packets of the largest size that should pass, and of one byte more. Gives what differs, by flow. */
export async function probeSizes(
  send: (flows: readonly FlowRequest[]) => Promise<Map<string, Observed>>,
  passed: readonly Passed[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const datagrams = passed.filter(({ request }) => request.protocol !== 'tcp');
  const all = datagrams.map((one) => ({ ...one, probes: probesOf(one) }));
  // One size at a time: what comes in is told apart by its length.
  const rounds = Math.max(0, ...all.map(({ probes }) => probes.length));
  for (let round = 0; round < rounds; round += 1) {
    const turn = all.filter(({ probes }) => probes[round]);
    const seen = await send(
      turn.map(({ request, probes }) => sized(request, probes[round] as Probe)),
    );
    for (const { flow, request, way, probes } of turn) {
      const probe = probes[round] as Probe;
      const leg = probe.direction === 'request' ? way.request : way.answer;
      const passes = leg !== undefined && arrives(seen.get(request.id), probe, leg);
      if (passes === probe.passes) continue;
      const text = `${probe.direction}: ${probe.bytes} bytes ${passes ? '' : 'do not '}pass; the simulator has ${leg?.pathMtu} as the largest`;
      found.set(flow.id, [...(found.get(flow.id) ?? []), text]);
    }
  }
  return found;
}

function sized(request: FlowRequest, { direction, bytes }: Probe): FlowRequest {
  const payload = bytes - headersOf(request);
  const question =
    direction === 'request'
      ? { bytes: payload, answer: '32' }
      : { bytes: 32, answer: String(payload) };
  return { ...request, df: true, payload, questions: request.protocol === 'udp' ? [question] : [] };
}

/** All of the way: a machine at its end may be on it before, too, or be the end of a tunnel that it goes through. */
function arrives(seen: Observed | undefined, { direction, bytes }: Probe, leg: ExpectedLeg) {
  const way = seen?.sightings.filter(({ packet }) => packet.role === direction) ?? [];
  const last = way.at(-1);
  return (
    way.length >= leg.sightings.length &&
    last?.place === leg.end &&
    last.way === 'in' &&
    last.text.includes(` ${bytes} bytes`)
  );
}

/** Transfers over the TCP connections: whether all of it comes back. By flow. */
export async function transfer(
  send: (flows: readonly FlowRequest[]) => Promise<Map<string, Observed>>,
  passed: readonly Passed[],
): Promise<Map<string, boolean>> {
  const connections = passed.filter(({ request }) => request.protocol === 'tcp');
  if (connections.length === 0) return new Map();
  const seen = await send(connections.map(({ request }) => ({ ...request, bulk: bulkBytes })));
  return new Map(connections.map(({ flow }) => [flow.id, seen.get(flow.id)?.bulk ?? false]));
}
