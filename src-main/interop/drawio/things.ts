import type { NodeKind } from '../../model/design.ts';
import { showValue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { addressesIn, type FoundAddresses } from './addresses.ts';
import type {
  ClusterDraft,
  Draft,
  NodeDraft,
  PortDraft,
  SegmentDraft,
  SiteDraft,
} from './drafts.ts';
import { Ids } from './ids.ts';
import { network, node, type Meaning } from './meaning.ts';
import type { Shape } from './nest.ts';
import { FactReader, ownName, ownPorts, ownRef, ownSubnets, type OwnRef } from './own.ts';
import type { Remarks } from './remarks.ts';
import {
  isContainerShape,
  isList,
  meaningOfShape,
  meaningOfWords,
  shapeName,
  siteKind,
} from './shapes.ts';

const siteKinds = ['internet', 'cloud', 'data-centre', 'office', 'other'] as const;
const segmentKinds = ['lan', 'vlan', 'vxlan'] as const;
const nodeKinds = [
  'host',
  'router',
  'edge-gateway',
  'distributed-router',
  'hypervisor',
  'l2-gateway',
] as const satisfies readonly NodeKind[];
const flavours = ['icp', 'iks', 'kubernetes'] as const;
const states = ['up', 'down'] as const;

export interface Things {
  readonly sites: SiteDraft[];
  readonly segments: SegmentDraft[];
  readonly nodes: NodeDraft[];
  readonly clusters: ClusterDraft[];
  /** Networks that the labels of containers name. */
  readonly networksOf: Map<SiteDraft, readonly string[]>;
  /** By the id of their cell. */
  readonly draftOf: Map<string, Draft>;
}

/** What the shapes of a drawing stand for. `touched` are the ids of cells that connectors end at. */
export function thingsOf(
  shapes: readonly Shape[],
  touched: ReadonlySet<string>,
  remarks: Remarks,
): Things {
  return new Sorter(shapes, touched, remarks).things;
}

class Sorter {
  readonly things: Things = {
    sites: [],
    segments: [],
    nodes: [],
    clusters: [],
    networksOf: new Map(),
    draftOf: new Map(),
  };
  readonly #touched: ReadonlySet<string>;
  readonly #remarks: Remarks;
  readonly #ids = { site: new Ids(), segment: new Ids(), node: new Ids(), cluster: new Ids() };
  /** Ids that cells of this program's own bring along, by the shape that is the first to do so. */
  readonly #owned = new Map<Shape, OwnRef & { readonly newId: string }>();

  constructor(shapes: readonly Shape[], touched: ReadonlySet<string>, remarks: Remarks) {
    this.#touched = touched;
    this.#remarks = remarks;
    const copies = shapes.filter((shape) => !this.#claim(shape));
    for (const shape of copies) this.#claimAnew(shape);
    const words = shapes.filter((shape) => this.#isWords(shape));
    const lines = new Set(words.filter((shape) => this.#joinWords(shape)));
    for (const shape of shapes) if (!lines.has(shape)) this.#take(shape);
  }

  /** Whether the id that the shape brings along, if any, is the shape's. */
  #claim(shape: Shape): boolean {
    const ref = ownRef(shape.cell);
    if (ref?.kind === 'pod') this.#owned.set(shape, { ...ref, newId: ref.id });
    if (!ref || !isBoxKind(ref.kind)) return true;
    const id = this.#ids[ref.kind].keep(ref.id);
    if (id !== undefined) this.#owned.set(shape, { ...ref, newId: id });
    return id !== undefined;
  }

  /** Whoever copies a shape in draw.io copies its reference with it. */
  #claimAnew(shape: Shape): void {
    const ref = ownRef(shape.cell);
    if (!ref || !isBoxKind(ref.kind)) return;
    const newId = this.#ids[ref.kind].give(ref.id, ref.kind);
    this.#owned.set(shape, { ...ref, newId });
    this.#remarks.add(shape.cell, {
      code: 'copy-of',
      detail: { ref: `${ref.kind} ${ref.id}`, id: newId },
    });
  }

  #isWords(shape: Shape): boolean {
    if (this.#owned.has(shape)) return false;
    const { cell, holder } = shape;
    if (holder && isList(holder.cell)) return true;
    return cell.style.names.has('text') || cell.style.get('shape') === 'text';
  }

  /** Words in a box, or in a group with one thing, are that thing's. Answers whether they have found their place. */
  #joinWords(shape: Shape): boolean {
    const { label, holder, cell } = shape;
    if (label === '') return true;
    const owner = holder && this.#ownerOfWords(holder);
    if (!owner || this.#owned.has(owner)) {
      if (this.#touched.has(cell.id)) return false;
      this.#remarks.add(cell, { code: 'words-alone', detail: { words: showValue(label) } });
      return true;
    }
    owner.label = owner.label === '' ? label : `${owner.label}\n${label}`;
    owner.words.push(cell);
    return true;
  }

  #ownerOfWords(holder: Shape): Shape | undefined {
    if (isList(holder.cell)) return holder;
    if (holder.holder && isList(holder.holder.cell)) return holder.holder;
    if (!isGroup(holder)) {
      const isBox = holder.held.every((one) => this.#isWords(one));
      return isBox || holder.label === '' ? holder : undefined;
    }
    const others = holder.held.filter((one) => !this.#isWords(one));
    const [only] = others;
    return others.length === 1 && only?.label === '' ? only : undefined;
  }

  #take(shape: Shape): void {
    const ref = this.#owned.get(shape);
    if (ref) {
      this.#takeOwn(shape, ref);
      return;
    }
    const { cell } = shape;
    const inner = shape.held.filter(
      (one) => !this.#isWords(one) && meaningOfShape(one.cell)?.is !== 'decoration',
    );
    const holds = inner.length > 0 && !isList(cell);
    if (isGroup(shape) && shape.label === '') {
      if (!holds && this.#touched.has(cell.id)) this.#takeLeaf(shape);
      return;
    }
    const within = this.#machineAround(shape);
    if (within) {
      const detail = { within: within.id, ...saying(shape) };
      this.#remarks.add(cell, { code: 'part-not-taken', detail });
      return;
    }
    const byShape = meaningOfShape(cell);
    if (
      isContainerShape(cell) ||
      (holds && byShape?.is !== 'node' && byShape?.is !== 'decoration')
    ) {
      this.#takeContainer(shape, byShape);
    } else {
      this.#takeLeaf(shape, byShape);
    }
  }

  /** The machine that a shape is drawn on, such as a port's; hypervisors hold machines. */
  #machineAround({ holder }: Shape): NodeDraft | undefined {
    for (let at = holder; at; at = at.holder) {
      const draft = this.things.draftOf.get(at.cell.id);
      if (draft?.is === 'node') return draft.kind === 'hypervisor' ? undefined : draft;
      if (draft) return undefined;
    }
    return undefined;
  }

  #takeContainer(shape: Shape, byShape: Meaning | undefined): void {
    const found = addressesIn(wordsOf(shape));
    const words = meaningOfWords(found.rest.split('\n')[0] ?? '');
    if (isHypervisor(byShape) || isHypervisor(words)) {
      this.#addNode(shape, 'hypervisor', found);
      return;
    }
    const draft: SiteDraft = {
      is: 'site',
      ...this.#described(shape, 'site', found.rest, 'area'),
      kind: siteKind(shape.cell),
    };
    this.things.sites.push(draft);
    this.#know(shape, draft);
    this.#tellAddresses(shape, found);
    if (found.prefixes.length > 0) this.things.networksOf.set(draft, found.prefixes);
  }

  #takeLeaf(shape: Shape, byShape = meaningOfShape(shape.cell)): void {
    const { cell, label } = shape;
    const found = addressesIn(wordsOf(shape));
    const isBus = cell.style.names.has('line') || cell.style.get('shape') === 'line';
    const touched = this.#touched.has(cell.id);
    if (isBus && touched) {
      this.#addSegment(shape, found, false);
      return;
    }
    if (byShape?.is === 'decoration' || byShape?.is === 'words' || isBus) {
      if (!touched) {
        this.#remarks.add(cell, { code: 'not-of-network', detail: saying(shape) });
        return;
      }
      byShape = undefined;
    }
    if (label === '' && !touched && byShape === undefined) {
      this.#remarks.add(cell, 'bare-figure');
      return;
    }
    if (byShape === undefined && !touched && /^\d{1,3}$/.test(label)) {
      this.#remarks.add(cell, { code: 'number-alone', detail: { number: label } });
      return;
    }
    const words = meaningOfWords(found.rest.split('\n')[0] ?? '');
    const meaning =
      byShape ?? (found.prefixes.length > 0 && words?.is !== 'node' ? network : (words ?? machine));
    if (meaning === machine && found.addresses.length === 0) {
      this.#remarks.add(cell, 'host-by-default');
    }
    if (meaning.is === 'segment') this.#addSegment(shape, found, meaning.switch);
    else if (meaning.is === 'node') this.#addNode(shape, refined(meaning.kind, words), found);
  }

  #addSegment(shape: Shape, found: FoundAddresses, isSwitch: boolean): void {
    const vlan = vlanIn(shape.label);
    const draft: SegmentDraft = {
      is: 'segment',
      ...this.#described(shape, 'segment', found.rest, 'network'),
      kind: vlan === undefined ? 'lan' : 'vlan',
      vlan,
      subnets: found.prefixes.map((cidr) => ({ cidr })),
      switch: isSwitch,
    };
    if (/\b(vni|vxlan)\s*#?\d/i.test(shape.label)) {
      this.#remarks.add(shape.cell, 'vxlan-as-lan');
    }
    this.things.segments.push(draft);
    this.#know(shape, draft);
    for (const { ip, length } of found.addresses) {
      if (length === undefined) {
        this.#remarks.add(shape.cell, { code: 'address-of-network', detail: { address: ip.text } });
      } else {
        this.#remarks.add(shape.cell, {
          code: 'address-of-nobody',
          detail: { address: `${ip.text}/${length}` },
        });
      }
    }
  }

  #addNode(shape: Shape, kind: NodeKind, found: FoundAddresses): void {
    const described = this.#described(shape, 'node', found.rest, kind);
    const draft: NodeDraft = {
      is: 'node',
      ...described,
      origin: described.id,
      kind,
      ports: [],
      portIds: new Ids(),
      addresses: found.addresses,
    };
    this.things.nodes.push(draft);
    this.#know(shape, draft);
    for (const cidr of found.prefixes) {
      this.#remarks.add(shape.cell, { code: 'network-of-machine', detail: { network: cidr } });
    }
  }

  #tellAddresses({ cell }: Shape, { addresses }: FoundAddresses): void {
    for (const { ip } of addresses) {
      this.#remarks.add(cell, { code: 'address-of-container', detail: { address: ip.text } });
    }
  }

  /** Names and words of a shape that this program has not written. */
  #described(shape: Shape, kind: 'site' | 'segment' | 'node', text: string, otherwise: string) {
    const [first = '', ...more] = text.split('\n').filter((line) => line !== '');
    const { cell } = shape;
    const name = first.slice(0, limits.nameLength).toWellFormed();
    const rest = [...more, ...dataLines(shape)];
    if (first.length > limits.nameLength) rest.unshift(first);
    const called = name === '' ? shapeName(cell) : name;
    return {
      shape,
      own: false,
      id: this.#ids[kind].give(called, otherwise),
      name: name === '' ? undefined : name,
      notes: cut(rest.join('\n')),
      tags: tagsOf(shape),
    };
  }

  #know(shape: Shape, draft: Draft): void {
    this.things.draftOf.set(shape.cell.id, draft);
  }

  #takeOwn(shape: Shape, { kind, id, newId }: OwnRef & { readonly newId: string }): void {
    const { cell } = shape;
    const facts = new FactReader(cell, this.#remarks);
    const described = {
      shape,
      own: true,
      id: newId,
      name: ownName(cell, id, facts),
      notes: facts.text('notes', limits.notesLength),
      tags: tagsOf(shape),
    };
    switch (kind) {
      case 'site': {
        const draft: SiteDraft = {
          is: 'site',
          ...described,
          kind: facts.oneOf('kind', siteKinds) ?? 'other',
        };
        this.things.sites.push(draft);
        this.#know(shape, draft);
        return;
      }
      case 'segment':
        this.#takeOwnSegment(shape, described, facts);
        return;
      case 'node':
        this.#takeOwnNode(shape, { ...described, origin: id }, facts);
        return;
      case 'cluster': {
        const draft: ClusterDraft = {
          is: 'cluster',
          ...described,
          flavour: facts.oneOf('flavour', flavours) ?? 'kubernetes',
          podCidrs: facts.prefixes('podCidrs'),
          serviceCidrs: facts.prefixes('serviceCidrs'),
          members: new Set(),
        };
        this.things.clusters.push(draft);
        this.#know(shape, draft);
        return;
      }
      default:
        this.#remarks.add(cell, { code: 'pod-not-taken', detail: { pod: id } });
    }
  }

  #takeOwnSegment(
    shape: Shape,
    described: Omit<SegmentDraft, 'is' | 'kind' | 'subnets' | 'switch'>,
    facts: FactReader,
  ): void {
    const { cell } = shape;
    const { subnets, changed } = ownSubnets(cell, this.#remarks);
    if (changed) this.#remarks.add(cell, 'label-subnets');
    const vlan = vlanIn(cell.label.split('\n').slice(1).join(' ')) ?? facts.number('vlan', 1, 4094);
    const vni = facts.number('vni', 1, 16777215);
    const transportZone = facts.id('transportZone');
    let kind = facts.oneOf('kind', segmentKinds) ?? 'lan';
    const lacks = kind === 'vlan' ? vlan === undefined : vni === undefined || !transportZone;
    if (kind !== 'lan' && lacks) {
      this.#remarks.add(cell, { code: 'segment-as-lan', detail: { kind } });
      kind = 'lan';
    }
    const draft: SegmentDraft = {
      is: 'segment',
      ...described,
      kind,
      vlan,
      vni,
      transportZone,
      mtu: facts.number('mtu', 68, 65535),
      subnets,
      switch: false,
    };
    this.things.segments.push(draft);
    this.#know(shape, draft);
  }

  #takeOwnNode(
    shape: Shape,
    described: Omit<NodeDraft, 'is' | 'kind' | 'ports' | 'portIds' | 'addresses'>,
    facts: FactReader,
  ): void {
    const { cell } = shape;
    let kind = facts.oneOf('kind', nodeKinds) ?? 'host';
    const transportZone = facts.id('transportZone');
    if (kind === 'distributed-router' && transportZone === undefined) {
      this.#remarks.add(cell, 'dlr-as-router');
      kind = 'router';
    }
    const portIds = new Ids();
    const ports = ownPorts(cell, this.#remarks).filter(
      (port: PortDraft) => portIds.keep(port.id) !== undefined,
    );
    const has = new Set(ports.map(({ id }) => id));
    const vteps = facts.ids('vteps')?.filter((id) => has.has(id));
    const draft: NodeDraft = {
      is: 'node',
      ...described,
      kind,
      state: facts.oneOf('state', states),
      transportZone,
      transportZones: facts.ids('transportZones'),
      vteps,
      forwarding: kind === 'host' ? facts.flag('forwarding') : undefined,
      ports,
      portIds,
      addresses: [],
    };
    this.things.nodes.push(draft);
    this.#know(shape, draft);
    const known = new Set(ports.flatMap(({ addresses }) => addresses.map(({ ip }) => ip.text)));
    const label = cell.label.split('\n').slice(1).join('\n');
    for (const { ip } of addressesIn(label).addresses) {
      if (known.has(ip.text)) continue;
      this.#remarks.add(cell, { code: 'address-of-no-interface', detail: { address: ip.text } });
    }
  }
}

const isBoxKind = (kind: OwnRef['kind']): kind is 'site' | 'node' | 'segment' | 'cluster' =>
  kind === 'site' || kind === 'node' || kind === 'segment' || kind === 'cluster';

/** What something is that nothing else is said of. */
const machine = node('host');

/** What a shape has written on it, or shows. */
function saying({ label, cell }: Shape): { readonly words?: string } {
  const shown = label === '' ? shapeName(cell) : label;
  return shown === '' ? {} : { words: showValue(shown) };
}

const isHypervisor = (meaning: Meaning | undefined): boolean =>
  meaning?.is === 'node' && meaning.kind === 'hypervisor';

/** Words say more of a router than its picture does. */
const refined = (kind: NodeKind, words: Meaning | undefined): NodeKind =>
  kind === 'router' && words?.is === 'node' && words.kind === 'edge-gateway'
    ? 'edge-gateway'
    : kind;

/** Holds others without being anything itself. */
const isGroup = ({ cell: { style } }: Shape): boolean =>
  style.names.has('group') && style.get('shape') === undefined && style.get('grIcon') === undefined;

const vlanIn = (text: string): number | undefined => {
  const number = Number(/\bvlan(?: ?id)?[ #:_-]*(\d{1,4})\b/i.exec(text)?.[1] ?? 0);
  return number >= 1 && number <= 4094 ? number : undefined;
};

const cut = (text: string): string | undefined =>
  text === '' ? undefined : text.slice(0, limits.notesLength).toWellFormed();

/** What draw.io itself means by an attribute, and what says where a picture comes from. */
const notData = new Set(['placeholders', 'tags', 'hopscopeRef']);

/** Keys of data that an address is to be expected of. */
const ofAddress =
  /(?:^|[^a-z])(?:ip(?:v?[46])?|addr(?:ess)?(?:es)?|cidr|subnet|prefix)(?:[^a-z]|$)/i;

/** The label, and below it what the shape's data say of addresses. */
const wordsOf = ({ label, cell: { data } }: Shape): string =>
  [label, ...[...data].flatMap(([key, value]) => (ofAddress.test(key) ? [value] : []))]
    .filter((text) => text !== '')
    .join('\n');

/** What else is said of a shape: its data in draw.io, its tooltip and link. */
const dataLines = ({ cell: { data } }: Shape): readonly string[] =>
  [...data].flatMap(([key, value]) =>
    notData.has(key) || ofAddress.test(key) || value.trim() === ''
      ? []
      : [`${key}: ${value.replace(/\s+/g, ' ').trim()}`],
  );

/** Longest tag, and how many a thing may have: those of a design. */
const tagLength = 63;
const tagCount = 64;

function tagsOf({ cell, layer }: Shape): readonly string[] {
  const words = (cell.data.get('tags') ?? '').split(/\s+/);
  const all = cell.data.has('hopscopeRef') ? words : [...words, layer ?? ''];
  const tags = all
    .map((tag) => tag.slice(0, tagLength).toWellFormed().trim())
    .filter((tag) => tag !== '');
  return [...new Set(tags)].slice(0, tagCount);
}
