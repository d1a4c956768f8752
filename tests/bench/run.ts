/**
 * Measures the engine on generated leaf-spine fabrics: compilation, verdicts only, full traces, and what a verdict-only
 * hop allocates; then the evaluation of a large install. Prints tables with ratios within this run; it judges nothing.
 *
 *     npm run bench [-- SIZE…]     sizes in nodes; 100, 1,000 and 10,000 when absent
 */
import { ip, type Ip } from '../../src-main/model/ip.ts';
import type { Flow } from '../../src-main/model/design.ts';
import { checkDesign } from '../../src-main/checks/index.ts';
import {
  compile,
  createVerdictRunner,
  simulate,
  type Network,
  type VerdictRunner,
} from '../../src-main/sim/index.ts';
import { shippedCatalogue } from '../install/asking.ts';
import { fabric, trips, type Fabric, type Trip } from './fabric.ts';
import { installWorkload } from './installs.ts';
import { allocatedBytes, rate, timed } from './measure.ts';
import { table } from './table.ts';

/** Connections that one round runs through the network. */
const tripsARound = 4096;
/** Full traces are slower by far, so that a part of the round will do. */
const tracesARound = 256;

interface Packet extends Trip {
  readonly destination: Ip;
}

interface Measured {
  readonly nodes: number;
  readonly compileMs: number;
  readonly lintMs: number;
  readonly hopsATrip: number;
  readonly verdictHops: number;
  readonly traceHops: number;
  readonly bytesAHop: number;
  /** What the rounds came to, so that no part of them can be left out. */
  readonly digest: string;
}

function verdictRound(
  runner: VerdictRunner,
  packets: readonly Packet[],
  seen: Map<string, number>,
) {
  let hops = 0;
  for (const { from, destination, port, sourcePort } of packets) {
    const verdict = runner.run(from.node, destination, 'tcp', port, sourcePort) ?? 'no such node';
    seen.set(verdict, (seen.get(verdict) ?? 0) + 1);
    hops += runner.hops;
  }
  return hops;
}

const flowOf = ({ from, to, port, sourcePort }: Trip): Flow => ({
  id: 'bench',
  from: { kind: 'node', node: from.node },
  to: { kind: 'address', address: to.address },
  port,
  sourcePort,
});

/** Hops of all legs of full traces, requests and replies. */
function traceRound(network: Network, flows: readonly Flow[], seen: Map<string, number>) {
  let hops = 0;
  for (const flow of flows) {
    const { status, forward, reverse } = simulate(network, flow);
    seen.set(status, (seen.get(status) ?? 0) + 1);
    for (const { legs } of [...forward, ...reverse]) {
      for (const leg of legs) hops += leg.hops.length;
    }
  }
  return hops;
}

function measure(nodes: number): Measured {
  const built: Fabric = fabric(nodes);
  const { design } = built;
  const compileMs = timed(() => compile(design), nodes > 5000 ? 3 : 5);
  const network = compile(design);
  const lintMs = timed(() => checkDesign(design), nodes > 5000 ? 1 : 3);

  const packets = trips(built, tripsARound).map((trip) => ({
    ...trip,
    destination: ip(trip.to.address),
  }));
  const seen = new Map<string, number>();
  const runner = createVerdictRunner(network);
  const hopsARound = verdictRound(runner, packets, seen);
  const verdictHops = rate(() => verdictRound(runner, packets, seen));
  const bytesAHop = allocatedBytes(() => verdictRound(runner, packets, seen));

  const flows = packets.slice(0, tracesARound).map(flowOf);
  const traceHops = rate(() => traceRound(network, flows, seen));

  const shares = [...seen].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    nodes: design.nodes?.length ?? 0,
    compileMs,
    lintMs,
    hopsATrip: hopsARound / packets.length,
    verdictHops,
    traceHops,
    bytesAHop,
    digest: shares.map(([verdict]) => verdict).join(', '),
  };
}

function report(all: readonly Measured[]): string {
  const number = (value: number, digits = 0) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const [first] = all;
  const ratio = (value: number, base: number | undefined) =>
    base === undefined || base === 0 ? '–' : `× ${number(value / base, 2)}`;
  const rows = all.map((one) => [
    number(one.nodes),
    number(one.compileMs, 1),
    number((one.compileMs * 1000) / one.nodes, 1),
    number(one.lintMs, 1),
    number(one.hopsATrip, 1),
    number(one.verdictHops),
    number(1e9 / one.verdictHops),
    number(one.bytesAHop, 1),
    number(one.traceHops),
    number(one.verdictHops / one.traceHops, 1),
  ]);
  const growth = all.map((one) => [
    number(one.nodes),
    ratio(one.nodes, first?.nodes),
    ratio(Math.log2(one.nodes), first && Math.log2(first.nodes)),
    ratio(one.compileMs / one.nodes, first && first.compileMs / first.nodes),
    ratio(1 / one.verdictHops, first && 1 / first.verdictHops),
    ratio(1 / one.traceHops, first && 1 / first.traceHops),
  ]);
  return [
    table(
      [
        'nodes',
        'compile ms',
        '… µs/node',
        'lint ms',
        'hops/trip',
        'verdict hops/s',
        '… ns/hop',
        '… bytes/hop',
        'trace hops/s',
        'verdict ÷ trace',
      ],
      rows,
    ),
    '',
    'Growth of the cost, against the smallest of this run:',
    '',
    table(
      ['nodes', 'nodes ×', 'log₂ nodes ×', 'compile/node ×', 'verdict/hop ×', 'trace/hop ×'],
      growth,
    ),
    '',
    ...all.map((one) => `${number(one.nodes)} nodes ended as: ${one.digest}`),
  ].join('\n');
}

const asked = process.argv.slice(2).map((text) => Number(text.replaceAll(',', '')));
const wrong = asked.find((size) => !Number.isInteger(size) || size < 50);
if (wrong !== undefined) {
  console.error(`bench: expected sizes of at least 50 nodes, such as 1000; got ${wrong}`);
  process.exitCode = 2;
} else {
  const sizes = asked.length > 0 ? asked : [100, 1000, 10_000];
  console.log(`leaf-spine fabrics, ${tripsARound} connections a round, Node ${process.version}\n`);
  console.log(report(sizes.map(measure)));
  console.log(`\n${installWorkload(shippedCatalogue())}`);
}
