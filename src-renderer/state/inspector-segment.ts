import type { Design, Segment } from '../../src-main/contract/index.ts';

/** RFC 7348 §5, over IPv4: outer IP 20, UDP 8, VXLAN 8, and the Ethernet header that is carried 14. */
export const vxlanOverheadBytes = 50;
const usualMtu = 1500;

export interface Attached {
  /** `node:esg` */
  readonly ref: string;
  /** `interfaces[2]` */
  readonly part: string;
  readonly address: string;
}

/** The interfaces that stand on a segment. */
export function attachedTo(design: Design, segment: string): readonly Attached[] {
  return (design.nodes ?? []).flatMap((node) =>
    (node.interfaces ?? []).flatMap((one, at) =>
      one.segment === segment
        ? [
            {
              ref: `node:${node.id}`,
              part: `interfaces[${at}]`,
              address: one.addresses?.[0] ?? one.id,
            },
          ]
        : [],
    ),
  );
}

/** What a VXLAN segment asks of its underlay: the narrowest VTEP of its zone, where that is too narrow. */
export function vxlanHint(
  design: Design,
  segment: Extract<Segment, { kind: 'vxlan' }>,
): { overhead: number; need: number; vtep?: string; has?: number } {
  const need = (segment.mtu ?? usualMtu) + vxlanOverheadBytes;
  let narrowest: { vtep: string; has: number } | undefined;
  for (const node of design.nodes ?? []) {
    if (node.kind !== 'hypervisor' || !node.transportZones?.includes(segment.transportZone))
      continue;
    for (const one of node.interfaces ?? []) {
      if (!node.vteps?.includes(one.id)) continue;
      const under = design.segments?.find(({ id }) => id === one.segment);
      const has = one.mtu ?? under?.mtu ?? usualMtu;
      if (!narrowest || has < narrowest.has) narrowest = { vtep: `${node.id} ${one.id}`, has };
    }
  }
  return { overhead: vxlanOverheadBytes, need, ...narrowest };
}

const firstFree = (taken: readonly number[], from: number): number => {
  let next = from;
  while (taken.includes(next)) next++;
  return next;
};

/** The segment as another kind, with the number and zone that this needs. */
export function asKind(design: Design, segment: Segment, kind: Segment['kind']): unknown {
  const rest: Record<string, unknown> = { ...segment };
  delete rest['vlan'];
  delete rest['vni'];
  delete rest['transportZone'];
  const segments = design.segments ?? [];
  switch (kind) {
    case 'lan':
      return { ...rest, kind };
    case 'vlan': {
      const taken = segments.flatMap((one) => (one.kind === 'vlan' ? [one.vlan] : []));
      return { ...rest, kind, vlan: firstFree(taken, 100) };
    }
    case 'vxlan': {
      const zone = design.transportZones?.[0];
      const taken = segments.flatMap((one) => (one.kind === 'vxlan' ? [one.vni] : []));
      const vni = firstFree(taken, zone?.vniPool?.from ?? 5000);
      return { ...rest, kind, vni, ...(zone && { transportZone: zone.id }) };
    }
    default:
      return kind satisfies never;
  }
}
