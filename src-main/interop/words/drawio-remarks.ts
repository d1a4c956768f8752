import type { Language } from '../../sim/vocabulary/languages.ts';
import type { NoFacts, Saying } from '../../sim/vocabulary/saying.ts';
import { told, type Sayings } from '../../sim/vocabulary/told.ts';

/** What a fact in a cell of this program's own has to be. */
export interface ExpectedFacts {
  number: { readonly least: number; readonly most: number };
  'one-of': { readonly values: readonly string[] };
  id: NoFacts;
  ids: NoFacts;
  prefix: NoFacts;
  prefixes: NoFacts;
  interface: NoFacts;
}

/** Why a connector joins nothing that can be joined. */
interface ConnectorFacts {
  'loose-end': NoFacts;
  'ends-at-connector': NoFacts;
  /** `at` is a cell's id, as it is shown. */
  'ends-at-no-shape': { readonly at: string };
  'ends-nowhere': { readonly at: string };
  'ends-at-place': { readonly site: string };
  'ends-at-figure': NoFacts;
  'joins-networks': NoFacts;
}
export type ConnectorProblem = Saying<ConnectorFacts>;

/** What of a drawing does not become part of the design, or only by a guess. `words` are shown in quotes already. */
export interface DrawioRemarkFacts {
  'page-not-read': { readonly words: string };
  'no-shapes': NoFacts;
  'id-twice': NoFacts;
  'neither-shape-nor-connector': { readonly words: string };
  'parent-missing': { readonly parent: string };
  'stands-in-itself': NoFacts;
  'too-many-siblings': NoFacts;
  'nested-too-deep': { readonly most: number };
  'copy-of': { readonly ref: string; readonly id: string };
  'words-alone': { readonly words: string };
  /** `words`: what it says or shows, where there is anything. */
  'part-not-taken': { readonly within: string; readonly words?: string };
  'not-of-network': { readonly words?: string };
  'number-alone': { readonly number: string };
  'host-by-default': NoFacts;
  wordless: NoFacts;
  'bare-figure': NoFacts;
  'vxlan-as-lan': NoFacts;
  'segment-as-lan': { readonly kind: string };
  'dlr-as-router': NoFacts;
  'address-of-network': { readonly address: string };
  'address-of-nobody': { readonly address: string };
  'address-of-container': { readonly address: string };
  'network-of-machine': { readonly network: string };
  'pod-not-taken': { readonly pod: string };
  'label-subnets': NoFacts;
  'address-of-no-interface': { readonly address: string };
  'site-missing': { readonly site: string };
  'left-hypervisor': NoFacts;
  'networks-inside': { readonly networks: readonly string[] };
  'machines-connected': { readonly networks: readonly string[] };
  'connector-addresses': NoFacts;
  'stretch-without-gateways': NoFacts;
  'joins-itself': { readonly id: string };
  'connector-not-taken': { readonly words?: string; readonly why: ConnectorProblem };
  'networks-joined': { readonly gone: string; readonly kept: string };
  'owner-unclear': { readonly addresses: readonly string[] };
  'connector-words': { readonly words: string };
  'fact-malformed': { readonly key: string; readonly expected: Saying<ExpectedFacts> };
  'length-guessed': { readonly address: string; readonly length: number };
  'interface-guessed': { readonly addresses: readonly string[] };
}

const expected: Sayings<ExpectedFacts> = {
  en: {
    number: ({ least, most }) => `a number from ${least} to ${most}`,
    'one-of': ({ values }) => `one of ${values.join(', ')}`,
    id: () => 'an id',
    ids: () => 'ids',
    prefix: () => 'a network prefix',
    prefixes: () => 'network prefixes',
    interface: () => 'addresses and settings of an interface',
  },
  ko: {
    number: ({ least, most }) => `${least}~${most} 사이의 수`,
    'one-of': ({ values }) => `${values.join(', ')} 중 하나`,
    id: () => 'ID',
    ids: () => 'ID 목록',
    prefix: () => '네트워크 프리픽스',
    prefixes: () => '네트워크 프리픽스 목록',
    interface: () => '인터페이스의 주소와 설정',
  },
};

const connectors: Sayings<ConnectorFacts> = {
  en: {
    'loose-end': () => 'one of its ends is joined to nothing',
    'ends-at-connector': () => 'it ends at another connector',
    'ends-at-no-shape': ({ at }) => `it ends at ${at}, which is no shape`,
    'ends-nowhere': ({ at }) => `it ends at ${at}, which is not there`,
    'ends-at-place': ({ site }) => `it ends at ${site}, which is a place, not a machine or network`,
    'ends-at-figure': () => 'it ends at a figure that is no machine and no network',
    'joins-networks': () => 'it joins two networks, which only a router or a stretch can',
  },
  ko: {
    'loose-end': () => '한쪽 끝이 아무것에도 이어져 있지 않음',
    'ends-at-connector': () => '다른 연결선에서 끝남',
    'ends-at-no-shape': ({ at }) => `끝에 있는 ${at}이(가) 도형이 아님`,
    'ends-nowhere': ({ at }) => `끝에 있어야 할 ${at}이(가) 없음`,
    'ends-at-place': ({ site }) => `끝에 있는 ${site}은(는) 장소이며 호스트나 네트워크가 아님`,
    'ends-at-figure': () => '호스트도 네트워크도 아닌 도형에서 끝남',
    'joins-networks': () => '라우터나 확장 구간만이 이을 수 있는 두 네트워크를 이음',
  },
};

const after = (words: string | undefined): string => (words === undefined ? '' : `: ${words}`);

const remarks: Sayings<DrawioRemarkFacts> = {
  en: {
    'page-not-read': ({ words }) => `page ${words} is not read`,
    'no-shapes': () => 'there are no shapes on the page',
    'id-twice': () => 'its id is used twice: the first cell holds',
    'neither-shape-nor-connector': ({ words }) =>
      `neither shape nor connector: ${words} is not taken`,
    'parent-missing': ({ parent }) =>
      `it stands in ${parent}, which is not there: taken as standing free`,
    'stands-in-itself': () => 'it stands in itself, by way of others: taken as standing free',
    'too-many-siblings': () => 'too many shapes at one level to tell which stands in which',
    'nested-too-deep': ({ most }) =>
      `it stands in more than ${most} others: taken as standing beside the last`,
    'copy-of': ({ ref, id }) => `a copy of ${ref}: it is called ${id}`,
    'words-alone': ({ words }) => `words by themselves are not taken: ${words}`,
    'part-not-taken': ({ within, words }) => `a part of ${within} is not taken${after(words)}`,
    'not-of-network': ({ words }) => `not a part of a network${after(words)}`,
    'number-alone': ({ number }) => `a number by itself is not taken: ${number}`,
    'host-by-default': () => 'taken as a host: neither its shape nor its words say what it is',
    wordless: () => 'there are no words on it: not taken',
    'bare-figure': () => 'a figure without words and connectors is not taken',
    'vxlan-as-lan': () => 'a VXLAN is taken as a plain LAN: its transport zone is not known',
    'segment-as-lan': ({ kind }) =>
      `a ${kind} whose number or transport zone is missing is taken as a LAN`,
    'dlr-as-router': () => 'a distributed router without its transport zone is taken as a router',
    'address-of-network': ({ address }) => `the address ${address} of a network is not taken`,
    'address-of-nobody': ({ address }) => `${address} is an address of no machine: not taken`,
    'address-of-container': ({ address }) => `the address ${address} of a container is not taken`,
    'network-of-machine': ({ network }) =>
      `the network ${network} in the label of a machine is not taken`,
    'pod-not-taken': ({ pod }) => `pod ${pod}: workloads are not made of drawings`,
    'label-subnets': () => 'its subnets are those of its label, which has been edited',
    'address-of-no-interface': ({ address }) =>
      `the label's address ${address} is that of no interface: write it at the interface's connector`,
    'site-missing': ({ site }) => `its site ${site} is not in the drawing`,
    'left-hypervisor': () => 'it does not stand in its hypervisor any more: it runs on none',
    'networks-inside': ({ networks }) =>
      `${networks.join(', ')} is not taken: containers in it name networks of their own`,
    'machines-connected': ({ networks }) =>
      `the machines in it are taken as connected to ${networks.join(', ')}`,
    'connector-addresses': () =>
      'the addresses of the interface are those at its connector, which have been edited',
    'stretch-without-gateways': () =>
      'a stretch needs layer-2 gateways at both ends, on the networks that it joins: not taken',
    'joins-itself': ({ id }) => `it joins ${id} with itself: not taken`,
    'connector-not-taken': ({ words, why }) =>
      `the connector${words === undefined ? '' : ` ${words}`} is not taken: ${told(connectors, why)}`,
    'networks-joined': ({ gone, kept }) =>
      `${gone} and ${kept} are joined: taken as the one network ${kept}`,
    'owner-unclear': ({ addresses }) =>
      `it is not clear whose ${addresses.join(', ')} is: not taken`,
    'connector-words': ({ words }) => `words at the connector are not taken: ${words}`,
    'fact-malformed': ({ key, expected: wanted }) => `${key}: expected ${told(expected, wanted)}`,
    'length-guessed': ({ address, length }) =>
      `${address} has no prefix length in the drawing: /${length} is a guess`,
    'interface-guessed': ({ addresses }) =>
      `which of its interfaces has ${addresses.join(', ')} is a guess: write addresses at the ends of connectors`,
  },
  ko: {
    'page-not-read': ({ words }) => `페이지 ${words}은(는) 읽지 않음`,
    'no-shapes': () => '페이지에 도형이 없음',
    'id-twice': () => 'ID가 두 번 쓰여 첫 번째 셀만 받아들임',
    'neither-shape-nor-connector': ({ words }) => `도형도 연결선도 아닌 ${words}은(는) 제외됨`,
    'parent-missing': ({ parent }) => `이것이 놓인 ${parent}이(가) 없어 바깥에 놓인 것으로 간주함`,
    'stands-in-itself': () => '다른 것을 거쳐 자기 안에 놓여 있어 바깥에 놓인 것으로 간주함',
    'too-many-siblings': () => '한 단계에 도형이 너무 많아 무엇이 무엇 안에 있는지 가리지 않음',
    'nested-too-deep': ({ most }) =>
      `${most}단계보다 깊이 놓여 있어 마지막 것의 옆에 놓인 것으로 간주함`,
    'copy-of': ({ ref, id }) => `${ref}의 복사본이므로 ${id}(으)로 이름 붙임`,
    'words-alone': ({ words }) => `홀로 있는 글은 제외됨: ${words}`,
    'part-not-taken': ({ within, words }) => `${within}의 일부는 제외됨${after(words)}`,
    'not-of-network': ({ words }) => `네트워크의 일부가 아님${after(words)}`,
    'number-alone': ({ number }) => `홀로 있는 숫자는 제외됨: ${number}`,
    'host-by-default': () => '도형과 글로 무엇인지 알 수 없어 호스트로 간주함',
    wordless: () => '글이 없어 제외됨',
    'bare-figure': () => '글도 연결선도 없는 도형은 제외됨',
    'vxlan-as-lan': () => 'VXLAN의 전송 구역을 알 수 없어 일반 LAN으로 간주함',
    'segment-as-lan': ({ kind }) => `번호나 전송 구역이 없는 ${kind}을(를) LAN으로 간주함`,
    'dlr-as-router': () => '전송 구역이 없는 분산 라우터를 라우터로 간주함',
    'address-of-network': ({ address }) => `네트워크의 주소 ${address}은(는) 제외됨`,
    'address-of-nobody': ({ address }) => `${address}은(는) 어느 호스트의 주소도 아니므로 제외됨`,
    'address-of-container': ({ address }) => `컨테이너 도형의 주소 ${address}은(는) 제외됨`,
    'network-of-machine': ({ network }) =>
      `호스트의 레이블에 있는 네트워크 ${network}은(는) 제외됨`,
    'pod-not-taken': ({ pod }) => `도면에서 워크로드를 만들지 않으므로 팟 ${pod}은(는) 제외됨`,
    'label-subnets': () => '레이블이 편집되어 레이블의 서브넷을 받아들임',
    'address-of-no-interface': ({ address }) =>
      `레이블의 주소 ${address}은(는) 어느 인터페이스의 것도 아님. 인터페이스의 연결선에 적어야 함`,
    'site-missing': ({ site }) => `사이트 ${site}이(가) 도면에 없음`,
    'left-hypervisor': () => '더는 하이퍼바이저 안에 놓여 있지 않으므로 어디에서도 실행되지 않음',
    'networks-inside': ({ networks }) =>
      `안에 있는 컨테이너 도형에 따로 네트워크가 있으므로 ${networks.join(', ')}은(는) 제외됨`,
    'machines-connected': ({ networks }) =>
      `안에 있는 호스트는 ${networks.join(', ')}에 연결된 것으로 간주함`,
    'connector-addresses': () => '연결선의 주소가 편집되어 그것을 인터페이스의 주소로 받아들임',
    'stretch-without-gateways': () =>
      '확장 구간의 양 끝에는 이어지는 네트워크에 속한 L2 게이트웨이가 필요하므로 제외됨',
    'joins-itself': ({ id }) => `${id}을(를) 자기 자신과 이으므로 제외됨`,
    'connector-not-taken': ({ words, why }) =>
      `연결선${words === undefined ? '' : ` ${words}`}은(는) 제외됨: ${told(connectors, why, 'ko')}`,
    'networks-joined': ({ gone, kept }) =>
      `${gone}과(와) ${kept}이(가) 이어져 있어 하나의 네트워크 ${kept}(으)로 간주함`,
    'owner-unclear': ({ addresses }) => `${addresses.join(', ')}의 소유자가 분명하지 않아 제외됨`,
    'connector-words': ({ words }) => `연결선의 글은 제외됨: ${words}`,
    'fact-malformed': ({ key, expected: wanted }) =>
      `${key}: ${told(expected, wanted, 'ko')}이(가) 필요함`,
    'length-guessed': ({ address, length }) =>
      `도면에 ${address}의 프리픽스 길이가 없어 /${length}(으)로 추정함`,
    'interface-guessed': ({ addresses }) =>
      `${addresses.join(', ')}이(가) 어느 인터페이스의 주소인지 추정함. 주소는 연결선의 끝에 적어야 함`,
  },
};

export type DrawioRemarkSaying = Saying<DrawioRemarkFacts>;

/** What was not understood, not taken or guessed of a drawing; a sentence without its full stop. */
export const drawioRemarkText = (saying: DrawioRemarkSaying, language: Language = 'en'): string =>
  told(remarks, saying, language);
