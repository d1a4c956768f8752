import type { Flow } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import {
  stepText,
  type Hop,
  type Leg,
  type Packet,
  type PacketHeader,
  type Result,
  type Trace,
} from '../../sim/index.ts';
import { isDelivered } from '../../sim/vocabulary/disposition.ts';
import { ipProtocolName } from '../../sim/vocabulary/packet.ts';
import { stackBytes } from '../../sim/vocabulary/stack-bytes.ts';
import { warningText } from '../../sim/vocabulary/tell.ts';
import { budgetOf } from '../budget.ts';
import {
  code,
  paragraph,
  sectionId,
  toned,
  type Block,
  type Line,
  type Row,
  type Section,
  type Tone,
} from '../document.ts';
import type { ReportInput } from '../input.ts';
import type { Speaker } from '../speaker.ts';

/** Every flow: its result at a glance, then each with its way, hop by hop, its headers and its MTU budget. */
export function flowCatalogue(speaker: Speaker): Section {
  const { t, input } = speaker;
  if (input.flows.length === 0) {
    return { id: 'flows', title: t.flows, blocks: [paragraph(t.noFlows)] };
  }
  return {
    id: 'flows',
    title: t.flows,
    onNewPage: true,
    blocks: [overview(speaker)],
    sections: input.flows.map((one) => flowSection(speaker, one)),
  };
}

export const statusTone = (status: Result['status']): Tone =>
  status === 'reachable' ? 'good' : status === 'one-way' ? 'warn' : 'bad';

export const flowId = (id: string): string => sectionId('flow', id);

function overview(speaker: Speaker): Block {
  const { t, input, flow: name } = speaker;
  return {
    kind: 'table',
    columns: [
      { label: t.name },
      { label: t.from },
      { label: t.to },
      { label: t.status },
      { label: t.pathMtu, align: 'right' },
    ],
    rows: input.flows.map(({ flow, result }) => ({
      cells: [
        [{ text: name(flow.id), to: flowId(flow.id) }],
        [senderOf(speaker, flow)],
        [code(targetOf(speaker, flow))],
        [toned(statusTone(result.status), t.statuses[result.status])],
        [result.pathMtu === undefined ? t.none : String(result.pathMtu)],
      ],
    })),
  };
}

export function senderOf({ node }: Speaker, { from }: Flow): string {
  switch (from.kind) {
    case 'node':
      return node(from.node);
    case 'pod':
      return visibleText(from.pod);
    case 'address':
      return from.address;
    default:
      return from satisfies never;
  }
}

/** `db.corp.example, tcp 3306`. */
export function targetOf({ node }: Speaker, { to, protocol, port }: Flow): string {
  const service = [protocol ?? 'tcp', ...(port === undefined ? [] : [String(port)])].join(' ');
  switch (to.kind) {
    case 'url':
      return visibleText(to.url);
    case 'name':
      return `${visibleText(to.name)}, ${service}`;
    case 'address':
      return `${to.address}, ${service}`;
    case 'node':
      return `${node(to.node)}, ${service}`;
    case 'pod':
      return `${visibleText(to.pod)}, ${service}`;
    case 'service':
      return `${visibleText(to.service)}, ${service}`;
    default:
      return to satisfies never;
  }
}

function flowSection(speaker: Speaker, { flow, result }: ReportInput['flows'][number]): Section {
  const { t, input, flow: name, language } = speaker;
  const title = name(flow.id);
  const [trace] = result.forward;
  const reply = result.reverse.find(({ replyTo }) => replyTo === 0);
  const picture = input.flowPictures.get(flow.id);
  const blocks: Block[] = [
    {
      kind: 'facts',
      rows: [
        { label: t.from, value: [senderOf(speaker, flow)] },
        { label: t.to, value: [code(targetOf(speaker, flow))] },
        { label: t.status, value: [toned(statusTone(result.status), t.statuses[result.status])] },
        ...(result.pathMtu === undefined
          ? []
          : [{ label: t.pathMtu, value: [t.bytes(result.pathMtu)] }]),
        ...(result.warnings.length === 0
          ? []
          : [
              {
                label: t.warningsOf,
                value: result.warnings.flatMap((one, at): Line => {
                  const text = visibleText(warningText(one, language));
                  return [
                    ...(at === 0 ? [] : [' ']),
                    toned('warn', `${t.warnings[one.code]}: ${text}.`),
                  ];
                }),
              },
            ]),
      ],
    },
  ];
  if (flow.notes !== undefined) blocks.push(paragraph(visibleText(flow.notes)));
  if (trace && trace.probability < 1)
    blocks.push(paragraph(t.oneOfSeveral(percent(trace.probability))));
  if (picture !== undefined) blocks.push({ kind: 'figure', ...picture, caption: t.picture(title) });
  for (const one of [trace, reply]) blocks.push(...hopTables(speaker, one?.legs ?? []));
  blocks.push(...stacks(speaker, trace), ...budgets(speaker, [trace, reply]));
  return { id: flowId(flow.id), title, blocks, onNewPage: true };
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

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
  const texts = hop.steps.map((step) => visibleText(stepText(step, language)));
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
      texts.flatMap((text, index): Line => [
        ...(index === 0 ? [] : [' · ']),
        failed && index === texts.length - 1 ? toned('bad', text) : text,
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

/** The deepest stack of the way, header by header. */
function stacks({ t, node }: Speaker, trace: Trace | undefined): readonly Block[] {
  let deepest: { readonly node: string; readonly packet: Packet } | undefined;
  for (const { hops } of trace?.legs ?? []) {
    for (const hop of hops) {
      for (const { packet } of hop.steps) {
        if (packet.length > (deepest?.packet.length ?? 0)) deepest = { node: hop.node, packet };
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
      caption: t.stackOf(node(deepest.node)),
      columns: [{ label: t.header }, { label: t.fields }, { label: t.size, align: 'right' }],
      rows,
    },
  ];
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
function budgets({ t, node }: Speaker, traces: readonly (Trace | undefined)[]): readonly Block[] {
  return traces.flatMap((trace) =>
    (trace?.legs ?? [])
      .filter(({ purpose }) => purpose === 'request' || purpose === 'reply')
      .flatMap((leg): readonly Block[] => {
        const links = budgetOf(leg);
        if (links.length === 0) return [];
        const rooms = links.map(({ room }) => room);
        // Where all are alike there is no smallest one to point at.
        const least = Math.min(...rooms) < Math.max(...rooms) ? Math.min(...rooms) : undefined;
        return [
          {
            kind: 'table',
            caption: t.budget(`${t.purposes[leg.purpose]}: ${visibleText(leg.title)}`),
            columns: [
              { label: t.link },
              { label: t.from },
              { label: t.mtu, align: 'right' },
              { label: t.around },
              { label: t.room, align: 'right' },
            ],
            rows: links.map(({ link, from, mtu, around, room }) => ({
              cells: [
                [visibleText(link)],
                [node(from)],
                [String(mtu)],
                [
                  around.length === 0
                    ? t.none
                    : code(
                        around.map((one) => `${t.headers[one.header]} ${one.bytes}`).join(' + '),
                      ),
                ],
                room === least
                  ? [{ text: `${room} (${t.smallest})`, strong: true }]
                  : [String(room)],
              ],
            })),
          },
        ];
      }),
  );
}

/** Who sends to whom: senders down, targets across, each flow where both meet. */
export function flowMatrix(speaker: Speaker): Section | undefined {
  const { t, input, flow: name } = speaker;
  if (input.flows.length === 0) return undefined;
  const senders = unique(input.flows.map(({ flow }) => senderOf(speaker, flow)));
  const targets = unique(input.flows.map(({ flow }) => hostOf(speaker, flow)));
  return {
    id: 'matrix',
    title: t.matrix,
    onNewPage: true,
    blocks: [
      paragraph(t.matrixLead),
      {
        kind: 'table',
        columns: [{ label: t.from }, ...targets.map((label) => ({ label }))],
        rows: senders.map((sender) => ({
          cells: [
            [{ text: sender, strong: true }],
            ...targets.map((target): Line =>
              input.flows
                .filter(
                  ({ flow }) =>
                    senderOf(speaker, flow) === sender && hostOf(speaker, flow) === target,
                )
                .flatMap(({ flow, result }, at): Line => [
                  ...(at === 0 ? [] : [', ']),
                  toned(statusTone(result.status), signs[result.status]),
                  ' ',
                  { text: serviceOf(flow) || name(flow.id), to: flowId(flow.id) },
                ]),
            ),
          ],
        })),
      },
    ],
  };
}

const signs = { reachable: '✓', 'one-way': '→', unreachable: '✗' } as const;
const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];

function hostOf(speaker: Speaker, flow: Flow): string {
  if (flow.to.kind !== 'url') return targetOf(speaker, flow).replace(/, [a-z]+( \d+)?$/, '');
  return visibleText(URL.parse(flow.to.url)?.hostname ?? flow.to.url);
}

function serviceOf({ to, protocol, port }: Flow): string {
  if (to.kind === 'url') return URL.parse(to.url)?.protocol.replace(':', '') ?? '';
  return [protocol ?? 'tcp', ...(port === undefined ? [] : [String(port)])].join(' ');
}
