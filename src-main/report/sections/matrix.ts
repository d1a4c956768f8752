import { paragraph, toned, type Block, type Line, type Section } from '../document.ts';
import type { Speaker } from '../speaker.ts';
import { flowId, hostOf, senderOf, serviceOf, statusOf } from './flow-names.ts';

/** More columns than that do not stand side by side on a page; the table goes on below. */
const columnsOfPage = 8;

/** Who sends to whom: senders down, targets across, each flow where both meet. */
export function flowMatrix(speaker: Speaker): Section | undefined {
  const { t, input } = speaker;
  if (input.flows.length === 0) return undefined;
  const targets = unique(input.flows.map(({ flow }) => hostOf(speaker, flow)));
  const parts = Array.from({ length: Math.ceil(targets.length / columnsOfPage) }, (_, at) =>
    targets.slice(at * columnsOfPage, (at + 1) * columnsOfPage),
  );
  return {
    id: 'matrix',
    title: t.matrix,
    blocks: [paragraph(t.matrixLead), ...parts.map((part) => matrixOf(speaker, part))],
  };
}

function matrixOf(speaker: Speaker, targets: readonly string[]): Block {
  const { t, input, flow: name } = speaker;
  const cells = new Map<string, Line>();
  const senders: string[] = [];
  for (const { flow, result } of input.flows) {
    const target = hostOf(speaker, flow);
    if (!targets.includes(target)) continue;
    const sender = senderOf(speaker, flow);
    if (!senders.includes(sender)) senders.push(sender);
    const status = statusOf(speaker, flow, result);
    const tone = typeof status === 'object' && 'tone' in status ? status.tone : 'faint';
    const key = JSON.stringify([sender, target]);
    const before = cells.get(key);
    cells.set(key, [
      ...(before ? [...before, { newLine: true } as const] : []),
      toned(tone, signs[result.status]),
      ' ',
      { text: serviceOf(flow) || name(flow.id), to: flowId(flow.id) },
    ]);
  }
  return {
    kind: 'table',
    even: true,
    columns: [{ label: t.from }, ...targets.map((label) => ({ label }))],
    rows: senders.map((sender) => ({
      cells: [
        [{ text: sender, strong: true }],
        ...targets.map((target) => cells.get(JSON.stringify([sender, target])) ?? []),
      ],
    })),
  };
}

const signs = { reachable: '✓', 'one-way': '→', unreachable: '✗' } as const;
const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];
