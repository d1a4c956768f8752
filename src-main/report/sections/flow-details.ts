import { visibleText } from '../../model/visible-text.ts';
import {
  stepText,
  type Hop,
  type Leg,
  type Packet,
  type PacketHeader,
  type Step,
  type Trace,
} from '../../sim/index.ts';
import { isDelivered } from '../../sim/vocabulary/disposition.ts';
import { ipProtocolName } from '../../sim/vocabulary/packet.ts';
import { isIp, stackBytes } from '../../sim/vocabulary/stack-bytes.ts';
import { budgetsOf, likelyWays } from '../budget.ts';
import {
  code,
  paragraph,
  toned,
  type Block,
  type Line,
  type Piece,
  type Row,
  type Section,
} from '../document.ts';
import type { ReportInput } from '../input.ts';
import type { Speaker } from '../speaker.ts';
import { isDecision } from './decisions.ts';
import { detailId, flowId } from './flow-names.ts';

/** Appendix: each flow hop by hop, the headers that it is carried in, and what each link leaves of its MTU. */
export function flowDetails(speaker: Speaker): Section | undefined {
  const { t, input } = speaker;
  if (input.flows.length === 0) return undefined;
  return {
    id: 'details',
    title: t.details,
    onNewPage: true,
    partsUnlisted: true,
    blocks: [paragraph(t.detailsLead)],
    sections: input.flows.map((one) => detailsOf(speaker, one)),
  };
}

function detailsOf(speaker: Speaker, { flow, result }: ReportInput['flows'][number]): Section {
  const { t, flow: name } = speaker;
  const ways = likelyWays(result);
  return {
    id: detailId(flow.id),
    title: name(flow.id),
    blocks: [
      paragraph({ text: t.backToFlow, to: flowId(flow.id) }),
      ...ways.flatMap(({ legs }) => hopTables(speaker, legs)),
      ...ways.flatMap((way) => stackTable(speaker, way)),
      ...budgets(speaker, ways),
    ],
  };
}

/** The connections of a request, one after the other, are numbered on, as in the picture of its way. */
function hopTables(speaker: Speaker, legs: readonly Leg[]): readonly Block[] {
  let requested = 0;
  return legs.map((leg) => {
    const before = leg.purpose === 'request' ? requested : 0;
    if (leg.purpose === 'request') requested += leg.hops.length;
    return hopTable(speaker, leg, before);
  });
}

/** `Request: tcp 443 a → b: delivered`, and its hops. */
function hopTable(speaker: Speaker, leg: Leg, before: number): Block {
  const { t } = speaker;
  const mtu = leg.pathMtu === undefined ? '' : `, ${t.pathMtu} ${t.bytes(leg.pathMtu)}`;
  const end = t.dispositions[leg.disposition];
  return {
    kind: 'table',
    caption: `${t.purposes[leg.purpose]}: ${visibleText(leg.title)}: ${end}${mtu}`,
    columns: [
      { label: t.number, align: 'right' },
      { label: t.hop },
      { label: t.what },
      { label: t.stack },
    ],
    rows: leg.hops.map((hop, at) => hopRow(speaker, leg, hop, at, before)),
  };
}

function hopRow(
  { t, node, language }: Speaker,
  leg: Leg,
  hop: Hop,
  at: number,
  before: number,
): Row {
  const isLast = at === leg.hops.length - 1;
  const on = hop.on === undefined ? '' : ` @ ${node(hop.on)}`;
  const packet = hop.steps.findLast((step) => step.packet.length > 0)?.packet ?? [];
  const failed = isLast && !isDelivered(leg.disposition);
  return {
    cells: [
      [String(before + at + 1)],
      [
        { text: node(hop.node), strong: true },
        ' ',
        toned('faint', `${t.nodeKinds[hop.nodeKind]}${on}`),
      ],
      hop.steps.flatMap((step, index): Line => [
        ...(index === 0 ? [] : [{ newLine: true } as const]),
        stepPiece(
          visibleText(stepText(step, language)),
          step,
          failed && index === hop.steps.length - 1,
        ),
      ]),
      [code(stackLine(t, packet))],
    ],
    ...(failed ? { tone: 'bad' as const } : {}),
  };
}

/** `IPv4 · UDP · VXLAN · Ethernet · IPv4 · TCP, 1550`: outermost first, and how long the IP packet is. */
function stackLine(t: Speaker['t'], packet: Packet): string {
  if (packet.length === 0) return t.none;
  const { packet: bytes } = stackBytes(packet);
  return `${packet.map(({ type }) => t.headers[type]).join(' · ')}, ${bytes}`;
}

function stepPiece(text: string, step: Step, failed: boolean): Piece {
  if (failed) return toned('bad', text);
  return isDecision(step) ? { text, strong: true } : text;
}

interface Stack {
  readonly leg: Leg;
  readonly node: string;
  readonly packet: Packet;
  /** Of the headers around the innermost IP packet. Bytes. */
  readonly around: number;
}

/** The packet of a way that carries the most around the innermost IP packet; that of a look-up only where nothing else was sent. */
function stackTable({ t, node }: Speaker, { legs }: Trace): readonly Block[] {
  let deepest: Stack | undefined;
  const connections = legs.filter(({ purpose }) => purpose === 'request' || purpose === 'reply');
  for (const leg of connections.length > 0 ? connections : legs) {
    for (const hop of leg.hops) {
      for (const { packet } of hop.steps) {
        const around = aroundBytes(packet);
        if (packet.length > 0 && around > (deepest?.around ?? -1)) {
          deepest = { leg, node: hop.node, packet, around };
        }
      }
    }
  }
  if (!deepest) return [];
  const { headers, payload, packet: whole } = stackBytes(deepest.packet);
  const rows: Row[] = deepest.packet.map((header, at) => ({
    cells: [[t.headers[header.type]], [code(fieldsOf(header))], [String(headers[at] ?? 0)]],
  }));
  if (payload > 0) rows.push({ cells: [[t.payload], [], [String(payload)]] });
  rows.push({
    cells: [[{ text: t.whole, strong: true }], [], [{ text: String(whole), strong: true }]],
  });
  return [
    {
      kind: 'table',
      caption: t.stackOf(t.purposes[deepest.leg.purpose], node(deepest.node)),
      columns: [{ label: t.header }, { label: t.fields }, { label: t.size, align: 'right' }],
      rows,
    },
  ];
}

function aroundBytes(packet: Packet): number {
  const { headers } = stackBytes(packet);
  const innermost = packet.findLastIndex(isIp);
  return headers.slice(0, innermost).reduce((sum, bytes) => sum + bytes, 0);
}

function fieldsOf(header: PacketHeader): string {
  switch (header.type) {
    case 'ethernet':
      return `${header.src} → ${header.dst}${header.vlan === undefined ? '' : `, VLAN ${header.vlan}`}`;
    case 'ipv4':
    case 'ipv6':
      return `${header.src} → ${header.dst}, ${ipProtocolName(header.protocol)}, TTL ${header.ttl}${header.df ? ', DF' : ''}, ${header.length}`;
    case 'tcp':
      return `${header.sourcePort} → ${header.destinationPort}, ${header.flags}`;
    case 'udp':
      return `${header.sourcePort} → ${header.destinationPort}`;
    case 'icmp':
      return `${header.message}, id ${header.id}`;
    case 'vxlan':
      return `VNI ${header.vni}`;
    case 'esp':
      return `SPI ${header.spi}`;
    default:
      return header satisfies never;
  }
}

/** What each link of the way leaves to the packet inside all tunnels, there and back. */
function budgets({ t, node }: Speaker, ways: readonly Trace[]): readonly Block[] {
  return budgetsOf(ways).map(({ leg, links }): Block => {
    const rooms = links.map(({ room }) => room);
    // Where all are alike there is no smallest one to point at.
    const least = Math.min(...rooms) < Math.max(...rooms) ? Math.min(...rooms) : undefined;
    const first = rooms.findIndex((room) => room === least);
    return {
      kind: 'table',
      caption: t.budget(`${t.purposes[leg.purpose]}: ${visibleText(leg.title)}`),
      columns: [
        { label: t.link },
        { label: t.from },
        { label: t.mtu, align: 'right' },
        { label: t.around },
        { label: t.room, align: 'right' },
      ],
      rows: links.map(({ link, from, mtu, around, room }, at) => ({
        cells: [
          [visibleText(link)],
          [node(from)],
          [String(mtu)],
          [
            around.length === 0
              ? t.none
              : code(around.map((one) => `${t.headers[one.header]} ${one.bytes}`).join(' + ')),
          ],
          room === least
            ? [{ text: at === first ? `${room} (${t.smallest})` : String(room), strong: true }]
            : [String(room)],
        ],
      })),
    };
  });
}
