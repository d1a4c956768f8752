import { assumptions, reasons } from './reasons.ts';
import type { Language } from './sentences.ts';
import { withParticles } from './words-ko.ts';

/**
 * Reasons, assumptions and warnings are kept as English sentences: answers are the same in every language. To tell them
 * in Korean, the sentence is recognised by the template that it was made of, and its names and numbers are put into the
 * Korean one. What is not recognised stays English.
 */

/** Names and numbers stand as `{0}`, `{1}` in the order of the English sentence's arguments. */
const reasonsKo: Record<keyof typeof reasons, string> = {
  deviceDown: '{0}이(가) 꺼져 있음',
  interfaceDown: '{0}의 인터페이스 {1}이(가) 꺼져 있음',
  notConnected: '{0}의 인터페이스 {1}이(가) 연결되어 있지 않음',
  segmentDown: '{0}이(가) 중단됨',
  noRoute: '{0}에 {1}(으)로 가는 라우트가 없음',
  withdrawn: '인터페이스 {2}이(가) 꺼져 있어 {0}이(가) 라우트 {1}을(를) 철회함',
  discards: '{0}의 라우트 {1}이(가) 폐기함',
  doesNotForward: '{0}은(는) 라우터가 아니고 {1}은(는) 자기 주소가 아님',
  noNeighbor: '{1}에서 아무도 {0}을(를) 가지고 있지 않음',
  neighborDown: '{0}을(를) 가진 {1}이(가) 꺼져 있음',
  filtered: '{0}의 방화벽이 막음',
  noListener: '{0}에서 {1}을(를) 수신 대기하는 프로그램이 없음',
  wrongPeer: '{0}은(는) {1}과(와) 통신 중: {2}에서 온 응답은 어느 연결에도 속하지 않음',
  loop: '패킷이 바뀌지 않은 채 {0}에 다시 옴',
  ttl: '{0}에서 TTL이 다함',
  tooManyTunnels: '터널이 {0}개보다 깊게 겹침',
  mtu: '{0}바이트는 {2}의 MTU {1}바이트에 들어가지 않음',
  noMember: '로드 밸런서 {0}에 멤버가 없음',
  serviceWithoutEndpoints: '서비스 {0}에 준비된 엔드포인트가 없음',
  ingressWithoutEndpoints: '인그레스 뒤의 서비스 {0}에 준비된 엔드포인트가 없음',
  connectionsInCircle: '연결이 {0}개 넘게 이어짐: 제자리를 돌고 있음',
  noIngressRule: '{0}{1}에 대한 인그레스 규칙이 없음: 컨트롤러가 404로 응답',
  notOnHypervisor:
    '{0}은(는) 설계의 어느 하이퍼바이저에서도 실행되지 않아 VNI {1}이(가) 전달되지 않음',
  outsideZone: '{0}은(는) 전송 구역 {1}에 없으므로 VNI {2}을(를) 전달할 수 없음',
  noVtep: '{0}에 동작하는 VTEP이 없음',
  noCommonFamily: '{0}과(와) {1}의 VTEP에 공통된 주소 체계가 없음',
  stretchDown: '확장 구간 {0}이(가) 중단됨',
  stretchIncomplete: '확장 구간 {0}의 터널 끝에 주소가 없음',
  tunnelLeaves: '터널의 반대쪽 끝 {0}이(가) 설계에 없음',
  unknownVni: '{0}은(는) VNI {1}인 세그먼트를 모름',
  notATunnelEnd: '{0}은(는) 이 터널의 끝이 아님',
  noDesignatedInstance:
    '{1}의 {0} 인터페이스: 물리 머신은 지정 인스턴스로 분산 라우터에 닿으며, 이는 시뮬레이션되지 않음',
  martian:
    '{0}은(는) 루프백 주소: 이 주소로 가는 패킷은 네트워크를 건너지 않음 (RFC 1122 §3.2.1.3)',
  notUnicast: '{0}은(는) 유니캐스트 주소가 아님: 멀티캐스트와 브로드캐스트는 시뮬레이션되지 않음',
  otherTag: '{0}이(가) {1}을(를) 가지고 있지만 보내는 쪽과 802.1Q 태그가 다름',
  moreStretches: '{0}에 확장 구간이 여럿 연결됨: 첫 번째만 따라감',
  instanceChosen: '{0}이(가) 직접 만든 패킷은 {1}의 인스턴스에서 시작함',
  noProxy: '{0}은(는) 포트 {1}에서 수신 대기하지만 HTTP 프록시가 아님',
  noInstance:
    '프레임이 있는 곳에 {0}의 인스턴스가 없음: 전송 구역의 어느 하이퍼바이저도 보내지 않았음',
  privateOnInternet: '{0}은(는) 사설 주소: 인터넷에는 그곳으로 가는 라우트가 없음',
  noSource: '{0}에 {1}과(와) 같은 주소 체계의 주소가 없음',
  noResolver: '{0}에 DNS 서버가 지정되어 있지 않음',
  noSuchName: '{0}(이)라는 이름이 없음',
  noAddressForFamily: '{0}에 클라이언트가 쓸 수 있는 주소가 없음',
  nobodyToAsk: '{0} 자신이 물어보는 서버에서 응답을 받지 못함',
  resolverOutside: '{0}은(는) 인터넷에 있고 설계에 없음: 응답 내용을 알 수 없음',
  noResolverAnswered: '{0}에 대해 응답한 DNS 서버가 없음',
  resolutionTooDeep: '서버들이 {0} 질의를 돌려가며 전달함',
  tooManyQuestions: '{0}에 대한 DNS 질의가 {1}개를 넘음: 서로 끝없이 물음',
  noTargetAddress: '{0}에 주소가 없음',
};

const assumptionsKo: Record<keyof typeof assumptions, string> = {
  internet: '인터넷 라우팅 가정: 인터넷 세그먼트로 나간 패킷은 목적지에 도착함',
  internetReply: '인터넷 라우팅 가정: 응답은 요청이 나간 곳으로 돌아옴',
  mss: 'TCP 세그먼트 크기: 각 끝은 자기 인터페이스가 받는 크기(MSS)를 알리고, 도중에 아무도 바꾸지 않음',
  searchDomains:
    '검색 도메인: 아무것도 찾지 못하는 질의는 찾는 질의와 같은 길을 가므로 따로 따라가지 않음',
  dnsCache: '이름은 매번 조회함: 캐시 없음',
  icmpErrors: '패킷을 줄이라고 알리는 ICMP 메시지는 보낸 쪽에 도착한다고 봄',
};

interface Template {
  readonly pattern: RegExp;
  /** Which argument each group of the pattern holds. */
  readonly order: readonly number[];
  readonly korean: string;
}

const mark = (index: number) => `⟦${index}⟧`;
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function template(english: (...marks: string[]) => string, korean: string): Template {
  const marks = Array.from({ length: english.length }, (_, index) => mark(index));
  const order: number[] = [];
  const source = english(...marks)
    .split(/⟦(\d+)⟧/)
    .map((part, at) => {
      if (at % 2 === 0) return escaped(part);
      order.push(Number(part));
      return '(.+?)';
    })
    .join('');
  return { pattern: new RegExp(`^${source}$`, 's'), order, korean };
}

const reasonTemplates: readonly Template[] = [
  ...(Object.keys(reasonsKo) as (keyof typeof reasons)[])
    // Others could be mistaken for it: "web-1: …".
    .filter((key) => key !== 'filtered' && key !== 'otherTag')
    // A template asks for names and numbers alike; marks stand for both.
    .map((key) => template(reasons[key] as (...marks: string[]) => string, reasonsKo[key])),
  {
    pattern: /^(.+?) owns (.+?), but its frames carry .+$/s,
    order: [0, 1],
    korean: reasonsKo.otherTag,
  },
  { pattern: /^(\S+): (?:Rule|The default rule) .+$/s, order: [0], korean: reasonsKo.filtered },
  {
    pattern: /^(?:\S+: )?(\S+) is not among its clients$/,
    order: [0],
    korean: '{0}은(는) 프록시의 클라이언트가 아님',
  },
  {
    pattern: /^(?:\S+: )?(\S+) is not among the hosts it goes to$/,
    order: [0],
    korean: '{0}은(는) 프록시가 연결하는 호스트가 아님',
  },
  {
    pattern: /^(?:\S+: )?port (\d+) is not open to CONNECT \((.*)\)$/,
    order: [0, 1],
    korean: '포트 {0}은(는) CONNECT에 열려 있지 않음 ({1})',
  },
];

function told(text: string, templates: readonly Template[]): string | undefined {
  for (const { pattern, order, korean } of templates) {
    const found = pattern.exec(text);
    if (!found) continue;
    const values = new Map(order.map((argument, group) => [argument, found[group + 1] ?? '']));
    return withParticles(
      korean.replace(/\{(\d+)\}/g, (_, index) => values.get(Number(index)) ?? ''),
    );
  }
  return undefined;
}

export const tellReason = (text: string): string => told(text, reasonTemplates) ?? text;

const toldAssumptions: ReadonlyMap<string, string> = new Map(
  (Object.keys(assumptions) as (keyof typeof assumptions)[]).map((key) => [
    assumptions[key],
    assumptionsKo[key],
  ]),
);

/** In the order in which they are tried; `{0}` and so on are the groups. */
const warningsKo: readonly (readonly [pattern: RegExp, korean: string])[] = [
  [
    /^small packets of (.+?) pass, those of (\d+) bytes vanish at (.+?): (\d+) bytes do not fit its MTU of (\d+) bytes, and the sender is not told; the largest that passes has (\d+) bytes$/,
    '{0}의 작은 패킷은 지나가지만 {1}바이트 패킷은 {2}에서 사라짐: {3}바이트는 MTU {4}바이트에 들어가지 않고 보낸 쪽은 알지 못함. 지나가는 최대 크기는 {5}바이트',
  ],
  [
    /^small packets of (.+?) pass, those of (\d+) bytes vanish at (.+?): (\d+) bytes do not fit its MTU of (\d+) bytes, and the sender is not told; no size that is allowed passes$/,
    '{0}의 작은 패킷은 지나가지만 {1}바이트 패킷은 {2}에서 사라짐: {3}바이트는 MTU {4}바이트에 들어가지 않고 보낸 쪽은 알지 못함. 허용된 어떤 크기도 지나가지 못함',
  ],
  [
    /^(.+?) has to go down from (\d+) to (\d+) bytes: (.+?) carries (\d+) bytes, and (.+?) says so \(path MTU discovery\)$/,
    '{0}은(는) {1}바이트에서 {2}바이트로 줄여야 함: {3}의 MTU는 {4}바이트이고 {5}이(가) 이를 알림 (경로 MTU 탐색)',
  ],
  [
    /^packets of (.+?) of (\d+) bytes are cut into fragments at (.+?): (\d+) bytes (?:with the tunnel around them|in all), (\d+) fit; up to (\d+) bytes stay whole$/,
    '{0}의 {1}바이트 패킷은 {2}에서 단편화됨: 전체 {3}바이트 중 {4}바이트까지 들어감. {5}바이트까지는 나뉘지 않음',
  ],
  [
    /^the reply comes to (.+?), which has not seen the request, and is judged as a new connection$/,
    '응답이 요청을 본 적 없는 {0}에 도착하여 새 연결로 판정됨',
  ],
  [
    /^(.+?) → (.+?) goes through stretch (.+?) to its gateway and comes back: (\d+) extra hops, which proximity routing would save$/,
    '{0} → {1} 트래픽이 확장 구간 {2}을(를) 지나 게이트웨이까지 갔다가 돌아옴: 근접 라우팅을 쓰면 홉 {3}개를 줄일 수 있음',
  ],
  [/^there are more than the (\d+) ways that were followed$/, '따라간 {0}개보다 경로가 더 많음'],
  [
    /^kube-proxy mode (\S+) of (\S+) is simulated as iptables$/,
    '{1}의 kube-proxy 모드 {0}은(는) iptables로 시뮬레이션됨',
  ],
  [
    /^Calico's VXLAN in (\S+) is not simulated: its pools are routed without a tunnel$/,
    '{0}의 Calico VXLAN은 시뮬레이션되지 않음: 풀은 터널 없이 라우팅됨',
  ],
  [/^the network policies of (\S+) are not evaluated$/, '{0}의 네트워크 정책은 평가되지 않음'],
  [
    /^external and load-balancer addresses of service (\S+) are not simulated$/,
    '서비스 {0}의 외부 주소와 로드 밸런서 주소는 시뮬레이션되지 않음',
  ],
  [
    /^node port (\d+) of service (\S+): node ports are not simulated$/,
    '서비스 {1}의 노드 포트 {0}: 노드 포트는 시뮬레이션되지 않음',
  ],
  [
    /^internalTrafficPolicy Local of service (\S+) is not simulated: any endpoint may be chosen$/,
    '서비스 {0}의 internalTrafficPolicy Local은 시뮬레이션되지 않음: 어느 엔드포인트든 선택될 수 있음',
  ],
];

const statusesKo = {
  reachable: '도달 가능',
  'one-way': '단방향',
  unreachable: '도달 불가',
} as const;

const warningTemplates: readonly Template[] = warningsKo.map(([pattern, korean]) => ({
  pattern,
  order: [0, 1, 2, 3, 4, 5],
  korean,
}));

function tellWarning(text: string): string {
  const unanswered = /^(\S+) does not answer (\S+): (.+)$/s.exec(text);
  if (unanswered) {
    const [, server = '', client = '', reason = ''] = unanswered;
    return `${server}이(가) ${client}에 응답하지 않음: ${tellReason(reason)}`;
  }
  const differ = /^equal ways end differently: (.+)$/.exec(text);
  if (differ) {
    const shares = (differ[1] ?? '').replace(
      /([\d.]+ %) of the connections are (reachable|one-way|unreachable)/g,
      (_, share: string, status: keyof typeof statusesKo) =>
        `연결의 ${share} ${statusesKo[status]}`,
    );
    return `동일 비용 경로의 결과가 다름: ${shares}`;
  }
  const token = /^NO_PROXY holds (.+), which never matches for (\S+): (.+)$/.exec(text);
  if (token) return `NO_PROXY의 ${token[1] ?? ''}은(는) ${token[2] ?? ''}에서 결코 일치하지 않음`;
  return told(text, warningTemplates) ?? tellReason(text);
}

/** A reason in the reader's language. */
export const reasonText = (text: string, language: Language): string =>
  language === 'en' ? text : tellReason(text);

/** What a result takes for granted, in the reader's language. */
export const assumptionText = (text: string, language: Language): string =>
  language === 'en' ? text : (toldAssumptions.get(text) ?? tellReason(text));

/** A warning's text in the reader's language. */
export const warningText = (text: string, language: Language): string =>
  language === 'en' ? text : tellWarning(text);
