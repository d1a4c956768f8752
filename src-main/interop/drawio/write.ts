import type { Design, Node } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import type { Exported } from '../exchange.ts';
import { arrange, type Box } from './arrange.ts';
import { coursesOf, usualPlaces, type Course, type Place, type Point } from './courses.ts';
import { contentsOf, layers, type Item, type Layer, type Subject } from './contents.ts';
import { factsOf, linkFacts, overlaySegments, refKey, stretchFacts, type Facts } from './facts.ts';
import { leftOutOf } from './left-out.ts';
import { boxStyle, endLabelStyle, lineStyle, type LineKind } from './styles.ts';
import { openTag, type Attributes } from './xml-text.ts';

export type { Box } from './arrange.ts';
export type { Point } from './courses.ts';

/** Of the drawing: `1` is the layer that other programs expect to be there. */
export const layerIds: Readonly<Record<Layer, string>> = {
  underlay: '1',
  overlay: 'layer:overlay',
  kubernetes: 'layer:kubernetes',
};
const layerNames: Readonly<Record<Layer, string>> = {
  underlay: 'Underlay',
  overlay: 'Overlay',
  kubernetes: 'Kubernetes',
};

/**
 * A design as a drawing of draw.io (diagrams.net), uncompressed: one page with a layer for each view. Boxes stand where
 * `boxes` has them, absolute, by reference (`node:esg`, `pod:web-1`), and in plain rows where it has none; lines run as
 * `corners` has them (`interface:esg/eth0`), and straight where it has none. Every cell says by `hopscopeRef` what it is,
 * and its facts, so that {@link readDrawio} knows it again.
 */
export function drawioOf(
  design: Design,
  boxes: ReadonlyMap<string, Box>,
  corners: ReadonlyMap<string, readonly Point[]> = new Map(),
): Exported {
  const contents = contentsOf(design, (ref) => boxes.has(ref));
  const places = arrange(contents, boxes);
  const cells = new Cells(design, places, corners);
  for (const layer of layers) {
    cells.layer(layer);
    for (const item of contents[layer]) cells.box(item, layerIds[layer], undefined);
    cells.connectors(layer);
  }
  const content = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<mxfile host="Hopscope" compressed="false" pages="1">',
    `  ${openTag('diagram', [
      ['id', 'design'],
      ['name', design.name],
    ])}>`,
    '    <mxGraphModel dx="0" dy="0" grid="1" gridSize="8" guides="1" tooltips="1" connect="1" arrows="1" fold="1" page="0" pageScale="1" pageWidth="1169" pageHeight="827" math="0" shadow="0">',
    '      <root>',
    '        <mxCell id="0"/>',
    ...cells.lines.map((line) => `        ${line}`),
    '      </root>',
    '    </mxGraphModel>',
    '  </diagram>',
    '</mxfile>',
    '',
  ].join('\n');
  return {
    files: [{ path: 'design.drawio', content }],
    leftOut: leftOutOf(design, (ref) => places.has(ref)),
  };
}

interface Line {
  readonly id: string;
  readonly kind: LineKind;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly ends: readonly [from: string, to: string];
  readonly down: boolean;
  readonly facts: Facts;
  readonly tags: readonly string[] | undefined;
}

class Cells {
  readonly lines: string[] = [];
  readonly #places: ReadonlyMap<string, Box>;
  readonly #connectors: Readonly<Record<Layer, Line[]>>;
  readonly #courses: ReadonlyMap<string, Course>;

  constructor(
    design: Design,
    places: ReadonlyMap<string, Box>,
    corners: ReadonlyMap<string, readonly Point[]>,
  ) {
    this.#places = places;
    this.#connectors = connectorsOf(design);
    this.#courses = coursesOf(Object.values(this.#connectors).flat(), corners, places);
  }

  layer(layer: Layer): void {
    const attributes: Attributes = [
      ['id', layerIds[layer]],
      ['value', layerNames[layer]],
      ['parent', '0'],
    ];
    this.lines.push(`${openTag('mxCell', attributes)}/>`);
  }

  /** A box and what stands in it, whose places are relative to it. */
  box({ ref, subject, children }: Item, parent: string, within: Box | undefined): void {
    const place = this.#places.get(ref) ?? { x: 0, y: 0, width: 0, height: 0 };
    const label = labelOf(subject);
    this.#object(ref, label, factsOf(subject), tagsOf(subject), [
      openTag('mxCell', [
        ['style', boxStyle(subject, children.length > 0, label, place.width)],
        ['vertex', '1'],
        ['parent', parent],
      ]),
      `${openTag('mxGeometry', [
        ['x', units(place.x - (within?.x ?? 0))],
        ['y', units(place.y - (within?.y ?? 0))],
        ['width', units(place.width)],
        ['height', units(place.height)],
        ['as', 'geometry'],
      ])}/>`,
    ]);
    for (const child of children) this.box(child, ref, place);
  }

  /** Lines between boxes that are both drawn, with the words at their ends. */
  connectors(layer: Layer): void {
    for (const { id, kind, from, to, label, ends, down, facts, tags } of this.#connectors[layer]) {
      if (!this.#places.has(from) || !this.#places.has(to)) continue;
      const course = this.#courses.get(id);
      const [start, end] = course?.words ?? usualPlaces;
      this.#object(id, label, facts, tags, [
        openTag('mxCell', [
          ['style', `${lineStyle(kind, down)}${course?.style ?? ''}`],
          ['edge', '1'],
          ['parent', layerIds[layer]],
          ['source', from],
          ['target', to],
        ]),
        lineGeometry(course?.corners ?? []),
      ]);
      this.#endLabel(id, 'from', ends[0], start);
      this.#endLabel(id, 'to', ends[1], end);
    }
  }

  #endLabel(line: string, end: string, text: string, { along, aside }: Place): void {
    if (text === '') return;
    const cell = openTag('mxCell', [
      ['id', `${line}#${end}`],
      ['value', text],
      ['style', endLabelStyle],
      ['vertex', '1'],
      ['connectable', '0'],
      ['parent', line],
    ]);
    const geometry = openTag('mxGeometry', [
      ['x', String(Math.round(along * 1e4) / 1e4)],
      ...(aside === 0 ? [] : [['y', units(aside)] as const]),
      ['relative', '1'],
      ['as', 'geometry'],
    ]);
    this.lines.push(`${cell}>${geometry}/></mxCell>`);
  }

  #object(
    ref: string,
    label: string,
    facts: Facts,
    tags: readonly string[] | undefined,
    [cell, geometry]: readonly [cell: string, geometry: string],
  ): void {
    const object = openTag('UserObject', [
      ['id', ref],
      ['label', label],
      ...(tags && tags.length > 0
        ? [['tags', tags.map((tag) => tag.replace(/\s/g, '_')).join(' ')] as const]
        : []),
      [refKey, ref],
      ...facts,
    ]);
    this.lines.push(`${object}>${cell}>${geometry}</mxCell></UserObject>`);
  }
}

function lineGeometry(corners: readonly Point[]): string {
  const geometry = openTag('mxGeometry', [
    ['relative', '1'],
    ['as', 'geometry'],
  ]);
  if (corners.length === 0) return `${geometry}/>`;
  const points = corners.map(
    ({ x, y }) =>
      `${openTag('mxPoint', [
        ['x', units(x)],
        ['y', units(y)],
      ])}/>`,
  );
  return `${geometry}><Array as="points">${points.join('')}</Array></mxGeometry>`;
}

/** At most two digits behind the point, no exponent and no negative zero. */
const units = (value: number): string => String(Math.round(value * 100) / 100 + 0);

function tagsOf(subject: Subject): readonly string[] | undefined {
  switch (subject.is) {
    case 'site':
      return subject.site.tags;
    case 'node':
      return subject.node.tags;
    case 'segment':
      return subject.segment.tags;
    case 'cluster':
      return subject.cluster.tags;
    case 'pod':
      return undefined;
    default:
      return subject satisfies never;
  }
}

/** Addresses of a node that its box has room for. */
const addressesShown = 2;

/** What a box says: its name on the first line, addresses or prefixes below. */
export function labelOf(subject: Subject): string {
  switch (subject.is) {
    case 'site':
      return titleOf(subject.site);
    case 'node': {
      const { node } = subject;
      const addresses = mainAddresses(node);
      const more = addresses.length > addressesShown ? ' …' : '';
      const shown = `${addresses.slice(0, addressesShown).join('  ')}${more}`;
      return inLines(titleOf(node), shown);
    }
    case 'segment': {
      const { segment } = subject;
      const tag =
        segment.kind === 'vlan'
          ? `VLAN ${segment.vlan}`
          : segment.kind === 'vxlan'
            ? `VNI ${segment.vni}`
            : '';
      const cidrs = (segment.subnets ?? []).map(({ cidr }) => cidr).join(', ');
      return inLines(titleOf(segment), [tag, cidrs].filter((part) => part !== '').join('  '));
    }
    case 'cluster': {
      const { podCidrs, serviceCidrs } = subject.cluster;
      const pods = podCidrs.length > 0 ? `pods ${podCidrs.join(', ')}` : '';
      const services = serviceCidrs.length > 0 ? `services ${serviceCidrs.join(', ')}` : '';
      return inLines(
        titleOf(subject.cluster),
        [pods, services].filter((part) => part !== '').join('  '),
      );
    }
    case 'pod':
      return oneLine(subject.pod);
    default:
      return subject satisfies never;
  }
}

const inLines = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n');

export const titleOf = ({ name, id }: { readonly name?: string; readonly id: string }): string =>
  oneLine(name ?? id);

/**
 * A name on one line. What cannot be seen, and could turn the text around it (UAX #9), is shown as a replacement
 * character.
 */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufff9-\ufffb\ufffe\uffff]/gu, '\ufffd')
    .trim();

/** The first address of each interface, without its length. */
function mainAddresses({ interfaces = [] }: Node): readonly string[] {
  return interfaces.flatMap(({ addresses }) => withoutLength(addresses?.[0] ?? '') || []);
}

const withoutLength = (address: string): string => address.split('/')[0] ?? '';

/** All lines, by the layer that they are drawn on. */
function connectorsOf(design: Design): Readonly<Record<Layer, Line[]>> {
  const lines: Record<Layer, Line[]> = { underlay: [], overlay: [], kubernetes: [] };
  const virtual = overlaySegments(design);
  const words = new Map<string, string>();
  for (const node of design.nodes ?? []) {
    for (const { id, segment, addresses = [], state } of node.interfaces ?? []) {
      const ownEnd = addresses.map(withoutLength).join('\n');
      words.set(`${node.id}/${id}`, ownEnd);
      if (segment === undefined) continue;
      lines[virtual.has(segment) ? 'overlay' : 'underlay'].push({
        id: `interface:${node.id}/${id}`,
        kind: 'interface',
        from: entityRef('node', node.id),
        to: entityRef('segment', segment),
        label: '',
        ends: [ownEnd, ''],
        down: state === 'down' || node.state === 'down',
        facts: [['interface', id]],
        tags: undefined,
      });
    }
  }
  for (const link of design.links ?? []) {
    const { id, name, a, b, state, tags } = link;
    lines.underlay.push({
      id: entityRef('link', id),
      kind: 'link',
      from: entityRef('node', a.node),
      to: entityRef('node', b.node),
      label: name === undefined ? '' : oneLine(name),
      ends: [
        words.get(`${a.node}/${a.interface}`) ?? '',
        words.get(`${b.node}/${b.interface}`) ?? '',
      ],
      down: state === 'down',
      facts: linkFacts(link),
      tags,
    });
  }
  for (const stretch of design.stretches ?? []) {
    const { id, name, a, b, state, tags } = stretch;
    lines.overlay.push({
      id: entityRef('stretch', id),
      kind: 'stretch',
      from: entityRef('node', a.gateway),
      to: entityRef('node', b.gateway),
      label: name === undefined ? '' : oneLine(name),
      ends: ['', ''],
      down: state === 'down',
      facts: stretchFacts(stretch),
      tags,
    });
  }
  const hosted = new Set(
    (design.nodes ?? []).flatMap((node) => ('runsOn' in node && node.runsOn ? [node.id] : [])),
  );
  for (const cluster of design.clusters ?? []) {
    for (const { node } of cluster.nodes) {
      // Others stand in the cluster's own box.
      if (!hosted.has(node)) continue;
      lines.kubernetes.push({
        id: `member:${cluster.id}/${node}`,
        kind: 'member',
        from: entityRef('cluster', cluster.id),
        to: entityRef('node', node),
        label: '',
        ends: ['', ''],
        down: false,
        facts: [],
        tags: undefined,
      });
    }
  }
  return lines;
}
