import type { Design, Node } from '../../src-main/contract/index.ts';
import type { EdgeKind, Scene, SceneEdge, SceneItem } from './scene.ts';
import { withoutLength } from './thing.ts';

export interface Edges {
  readonly edges: SceneEdge[];
  readonly edgeIndexOf: ReadonlyMap<string, number>;
}

interface Found {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly from: string;
  readonly to: string;
  readonly fromLabel?: string;
  readonly toLabel?: string;
  readonly down: boolean;
}

/** The lines between what is drawn. Lines that a folded container has in common with the same thing become one. */
export function edgesOf(
  design: Design,
  items: readonly SceneItem[],
  indexOf: ReadonlyMap<string, number>,
): Edges {
  const edges: SceneEdge[] = [];
  const edgeIndexOf = new Map<string, number>();
  const bundles = new Map<string, number>();

  const add = (found: Found): void => {
    const from = indexOf.get(found.from);
    const to = indexOf.get(found.to);
    if (from === undefined || to === undefined || from === to) return;
    const folded = items[from]?.ref !== found.from || items[to]?.ref !== found.to;
    const bundle = folded ? `${found.kind} ${from} ${to}` : '';
    const same = folded ? bundles.get(bundle) : undefined;
    if (same !== undefined) {
      const one = edges[same];
      if (one) edges[same] = { ...one, count: (one.count ?? 1) + 1, down: one.down && found.down };
      edgeIndexOf.set(found.id, same);
      return;
    }
    if (folded) bundles.set(bundle, edges.length);
    edgeIndexOf.set(found.id, edges.length);
    edges.push({
      id: found.id,
      kind: found.kind,
      from,
      to,
      fromLabel: folded ? '' : (found.fromLabel ?? ''),
      toLabel: folded ? '' : (found.toLabel ?? ''),
      down: found.down,
    });
  };

  const addresses = new Map<string, string>();
  const linked = new Set((design.links ?? []).flatMap(({ a, b }) => [a.node, b.node]));
  for (const node of design.nodes ?? []) {
    for (const found of uplinksOf(node)) add(found);
    if (!linked.has(node.id)) continue;
    for (const port of node.interfaces ?? []) {
      addresses.set(`${node.id}/${port.id}`, withoutLength(port.addresses?.[0]));
    }
  }
  for (const { id, a, b, state } of design.links ?? []) {
    add({
      id: `link:${id}`,
      kind: 'link',
      from: `node:${a.node}`,
      to: `node:${b.node}`,
      fromLabel: addresses.get(`${a.node}/${a.interface}`) ?? '',
      toLabel: addresses.get(`${b.node}/${b.interface}`) ?? '',
      down: state === 'down',
    });
  }
  for (const { id, a, b, state } of design.stretches ?? []) {
    add({
      id: `stretch:${id}`,
      kind: 'stretch',
      from: `node:${a.gateway}`,
      to: `node:${b.gateway}`,
      down: state === 'down',
    });
  }
  return { edges, edgeIndexOf };
}

/** The same lines where some nodes say something else of theirs; undefined where others could change with them. */
export function withNodes(
  design: Design,
  nodes: readonly Node[],
  { edges, edgeIndexOf }: Pick<Scene, 'edges' | 'edgeIndexOf'>,
): readonly SceneEdge[] | undefined {
  if (nodes.length === 0) return edges;
  const ids = new Set(nodes.map(({ id }) => id));
  if ((design.links ?? []).some(({ a, b }) => ids.has(a.node) || ids.has(b.node))) return undefined;
  let changed: SceneEdge[] | undefined;
  for (const found of nodes.flatMap(uplinksOf)) {
    const index = edgeIndexOf.get(found.id);
    const edge = index === undefined ? undefined : edges[index];
    if (index === undefined || !edge) continue;
    if (edge.id !== found.id || edge.count !== undefined) return undefined;
    // Without words it may be the line of something folded.
    if (edge.fromLabel === '' && (found.fromLabel ?? '') !== '') return undefined;
    const fromLabel = found.fromLabel ?? '';
    if (edge.fromLabel === fromLabel && edge.down === found.down) continue;
    (changed ??= [...edges])[index] = { ...edge, fromLabel, down: found.down };
  }
  return changed ?? edges;
}

const uplinks = new WeakMap<Node, readonly Found[]>();

/** The lines from a node to its segments. */
function uplinksOf(node: Node): readonly Found[] {
  let found = uplinks.get(node);
  if (!found) {
    found = (node.interfaces ?? []).flatMap(({ id, segment, addresses, state }) =>
      segment === undefined
        ? []
        : [
            {
              id: `interface:${node.id}/${id}`,
              kind: 'interface' as const,
              from: `node:${node.id}`,
              to: `segment:${segment}`,
              fromLabel: withoutLength(addresses?.[0]),
              down: state === 'down' || node.state === 'down',
            },
          ],
    );
    uplinks.set(node, found);
  }
  return found;
}
