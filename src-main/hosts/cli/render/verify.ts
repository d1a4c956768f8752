import type { IntentVerdict } from '../../../contract/index.ts';
import { checkEnd, checkTitle } from '../../../contract/junit.ts';
import type { Terminal } from '../terminal.ts';
import { counted } from '../../../sim/vocabulary/counted.ts';
import { append, table, wrap } from './lines.ts';

/** Broken checks of one intent that are told; the rest is counted. */
const checksTold = 20;

/** Every intent as a row, then why the broken ones are broken. */
export function renderVerdicts(intents: readonly IntentVerdict[], terminal: Terminal): string {
  const { colors } = terminal;
  if (intents.length === 0) return 'The design has no intents.';
  const painted = (cell: string, row: number) =>
    intents[row]?.holds === true ? colors.green(cell) : colors.red(cell);
  const lines = table(
    [
      {
        title: 'VERDICT',
        cells: intents.map(({ holds }) => (holds ? '✔ holds' : '✘ broken')),
        paint: painted,
      },
      { title: 'EXPECTED', cells: intents.map(({ expect }) => expect) },
      {
        title: 'CHECKS',
        cells: intents.map(
          ({ checks }) => `${checks.filter(({ holds }) => holds).length}/${checks.length}`,
        ),
      },
      {
        title: 'INTENT',
        cells: intents.map(({ id, name }) => (name === undefined ? id : `${id}: ${name}`)),
      },
    ],
    colors.dim,
  );
  for (const intent of intents) {
    if (!intent.holds) append(lines, ['', ...brokenLines(intent, terminal)]);
  }
  const holding = intents.filter(({ holds }) => holds).length;
  const broken = intents.length - holding;
  lines.push('', `${counted(intents.length, 'intent')}: ${holding} hold, ${broken} broken`);
  return lines.join('\n');
}

function brokenLines(intent: IntentVerdict, { colors, width }: Terminal): string[] {
  const lines = [colors.bold(`${intent.id} is not ${intent.expect}`)];
  if (intent.checks.length === 0) {
    lines.push('  It speaks of nobody, so that it proves nothing.');
    return lines;
  }
  const broken = intent.checks.filter(({ holds }) => !holds);
  for (const check of broken.slice(0, checksTold)) {
    lines.push(`  ${colors.red('✘')} ${checkTitle(check)}: ${checkEnd(check)}`);
    append(
      lines,
      wrap(check.reason, width - 4).map((line) => `    ${line}`),
    );
  }
  if (broken.length > checksTold) lines.push(`  … and ${broken.length - checksTold} more`);
  return lines;
}
