import type { Node } from './design.ts';

/** Whether the node passes on packets that are not for itself. */
export function forwards(node: Node): boolean {
  switch (node.kind) {
    case 'router':
    case 'edge-gateway':
    case 'distributed-router':
      return true;
    case 'host':
      return node.forwarding === true;
    case 'hypervisor':
    case 'l2-gateway':
      return false;
    default:
      return node satisfies never;
  }
}
