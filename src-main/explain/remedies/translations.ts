import type { Design, HostLike, NatRule } from '../../model/design.ts';
import {
  parseAddressMatch,
  parseInterfaceAddress,
  parseIp,
  rangeContains,
} from '../../model/ip.ts';
import type { Hop } from '../../sim/vocabulary/step.ts';
import { candidate, changedHost, freeId, hostOf, type Candidate } from '../change.ts';
import { seenOf } from '../blocked.ts';
import type { Context } from './context.ts';

type Dnat = Extract<NatRule, { kind: 'dnat' }>;

const withNat = (
  node: string,
  change: (rules: readonly NatRule[]) => readonly NatRule[] | undefined,
): Candidate['change'] => {
  return (design) =>
    changedHost(design, node, (host) => {
      const nat = change(host.nat ?? []);
      return nat && { ...host, nat };
    });
};

const enableNat = (node: string, nat: string): Candidate =>
  candidate(
    'nat-enable',
    { node, nat },
    withNat(node, (rules) => {
      const at = rules.findIndex(({ id, enabled }) => id === nat && enabled === false);
      const found = rules[at];
      if (!found) return undefined;
      const { enabled: _off, ...on } = found;
      return rules.with(at, on as NatRule);
    }),
  );

/** Rules of a kind that are switched off, and would be for the address. */
function sleeping(host: HostLike, kind: NatRule['kind'], address: string): readonly Candidate[] {
  const to = parseIp(address);
  return (host.nat ?? [])
    .filter(
      (rule) =>
        rule.kind === kind &&
        rule.enabled === false &&
        to &&
        parseAddressMatch(rule.original)?.some((range) => rangeContains(range, to)),
    )
    .map(({ id }) => enableNat(host.id, id));
}

/** Where the request left the device: by which interface, from which address. */
function leftBy(hop: Hop): { readonly interface: string; readonly source: string } | undefined {
  const sent = hop.steps.findLast(({ kind, action }) => kind === 'transmit' && action === 'send');
  const seen = sent && seenOf(sent.packet);
  if (sent?.kind !== 'transmit' || !seen) return undefined;
  return { interface: sent.detail.interface, source: seen.source };
}

/** On its way there, somebody gives the packet a source that answers come back to. */
export function hideSource({ design, blocked }: Context): readonly Candidate[] {
  const request = blocked.isReply ? blocked.requestHops : blocked.hops;
  const candidates = (request ?? []).map((hop) => {
    const host = hostOf(design, hop.node);
    const left = leftBy(hop);
    if (!host || host.kind === 'host' || !left || hop === request?.[0]) return [];
    const own = host.interfaces?.find(({ id }) => id === left.interface)?.addresses?.[0];
    const translated = parseInterfaceAddress(own ?? '')?.ip.text;
    const added =
      translated !== undefined && translated !== left.source
        ? [addSnat(host, left.interface, left.source, translated)]
        : [];
    const translates = host.kind === 'edge-gateway' || host.nat !== undefined;
    return [...sleeping(host, 'snat', left.source), ...(translates ? added : [])];
  });
  return candidates.reverse().flat();
}

function addSnat(host: HostLike, item: string, original: string, translated: string): Candidate {
  const id = freeId(
    'snat',
    (host.nat ?? []).map((rule) => rule.id),
  );
  return candidate(
    'snat-add',
    { node: host.id, nat: id, interface: item, original, translated },
    withNat(host.id, (rules) => [
      ...rules,
      {
        id: freeId(
          'snat',
          rules.map((rule) => rule.id),
        ),
        kind: 'snat',
        interface: item,
        original,
        translated,
      },
    ]),
  );
}

const mostTargets = 8;

/** The device passes what is sent to its address on to somebody who listens. */
export function publish(context: Context, node: string): readonly Candidate[] {
  const { design, seen } = context;
  const host = hostOf(design, node);
  if (!host || host.kind === 'host' || !seen) return [];
  const { protocol, destination, destinationPort: port } = seen;
  if (protocol !== 'tcp' && protocol !== 'udp') return [];
  const existing = (host.nat ?? []).filter(
    (rule): rule is Dnat => rule.kind === 'dnat' && matches(rule.original, destination),
  );
  const targets = listening(context, protocol, port).filter((address) => address !== destination);
  return [
    ...sleeping(host, 'dnat', destination),
    ...existing
      .filter((rule) => rule.originalPorts && rule.enabled !== false)
      .map((rule) => addPort(node, rule.id, port)),
    ...targets.map((to) => addDnat(host, destination, protocol, port, to)),
  ];
}

/** A DNAT rule on the way leads to where nobody answers: another target. */
export function redirect(context: Context): readonly Candidate[] {
  const { design, seen, blocked } = context;
  if (!seen || (seen.protocol !== 'tcp' && seen.protocol !== 'udp')) return [];
  return blocked.hops.flatMap(({ node, steps }) =>
    steps.flatMap((step) => {
      if (step.kind !== 'nat' || step.action !== 'dnat') return [];
      const rule = hostOf(design, node)?.nat?.find(({ id }) => id === step.detail.rule.id);
      if (rule?.kind !== 'dnat') return [];
      const port = rule.translatedPort ?? seen.destinationPort;
      return listening(context, seen.protocol as 'tcp' | 'udp', port)
        .filter((address) => address !== rule.translated)
        .map((to) => retarget(node, rule, to));
    }),
  );
}

const retarget = (node: string, { id, translated }: Dnat, to: string): Candidate =>
  candidate(
    'dnat-change',
    { node, nat: id, from: translated, to },
    withNat(node, (rules) => {
      const at = rules.findIndex((rule) => rule.id === id && rule.kind === 'dnat');
      const old = rules[at];
      return old && old.kind === 'dnat' ? rules.with(at, { ...old, translated: to }) : undefined;
    }),
  );

const matches = (match: string, address: string): boolean => {
  const to = parseIp(address);
  return (
    to !== undefined && parseAddressMatch(match)?.some((range) => rangeContains(range, to)) === true
  );
};

const addPort = (node: string, nat: string, port: number): Candidate =>
  candidate(
    'dnat-port-add',
    { node, nat, port },
    withNat(node, (rules) => {
      const at = rules.findIndex(({ id }) => id === nat);
      const old = rules[at];
      if (old?.kind !== 'dnat' || !old.originalPorts || old.originalPorts.includes(port))
        return undefined;
      return rules.with(at, { ...old, originalPorts: [...old.originalPorts, port] });
    }),
  );

function addDnat(
  host: HostLike,
  original: string,
  protocol: 'tcp' | 'udp',
  port: number,
  translated: string,
): Candidate {
  const rules = host.nat ?? [];
  const nat = freeId(
    'dnat',
    rules.map(({ id }) => id),
  );
  return candidate(
    'dnat-add',
    { node: host.id, nat, original, protocol, port, translated },
    withNat(host.id, (now) => [
      {
        id: freeId(
          'dnat',
          now.map(({ id }) => id),
        ),
        kind: 'dnat',
        protocol,
        original,
        originalPorts: [port],
        translated,
      },
      ...now,
    ]),
  );
}

/**
 * Addresses at which somebody listens on the port, the likeliest first: shared addresses of an ingress controller's
 * nodes where the flow asks for a host that an ingress serves, then shared addresses, then machines.
 */
export function listening(
  context: Context,
  protocol: 'tcp' | 'udp',
  port: number,
): readonly string[] {
  const { design, network } = context;
  const number = protocol === 'tcp' ? 6 : 17;
  const found: { readonly address: string; readonly rank: number }[] = [];
  const shared = sharedAddresses(design);
  const isServed = asksForIngress(context);
  for (const device of network.devices) {
    if (device.kind === 'pod') continue;
    const listener = device.listeners.find(
      (one) => one.port === port && (one.protocol === number || one.protocol < 0),
    );
    if (!listener) continue;
    const isIngress = listener.role.startsWith('ingress');
    if (isServed && !isIngress && listener.role !== 'balancer') continue;
    const role = isIngress ? 0 : 2;
    const item = network.interfaces[device.interfaces[0] ?? -1];
    const own = item?.addresses[0]?.text;
    for (const address of shared.get(device.id) ?? []) found.push({ address, rank: role });
    if (listener.address) found.push({ address: listener.address.text, rank: role });
    else if (own !== undefined) found.push({ address: own, rank: role + 1 });
  }
  for (const service of design.services ?? []) {
    if (
      !service.ports?.some(
        (one) => one.port === port && (one.protocol ?? 'TCP').toLowerCase() === protocol,
      )
    )
      continue;
    for (const address of [...(service.loadBalancerIps ?? []), ...(service.externalIps ?? [])])
      found.push({ address, rank: 1 });
  }
  const texts = found.sort((a, b) => a.rank - b.rank).map(({ address }) => address);
  return [...new Set(texts)].slice(0, mostTargets);
}

/** The flow asks for a host that an ingress of the design has a rule for: nobody else is meant. */
function asksForIngress({ design, flow }: Context): boolean {
  if (flow.to.kind !== 'url') return false;
  const { hostname } = new URL(flow.to.url);
  return (design.ingresses ?? []).some(({ rules }) => rules.some(({ host }) => host === hostname));
}

function sharedAddresses(design: Design): ReadonlyMap<string, readonly string[]> {
  return new Map(
    (design.nodes ?? []).map((node) => [
      node.id,
      (hostOf(design, node.id)?.virtualIps ?? []).map(({ address }) => address),
    ]),
  );
}
