import type { EdgeGateway } from '../edges/edge-gateways.ts';

/** Interfaces of an NSX Edge: vnic 0 to 9 (NSX API guide, "Working with NSX Edge": Working with Interfaces). */
const mostVnics = 10;

export interface Vnics {
  /** The number of an interface; undefined where the edge has no room for it. */
  readonly indexOf: (id: string) => number | undefined;
  /** Whether the interfaces' ids say the numbers, so that nothing had to be assumed. */
  readonly named: boolean;
}

/** The number of each interface: that of its id (`vnic3`) where all have one, else its place. */
export function vnicsOf({ interfaces = [] }: EdgeGateway): Vnics {
  const given = interfaces.map(({ id }) => /^vnic[-_]?(\d)$/i.exec(id)?.[1]);
  const named = new Set(given).size === given.length && given.every((index) => index !== undefined);
  const numbers = new Map(
    interfaces.map(({ id }, at) => [id, named ? Number(given[at]) : at] as const),
  );
  return {
    named,
    indexOf: (id) => {
      const index = numbers.get(id);
      return index !== undefined && index < mostVnics ? index : undefined;
    },
  };
}
