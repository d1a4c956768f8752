import { visibleText } from '../../model/visible-text.ts';
import { stepText, type Leg, type Result, type Trace } from '../../sim/index.ts';
import { isDelivered } from '../../sim/vocabulary/disposition.ts';
import { warningText } from '../../sim/vocabulary/tell.ts';
import { budgetsOf, likelyWays } from '../budget.ts';
import { code, paragraph, toned, type Block, type Line, type Section } from '../document.ts';
import type { ReportInput } from '../input.ts';
import type { Speaker } from '../speaker.ts';
import { isDecision } from './decisions.ts';
import { detailId, flowId, senderOf, statusOf, targetOf } from './flow-names.ts';

/** Every flow: its result at a glance, then each with its way, what filters and rewrites it, and how large its packets may be. */
export function flowCatalogue(speaker: Speaker): Section {
  const { t, input } = speaker;
  if (input.flows.length === 0) {
    return { id: 'flows', title: t.flows, blocks: [paragraph(t.noFlows)] };
  }
  return {
    id: 'flows',
    title: t.flows,
    onNewPage: true,
    partsUnlisted: true,
    blocks: [overview(speaker)],
    sections: input.flows.map((one) => flowSection(speaker, one)),
  };
}

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
      { label: t.warningsOf },
    ],
    rows: input.flows.map(({ flow, result }) => ({
      cells: [
        [{ text: name(flow.id), to: flowId(flow.id) }],
        [senderOf(speaker, flow)],
        [code(targetOf(speaker, flow))],
        [statusOf(speaker, flow, result)],
        [result.pathMtu === undefined ? t.none : String(result.pathMtu)],
        inLines(
          unique(result.warnings.map((one) => t.warnings[one.code])).map((text) => [
            toned('warn', text),
          ]),
        ),
      ],
    })),
  };
}

interface Fact {
  readonly label: string;
  readonly value: Line;
}

function flowSection(speaker: Speaker, { flow, result }: ReportInput['flows'][number]): Section {
  const { t, input, flow: name, language } = speaker;
  const title = name(flow.id);
  const ways = likelyWays(result);
  const [trace, reply] = ways;
  const requests = (trace?.legs ?? []).filter(({ purpose }) => purpose === 'request');
  const filters = requests.flatMap((leg) => decisions(speaker, leg));
  const choices = requests.flatMap((leg) => choicesOf(speaker, leg));
  const warnings = result.warnings.map((one): Line => {
    const text = visibleText(warningText(one, language));
    return [toned('warn', `${t.warnings[one.code]}: ${text}.`)];
  });
  const picture = input.flowPictures.get(flow.id);
  const facts: readonly Fact[] = [
    { label: t.from, value: [senderOf(speaker, flow)] },
    { label: t.to, value: [code(targetOf(speaker, flow))] },
    { label: t.status, value: [statusOf(speaker, flow, result)] },
    ...endOf(speaker, trace, reply),
    ...(requests.length === 0
      ? []
      : [{ label: t.way, value: inLines(requests.map((leg) => wayOf(speaker, leg))) }]),
    ...(filters.length === 0 ? [] : [{ label: t.filters, value: inLines(filters) }]),
    ...(choices.length === 0 || trace === undefined
      ? []
      : [
          {
            label: t.choices,
            value: inLines([...choices, [t.oneOfSeveral(percent(trace.probability))]]),
          },
        ]),
    ...sizes(speaker, result, requests, ways),
    ...(warnings.length === 0 ? [] : [{ label: t.warningsOf, value: inLines(warnings) }]),
    { label: t.inDetail, value: [{ text: t.toDetails, to: detailId(flow.id) }] },
  ];
  return {
    id: flowId(flow.id),
    title,
    blocks: [
      { kind: 'facts', rows: facts },
      ...(flow.notes === undefined ? [] : [paragraph(visibleText(flow.notes))]),
      ...(picture === undefined
        ? []
        : [{ kind: 'figure', ...picture, caption: t.picture(title) } as const]),
    ],
  };
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];

const inLines = (lines: readonly Line[]): Line =>
  lines.flatMap((line, at) => (at === 0 ? line : [{ newLine: true } as const, ...line]));

/** The machines of a connection in their order. */
function wayOf({ node }: Speaker, { hops }: Leg): Line {
  const names = hops.map((hop) => node(hop.node));
  return [names.filter((name, at) => name !== names[at - 1]).join(' → ')];
}

/** Who let the packet through, turned it away, or rewrote it, in the order of the way. */
function decisions({ node, language }: Speaker, { hops }: Leg): readonly Line[] {
  return hops.flatMap((hop) =>
    hop.steps
      .filter((step) => isDecision(step) && step.action !== 'established')
      .map((step): Line => [
        { text: node(hop.node), strong: true },
        `: ${visibleText(stepText(step, language))}`,
      ]),
  );
}

function choicesOf({ t, node }: Speaker, { hops }: Leg): readonly Line[] {
  return hops.flatMap((hop) =>
    hop.steps.flatMap(({ detail }): readonly Line[] =>
      'choices' in detail && detail.choices > 1
        ? [[{ text: node(hop.node), strong: true }, `: ${t.oneOf(detail.choices)}`]]
        : [],
    ),
  );
}

/** Where a flow ends that does not arrive, or whose reply does not. */
function endOf(
  { t, node, language }: Speaker,
  trace: Trace | undefined,
  reply: Trace | undefined,
): readonly Fact[] {
  const failed = [trace, reply].find((one) => one && !isDelivered(one.disposition));
  const hop = failed?.legs.at(-1)?.hops.at(-1);
  const step = hop?.steps.at(-1);
  if (!failed || !hop || !step) return [];
  const text = visibleText(stepText(step, language));
  const value: Line = [{ text: node(hop.node), strong: true }, `: ${text}`];
  return [{ label: failed === reply ? t.replyEnds : t.requestEnds, value }];
}

/** How large packets may be: what gets to the other end, and what does so without being cut up inside a tunnel. */
function sizes(
  { t }: Speaker,
  { pathMtu }: Result,
  requests: readonly Leg[],
  ways: readonly Trace[],
): readonly Fact[] {
  if (pathMtu === undefined) return [];
  const whole = Math.min(...budgetsOf(ways).flatMap(({ links }) => links.map(({ room }) => room)));
  const each = requests.flatMap((leg): readonly Line[] =>
    leg.pathMtu === undefined ? [] : [[`${visibleText(leg.title)}: ${t.bytes(leg.pathMtu)}`]],
  );
  return [
    {
      label: t.pathMtu,
      value:
        each.length > 1 ? inLines([[t.smallestOf(t.bytes(pathMtu))], ...each]) : [t.bytes(pathMtu)],
    },
    ...(whole < pathMtu ? [{ label: t.unfragmented, value: [t.bytes(whole)] }] : []),
  ];
}
