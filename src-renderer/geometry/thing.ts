import type { EntityRef, Node, Segment } from '../../src-main/contract/index.ts';
import { visibleText } from '../i18n/visible-text.ts';
import type { ItemKind, ItemRef, NodeRole } from './scene.ts';

/** Something to draw and what is drawn inside it, before it has a place. */
export interface Thing {
  readonly ref: ItemRef;
  readonly kind: ItemKind;
  readonly label: string;
  readonly detail: string;
  readonly tag?: string;
  readonly cluster?: string;
  readonly down: boolean;
  /** Containers may be empty; a node is one when it has pods. */
  readonly container: boolean;
  readonly collapsed: boolean;
  readonly children: readonly Thing[];
  readonly layout?: Placed;
}

/** Where the layout puts something in the view that is drawn. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  readonly collapsed?: boolean;
}

export const ref = (kind: 'site' | 'node' | 'segment' | 'cluster', id: string): EntityRef =>
  `${kind}:${id}` as EntityRef;

const nodeRefs = new WeakMap<Node, EntityRef>();

/** The same string for the same node: to make and hash it anew is most of what a large design costs. */
export function nodeRef(node: Node): EntityRef {
  let key = nodeRefs.get(node);
  if (key === undefined) nodeRefs.set(node, (key = ref('node', node.id)));
  return key;
}

/** Gives a thing as it was before where it is the same. */
export function reusing(before: readonly Thing[] | undefined): (thing: Thing) => Thing {
  if (!before) return (thing) => thing;
  const byRef = new Map<string, Thing>();
  const note = (things: readonly Thing[]): void => {
    for (const thing of things) {
      byRef.set(thing.ref, thing);
      note(thing.children);
    }
  };
  note(before);
  return (thing) => {
    const old = byRef.get(thing.ref);
    return old && sameThing(old, thing) ? old : thing;
  };
}

export function sameThing(a: Thing, b: Thing): boolean {
  return (
    a.label === b.label &&
    a.detail === b.detail &&
    a.tag === b.tag &&
    a.cluster === b.cluster &&
    a.down === b.down &&
    a.container === b.container &&
    a.collapsed === b.collapsed &&
    a.layout === b.layout &&
    sameKind(a.kind, b.kind) &&
    a.children.length === b.children.length &&
    a.children.every((child, index) => child === b.children[index])
  );
}

export function sameKind(a: ItemKind, b: ItemKind): boolean {
  if (a === b) return true;
  if (a.is !== b.is) return false;
  const kindOf = (one: ItemKind): string | undefined => ('kind' in one ? one.kind : undefined);
  const roleOf = (one: ItemKind): string | undefined => (one.is === 'node' ? one.role : undefined);
  return kindOf(a) === kindOf(b) && roleOf(a) === roleOf(b);
}

export function folded(
  layout: Placed | undefined,
  unlessSaid: boolean,
): { collapsed: boolean; layout?: Placed } {
  return { collapsed: layout?.collapsed ?? unlessSaid, ...(layout && { layout }) };
}

export function segmentThing(segment: Segment, key: EntityRef, layout: Placed | undefined): Thing {
  const tag =
    segment.kind === 'vlan'
      ? `VLAN ${segment.vlan}`
      : segment.kind === 'vxlan'
        ? `VNI ${segment.vni}`
        : undefined;
  return {
    ref: key,
    kind: { is: 'segment', kind: segment.kind },
    label: visibleText(segment.name ?? segment.id),
    detail: (segment.subnets ?? []).map(({ cidr }) => cidr).join(', '),
    ...(tag !== undefined && { tag }),
    down: false,
    container: false,
    collapsed: false,
    children: [],
    ...(layout && { layout }),
  };
}

export function nodeThing(
  node: Node,
  children: readonly Thing[],
  layout: Placed | undefined,
  about: { cluster?: string; role: NodeRole | undefined; collapsed: boolean },
): Thing {
  const container = node.kind === 'hypervisor' || children.length > 0;
  const { collapsed, ...place } = folded(
    layout,
    node.kind === 'hypervisor' ? false : about.collapsed,
  );
  return {
    ref: nodeRef(node),
    kind: { is: 'node', kind: node.kind, ...(about.role && { role: about.role }) },
    label: visibleText(node.name ?? node.id),
    detail: mainAddress(node),
    ...(about.cluster !== undefined && { cluster: about.cluster }),
    down: node.state === 'down',
    container,
    collapsed: container && collapsed,
    children,
    ...place,
  };
}

/** An address as it is shown at an edge's end: without the prefix length. */
export const withoutLength = (address: string | undefined): string =>
  address === undefined ? '' : (address.split('/')[0] ?? '');

function mainAddress(node: Node): string {
  const first = node.interfaces?.find(({ addresses }) => (addresses?.length ?? 0) > 0);
  return withoutLength(first?.addresses?.[0]);
}

/** What a host is, by what runs on it: the more telling first. */
export function roleOf(node: Node, member: boolean): NodeRole | undefined {
  if (node.kind !== 'host') return undefined;
  if (member) return 'cluster-node';
  if (node.dnsServer) return 'dns';
  if (node.httpProxy) return 'proxy';
  if (node.artifactMirror) return 'mirror';
  if ((node.loadBalancers?.length ?? 0) > 0) return 'load-balancer';
  if ((node.listeners?.length ?? 0) > 0 || node.runsOn !== undefined) return 'server';
  return undefined;
}
