/** What the kernel did with a flow, in a few lines that can be written down beforehand. */
import type { Observed, Sighting } from './observe.ts';
import type { Judged } from './scene.ts';

/**
 * Who took which packet with which addresses, ports and TTL; which rules decided; who complained; the tunnels on the way;
 * what the programs were told; the largest packets that pass, and whether a transfer gets through.
 */
export function storyOf({ flow, observed, way, whole }: Judged): string[] {
  const { deliveries, sightings, answered } = observed;
  // An ICMP error that comes while the program is still at `connect` is soft, and not told (net/ipv4/tcp_ipv4.c, `tcp_v4_err`).
  const isFirm = (code: string) =>
    (flow.protocol ?? 'tcp') !== 'tcp' || sightings.length === 0 || code === 'ECONNREFUSED';
  const errors = observed.errors.filter(isFirm);
  const largest = [way?.request, way?.answer].map((leg) => leg?.pathMtu);
  return once([
    ...(['request', 'answer'] as const).flatMap((role) =>
      deliveries
        .filter((one) => one.role === role)
        .map(({ place, text }) => `${place} takes the ${role}: ${text}`),
    ),
    ...rulingLines(observed),
    ...complaintLines(observed),
    ...sightings.flatMap(tunnelLines),
    ...errors.map((code) => `the program is told ${code}`),
    ...(flow.protocol !== 'icmp' && !answered ? ['no answer'] : []),
    ...(largest.some((bytes) => bytes !== undefined)
      ? [`largest: ${largest.map((bytes) => bytes ?? 'none').join(', ')}`]
      : []),
    ...(whole === false ? ['a transfer hangs'] : []),
  ]);
}

const once = (lines: readonly string[]): string[] => [...new Set(lines)];

function rulingLines({ rulings }: Observed): string[] {
  // Packets behind the handshake are judged again where a filter sees one direction of them.
  const first = rulings.filter(({ role }) => role !== 'other');
  const groups = Map.groupBy(first, ({ place, role }) => `${place}, ${role}`);
  return [...groups].map(([title, list]) => `${title}: ${list.map(({ rule }) => rule).join(', ')}`);
}

/** The first sight of each ICMP error and reset is at whoever made it. */
function complaintLines({ sightings, deliveries }: Observed): string[] {
  const seen = sightings.filter(({ way }) => way === 'out');
  const first = [...seen, ...deliveries].flatMap(({ place, packet: { error, role } }) => {
    if (role === 'reset') return [{ place, what: 'reset' }];
    if (!error) return [];
    const mtu = error.mtu > 0 ? `, MTU ${error.mtu}` : '';
    return [{ place, what: `${error.type}/${error.code}${mtu} about the ${error.aboutRole}` }];
  });
  const makers = new Map(first.toReversed().map(({ place, what }) => [what, place]));
  return [...makers].map(([what, place]) => `${place} says ${what}`);
}

/** Each tunnel that carries the request or the answer, where its packets come in. */
function tunnelLines({ place, way, packet }: Sighting): string[] {
  const { headers, role } = packet;
  const [, outer = '', udp, vxlan] = headers;
  if (way === 'out' || (role !== 'request' && role !== 'answer')) return [];
  if (vxlan?.startsWith('vxlan ')) return [`${place} takes the ${role} in ${vxlan}, ${outer}`];
  return udp?.startsWith('ip ') ? [`${place} takes the ${role} in ${outer}`] : [];
}
