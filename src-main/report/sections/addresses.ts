import type { Node, Segment } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import { code, toned, type Block, type Line, type Row, type Section } from '../document.ts';
import type { SubnetUse } from '../input.ts';
import type { Speaker } from '../speaker.ts';

/** Sites, segments with their subnets and how full they are, and the addresses of every node. */
export function addressPlan(speaker: Speaker): Section | undefined {
  const { t } = speaker;
  const part = (id: string, title: string, blocks: readonly (Block | undefined)[]): Section[] => {
    const there = blocks.filter((block) => block !== undefined);
    return there.length === 0 ? [] : [{ id, title, blocks: there }];
  };
  const sections = [
    ...part('sites', t.sites, [sites(speaker)]),
    ...part('segments', t.segments, [segments(speaker)]),
    ...part('nodes', t.nodes, [nodes(speaker)]),
    ...part('links', t.links, [links(speaker)]),
    ...part('stretches', t.stretches, [stretches(speaker)]),
  ];
  if (sections.length === 0) return undefined;
  return { id: 'addresses', title: t.addresses, onNewPage: true, blocks: [], sections };
}

function sites({ design, t, site }: Speaker): Block | undefined {
  if (!design.sites?.length) return undefined;
  return {
    kind: 'table',
    columns: [{ label: t.site }, { label: t.kind }, { label: t.inside }],
    rows: design.sites.map(({ id, kind, parent }) => ({
      cells: [[site(id)], [t.siteKinds[kind]], [parent === undefined ? t.none : site(parent)]],
    })),
  };
}

function segments(speaker: Speaker): Block | undefined {
  const { design, t, input } = speaker;
  if (!design.segments?.length) return undefined;
  return {
    kind: 'table',
    columns: [
      { label: t.segment },
      { label: t.kind },
      { label: t.site },
      { label: t.mtu, align: 'right' },
      { label: t.subnet },
      { label: t.gateway },
      { label: t.used },
      { label: t.next },
    ],
    rows: design.segments.flatMap((segment) => {
      const uses = input.subnets.get(segment.id) ?? [];
      if (uses.length === 0) return [segmentRow(speaker, segment, undefined, true)];
      return uses.map((use, at) => segmentRow(speaker, segment, use, at === 0));
    }),
  };
}

function segmentRow(
  { t, segment: name, site }: Speaker,
  segment: Segment,
  use: SubnetUse | undefined,
  first: boolean,
): Row {
  const where = segment.site === undefined ? t.none : site(segment.site);
  const about: readonly Line[] = first
    ? [[name(segment.id)], [kindOf(t, segment)], [where], [String(segment.mtu ?? 1500)]]
    : [[], [], [], []];
  if (!use) return { cells: [...about, [t.none], [], [], []] };
  const share = shareOf(use);
  return {
    cells: [
      ...about,
      [code(use.cidr)],
      [use.gateway === undefined ? t.none : code(use.gateway)],
      [`${t.usedOf(use.used, use.size)} (${share})`],
      [use.next === undefined ? toned('warn', t.full) : code(use.next)],
    ],
    ...(use.next === undefined ? { tone: 'warn' as const } : {}),
  };
}

/** `12 %`; of a subnet that nobody can fill, such as an IPv6 one, less than a thousandth. Only what is full is 100 %. */
function shareOf({ used, size }: SubnetUse): string {
  const [part, all] = [BigInt(used), BigInt(size)];
  if (part >= all) return '100 %';
  const rounded = Number((part * 2000n + all) / (all * 2n));
  if (rounded === 0 && used > 0) return '< 0.1 %';
  const thousandths = Math.min(rounded, 999);
  return `${thousandths % 10 === 0 ? thousandths / 10 : (thousandths / 10).toFixed(1)} %`;
}

export const kindOf = (t: Speaker['t'], segment: Segment): string => {
  switch (segment.kind) {
    case 'lan':
      return t.segmentKinds.lan;
    case 'vlan':
      return `${t.segmentKinds.vlan} ${segment.vlan}`;
    case 'vxlan':
      return `${t.segmentKinds.vxlan} ${segment.vni}`;
    default:
      return segment satisfies never;
  }
};

function nodes(speaker: Speaker): Block | undefined {
  const { design, t } = speaker;
  if (!design.nodes?.length) return undefined;
  return {
    kind: 'table',
    columns: [
      { label: t.node },
      { label: t.kind },
      { label: t.runsOn },
      { label: t.interface },
      { label: t.address },
      { label: t.segment },
    ],
    rows: design.nodes.flatMap((node) => nodeRows(speaker, node)),
  };
}

function nodeRows({ t, node: name, segment }: Speaker, node: Node): readonly Row[] {
  const runsOn = 'runsOn' in node ? name(node.runsOn) : t.none;
  const state = node.state === 'down' ? [' ', toned('bad', t.down)] : [];
  const about: readonly Line[] = [[name(node.id), ...state], [t.nodeKinds[node.kind]], [runsOn]];
  const interfaces = node.interfaces ?? [];
  if (interfaces.length === 0) return [{ cells: [...about, [t.none], [], []] }];
  const virtual = 'virtualIps' in node ? (node.virtualIps ?? []) : [];
  return interfaces.map((one, at) => {
    const shared = virtual.filter(({ interface: on }) => on === one.id);
    const addresses = [
      ...(one.addresses ?? []),
      ...shared.map(({ address, protocol }) => `${address} (${protocol ?? 'VIP'})`),
    ];
    return {
      cells: [
        ...(at === 0 ? about : [[], [], []]),
        [code(visibleText(one.id)), ...(one.state === 'down' ? [' ', toned('bad', t.down)] : [])],
        [addresses.length === 0 ? t.none : code(addresses.join(', '))],
        [one.segment === undefined ? t.none : segment(one.segment)],
      ],
    };
  });
}

function links({ design, t, node }: Speaker): Block | undefined {
  if (!design.links?.length) return undefined;
  return {
    kind: 'table',
    columns: [{ label: t.name }, { label: t.ends }, { label: t.mtu, align: 'right' }],
    rows: design.links.map((link) => ({
      cells: [
        [visibleText(link.name ?? link.id)],
        [
          `${node(link.a.node)} ${visibleText(link.a.interface)} – ${node(link.b.node)} ${visibleText(link.b.interface)}`,
        ],
        [link.mtu === undefined ? t.none : String(link.mtu)],
      ],
    })),
  };
}

function stretches({ design, t, node, segment }: Speaker): Block | undefined {
  if (!design.stretches?.length) return undefined;
  const end = (one: { readonly segment: string; readonly gateway: string }) =>
    `${segment(one.segment)} (${node(one.gateway)})`;
  return {
    kind: 'table',
    columns: [{ label: t.name }, { label: t.ends }, { label: t.port }, { label: t.overhead }],
    rows: design.stretches.map((one) => ({
      cells: [
        [visibleText(one.name ?? one.id)],
        [`${end(one.a)} – ${end(one.b)}`],
        [code(`udp ${one.port ?? 4500}`)],
        [t.bytes(one.overheadBytes ?? 98)],
      ],
    })),
  };
}
