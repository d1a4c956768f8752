import type { Design, Edit, Flow, Group, Intent } from '../../src-main/contract/index.ts';
import { freeId } from './inspector-path.ts';

/** What is expected of a flow or of a matrix of groups. */
export type Expectation = Intent['expect'];
export const expectationChoices = ['reachable', 'blocked', 'nothing'] as const;
export type ExpectationChoice = (typeof expectationChoices)[number];

/** The intents that speak of one flow. */
export const intentsAbout = (design: Design, flow: string): readonly Intent[] =>
  (design.intents ?? []).filter(({ subject }) => subject.kind === 'flow' && subject.flow === flow);

/** What is expected of a flow; its intents may contradict each other. */
export function expectationOf(design: Design, flow: string): ExpectationChoice | 'both' {
  const [first, ...others] = intentsAbout(design, flow);
  if (!first) return 'nothing';
  return others.every(({ expect }) => expect === first.expect) ? first.expect : 'both';
}

/** Has something, or nothing, expected of a flow. Intents that it has are changed; it gets one where it has none. */
export function expectationEdits(
  design: Design,
  { id, name }: Flow,
  expect: ExpectationChoice,
): readonly Edit[] {
  const intents = intentsAbout(design, id);
  if (expect === 'nothing') {
    return intents.map((intent) => ({ kind: 'remove', entity: 'intent', id: intent.id }));
  }
  if (intents.length > 0) {
    return intents
      .filter((intent) => intent.expect !== expect)
      .map((intent) => ({ kind: 'put', entity: 'intent', value: { ...intent, expect } }));
  }
  const value: Intent = {
    id: freeId(id, idsOf(design.intents)),
    ...(name === undefined ? {} : { name }),
    subject: { kind: 'flow', flow: id },
    expect,
  };
  return [{ kind: 'put', entity: 'intent', value }];
}

/** A new intent between groups: between the two that are selected, from the one that is, or between none yet. */
export function newIntent(design: Design, selected: Iterable<string>): Intent {
  const [from, to] = [...selected].flatMap((ref) => idIn(ref, 'group') ?? []);
  return {
    id: freeId('intent', idsOf(design.intents)),
    subject: {
      kind: 'matrix',
      sources: from === undefined ? [] : [from],
      destinations: to === undefined ? [] : [to],
      services: [{ protocol: 'tcp', port: 443 }],
    },
    expect: 'reachable',
  };
}

/** A new group of what is selected, as far as groups hold it. */
export function newGroup(design: Design, selected: Iterable<string>): Group {
  return { id: freeId('group', idsOf(design.groups)), members: membersOf(selected) };
}

export const membersOf = (refs: Iterable<string>): Group['members'] =>
  [...refs].flatMap((ref) => memberOf(ref) ?? []);

function memberOf(ref: string): Group['members'][number] | undefined {
  const [kind, id] = [ref.slice(0, ref.indexOf(':')), ref.slice(ref.indexOf(':') + 1)];
  switch (kind) {
    case 'node':
      return { kind, node: id };
    case 'pod':
      return { kind, pod: id };
    case 'workload':
      return { kind, workload: id };
    case 'segment':
      return { kind, segment: id };
    case 'site':
      return { kind, site: id };
    default:
      return undefined;
  }
}

const idIn = (ref: string, kind: string): string | undefined =>
  ref.startsWith(`${kind}:`) ? ref.slice(kind.length + 1) : undefined;

const idsOf = (items: readonly { readonly id: string }[] | undefined): readonly string[] =>
  (items ?? []).map(({ id }) => id);
