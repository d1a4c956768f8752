import {
  isDelivered,
  type Hop,
  type Leg,
  type Packet,
  type Result,
  type Step,
  type Trace,
} from '../../../sim/vocabulary/index.ts';
import type { Colors, Terminal } from '../terminal.ts';
import { briefHop } from './brief.ts';
import { append, wrap } from './lines.ts';
import { isUnframed, renderStack, samePacket } from './stack.ts';
import { failureText, statusText } from './verdict.ts';

export interface TraceView {
  /** What was asked, for the first line. */
  readonly title: string;
  /** One line a hop. */
  readonly brief?: boolean;
}

/** The whole result as text for people, without a newline at the end. */
export function renderResult(result: Result, view: TraceView, terminal: Terminal): string {
  const { colors } = terminal;
  const lines = [`${statusText(result.status, colors)}  ${colors.bold(view.title)}`];
  const failure = failureText(result);
  if (failure !== undefined) append(lines, indented(failure, '  ', terminal));
  if (result.pathMtu !== undefined) lines.push(`  path MTU ${result.pathMtu} bytes`);

  const [first, ...others] = result.forward;
  const single = others.length === 0;
  if (single && first && first.probability < 1) {
    const share = percent(first.probability);
    lines.push(`  one of several paths, with ${share} of new connections; --all-paths follows all`);
  }
  result.forward.forEach((trace, index) => {
    const share = single ? '' : ` (${percent(trace.probability)} of new connections)`;
    const heading = single ? 'Request' : `Path ${index + 1}${share}`;
    append(lines, ['', ...renderTrace(trace, heading, view, terminal)]);
    result.reverse.forEach((reply) => {
      if (reply.replyTo !== index) return;
      const replyHeading = single ? 'Reply' : `Reply to path ${index + 1}`;
      append(lines, ['', ...renderTrace(reply, replyHeading, view, terminal)]);
    });
  });

  if (result.warnings.length > 0) {
    lines.push('', colors.bold('Warnings'));
    for (const { code, text, at } of result.warnings) {
      const label = `${code} at ${at}`;
      lines.push(`  ${colors.yellow(`! ${label}`)}`);
      append(lines, indented(text, '    ', terminal));
    }
  }
  if (result.assumptions.length > 0) {
    lines.push('', colors.bold('Assumptions'));
    for (const text of result.assumptions) append(lines, bullet(text, terminal));
  }
  return lines.join('\n');
}

const indented = (text: string, indent: string, { width }: Terminal): string[] =>
  wrap(text, width - indent.length).map((line) => indent + line);

const bullet = (text: string, { width }: Terminal): string[] =>
  wrap(text, width - 4).map((line, index) => (index === 0 ? '  · ' : '    ') + line);

function renderTrace(trace: Trace, heading: string, view: TraceView, terminal: Terminal): string[] {
  const { colors } = terminal;
  const end = paintDisposition(trace.disposition, colors);
  const lines = [`${colors.bold(colors.underline(heading))}: ${end}`];
  for (const leg of trace.legs) append(lines, renderLeg(leg, view, terminal));
  return lines;
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

const paintDisposition = (disposition: Trace['disposition'], colors: Colors): string =>
  isDelivered(disposition) ? colors.green(disposition) : colors.red(disposition);

function renderLeg(leg: Leg, view: TraceView, terminal: Terminal): string[] {
  const { colors } = terminal;
  const mtu = leg.pathMtu === undefined ? '' : colors.dim(`, path MTU ${leg.pathMtu} bytes`);
  const lines = [
    '',
    `${colors.cyan('▸')} ${colors.bold(leg.title)}: ${paintDisposition(leg.disposition, colors)}${mtu}`,
  ];
  let shown: Packet | undefined;
  for (const hop of leg.hops) {
    const guide = guideOf(hop.depth, colors);
    if (view.brief) {
      lines.push(`  ${guide.text}${briefHop(hop, terminal)}`);
      continue;
    }
    lines.push(`  ${guide.text}${hopHeading(hop, colors)}`);
    for (const step of hop.steps) {
      append(lines, renderStep(step, `  ${guide.text}  `, guide.length + 4, terminal));
      if (!samePacket(step.packet, shown) && !isUnframed(step.packet, shown)) {
        const room = { ...terminal, width: terminal.width - guide.length - 4 };
        const stack = renderStack(step.packet, shown, ' '.repeat(labelWidth), room);
        append(
          lines,
          stack.map((line) => `  ${guide.text}  ${line}`),
        );
      }
      shown = step.packet;
    }
  }
  return lines;
}

/** One bar a tunnel around the packet. */
function guideOf(
  depth: number,
  colors: Colors,
): { readonly text: string; readonly length: number } {
  const paints = [colors.cyan, colors.magenta, colors.blue];
  const bars = Array.from({ length: depth }, (_, level) => {
    const paint = paints[level % paints.length] ?? colors.cyan;
    return paint('┃ ');
  });
  return { text: bars.join(''), length: depth * 2 };
}

const hopHeading = (hop: Hop, colors: Colors): string =>
  `${colors.bold(hop.node)}  ${colors.dim(hopKind(hop))}`;

export const hopKind = (hop: Hop): string =>
  hop.on === undefined ? hop.nodeKind : `${hop.nodeKind} on ${hop.on}`;

/** Room for the longest kind, `load-balance` or `network-policy`, and a gap. */
const labelWidth = 'network-policy'.length + 2;

function renderStep(
  step: Step,
  prefix: string,
  prefixLength: number,
  terminal: Terminal,
): string[] {
  const paint = stepPaint(step, terminal.colors);
  const room = Math.max(30, terminal.width - prefixLength - labelWidth);
  return wrap(step.text, room).map((line, index) =>
    index === 0
      ? `${prefix}${paint(step.kind.padEnd(labelWidth))}${line}`
      : `${prefix}${' '.repeat(labelWidth)}${line}`,
  );
}

function stepPaint(step: Step, colors: Colors): (text: string) => string {
  switch (step.kind) {
    case 'drop':
      return colors.red;
    case 'firewall':
    case 'network-policy':
      return step.action === 'deny' || step.action === 'reject' ? colors.red : colors.green;
    case 'nat':
    case 'load-balance':
    case 'service':
    case 'ingress-rule':
    case 'proxy':
    case 'fragment':
      return colors.yellow;
    case 'encapsulate':
    case 'decapsulate':
      return colors.cyan;
    case 'deliver':
      return colors.green;
    case 'originate':
    case 'resolve-name':
    case 'route':
    case 'neighbor':
    case 'switch':
    case 'transmit':
    case 'receive':
      return colors.dim;
    default:
      return step satisfies never;
  }
}
