import type { SayingTable } from '../../sim/vocabulary/saying.ts';
import type { OpensFacts, RemedyFacts } from '../vocabulary.ts';
import { service, type Traffic } from './traffic.ts';

const traffic = (one: Traffic) => `${one.source} → ${one.destination} ${service(one)}`;

export const remediesKo: SayingTable<RemedyFacts> = {
  'rule-add': ({ node, before, ...one }) =>
    `${node}에 규칙 추가: ${traffic(one)} 허용${
      before === undefined ? ' (목록 끝)' : ` (규칙 ${before} 앞)`
    }`,
  'rule-enable': ({ node, rule }) => `${node}의 규칙 ${rule} 사용`,
  'nat-enable': ({ node, nat }) => `${node}의 NAT ${nat} 사용`,
  'snat-add': ({ node, interface: item, original, translated }) =>
    `${node}의 인터페이스 ${item}에 SNAT 추가: ${original} → ${translated}`,
  'dnat-add': ({ node, original, protocol, port, translated }) =>
    `${node}에 DNAT 추가: ${original} ${protocol} ${port} → ${translated}`,
  'dnat-change': ({ node, nat, from, to }) => `${node}의 NAT ${nat} 대상 변경: ${from} → ${to}`,
  'dnat-port-add': ({ node, nat, port }) => `${node}의 NAT ${nat}에 포트 ${port} 추가`,
  'route-add': ({ node, destination, via }) =>
    `${node}에 정적 라우트 추가: ${destination}, 다음 홉 ${via}`,
  'route-change': ({ node, destination, from, via }) =>
    `${node}의 ${destination} 라우트 변경: 다음 홉 ${from === '' ? '' : `${from} → `}${via}`,
  'route-remove': ({ node, destination }) => `${node}에서 ${destination} 폐기 라우트 삭제`,
  'node-up': ({ node }) => `${node} 가동`,
  'interface-up': ({ node, interface: item }) => `${node}의 인터페이스 ${item} 사용`,
  'link-up': ({ link }) => `링크 ${link} 사용`,
  'stretch-up': ({ stretch }) => `확장된 네트워크 ${stretch} 사용`,
  'interface-connect': ({ node, interface: item, segment }) =>
    `${node}의 인터페이스 ${item}: ${segment}에 연결`,
  'address-add': ({ node, interface: item, address }) =>
    `${node}의 인터페이스 ${item}에 주소 ${address} 추가`,
  'forwarding-on': ({ node }) => `${node}의 패킷 전달 사용`,
  'listener-add': ({ node, protocol, port }) => `${node}에서 ${protocol} ${port} 수신 대기`,
  'record-add': ({ node, name, address }) => `${node}에 DNS 레코드 추가: ${name} = ${address}`,
  'record-change': ({ node, name, from, to }) =>
    `${node}의 DNS 레코드 변경: ${name} = ${to} (이전 ${from})`,
  'resolver-set': ({ node, resolver }) => `${node}의 이름 서버: ${resolver}`,
  'forwarder-add': ({ node, forwarder }) => `이름 서버 ${node}의 전달 대상에 ${forwarder} 추가`,
  'zone-add': ({ hypervisor, zone }) => `전송 구역 ${zone}에 ${hypervisor} 추가`,
  'vtep-add': ({ hypervisor, interface: item }) =>
    `${hypervisor}의 인터페이스 ${item}: VTEP로 사용`,
  'tunnel-enable': ({ node, tunnel }) => `${node}의 IPsec 터널 ${tunnel} 사용`,
  'tunnel-add': ({ node, tunnel, peer }) => `${node}에 IPsec 터널 ${tunnel} 구성 (상대 ${peer})`,
  'member-enable': ({ node, balancer, member }) =>
    `${node}의 로드 밸런서 ${balancer} 구성원 ${member} 사용`,
  'member-add': ({ node, balancer, address }) =>
    `${node}의 로드 밸런서 ${balancer}에 ${address} 추가`,
  'pod-ready': ({ pod }) => `팟 ${pod} 준비 상태로 전환`,
  'selector-set': ({ service: id, workload }) => `서비스 ${id}의 선택기: ${workload}의 팟`,
  'endpoint-port-set': ({ service: id, port, target }) =>
    `서비스 ${id} 포트 ${port}의 대상 포트: ${target}`,
  'traffic-policy-cluster': ({ service: id, policy }) =>
    `서비스 ${id}의 ${policy === 'internal' ? '내부' : '외부'} 트래픽 정책: Cluster`,
  'source-range-add': ({ service: id, range }) =>
    `서비스 ${id}의 로드 밸런서 소스 범위에 ${range} 추가`,
  'ingress-rule-add': ({ ingress, host, path, service: id }) =>
    `인그레스 ${ingress}에 규칙 추가: ${host}${path} → ${id}`,
  'policy-add': ({ policy, direction, ...one }) =>
    `네트워크 정책 ${policy} 추가: ${direction === 'ingress' ? '인바운드' : '아웃바운드'} ${traffic(one)}`,
  'calico-rule-add': ({ policy, direction, ...one }) =>
    `Calico 정책 ${policy} 맨 앞에 ${direction === 'ingress' ? '인바운드' : '아웃바운드'} 허용 규칙 추가: ${traffic(one)}`,
  'proxy-source-add': ({ node, source }) => `프록시 ${node}의 클라이언트에 ${source} 추가`,
  'proxy-destination-add': ({ node, host }) => `프록시 ${node}의 허용 대상에 ${host} 추가`,
  'proxy-port-add': ({ node, port }) => `프록시 ${node}의 CONNECT 포트에 ${port} 추가`,
  'proxy-set': ({ host, port }) => `클라이언트의 프록시: ${host}:${port}`,
  'no-proxy-add': ({ token }) => `NO_PROXY에 ${token} 추가`,
  'no-proxy-remove': ({ token }) => `NO_PROXY에서 ${token} 삭제`,
  'segment-mtu': ({ segment, from, to }) => `${segment}의 MTU: ${from} → ${to}바이트`,
  'interface-mtu': ({ node, interface: item, from, to }) =>
    `${node}의 인터페이스 ${item} MTU: ${from} → ${to}바이트`,
  'link-mtu': ({ link, from, to }) => `링크 ${link}의 MTU: ${from} → ${to}바이트`,
  'pod-mtu': ({ cluster, to }) => `${cluster}의 Calico MTU: ${to}바이트로 축소`,
};

export const opensKo: SayingTable<OpensFacts> = {
  'every-port': ({ source, destination }) =>
    `${source} → ${destination}의 모든 포트: 응답의 포트는 클라이언트마다 다름`,
  rule: ({ node, rule, match }) => `${node}의 규칙 ${rule}에 해당하는 모든 패킷: ${match}`,
  prefix: ({ node, destination }) => `${node}에서 ${destination}(으)로 가는 모든 패킷`,
  translation: ({ node, address }) =>
    `이 송신자만이 아니라 ${node}의 방화벽을 지나 ${address}에 도달하는 모두`,
  published: ({ node, address }) => `${node}이(가) 모두에게 ${address}(으)로 응답`,
  name: ({ name }) => `${name}을(를) 조회하는 모두`,
  service: ({ service: id }) => `서비스 ${id}의 모든 클라이언트`,
  node: ({ node }) => `${node}에 도달할 수 있는 모두`,
};
