import type { Detail, FindingCode } from './catalogue.ts';
import type { Names } from './names.ts';
import {
  askerText,
  carrierText,
  gatewayKinds,
  holderText,
  innerText,
  listed,
  networkText,
  noWayText,
  openerText,
  ownerText,
  rangeUseText,
  thing,
  unmatchedText,
  userText,
} from './finding-parts-ko.ts';

/** What is wrong, and why it matters, for every code that the checks know. */
type Findings = {
  readonly [Code in FindingCode]: {
    readonly text: (facts: Detail<Code>, name: Names) => string;
    readonly why: string;
  };
};

const role = { pod: '팟', service: '서비스' } as const;
const ruleName = ({ rule, number }: { readonly rule: string; readonly number: number }) =>
  `규칙 ${number} ${rule}`;

const noEffect =
  '첫 번째로 일치하는 규칙이 적용되므로 이 규칙은 효과가 없습니다. 믿고 있다면 착각입니다.';
const hangs =
  '작은 패킷은 지나가고 최대 크기 패킷은 터널에서 사라집니다. 연결은 열리지만 곧 멈춥니다.';

export const findingsKo: Findings = {
  'duplicate-address': {
    text: ({ address, owners, network }, name) =>
      `${network === undefined ? '서로 라우팅되는 네트워크들' : networkText(network, name)}에서 ${address}이(가) ${listed(owners.map((owner) => ownerText(owner, name)))}에 있습니다. 주소의 소유자는 하나여야 합니다`,
    why: 'ARP나 이웃 탐색에 먼저 응답하는 쪽이 패킷을 받으며, 이는 순간마다 바뀝니다.',
  },
  'duplicate-mac': {
    text: ({ mac, owners, network }, name) =>
      `${networkText(network, name)}에서 ${mac}이(가) ${listed(owners.map((owner) => ownerText(owner, name)))}의 MAC 주소입니다`,
    why: '스위치는 MAC 주소 하나에 포트 하나를 기억하므로 프레임은 한쪽으로만 갑니다.',
  },
  'address-outside-subnet': {
    text: ({ address, node, interface: item, segment, subnets }, name) =>
      `${name('node', node)} ${item}의 ${address}이(가) ${thing('segment', segment, name)}의 어느 서브넷에도 없습니다 (${listed(subnets)})`,
    why: '이웃은 이 주소를 원격 주소로 보고 게이트웨이로 보냅니다.',
  },
  'prefix-length-mismatch': {
    text: ({ address, node, interface: item, segment, subnet }, name) =>
      `${name('node', node)} ${item}의 ${address}은(는) ${thing('segment', segment, name)}의 서브넷 ${subnet}과(와) 프리픽스 길이가 다릅니다`,
    why: '누가 세그먼트에 있는지 서로 다르게 압니다. 한쪽은 ARP로 묻고 다른 쪽은 게이트웨이로 보냅니다.',
  },
  'address-is-network': {
    text: ({ address, subnet, holder }, name) =>
      `${holderText(holder, name)} ${address}은(는) 서브넷 ${subnet}의 네트워크 주소이므로 호스트가 쓸 수 없습니다`,
    why: '서브넷 자신을 뜻하는 주소입니다. 많은 시스템이 쓰기를 거부하고, 일부는 이 주소로 온 패킷을 브로드캐스트로 봅니다.',
  },
  'address-is-broadcast': {
    text: ({ address, subnet, holder }, name) =>
      `${holderText(holder, name)} ${address}은(는) 서브넷 ${subnet}의 브로드캐스트 주소이므로 호스트가 쓸 수 없습니다`,
    why: '이 주소로 보낸 것은 서브넷의 모든 호스트에 가므로 아무도 이 호스트와만 통신할 수 없습니다.',
  },
  'address-is-router-anycast': {
    text: ({ address, subnet, holder }, name) =>
      `${holderText(holder, name)} ${address}은(는) 서브넷 ${subnet} 라우터들의 애니캐스트 주소입니다`,
    why: '서브넷의 첫 주소에는 모든 라우터가 응답하므로(RFC 4291 §2.6.1) 이 호스트로 가는 패킷이 라우터로 갈 수 있습니다.',
  },
  'overlapping-subnets': {
    text: ({ subnet, network, other, otherNetwork }, name) =>
      `${networkText(network, name)}의 ${subnet}이(가) 다른 네트워크 ${networkText(otherNetwork, name)}의 ${other}과(와) 겹칩니다`,
    why: '라우터는 주소를 한 네트워크로만 보낼 수 있으므로 다른 쪽 호스트에는 닿을 수 없습니다.',
  },
  'gateway-outside-subnet': {
    text: ({ gateway, subnet, segment }, name) =>
      `게이트웨이 ${gateway}이(가) ${thing('segment', segment, name)}의 서브넷 ${subnet}에 없습니다`,
    why: '호스트는 자기 서브넷으로 게이트웨이에 닿으므로 이 게이트웨이에는 닿을 수 없습니다.',
  },
  'gateway-unowned': {
    text: ({ gateway, subnet, network }, name) =>
      `${subnet}의 게이트웨이 ${gateway}을(를) ${networkText(network, name)}에서 아무도 가지고 있지 않습니다`,
    why: '게이트웨이에 응답하는 곳이 없어 서브넷 밖으로 패킷이 나가지 못합니다.',
  },
  'gateway-one-sided': {
    text: ({ node, kind, networks }, name) =>
      networks.length === 0
        ? `${gatewayKinds[kind]} ${name('node', node)}이(가) 어느 네트워크에도 연결되어 있지 않습니다`
        : `${gatewayKinds[kind]} ${name('node', node)}이(가) ${listed(networks.map((network) => networkText(network, name)))}에만 연결되어 라우팅할 곳이 없습니다`,
    why: '한쪽만 있는 게이트웨이는 아무 데로도 이어지지 않습니다. 링크나 인터페이스가 빠졌을 것입니다.',
  },
  'next-hop-own-address': {
    text: ({ node, destination, via }, name) =>
      `${name('node', node)}의 ${destination} 라우트의 다음 홉 ${via}이(가) 자기 주소입니다`,
    why: '라우트가 노드 자신으로 돌아오므로 패킷은 어디에도 가지 못합니다.',
  },
  'next-hop-off-subnet': {
    text: ({ node, destination, via, interface: item }, name) =>
      item === undefined
        ? `${name('node', node)}의 ${destination} 라우트의 다음 홉 ${via}이(가) 노드가 연결된 어느 서브넷에도 없습니다`
        : `${name('node', node)}의 ${destination} 라우트의 다음 홉 ${via}이(가) 인터페이스 ${item}의 어느 서브넷에도 없고, 그곳에 소유자도 없습니다`,
    why: '다음 홉은 연결된 네트워크에서 ARP로 찾습니다. 다음 홉이 다른 곳에 있는 라우트는 쓰이지 않습니다.',
  },
  'next-hop-unowned': {
    text: ({ node, destination, via, network, interface: item }, name) =>
      `${name('node', node)}의 ${destination} 라우트의 다음 홉 ${via}을(를) ${network === undefined ? `연결되지 않은 인터페이스 ${item}` : networkText(network, name)}에서 아무도 가지고 있지 않습니다`,
    why: '다음 홉에 응답하는 곳이 없어 이 라우트를 타는 패킷은 모두 사라집니다.',
  },
  'virtual-ip-outside-subnet': {
    text: ({ address, node, interface: item, subnets }, name) =>
      subnets.length === 0
        ? `${name('node', node)}의 가상 주소 ${address}이(가) 서브넷 없는 ${item}에 있습니다`
        : `${name('node', node)}의 가상 주소 ${address}이(가) ${item}의 어느 서브넷에도 없습니다 (${listed(subnets)})`,
    why: '이웃은 서브넷 밖의 주소를 ARP로 묻지 않으므로 아무도 가상 주소를 찾지 못합니다.',
  },
  'resolver-unreachable': {
    text: ({ who, resolver, reason }, name) =>
      `${askerText(who, name)}이(가) ${resolver}에 이름을 묻지만 닿을 수 없습니다: ${noWayText(reason, name)}`,
    why: '조회할 때마다 응답할 수 없는 서버를 먼저 기다립니다. 다른 서버가 없으면 이름이 확인되지 않습니다.',
  },
  'snat-address-not-on-edge': {
    text: ({ node, rule, number, address, interface: item }, name) =>
      `${name('node', node)}의 NAT ${number} ${rule}이(가) 출발지를 ${address}(으)로 바꾸지만 ${item === undefined ? '노드' : `인터페이스 ${item}`}에 그 주소가 없습니다`,
    why: '그 주소의 ARP에 아무도 응답하지 않으므로 응답이 돌아오지 않습니다.',
  },
  'dnat-address-not-on-edge': {
    text: ({ node, rule, number, address, interface: item }, name) =>
      `${name('node', node)}의 NAT ${number} ${rule}이(가) ${address}행 패킷을 기다리지만 ${item === undefined ? '노드' : `인터페이스 ${item}`}에 그 주소가 없습니다`,
    why: '그 주소의 ARP에 아무도 응답하지 않으므로 패킷이 규칙에 닿지 않습니다.',
  },
  'balancer-address-not-on-node': {
    text: ({ node, balancer, address }, name) =>
      `로드 밸런서 ${balancer}이(가) ${address}에서 기다리지만 ${name('node', node)}에 그 주소가 없습니다`,
    why: '그 주소의 ARP에 아무도 응답하지 않으므로 연결이 로드 밸런서에 닿지 않습니다.',
  },
  'dnat-to-cluster-ip': {
    text: ({ node, rule, number, address, cluster }, name) =>
      `${name('node', node)}의 NAT ${number} ${rule}이(가) ${thing('cluster', cluster, name)}의 서비스 주소 ${address}(으)로 이어집니다. 클러스터 IP는 클러스터 안에만 있고, ${name('node', node)}에는 클러스터 노드로 가는 라우트가 없습니다`,
    why: '클러스터 IP를 가진 인터페이스는 없으며 클러스터 노드의 kube-proxy만 그 뜻을 압니다. 노드, 가상 IP 또는 로드 밸런서 주소로 보내세요.',
  },
  'dnat-to-cluster-ip-by-route': {
    text: ({ node, rule, number, address, cluster, member }, name) =>
      `${name('node', node)}의 NAT ${number} ${rule}이(가) ${thing('cluster', cluster, name)}의 서비스 주소 ${address}(으)로 이어집니다. 클러스터 IP는 클러스터 안에만 있고, ${name('node', member)}(으)로 가는 라우트 덕분에만 닿습니다`,
    why: '노드 하나를 거치는 정적 라우트는 그 노드가 꺼지면 끊기고, 홉 하나와 클라이언트 주소를 잃습니다.',
  },
  'any-to-any-from-internet': {
    text: ({ node, rule, number, interface: item }, name) =>
      number === 0
        ? `${name('node', node)}의 방화벽이 어느 규칙에도 맞지 않는 패킷을 허용합니다. ${item}(으)로 들어오는 인터넷 패킷도 마찬가지입니다`
        : `${name('node', node)}의 ${ruleName({ rule, number })}이(가) 모든 곳에서 모든 곳으로 전부 허용합니다. ${item}(으)로 들어오는 인터넷 패킷도 마찬가지입니다`,
    why: '인터넷에서 길이 있는 방화벽 뒤의 모든 것이 열려 있습니다.',
  },
  'node-port-from-internet': {
    text: ({ where, cluster, address, ports, service }, name) =>
      `${openerText(where, name)}이(가) ${thing('cluster', cluster, name)}의 ${address} ${ports}${service === undefined ? '' : ` (${thing('service', service, name)})`}을(를) 인터넷에 엽니다: NodePort`,
    why: 'NodePort는 개발용입니다. 인그레스의 TLS와 호스트 규칙을 우회하고 모든 노드에서 열립니다. 인그레스나 로드 밸런서로 공개하세요.',
  },
  'rule-shadowed': {
    text: ({ node, rule, number, by, conflicts }, name) =>
      `${name('node', node)}의 ${ruleName({ rule, number })}은(는) 결코 일치하지 않습니다. 앞의 규칙 ${listed(by)}이(가) 모두 가져갑니다${conflicts ? ' (동작도 다름)' : ''}`,
    why: noEffect,
  },
  'nat-shadowed': {
    text: ({ node, rule, number, by }, name) =>
      `${name('node', node)}의 NAT ${number} ${rule}은(는) 결코 일치하지 않습니다. 앞의 NAT ${listed(by)}이(가) 모두 가져갑니다`,
    why: noEffect,
  },
  'rule-never-used': {
    text: ({ node, rule, number, reason }, name) =>
      `${name('node', node)}의 ${ruleName({ rule, number })}에 맞는 패킷이 없습니다: ${unmatchedText(reason)}`,
    why: '효과 없는 규칙은 실제로 허용되는 것을 가리고, 다른 뜻으로 썼을 수 있습니다.',
  },
  'rule-disabled': {
    text: ({ node, rule, number }, name) =>
      `${name('node', node)}의 ${ruleName({ rule, number })}이(가) 꺼져 있고 이유가 적혀 있지 않습니다`,
    why: '꺼진 규칙은 효과가 없습니다. 지우거나 언제 필요한지 메모에 적으세요.',
  },
  'reply-by-other-edge': {
    text: ({ source, target, edge, other, rule }, name) =>
      `${name('node', source.node)} (${source.address})에서 ${name('node', target.node)} (${target.address})(으)로 가는 요청은 ${name('node', edge)}${rule === undefined ? '' : ` (NAT ${rule})`}(으)로 들어오지만 응답은 ${name('node', other)}(으)로 나갑니다`,
    why: '요청을 들여보낸 에지에만 응답의 세션이 있습니다. 다른 에지는 폐기하거나 잘못된 출발지 주소로 보냅니다.',
  },
  'nat-out-of-tunnel': {
    text: ({ node, tunnel, by }, name) =>
      by.kind === 'rule'
        ? `${name('node', node)}의 NAT ${by.number} ${by.rule}이(가) IPsec 터널 ${tunnel}(으)로 갈 패킷의 출발지를 터널이 받지 않는 주소로 바꿉니다`
        : `${thing('cluster', by.cluster, name)} 주소 풀 ${by.pool}의 natOutgoing이 ${name('node', node)}의 IPsec 터널 ${tunnel}(으)로 갈 패킷의 출발지를 노드 주소로 바꿉니다. ${listed(by.destinations)}이(가) 어느 풀에도 없습니다`,
    why: '출발지 NAT는 암호화보다 먼저 일어나므로 패킷이 터널을 거치지 않고 그대로 나갑니다. 규칙에서 빼거나, Calico라면 상대 쪽 범위로 비활성 풀을 추가하세요.',
  },
  'ipsec-mismatch': {
    text: (facts, name) => {
      const own = `${name('node', facts.node)}의 IPsec 터널 ${facts.tunnel}`;
      if ('peer' in facts) {
        return `${own}에 상대편이 없습니다. ${facts.peer}에서 이 터널을 피어로 둔 곳이 없습니다`;
      }
      const other = `${name('node', facts.otherNode)}의 ${facts.otherTunnel}`;
      const { differs } = facts;
      return `${own}과(와) ${other}이(가) 서로 맞지 않습니다. ${differs.kind === 'nat-traversal' ? '한쪽에만 NAT 통과가 있습니다' : `${listed(differs.subnets)}이(가) 한쪽에만 있습니다`}`;
    },
    why: '양쪽이 서로에 맞게 설정되어야 패킷이 터널을 지나갑니다.',
  },
  'ipsec-address-not-on-node': {
    text: ({ node, tunnel, address }, name) =>
      `${name('node', node)}의 IPsec 터널 ${tunnel}이(가) 노드에 없는 주소 ${address}에서 시작합니다`,
    why: '상대편이 이 주소로 보낸 패킷이 이 노드에 오지 않으므로 아무것도 터널을 지나가지 못합니다.',
  },
  'underlay-mtu-too-small': {
    text: ({ underlay, mtuBytes, neededBytes, segment, innerBytes, overheadBytes }, name) =>
      `${carrierText(underlay, name)}은(는) ${mtuBytes}바이트 IP 패킷을 나르지만 ${thing('segment', segment, name)}에는 ${neededBytes}바이트가 필요합니다: ${innerBytes} + 터널 ${overheadBytes}`,
    why: hangs,
  },
  'pod-mtu-too-large': {
    text: ({ cluster, podBytes, overheadBytes, node, linkBytes }, name) =>
      `${thing('cluster', cluster, name)}의 팟은 ${podBytes}바이트를 보내고 Calico 터널 ${overheadBytes}바이트를 더하면 ${podBytes + overheadBytes}바이트입니다. ${name('node', node)}의 링크는 ${linkBytes}바이트를 나릅니다`,
    why: '다른 노드의 팟 사이에서 최대 크기 패킷이 링크에 들어가지 않습니다. 연결은 열리지만 곧 멈춥니다.',
  },
  'nested-vxlan-port': {
    text: ({ inner, outer, port }, name) =>
      `${innerText(inner, name)}이(가) ${thing('segment', outer, name)} 안에서 UDP ${port}(으)로 VXLAN을 보냅니다. 그 세그먼트의 VXLAN도 같은 포트를 씁니다`,
    why: 'VXLAN을 하드웨어로 처리하는 네트워크 카드와 하이퍼바이저가 내부 패킷을 외부 패킷으로 오인합니다. 한쪽의 포트를 바꾸세요.',
  },
  'vm-outside-transport-zone': {
    text: ({ node, segment, zone, hypervisor }, name) =>
      hypervisor === undefined
        ? `${name('node', node)}의 인터페이스가 ${thing('transport-zone', zone, name)}의 ${thing('segment', segment, name)}에 있지만 자기 전송 구역이 아닙니다`
        : `${name('node', node)}은(는) ${name('node', hypervisor)}에서 실행되지만 이 호스트는 ${thing('segment', segment, name)}의 ${thing('transport-zone', zone, name)}에 없습니다`,
    why: '전송 구역의 하이퍼바이저만 세그먼트를 나르므로 머신은 어디에도 연결되지 않습니다.',
  },
  'hypervisor-without-vtep': {
    text: ({ node, zones }, name) =>
      `${name('node', node)}은(는) 전송 구역 ${listed(zones.map((zone) => name('transport-zone', zone)))}에 있지만 주소가 있는 인터페이스 중 VTEP이 없습니다`,
    why: '터널 엔드포인트가 없으면 이 하이퍼바이저의 머신은 다른 하이퍼바이저의 머신에 닿지 못합니다.',
  },
  'duplicate-vni': {
    text: ({ vni, zone, segments }, name) =>
      `${thing('transport-zone', zone, name)}의 VNI ${vni}이(가) 세그먼트 ${listed(segments.map((segment) => name('segment', segment)))}에 함께 쓰입니다`,
    why: 'VXLAN 패킷은 VNI로만 세그먼트를 구별하므로 두 세그먼트가 하나가 됩니다.',
  },
  'vni-outside-pool': {
    text: ({ vni, segment, zone, from, to }, name) =>
      `${thing('segment', segment, name)}의 VNI ${vni}이(가) ${thing('transport-zone', zone, name)}의 풀 ${from}–${to} 밖에 있습니다`,
    why: '관리자는 자기 풀의 VNI만 나눠 주므로 이 VNI는 다른 소유자와 충돌할 수 있습니다.',
  },
  'cluster-range-in-use': {
    text: ({ cluster, role: of, range, uses }, name) =>
      `${thing('cluster', cluster, name)}의 ${role[of]} 범위 ${range}이(가) 클러스터 밖에서 쓰이고 있습니다: ${listed(uses.map((use) => rangeUseText(use, name)))}`,
    why: '노드와 팟은 이 범위의 패킷을 모두 클러스터 안에 두므로 밖에 있는 것에 닿을 수 없습니다.',
  },
  'cluster-range-swallows-resolver': {
    text: ({ cluster, role: of, range, resolvers, users }, name) =>
      `${thing('cluster', cluster, name)}의 ${role[of]} 범위 ${range}이(가) ${listed(users.map((user) => userText(user, name)))}의 DNS 서버 ${listed(resolvers)}을(를) 삼킵니다`,
    why: '이 서버로 가는 조회는 노드를 나가다 클러스터에 붙잡혀 응답을 받지 못합니다.',
  },
  'cluster-ranges-overlap': {
    text: ({ cluster, podRange, serviceRange }, name) =>
      `${thing('cluster', cluster, name)}의 팟 범위 ${podRange}과(와) 서비스 범위 ${serviceRange}이(가) 겹칩니다`,
    why: '양쪽에 있는 주소는 라우트에는 팟이고 kube-proxy에는 서비스입니다.',
  },
  'member-without-address': {
    text: ({ cluster, node }, name) =>
      `${name('node', node)}은(는) ${thing('cluster', cluster, name)}의 노드이지만 주소가 없습니다`,
    why: '다른 노드가 그 팟에 닿을 수 없고, 그 노드도 클러스터에 닿을 수 없습니다.',
  },
  'member-address-not-on-node': {
    text: ({ cluster, node, address }, name) =>
      `${thing('cluster', cluster, name)}은(는) ${name('node', node)}을(를) ${address}(으)로 알지만 그 노드의 주소가 아닙니다`,
    why: '노드로 가는 터널이 노드에 없는 주소에서 끝납니다.',
  },
  'cluster-without-role': {
    text: ({ cluster, role: wanted }, name) =>
      `${thing('cluster', cluster, name)}에 ${wanted} 역할의 노드가 없습니다: ${wanted === 'master' ? 'API에 응답할 곳이 없습니다' : '인그레스 컨트롤러가 수신 대기할 곳이 없습니다'}`,
    why: '다른 구성 요소가 의지하는 부분이 없거나 노드의 역할이 뜻한 바와 다릅니다.',
  },
  'pod-address-outside-ranges': {
    text: ({ pod, address, cluster, ranges }, name) =>
      `팟 ${pod}의 ${address}이(가) ${thing('cluster', cluster, name)}의 어느 팟 범위에도 없습니다 (${listed(ranges)})`,
    why: '어느 노드에도 이 주소로 가는 라우트가 없고, 클러스터 밖의 주소로 여겨집니다.',
  },
  'block-outside-pools': {
    text: ({ block, node, cluster, pools }, name) =>
      `${name('node', node)}의 블록 ${block}이(가) ${thing('cluster', cluster, name)}의 어느 주소 풀에도 없습니다 (${listed(pools)})`,
    why: 'Calico는 풀에서 블록을 가져옵니다. 밖의 블록에는 캡슐화도 아웃바운드 NAT도 없습니다.',
  },
  'block-shared': {
    text: ({ cluster, block, node, other, otherNode }, name) =>
      `${thing('cluster', cluster, name)}에서 ${name('node', node)}의 블록 ${block}이(가) ${name('node', otherNode)}의 블록 ${other}과(와) 겹칩니다`,
    why: '블록은 노드 하나의 것입니다. 다른 노드는 그 주소를 모두 그 노드로 라우팅합니다.',
  },
  'cluster-ip-outside-range': {
    text: ({ service, address, cluster, ranges }, name) =>
      `${thing('service', service, name)}의 클러스터 IP ${address}이(가) ${thing('cluster', cluster, name)}의 어느 서비스 범위에도 없습니다 (${listed(ranges)})`,
    why: 'Kubernetes는 그런 서비스를 거부하며, 범위 밖의 주소는 서비스 주소로 여겨지지 않습니다.',
  },
  'cluster-ip-shared': {
    text: ({ address, cluster, services }, name) =>
      `${thing('cluster', cluster, name)}의 서비스 ${listed(services.map((service) => name('service', service)))}이(가) 클러스터 IP ${address}을(를) 함께 씁니다`,
    why: '클러스터 IP는 서비스 하나의 것입니다. kube-proxy가 어느 쪽으로든 응답하게 됩니다.',
  },
  'node-port-outside-range': {
    text: ({ service, port, cluster, from, to }, name) =>
      `${thing('service', service, name)}의 노드 포트 ${port}이(가) ${thing('cluster', cluster, name)}의 범위 ${from}–${to} 밖에 있습니다`,
    why: 'Kubernetes는 그런 서비스를 거부합니다.',
  },
  'service-address-unheld': {
    text: ({ service, address, cluster, use }, name) =>
      `${thing('service', service, name)}의 ${use === 'external' ? '외부' : '로드 밸런서'} 주소 ${address}에 응답하는 곳이 없습니다. 가진 노드도, ${thing('cluster', cluster, name)}(으)로 이끄는 라우트도 없습니다`,
    why: '클러스터 밖에서는 아무도 이 주소를 찾지 못합니다. 노드가 가상 IP로 갖거나 노드로 라우팅하세요.',
  },
  'ingress-backend-missing': {
    text: ({ ingress, service, namespace, cluster }, name) =>
      `인그레스 ${name('ingress', ingress)}이(가) 가리키는 서비스 ${service}이(가) ${thing('cluster', cluster, name)}의 네임스페이스 ${namespace}에 없습니다`,
    why: '컨트롤러가 이 경로의 요청에 오류로 응답합니다.',
  },
  'ingress-backend-port-missing': {
    text: ({ ingress, service, port, ports }, name) =>
      `인그레스 ${name('ingress', ingress)}이(가) 서비스 ${service}의 포트 ${port}을(를) 가리키지만, ${ports.length === 0 ? '포트가 없습니다' : `있는 포트는 ${listed(ports)}뿐입니다`}`,
    why: '컨트롤러가 이 경로의 요청에 오류로 응답합니다.',
  },
};
