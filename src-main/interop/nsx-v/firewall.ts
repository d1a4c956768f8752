import type { FirewallRule, FirewallService } from '../../model/design.ts';
import { familyOf, isEverybody, plainMatch } from '../edges/addresses.ts';
import {
  filtersTranslated,
  firewallOf,
  firewallPath,
  type EdgeGateway,
} from '../edges/edge-gateways.ts';
import type { TellLeftOut } from '../exchange.ts';
import type { Misfit } from '../words/nsx.ts';
import type { Vnics } from './vnics.ts';
import { element, optional, type Element } from './xml.ts';

/**
 * Body of `PUT /api/4.0/edges/{edgeId}/firewall/config` (NSX for vSphere 6.4 API guide, "Working with Firewall
 * Configuration"). Elements stand in the order that the guide has them in.
 */
export function firewallDocument(edge: EdgeGateway, vnics: Vnics, leftOut: TellLeftOut): Element {
  const { rules, defaultAction } = firewallOf(edge);
  return element('firewall', [
    element('defaultPolicy', [
      element('action', defaultAction),
      element('loggingEnabled', 'false'),
    ]),
    element('enabled', 'true'),
    element(
      'firewallRules',
      rules.map((rule, at) => ruleElement(edge, rule, firewallPath(at), vnics, leftOut)),
    ),
  ]);
}

function ruleElement(
  edge: EdgeGateway,
  rule: FirewallRule,
  path: string,
  vnics: Vnics,
  leftOut: TellLeftOut,
): Element | undefined {
  const why = misfit(edge, rule, vnics);
  if (why) {
    leftOut(path, { code: 'rule-left-out', detail: { action: rule.action, why } });
    return undefined;
  }
  const application = applicationElement(rule, path, leftOut);
  if (application === null) return undefined;
  if (rule.services?.some(({ protocol }) => protocol === 'icmp') && meetsIpv6(edge, rule)) {
    leftOut(`${path}.services`, 'icmp-of-ipv4');
  }
  return element('firewallRule', [
    element('name', rule.name ?? rule.id),
    endElement('source', rule.sources, rule.inInterface, vnics),
    endElement('destination', rule.destinations, rule.outInterface, vnics),
    application,
    element('matchTranslated', String(filtersTranslated(edge))),
    element('action', rule.action),
    element('enabled', String(rule.enabled !== false)),
    element('loggingEnabled', 'false'),
    optional('description', rule.notes),
  ]);
}

/** Why a rule cannot be one of NSX Edge. */
function misfit(edge: EdgeGateway, rule: FirewallRule, vnics: Vnics): Misfit | undefined {
  const { chain, inInterface, outInterface, sources, destinations } = rule;
  const isTranslated = filtersTranslated(edge);
  if (chain !== undefined) {
    return isTranslated
      ? { code: 'no-list-for-chain', detail: { chain, product: 'nsx-v' } }
      : { code: 'chain-never-matches', detail: { chain } };
  }
  if (outInterface !== undefined && !isTranslated) {
    return { code: 'filters-before-routing', detail: { interface: outInterface } };
  }
  for (const id of [inInterface, outInterface]) {
    if (id !== undefined && vnics.indexOf(id) === undefined) {
      return { code: 'beyond-last-vnic', detail: { interface: id } };
    }
  }
  // The entries of one end are alternatives: it is any of them, not all.
  if (inInterface !== undefined && !isEverybody(sources)) {
    return { code: 'interface-and-address', detail: { end: 'source' } };
  }
  if (outInterface !== undefined && !isEverybody(destinations)) {
    return { code: 'interface-and-address', detail: { end: 'destination' } };
  }
  return undefined;
}

function endElement(
  name: 'source' | 'destination',
  texts: readonly string[] | undefined,
  id: string | undefined,
  vnics: Vnics,
): Element | undefined {
  if (id !== undefined) {
    const group = element('vnicGroupId', `vnic-index-${vnics.indexOf(id)}`);
    return element(name, [element('exclude', 'false'), group]);
  }
  if (isEverybody(texts)) return undefined;
  const addresses = (texts ?? []).map((text) => element('ipAddress', plainMatch(text)));
  return element(name, [element('exclude', 'false'), ...addresses]);
}

/** Protocols of a rule, besides any (terraform-provider-vcd, `vcd_nsxv_firewall_rule`). */
const known: readonly string[] = ['tcp', 'udp', 'icmp'];

/** Undefined where the rule is for every service, null where NSX has none of those that it names. */
function applicationElement(
  rule: FirewallRule,
  path: string,
  leftOut: TellLeftOut,
): Element | undefined | null {
  const services = rule.services ?? [];
  if (services.length === 0 || services.some(({ protocol }) => protocol === 'any'))
    return undefined;
  const unknown = services.filter(({ protocol }) => !known.includes(protocol));
  const protocols = [...new Set(unknown.map(({ protocol }) => protocol))];
  const written = services.filter((service) => !unknown.includes(service));
  if (written.length === 0) {
    const why = { code: 'no-word-for', detail: { protocols } } as const;
    leftOut(path, { code: 'rule-left-out', detail: { action: rule.action, why } });
    return null;
  }
  if (unknown.length > 0) {
    leftOut(`${path}.services`, { code: 'services-left-out', detail: { protocols } });
  }
  return element('application', written.map(serviceElement));
}

const serviceElement = ({ protocol, ports = [] }: FirewallService): Element =>
  element('service', [
    element('protocol', protocol),
    ...ports.map((port) => element('port', String(port))),
  ]);

/** Whether the rule may be asked about a packet of IPv6. */
function meetsIpv6({ interfaces = [] }: EdgeGateway, { sources, destinations }: FirewallRule) {
  const mayBe = (texts: readonly string[] | undefined) =>
    isEverybody(texts) || (texts ?? []).some((text) => familyOf(text) === 6);
  const speaksIpv6 = interfaces.some(({ addresses }) =>
    addresses?.some((one) => one.includes(':')),
  );
  return speaksIpv6 && mayBe(sources) && mayBe(destinations);
}
