import type { Link, Node, Segment } from '../../model/design.ts';
import { interfaceAddress } from '../../model/ip.ts';
import { visibleText } from '../../model/visible-text.ts';
import { stretchOverheadBytes, stretchPort } from '../../sim/compile/compile.ts';
import { headerBytes } from '../../sim/vocabulary/packet.ts';
import { code, toned, type Block, type Line, type Row, type Section } from '../document.ts';
import type { SubnetUse } from '../input.ts';
import type { Speaker } from '../speaker.ts';
import { linesOf } from './lines.ts';
import { notesOf } from './notes.ts';

/** Sites, segments with their subnets and how full they are, and the addresses of every node. */
export function addressPlan(speaker: Speaker): Section | undefined {
  const { design, t } = speaker;
  const part = (id: string, title: string, blocks: readonly (Block | undefined)[]): Section[] => {
    const there = blocks.filter((block) => block !== undefined);
    return there.length === 0 ? [] : [{ id, title, blocks: there }];
  };
  const sections = [
    ...part('sites', t.sites, [sites(speaker), notesOf(t, design.sites)]),
    ...part('segments', t.segments, [segments(speaker), notesOf(t, design.segments)]),
    ...part('nodes', t.nodes, [nodes(speaker), notesOf(t, design.nodes)]),
    ...part('links', t.links, [links(speaker), notesOf(t, design.links)]),
    ...part('stretches', t.stretches, [stretches(speaker), notesOf(t, design.stretches)]),
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
  { design, t, segment: name, site }: Speaker,
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
  // Nobody hands out the addresses of the internet.
  const onInternet = design.sites?.find(({ id }) => id === segment.site)?.kind === 'internet';
  return {
    cells: [
      ...about,
      [code(use.cidr)],
      [use.gateway === undefined ? t.none : code(use.gateway)],
      [`${t.usedOf(use.used, use.size)} (${share})`],
      [
        onInternet
          ? t.none
          : use.next === undefined
            ? toned('warn', t.full)
            : code(alone(use.next)),
      ],
    ],
    ...(use.next === undefined && !onInternet ? { tone: 'warn' as const } : {}),
  };
}

/** The address without its length. */
const alone = (address: string): string => address.replace(/\/.*$/, '');

/** `12 %`, rounded; never all where an address is left, and never nothing where one is in use. */
export function shareOf({ used, size }: Pick<SubnetUse, 'used' | 'size'>): string {
  const all = BigInt(size);
  if (all === 0n) return '100 %';
  const thousandths = Number((BigInt(used) * 2000n + all) / (all * 2n));
  if (thousandths === 0 && used > 0) return '< 0.1 %';
  if (thousandths >= 1000 && BigInt(used) < all) return '> 99.9 %';
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
  const shown = name(node.id);
  const about: readonly Line[] = [
    linesOf([
      [shown, ...state],
      // Traces and commands speak of it by its id.
      ...(shown.toLowerCase() === node.id.toLowerCase() ? [] : [[code(node.id)]]),
    ]),
    [t.nodeKinds[node.kind]],
    [runsOn],
  ];
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
  const interfaceOf = (end: LinkEnd) =>
    design.nodes
      ?.find(({ id }) => id === end.node)
      ?.interfaces?.find(({ id }) => id === end.interface);
  const both = (link: Link, line: (end: LinkEnd) => Line) => linesOf([line(link.a), line(link.b)]);
  const subnets = ({ a, b }: Link): readonly string[] => [
    ...new Set(
      [a, b]
        .flatMap((end) => interfaceOf(end)?.addresses ?? [])
        .map((text) => interfaceAddress(text).prefix.text),
    ),
  ];
  return {
    kind: 'table',
    columns: [
      { label: t.name },
      { label: t.ends },
      { label: t.address },
      { label: t.subnet },
      { label: t.mtu, align: 'right' },
    ],
    rows: design.links.map((link) => ({
      cells: [
        [
          visibleText(link.name ?? link.id),
          ...(link.state === 'down' ? [' ', toned('bad', t.down)] : []),
        ],
        both(link, (end) => [`${node(end.node)} `, code(visibleText(end.interface))]),
        both(link, (end) => [code(interfaceOf(end)?.addresses?.join(', ') ?? t.none)]),
        linesOf(subnets(link).map((text) => [code(text)])),
        [link.mtu === undefined ? t.none : String(link.mtu)],
      ],
    })),
  };
}
type LinkEnd = Link['a'];

function stretches({ design, t, node, segment }: Speaker): Block | undefined {
  if (!design.stretches?.length) return undefined;
  const end = (one: { readonly segment: string; readonly gateway: string }): Line => [
    `${segment(one.segment)} (${node(one.gateway)})`,
  ];
  return {
    kind: 'table',
    columns: [{ label: t.name }, { label: t.ends }, { label: t.port }, { label: t.overhead }],
    rows: design.stretches.map((one) => {
      const around = one.overheadBytes ?? stretchOverheadBytes;
      return {
        cells: [
          [
            visibleText(one.name ?? one.id),
            ...(one.state === 'down' ? [' ', toned('bad', t.down)] : []),
          ],
          linesOf([end(one.a), end(one.b)]),
          [code(`udp ${one.port ?? stretchPort}`)],
          [t.stretchOverhead(around, around + headerBytes.ethernet)],
        ],
      };
    }),
  };
}
