import { editsBetween } from '../../explain/change.ts';
import { explain, type Blocker, type Remedy } from '../../explain/index.ts';
import type { Design, FirewallRule, Flow, NatRule } from '../../model/design.ts';
import type { RemedySaying } from '../../explain/vocabulary.ts';
import { editDesign } from '../../model/edits.ts';
import { parseIp } from '../../model/ip.ts';
import { compile, type Network } from '../../sim/index.ts';
import type { Gathered } from '../causes.ts';
import { fareOf } from '../connections.ts';
import type { Evaluation } from '../evaluation.ts';
import type { Surroundings } from '../surroundings.ts';
import type { InstallFix } from '../vocabulary.ts';
import { fixText, listText } from '../words/index.ts';

/** Simulations for one explanation at the most, and explanations for one cause. */
const most = { trials: 200, rounds: 6 };

/**
 * What opens all connections that a cause stops: the smallest change for the first of them, made as wide as the others
 * need it, and so on with those that still do not come about.
 */
export function networkFix(
  { connections, surroundings }: Evaluation,
  { flows }: Gathered,
): InstallFix | undefined {
  const { design, network, taught } = connections.internet;
  let now = design;
  let compiled = network;
  const remedies: RemedySaying[] = [];
  for (let round = 0; round < most.rounds; round += 1) {
    const open = openFlows(compiled, flows);
    const [first] = open;
    if (!first) return made(remedies, true, design, now, taught);
    const why = explain(now, compiled, first.flow, { trials: most.trials, effects: false });
    if (!why.proven) {
      const found = why.blockers.flatMap(({ remedy }) => (remedy ? [sayingOf(remedy)] : []));
      remedies.push(...found);
      return remedies.length > 0 ? made(remedies, false, design, design, taught) : undefined;
    }
    now = editDesign(now, why.edits);
    for (const { remedy } of why.blockers) {
      if (!remedy) continue;
      const wide = widened(now, remedy, open, surroundings);
      now = wide.design;
      remedies.push(sayingOf(wide.remedy));
    }
    compiled = compile(now);
  }
  const left = openFlows(compiled, flows);
  return made(remedies, left.length === 0, design, now, taught);
}

interface Open {
  readonly flow: Flow;
  readonly blocked: ReturnType<typeof fareOf>['blocked'];
}

const openFlows = (network: Network, flows: readonly Flow[]): readonly Open[] =>
  flows.flatMap((flow) => {
    const { works, blocked } = fareOf(network, flow);
    return works ? [] : [{ flow, blocked }];
  });

/** Without its sentence: each language makes its own. */
const sayingOf = ({ code, detail }: Remedy) => ({ code, detail }) as RemedySaying;

function made(
  remedies: readonly RemedySaying[],
  proven: boolean,
  before: Design,
  after: Design,
  taught: ReadonlySet<string>,
): InstallFix | undefined {
  const found = editsBetween(before, after);
  // What was only taken for granted is not to become part of the design.
  if (found.some((edit) => edit.kind === 'put' && taught.has(edit.value.id))) return undefined;
  const saying = { code: 'network', detail: { remedies } } as const;
  const edits = proven ? found : [];
  return { ...saying, text: fixText(saying), proven, edits };
}

interface Widened {
  readonly design: Design;
  readonly remedy: Remedy;
}

/** The change for one connection, made for all that end at the same place. */
function widened(
  design: Design,
  remedy: Remedy,
  open: readonly Open[],
  surroundings: Surroundings,
): Widened {
  if (remedy.code === 'rule-add') return widerRule(design, remedy, open);
  if (remedy.code === 'snat-add') return widerTranslation(design, remedy, open, surroundings);
  return { design, remedy };
}

type Filtered = Extract<Blocker['because'], { code: 'filtered' }>['detail'];

const filteredAt = (open: readonly Open[], node: string): readonly Filtered[] =>
  open.flatMap(({ blocked }) =>
    blocked?.node === node && blocked.because.code === 'filtered' ? [blocked.because.detail] : [],
  );

function widerRule(
  design: Design,
  remedy: Extract<Remedy, { code: 'rule-add' }>,
  open: readonly Open[],
): Widened {
  const { node, rule, protocol, port, source, destination } = remedy.detail;
  const alike = filteredAt(open, node).filter(
    (one) => one.protocol === protocol && (port === undefined || one.destinationPort === port),
  );
  const sources = unique([source, ...alike.map((one) => one.source)]);
  const destinations = unique([destination, ...alike.map((one) => one.destination)]);
  const changed = withRule(design, node, rule, (before) => ({ ...before, sources, destinations }));
  const detail = { ...remedy.detail, source: shown(sources), destination: shown(destinations) };
  return { design: changed, remedy: { ...remedy, detail } };
}

function widerTranslation(
  design: Design,
  remedy: Extract<Remedy, { code: 'snat-add' }>,
  open: readonly Open[],
  surroundings: Surroundings,
): Widened {
  const { node, nat, original } = remedy.detail;
  const address = parseIp(original);
  const network = address && surroundings.networkOf(address);
  if (network === undefined || open.length < 2) return { design, remedy };
  const changed = withTranslation(design, node, nat, (before) =>
    before.kind === 'snat' ? { ...before, original: network } : before,
  );
  return {
    design: changed,
    remedy: { ...remedy, detail: { ...remedy.detail, original: network } },
  };
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
const shown = (texts: readonly string[]) => listText(texts, (count) => `and ${count} more`);

function withRule(
  design: Design,
  node: string,
  id: string,
  change: (rule: FirewallRule) => FirewallRule,
): Design {
  const nodes = design.nodes?.map((one) => {
    if (one.id !== node || !('firewall' in one)) return one;
    const rules = one.firewall.rules.map((rule) => (rule.id === id ? change(rule) : rule));
    return { ...one, firewall: { ...one.firewall, rules } };
  });
  return nodes ? { ...design, nodes } : design;
}

function withTranslation(
  design: Design,
  node: string,
  id: string,
  change: (rule: NatRule) => NatRule,
): Design {
  const nodes = design.nodes?.map((one) =>
    one.id !== node || !('nat' in one)
      ? one
      : { ...one, nat: one.nat.map((rule) => (rule.id === id ? change(rule) : rule)) },
  );
  return nodes ? { ...design, nodes } : design;
}
