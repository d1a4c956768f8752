import { placeText, type Finding } from '../../../checks/finding.ts';
import type { Terminal } from '../terminal.ts';
import { append, count, wrap } from './lines.ts';

/** Each finding with its code, place and sentence; errors first. */
export function renderFindings(findings: readonly Finding[], { colors, width }: Terminal): string {
  if (findings.length === 0) return colors.green('✔ No findings');
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const lines: string[] = [];
  for (const { code, severity, at, text, related } of [...errors, ...warnings]) {
    const label = severity === 'error' ? colors.red('✘ error  ') : colors.yellow('! warning');
    lines.push(`${label}  ${colors.bold(code)}  ${colors.dim(placeText(at))}`);
    append(
      lines,
      wrap(text, width - 4).map((line) => `    ${line}`),
    );
    if (related.length > 0) {
      const others = wrap(`see also ${related.map(placeText).join(', ')}`, width - 4);
      append(
        lines,
        others.map((line) => colors.dim(`    ${line}`)),
      );
    }
  }
  lines.push('', `${count(errors.length, 'error')}, ${count(warnings.length, 'warning')}`);
  return lines.join('\n');
}
