import { filterTextKo } from './filter-text.ts';
import { denialTextKo } from './policy-text.ts';
import type { ReasonFacts } from './reason.ts';
import { refusalsKo } from './refusals.ts';
import { say, type SayingTable } from './saying.ts';

/** In Korean. A particle that depends on the word before it stands in both forms; `withParticles` chooses. */
export const reasonsKo: SayingTable<ReasonFacts> = {
  'device-down': ({ device }) => `${device}이(가) 꺼져 있음`,
  'interface-down': ({ device, interface: item }) =>
    `${device}의 인터페이스 ${item}이(가) 꺼져 있음`,
  'not-connected': ({ device, interface: item }) =>
    `${device}의 인터페이스 ${item}이(가) 연결되어 있지 않음`,
  'segment-down': ({ segment }) => `${segment}이(가) 중단됨`,
  'no-route': ({ device, destination }) => `${device}에 ${destination}(으)로 가는 라우트가 없음`,
  withdrawn: ({ device, prefix, interface: item }) =>
    `인터페이스 ${item}이(가) 꺼져 있어 ${device}이(가) 라우트 ${prefix}을(를) 철회함`,
  discards: ({ device, prefix }) => `${device}의 라우트 ${prefix}이(가) 폐기함`,
  'does-not-forward': ({ device, destination }) =>
    `${device}은(는) 라우터가 아니고 ${destination}은(는) 자기 주소가 아님`,
  'no-neighbor': ({ address, segment }) =>
    `${segment}에서 아무도 ${address}을(를) 가지고 있지 않음`,
  'neighbor-down': ({ address, owner }) => `${address}을(를) 가진 ${owner}이(가) 꺼져 있음`,
  'no-listener': ({ device, service }) =>
    `${device}에서 ${service}을(를) 수신 대기하는 프로그램이 없음`,
  'wrong-peer': ({ device, expected, found }) =>
    `${device}은(는) ${expected}과(와) 통신 중: ${found}에서 온 응답은 어느 연결에도 속하지 않음`,
  loop: ({ device }) => `패킷이 바뀌지 않은 채 ${device}에 다시 옴`,
  ttl: ({ device }) => `${device}에서 TTL이 다함`,
  'too-many-tunnels': ({ limit }) => `터널이 ${limit}개보다 깊게 겹침`,
  mtu: ({ lengthBytes, mtuBytes, place }) =>
    `${lengthBytes}바이트는 ${place}의 MTU ${mtuBytes}바이트에 들어가지 않음`,
  'no-member': ({ balancer }) => `로드 밸런서 ${balancer}에 멤버가 없음`,
  'service-without-endpoints': ({ service }) => `서비스 ${service}에 준비된 엔드포인트가 없음`,
  'service-without-local-endpoints': ({ service, node, policy }) =>
    `서비스 ${service}의 엔드포인트가 ${node}에 없고 ${policy}TrafficPolicy가 Local임`,
  'outside-source-ranges': ({ service, source }) =>
    `${source}: 서비스 ${service}의 loadBalancerSourceRanges에 없음`,
  'ingress-without-endpoints': ({ service }) =>
    `인그레스 뒤의 서비스 ${service}에 준비된 엔드포인트가 없음`,
  'connections-in-circle': ({ limit }) => `연결이 ${limit}개 넘게 이어짐: 제자리를 돌고 있음`,
  'no-ingress-rule': ({ host, path }) =>
    `${host}${path}에 대한 인그레스 규칙이 없음: 컨트롤러가 404로 응답`,
  'not-on-hypervisor': ({ machine, vni }) =>
    `${machine}은(는) 설계의 어느 하이퍼바이저에서도 실행되지 않아 VNI ${vni}이(가) 전달되지 않음`,
  'outside-zone': ({ hypervisor, zone, vni }) =>
    `${hypervisor}은(는) 전송 구역 ${zone}에 없으므로 VNI ${vni}을(를) 전달할 수 없음`,
  'no-vtep': ({ hypervisor }) => `${hypervisor}에 동작하는 VTEP이 없음`,
  'no-common-family': ({ from, to }) => `${from}과(와) ${to}의 VTEP에 공통된 주소 체계가 없음`,
  'stretch-down': ({ stretch }) => `확장 구간 ${stretch}이(가) 중단됨`,
  'stretch-incomplete': ({ stretch }) => `확장 구간 ${stretch}의 터널 끝에 주소가 없음`,
  'tunnel-leaves': ({ destination }) => `터널의 반대쪽 끝 ${destination}이(가) 설계에 없음`,
  'unknown-vni': ({ hypervisor, vni }) => `${hypervisor}은(는) VNI ${vni}인 세그먼트를 모름`,
  'ipsec-without-peer': ({ tunnel, peer }) =>
    `IPsec 터널 ${tunnel}: ${peer}에 이 주소들을 위한 반대쪽 터널이 없음`,
  'unknown-spi': ({ device }) => `${device}에 이 패킷이 속한 IPsec 터널이 없음`,
  'not-a-tunnel-end': ({ device }) => `${device}은(는) 이 터널의 끝이 아님`,
  martian: ({ address }) =>
    `${address}은(는) 루프백 주소: 이 주소로 가는 패킷은 네트워크를 건너지 않음 (RFC 1122 §3.2.1.3)`,
  'own-source': ({ device, source }) =>
    `${device}은(는) 자신의 주소 ${source}에서 왔다는 패킷을 네트워크에서 받지 않음`,
  'not-unicast': ({ address }) =>
    `${address}은(는) 유니캐스트 주소가 아님: 멀티캐스트와 브로드캐스트는 시뮬레이션되지 않음`,
  'other-tag': ({ owner, address, tag, own }) =>
    `${owner}이(가) ${address}을(를) 가지고 있지만 802.1Q 태그가 다름: 프레임은 ${tag || '없음'}, 보내는 쪽은 ${own || '없음'}`,
  'no-proxy': ({ server, port }) =>
    `${server}은(는) 포트 ${port}에서 수신 대기하지만 HTTP 프록시가 아님`,
  'no-instance': ({ router }) =>
    `프레임이 있는 곳에 ${router}의 인스턴스가 없음: 전송 구역의 어느 하이퍼바이저도 보내지 않았음`,
  'private-on-internet': ({ address }) =>
    `${address}은(는) 사설 주소: 인터넷에는 그곳으로 가는 라우트가 없음`,
  'no-source': ({ device, destination }) =>
    `${device}에 ${destination}과(와) 같은 주소 체계의 주소가 없음`,
  'no-resolver': ({ device }) => `${device}에 DNS 서버가 지정되어 있지 않음`,
  'no-such-name': ({ name }) => `${name}(이)라는 이름이 없음`,
  'no-address-for-family': ({ name }) => `${name}에 클라이언트가 쓸 수 있는 주소가 없음`,
  'nobody-to-ask': ({ server }) => `${server} 자신이 물어보는 서버에서 응답을 받지 못함`,
  'resolver-outside': ({ server }) =>
    `${server}은(는) 인터넷에 있고 설계에 없음: 응답 내용을 알 수 없음`,
  'no-resolver-answered': ({ name }) => `${name}에 대해 응답한 DNS 서버가 없음`,
  'resolution-too-deep': ({ name }) => `서버들이 ${name} 질의를 돌려가며 전달함`,
  'too-many-questions': ({ name, limit }) =>
    `${name}에 대한 DNS 질의가 ${limit}개를 넘음: 서로 끝없이 물음`,
  'no-target-address': ({ target }) => `${target}에 주소가 없음`,
  filtered: ({ device, ...filter }) => `${device}: ${filterTextKo(filter)}`,
  'denied-by-policy': (denial) => denialTextKo(denial),
  'proxy-refused': ({ proxy, refusal }) => `${proxy}: ${say(refusalsKo, refusal)}`,
  'no-name-server': ({ server }) => `${server}은(는) DNS 서버가 아님`,
};
