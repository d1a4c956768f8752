import type { Design, Flow, FlowSource, FlowTarget, Group, Intent } from './design.ts';
import { parseInterfaceAddress } from './ip.ts';

type Matrix = Extract<Intent['subject'], { kind: 'matrix' }>;

/** One party of a matrix: how it sends and how it is reached. */
interface Party {
  /** Whose it is: two parties of one owner are not tried against each other. */
  readonly owner: string;
  readonly label: string;
  readonly source: FlowSource;
  readonly target: FlowTarget;
}

/**
 * Whom a group means. A segment or a site means its hosts (with those of the sites inside it), each by its address;
 * routers, edges and hypervisors only forward for others and are meant only where a group names them.
 */
function partiesOf(design: Design, group: Group): readonly Party[] {
  return group.members.flatMap((member): readonly Party[] => {
    switch (member.kind) {
      case 'node':
        return [nodeParty(member.node)];
      case 'pod':
        return [podParty(member.pod)];
      case 'workload': {
        const workload = design.workloads?.find((one) => one.id === member.workload);
        return workload?.pods.map((pod) => podParty(pod.id)) ?? [];
      }
      case 'segment':
        return hostsOnSegment(design, member.segment);
      case 'site':
        return hostsInSite(design, member.site);
      case 'address': {
        const { address, segment } = member;
        return [
          {
            owner: `address:${address}`,
            label: address,
            source: { kind: 'address', address, segment },
            target: { kind: 'address', address },
          },
        ];
      }
      default:
        return member satisfies never;
    }
  });
}

const nodeParty = (node: string): Party => ({
  owner: `node:${node}`,
  label: node,
  source: { kind: 'node', node },
  target: { kind: 'node', node },
});

const podParty = (pod: string): Party => ({
  owner: `pod:${pod}`,
  label: pod,
  source: { kind: 'pod', pod },
  target: { kind: 'pod', pod },
});

function hostsOnSegment(design: Design, segment: string): readonly Party[] {
  return (design.nodes ?? []).flatMap((node) => {
    if (node.kind !== 'host') return [];
    const on = node.interfaces?.find((item) => item.segment === segment && item.addresses?.length);
    const address = parseInterfaceAddress(on?.addresses?.[0] ?? '')?.ip.text;
    if (address === undefined) return [];
    return {
      owner: `node:${node.id}`,
      label: node.id,
      source: { kind: 'node', node: node.id, address },
      target: { kind: 'address', address },
    } satisfies Party;
  });
}

function hostsInSite(design: Design, site: string): readonly Party[] {
  const parents = new Map((design.sites ?? []).map((one) => [one.id, one.parent]));
  const inside = (at: string | undefined): boolean =>
    at !== undefined && (at === site || inside(parents.get(at)));
  return (design.nodes ?? []).flatMap((node) =>
    node.kind === 'host' && inside(node.site) ? [nodeParty(node.id)] : [],
  );
}

function distinct(parties: readonly Party[]): readonly Party[] {
  return [...new Map(parties.map((party) => [JSON.stringify(party.source), party])).values()];
}

interface Sides {
  readonly sources: readonly Party[];
  readonly destinations: readonly Party[];
}

function sidesOf(design: Design, matrix: Matrix): Sides {
  const groups = new Map((design.groups ?? []).map((group) => [group.id, group]));
  const side = (ids: readonly string[]) =>
    distinct(ids.flatMap((id) => partiesOf(design, groups.get(id) as Group)));
  return { sources: side(matrix.sources), destinations: side(matrix.destinations) };
}

/** The pairs of a matrix, each with each service, as flows; nobody is tried against itself. */
function matrixFlows(design: Design, intent: string, matrix: Matrix): readonly Flow[] {
  const { sources, destinations } = sidesOf(design, matrix);
  return sources.flatMap((from) =>
    destinations
      .filter((to) => to.owner !== from.owner)
      .flatMap((to) =>
        matrix.services.map(({ protocol, port }): Flow => {
          const service = port === undefined ? protocol : `${protocol} ${port}`;
          return {
            id: intent,
            name: `${from.label} → ${to.label}, ${service}`,
            from: from.source,
            to: to.target,
            protocol,
            ...(port === undefined ? {} : { port }),
          };
        }),
      ),
  );
}

/** The flows that an intent speaks of. */
export function intentFlows(design: Design, intent: Intent): readonly Flow[] {
  const { subject } = intent;
  switch (subject.kind) {
    case 'flow':
      return (design.flows ?? []).filter((flow) => flow.id === subject.flow);
    case 'matrix':
      return matrixFlows(design, intent.id, subject);
    default:
      return subject satisfies never;
  }
}

/** How many flows an intent speaks of. Two large groups have more pairs than there is room for: none is made. */
export function intentFlowCount(design: Design, intent: Intent): number {
  const { subject } = intent;
  if (subject.kind === 'flow') return intentFlows(design, intent).length;
  const { sources, destinations } = sidesOf(design, subject);
  const bySource = Map.groupBy(sources, ({ owner }) => owner);
  const withItself = destinations.reduce(
    (sum, { owner }) => sum + (bySource.get(owner)?.length ?? 0),
    0,
  );
  return (sources.length * destinations.length - withItself) * subject.services.length;
}
