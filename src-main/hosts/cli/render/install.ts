import type { InstallCause, InstallReport, InstallStepReport } from '../../../contract/index.ts';
import type { Terminal } from '../terminal.ts';
import { counted } from '../../../sim/vocabulary/counted.ts';
import { append, table, wrap } from './lines.ts';

/** Nodes that are named one by one. */
const nodesTold = 6;

/** Each report: its steps, what stops them, what changes that, and whom firewalls have to let through. */
export function renderInstalls(reports: readonly InstallReport[], terminal: Terminal): string {
  if (reports.length === 0) return 'The design has no install scenarios.';
  const lines: string[] = [];
  for (const report of reports) {
    if (lines.length > 0) lines.push('');
    append(lines, reportLines(report, terminal));
  }
  return lines.join('\n');
}

function reportLines(report: InstallReport, terminal: Terminal): readonly string[] {
  const { colors, width } = terminal;
  const { scenario, name, mode, product, works, steps, causes, notes } = report;
  const verdict = works ? colors.green('✔ works') : colors.red('✘ cannot work');
  const title = name === undefined ? scenario : `${scenario}: ${name}`;
  const lines = [`${verdict}  ${colors.bold(title)}  ${colors.dim(`${product.name}, ${mode}`)}`];
  append(
    lines,
    steps.map((step) => `  ${stepLine(step, terminal)}`),
  );
  for (const [at, cause] of causes.entries()) {
    append(lines, ['', ...causeLines(at + 1, cause, report, terminal)]);
  }
  if (notes.length > 0) {
    lines.push('', 'Notes');
    for (const { text } of notes) {
      append(
        lines,
        indented(text, 4, width).map((line, at) => (at === 0 ? `  - ${line.trimStart()}` : line)),
      );
    }
  }
  append(lines, ['', ...planLines(report, terminal)]);
  append(lines, ['', ...requestLines(report, terminal)]);
  return lines;
}

function stepLine({ works, title, needs }: InstallStepReport, { colors }: Terminal): string {
  const cells = needs.flatMap((need) => need.cells);
  const failing = cells.filter((cell) => !cell.works).length;
  const mark = works ? colors.green('✓') : colors.red('✗');
  const asked = counted(cells.length, 'check');
  const share = failing > 0 ? `${failing} of ${asked} fail` : asked;
  return `${mark} ${title}${cells.length === 0 ? '' : colors.dim(`  ${share}`)}`;
}

function causeLines(
  number: number,
  { text, step, nodes, fix }: InstallCause,
  { steps, failsAt }: InstallReport,
  { colors, width }: Terminal,
): readonly string[] {
  const title = steps.find(({ id }) => id === step)?.title ?? step;
  const where = nodes.length === 0 ? '' : ` on ${nodesText(nodes)}`;
  const first = step === failsAt && number === 1 ? ', the first step that fails' : '';
  const lines = [`${colors.red(`${number}.`)} ${colors.bold(title)}${where}${first}`];
  append(lines, indented(text, 3, width));
  if (!fix) return lines;
  const told = fix.proven ? 'fix' : 'to do';
  append(lines, indented(`${told}: ${fix.text}`, 3, width).map(colors.green));
  return lines;
}

/** Lines of a file that are shown; a longer one is counted. */
const linesShown = 14;

function planLines(
  { plan, works, steps: own }: InstallReport,
  { colors, width }: Terminal,
): readonly string[] {
  const lines = [colors.bold('How it is done')];
  if (!works) {
    const title = own.find(({ id }) => id === plan.failsAt)?.title ?? plan.failsAt ?? '';
    const told = plan.works
      ? 'With every fix above, all together, it works.'
      : `Even with every proven fix it fails at: ${title}.`;
    append(lines, indented(told, 2, width));
  }
  for (const [at, { text, nodes, files, commands }] of plan.steps.entries()) {
    const where = nodes.length === 0 ? '' : ` (${nodesText(nodes)})`;
    const [first = '', ...rest] = indented(`${text}${where}`, 5, width);
    append(lines, [`${`${at + 1}.`.padStart(4)} ${first.trimStart()}`, ...rest]);
    for (const { path, content, isPart, mode } of files) {
      const marks = [
        ...(isPart ? ['a part of it'] : []),
        ...(mode === undefined ? [] : [`mode ${mode.toString(8).padStart(4, '0')}`]),
      ];
      lines.push(`     ${path}${marks.length === 0 ? '' : colors.dim(`  ${marks.join(', ')}`)}`);
      const all = content.replace(/\n$/, '').split('\n');
      const shown = all.length > linesShown + 1 ? all.slice(0, linesShown) : all;
      append(
        lines,
        shown.map((line) => colors.dim(`       ${line}`)),
      );
      const left = all.length - shown.length;
      if (left > 0)
        lines.push(
          colors.dim(
            `       … ${left} more ${left === 1 ? 'line' : 'lines'}; --plan DIR writes them`,
          ),
        );
    }
    append(
      lines,
      commands.map((command) => `     $ ${command}`),
    );
  }
  return lines;
}

function nodesText(nodes: readonly string[]): string {
  const rest = nodes.length - nodesTold;
  if (rest <= 1) return nodes.join(', ');
  return `${nodes.slice(0, nodesTold).join(', ')} and ${rest} more`;
}

const indented = (text: string, columns: number, width: number): readonly string[] =>
  wrap(text, width - columns).map((line) => `${' '.repeat(columns)}${line}`);

function requestLines({ firewallRequest: rows }: InstallReport, { colors }: Terminal) {
  if (rows.length === 0) return ['Firewalls have nothing to let through.'];
  const lines = table(
    [
      { title: 'FROM', cells: rows.map(({ sources }) => counted(sources.length, 'node')) },
      { title: 'TO', cells: rows.map(({ host }) => host) },
      { title: 'ADDRESS', cells: rows.map(({ address = '' }) => address) },
      { title: 'SERVICE', cells: rows.map(({ protocol, port }) => `${protocol} ${port}`) },
      { title: 'FOR', cells: rows.map(({ purposes }) => purposes.join(', ')) },
    ],
    colors.dim,
  );
  return [colors.bold('Firewalls have to let through'), ...lines.map((line) => `  ${line}`)];
}
