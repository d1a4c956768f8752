import type { Design, Flow, Intent } from '../model/design.ts';
import { intentFlows } from '../model/intent-flows.ts';
import { isDelivered, simulate, type Network, type Result } from '../sim/index.ts';
import type { Opened, Steps } from './search.ts';
import type { ChangedFlow, Opens, OpensFacts, RemedySaying, SideEffects } from './vocabulary.ts';
import { opensText } from './words/index.ts';

export const noEffects: SideEffects = { breaks: [], mends: [], flows: [], opens: [] };

/** Whether what an intent wants of a flow comes out, on every path. */
export function holdsFor(expect: Intent['expect'], result: Result): boolean {
  return expect === 'reachable'
    ? result.status === 'reachable'
    : !result.forward.some(({ disposition }) => isDelivered(disposition));
}

/** What else the changes do to the intents and flows of the design, and what they open beyond the flow. */
export function* sideEffects(
  before: Design,
  networkBefore: Network,
  after: Design,
  networkAfter: Network,
  flow: Flow,
  opened: readonly Opened[],
): Steps<SideEffects> {
  const breaks: string[] = [];
  const mends: string[] = [];
  for (const intent of before.intents ?? []) {
    yield;
    const held = holds(before, networkBefore, intent);
    const will = holds(after, networkAfter, intent);
    if (held && !will) breaks.push(intent.id);
    if (!held && will) mends.push(intent.id);
  }
  const flows: ChangedFlow[] = [];
  for (const other of before.flows ?? []) {
    if (other.id === flow.id || ends(other) === ends(flow)) continue;
    yield;
    const was = simulate(networkBefore, other, { allPaths: true }).status;
    const asked = after.flows?.find(({ id }) => id === other.id) ?? other;
    const now = simulate(networkAfter, asked, { allPaths: true }).status;
    if (was !== now) flows.push({ flow: other.id, before: was, after: now });
  }
  return { breaks, mends, flows, opens: opened.flatMap(({ by }) => beyond(after, by.saying)) };
}

const holds = (design: Design, network: Network, intent: Intent): boolean => {
  const flows = intentFlows(design, intent);
  return (
    flows.length > 0 &&
    flows.every((flow) => holdsFor(intent.expect, simulate(network, flow, { allPaths: true })))
  );
};

const ends = ({ from, to, protocol, port }: Flow): string =>
  JSON.stringify([from, to, protocol ?? 'tcp', port]);

/** Intents by which this very flow is to be blocked. */
export const forbidding = (design: Design, flow: Flow): readonly string[] =>
  (design.intents ?? [])
    .filter(({ expect }) => expect === 'blocked')
    .filter((intent) =>
      intentFlows(design, intent).some(
        (one) => (intent.subject.kind === 'flow' && one.id === flow.id) || ends(one) === ends(flow),
      ),
    )
    .map(({ id }) => id);

const opens = <Code extends keyof OpensFacts>(code: Code, detail: OpensFacts[Code]): Opens => {
  // A code and its facts belong together by the signature.
  const saying = { code, detail } as Omit<Opens, 'text'>;
  return { ...saying, text: opensText(saying as Opens) } as Opens;
};

/** What a change lets through or takes over that the flow did not ask for. */
function beyond(after: Design, { code, detail }: RemedySaying): readonly Opens[] {
  switch (code) {
    case 'rule-add':
      return detail.port === undefined && detail.protocol !== 'icmp'
        ? [opens('every-port', { source: detail.source, destination: detail.destination })]
        : [];
    case 'rule-enable': {
      const node = after.nodes?.find(({ id }) => id === detail.node);
      const rule =
        node && 'firewall' in node
          ? node.firewall?.rules.find(({ id }) => id === detail.rule)
          : undefined;
      const side = (list: readonly string[] | undefined) => list?.join(', ') ?? 'any';
      const services = (rule?.services ?? [])
        .map(({ protocol, ports }) => [protocol, ports?.join(',')].filter(Boolean).join(' '))
        .join(', ');
      const match = `${side(rule?.sources)} → ${side(rule?.destinations)}, ${services || 'any'}`;
      return [opens('rule', { node: detail.node, rule: detail.rule, match })];
    }
    case 'route-add':
    case 'route-change':
    case 'route-remove':
      return [opens('prefix', { node: detail.node, destination: detail.destination })];
    case 'snat-add':
      return [];
    case 'dnat-add':
    case 'dnat-change':
    case 'dnat-port-add':
    case 'nat-enable':
      return [opens('translation', { node: detail.node, address: nat(after, detail) })];
    case 'address-add':
      return [opens('published', { node: detail.node, address: detail.address })];
    case 'record-add':
    case 'record-change':
      return [opens('name', { name: detail.name })];
    case 'selector-set':
    case 'endpoint-port-set':
    case 'traffic-policy-cluster':
      return [opens('service', { service: detail.service })];
    case 'listener-add':
    case 'forwarding-on':
    case 'node-up':
      return [opens('node', { node: detail.node })];
    default:
      return [];
  }
}

function nat(after: Design, { node: id, nat: rule }: { node: string; nat: string }): string {
  const node = after.nodes?.find((one) => one.id === id);
  const found = node && 'nat' in node ? node.nat?.find((one) => one.id === rule) : undefined;
  return found?.original ?? rule;
}
