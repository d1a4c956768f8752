import type { EntityRef, NodeKind, Site } from '../../src-main/contract/index.ts';

export type ViewKind = 'all' | 'underlay' | 'overlay' | 'kubernetes';

/** What is drawn as a box: an entity, or a pod of a workload (`pod:id`). */
export type ItemRef = EntityRef | `pod:${string}`;

export type ItemKind =
  | { readonly is: 'site'; readonly kind: Site['kind'] }
  | { readonly is: 'node'; readonly kind: NodeKind; readonly role?: NodeRole }
  | { readonly is: 'segment'; readonly kind: 'lan' | 'vlan' | 'vxlan' }
  | { readonly is: 'cluster' }
  | { readonly is: 'pod' };

/** What a host is used for, by what runs on it; decides its icon. */
export type NodeRole = 'dns' | 'proxy' | 'mirror' | 'server' | 'load-balancer' | 'cluster-node';

/** One box. Canvas units, absolute; y grows downwards. */
export interface SceneItem {
  readonly ref: ItemRef;
  readonly kind: ItemKind;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Index of the container that it is drawn in, -1 on the canvas itself. Containers stand before what they hold. */
  readonly parent: number;
  readonly depth: number;
  readonly container: boolean;
  readonly collapsed: boolean;
  /** How many things a collapsed container hides. */
  readonly hidden: number;
  readonly label: string;
  /** CIDR of a segment, main address or role of a node, namespace of a pod. */
  readonly detail: string;
  /** What a segment is told apart by: `VLAN 1101`, `VNI 6000`. */
  readonly tag?: string;
  /** The cluster that a node is a member of, where it is not drawn inside it. */
  readonly cluster?: string;
  readonly down: boolean;
  /** Where nothing is cut: label and detail in the lines that they take. */
  readonly words?: Words;
}

export interface Words {
  readonly label: readonly string[];
  readonly detail: readonly string[];
}

export type EdgeKind = 'interface' | 'link' | 'stretch' | 'tunnel' | 'uplink';

/** A line between two boxes, both visible: ends inside collapsed containers are drawn to the container. */
export interface SceneEdge {
  /** `interface:NODE/IF`, `link:ID`, `stretch:ID`. */
  readonly id: string;
  readonly kind: EdgeKind;
  readonly from: number;
  readonly to: number;
  /** At the `from` end: the interface's address. */
  readonly fromLabel: string;
  readonly toLabel: string;
  readonly down: boolean;
  /** How many edges it stands for, where those of a collapsed container are drawn as one line. */
  readonly count?: number;
}

/** Where a fault shows: a box, or the interface's end of an edge. */
export interface SceneFault {
  readonly severity: 'error' | 'warning';
  readonly item?: number;
  readonly edge?: number;
}

/** What the canvas draws: plain, and the same for the screen, a picture and a file. */
export interface Scene {
  readonly items: readonly SceneItem[];
  readonly edges: readonly SceneEdge[];
  /** Index of an item by its reference; also of what is hidden: the collapsed container that holds it. */
  readonly indexOf: ReadonlyMap<string, number>;
  readonly edgeIndexOf: ReadonlyMap<string, number>;
  readonly faults: readonly SceneFault[];
  /** Smallest rectangle around everything; all zero when there is nothing. */
  readonly bounds: Rectangle;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** What a view shows, besides the design itself. */
export interface ViewChoice {
  readonly view: ViewKind;
  /** Things that carry one of these tags are left out. */
  readonly hiddenTags: readonly string[];
}
