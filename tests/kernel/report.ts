/** A disagreement as people read it: the design, the flow, and both stories. */
import { formatDesignText } from '../../src-main/interop/design-text/index.ts';
import type { Design } from '../../src-main/model/design.ts';
import type { Step } from '../../src-main/sim/index.ts';
import type { ExpectedLeg, ExpectedWay } from './expect.ts';
import type { Observed, Sighting } from './observe.ts';
import type { Judged, SceneReport } from './scene.ts';

/** What went wrong in a scene, in a few lines; empty where nothing did. */
export function faultLines({ faults, flows }: SceneReport): string[] {
  return [
    ...faults.map(
      ({ namespace, argv, err, out }) =>
        `${namespace ?? 'wires'}: ${argv.join(' ')}: ${`${err}${out}`.trim()}`,
    ),
    ...flows.flatMap(({ flow, differences }) =>
      differences.map((difference) => `${flow.id}: ${difference}`),
    ),
  ];
}

export function disagreementText(design: Design, judged: Judged): string {
  return [
    '--- the design',
    formatDesignText({ ...design, flows: [judged.flow] }, 'yaml').trimEnd(),
    '--- what differs',
    ...judged.differences,
    '--- the simulator',
    ...judged.ways.flatMap((way, at) => wayLines(way, at, judged.ways.length)),
    '--- the kernel',
    ...kernelLines(judged.observed),
    '',
  ].join('\n');
}

function wayLines(way: ExpectedWay, at: number, of: number): string[] {
  const title = of > 1 ? ` (way ${at + 1} of ${of})` : '';
  return [
    ...legLines(`request${title}`, way.request),
    ...(way.answer ? legLines(`answer${title}`, way.answer) : []),
  ];
}

const legLines = (title: string, leg: ExpectedLeg): string[] => [
  `${title}: ${leg.disposition} at ${leg.end}`,
  ...leg.steps.map((step: Step) => `  ${step.text}`),
];

function kernelLines({
  sightings,
  deliveries,
  rulings,
  errors,
  answered,
  bulk,
}: Observed): string[] {
  const first = sightings[0]?.at ?? 0n;
  return [
    ...sightings.map((one) => sightingLine(one, first)),
    ...deliveries.map(({ place, role, text }) => `  ${place} takes the ${role}: ${text}`),
    ...rulings.map(({ place, role, rule }) => `  ${place} logs the ${role}: ${rule}`),
    `  the program: ${[...errors, answered ? 'answered' : 'not answered', ...(bulk ? ['all came back'] : [])].join(', ')}`,
  ];
}

/** Time in microseconds since the first. */
function sightingLine(
  { at, place, interface: item, way, packet, text }: Sighting,
  first: bigint,
): string {
  const since = String((at - first) / 1000n).padStart(8);
  return `  ${since} µs ${place} ${way} ${item} (${packet.role}): ${text}`;
}
