import { placeWordsKo } from '../../checks/place-words-ko.ts';
import type { EntityKind } from '../../model/ids.ts';
import type { Sayings } from '../../sim/vocabulary/told.ts';
import { keyWords, keysKo, type EntityKey } from './keys.ts';

/** Formats that take some kinds and keys of a design and no others. */
export type Format = 'netbox' | 'diagram';

/** What a format has no place for. */
export interface PlaceFacts {
  'no-place-for-kind': {
    readonly format: Format;
    readonly kind: Exclude<EntityKind, 'layout'>;
  };
  'no-place-for-key': { readonly format: Format; readonly key: EntityKey };
  /** Where things are drawn. */
  'no-place-for-layout': { readonly format: Format };
}

const formats: Readonly<Record<Format, string>> = {
  netbox: 'the import of NetBox',
  diagram: 'a diagram',
};
const formatsKo: Readonly<Record<Format, string>> = {
  netbox: 'NetBox 가져오기',
  diagram: '다이어그램',
};

const kinds: Readonly<Record<PlaceFacts['no-place-for-kind']['kind'], string>> = {
  site: 'sites',
  'transport-zone': 'transport zones',
  segment: 'segments',
  node: 'machines',
  link: 'links',
  stretch: 'stretched networks',
  cluster: 'clusters',
  workload: 'workloads',
  service: 'services',
  ingress: 'ingresses',
  'network-policy': 'network policies',
  'calico-policy': 'Calico policies',
  'host-endpoint': 'host endpoints',
  group: 'groups',
  flow: 'flows',
  intent: 'intents',
  'install-scenario': 'install scenarios',
};

const noPlace = (format: Format, what: string) => `${formats[format]} has no place for ${what}`;
const noPlaceKo = (format: Format, what: string) =>
  `${formatsKo[format]}에는 ${what}을(를) 담을 자리가 없음`;

export const places: Sayings<PlaceFacts> = {
  en: {
    'no-place-for-kind': ({ format, kind }) => noPlace(format, kinds[kind]),
    'no-place-for-key': ({ format, key }) => noPlace(format, `its ${keyWords(key)}`),
    'no-place-for-layout': ({ format }) => noPlace(format, 'where things are drawn'),
  },
  ko: {
    'no-place-for-kind': ({ format, kind }) => noPlaceKo(format, placeWordsKo.kinds[kind]),
    'no-place-for-key': ({ format, key }) => noPlaceKo(format, keysKo[key]),
    'no-place-for-layout': ({ format }) => noPlaceKo(format, '그려진 위치'),
  },
};
