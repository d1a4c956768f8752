import type { Design, Finding, Node, Place } from '../../src-main/contract/index.ts';
import { matched } from './changed-boxes.ts';
import { changedEntities } from './changed-entities.ts';
import { placed, type Box } from './placement.ts';
import { around } from './rectangle.ts';
import { edgesOf, withNodes } from './scene-edges.ts';
import type { Scene, SceneEdge, SceneFault, SceneItem, ViewChoice } from './scene.ts';
import { sameKind, type Thing } from './thing.ts';
import { thingsOf, type Grown } from './things.ts';

/** What a scene was made of, for the next one. */
interface Made extends Grown {
  readonly findings: readonly Finding[];
}

const made = new WeakMap<Scene, Made>();

/** Scenes that were built before anybody showed them. */
const foreseen = new WeakMap<Design, Scene>();

export const foresee = (design: Design, scene: Scene): void => void foreseen.set(design, scene);

/**
 * What a view of a design looks like. Of the scene before, items and edges that have not changed stay the same
 * objects, and lists in which nothing has changed the same lists; only what an edit touches is worked out anew.
 */
export function buildScene(
  design: Design,
  choice: ViewChoice,
  findings: readonly Finding[],
  before: Scene | undefined = foreseen.get(design),
): Scene {
  const from = before && made.get(before);
  const things = thingsOf(design, choice, from);
  const boxes = before && from?.things === things ? before : layOut(things, before);
  const lines =
    before && from && boxes.indexOf === before.indexOf && haveSameLines(from.design, design)
      ? before
      : ((before && from && relabelled(from.design, design, boxes, before)) ??
        drawLines(design, boxes, before));
  const marked =
    before &&
    from &&
    lines === before &&
    from.findings === findings &&
    haveSameMarks(from.design, design);
  const scene: Scene = {
    items: boxes.items,
    edges: lines.edges,
    indexOf: boxes.indexOf,
    edgeIndexOf: lines.edgeIndexOf,
    faults: marked ? before.faults : faultsOf(findings, boxes.indexOf, lines.edgeIndexOf, design),
    bounds:
      boxes.items === before?.items
        ? before.bounds
        : (around(boxes.items) ?? { x: 0, y: 0, width: 0, height: 0 }),
  };
  made.set(scene, { design, choice, things, findings });
  return scene;
}

const haveSameLines = (a: Design, b: Design): boolean =>
  a.nodes === b.nodes && a.links === b.links && a.stretches === b.stretches;

const haveSameMarks = (a: Design, b: Design): boolean =>
  a.nodes === b.nodes &&
  a.workloads === b.workloads &&
  a.services === b.services &&
  a.ingresses === b.ingresses &&
  a.networkPolicies === b.networkPolicies &&
  a.calicoPolicies === b.calicoPolicies &&
  a.hostEndpoints === b.hostEndpoints;

type Boxes = Pick<Scene, 'items' | 'indexOf'>;

function layOut(things: readonly Thing[], before: Scene | undefined): Boxes {
  const items: SceneItem[] = [];
  const order = { same: before !== undefined, known: 0 };
  const note = (ref: string, index: number): void => {
    order.known += 1;
    if (!order.same || before?.items[index]?.ref === ref) return;
    if (before?.indexOf.get(ref) !== index) order.same = false;
  };
  const hide = (hidden: readonly Thing[], holder: number): number => {
    let count = hidden.length;
    for (const thing of hidden) {
      note(thing.ref, holder);
      count += hide(thing.children, holder);
    }
    return count;
  };
  const lay = (box: Box, parent: number, depth: number): void => {
    const index = items.length;
    const { thing, item } = box;
    note(thing.ref, index);
    const hidden = thing.collapsed ? hide(thing.children, index) : 0;
    const same = item?.parent === parent && item.depth === depth ? item : undefined;
    items.push(same ?? itemOf(box, parent, depth, hidden));
    for (const child of box.children) lay(child, index, depth + 1);
  };
  const boxes = placed(things);
  for (const box of boxes) lay(box, -1, 0);
  const kept = keepItems(items, before?.items ?? [], before?.indexOf ?? new Map());
  const indexes =
    before && order.same && order.known === before.indexOf.size ? before.indexOf : indexesOf(boxes);
  // What was kept of the scene before is what the boxes are drawn as from now on.
  let at = 0;
  const remember = (box: Box): void => {
    const item = kept[at];
    at += 1;
    if (item) box.item = item;
    box.children.forEach(remember);
  };
  boxes.forEach(remember);
  return { items: kept, indexOf: indexes };
}

/** Where everything is drawn; what is hidden, as what hides it. */
function indexesOf(boxes: readonly Box[]): ReadonlyMap<string, number> {
  const indexOf = new Map<string, number>();
  let next = 0;
  const hide = (hidden: readonly Thing[], holder: number): void => {
    for (const { ref, children } of hidden) {
      indexOf.set(ref, holder);
      hide(children, holder);
    }
  };
  const note = ({ thing, children }: Box): void => {
    const index = next++;
    indexOf.set(thing.ref, index);
    if (thing.collapsed) hide(thing.children, index);
    children.forEach(note);
  };
  boxes.forEach(note);
  return indexOf;
}

function itemOf(
  { thing, x, y, width, height }: Box,
  parent: number,
  depth: number,
  hidden: number,
): SceneItem {
  return {
    ref: thing.ref,
    kind: thing.kind,
    x,
    y,
    width,
    height,
    parent,
    depth,
    container: thing.container,
    collapsed: thing.collapsed,
    hidden,
    label: thing.label,
    detail: thing.detail,
    ...(thing.tag !== undefined && { tag: thing.tag }),
    ...(thing.cluster !== undefined && { cluster: thing.cluster }),
    down: thing.down,
  };
}

function drawLines(
  design: Design,
  { items, indexOf }: Boxes,
  before: Scene | undefined,
): Pick<Scene, 'edges' | 'edgeIndexOf'> {
  const { edges, edgeIndexOf } = edgesOf(design, items, indexOf);
  return {
    edges: keepEdges(edges, before?.edges ?? [], before?.edgeIndexOf ?? new Map()),
    edgeIndexOf,
  };
}

/** The lines of before, where those of some nodes differ in nothing but their words. */
function relabelled(
  made: Design,
  design: Design,
  { indexOf }: Boxes,
  before: Scene,
): Pick<Scene, 'edges' | 'edgeIndexOf'> | undefined {
  const changed = indexOf === before.indexOf ? changedEntities(made, design) : undefined;
  if (!changed || changed.added.length + changed.removed.length > 0) return undefined;
  const edges = withNodes(design, changed.nodes, before);
  return edges && { edges, edgeIndexOf: before.edgeIndexOf };
}

function keepItems(
  items: SceneItem[],
  before: readonly SceneItem[],
  indexOf: ReadonlyMap<string, number>,
): readonly SceneItem[] {
  return keep(items, before, ({ ref }) => ref, sameItem, indexOf);
}

function keepEdges(
  edges: SceneEdge[],
  before: readonly SceneEdge[],
  indexOf: ReadonlyMap<string, number>,
): readonly SceneEdge[] {
  return keep(edges, before, ({ id }) => id, sameEdge, indexOf);
}

function keep<One>(
  now: One[],
  before: readonly One[],
  key: (one: One) => string,
  same: (a: One, b: One) => boolean,
  indexOf: ReadonlyMap<string, number>,
): readonly One[] {
  const was = matched(before, now, key, indexOf);
  const known = was ? undefined : new Map(before.map((one) => [key(one), one]));
  let changed = now.length !== before.length;
  for (const [index, one] of now.entries()) {
    const old = was ? before[was[index] ?? -1] : known?.get(key(one));
    if (old !== before[index]) changed = true;
    if (old === one) continue;
    if (old !== undefined && same(one, old)) now[index] = old;
    else changed = true;
  }
  return changed ? now : before;
}

function sameItem(a: SceneItem, b: SceneItem): boolean {
  return (
    a.x === b.x &&
    a.y === b.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.parent === b.parent &&
    a.depth === b.depth &&
    a.container === b.container &&
    a.collapsed === b.collapsed &&
    a.hidden === b.hidden &&
    a.label === b.label &&
    a.detail === b.detail &&
    a.tag === b.tag &&
    a.cluster === b.cluster &&
    a.down === b.down &&
    sameKind(a.kind, b.kind)
  );
}

function sameEdge(a: SceneEdge, b: SceneEdge): boolean {
  return (
    a.kind === b.kind &&
    a.from === b.from &&
    a.to === b.to &&
    a.fromLabel === b.fromLabel &&
    a.toLabel === b.toLabel &&
    a.down === b.down &&
    a.count === b.count
  );
}

/** One mark a place; an error stands before a warning. */
function faultsOf(
  findings: readonly Finding[],
  indexOf: ReadonlyMap<string, number>,
  edgeIndexOf: ReadonlyMap<string, number>,
  design: Design,
): readonly SceneFault[] {
  if (findings.length === 0) return [];
  const faults = new Map<string, SceneFault>();
  const nodes = new Map((design.nodes ?? []).map((node) => [node.id, node]));
  const pods = new Map((design.workloads ?? []).map(({ id, pods }) => [id, pods]));
  const clusters = new Map<string, string>();
  for (const { id, cluster } of design.workloads ?? []) clusters.set(`workload:${id}`, cluster);
  for (const { id, cluster } of design.services ?? []) clusters.set(`service:${id}`, cluster);
  for (const { id, cluster } of design.ingresses ?? []) clusters.set(`ingress:${id}`, cluster);
  for (const { id, cluster } of design.networkPolicies ?? []) {
    clusters.set(`network-policy:${id}`, cluster);
  }
  for (const { id, cluster } of design.calicoPolicies ?? []) {
    clusters.set(`calico-policy:${id}`, cluster);
  }
  for (const { id, cluster } of design.hostEndpoints ?? []) {
    clusters.set(`host-endpoint:${id}`, cluster);
  }

  const mark = (severity: SceneFault['severity'], at: Pick<SceneFault, 'item' | 'edge'>): void => {
    const key = at.edge === undefined ? `item ${at.item ?? -1}` : `edge ${at.edge}`;
    if (severity === 'error' || !faults.has(key)) faults.set(key, { severity, ...at });
  };

  const show = ({ entity, segments }: Place, severity: SceneFault['severity']): void => {
    const [kind, id] = splitRef(entity);
    const node = kind === 'node' ? nodes.get(id) : undefined;
    if (node) {
      const port = interfaceAt(node, segments);
      const edge = port === undefined ? undefined : edgeIndexOf.get(`interface:${id}/${port}`);
      if (edge !== undefined) {
        mark(severity, { edge });
        return;
      }
    }
    const edge = edgeIndexOf.get(entity);
    if (edge !== undefined) {
      mark(severity, { edge });
      return;
    }
    const item = indexOf.get(entity);
    if (item !== undefined) {
      mark(severity, { item });
      return;
    }
    if (kind === 'workload') {
      const held = new Set((pods.get(id) ?? []).map((pod) => indexOf.get(`pod:${pod.id}`)));
      held.delete(undefined);
      for (const one of held) if (one !== undefined) mark(severity, { item: one });
      if (held.size > 0) return;
    }
    const cluster = clusters.get(entity);
    const around = cluster === undefined ? undefined : indexOf.get(`cluster:${cluster}`);
    if (around !== undefined) mark(severity, { item: around });
  };

  for (const finding of findings) {
    // Of two that clash both are marked.
    for (const place of finding.places) show(place, finding.severity);
  }
  return [...faults.values()];
}

/** Id of the interface that a place in a node is on: its own parts, and the virtual IPs that it holds. */
function interfaceAt(node: Node, [part, position]: Place['segments']): string | undefined {
  if (typeof position !== 'number') return undefined;
  if (part === 'interfaces') return node.interfaces?.[position]?.id;
  const held = part === 'virtualIps' && 'virtualIps' in node ? node.virtualIps : [];
  return held[position]?.interface;
}

function splitRef(ref: string): readonly [string, string] {
  const colon = ref.indexOf(':');
  return [ref.slice(0, colon), ref.slice(colon + 1)];
}
