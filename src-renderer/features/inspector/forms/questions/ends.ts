import type { Design } from '../../../../../src-main/contract/index.ts';
import { hostAddressesOf, idsOf, type Suggestion } from '../../fields/suggest.ts';

/** Kinds of ends of flows and of members of groups; each has its value under a key of its own name. */
export type EndKind =
  'node' | 'pod' | 'address' | 'url' | 'name' | 'service' | 'workload' | 'segment' | 'site';

const podsOf = (design: Design) => (): readonly Suggestion[] =>
  (design.workloads ?? []).flatMap(({ id, pods }) =>
    pods.map((pod) => ({ value: pod.id, detail: id })),
  );

/** Names that somebody answers for, and those that ingresses listen to. */
const namesOf = (design: Design) => (): readonly Suggestion[] => {
  const records = (design.nodes ?? []).flatMap((node) =>
    'dnsServer' in node
      ? (node.dnsServer.zones ?? []).flatMap(({ records }) => records.map(({ name }) => name))
      : [],
  );
  const hosts = (design.ingresses ?? []).flatMap(({ rules }) =>
    rules.map(({ host }) => host ?? ''),
  );
  return [...new Set([...records, ...hosts])]
    .filter((name) => name !== '' && !name.startsWith('*'))
    .map((value) => ({ value }));
};

export function suggestionsFor(design: Design, kind: EndKind): () => readonly Suggestion[] {
  switch (kind) {
    case 'node':
      return idsOf(design, 'nodes');
    case 'pod':
      return podsOf(design);
    case 'service':
      return idsOf(design, 'services');
    case 'workload':
      return idsOf(design, 'workloads');
    case 'segment':
      return idsOf(design, 'segments');
    case 'site':
      return idsOf(design, 'sites');
    case 'name':
      return namesOf(design);
    case 'url':
      return () => namesOf(design)().map(({ value }) => ({ value: `https://${value}/` }));
    case 'address':
      return hostAddressesOf(design);
    default:
      return kind satisfies never;
  }
}
