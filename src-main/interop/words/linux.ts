import type { NoFacts } from '../../sim/vocabulary/saying.ts';
import type { Sayings } from '../../sim/vocabulary/told.ts';

/** What of a design is not in its plan for Linux, or works otherwise there. */
export interface LinuxFacts {
  'stretch-not-joined': NoFacts;
  'internet-silent': NoFacts;
  'frames-untagged': { readonly vlan: number };
  'no-way-to-next-hop': NoFacts;
  'first-vtep-alone': NoFacts;
  'plain-machine': NoFacts;
  'filters-behind-dnat': NoFacts;
  'ranges-as-prefixes': NoFacts;
  'no-layer-7': NoFacts;
  'not-set-up': { readonly part: LinuxPart };
  'no-vrrp': NoFacts;
  'resolvers-not-set': NoFacts;
  'no-program': {
    readonly listeners: readonly { readonly protocol: string; readonly port: number }[];
  };
  'nodes-are-plain': NoFacts;
  'questions-left-out': NoFacts;
  /** clabernetes joins pods of the cluster that the lab runs in. */
  'pods-have-a-network': NoFacts;
}
export type LinuxPart = 'dnsServer' | 'httpProxy' | 'artifactMirror' | 'ipsec' | 'kubernetes';

const parts: Readonly<Record<LinuxPart, string>> = {
  dnsServer: 'The DNS server',
  httpProxy: 'The HTTP proxy',
  artifactMirror: 'The mirror',
  ipsec: 'IPsec',
  kubernetes: 'Kubernetes',
};
const partsKo: Readonly<Record<LinuxPart, string>> = {
  dnsServer: 'DNS 서버',
  httpProxy: 'HTTP 프록시',
  artifactMirror: '미러',
  ipsec: 'IPsec',
  kubernetes: '쿠버네티스',
};

const listenersText = ({ listeners }: LinuxFacts['no-program']) =>
  listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ');

export const linux: Sayings<LinuxFacts> = {
  en: {
    'stretch-not-joined': () =>
      'Its segments are not joined: Linux has no counterpart of the tunnel',
    'internet-silent': () =>
      'Addresses of the internet that no machine of the design has do not answer',
    'frames-untagged': ({ vlan }) => `Frames carry no tag of VLAN ${vlan}`,
    'no-way-to-next-hop': () =>
      'No interface that is up leads to the next hop, so there is no route',
    'first-vtep-alone': () => 'Tunnels end at the address of the first VTEP alone',
    'plain-machine': () => 'A plain machine: it stretches no segment',
    'filters-behind-dnat': () => 'Linux filters behind DNAT, not before it as in stage order nsx-v',
    'ranges-as-prefixes': () => 'Ranges of this size are translated only as prefixes',
    'no-layer-7': () => 'A balancer of layer 7 is a program, which is not set up',
    'not-set-up': ({ part }) => `${parts[part]} is not set up`,
    'no-vrrp': () =>
      'The address stays with the machine that answers for it now: no VRRP is set up',
    'resolvers-not-set': () => 'Resolvers and search domains are not set',
    'no-program': (facts) => `No program is started: ${listenersText(facts)}`,
    'nodes-are-plain': () => 'Its nodes are plain machines: Kubernetes is not set up',
    'questions-left-out': () => 'Questions about the network are not part of it',
    'pods-have-a-network': () =>
      "A pod has a network of its own, which the design has not: its eth0 is taken down first, and the machines' firewalls pass c9s0, by which wires reach other pods",
  },
  ko: {
    'stretch-not-joined': () => 'Linux에는 이 터널에 해당하는 것이 없어 세그먼트가 이어지지 않음',
    'internet-silent': () => '설계의 어느 호스트에도 없는 인터넷 주소는 응답하지 않음',
    'frames-untagged': ({ vlan }) => `프레임에 VLAN ${vlan} 태그가 붙지 않음`,
    'no-way-to-next-hop': () =>
      '다음 홉으로 이어지는 활성 인터페이스가 없어 라우트가 만들어지지 않음',
    'first-vtep-alone': () => '터널은 첫 번째 VTEP의 주소에서만 끝남',
    'plain-machine': () => '세그먼트를 확장하지 않는 일반 호스트로 만들어짐',
    'filters-behind-dnat': () => 'Linux는 단계 순서 nsx-v와 달리 DNAT 앞이 아니라 뒤에서 필터링함',
    'ranges-as-prefixes': () => '이 크기의 범위는 프리픽스일 때만 변환됨',
    'no-layer-7': () => '7계층 로드 밸런서는 프로그램이므로 설정되지 않음',
    'not-set-up': ({ part }) => `${partsKo[part]}은(는) 설정되지 않음`,
    'no-vrrp': () => 'VRRP를 설정하지 않으므로 주소는 지금 응답하는 호스트에 머무름',
    'resolvers-not-set': () => 'DNS 서버와 검색 도메인은 설정되지 않음',
    'no-program': (facts) => `프로그램은 시작되지 않음: ${listenersText(facts)}`,
    'nodes-are-plain': () => '노드는 일반 호스트로 만들어지고 쿠버네티스는 설정되지 않음',
    'questions-left-out': () => '네트워크에 대한 질문은 포함되지 않음',
    'pods-have-a-network': () =>
      '팟에는 설계에 없는 자체 네트워크가 있으므로 먼저 eth0을 내리고, 다른 팟과 이어지는 c9s0은 각 호스트의 방화벽이 통과시킴',
  },
};
