import type { NatRule } from '../../model/design.ts';
import { parseAddressMatch } from '../../model/ip.ts';
import { plainMatch } from '../edges/addresses.ts';
import { natOf, natPath, type EdgeGateway } from '../edges/edge-gateways.ts';
import { translationsOf, type Translation } from '../edges/translations.ts';
import type { TellLeftOut } from '../exchange.ts';
import type { Vnics } from './vnics.ts';
import { element, optional, type Element } from './xml.ts';

/**
 * Body of `PUT /api/4.0/edges/{edgeId}/nat/config` (NSX for vSphere 6.4 API guide, "Working with NAT Configuration").
 * Elements stand in the order that the guide has them in.
 */
export function natDocument(edge: EdgeGateway, vnics: Vnics, leftOut: TellLeftOut): Element {
  return element('nat', [
    element('enabled', 'true'),
    element(
      'natRules',
      natOf(edge).flatMap((rule, at) => ruleElements(edge, rule, natPath(at), vnics, leftOut)),
    ),
  ]);
}

function ruleElements(
  edge: EdgeGateway,
  rule: NatRule,
  path: string,
  vnics: Vnics,
  leftOut: TellLeftOut,
): readonly Element[] {
  const { list, leftOut: lost } = translationsOf(edge, rule);
  for (const saying of lost) leftOut(path, saying);
  if (list.some(({ translated }) => isSeveral(translated))) {
    leftOut(`${path}.translated`, 'choice-of-address');
  }
  return list.flatMap((translation) => {
    const { interface: id } = translation;
    const vnic = id === undefined ? undefined : vnics.indexOf(id);
    if (id !== undefined && vnic === undefined) {
      const why = { code: 'beyond-last-vnic', detail: { interface: id } } as const;
      leftOut(path, { code: 'rule-left-out', detail: { why } });
      return [];
    }
    return [ruleElement(translation, vnic, description(rule))];
  });
}

function ruleElement(
  { kind, enabled, protocol, original, other, translated, ...ports }: Translation,
  vnic: number | undefined,
  text: string,
): Element {
  const isDnat = kind === 'dnat';
  const otherEnd = plainMatch(other ?? 'any');
  return element('natRule', [
    element('action', kind),
    optional('vnic', vnic?.toString()),
    element('originalAddress', plainMatch(original)),
    element(isDnat ? 'dnatMatchSourceAddress' : 'snatMatchDestinationAddress', otherEnd),
    element('translatedAddress', plainMatch(translated)),
    element('loggingEnabled', 'false'),
    element('enabled', String(enabled)),
    element('description', text),
    element('protocol', protocol ?? 'any'),
    element('translatedPort', ports.translatedPort?.toString() ?? ports.originalPort ?? 'any'),
    element('originalPort', ports.originalPort ?? 'any'),
  ]);
}

/** A NAT rule of NSX has no name but this. */
const description = ({ id, name = id, notes }: NatRule): string =>
  notes === undefined ? name : `${name}: ${notes}`;

function isSeveral(text: string): boolean {
  const [range] = parseAddressMatch(text) ?? [];
  return range !== undefined && range.from.text !== range.to.text;
}
