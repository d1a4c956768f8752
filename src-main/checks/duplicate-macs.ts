import { clash, place, type Found } from './finding.ts';
import type { Survey } from './view/survey.ts';

/** One MAC address that is set on two interfaces of one layer-2 domain. */
export function* duplicateMacs({ domains }: Survey): Generator<Found> {
  for (const domain of domains) {
    const given = domain.attachments.filter(({ item, up }) => item.mac !== undefined && up);
    for (const [mac, same] of Map.groupBy(given, ({ item }) => item.mac?.toLowerCase() ?? '')) {
      const second = same[1];
      if (!second) continue;
      const places = same.map(({ node, at }) => place('node', node.id, ...at.segments, 'mac'));
      yield clash(
        'duplicate-mac',
        place('node', second.node.id, ...second.at.segments, 'mac'),
        {
          mac,
          owners: same.map(({ node, item }) => ({ node: node.id, interface: item.id })),
          network: domain.ref,
        },
        places,
      );
    }
  }
}
