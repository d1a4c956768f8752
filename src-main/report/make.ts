import { visibleText } from '../model/visible-text.ts';
import { type ReportDocument, type Section } from './document.ts';
import { withFigureNumbers } from './figure-numbers.ts';
import type { ReportInput } from './input.ts';
import { addressPlan } from './sections/addresses.ts';
import { clusters } from './sections/clusters.ts';
import { diagram } from './sections/diagrams.ts';
import { flowDetails } from './sections/flow-details.ts';
import { flowCatalogue } from './sections/flows.ts';
import { installPlans } from './sections/installs.ts';
import { flowMatrix } from './sections/matrix.ts';
import { nameService } from './sections/names.ts';
import { observations } from './sections/observations.ts';
import { policies } from './sections/policies.ts';
import { routingTables } from './sections/routes.ts';
import { ruleTables } from './sections/rules.ts';
import { summary } from './sections/summary.ts';
import { glossary } from './sections/glossary.ts';
import { assumptions, changeList, checks, intents } from './sections/verdicts.ts';
import { speakerOf } from './speaker.ts';

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
  const told = [
    summary(speaker),
    observations(speaker),
    diagram(speaker),
    addressPlan(speaker),
    routingTables(speaker),
    nameService(speaker),
    clusters(speaker),
    ruleTables(speaker),
    policies(speaker),
    flowCatalogue(speaker),
    flowMatrix(speaker),
    intents(speaker),
    checks(speaker),
    installPlans(speaker),
    assumptions(speaker),
    changeList(speaker),
  ].filter(isSection);
  const sections = [...told, glossary(speaker, told), flowDetails(speaker)].filter(isSection);
  return {
    language: input.language,
    title: title === undefined ? name : visibleText(title),
    subtitle:
      title === undefined || visibleText(title) === name ? t.subtitle : `${t.subtitle}: ${name}`,
    ...(version === undefined ? {} : { version: visibleText(version) }),
    about,
    contents: t.contents,
    sections: withFigureNumbers(sections, t.figure),
  };
}

const isSection = (section: Section | undefined): section is Section => section !== undefined;
