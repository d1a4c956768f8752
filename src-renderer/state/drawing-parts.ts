import type { Design, Edit } from '../../src-main/contract/index.ts';

/** An interface as the drawing names its line: `interface:esg/vnic0`. */
export interface InterfaceName {
  readonly node: string;
  readonly interface: string;
}

const interfacePrefix = 'interface:';

export function parseEdge(ref: string): InterfaceName | undefined {
  if (!ref.startsWith(interfacePrefix)) return undefined;
  const slash = ref.indexOf('/');
  if (slash < 0) return undefined;
  return { node: ref.slice(interfacePrefix.length, slash), interface: ref.slice(slash + 1) };
}

/** The edits that take interfaces away from their nodes. */
export function withoutInterfaces(design: Design, lines: readonly InterfaceName[]): Edit[] {
  const gone = new Set(lines.map((line) => `${line.node}/${line.interface}`));
  const edits: Edit[] = [];
  for (const node of design.nodes ?? []) {
    const all = node.interfaces ?? [];
    const interfaces = all.filter((one) => !gone.has(`${node.id}/${one.id}`));
    if (interfaces.length < all.length) {
      edits.push({ kind: 'put', entity: 'node', value: { ...node, interfaces } });
    }
  }
  return edits;
}
