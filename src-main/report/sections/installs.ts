import {
  causeText,
  fixText,
  installTitle,
  noteText,
  planText,
  type InstallReport,
  type NoteCode,
} from '../../install/index.ts';
import { visibleText } from '../../model/visible-text.ts';
import { paragraph, sectionId, toned, type Block, type Line, type Section } from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { requestTables } from './firewall-request.ts';

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

/** With its mode, where its name does not say that already. */
export function scenarioName({ t }: Speaker, { name, scenario: id, mode }: InstallReport): string {
  const shown = visibleText(name ?? id);
  const says = [mode, t.modes[mode]].some((word) =>
    shown.toLowerCase().includes(word.toLowerCase()),
  );
  return says ? shown : `${shown} (${t.modes[mode]})`;
}

/** Its version, where its name does not end in that. */
const productName = ({ name, version }: InstallReport['product']): string =>
  name.includes(version) ? visibleText(name) : visibleText(`${name} ${version}`);

export const scenarioId = ({ scenario: id, mode }: InstallReport): string =>
  sectionId('install', id, mode);

/** Green is only what nothing is known against: neither a list that may lack something, nor a way out of an air gap. */
export function scenarioVerdict({ t, language }: Speaker, report: InstallReport): Line {
  if (report.works) {
    const says = (code: NoteCode) => report.notes.some((note) => note.code === code);
    const but = [
      ...(says('product-notes') ? [t.worksAsListed] : [t.works]),
      ...(says('reaches-out') ? [t.reachesOut] : []),
    ];
    const isSure = !says('product-notes') && !says('reaches-out');
    return [toned(isSure ? 'good' : 'warn', but.join('; '))];
  }
  const step = report.steps.find(({ id }) => id === report.failsAt);
  const title = visibleText(installTitle(step?.title ?? report.failsAt ?? '', language));
  if (!report.plan.works) return [toned('bad', t.fails(title))];
  const changes = report.causes.filter(({ fix }) => fix?.proven).length;
  return [toned('bad', t.failsAsDrawn(title)), '; ', toned('warn', t.worksAfter(changes))];
}

function scenario(speaker: Speaker, report: InstallReport): Section {
  const { t, language, node } = speaker;
  const { product, causes, plan, notes, firewallRequest } = report;
  const blocks: Block[] = [
    paragraph(`${productName(product)}: `, ...scenarioVerdict(speaker, report)),
    {
      kind: 'table',
      columns: [{ label: t.step }, { label: t.result }],
      rows: report.steps.map((step) => ({
        cells: [
          [visibleText(installTitle(step.title, language))],
          [step.works ? toned('good', t.possible.yes) : toned('bad', t.possible.no)],
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
  blocks.push(...requestTables(speaker, firewallRequest));
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
