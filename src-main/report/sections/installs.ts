import {
  causeText,
  fixText,
  installTitle,
  noteText,
  planText,
  type InstallReport,
} from '../../install/index.ts';
import { visibleText } from '../../model/visible-text.ts';
import {
  code,
  paragraph,
  sectionId,
  toned,
  type Block,
  type Line,
  type Section,
} from '../document.ts';
import type { Speaker } from '../speaker.ts';

/** Of each scenario: whether it can be installed, what is in the way, how it is done, what firewalls are asked for. */
export function installPlans(speaker: Speaker): Section | undefined {
  const { t, input } = speaker;
  if (input.installs.length === 0) return undefined;
  return {
    id: 'installs',
    title: t.installs,
    onNewPage: true,
    blocks: [],
    sections: input.installs.map((report) => scenario(speaker, report)),
  };
}

export const scenarioName = ({ t }: Speaker, { name, scenario: id, mode }: InstallReport): string =>
  `${visibleText(name ?? id)} (${t.modes[mode]})`;

export const scenarioId = ({ scenario: id, mode }: InstallReport): string =>
  sectionId('install', id, mode);

export function scenarioVerdict({ t, language }: Speaker, report: InstallReport): Line {
  if (report.works) return [toned('good', t.works)];
  const step = report.steps.find(({ id }) => id === report.failsAt);
  const title = installTitle(step?.title ?? report.failsAt ?? '', language);
  return [toned('bad', t.fails(visibleText(title)))];
}

function scenario(speaker: Speaker, report: InstallReport): Section {
  const { t, language, node } = speaker;
  const { product, causes, plan, notes, firewallRequest } = report;
  const blocks: Block[] = [
    paragraph(
      `${visibleText(product.name)} ${product.version}: `,
      ...scenarioVerdict(speaker, report),
    ),
    {
      kind: 'table',
      columns: [{ label: t.step }, { label: t.result }],
      rows: report.steps.map((step) => ({
        cells: [
          [visibleText(installTitle(step.title, language))],
          [step.works ? toned('good', t.yes) : toned('bad', t.no)],
        ],
      })),
    },
  ];
  if (causes.length > 0) {
    blocks.push({
      kind: 'table',
      caption: t.obstacles,
      columns: [{ label: t.obstacles }, { label: t.fix }],
      rows: causes.map((cause) => ({
        cells: [
          [visibleText(causeText(cause, language))],
          cause.fix
            ? [
                visibleText(fixText(cause.fix, language)),
                ...(cause.fix.proven ? [] : [' ', toned('warn', `(${t.notProven})`)]),
              ]
            : [t.none],
        ],
      })),
    });
  }
  blocks.push(
    paragraph({ text: t.planOf, strong: true }, '. ', plan.works ? t.planWorks : t.planFails),
    {
      kind: 'list',
      ordered: true,
      items: plan.steps.map((step) => [
        visibleText(planText(step, language)),
        ...(step.nodes.length === 0
          ? []
          : [' ', toned('faint', `(${step.nodes.map(node).join(', ')})`)]),
      ]),
    },
  );
  for (const [at, step] of plan.steps.entries()) {
    for (const file of step.files) {
      blocks.push({
        kind: 'code',
        title: `${at + 1}. ${t.file(visibleText(file.path))}`,
        text: file.content,
      });
    }
    if (step.commands.length > 0) {
      blocks.push({
        kind: 'code',
        title: `${at + 1}. ${t.commands}`,
        text: step.commands.join('\n'),
      });
    }
  }
  if (firewallRequest.length > 0) {
    blocks.push({
      kind: 'table',
      caption: t.request,
      columns: [
        { label: t.source },
        { label: t.destination },
        { label: t.service },
        { label: t.purpose },
      ],
      rows: firewallRequest.map((row) => ({
        cells: [
          [row.sources.map(node).join(', '), ' ', code(row.sourceAddresses.join(', '))],
          [visibleText(row.host), ...(row.address === undefined ? [] : [' ', code(row.address)])],
          [code(`${row.protocol} ${row.port}`)],
          [visibleText(row.purposes.join(', '))],
        ],
      })),
    });
  }
  if (notes.length > 0) {
    blocks.push(paragraph({ text: t.installNotes, strong: true }), {
      kind: 'list',
      items: notes.map((note) => [visibleText(noteText(note, language))]),
    });
  }
  return {
    id: scenarioId(report),
    title: scenarioName(speaker, report),
    blocks,
  };
}
