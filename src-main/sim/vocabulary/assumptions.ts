import type { NoFacts, Saying, SayingTable } from './saying.ts';

/** What a result takes for granted. */
export interface AssumptionFacts {
  /** What leaves by an internet segment gets to where it goes. */
  internet: NoFacts;
  /** A reply from the internet comes back the way its request left. */
  'internet-reply': NoFacts;
  /** TCP's ends announce their segment sizes, and nobody changes them. */
  mss: NoFacts;
  /** Questions with other search domains are not walked on their own. */
  'search-domains': NoFacts;
  'dns-cache': NoFacts;
  /** Path MTU discovery's messages arrive. */
  'icmp-errors': NoFacts;
  /** The hypervisor where a distributed router makes a packet of its own. */
  'instance-chosen': { readonly router: string; readonly hypervisor: string };
  /** Keys are exchanged (IKE), so that both ends know each other. */
  'ipsec-keys': { readonly tunnel: string };
}
export type Assumption = Saying<AssumptionFacts>;

export const assumptions: SayingTable<AssumptionFacts> = {
  internet: () =>
    'internet routing assumed: what leaves by the internet segment gets to its destination',
  'internet-reply': () =>
    'internet routing assumed: the reply comes back to where the request left',
  mss: () =>
    'TCP segment sizes: each end announces what its own interface takes (MSS), and nobody on the way changes that',
  'search-domains': () =>
    'search domains: the questions that find nothing go the way of the one that does, and are not walked on their own',
  'dns-cache': () => 'names are looked up each time: no cache',
  'icmp-errors': () =>
    'the ICMP message that tells the sender to make its packets smaller is taken to reach it',
  'instance-chosen': ({ router, hypervisor }) =>
    `a packet that ${router} itself makes starts at its instance on ${hypervisor}`,
  'ipsec-keys': ({ tunnel }) =>
    `the ends of IPsec tunnel ${tunnel} have agreed on their keys (IKE, UDP 500 and 4500)`,
};

export const assumptionsKo: SayingTable<AssumptionFacts> = {
  internet: () => '인터넷 라우팅 가정: 인터넷 세그먼트로 나간 패킷은 목적지에 도착함',
  'internet-reply': () => '인터넷 라우팅 가정: 응답은 요청이 나간 곳으로 돌아옴',
  mss: () =>
    'TCP 세그먼트 크기: 각 끝은 자기 인터페이스가 받는 크기(MSS)를 알리고, 도중에 아무도 바꾸지 않음',
  'search-domains': () =>
    '검색 도메인: 아무것도 찾지 못하는 질의는 찾는 질의와 같은 길을 가므로 따로 따라가지 않음',
  'dns-cache': () => '이름은 매번 조회함: 캐시 없음',
  'icmp-errors': () => '패킷을 줄이라고 알리는 ICMP 메시지는 보낸 쪽에 도착한다고 봄',
  'instance-chosen': ({ router, hypervisor }) =>
    `${router}이(가) 직접 만든 패킷은 ${hypervisor}의 인스턴스에서 시작함`,
  'ipsec-keys': ({ tunnel }) =>
    `IPsec 터널 ${tunnel}의 양끝이 키에 합의했다고 봄 (IKE, UDP 500과 4500)`,
};
