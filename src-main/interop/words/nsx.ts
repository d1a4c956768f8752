import type { FirewallRule, HostLike } from '../../model/design.ts';
import type { NoFacts, Saying } from '../../sim/vocabulary/saying.ts';
import { told, type Sayings } from '../../sim/vocabulary/told.ts';

/** Why a rule cannot be one of NSX, as a whole or in part. */
interface MisfitFacts {
  'no-list-for-chain': { readonly chain: string; readonly product: 'nsx-v' | 'nsx-t' };
  'chain-never-matches': { readonly chain: string };
  'filters-before-routing': { readonly interface: string };
  'beyond-last-vnic': { readonly interface: string };
  'interface-and-address': { readonly end: 'source' | 'destination' };
  'two-interfaces': NoFacts;
  'no-word-for': { readonly protocols: readonly string[] };
  'ipv6-translation': NoFacts;
  'every-port-to-one': NoFacts;
  'range-to-one-port': { readonly ports: string; readonly port: number };
}
export type Misfit = Saying<MisfitFacts>;

/** What NSX does not take of an edge gateway. */
export interface NsxFacts {
  /** `action` of a firewall rule. */
  'rule-left-out': { readonly action?: FirewallRule['action']; readonly why: Misfit };
  'rule-in-part': { readonly why: Misfit };
  'services-left-out': { readonly protocols: readonly string[] };
  'icmp-of-ipv4': NoFacts;
  'choice-of-address': NoFacts;
  'ipv6-sources-stay': { readonly interface: string };
  'no-ipv4-address': { readonly interface: string };
  'one-source-address': { readonly interface: string; readonly address: string };
  'vnics-in-order': NoFacts;
  'match-translated': NoFacts;
  'description-cut': { readonly mostCharacters: number };
  'taken-for-tier-1': { readonly gateway: string };
  'filter-and-nat-alone': NoFacts;
  'no-edge-gateway': { readonly kind: HostLike['kind'] };
  'edges-alone': NoFacts;
  'no-edges': NoFacts;
}

const and = (protocols: readonly string[]) => protocols.join(' and ');

const misfits: Sayings<MisfitFacts> = {
  en: {
    'no-list-for-chain': ({ chain, product }) =>
      `${product === 'nsx-v' ? 'NSX Edge' : 'a gateway'} has one list for what it passes on, receives and sends, and none for ${chain} alone`,
    'chain-never-matches': ({ chain }) =>
      `it is of chain ${chain} and never matches, since this edge filters all packets by one list`,
    'filters-before-routing': ({ interface: out }) =>
      `it asks for the way out by ${out} and never matches, since this edge filters before it routes`,
    'beyond-last-vnic': ({ interface: item }) =>
      `${item} would be beyond vnic 9, the last of an NSX Edge`,
    'interface-and-address': ({ end }) =>
      `NSX Edge cannot ask for the interface and the ${end} address at once`,
    'two-interfaces': () =>
      'a rule of NSX-T is for what comes in by an interface or for what goes out by one',
    'no-word-for': ({ protocols }) => `NSX Edge has no word for ${and(protocols)}`,
    'ipv6-translation': () => 'it is about IPv6, and NSX translates IPv4 alone',
    'every-port-to-one': () => 'NSX-T does not lead every port to one',
    'range-to-one-port': ({ ports, port }) =>
      `ports ${ports} are not translated: NSX-T does not lead a range to port ${port}`,
  },
  ko: {
    'no-list-for-chain': ({ chain, product }) =>
      `${product === 'nsx-v' ? 'NSX Edge' : '게이트웨이'}는 전달하고 받고 보내는 패킷을 한 목록으로 판정하며 ${chain}만을 위한 목록이 없음`,
    'chain-never-matches': ({ chain }) =>
      `이 Edge는 모든 패킷을 한 목록으로 판정하므로 체인 ${chain}의 규칙은 일치하지 않음`,
    'filters-before-routing': ({ interface: out }) =>
      `이 Edge는 라우팅 전에 필터링하므로 나가는 인터페이스 ${out}을(를) 조건으로 하는 규칙은 일치하지 않음`,
    'beyond-last-vnic': ({ interface: item }) =>
      `${item}은(는) NSX Edge의 마지막인 vnic 9를 넘어섬`,
    'interface-and-address': ({ end }) =>
      `NSX Edge는 인터페이스와 ${end === 'source' ? '출발지' : '목적지'} 주소를 함께 조건으로 쓸 수 없음`,
    'two-interfaces': () =>
      'NSX-T의 규칙은 들어오는 인터페이스나 나가는 인터페이스 중 하나만 조건으로 씀',
    'no-word-for': ({ protocols }) => `NSX Edge는 ${protocols.join(', ')}을(를) 나타낼 수 없음`,
    'ipv6-translation': () => 'IPv6에 대한 규칙인데 NSX는 IPv4만 변환함',
    'every-port-to-one': () => 'NSX-T는 모든 포트를 한 포트로 보내지 못함',
    'range-to-one-port': ({ ports, port }) =>
      `NSX-T는 포트 범위를 포트 ${port} 하나로 보내지 못하므로 포트 ${ports}은(는) 변환되지 않음`,
  },
};

const kindsKo = { host: '호스트', router: '라우터', 'edge-gateway': 'Edge 게이트웨이' } as const;
const actionsKo = { accept: '허용', deny: '거부', reject: '거절' } as const;

export const nsx: Sayings<NsxFacts> = {
  en: {
    'rule-left-out': ({ action, why }) =>
      `the ${action === undefined ? '' : `${action} `}rule is left out: ${told(misfits, why)}`,
    'rule-in-part': ({ why }) => told(misfits, why),
    'services-left-out': ({ protocols }) =>
      `the rule is not for ${and(protocols)}, which NSX Edge has no word for`,
    'icmp-of-ipv4': () => 'icmp is that of IPv4 alone: NSX Edge has no word for both',
    'choice-of-address': () => 'which address of the range a connection gets is up to NSX',
    'ipv6-sources-stay': ({ interface: item }) =>
      `sources of IPv6 stay as they are at interface ${item}: NSX translates IPv4 alone`,
    'no-ipv4-address': ({ interface: item }) =>
      `interface ${item} is passed over: it has no IPv4 address for sources to become`,
    'one-source-address': ({ interface: item, address }) =>
      `at interface ${item} sources always become ${address}: NSX does not pick the address by the next hop`,
    'vnics-in-order': () =>
      'the first interface is taken for vnic 0, the next for vnic 1, and so on',
    'match-translated': () =>
      'the rules are written with matchTranslated: for whatever NAT rule, not for DNAT alone, NSX looks at translated addresses',
    'description-cut': ({ mostCharacters }) =>
      `a description of NSX-T takes the first ${mostCharacters} characters`,
    'taken-for-tier-1': ({ gateway }) =>
      `the edge is taken for the Tier-1 gateway ${gateway}, whose firewall meets what passes its uplink and service interfaces (locale service default), not what goes between its own segments`,
    'filter-and-nat-alone': () =>
      'not written: of an edge, this export has firewall and NAT rules alone',
    'no-edge-gateway': ({ kind }) => `not written: a ${kind} is none of NSX's edge gateways`,
    'edges-alone': () =>
      'only firewall and NAT rules of edge gateways are written: interfaces, routes and all else of the design are not',
    'no-edges': () =>
      'there is no edge gateway with a firewall or NAT rules, and of nothing else this export tells',
  },
  ko: {
    'rule-left-out': ({ action, why }) =>
      `${action === undefined ? '' : `${actionsKo[action]} `}규칙은 제외됨: ${told(misfits, why, 'ko')}`,
    'rule-in-part': ({ why }) => told(misfits, why, 'ko'),
    'services-left-out': ({ protocols }) =>
      `NSX Edge가 나타낼 수 없는 ${protocols.join(', ')}에는 규칙이 적용되지 않음`,
    'icmp-of-ipv4': () =>
      'NSX Edge는 IPv4와 IPv6의 ICMP를 함께 나타낼 수 없어 IPv4의 icmp만 기록됨',
    'choice-of-address': () => '연결이 범위의 어느 주소를 쓸지는 NSX가 정함',
    'ipv6-sources-stay': ({ interface: item }) =>
      `NSX는 IPv4만 변환하므로 인터페이스 ${item}에서 IPv6 출발지는 그대로 남음`,
    'no-ipv4-address': ({ interface: item }) =>
      `인터페이스 ${item}은(는) 출발지로 쓸 IPv4 주소가 없어 제외됨`,
    'one-source-address': ({ interface: item, address }) =>
      `NSX는 다음 홉에 따라 주소를 고르지 않으므로 인터페이스 ${item}의 출발지는 항상 ${address}(으)로 변환됨`,
    'vnics-in-order': () => '첫 번째 인터페이스부터 차례로 vnic 0, vnic 1, …로 간주함',
    'match-translated': () =>
      '규칙은 matchTranslated로 기록됨: NSX는 DNAT뿐 아니라 모든 NAT 규칙에서 변환된 주소를 봄',
    'description-cut': ({ mostCharacters }) => `NSX-T의 설명에는 앞의 ${mostCharacters}자만 들어감`,
    'taken-for-tier-1': ({ gateway }) =>
      `이 Edge를 Tier-1 게이트웨이 ${gateway}(으)로 간주함. 그 방화벽은 업링크와 서비스 인터페이스(로캘 서비스 default)를 지나는 것만 보고 자기 세그먼트 사이의 것은 보지 않음`,
    'filter-and-nat-alone': () => '이 형식에는 Edge의 방화벽과 NAT 규칙만 기록되므로 제외됨',
    'no-edge-gateway': ({ kind }) => `NSX의 Edge 게이트웨이가 아니라 ${kindsKo[kind]}이므로 제외됨`,
    'edges-alone': () =>
      'Edge 게이트웨이의 방화벽과 NAT 규칙만 기록되고 인터페이스, 라우트 등 나머지는 제외됨',
    'no-edges': () =>
      '방화벽이나 NAT 규칙이 있는 Edge 게이트웨이가 없으며 이 형식은 그 밖의 것을 담지 않음',
  },
};
