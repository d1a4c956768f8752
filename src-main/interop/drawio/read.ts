import type { Design } from '../../model/design.ts';
import { entityRef, type EntityKind } from '../../model/ids.ts';
import { issueSentence, showValue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { formatVersion } from '../../model/schema/design.ts';
import { parseDesign } from '../../model/validate.ts';
import { accountFor } from './account.ts';
import { planAddresses } from './address-plan.ts';
import { readCells, type Cell } from './cell.ts';
import { connect, given, type Joined } from './connect.ts';
import { readPages, Unreadable, type Page } from './document.ts';
import { whole, type Draft, type NodeDraft, type PortDraft } from './drafts.ts';
import { refKey } from './facts.ts';
import { nest } from './nest.ts';
import { Remarks, type DrawioRemark } from './remarks.ts';
import { settle } from './settle.ts';
import { thingsOf, type Things } from './things.ts';

export type { DrawioRemark } from './remarks.ts';

export type DrawioImport =
  | {
      readonly ok: true;
      readonly design: Design;
      /** What was not understood, not taken or guessed, with the cell that it is about. */
      readonly remarks: readonly DrawioRemark[];
      /** What of the design each cell is drawn for, by the cell's id: `node:web`, `interface:web/eth0`. */
      readonly drawn: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly issues: readonly { readonly text: string }[] };

export interface DrawioOptions {
  /** The page that is read, by its name; the first with shapes on it when absent. */
  readonly page?: string;
}

/**
 * The first draft of a design, of any drawing of draw.io: containers become sites, shapes machines and networks by their
 * style and words, connectors links and interfaces, addresses of labels those of interfaces. Of a drawing that
 * {@link drawioOf} wrote, what it says comes back. The same file gives the same design. Throws nothing.
 */
export function readDrawio(text: string, options: DrawioOptions = {}): DrawioImport {
  const remarks = new Remarks();
  try {
    const { page, cells } = choose(readPages(text), options.page, remarks);
    const { design, drawn } = draftOf(cells, page.name, remarks);
    const parsed = parseDesign(design);
    if (parsed.ok) return { ok: true, design: parsed.value, remarks: remarks.all, drawn };
    return { ok: false, issues: parsed.issues.map((issue) => ({ text: issueSentence(issue) })) };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { ok: false, issues: [{ text: thrown.message }] };
    throw thrown;
  }
}

interface Chosen {
  readonly page: Page;
  readonly cells: readonly Cell[];
}

/** One page is one drawing; the others are told. */
function choose(pages: readonly Page[], wanted: string | undefined, remarks: Remarks): Chosen {
  const named = pages.filter(({ name }) => wanted === undefined || name === wanted);
  if (named.length === 0) {
    throw new Unreadable(
      wanted === undefined
        ? 'the file has no page'
        : `there is no page ${showValue(wanted)}; expected one of ${pages.map(({ name }) => showValue(name)).join(', ')}`,
    );
  }
  let empty: Chosen | undefined;
  let problem: Unreadable | undefined;
  for (const page of named) {
    try {
      const chosen = { page, cells: readCells(page.model()) };
      if (chosen.cells.some(({ is }) => is === 'vertex')) {
        for (const other of pages) {
          if (other !== page) {
            remarks.add(undefined, {
              code: 'page-not-read',
              detail: { words: showValue(other.name) },
            });
          }
        }
        return chosen;
      }
      empty ??= chosen;
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      problem ??= thrown;
    }
  }
  if (problem) throw problem;
  if (!empty) throw new Unreadable('the file has no page');
  remarks.add(undefined, 'no-shapes');
  return empty;
}

function draftOf(cells: readonly Cell[], pageName: string, remarks: Remarks) {
  const nested = nest(cells, remarks);
  const touched = new Set(
    nested.connectors.flatMap(({ cell: { source, target } }) => [source ?? '', target ?? '']),
  );
  const things = thingsOf(nested.shapes, touched, remarks);
  settle(things, remarks);
  const joined = connect(nested, things, remarks);
  planAddresses(things, remarks);
  const isOwn = cells.some(({ data }) => data.has(refKey));
  const design = designOf(things, joined, nameOf(pageName), isOwn ? 1 : scaleOf(things));
  return { design, drawn: accountFor(nested, things, joined, remarks) };
}

function nameOf(page: string): string {
  const name = page.toWellFormed().slice(0, limits.nameLength).toWellFormed();
  return name.trim() === '' ? 'Imported drawing' : name;
}

/** Pictures of machines are smaller than the boxes of a design: with the same distances these would cover each other. */
function scaleOf({ nodes }: Things): number {
  const widths = nodes.map(({ shape }) => shape.cell.geometry.width).sort((a, b) => a - b);
  const usual = widths[Math.floor(widths.length / 2)] ?? boxWidth;
  return Math.min(4, Math.max(1, boxWidth / Math.max(1, usual)));
}

/** Width of a machine's box in the drawing of a design, in canvas units. */
const boxWidth = 160;

const filled = <T>(list: readonly T[]): readonly T[] | undefined =>
  list.length > 0 ? list : undefined;

function designOf(
  { sites, segments, nodes, clusters }: Things,
  { links, stretches }: Joined,
  name: string,
  scale: number,
): unknown {
  const kept = segments.filter((segment) => segment.mergedInto === undefined);
  const zones = new Set<string>();
  for (const { kind, transportZone } of kept) {
    if (kind === 'vxlan' && transportZone !== undefined) zones.add(transportZone);
  }
  for (const { kind, transportZone, transportZones } of nodes) {
    if (kind === 'distributed-router' && transportZone !== undefined) zones.add(transportZone);
    if (kind === 'hypervisor') transportZones?.forEach((zone) => zones.add(zone));
  }
  return given({
    hopscope: formatVersion,
    name,
    sites: filled(
      sites.map((site) => given({ ...described(site), kind: site.kind, parent: site.parent?.id })),
    ),
    transportZones: filled([...zones].map((id) => ({ id }))),
    segments: filled(
      kept.map((segment) =>
        given({
          ...described(segment),
          kind: segment.kind,
          vlan: segment.kind === 'vlan' ? segment.vlan : undefined,
          vni: segment.kind === 'vxlan' ? segment.vni : undefined,
          transportZone: segment.kind === 'vxlan' ? segment.transportZone : undefined,
          site: segment.site?.id,
          mtu: segment.mtu,
          subnets: filled(segment.subnets),
        }),
      ),
    ),
    nodes: filled(nodes.map(nodeOf)),
    links: filled(
      links.map(({ id, name: linkName, notes, tags, a, b, mtu, state }) =>
        given({
          id,
          name: linkName,
          notes,
          tags: filled(tags),
          a: { node: a.node.id, interface: a.port.id },
          b: { node: b.node.id, interface: b.port.id },
          mtu,
          state,
        }),
      ),
    ),
    stretches: filled(stretches),
    clusters: filled(
      clusters.map((cluster) =>
        given({
          ...described(cluster),
          flavour: cluster.flavour,
          nodes: nodes
            .filter((node) => cluster.members.has(node))
            .map((node) => ({ node: node.id, roles: rolesOf(node, cluster.id) })),
          podCidrs: cluster.podCidrs,
          serviceCidrs: cluster.serviceCidrs,
        }),
      ),
    ),
    layout: filled([
      ...sites.map((site) => placeOf('site', site, scale)),
      ...kept.flatMap((segment) =>
        segment.site?.segment === segment ? [] : [placeOf('segment', segment, scale)],
      ),
      ...nodes.map((node) => placeOf('node', node, scale)),
      ...clusters.map((cluster) => placeOf('cluster', cluster, scale)),
    ]),
  });
}

const described = ({ id, name, notes, tags }: Draft) => ({ id, name, notes, tags: filled(tags) });

function nodeOf(node: NodeDraft): unknown {
  const { kind } = node;
  return given({
    ...described(node),
    kind,
    site: node.site?.id,
    state: node.state,
    runsOn: node.runsOn?.id,
    transportZone: kind === 'distributed-router' ? node.transportZone : undefined,
    transportZones: kind === 'hypervisor' ? filled(node.transportZones ?? []) : undefined,
    vteps: kind === 'hypervisor' ? filled(node.vteps ?? []) : undefined,
    forwarding: node.forwarding,
    interfaces: filled(node.ports.map(portOf)),
  });
}

const portOf = ({ id, segment, addresses, mac, mtu, state, vlan }: PortDraft): unknown =>
  given({
    id,
    segment: segment && whole(segment).id,
    addresses: filled(addresses.map(({ ip, length }) => `${ip.text}/${length ?? ''}`)),
    mac,
    mtu,
    state,
    vlan,
  });

const roleNames = [
  'master',
  'proxy',
  'management',
  'worker',
  'boot',
  'etcd',
  'vulnerability-advisor',
];

/** As the node says of itself; a worker where it says nothing. */
function rolesOf({ shape }: NodeDraft, cluster: string): readonly string[] {
  const { data } = shape.cell;
  const said = data.get('cluster') === cluster ? (data.get('roles') ?? '').split(/\s+/) : [];
  const roles = [...new Set(said)].filter((role) => roleNames.includes(role));
  return roles.length > 0 || data.get('cluster') === cluster ? roles : ['worker'];
}

/** Containers keep their size, and so do boxes; pictures take that of a design's own. */
function placeOf(kind: EntityKind, draft: Draft, scale: number): unknown {
  const { shape, own } = draft;
  const { width, height } = shape.cell.geometry;
  const round = (value: number): number => Math.round(value * scale * 100) / 100;
  const isSized =
    own || draft.is === 'site' || (draft.is === 'node' && draft.kind === 'hypervisor');
  return {
    id: entityRef(kind, draft.id),
    x: round(shape.x),
    y: round(shape.y),
    ...(isSized && width > 0 && height > 0 ? { width: round(width), height: round(height) } : {}),
  };
}
