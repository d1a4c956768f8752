import { placeWordsKo } from '../../checks/place-words-ko.ts';
import type { EntityKind } from '../../model/ids.ts';
import type { Sayings } from '../../sim/vocabulary/told.ts';
import { keyWords, keysKo, type EntityKey } from './keys.ts';

/** Formats that take some kinds and keys of a design and no others. */
export type Format = 'netbox' | 'diagram' | 'zarf' | 'hauler';

/** What a format has no place for. */
export interface PlaceFacts {
  'no-place-for-kind': {
    readonly format: Format;
    readonly kind: Exclude<EntityKind, 'layout'>;
  };
  'no-place-for-key': { readonly format: Format; readonly key: EntityKey };
  /** Where things are drawn. */
  'no-place-for-layout': { readonly format: Format };
  /** An artifact that a bundle does not hold. */
  'not-carried': { readonly format: Format; readonly reference: string };
}

const formats: Readonly<Record<Format, string>> = {
  netbox: 'the import of NetBox',
  diagram: 'a diagram',
  zarf: 'Zarf',
  hauler: 'Hauler',
};
const formatsKo: Readonly<Record<Format, string>> = {
  netbox: 'NetBox 가져오기',
  diagram: '다이어그램',
  zarf: 'Zarf',
  hauler: 'Hauler',
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
    'not-carried': ({ format, reference }) =>
      `${formats[format]} does not carry ${reference}: it takes images, charts of a repository in one version, and binaries of web servers`,
  },
  ko: {
    'no-place-for-kind': ({ format, kind }) => noPlaceKo(format, placeWordsKo.kinds[kind]),
    'no-place-for-key': ({ format, key }) => noPlaceKo(format, keysKo[key]),
    'no-place-for-layout': ({ format }) => noPlaceKo(format, '그려진 위치'),
    'not-carried': ({ format, reference }) =>
      `${formatsKo[format]}에 담기지 않음: ${reference}. 이미지, 한 버전의 저장소 차트, 웹 서버의 바이너리만 담을 수 있음`,
  },
};
