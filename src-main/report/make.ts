import { visibleText } from '../model/visible-text.ts';
import {
  paragraph,
  toned,
  type Block,
  type Line,
  type ReportDocument,
  type Section,
} from './document.ts';
import { withFigureNumbers } from './figure-numbers.ts';
import type { ReportInput } from './input.ts';
import { addressPlan } from './sections/addresses.ts';
import { clusters } from './sections/clusters.ts';
import { diagram } from './sections/diagrams.ts';
import { flowCatalogue, flowMatrix } from './sections/flows.ts';
import { installPlans, scenarioName, scenarioVerdict } from './sections/installs.ts';
import { ruleTables } from './sections/rules.ts';
import { assumptions, changeList, checks, intents } from './sections/verdicts.ts';
import { speakerOf, type Speaker } from './speaker.ts';

/** The whole report, whatever it is then written as. The same input gives the same document. */
export function makeReport(input: ReportInput): ReportDocument {
  const speaker = speakerOf(input);
  const { t, design } = speaker;
  const { title, version, date, author } = input.cover;
  const name = visibleText(design.name);
  const about = [
    { label: t.version, value: version },
    { label: t.date, value: date },
    { label: t.author, value: author },
    { label: t.made, value: input.program },
  ].flatMap(({ label, value }) =>
    value === undefined ? [] : [{ label, value: visibleText(value) }],
  );
  const sections = [
    summary(speaker),
    diagram(speaker),
    addressPlan(speaker),
    clusters(speaker),
    ruleTables(speaker),
    flowCatalogue(speaker),
    flowMatrix(speaker),
    intents(speaker),
    checks(speaker),
    installPlans(speaker),
    assumptions(speaker),
    changeList(speaker),
  ].filter((section): section is Section => section !== undefined);
  return {
    language: input.language,
    title: title === undefined ? name : visibleText(title),
    subtitle:
      title === undefined || visibleText(title) === name ? t.subtitle : `${t.subtitle}: ${name}`,
    about,
    contents: t.contents,
    sections: withFigureNumbers(sections, t.figure),
  };
}

function summary(speaker: Speaker): Section {
  const { t, design, input } = speaker;
  const { flows, verdicts, findings } = input;
  const reachable = flows.filter(({ result }) => result.status === 'reachable').length;
  const holding = verdicts.filter(({ holds }) => holds).length;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const vanishing = flows.filter(({ result }) =>
    result.warnings.some(({ code }) => code === 'mtu-black-hole'),
  ).length;
  const value = (good: boolean, text: string, bad: 'bad' | 'warn' = 'bad'): Line => [
    toned(good ? 'good' : bad, text),
  ];
  const rows: { readonly label: string; readonly value: Line }[] = [
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
    // A flow that is not reachable may be meant so: intents say.
    {
      label: t.summaryOf.flows,
      value: [t.summaryOf.flowsValue(reachable, flows.length)],
    },
    {
      label: t.summaryOf.intents,
      value:
        verdicts.length === 0
          ? value(false, t.summaryOf.noIntents, 'warn')
          : value(holding === verdicts.length, t.summaryOf.intentsValue(holding, verdicts.length)),
    },
    { label: t.summaryOf.mtu, value: value(vanishing === 0, String(vanishing)) },
    {
      label: t.summaryOf.checks,
      value: value(
        findings.length === 0,
        t.summaryOf.checksValue(errors, warnings),
        errors > 0 ? 'bad' : 'warn',
      ),
    },
    ...input.installs.map((report) => ({
      label: scenarioName(speaker, report),
      value: scenarioVerdict(speaker, report),
    })),
  ];
  const notes: readonly Block[] =
    design.notes === undefined
      ? []
      : [
          paragraph({ text: t.notes, strong: true }),
          ...design.notes
            .split(/\n{2,}/)
            .map((part) => paragraph(visibleText(part.replaceAll('\n', ' ').trim()))),
        ];
  return { id: 'summary', title: t.summary, blocks: [{ kind: 'facts', rows }, ...notes] };
}
