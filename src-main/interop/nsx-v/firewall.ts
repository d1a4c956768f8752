import type { FirewallRule, FirewallService } from '../../model/design.ts';
import { familyOf, isEverybody, plainMatch } from '../edges/addresses.ts';
import {
  filtersTranslated,
  firewallOf,
  firewallPath,
  type EdgeGateway,
} from '../edges/edge-gateways.ts';
import type { Vnics } from './vnics.ts';
import { element, optional, type Element } from './xml.ts';

type Tell = (path: string, text: string) => void;

/**
 * Body of `PUT /api/4.0/edges/{edgeId}/firewall/config` (NSX for vSphere 6.4 API guide, "Working with Firewall
 * Configuration"). Elements stand in the order that the guide has them in.
 */
export function firewallDocument(edge: EdgeGateway, vnics: Vnics, leftOut: Tell): Element {
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
  leftOut: Tell,
): Element | undefined {
  const reason = misfit(edge, rule, vnics);
  if (reason !== undefined) {
    leftOut(path, `the ${rule.action} rule is left out: ${reason}`);
    return undefined;
  }
  const application = applicationElement(rule, path, leftOut);
  if (application === null) return undefined;
  if (rule.services?.some(({ protocol }) => protocol === 'icmp') && meetsIpv6(edge, rule)) {
    leftOut(`${path}.services`, 'icmp is that of IPv4 alone: NSX Edge has no word for both');
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
function misfit(edge: EdgeGateway, rule: FirewallRule, vnics: Vnics): string | undefined {
  const { chain, inInterface, outInterface, sources, destinations } = rule;
  const isTranslated = filtersTranslated(edge);
  if (chain !== undefined) {
    return isTranslated
      ? `NSX Edge has one list for what it passes on, receives and sends, and none for ${chain} alone`
      : `it is of chain ${chain} and never matches, since this edge filters all packets by one list`;
  }
  if (outInterface !== undefined && !isTranslated) {
    return `it asks for the way out by ${outInterface} and never matches, since this edge filters before it routes`;
  }
  for (const id of [inInterface, outInterface]) {
    if (id !== undefined && vnics.indexOf(id) === undefined) {
      return `${id} would be beyond vnic 9, the last of an NSX Edge`;
    }
  }
  // The entries of one end are alternatives: it is any of them, not all.
  if (inInterface !== undefined && !isEverybody(sources)) {
    return 'NSX Edge cannot ask for the interface and the source address at once';
  }
  if (outInterface !== undefined && !isEverybody(destinations)) {
    return 'NSX Edge cannot ask for the interface and the destination address at once';
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
  leftOut: Tell,
): Element | undefined | null {
  const services = rule.services ?? [];
  if (services.length === 0 || services.some(({ protocol }) => protocol === 'any'))
    return undefined;
  const unknown = services.filter(({ protocol }) => !known.includes(protocol));
  const words = [...new Set(unknown.map(({ protocol }) => protocol))].join(' and ');
  const written = services.filter((service) => !unknown.includes(service));
  if (written.length === 0) {
    leftOut(path, `the ${rule.action} rule is left out: NSX Edge has no word for ${words}`);
    return null;
  }
  if (unknown.length > 0) {
    leftOut(`${path}.services`, `the rule is not for ${words}, which NSX Edge has no word for`);
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
