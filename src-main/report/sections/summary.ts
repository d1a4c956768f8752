import { visibleText } from '../../model/visible-text.ts';
import { paragraph, toned, type Block, type Line, type Section } from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { expectationOf, flowId } from './flow-names.ts';
import { scenarioId, scenarioName, scenarioVerdict } from './installs.ts';

interface Fact {
  readonly label: string;
  readonly value: Line;
}

/** What has to be known before anything is signed, and where to sign it. */
export function summary(speaker: Speaker): Section {
  const { t, design } = speaker;
  const notes: readonly Block[] =
    design.notes === undefined
      ? []
      : [
          paragraph({ text: t.notes, strong: true }),
          ...design.notes
            .split(/\n{2,}/)
            .map((part) => paragraph(visibleText(part.replaceAll('\n', ' ').trim()))),
        ];
  return {
    id: 'summary',
    title: t.summary,
    onNewPage: true,
    blocks: [
      paragraph(t.purposeOfReport),
      { kind: 'facts', rows: facts(speaker) },
      signatures(speaker),
      ...notes,
    ],
  };
}

function facts(speaker: Speaker): readonly Fact[] {
  const { t, design, input } = speaker;
  const { findings } = input;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return [
    {
      label: t.summaryOf.contents,
      value: [
        t.summaryOf.contentsValue(
          design.sites?.length ?? 0,
          design.segments?.length ?? 0,
          design.nodes?.length ?? 0,
          design.clusters?.length ?? 0,
        ),
      ],
    },
    { label: t.summaryOf.flows, value: flowsValue(speaker) },
    { label: t.summaryOf.intents, value: intentsValue(speaker) },
    { label: t.summaryOf.mtu, value: vanishing(speaker) },
    { label: t.summaryOf.warnings, value: warned(speaker) },
    {
      label: t.summaryOf.checks,
      value: [
        toned(
          findings.length === 0 ? 'good' : errors > 0 ? 'bad' : 'warn',
          t.summaryOf.checksValue(errors, findings.length - errors),
        ),
      ],
    },
    ...input.installs.map((report) => ({
      label: scenarioName(speaker, report),
      value: [
        ...scenarioVerdict(speaker, report),
        ' ',
        { text: t.summaryOf.more, to: scenarioId(report) },
      ],
    })),
    {
      label: t.summaryOf.changes,
      value: [input.changes ? t.changes(visibleText(input.changes.since)) : t.notCompared],
    },
  ];
}

/** A flow that does not arrive is as it should be where an intent wants it blocked. */
function flowsValue(speaker: Speaker): Line {
  const { t, input } = speaker;
  const count = (is: (status: string, expected: string | undefined) => boolean): number =>
    input.flows.filter(({ flow, result }) => is(result.status, expectationOf(speaker, flow.id)))
      .length;
  const reachable = count((status) => status === 'reachable');
  const blocked = count((status, wanted) => status !== 'reachable' && wanted === 'blocked');
  const failing = input.flows.length - reachable - blocked;
  return [
    t.summaryOf.flowsValue(reachable, input.flows.length),
    ...(blocked === 0 ? [] : [', ', toned('good', t.summaryOf.blocked(blocked))]),
    ...(failing === 0 ? [] : [', ', toned('bad', t.summaryOf.failing(failing))]),
  ];
}

function intentsValue({ t, input: { verdicts } }: Speaker): Line {
  if (verdicts.length === 0) return [toned('warn', t.summaryOf.noIntents)];
  const broken = verdicts.filter(({ holds }) => !holds);
  const text = t.summaryOf.intentsValue(verdicts.length - broken.length, verdicts.length);
  if (broken.length === 0) return [toned('good', text)];
  const names = broken.map(({ name, id }) => visibleText(name ?? id)).join(', ');
  return [toned('bad', `${text}; ${t.broken}: ${names}`)];
}

function vanishing(speaker: Speaker): Line {
  const flows = flowsWith(speaker, (code) => code === 'mtu-black-hole');
  return flows.length === 0 ? [toned('good', speaker.t.noneOfThem)] : flows;
}

function warned(speaker: Speaker): Line {
  const flows = flowsWith(speaker, (code) => code !== 'mtu-black-hole');
  return flows.length === 0 ? [toned('good', speaker.t.noneOfThem)] : flows;
}

function flowsWith({ input, flow: name }: Speaker, is: (code: string) => boolean): Line {
  return input.flows
    .filter(({ result }) => result.warnings.some(({ code }) => is(code)))
    .flatMap(({ flow }, at): Line => [
      ...(at === 0 ? [] : [', ']),
      { text: name(flow.id), to: flowId(flow.id) },
    ]);
}

function signatures({ t, input }: Speaker): Block {
  const { author, date } = input.cover;
  const row = (role: string, who = '', when = ''): { readonly cells: readonly Line[] } => ({
    cells: [[role], [visibleText(who)], [visibleText(when)], []],
  });
  return {
    kind: 'table',
    caption: t.signatures,
    columns: [{ label: t.role }, { label: t.name }, { label: t.date }, { label: t.signature }],
    rows: [row(t.roles.author, author, date), ...t.roles.others.map((role) => row(role))],
    toFillIn: true,
  };
}
