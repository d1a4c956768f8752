import type { NatRule as DesignRule } from '../../model/design.ts';
import type { TellLeftOut } from '../exchange.ts';
import type { Misfit } from '../words/nsx.ts';
import { prefixesOfMatch } from '../edges/addresses.ts';
import { filtersTranslated, natOf, natPath, type EdgeGateway } from '../edges/edge-gateways.ts';
import { translationsOf, type Translation } from '../edges/translations.ts';
import { describedBy, freeId, interfacePath, type NatRule, type Service } from './objects.ts';
import { portEntries } from './services.ts';

/** Services that NAT rules name, each once, by their ids. */
export type Services = Map<string, Service>;

/** An edge's NAT rules as those of a Tier-1 gateway's section USER. */
export function natRules(
  edge: EdgeGateway,
  services: Services,
  leftOut: TellLeftOut,
): readonly NatRule[] {
  const taken = new Set<string>();
  const rules: NatRule[] = [];
  natOf(edge).forEach((rule, at) => {
    const path = natPath(at);
    const { list, leftOut: lost } = translationsOf(edge, rule);
    for (const saying of lost) leftOut(path, saying);
    const text = describedBy(rule.notes, (cut) => leftOut(`${path}.notes`, cut));
    if (list.some(({ translated }) => prefixesOfMatch(translated).some(isSeveral))) {
      leftOut(`${path}.translated`, 'choice-of-address');
    }
    for (const translation of list) {
      const ports = portsOf(translation, services);
      if ('code' in ports) {
        const code = list.length === 1 ? 'rule-left-out' : 'rule-in-part';
        leftOut(path, { code, detail: { why: ports } });
        continue;
      }
      rules.push({
        resource_type: 'PolicyNatRule',
        id: freeId(rule.id, taken),
        display_name: rule.name ?? rule.id,
        ...text,
        sequence_number: rules.length,
        ...addressesOf(translation),
        ...ports,
        ...scopeOf(edge, translation),
        firewall_match: matchOf(edge, rule),
        enabled: translation.enabled,
        logging: false,
      });
    }
  });
  return rules;
}

const isSeveral = (text: string): boolean => text.includes('/');

/** Ranges are told as prefixes: these fields take none (PolicyNatRule). */
const networks = (text: string): string => prefixesOfMatch(text).join(',');

function addressesOf({ kind, original, other, translated }: Translation) {
  const translated_network = networks(translated);
  const [from, to] = kind === 'snat' ? [original, other] : [other, original];
  return {
    action: kind === 'snat' ? 'SNAT' : 'DNAT',
    ...(from === undefined ? {} : { source_network: networks(from) }),
    ...(to === undefined ? {} : { destination_network: networks(to) }),
    translated_network,
  } as const;
}

const scopeOf = (edge: EdgeGateway, { interface: id }: Translation) =>
  id === undefined ? {} : { scope: [interfacePath(edge.id, id)] };

/**
 * What the firewall sees of a translated packet. External of DNAT and internal of SNAT are the addresses before
 * translation; where the edge filters behind DNAT, the internal one is that behind it.
 */
const matchOf = (edge: EdgeGateway, { kind }: DesignRule): NatRule['firewall_match'] =>
  kind === 'dnat' && !filtersTranslated(edge) ? 'MATCH_EXTERNAL_ADDRESS' : 'MATCH_INTERNAL_ADDRESS';

/**
 * The service of a DNAT rule has the new port; the one that packets come to is `translated_ports`, the same when absent
 * (NSX administration guide, "Configure an NSX NAT": "the service will be the translated port while the translated port
 * is used to match the traffic as destination port"). The reason where that cannot say it.
 */
function portsOf(
  { protocol, originalPort, translatedPort }: Translation,
  services: Services,
): Pick<NatRule, 'service' | 'translated_ports'> | Misfit {
  if (protocol === undefined) return {};
  if (translatedPort === undefined) return { service: serviceOf(protocol, originalPort, services) };
  if (originalPort === undefined) return { code: 'every-port-to-one', detail: {} };
  if (originalPort.includes('-')) {
    return { code: 'range-to-one-port', detail: { ports: originalPort, port: translatedPort } };
  }
  return {
    service: serviceOf(protocol, String(translatedPort), services),
    ...(originalPort === String(translatedPort) ? {} : { translated_ports: originalPort }),
  };
}

function serviceOf(protocol: 'tcp' | 'udp', port: string | undefined, services: Services): string {
  const id = port === undefined ? `edge-nat-${protocol}` : `edge-nat-${protocol}-${port}`;
  if (!services.has(id)) {
    services.set(id, {
      resource_type: 'Service',
      id,
      display_name: id,
      service_entries: portEntries(protocol, port === undefined ? undefined : [port]),
    });
  }
  return `/infra/services/${id}`;
}
