import type { HostLike, Node } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import type { Result } from '../../sim/index.ts';
import { paragraph, type Line, type Row, type Section } from '../document.ts';
import { hitKey, hitsOf } from '../hits.ts';
import type { Speaker } from '../speaker.ts';
import { expectationOf, flowId } from './flow-names.ts';

/**
 * What the design allows, leaves out or depends on, and is no fault by itself: somebody has to want it so. Each is read
 * off the design or off the results; none is an opinion about it.
 */
export function observations(speaker: Speaker): Section | undefined {
  const { t } = speaker;
  const all = [
    ...broken(speaker),
    ...failing(speaker),
    ...openRules(speaker),
    ...acceptingByDefault(speaker),
    ...unmetRules(speaker),
    ...unfiltered(speaker),
    ...withoutPolicies(speaker),
    ...warned(speaker),
    ...dependedOn(speaker),
  ];
  return {
    id: 'observations',
    title: t.observations,
    blocks:
      all.length === 0
        ? [paragraph(t.noObservations)]
        : [
            paragraph(t.observationsLead),
            {
              kind: 'table',
              columns: [
                { label: t.number, align: 'right' },
                { label: t.observation },
                { label: t.decision },
              ],
              rows: all.map((line, at): Row => ({ cells: [[String(at + 1)], line, []] })),
              toFillIn: true,
            },
          ],
  };
}

const filtering = (
  node: Node,
): node is HostLike & { firewall: NonNullable<HostLike['firewall']> } => 'firewall' in node;

const wholeRanges = new Set(['any', '0.0.0.0/0', '::/0']);
const everywhere = (addresses: readonly string[] | undefined): boolean =>
  addresses === undefined || addresses.some((one) => wholeRanges.has(one));

function links({ flow: name }: Speaker, ids: readonly string[]): Line {
  return ids.flatMap((id, at): Line => [
    ...(at === 0 ? [] : [', ']),
    { text: name(id), to: flowId(id) },
  ]);
}

function broken({ t, input }: Speaker): readonly Line[] {
  return input.verdicts
    .filter(({ holds }) => !holds)
    .map(({ id, name }) => [t.observed.intentBroken(visibleText(name ?? id))]);
}

/** Flows that do not arrive although no intent wants them blocked. */
function failing(speaker: Speaker): readonly Line[] {
  const { t, input } = speaker;
  const ids = input.flows
    .filter(
      ({ flow, result }) =>
        result.status !== 'reachable' && expectationOf(speaker, flow.id) === undefined,
    )
    .map(({ flow }) => flow.id);
  return ids.length === 0 ? [] : [[t.observed.failing, ' ', ...links(speaker, ids)]];
}

function openRules({ t, design, node: name }: Speaker): readonly Line[] {
  return (design.nodes ?? []).filter(filtering).flatMap((node) =>
    node.firewall.rules.flatMap((rule, at): readonly Line[] => {
      if (rule.enabled === false || rule.action !== 'accept') return [];
      if (rule.services !== undefined || !everywhere(rule.destinations)) return [];
      const from = everywhere(rule.sources) ? t.any : (rule.sources ?? []).join(', ');
      const called = `${at + 1} ${visibleText(rule.name ?? rule.id)}`;
      return [[t.observed.openRule(called, name(node.id), from)]];
    }),
  );
}

function acceptingByDefault({ t, design, node: name }: Speaker): readonly Line[] {
  return (design.nodes ?? [])
    .filter(filtering)
    .filter(({ firewall }) => firewall.defaultAction === 'accept')
    .map(({ id }) => [t.observed.acceptsByDefault(name(id))]);
}

function unmetRules({ t, design, input, node: name }: Speaker): readonly Line[] {
  const hits = hitsOf(input.flows);
  return (design.nodes ?? []).filter(filtering).flatMap((node): readonly Line[] => {
    const unmet = node.firewall.rules
      .map((rule, at) => ({ rule, called: `${at + 1} ${visibleText(rule.name ?? rule.id)}` }))
      .filter(
        ({ rule }) => rule.enabled !== false && !hits.has(hitKey(node.id, 'firewall', rule.id)),
      )
      .map(({ called }) => called);
    return unmet.length === 0 ? [] : [[t.observed.unmet(name(node.id), unmet.join(', '))]];
  });
}

/** Flows that arrive and that no firewall and no policy has judged. */
function unfiltered(speaker: Speaker): readonly Line[] {
  const { t, input } = speaker;
  const ids = input.flows
    .filter(({ result }) => result.status === 'reachable' && !isFiltered(result))
    .map(({ flow }) => flow.id);
  return ids.length === 0 ? [] : [[t.observed.unfiltered, ' ', ...links(speaker, ids)]];
}

const isFiltered = ({ forward }: Result): boolean =>
  forward.some(({ legs }) =>
    legs.some(
      ({ purpose, hops }) =>
        purpose === 'request' &&
        hops.some(({ steps }) =>
          steps.some(({ kind }) => kind === 'firewall' || kind === 'network-policy'),
        ),
    ),
  );

function withoutPolicies({ t, design }: Speaker): readonly Line[] {
  const has = (id: string): boolean =>
    [...(design.networkPolicies ?? []), ...(design.calicoPolicies ?? [])].some(
      ({ cluster }) => cluster === id,
    );
  return (design.clusters ?? [])
    .filter(({ id }) => !has(id))
    .map(({ id, name }) => [t.observed.noPolicies(visibleText(name ?? id))]);
}

function warned(speaker: Speaker): readonly Line[] {
  const { t, input } = speaker;
  const flowsOf = new Map<keyof typeof t.warnings, string[]>();
  for (const { flow, result } of input.flows) {
    for (const code of new Set(result.warnings.map((one) => one.code))) {
      flowsOf.set(code, [...(flowsOf.get(code) ?? []), flow.id]);
    }
  }
  return [...flowsOf].map(([code, ids]) => [`${t.warnings[code]}: `, ...links(speaker, ids)]);
}

/** A machine that most of what arrives goes through; one that other machines run on counts by those. */
function dependedOn({ t, design, input, node: name }: Speaker): readonly Line[] {
  const arriving = input.flows.filter(({ result }) => result.status === 'reachable');
  if (arriving.length < 2) return [];
  const flowsOf = new Map<string, number>();
  for (const { result } of arriving) {
    const [trace] = result.forward;
    const requests = (trace?.legs ?? []).filter(({ purpose }) => purpose === 'request');
    const inside = requests.flatMap(({ hops }) => hops.slice(1, -1).map(({ node }) => node));
    for (const id of new Set(inside)) flowsOf.set(id, (flowsOf.get(id) ?? 0) + 1);
  }
  const kinds = new Set<Node['kind']>(['edge-gateway', 'router', 'l2-gateway', 'host']);
  return (design.nodes ?? []).flatMap(({ id, kind }): readonly Line[] => {
    const count = flowsOf.get(id) ?? 0;
    return kinds.has(kind) && count * 2 > arriving.length
      ? [[t.observed.dependedOn(name(id), count, arriving.length)]]
      : [];
  });
}
