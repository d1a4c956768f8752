/** A layout task in the Eclipse Layout Kernel's own terms: https://eclipse.dev/elk/reference.html */
import type { LayoutTask, PlacedBox } from './auto-layout.ts';

export interface ElkGraph {
  readonly id: string;
  readonly layoutOptions: Record<string, string>;
  readonly children: {
    id: string;
    width: number;
    height: number;
    x?: number;
    y?: number;
  }[];
  readonly edges: { id: string; sources: string[]; targets: string[] }[];
}

/** Width to height of what comes out: that of the screen that it is looked at on. */
const aspectRatio = '1.6';

/** Layers from top to bottom, as networks are drawn: the internet above, machines below. */
const layered: Record<string, string> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.spacing.nodeNode': '32',
  'elk.spacing.edgeNode': '20',
  'elk.spacing.componentComponent': '48',
  'elk.layered.spacing.nodeNodeBetweenLayers': '64',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.wrapping.strategy': 'OFF',
  'elk.aspectRatio': aspectRatio,
  'elk.randomSeed': '1',
};

/** Side by side in rows, for things that no line joins. */
const packed: Record<string, string> = {
  'elk.algorithm': 'rectpacking',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.spacing.nodeNode': '24',
  'elk.aspectRatio': aspectRatio,
};

export function elkGraph({ container, boxes, lines }: LayoutTask): ElkGraph {
  const joined = new Set(lines.flatMap(({ from, to }) => [from, to]));
  // A few loners among joined things are components of their own to the layered engine; many are better packed.
  return {
    id: `container-${container}`,
    layoutOptions: { ...(joined.size === 0 ? packed : layered) },
    children: boxes.map(({ index, width, height }) => ({ id: String(index), width, height })),
    edges: lines.map(({ from, to }, at) => ({
      id: `line-${at}`,
      sources: [String(from)],
      targets: [String(to)],
    })),
  };
}

export function placesOf(graph: Pick<ElkGraph, 'children'>): readonly PlacedBox[] {
  return graph.children.map(({ id, x = 0, y = 0 }) => ({ index: Number(id), x, y }));
}
