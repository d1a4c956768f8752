/** Runs a design's flows in the kernel and in the simulator, and says where they differ. */
import type { Design, Flow } from '../../src-main/model/design.ts';
import { ip } from '../../src-main/model/ip.ts';
import { compile, simulate } from '../../src-main/sim/index.ts';
import type { Network } from '../../src-main/sim/compile/network.ts';
import type { Agent, Fault, FlowRequest } from './agent.ts';
import { expectedWays, type ExpectedWay } from './expect.ts';
import { judge } from './judge.ts';
import { recordsOf } from './captures.ts';
import { buildNetwork, capture, familyOf, type KernelNetwork, type WithPlan } from './network.ts';
import { observe, vxlanPortsOf, type Observed } from './observe.ts';
import { probeSizes, transfer } from './probes.ts';

export interface Judged {
  readonly flow: Flow;
  /** Empty where the flow may take more ways than can be followed: nothing was judged. */
  readonly ways: readonly ExpectedWay[];
  readonly observed: Observed;
  /** The way that fits best; absent where nothing was judged. */
  readonly way?: ExpectedWay | undefined;
  /** Whether all of a transfer over the connection came back; absent where none was made. */
  readonly whole?: boolean | undefined;
  readonly differences: readonly string[];
}

export interface SceneReport {
  readonly faults: readonly Fault[];
  readonly flows: readonly Judged[];
}

/** TCP sends what is not acknowledged again after 200, 600 and 1400 ms. */
const stallMs = 2000;

export interface SceneOptions {
  readonly withPlan?: WithPlan | undefined;
  /** Whether tcpdump captures the frames, and not the agent itself; false when absent. */
  readonly tcpdump?: boolean;
  /** Whether the largest packets and transfers are tried as well; true when absent. */
  readonly sizes?: boolean;
  /** Whether a transfer is tried also where the simulator does not say how it ends; false when absent. */
  readonly everyTransfer?: boolean;
}

export async function runScene(
  agent: Agent,
  design: Design,
  { withPlan, tcpdump = false, sizes = true, everyTransfer = false }: SceneOptions = {},
): Promise<SceneReport> {
  const network = compile(design);
  const kernel = await buildNetwork(agent, network, withPlan);
  try {
    if (tcpdump) await capture(agent, kernel);
    const flows = await judgeFlows(agent, network, kernel, { sizes, everyTransfer });
    return { faults: kernel.faults, flows };
  } finally {
    await agent.ask('clear', {});
  }
}

async function judgeFlows(
  agent: Agent,
  network: Network,
  kernel: KernelNetwork,
  { sizes, everyTransfer }: Required<Pick<SceneOptions, 'sizes' | 'everyTransfer'>>,
): Promise<Judged[]> {
  const flows = network.design.flows ?? [];
  const requests = flows.map((flow) => requestOf(flow, kernel));
  const ids = new Map(requests.map(({ key, id }) => [key, id]));
  const send = async (some: readonly FlowRequest[]) => {
    const { records, captures } = await agent.ask('send', { flows: some, stallMs });
    const all = [...records, ...recordsOf(captures, kernel, network)];
    return observe(all, kernel, vxlanPortsOf(network), ids);
  };
  const observed = await send(requests);
  const asked = flows.map((flow) => ({
    flow,
    ways: expectedWays(network, flow) ?? [],
    seen: observed.get(flow.id) as Observed,
  }));
  const spent = unreachablesSpent(asked);
  const canTell = (place: string, address: string) =>
    (spent.get(`${place} ${address}`) ?? 0) < mostUnreachables && leaves(network, place, address);
  const judged = asked.map(({ flow, ways, seen }) => {
    const verdict = ways.length === 0 ? undefined : judge(flow, ways, seen, canTell);
    return {
      flow,
      ways,
      observed: seen,
      way: verdict?.way,
      differences: verdict?.differences ?? [],
    };
  });
  if (!sizes) return judged;
  const passed = judged.flatMap(({ flow, way, differences }, at) =>
    way?.request.disposition === 'delivered' && differences.length === 0
      ? [{ flow, way, request: requests[at] as FlowRequest }]
      : [],
  );
  const misfits = await probeSizes(send, passed);
  // What was learned of paths so far goes into the MSS that machines announce.
  await forgetPaths(agent, kernel);
  const whole = await transfer(
    send,
    passed.filter(
      ({ way: { answer, breaks } }) =>
        answer?.disposition === 'delivered' && (everyTransfer || breaks !== undefined),
    ),
  );
  return judged.map((one) => ({
    ...one,
    whole: whole.get(one.flow.id),
    differences: [
      ...one.differences,
      ...(misfits.get(one.flow.id) ?? []),
      ...transferDifferences(one.way, whole.get(one.flow.id)),
    ],
  }));
}

/** The file below /proc/sys does so for IPv4 alone; of IPv6 it collects what is too old. */
async function forgetPaths(agent: Agent, { places }: KernelNetwork): Promise<void> {
  await agent.ask('set', { sysctls: [['net/ipv4/route/flush', '1']] });
  const argv = ['ip', '-6', 'route', 'flush', 'cache'];
  await agent.ask('run', { steps: [...places.keys()].map((namespace) => ({ namespace, argv })) });
}

/** A transfer does not get through where the simulator says that the connection breaks, and does everywhere else. */
function transferDifferences(way: ExpectedWay | undefined, whole: boolean | undefined): string[] {
  const lost = way?.breaks;
  if (whole === undefined || lost === undefined || whole !== lost) return [];
  return [
    whole
      ? 'a transfer gets through; the simulator warns of a connection that breaks'
      : 'a transfer does not get through; the simulator knows of nothing that breaks it',
  ];
}

/**
 * Of IPv4 packets without a route Linux tells each sender five times, then once a second (net/ipv4/route.c, `ip_error`).
 * Every fragment counts, though only the first is told of, and so does an
 * error message that gets no further.
 */
const mostUnreachables = 5;

/** What a machine has spent of its messages to an address that a network is unreachable. */
function unreachablesSpent(
  all: readonly { readonly ways: readonly ExpectedWay[]; readonly seen: Observed }[],
): Map<string, number> {
  const counts = new Map<string, number>();
  const spend = (key: string, count: number) => counts.set(key, (counts.get(key) ?? 0) + count);
  for (const { ways, seen } of all) {
    const lost = lostError(seen);
    if (lost !== undefined) spend(lost, 1);
    const first = seen.sightings.find(
      ({ packet }) => packet.error?.type === 3 && packet.error.code === 0,
    );
    if (first?.way !== 'out') continue;
    const key = `${first.place} ${first.packet.tuple.destination}`;
    spend(key, Math.max(1, ...ways.map(fragmentsOf)));
  }
  return counts;
}

/** Where an error message, of which nobody is ever told, got no further, and whose it was; undefined where none did so. */
function lostError({ sightings, deliveries }: Observed): string | undefined {
  const last = sightings.findLast(({ packet }) => packet.role === 'error');
  const taken = deliveries.some(
    ({ place, packet }) => place === last?.place && packet.role === 'error',
  );
  return last?.way === 'in' && !taken ? `${last.place} ${last.packet.tuple.source}` : undefined;
}

/** Pieces in which a request arrives. */
const fragmentsOf = ({ request }: ExpectedWay): number =>
  request.steps.reduce(
    (pieces, { kind, detail }) => (kind === 'fragment' ? pieces * detail.fragments : pieces),
    1,
  );

/** Bytes behind the IP and transport headers of a handshake's packet, as the simulator has it. */
const usualPayload = { tcp: 0, udp: 32, icmp: 56 } as const;
const transportBytes = { tcp: 20, udp: 8, icmp: 8 } as const;

export function requestOf(flow: Flow, kernel: KernelNetwork): FlowRequest {
  const { from, to, protocol = 'tcp', port = 0, sourcePort = 0, packetBytes } = flow;
  if (from.kind === 'address' || to.kind !== 'address') {
    throw new Error(`${flow.id}: only flows from nodes and pods to addresses are judged`);
  }
  const family = familyOf(to.address);
  const headers = (family === 4 ? 20 : 40) + transportBytes[protocol];
  const payload =
    packetBytes === undefined ? usualPayload[protocol] : Math.max(0, packetBytes - headers);
  return {
    id: flow.id,
    namespace: kernel.namespaceOf(from.kind === 'pod' ? from.pod : from.node),
    protocol,
    family,
    source: from.kind === 'node' ? (from.address ?? null) : null,
    destination: ip(to.address).text,
    port,
    key: sourcePort,
    df: flow.df ?? true,
    payload,
    questions:
      protocol === 'udp' ? [{ bytes: payload, answer: (flow.df ?? true) ? '32' : '32-' }] : [],
    bulk: 0,
  };
}

/** Whether a packet that a machine makes for an address gets off from it, whichever way it takes. */
function leaves(network: Network, place: string, address: string): boolean {
  const [node = ''] = place.split(' on ');
  const flow: Flow = {
    id: 'message',
    from: network.deviceByPod.has(node) ? { kind: 'pod', pod: node } : { kind: 'node', node },
    to: { kind: 'address', address },
    protocol: 'icmp',
  };
  return simulate(network, flow, { allPaths: true }).forward.every(({ legs }) =>
    legs[0]?.hops[0]?.steps.some(({ kind }) => kind === 'transmit'),
  );
}
