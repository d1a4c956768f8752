/** Holds what the kernel did with a flow against what the simulator says. */
import { ip } from '../../src-main/model/ip.ts';
import type { Disposition } from '../../src-main/sim/index.ts';
import type { Flow } from '../../src-main/model/design.ts';
import { isKey, type Decoded, type Role } from './decode.ts';
import type { ExpectedLeg, ExpectedWay } from './expect.ts';
import type { Observed, Sighting } from './observe.ts';

/** Whether a device's own message would get off from there to an address; for errors that cannot be sent. */
export type CanTell = (place: string, address: string) => boolean;

export interface Verdict {
  /** The way that fits best. */
  readonly way: ExpectedWay;
  /** What differs, a sentence each. Empty: the kernel took that way, to the last header. */
  readonly differences: readonly string[];
}

export function judge(
  flow: Flow,
  ways: readonly ExpectedWay[],
  observed: Observed,
  canTell: CanTell,
): Verdict {
  const all = ways.map((way) => ({
    way,
    differences: differencesOf(flow, way, observed, canTell),
  }));
  return all.reduce((best, one) => (one.differences.length < best.differences.length ? one : best));
}

function differencesOf(
  flow: Flow,
  way: ExpectedWay,
  observed: Observed,
  canTell: CanTell,
): string[] {
  const { request, answer } = way;
  if (hasNoSource(request)) return withoutSource(observed);
  const client = clientOf(request);
  const found = [
    ...legDifferences('request', request, observed, flow),
    ...errorDifferences('request', request, client, observed, canTell),
  ];
  const reaches = request.disposition === 'delivered';
  if (!reaches) {
    const answers = observed.sightings.filter(({ packet }) => packet.role === 'answer');
    if (answers.length > 0) found.push(`answered, though the request is ${request.disposition}`);
  }
  // Linux sends echo replies without DF, the simulator with that of the request.
  const cutByLinux = flow.protocol === 'icmp' && answer?.disposition === 'mtu-exceeded';
  if (answer && !cutByLinux) {
    found.push(...legDifferences('answer', answer, observed, flow));
    if (answer.end !== request.end || answer.sightings.length > 0)
      found.push(...errorDifferences('answer', answer, request.end, observed, canTell));
  }
  const wanted = answer?.disposition === 'delivered';
  // No program waits for an echo: what arrives is a delivery.
  if (flow.protocol !== 'icmp' && observed.answered !== wanted) {
    found.push(`the client's program is ${observed.answered ? '' : 'not '}answered`);
  }
  return found;
}

/** The simulator ends it before a packet is made: the machine has no address of the family. */
const hasNoSource = ({ steps }: ExpectedLeg): boolean => {
  const last = steps.at(-1);
  return last?.kind === 'drop' && last.detail.because.code === 'no-source';
};

/** RFC 4291 §2.5.6, RFC 1122 §3.2.1.3: addresses that a machine has without a design's saying so. */
const isOwnAlways = (address: string): boolean => /^(fe[89ab]|127\.)/.test(address);

/** Linux has a link-local IPv6 address of its own all the same, and nothing may be sent from any other. */
function withoutSource({ sightings, deliveries, errors }: Observed): string[] {
  const sources = [...sightings, ...deliveries].map(({ packet }) => packet.tuple.source);
  const others = [...new Set(sources)].filter((source) => !isOwnAlways(source));
  if (others.length > 0)
    return [`request: the simulator has no source, the kernel sends from ${others.join(', ')}`];
  const told = sources.length > 0 || errors.some((code) => errnoOf['no-route']?.includes(code));
  return told ? [] : [`request: the program is told "${errors.join(', ')}"; it has no source`];
}

const clientOf = (leg: ExpectedLeg): string => leg.sightings[0]?.place ?? leg.end;

function legDifferences(
  role: 'request' | 'answer',
  leg: ExpectedLeg,
  observed: Observed,
  flow: Flow,
): string[] {
  const seen = observed.sightings.filter(({ packet }) => packet.role === role);
  const text = comparable(flow, role, seen, leg);
  const expected = leg.sightings.map((one) =>
    text(`${one.place} ${one.way} ${one.interface}: ${one.text}`),
  );
  const kernel = seen.map((one) => text(`${one.place} ${one.way} ${one.interface}: ${one.text}`));
  const found: string[] = [];
  // What goes round in the kernel does so until its TTL is used up.
  const goesRound = leg.disposition === 'loop';
  const clashes = goesRound && endsInClash(leg, seen);
  // IPv4 ends it where the packet comes back to whose address is its source; the simulator calls that a circle, too.
  const ended =
    leg.end === clientOf(leg) && !leg.source.includes(':') ? expected.length : expected.length + 1;
  if (goesRound && !clashes && kernel.length < ended) found.push(`the ${role} does not go round`);
  const compared = goesRound ? kernel.slice(0, expected.length) : kernel;
  // A wire that takes less than the interface before it: the simulator ends in front of it, the kernel behind.
  const last = seen.at(-1);
  const intoWire =
    leg.disposition === 'mtu-exceeded' &&
    compared.length === expected.length + 1 &&
    last?.way === 'out' &&
    last.place === leg.end;
  const count = clashes
    ? compared.length
    : Math.max(compared.length - (intoWire ? 1 : 0), expected.length);
  for (let at = 0; at < count; at += 1) {
    if (compared[at] === expected[at]) continue;
    if (goesRound && isRenumbered(leg, seen, at, compared[at], expected[at])) break;
    found.push(
      `${role}: the simulator has "${expected[at] ?? 'nothing more'}", the kernel "${compared[at] ?? 'nothing more'}"`,
    );
    break;
  }
  const deliveries = observed.deliveries.filter((one) => one.role === role);
  const arrived = [...new Set(deliveries.map((one) => `${one.place}: ${one.text}`))].join(', ');
  const awaited = leg.delivery === undefined ? '' : `${leg.end}: ${leg.delivery}`;
  if (arrived !== awaited) {
    found.push(`${role}: the simulator delivers at "${awaited}", the kernel at "${arrived}"`);
  }
  return [...found, ...rulingDifferences(role, leg, observed, goesRound, clashes)];
}

/**
 * A packet that goes round by a machine that has translated it may look there like the answer that is awaited to what it
 * was: Linux gives it another source port, by which nobody knows it any more; the simulator lets it go on.
 */
function endsInClash(leg: ExpectedLeg, seen: readonly Sighting[]): boolean {
  const last = seen.at(-1);
  const isHere = ({ place, way }: Sighting) => place === last?.place && way === 'in';
  return translatesAt(leg, last?.place) && last?.way === 'in' && seen.slice(0, -1).some(isHere);
}

const translatesAt = (leg: ExpectedLeg, place = ''): boolean =>
  (leg.rulings.get(place) ?? []).some((rule) => rule.startsWith('nat '));

/** The same of one that is translated again, into what it was before: it goes on, with a source port of the kernel's own. */
function isRenumbered(
  leg: ExpectedLeg,
  seen: readonly Sighting[],
  at: number,
  kernel = '',
  expected = '',
): boolean {
  const { place, way } = seen[at] ?? {};
  const withoutSourcePort = (text: string) => text.replace(/(tcp|udp) \d+>/, '$1 >');
  return (
    way === 'out' &&
    translatesAt(leg, place) &&
    seen.slice(0, at).some((before) => before.place === place && before.way === 'out') &&
    withoutSourcePort(kernel) === withoutSourcePort(expected)
  );
}

function rulingDifferences(
  role: Role,
  leg: ExpectedLeg,
  observed: Observed,
  goesRound: boolean,
  clashes: boolean,
): string[] {
  const kernel = Map.groupBy(
    observed.rulings.filter((one) => one.role === role),
    ({ place }) => place,
  );
  const places = new Set([...kernel.keys(), ...leg.rulings.keys()]);
  return [...places].flatMap((place) => {
    const all = (kernel.get(place) ?? []).map(({ rule }) => rule);
    const whole = leg.rulings.get(place) ?? [];
    const expected = (clashes ? whole.slice(0, all.length) : whole).join(', ');
    const found = (goesRound ? all.slice(0, leg.rulings.get(place)?.length ?? 0) : all).join(', ');
    return found === expected
      ? []
      : [`${role}: rules of ${place}: the simulator has "${expected}", the kernel "${found}"`];
  });
}

/**
 * The texts without what cannot be compared: lengths of fragments, and the DF of an echo reply, which Linux leaves out and
 * the simulator takes from the request.
 */
function comparable(
  flow: Flow,
  role: 'request' | 'answer',
  seen: readonly Sighting[],
  leg: ExpectedLeg,
): (text: string) => string {
  const cut =
    seen.some(({ packet }) => packet.cut) || leg.steps.some(({ kind }) => kind === 'fragment');
  const echo = flow.protocol === 'icmp' && role === 'answer';
  return (text) => {
    const lengthless = cut ? text.replaceAll(/ \d+ bytes/g, '') : text;
    return echo || cut ? lengthless.replaceAll(/ (df|--)/g, '') : lengthless;
  };
}

interface Complaint {
  /** Who made it. */
  readonly place: string;
  readonly what: string;
}

/** Errors about packets of one role, and resets: the first sight of each tells who made it. */
function complaintsAbout(role: 'request' | 'answer', observed: Observed): Complaint[] {
  const about = ({ role: kind, error, tuple }: Decoded) => {
    if (kind === 'reset') return isKey(tuple.sourcePort) ? 'answer' : 'request';
    return kind === 'error' ? error?.aboutRole : undefined;
  };
  const wire = observed.sightings.filter(({ packet }) => about(packet) === role);
  const first = wire[0];
  const what = (packet: Decoded) =>
    packet.error ? `${packet.error.type}/${packet.error.code}` : 'reset';
  if (first) {
    // One that is first seen coming in was made by a bridge, on behalf of the packet's destination.
    return first.way === 'out' ? [{ place: first.place, what: what(first.packet) }] : [];
  }
  const own = observed.deliveries.find(({ packet }) => about(packet) === role);
  return own ? [{ place: own.place, what: what(own.packet) }] : [];
}

/** ICMP type and code by which a machine says what became of a packet: for IPv4 and IPv6; null for nothing. */
function complaintOf(leg: ExpectedLeg): readonly string[] | null {
  const four = !leg.source.includes(':');
  const tcp = protocolOf(leg) === 'tcp';
  switch (leg.disposition) {
    case 'no-route':
      return hostsDiscard(leg) ? null : [four ? '3/0' : '1/0'];
    case 'interface-down':
      return [four ? '3/0' : '1/0'];
    case 'neighbor-unreachable':
      return [four ? '3/1' : '1/3'];
    case 'rejected':
      // kube-proxy's REJECT is the same for all protocols.
      if (leg.steps.some(({ kind }) => kind === 'service')) return [four ? '3/3' : '1/4'];
      return [tcp ? 'reset' : four ? '3/3' : '1/4'];
    case 'no-listener':
      return [tcp ? 'reset' : four ? '3/3' : '1/4'];
    case 'ttl-expired':
    case 'loop':
      return [four ? '11/0' : '3/0'];
    case 'mtu-exceeded':
      return [four ? '3/4' : '2/0'];
    default:
      return null;
  }
}

/** A machine that does not forward drops what is not for it in silence. */
const hostsDiscard = (leg: ExpectedLeg): boolean =>
  leg.steps.at(-2)?.kind === 'route' && leg.steps.at(-2)?.action === 'match';

/** Dispositions whose error may come or not: who tells of a packet that is too large depends on where it is. */
const mayTell = new Set<Disposition>(['mtu-exceeded', 'loop', 'interface-down', 'tunnel-down']);

function errorDifferences(
  role: 'request' | 'answer',
  leg: ExpectedLeg,
  origin: string,
  observed: Observed,
  canTell: CanTell,
): string[] {
  const made = complaintsAbout(role, observed);
  const wanted = complaintOf(leg);
  const first = made[0];
  const inTunnel = observed.sightings.some(({ packet }) => packet.headers.length > 4);
  if (!first) {
    if (!wanted || mayTell.has(leg.disposition) || inTunnel) return [];
    if (leg.end === origin && leg.sightings.length === 0) return ownError(role, leg, observed);
    if (role === 'answer' && leg.disposition === 'no-listener') return [];
    return canTell(leg.end, leg.source)
      ? [`${role}: ${leg.end} says nothing of "${leg.disposition}"`]
      : [];
  }
  if (leg.disposition === 'loop') return [];
  if (wanted && first.place === leg.end && wanted.includes(first.what)) return [];
  return [
    `${role}: ${first.place} says ${first.what}; the simulator has ${leg.disposition} at ${leg.end}`,
  ];
}

/** What the outermost IP packet carries where it ends. */
function protocolOf(leg: ExpectedLeg): string {
  const packet = leg.steps.at(-1)?.packet ?? [];
  return packet[packet.findIndex(({ type }) => type.startsWith('ip')) + 1]?.type ?? '';
}

/** What the kernel tells a program whose packet does not leave the machine. */
const errnoOf: Partial<Record<Disposition, readonly string[]>> = {
  'no-route': ['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL'],
  'neighbor-unreachable': ['EHOSTUNREACH'],
  'null-routed': ['EINVAL'],
  'no-listener': ['ECONNREFUSED'],
};

function ownError(role: Role, leg: ExpectedLeg, observed: Observed): string[] {
  const wanted = errnoOf[leg.disposition];
  // A raw socket's program does not hear of an error that comes later.
  if (role !== 'request' || !wanted || protocolOf(leg) === 'icmp') return [];
  // The message goes to the source that a translation has written, which need not be the machine's.
  const translated = leg.steps.some(({ kind, action }) => kind === 'nat' && action === 'snat');
  if (translated && observed.errors.length === 0) return [];
  return observed.errors.some((code) => wanted.includes(code))
    ? []
    : [
        `${role}: the program is told "${observed.errors.join(', ')}"; the simulator has ${leg.disposition}`,
      ];
}

export const isFamily = (address: string, family: 4 | 6): boolean => ip(address).family === family;
