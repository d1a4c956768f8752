import type { FlowSource, FlowTarget } from '../../../src-main/contract/index.ts';
import { parseEntityRef } from '../../../src-main/contract/vocabulary.ts';

export interface SelectedEnds {
  readonly from: FlowSource | undefined;
  readonly to: FlowTarget | undefined;
  readonly fromWord: string;
  readonly toWord: string;
}

/** The ends of a flow between what is selected, in the order in which it was selected. */
export function endsOf(refs: Iterable<string>): SelectedEnds {
  const [first, second, third] = refs;
  const none = { from: undefined, to: undefined, fromWord: '', toWord: '' };
  if (first === undefined || third !== undefined) return none;
  const from = sourceOf(first);
  const to = second === undefined ? undefined : targetOf(second);
  return { from, to, fromWord: idOf(first), toWord: second === undefined ? '' : idOf(second) };
}

const idOf = (ref: string) => ref.slice(ref.indexOf(':') + 1);

function sourceOf(ref: string): FlowSource | undefined {
  const id = idOf(ref);
  if (ref.startsWith('pod:')) return { kind: 'pod', pod: id };
  return parseEntityRef(ref)?.kind === 'node' ? { kind: 'node', node: id } : undefined;
}

function targetOf(ref: string): FlowTarget | undefined {
  const source = sourceOf(ref);
  if (source?.kind === 'node') return { kind: 'node', node: source.node };
  if (source?.kind === 'pod') return source;
  const entity = parseEntityRef(ref);
  return entity?.kind === 'service' ? { kind: 'service', service: entity.id } : undefined;
}
