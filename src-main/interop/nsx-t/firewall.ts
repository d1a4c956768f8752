import type { FirewallRule } from '../../model/design.ts';
import type { TellLeftOut } from '../exchange.ts';
import type { Misfit } from '../words/nsx.ts';
import { isEverybody, plainMatch } from '../edges/addresses.ts';
import {
  filtersTranslated,
  firewallOf,
  firewallPath,
  type EdgeGateway,
} from '../edges/edge-gateways.ts';
import {
  child,
  describedBy,
  freeId,
  gatewayPath,
  interfacePath,
  type Group,
  type Rule,
} from './objects.ts';
import { serviceEntries } from './services.ts';

/** The domain that gateway policies and groups are in, unless somebody has made others. */
export const domain = 'default';

/** Entries of `source_groups`. */
const mostGroups = 128;
/** Addresses of one IPAddressExpression. */
const mostAddresses = 4000;
/** Rules of one policy (vmware/terraform-provider-nsxt, policy_common.go: getSecurityPolicyAndGatewayRulesSchema). */
const mostRules = 1000;

const actions = { accept: 'ALLOW', deny: 'DROP', reject: 'REJECT' } as const;

/** What all edges share: the ids of policies that are given, and the groups that rules name. */
export interface Shared {
  readonly policyIds: Set<string>;
  readonly groups: Group[];
}

/**
 * An edge's rules as gateway policies, one after the other, what no rule matches as the last of all. Groups that they
 * name are added to those that are there.
 */
export function gatewayPolicies(
  edge: EdgeGateway,
  position: number,
  { policyIds, groups }: Shared,
  leftOut: TellLeftOut,
) {
  const { rules, defaultAction } = firewallOf(edge);
  const taken = new Set<string>();
  const written = rules.flatMap((rule, at) => {
    const path = firewallPath(at);
    const why = misfit(edge, rule);
    if (why) {
      leftOut(path, { code: 'rule-left-out', detail: { action: rule.action, why } });
      return [];
    }
    const text = describedBy(rule.notes, (cut) => leftOut(`${path}.notes`, cut));
    return [ruleOf(edge, rule, at, freeId(rule.id, taken), text, groups)];
  });
  const last: Rule = {
    ...wholeRule(edge, freeId('default', taken), rules.length, actions[defaultAction]),
    display_name: 'What no rule is for',
  };
  const all = [...written, last];
  return Array.from({ length: Math.ceil(all.length / mostRules) }, (_, at) => {
    const id = at === 0 ? edge.id : freeId(`${edge.id}_${at + 1}`, policyIds);
    return {
      resource_type: 'GatewayPolicy',
      id,
      display_name: edge.name ?? edge.id,
      category: 'LocalGatewayRules',
      sequence_number: position + at,
      stateful: true,
      children: all.slice(at * mostRules, (at + 1) * mostRules).map(child),
    } as const;
  });
}

/** Why a rule cannot be one of a gateway. */
function misfit(edge: EdgeGateway, rule: FirewallRule): Misfit | undefined {
  const { chain, inInterface, outInterface } = rule;
  const isTranslated = filtersTranslated(edge);
  if (chain !== undefined) {
    return isTranslated
      ? { code: 'no-list-for-chain', detail: { chain, product: 'nsx-t' } }
      : { code: 'chain-never-matches', detail: { chain } };
  }
  if (outInterface !== undefined && !isTranslated) {
    return { code: 'filters-before-routing', detail: { interface: outInterface } };
  }
  if (inInterface !== undefined && outInterface !== undefined) {
    return { code: 'two-interfaces', detail: {} };
  }
  return undefined;
}

const everybody = ['ANY'];

/** A rule for all that a gateway meets. */
const wholeRule = (edge: EdgeGateway, id: string, at: number, action: Rule['action']): Rule => ({
  resource_type: 'Rule',
  id,
  display_name: id,
  sequence_number: at,
  action,
  source_groups: everybody,
  destination_groups: everybody,
  services: everybody,
  scope: [gatewayPath(edge.id)],
  direction: 'IN_OUT',
  ip_protocol: 'IPV4_IPV6',
  disabled: false,
  logged: false,
});

function ruleOf(
  edge: EdgeGateway,
  rule: FirewallRule,
  at: number,
  id: string,
  description: { readonly description?: string },
  groups: Group[],
): Rule {
  const { inInterface, outInterface } = rule;
  const entries = serviceEntries(rule.services);
  const group = (side: string, texts: readonly string[] | undefined) =>
    isEverybody(texts) ? everybody : groupsOf(`${edge.id}-${id}-${side}`, texts ?? [], groups);
  const atInterface = inInterface ?? outInterface;
  return {
    ...wholeRule(edge, id, at, actions[rule.action]),
    display_name: rule.name ?? rule.id,
    ...description,
    source_groups: group('sources', rule.sources),
    destination_groups: group('destinations', rule.destinations),
    ...(entries ? { service_entries: entries } : {}),
    ...(atInterface === undefined
      ? {}
      : {
          scope: [interfacePath(edge.id, atInterface)],
          direction: inInterface === undefined ? 'OUT' : 'IN',
        }),
    disabled: rule.enabled === false,
  };
}

/** Addresses as a rule takes them: themselves, or groups where there are more than a rule has room for. */
function groupsOf(name: string, texts: readonly string[], groups: Group[]): readonly string[] {
  const addresses = [...new Set(texts.map(plainMatch))];
  if (addresses.length <= mostGroups) return addresses;
  const paths: string[] = [];
  for (let start = 0; start < addresses.length; start += mostAddresses) {
    const id = freeId(`${name}-${paths.length + 1}`, new Set(groups.map((group) => group.id)));
    groups.push({
      resource_type: 'Group',
      id,
      display_name: id,
      expression: [
        {
          resource_type: 'IPAddressExpression',
          ip_addresses: addresses.slice(start, start + mostAddresses),
        },
      ],
    });
    paths.push(`/infra/domains/${domain}/groups/${id}`);
  }
  return paths;
}
