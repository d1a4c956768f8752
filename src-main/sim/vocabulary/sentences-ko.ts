import { endText } from './end-text.ts';
import { filterTextKo, ruleText, tupleTextKo } from './filter-text.ts';
import { denialTextKo, policySubjectKo } from './policy-text.ts';
import { reasonsKo } from './reasons-ko.ts';
import { refusalsKo } from './refusals.ts';
import { say } from './saying.ts';
import { dispositionsKo } from './words-ko.ts';
import type { Sentences } from './sentences.ts';
import type { MasqueradeReason, RouteOrigin, ServiceVia, Tuple } from './step.ts';

const packetText = ({ protocol, source, sourcePort, destination, destinationPort }: Tuple) =>
  `${endText(source, sourcePort)} → ${endText(destination, destinationPort)} ${protocol}`;

const originText: Record<RouteOrigin, string> = {
  connected: '직접 연결',
  static: '정적 라우트',
  calico: '팟 블록의 노드로 가는 Calico 라우트',
  ipsec: 'IPsec 터널 너머',
  pod: '팟과 노드 사이',
  'link-local': '팟의 링크 로컬 게이트웨이',
};

const masqueradeText: Record<MasqueradeReason, string> = {
  'nat-outgoing': 'IP 풀이 natOutgoing이고 목적지가 어느 풀에도 없음',
  'kube-proxy': '응답이 이 길로 돌아오도록 kube-proxy가 표시함',
  'load-balancer': '로드 밸런서가 프록시로 동작함',
};

const serviceText: Record<ServiceVia, (service: string, port: number, nodePort: number) => string> =
  {
    'cluster-ip': (service, port) => `서비스 ${service} 포트 ${port}`,
    'external-ip': (service, port) => `서비스 ${service} 포트 ${port}의 외부 주소`,
    'load-balancer-ip': (service, port) => `서비스 ${service} 포트 ${port}의 로드 밸런서 주소`,
    'node-port': (service, port, nodePort) =>
      `서비스 ${service} 포트 ${port}의 노드 포트 ${nodePort}`,
  };

const oneOf = (choices: number, what: string): string =>
  choices > 1 ? ` (${what} ${choices}개 중 하나)` : '';

export const korean: Sentences = {
  'originate/send': (detail) => `${packetText(detail)} 보냄, ${detail.bytes}바이트`,

  'resolve-name/literal': ({ name, address }) =>
    name === address
      ? `${address}: 이름 조회가 필요 없음`
      : `${name}: 조회 없이 ${address}(으)로 알고 있음`,
  'resolve-name/ask': ({ name, server, record }) => `${server}에 ${name}의 ${record} 레코드를 물음`,
  'resolve-name/answer': ({ name, addresses, zone }) =>
    `${name} = ${addresses.join(', ') || '주소 없음'} 응답 (영역 ${zone})`,
  'resolve-name/forward': ({ name, server }) => `${name} 질의를 ${server}(으)로 전달`,
  'resolve-name/unknown': ({ name, because }) =>
    `${name}을(를) 확인할 수 없음: ${say(reasonsKo, because)}`,
  'resolve-name/no-answer': ({ name, server, disposition }) =>
    `${name}에 대해 ${server}의 응답 없음 (${dispositionsKo[disposition]})`,

  'route/match': ({ prefix, origin, route, via, interface: out, choices }) =>
    `라우트 ${prefix}${via === undefined ? '' : `, 다음 홉 ${via}`}, ${out} (${originText[origin]}${
      route === undefined ? '' : ` ${route}`
    })${oneOf(choices, '동일 비용 라우트')}`,
  'route/none': ({ destination }) => `${destination}(으)로 가는 라우트 없음`,
  'route/discard': ({ destination, prefix, route }) =>
    `라우트 ${prefix}${route === undefined ? '' : ` (${route})`}이(가) ${destination}행 패킷을 폐기`,
  'route/local': ({ destination }) => `${destination}은(는) 이 장치의 주소`,

  'neighbor/resolve': ({ address, mac, owner, segment, virtualIp, acrossStretch }) =>
    `${segment}에서 ${owner}이(가) ${address}에 응답${
      virtualIp === undefined ? '' : ` (가상 IP ${virtualIp})`
    }${acrossStretch === undefined ? '' : `, 확장 구간 ${acrossStretch} 너머`}: ${mac}`,
  'neighbor/none': ({ address, segment }) => `${segment}에서 아무도 ${address}에 응답하지 않음`,

  'firewall/accept': (detail) => filterTextKo({ action: 'accept', ...detail }),
  'firewall/deny': (detail) => filterTextKo({ action: 'deny', ...detail }),
  'firewall/reject': (detail) => filterTextKo({ action: 'reject', ...detail }),
  'firewall/established': (detail) => `기존 세션이므로 ${packetText(detail)} 통과`,

  'nat/dnat': ({ rule, from, to }) => `DNAT ${ruleText(rule)}: 목적지 ${from} → ${to}`,
  'nat/snat': ({ rule, from, to }) => `SNAT ${ruleText(rule)}: 출발지 ${from} → ${to}`,
  'nat/masquerade': ({ from, to, reason }) =>
    `매스커레이드: 출발지 ${from} → ${to} (${masqueradeText[reason]})`,
  'nat/restore-source': ({ from, to }) => `세션이 출발지를 되돌림: ${from} → ${to}`,
  'nat/restore-destination': ({ from, to }) => `세션이 목적지를 되돌림: ${from} → ${to}`,

  'load-balance/choose': ({ balancer, member, to, choices, mode }) =>
    `로드 밸런서 ${balancer}: 멤버 ${member} 선택, ${to}${oneOf(choices, '멤버')}, 출발지는 ${
      mode === 'proxy' ? '로드 밸런서의 주소' : '클라이언트의 주소'
    }`,
  'load-balance/no-member': ({ balancer }) => `로드 밸런서 ${balancer}에 선택할 멤버가 없음`,

  'service/choose-endpoint': ({
    service,
    port,
    via,
    nodePort,
    pod,
    to,
    choices,
    local,
    affinity,
    masquerade,
  }) =>
    `${serviceText[via](service, port, nodePort ?? 0)} → ${
      pod === undefined ? to : `팟 ${pod}, ${to}`
    }${oneOf(choices, local ? '이 노드의 엔드포인트' : '엔드포인트')}${
      affinity === undefined ? '' : `; 클라이언트 ${affinity}에 고정됨`
    }${masquerade ? '; 출발지는 매스커레이드됨' : ''}`,
  'service/no-endpoints': ({ service, port }) =>
    `서비스 ${service} 포트 ${port}에 엔드포인트가 없음`,
  'service/no-local-endpoints': ({ service, port, policy }) =>
    `이 노드에는 서비스 ${service} 포트 ${port}의 엔드포인트가 없음 (${policy}TrafficPolicy Local)`,
  'service/refuse-source': ({ service, port, source }) =>
    `서비스 ${service} 포트 ${port}: ${source}에는 허용되지 않음 (loadBalancerSourceRanges)`,

  'network-policy/accept': ({ policy, rule, profile, ...verdict }) =>
    `네트워크 정책 ${policy}의 ${rule}: ${policySubjectKo(verdict)} ${
      profile === undefined ? '허용' : `건너뜀, 프로필 ${profile}이(가) 허용`
    }`,
  'network-policy/deny': (detail) => `네트워크 정책: ${denialTextKo(detail)}`,
  'network-policy/failsafe': ({ service, ...verdict }) =>
    `${policySubjectKo(verdict)}: Calico가 ${service}을(를) 항상 열어 둠 (failsafe)`,

  'ingress-rule/match': ({ ingress, host, path, service, to, pod, endsTls, choices }) =>
    `인그레스 ${ingress}: ${endsTls ? 'TLS를 종료하고 ' : ''}${host}${path}을(를) 서비스 ${service}(으)로 보냄: ${
      pod === undefined ? to : `팟 ${pod}, ${to}`
    }${oneOf(choices, '엔드포인트')}`,
  'ingress-rule/none': ({ host, path }) =>
    `${host}${path}에 맞는 인그레스 규칙도 기본 백엔드도 없음: 컨트롤러가 404로 응답`,
  'ingress-rule/no-endpoints': ({ ingress, service }) =>
    `인그레스 ${ingress}이(가) 고른 서비스 ${service}에 엔드포인트가 없음`,

  'proxy/use': ({ proxy, host }) => `프록시 ${proxy}을(를) 거쳐 ${host}에 연결`,
  'proxy/bypass': ({ host, token }) => `${host}에 직접 연결: NO_PROXY에 ${token}이(가) 있음`,
  'proxy/connect': ({ host, port }) => `클라이언트를 대신해 ${host} 포트 ${port}에 연결`,
  'proxy/refuse': ({ host, port, because }) =>
    `${host} 포트 ${port} 거부: ${say(refusalsKo, because)}`,

  'encapsulate/vxlan': ({ vni, segment, from, to, overheadBytes }) =>
    `VXLAN ${vni} (${segment})로 캡슐화, ${from} → ${to} (+${overheadBytes}바이트)`,
  'encapsulate/ip-in-ip': ({ interface: tunnel, from, to, overheadBytes }) =>
    `${tunnel}에서 IP-in-IP로 캡슐화, ${from} → ${to} (+${overheadBytes}바이트)`,
  'encapsulate/l2-tunnel': ({ stretch, from, to, overheadBytes }) =>
    `프레임을 ${stretch} 터널에 넣음, ${from} → ${to} (+${overheadBytes}바이트)`,
  'encapsulate/ipsec': ({ tunnel, from, to, overheadBytes }) =>
    `IPsec 터널 ${tunnel}로 암호화, ${from} → ${to} (+${overheadBytes}바이트)`,
  'decapsulate/vxlan': ({ vni, segment }) => `VXLAN ${vni} (${segment})에서 프레임을 꺼냄`,
  'decapsulate/ip-in-ip': ({ interface: tunnel }) => `${tunnel}에서 IP-in-IP 패킷을 꺼냄`,
  'decapsulate/ipsec': ({ tunnel }) => `IPsec 터널 ${tunnel}에서 패킷을 복호화`,
  'decapsulate/l2-tunnel': ({ stretch, segment }) =>
    `${stretch} 터널에서 프레임을 꺼내 ${segment}(으)로 보냄`,

  'switch/local': ({ segment, to }) => `${segment}에서 같은 하이퍼바이저의 ${to}(으)로 스위칭`,
  'switch/uplink': ({ segment, to }) => `${segment}에서 업링크를 통해 ${to}(으)로 스위칭`,
  'switch/remote': ({ segment, to, through }) =>
    `${segment}에서 ${through}을(를) 거쳐 ${to}(으)로 스위칭`,

  'transmit/send': ({ interface: out, segment, lengthBytes, mtuBytes }) =>
    `${segment}의 ${out}(으)로 나감: 최대 ${mtuBytes}바이트 중 ${lengthBytes}바이트`,
  'receive/accept': ({ interface: into, segment }) => `${segment}의 ${into}(으)로 들어옴`,
  'fragment/split': ({ interface: out, lengthBytes, mtuBytes, fragments }) =>
    `${out}(으)로 나가려고 ${fragments}개로 단편화: ${lengthBytes}바이트는 ${mtuBytes}바이트보다 큼`,

  'deliver/listener': (detail) => `전달됨: ${detail.listener}이(가) ${tupleTextKo(detail)} 수신`,
  'deliver/reply': (detail) => `전달됨: 응답 ${packetText(detail)} 도착`,
  'deliver/exit': ({ destination }) => `${destination} 방향으로 그려진 네트워크를 벗어남`,
  'drop/packet': ({ disposition, because }) =>
    `폐기됨, ${dispositionsKo[disposition]}: ${say(reasonsKo, because)}`,
};
