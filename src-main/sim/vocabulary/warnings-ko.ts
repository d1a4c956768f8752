import { reasonsKo } from './reasons-ko.ts';
import { say, type SayingTable } from './saying.ts';
import type { FlowStatus } from './status.ts';
import { unmodelledKo, unmodelledText } from './unmodelled.ts';
import type { DeadToken, WarningFacts } from './warning.ts';
import { percent } from './warnings.ts';

const deadTokensKo: Readonly<Record<DeadToken, string>> = {
  'address-start': '네트워크가 아니라 주소의 앞부분임',
  'no-network': '네트워크가 아님',
  star: '이 자리의 별표는 별표 자신만 뜻함',
  port: 'curl은 포트를 비교하지 않음',
};

const statusesKo: Readonly<Record<FlowStatus, string>> = {
  reachable: '도달 가능',
  'one-way': '단방향',
  unreachable: '도달 불가',
};

export const warningsKo: SayingTable<WarningFacts> = {
  'mtu-black-hole': ({ sender, sentBytes, passesBytes, ...at }) =>
    `${sender}의 작은 패킷은 지나가지만 ${sentBytes}바이트 패킷은 ${at.device} ${at.interface} → ${at.segment}에서 사라짐: ` +
    `${at.lengthBytes}바이트는 MTU ${at.mtuBytes}바이트에 들어가지 않고 보낸 쪽은 알지 못함. ${passesBytes === undefined ? '허용된 어떤 크기도 지나가지 못함' : `지나가는 최대 크기는 ${passesBytes}바이트`}`,
  'mtu-reduced': ({ sender, sentBytes, passesBytes, ...at }) =>
    `${sender}은(는) ${sentBytes}바이트에서 ${passesBytes}바이트로 줄여야 함: ${at.device} ${at.interface} → ${at.segment}의 ` +
    `MTU는 ${at.mtuBytes}바이트이고 ${at.device}이(가) 이를 알림 (경로 MTU 탐색)`,
  fragmentation: ({ sender, sentBytes, tunnelled, wholeBytes, ...at }) =>
    `${sender}의 ${sentBytes}바이트 패킷은 ${at.device} ${at.interface} → ${at.segment}에서 단편화됨: ` +
    `${tunnelled ? '터널을 포함해' : '전체'} ${at.lengthBytes}바이트 중 ${at.mtuBytes}바이트까지 들어감. ` +
    `${wholeBytes}바이트까지는 나뉘지 않음`,
  asymmetric: ({ device, translates = false }) =>
    translates
      ? `응답이 요청을 본 적 없는 ${device}에 도착함: 핸드셰이크는 그대로 지나가고 그 뒤의 패킷은 주소가 변환되어, 연결은 열리지만 첫 데이터에서 끊어짐`
      : `응답이 요청을 본 적 없는 ${device}에 도착하여 새 연결로 판정됨`,
  tromboning: ({ from, to, stretch, extraHops }) =>
    `${from} → ${to} 트래픽이 확장 구간 ${stretch}을(를) 지나 게이트웨이까지 갔다가 돌아옴: ` +
    `근접 라우팅을 쓰면 홉 ${extraHops}개를 줄일 수 있음`,
  'paths-differ': ({ shares }) => {
    const told = shares.map(
      ({ share, status }) => `연결의 ${percent(share)} ${statusesKo[status]}`,
    );
    return `동일 비용 경로의 결과가 다름: ${told.join(', ')}`;
  },
  'paths-cut': ({ followed }) => `따라간 ${followed}개보다 경로가 더 많음`,
  'not-modelled': (part) => unmodelledText(unmodelledKo, part),
  'nested-vxlan': ({ inner, outer, port }) =>
    `${inner}이(가) ${outer} 안에서 UDP ${port}(으)로 VXLAN을 보내며, 그 바깥의 VXLAN도 같은 포트를 씀`,
  'resolver-failed': ({ server, client, reason }) =>
    `${server}이(가) ${client}에 응답하지 않음: ${say(reasonsKo, reason)}`,
  ambiguous: ({ policy, address, ownNode }) =>
    ownNode === undefined
      ? `네트워크 정책 ${policy}을(를) ${address}에 대어 봄: 변환 전과 후 중 어느 주소를 보는지 Kubernetes가 정하지 않음`
      : `네트워크 정책 ${policy}이(가) 팟 자신의 노드 ${ownNode}의 ${address}을(를) 거부: Kubernetes에서는 둘이 항상 서로 닿지만 Calico는 정책을 따름`,
  'no-proxy-token': ({ token, client, dead }) =>
    `NO_PROXY의 ${token}은(는) ${client}에서 결코 일치하지 않음: ${deadTokensKo[dead]}`,
};
