import type { Design } from '../../model/design.ts';
import { candidate, changed, nodeOf, type Candidate } from '../change.ts';
import type { Context } from './context.ts';
import { withInterface } from './state.ts';

interface TooLong {
  /** Segment, link or interface at which it does not fit. */
  readonly place: string;
  readonly node: string;
  readonly interface?: string;
  /** What the packet has become there, in bytes. */
  readonly lengthBytes: number;
  readonly mtuBytes: number;
}

/** Room for the packet where it does not fit; or senders that make theirs smaller. */
export function makeRoom(context: Context, at: TooLong): readonly Candidate[] {
  const { design, blocked } = context;
  const { place, lengthBytes: to, mtuBytes } = at;
  const segment = design.segments?.find(({ id }) => id === place);
  const link = design.links?.find(({ id }) => id === place);
  const interfaces = (design.nodes ?? []).flatMap((node) =>
    (node.interfaces ?? [])
      .filter((item) => item.mtu !== undefined && item.mtu < to)
      .filter((item) =>
        segment
          ? item.segment === place
          : node.id === (at.node ?? blocked.node) &&
            (item.id === at.interface || item.id === place),
      )
      .map((item) => interfaceMtu(node.id, item.id, item.mtu ?? mtuBytes, to)),
  );
  return [
    ...(segment && (segment.mtu ?? 1500) < to ? [segmentMtu(place, segment.mtu ?? 1500, to)] : []),
    ...(link ? linkMtu(design, place, to) : []),
    ...interfaces,
    ...smallerPods(design, to - mtuBytes),
  ];
}

const segmentMtu = (segment: string, from: number, to: number): Candidate =>
  candidate('segment-mtu', { segment, from, to }, (design) =>
    changed(design, 'segment', segment, (old) => ({ ...old, mtu: to })),
  );

function linkMtu(design: Design, id: string, to: number): readonly Candidate[] {
  const link = design.links?.find((one) => one.id === id);
  if (!link) return [];
  const raise =
    link.mtu === undefined
      ? []
      : [
          candidate('link-mtu', { link: id, from: link.mtu, to }, (now) =>
            changed(now, 'link', id, (old) => ({ ...old, mtu: to })),
          ),
        ];
  const ends = [link.a, link.b].flatMap((end) => {
    const item = nodeOf(design, end.node)?.interfaces?.find((one) => one.id === end.interface);
    return item?.mtu !== undefined && item.mtu < to
      ? [interfaceMtu(end.node, end.interface, item.mtu, to)]
      : [];
  });
  return [...raise, ...ends];
}

const interfaceMtu = (node: string, item: string, from: number, to: number): Candidate =>
  candidate(
    'interface-mtu',
    { node, interface: item, from, to },
    withInterface(node, item, (found) => ({ ...found, mtu: to })),
  );

/** Calico's MTU, less by what does not fit. */
const smallerPods = (design: Design, excess: number): readonly Candidate[] =>
  (design.clusters ?? []).flatMap((cluster) => {
    const now = cluster.calico?.mtu;
    if (now === undefined || now - excess < 1280) return [];
    const to = now - excess;
    return [
      candidate('pod-mtu', { cluster: cluster.id, to }, (changedDesign) =>
        changed(changedDesign, 'cluster', cluster.id, (old) => ({
          ...old,
          calico: { ...old.calico, mtu: to },
        })),
      ),
    ];
  });
