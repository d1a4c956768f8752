import type { ItemKind } from './scene.ts';

/** Canvas units. Everything drawn without a size of its own takes these. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What positions and sizes snap to; the sizes below are multiples of it. */
export const gridUnit = 8;

export const nodeSize: Size = { width: 160, height: 56 };
export const podSize: Size = { width: 144, height: 32 };
export const segmentSize: Size = { width: 320, height: 32 };
/** A site, hypervisor or cluster that is folded. */
export const collapsedSize: Size = { width: 184, height: 56 };
/** A container with nothing in it. */
export const emptyContainerSize: Size = { width: 320, height: 200 };

/** Height of the strip at a container's top that has its name. */
export const headerHeight = 40;
/** From a container's edge to what stands in it. */
export const containerPadding = 24;
/** Between things that nobody has placed. */
export const placementGap = 24;
/** Between the pods of a node. */
export const podGap = 8;

/** The size of a thing that has none of its own; of a container, when it is empty. */
export function sizeOf(kind: ItemKind, collapsed = false): Size {
  switch (kind.is) {
    case 'site':
    case 'cluster':
      return collapsed ? collapsedSize : emptyContainerSize;
    case 'node':
      if (kind.kind !== 'hypervisor') return nodeSize;
      return collapsed ? collapsedSize : emptyContainerSize;
    case 'segment':
      return segmentSize;
    case 'pod':
      return podSize;
    default:
      return kind satisfies never;
  }
}
