import type { Issue } from '../../../contract/index.ts';
import { issueSentence } from '../../../model/issue.ts';
import { didYouMean } from '../nearest.ts';
import type { Failure } from '../outcome.ts';
import type { Terminal } from '../terminal.ts';
import { append, wrap } from './lines.ts';

/** The failure for standard error: what, where, and what to do. `file` is the design's, for places in it. */
export function renderFailure(
  failure: Failure,
  { colors, width }: Terminal,
  file: string | undefined,
): string {
  const lines = [`${colors.red('hopscope:')} ${ended(failure.text)}`];
  if (failure.code === 'design-invalid') {
    lines[0] = `${colors.red('hopscope:')} ${ended(`${file ?? 'The document'} is not a design`)}`;
    const { issues, omitted } = failure.detail;
    append(
      lines,
      issues.map((issue) => `  ${placeOf(issue)}${issueSentence(issue)}`),
    );
    if (omitted > 0) lines.push(`  … and ${omitted} more`);
  } else if (failure.code === 'text-unreadable' && file !== undefined) {
    const { reason, line, column } = failure.detail;
    const place = line === undefined ? '' : `${line}:${column ?? 1}: `;
    lines[0] = `${colors.red('hopscope:')} ${ended(`Cannot read ${file}: ${place}${reason}`)}`;
  }
  if (failure.code === 'manifests-invalid' || failure.code === 'inventory-invalid') {
    append(
      lines,
      failure.detail.faults.map(
        ({ file: manifest, line, text }) => `  ${manifest}:${line}: ${text}`,
      ),
    );
  }
  if (failure.code === 'rules-invalid') {
    append(
      lines,
      failure.detail.faults.map(({ line, text }) => `  ${file ?? 'line '}:${line}: ${text}`),
    );
    return lines.join('\n');
  }
  const hint = hintOf(failure);
  if (hint !== undefined) {
    append(
      lines,
      wrap(ended(hint), width - 2).map((line) => `  ${line}`),
    );
  }
  return lines.join('\n');
}

const ended = (sentence: string): string => (/[.?!:]$/.test(sentence) ? sentence : `${sentence}.`);

const placeOf = ({ line, column }: Issue): string =>
  line === undefined ? '' : `${line}:${column ?? 1}: `;

function hintOf(failure: Failure): string | undefined {
  switch (failure.code) {
    case 'example-unknown':
      return near(failure.detail.name, failure.detail.known, failure.hint);
    case 'flow-unknown':
      return near(failure.detail.flow, failure.detail.known, failure.hint);
    case 'node-unknown':
      return near(failure.detail.node, failure.detail.known, failure.hint);
    case 'cluster-unknown':
      return near(failure.detail.cluster, failure.detail.known, failure.hint);
    case 'intent-unknown':
      return near(failure.detail.intent, failure.detail.known, failure.hint);
    default:
      return failure.hint;
  }
}

const near = (text: string, known: readonly string[], hint: string | undefined) =>
  [didYouMean(text, known), hint].filter((part) => part !== undefined).join(' ');
