import type { Design, Hop } from '../../src-main/contract/index.ts';

/** What the drawing calls the node of a hop; undefined for a sender that is not drawn. */
export function refOfHop(hop: Pick<Hop, 'node' | 'nodeKind'>): string | undefined {
  switch (hop.nodeKind) {
    case 'address':
      return undefined;
    case 'pod':
      return `pod:${hop.node}`;
    default:
      return `node:${hop.node}`;
  }
}

/** The same of an id alone: undefined where the design has no such node or pod. */
export function refOfNode(design: Design, id: string): string | undefined {
  if (design.nodes?.some((node) => node.id === id)) return `node:${id}`;
  const isPod = design.workloads?.some(({ pods }) => pods.some((pod) => pod.id === id));
  return isPod ? `pod:${id}` : undefined;
}
