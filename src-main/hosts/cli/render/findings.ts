import { placeText, type Finding, type Place } from '../../../checks/finding.ts';
import type { Terminal } from '../terminal.ts';
import { counted } from '../../../sim/vocabulary/counted.ts';
import { append, wrap } from './lines.ts';

/** Each finding with its code, sentence and place, in words and as a path; errors first. */
export function renderFindings(findings: readonly Finding[], { colors, width }: Terminal): string {
  if (findings.length === 0) return colors.green('✔ No findings');
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const lines: string[] = [];
  for (const { code, severity, at, text, places, related } of [...errors, ...warnings]) {
    const label = severity === 'error' ? colors.red('✘ error  ') : colors.yellow('! warning');
    lines.push(`${label}  ${colors.bold(code)}  ${at.label}  ${colors.dim(placeText(at))}`);
    append(
      lines,
      wrap(text, width - 4).map((line) => `    ${line}`),
    );
    const alike = places.filter((place) => !isSame(place, at));
    for (const [words, others] of [
      ['also at', alike],
      ['see also', related.filter((one) => !places.some((place) => isSame(place, one)))],
    ] as const) {
      if (others.length === 0) continue;
      const told = wrap(`${words} ${others.map(({ label }) => label).join(', ')}`, width - 4);
      append(
        lines,
        told.map((line) => colors.dim(`    ${line}`)),
      );
    }
  }
  lines.push('', `${counted(errors.length, 'error')}, ${counted(warnings.length, 'warning')}`);
  return lines.join('\n');
}

const isSame = (one: Place, other: Place): boolean => placeText(one) === placeText(other);
