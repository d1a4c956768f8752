import { familyBits, prefixContains } from '../model/ip.ts';
import { finding, place, type Found } from './finding.ts';
import { isLinkLocal } from './view/address-kinds.ts';
import type { Survey } from './view/survey.ts';

/** Interface addresses that do not fit what their segment declares. */
export function* interfaceSubnets({ attachments }: Survey): Generator<Found> {
  for (const { node, item, at, domain, segment, addresses } of attachments) {
    if (!domain || !segment) continue;
    const declared = domain.subnets.filter((subnet) => subnet.segment !== undefined);
    for (const [index, { ip, prefix }] of addresses.entries()) {
      const subnets = declared.filter((subnet) => subnet.prefix.network.family === ip.family);
      if (subnets.length === 0 || isLinkLocal(ip)) continue;
      const where = place('node', node.id, ...at.segments, 'addresses', index);
      const facts = { node: node.id, interface: item.id, segment: segment.id };
      const around = subnets.filter((subnet) => prefixContains(subnet.prefix, ip));
      const [first] = around;
      if (!first) {
        const names = subnets.map((subnet) => subnet.prefix.text);
        yield finding(
          'address-outside-subnet',
          where,
          { ...facts, address: ip.text, subnets: names },
          subnets.map((subnet) => subnet.at),
        );
        continue;
      }
      const fits =
        prefix.length === familyBits(ip.family) ||
        around.some((subnet) => subnet.prefix.length === prefix.length);
      if (fits) continue;
      const detail = {
        ...facts,
        address: `${ip.text}/${prefix.length}`,
        subnet: first.prefix.text,
      };
      yield finding('prefix-length-mismatch', where, detail, [first.at]);
    }
  }
}
