import { extname } from 'node:path';
import type { Backend, DesignSource, Input, Output } from '../../../contract/index.ts';
import type { Explanation } from '../../../explain/index.ts';
import type { Flow } from '../../../model/design.ts';
import { commandLineFlowId, flowBetween } from '../ends.ts';
import { usage, type Attempt, type Outcome } from '../outcome.ts';
import { renderResult } from '../render/trace.ts';
import { renderWhyNot } from '../render/why-not.ts';
import { findSource, type SourceOptions } from '../source.ts';
import { fixTarget, makeFix, whyNotFixed } from './fix.ts';
import { whyNoReport, writeTarget } from '../target-file.ts';

export interface TraceOptions extends SourceOptions {
  readonly flow?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: 'tcp' | 'udp' | 'icmp' | undefined;
  readonly allPaths?: boolean | undefined;
  readonly pcap?: string | undefined;
  readonly brief?: boolean | undefined;
  /** Make the changes that are proven to help. */
  readonly fix?: boolean | undefined;
  readonly output?: string | undefined;
  readonly force?: boolean | undefined;
}

type FlowChoice = Input<'flow.simulate'>['flow'];

/** Runs one flow, and writes it as a capture where that is asked for. */
export async function trace(backend: Backend, options: TraceOptions): Promise<Outcome> {
  if (options.pcap !== undefined) {
    const failure = await whyNoReport('--pcap', options.pcap, options.file);
    if (failure) return { ok: false, failure };
  }
  const target = options.fix === true ? fixTarget(options) : whyNoFix(options);
  if (!target.ok) return target;
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  const chosen = await chooseFlow(backend, source, options);
  if (!chosen.ok) return { ...chosen, file };
  const allPaths = options.allPaths === true;
  const answer = await backend.call('flow.simulate', { source, flow: chosen.value, allPaths });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const { flow, result } = answer.value;

  const captures = await writeCaptures(backend, source, chosen.value, answer.value, options);
  if (!captures.ok) return { ...captures, file };

  const whyNot = await explain(backend, source, chosen.value, result);
  if (!whyNot.ok) return { ...whyNot, file };
  const explanation = whyNot.value;
  const fixed =
    options.fix === true && explanation
      ? await fix(backend, source, flow, explanation, options)
      : undefined;
  if (fixed && !fixed.ok) return { ...fixed, file };

  const own = [flow.id === commandLineFlowId ? undefined : flow.id, flow.name];
  const title = own.filter((part) => part !== undefined).join(': ');
  return {
    ok: true,
    good: fixed?.value.isMade !== false,
    json: {
      flow,
      ...result,
      ...(explanation ? { explanation } : {}),
      ...(fixed ? { fixed: fixed.value.isMade } : {}),
    },
    text: (terminal) =>
      [
        renderResult(result, { title, brief: options.brief === true }, terminal),
        ...(explanation ? renderWhyNot(explanation, terminal) : []),
      ].join('\n'),
    notes: [...captures.value.map((path) => `Wrote ${path}`), ...(fixed ? [fixed.value.note] : [])],
  };
}

const whyNoFix = ({ output, force }: TraceOptions): Attempt<undefined> =>
  output === undefined && force === undefined
    ? { ok: true, value: undefined }
    : usage('usage', `${output === undefined ? '--force' : '-o'} goes with --fix`);

/** Undefined where the flow arrives, full-size packets included. */
async function explain(
  backend: Backend,
  source: DesignSource,
  flow: FlowChoice,
  { status, warnings }: Output<'flow.simulate'>['result'],
): Promise<Attempt<Explanation | undefined>> {
  const arrives =
    status === 'reachable' &&
    !warnings.some(({ code }) => code === 'mtu-black-hole' || code === 'paths-differ');
  if (arrives) return { ok: true, value: undefined };
  const answer = await backend.call('flow.explain', { source, flow });
  if (!answer.ok) return { ok: false, failure: answer.error };
  return { ok: true, value: answer.value.explanation };
}

interface Fixed {
  readonly isMade: boolean;
  readonly note: string;
}

async function fix(
  backend: Backend,
  source: DesignSource,
  flow: Flow,
  explanation: Explanation,
  options: TraceOptions,
): Promise<Attempt<Fixed>> {
  const refusal = whyNotFixed(explanation, options.force === true);
  if (refusal !== undefined) return { ok: true, value: { isMade: false, note: refusal } };
  const made = await makeFix(backend, source, flow, explanation, options);
  return made.ok ? { ok: true, value: { isMade: true, note: made.value } } : made;
}

async function chooseFlow(
  backend: Backend,
  source: DesignSource,
  { flow, from, to, port, protocol }: TraceOptions,
): Promise<Attempt<FlowChoice>> {
  if (flow !== undefined) {
    const also = Object.entries({ from, to, port, protocol }).find(
      ([, value]) => value !== undefined,
    );
    if (also === undefined) return { ok: true, value: flow };
    return usage('usage', `--flow ${flow} is whole by itself: expected no --${also[0]} beside it`);
  }
  if (from === undefined || to === undefined) {
    return usage(
      'usage',
      from === undefined && to === undefined
        ? 'Expected --flow ID, or --from X and --to Y'
        : `${from === undefined ? '--from' : '--to'} is missing: --from and --to go together`,
    );
  }
  const read = await backend.call('design.read', { source });
  if (!read.ok) return { ok: false, failure: read.error };
  return flowBetween(read.value.design, {
    from,
    to,
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
  });
}

/** One file a path: OUT itself, or with several paths OUT-1, OUT-2… before its extension. */
async function writeCaptures(
  backend: Backend,
  source: DesignSource,
  flow: FlowChoice,
  { result }: Output<'flow.simulate'>,
  { pcap, allPaths, file: own }: TraceOptions,
): Promise<Attempt<readonly string[]>> {
  if (pcap === undefined) return { ok: true, value: [] };
  const written: string[] = [];
  for (const index of result.forward.keys()) {
    const path = allPaths === true ? { path: index } : {};
    const capture = await backend.call('trace.pcap', { source, flow, ...path });
    if (!capture.ok) return { ok: false, failure: capture.error };
    const several = result.forward.length > 1;
    const file = await writeTarget(
      several ? numbered(pcap, index + 1) : pcap,
      capture.value.bytes,
      { replace: true, source: own },
    );
    if (!file.ok) return file;
    written.push(file.value);
  }
  return { ok: true, value: written };
}

function numbered(file: string, number: number): string {
  const extension = extname(file);
  return `${file.slice(0, file.length - extension.length)}-${number}${extension}`;
}
