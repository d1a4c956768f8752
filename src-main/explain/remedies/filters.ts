import type { FirewallRule, FirewallService } from '../../model/design.ts';
import { candidate, changedHost, freeId, hostOf, type Candidate } from '../change.ts';
import type { Context, Facts } from './context.ts';

type Protocol = FirewallService['protocol'];

/** Lets through what the packet is, and no more; or what a rule that is switched off would let through. */
export function openFirewall(context: Context, facts: Facts<'filtered'>): readonly Candidate[] {
  const { device: id } = facts;
  const host = hostOf(context.design, id);
  if (!host?.firewall) return [];
  const { rules } = host.firewall;
  const deciding = facts.rule?.id;
  const sleeping = rules
    .slice(0, deciding === undefined ? undefined : rules.findIndex((rule) => rule.id === deciding))
    .filter((rule) => rule.enabled === false && rule.action === 'accept')
    .map((rule) => enableRule(id, rule.id));
  return [...sleeping, addRule(context, facts)];
}

const withRules = (
  id: string,
  change: (rules: readonly FirewallRule[]) => readonly FirewallRule[] | undefined,
): Candidate['change'] => {
  return (design) =>
    changedHost(design, id, (host) => {
      const rules = host.firewall && change(host.firewall.rules);
      return rules && host.firewall && { ...host, firewall: { ...host.firewall, rules } };
    });
};

const enableRule = (node: string, rule: string): Candidate =>
  candidate(
    'rule-enable',
    { node, rule },
    withRules(node, (rules) => {
      const at = rules.findIndex((one) => one.id === rule && one.enabled === false);
      const found = rules[at];
      if (!found) return undefined;
      const { enabled: _off, ...on } = found;
      return rules.with(at, on);
    }),
  );

function addRule({ design, blocked }: Context, facts: Facts<'filtered'>): Candidate {
  const { device: node, protocol, source, destination, destinationPort } = facts;
  const host = hostOf(design, node);
  const rules = host?.firewall?.rules ?? [];
  const rule = freeId(
    'allow',
    rules.map(({ id }) => id),
  );
  // The port of an answer is its client's own, another one each time.
  const hasPort = (protocol === 'tcp' || protocol === 'udp') && !blocked.isReply;
  const added: FirewallRule = {
    id: rule,
    ...(blocked.hops.length === 1 && host?.kind !== 'edge-gateway'
      ? { chain: 'output' as const }
      : {}),
    sources: [source],
    destinations: [destination],
    services: [
      { protocol: protocol as Protocol, ...(hasPort ? { ports: [destinationPort] } : {}) },
    ],
    action: 'accept',
  };
  const before = facts.rule?.id;
  const detail = {
    node,
    rule,
    protocol,
    source,
    destination,
    ...(hasPort ? { port: destinationPort } : {}),
    ...(before === undefined ? {} : { before }),
  };
  return candidate(
    'rule-add',
    detail,
    withRules(node, (now) => {
      const id = freeId(
        'allow',
        now.map((one) => one.id),
      );
      const at = before === undefined ? -1 : now.findIndex((one) => one.id === before);
      return now.toSpliced(at < 0 ? now.length : at, 0, { ...added, id });
    }),
  );
}
