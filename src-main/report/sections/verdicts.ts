import { findingPlace, findingText, findingWhy } from '../../checks/words.ts';
import { visibleText } from '../../model/visible-text.ts';
import { assumptionText } from '../../sim/vocabulary/tell.ts';
import { code, paragraph, toned, type Block, type Line, type Section } from '../document.ts';
import type { ChangedField } from '../input.ts';
import type { Speaker } from '../speaker.ts';
import { flowId, senderOf, targetOf } from './flow-names.ts';

export function intents(speaker: Speaker): Section {
  const { t, input, flow: name } = speaker;
  if (input.verdicts.length === 0) {
    return { id: 'intents', title: t.intents, blocks: [paragraph(t.noIntents)] };
  }
  const known = new Set(input.flows.map(({ flow }) => flow.id));
  const broken = input.verdicts.flatMap((one) =>
    one.checks.filter(({ holds }) => !holds).map((check) => ({ intent: one, check })),
  );
  const table: Block = {
    kind: 'table',
    columns: [{ label: t.intent }, { label: t.expect }, { label: t.result }, { label: t.checks }],
    rows: input.verdicts.map((one) => ({
      cells: [
        [visibleText(one.name ?? one.id)],
        [t.expects[one.expect]],
        [one.holds ? toned('good', t.holds) : toned('bad', t.broken)],
        [t.checksOf(one.checks.filter(({ holds }) => holds).length, one.checks.length)],
      ],
      ...(one.holds ? {} : { tone: 'bad' as const }),
    })),
  };
  const failures: Block = {
    kind: 'table',
    caption: t.notAsExpected,
    columns: [{ label: t.intent }, { label: t.from }, { label: t.to }, { label: t.ends2 }],
    rows: broken.map(({ intent, check }) => ({
      cells: [
        [visibleText(intent.name ?? intent.id)],
        [
          known.has(check.flow.id)
            ? { text: name(check.flow.id), to: flowId(check.flow.id) }
            : senderOf(speaker, check.flow),
        ],
        [code(targetOf(speaker, check.flow))],
        [toned('bad', t.dispositions[check.replyDisposition ?? check.disposition])],
      ],
    })),
  };
  return {
    id: 'intents',
    title: t.intents,
    blocks: [table, ...(broken.length === 0 ? [] : [failures])],
  };
}

export function checks({ t, input, language }: Speaker): Section {
  const { findings } = input;
  if (findings.length === 0) {
    return { id: 'checks', title: t.checks, blocks: [paragraph(t.noFindings)] };
  }
  return {
    id: 'checks',
    title: t.checks,
    blocks: [
      {
        kind: 'table',
        columns: [{ label: t.kind }, { label: t.finding }, { label: t.where }, { label: t.why }],
        rows: findings.map((one) => ({
          cells: [
            [toned(one.severity === 'error' ? 'bad' : 'warn', t.severity[one.severity])],
            [visibleText(findingText(one, language))],
            [visibleText(findingPlace(one.at, language))],
            [visibleText(findingWhy(one, language))],
          ],
        })),
      },
    ],
  };
}

/** What the results take for granted, of which flows, and what is not simulated at all. */
export function assumptions({ t, input, language, flow: name }: Speaker): Section {
  const flowsOf = new Map<string, string[]>();
  const unmodelled = new Set<string>();
  for (const { flow, result } of input.flows) {
    for (const one of result.assumed) {
      const text = visibleText(assumptionText(one, language));
      flowsOf.set(text, [...(flowsOf.get(text) ?? []), flow.id]);
    }
    for (const { code: kind, text } of result.warnings) {
      if (kind === 'not-modelled') unmodelled.add(visibleText(text));
    }
  }
  const of = (flows: readonly string[]): Line =>
    flows.length > 3
      ? [t.everyFlow(flows.length)]
      : flows.flatMap((id, at): Line => [
          ...(at === 0 ? [] : [', ']),
          { text: name(id), to: flowId(id) },
        ]);
  return {
    id: 'assumptions',
    title: t.assumptions,
    blocks: [],
    sections: [
      {
        id: 'assumed',
        title: t.assumed,
        blocks:
          flowsOf.size === 0
            ? [paragraph(t.nothingAssumed)]
            : [
                {
                  kind: 'table',
                  columns: [{ label: t.assumed }, { label: t.assumedBy }],
                  rows: [...flowsOf].map(([text, flows]) => ({ cells: [[text], of(flows)] })),
                },
              ],
      },
      {
        id: 'limits',
        title: t.limits,
        blocks: [
          ...(unmodelled.size === 0
            ? []
            : ([
                paragraph({ text: t.notSimulated, strong: true }),
                { kind: 'list', items: [...unmodelled].map((text) => [toned('warn', text)]) },
              ] satisfies Block[])),
          { kind: 'list', items: t.limitsList.map((text) => [text]) },
        ],
      },
    ],
  };
}

export function changeList({ t, input }: Speaker): Section | undefined {
  const { changes } = input;
  if (!changes) return undefined;
  const title = t.changes(visibleText(changes.since));
  interface Change {
    readonly thing: string;
    readonly change: 'added' | 'removed' | 'changed' | 'moved';
    readonly field?: ChangedField;
  }
  const all: Change[] = changes.head.map((field) => ({
    thing: t.design,
    change: 'changed',
    field,
  }));
  for (const { ref, name, change, fields } of changes.differences) {
    const thing = name === undefined ? ref : `${name} (${ref})`;
    if (fields.length === 0) all.push({ thing, change });
    else all.push(...fields.map((field) => ({ thing, change, field })));
  }
  if (all.length === 0) return { id: 'changes', title, blocks: [paragraph(t.noChanges)] };
  const tones = { added: 'good', removed: 'bad', changed: 'warn', moved: 'faint' } as const;
  return {
    id: 'changes',
    title,
    blocks: [
      {
        kind: 'table',
        columns: [
          { label: t.thing },
          { label: t.change },
          { label: t.field },
          { label: t.before },
          { label: t.after },
        ],
        rows: all.map(({ thing, change, field }) => ({
          cells: [
            [visibleText(thing)],
            [toned(tones[change], t.changeKinds[change])],
            [code(field?.path ?? '')],
            [visibleText(field?.from ?? '')],
            [visibleText(field?.to ?? '')],
          ],
        })),
      },
    ],
  };
}
