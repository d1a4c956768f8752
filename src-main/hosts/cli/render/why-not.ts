import type { Explanation } from '../../../explain/index.ts';
import type { Terminal } from '../terminal.ts';
import { append, wrap } from './lines.ts';

const paragraph = (text: string, indent: string, { width }: Terminal): string[] =>
  wrap(text, width - indent.length).map((line) => indent + line);

/** Why a flow does not arrive, and what would help, as text for people; empty where there is nothing to tell. */
export function renderWhyNot(explanation: Explanation, terminal: Terminal): string[] {
  const { colors } = terminal;
  const { blockers, proven, sideEffects, forbiddenBy } = explanation;
  if (blockers.length === 0) return [];
  const lines = ['', colors.bold('Why not')];
  blockers.forEach(({ node, reason, remedy }, index) => {
    append(
      lines,
      paragraph(
        `${index + 1}. ${reason.includes(node) ? '' : `${node}: `}${reason}`,
        '  ',
        terminal,
      ),
    );
    if (remedy) append(lines, paragraph(colors.green(`→ ${remedy.text}`), '     ', terminal));
  });
  if (!proven) {
    const text =
      'No change was found that makes the flow reachable; what lies beyond the last of these is not known.';
    append(lines, paragraph(text, '  ', terminal));
    return lines;
  }
  const together =
    blockers.length === 1
      ? 'With this change the flow is reachable.'
      : 'With all of these changes the flow is reachable, and without any one of them it is not.';
  const isForced = forbiddenBy.length > 0 || sideEffects.breaks.length > 0;
  const made = `--fix${isForced ? ' --force' : ''} makes ${blockers.length === 1 ? 'it' : 'them'}.`;
  append(lines, paragraph(`${together} ${made}`, '  ', terminal));
  const told = [
    ...forbiddenBy.map((id) => colors.yellow(`! Intent ${id} wants this flow blocked`)),
    ...sideEffects.breaks
      .filter((id) => !forbiddenBy.includes(id))
      .map((id) => colors.yellow(`! Intent ${id} would not hold any more`)),
    ...sideEffects.mends.map((id) => `· Intent ${id} would hold again`),
    ...sideEffects.flows.map(
      ({ flow, before, after }) => `· Flow ${flow} would be ${after}, and is ${before}`,
    ),
    ...sideEffects.opens.map(({ text }) => `· Also opened: ${text}`),
  ];
  for (const text of told) append(lines, paragraph(text, '  ', terminal));
  return lines;
}
