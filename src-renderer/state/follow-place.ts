import type { Hop } from '../../src-main/contract/index.ts';

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
