import { prefixContains } from '../model/ip.ts';
import { finding, place, type Found } from './finding.ts';
import type { Survey } from './view/survey.ts';

/** Virtual addresses outside every subnet of the interface that they are on and of its network. */
export function* virtualIps({ attachments }: Survey): Generator<Found> {
  for (const { node, item, domain, addresses, virtualIps: held } of attachments) {
    const subnets = [
      ...addresses.map((address) => address.prefix),
      ...(domain?.subnets ?? []).map((subnet) => subnet.prefix),
    ];
    for (const { ip, index } of held) {
      if (subnets.some((subnet) => prefixContains(subnet, ip))) continue;
      const ofFamily = subnets.filter((subnet) => subnet.network.family === ip.family);
      yield finding('virtual-ip-outside-subnet', place('node', node.id, 'virtualIps', index), {
        node: node.id,
        interface: item.id,
        address: ip.text,
        subnets: [...new Set(ofFamily.map((subnet) => subnet.text))],
      });
    }
  }
}
