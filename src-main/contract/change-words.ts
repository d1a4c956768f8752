import { placeWordsKo } from '../checks/place-words-ko.ts';
import type { EntityKind } from '../model/ids.ts';
import { counted } from '../sim/vocabulary/counted.ts';
import type { Language } from '../sim/vocabulary/languages.ts';
import type { NoFacts, Saying } from '../sim/vocabulary/saying.ts';
import { told, type Sayings } from '../sim/vocabulary/told.ts';

type Kind = EntityKind | 'pod';

/** A thing as people call it. */
interface Titled {
  readonly kind: Kind;
  readonly title: string;
}

/** What a node loses with its interfaces, its hypervisor or its zone. */
export interface LossFacts {
  interface: { readonly interface: string };
  route: { readonly route: string };
  rule: { readonly rule: string };
  nat: { readonly nat: string };
  'virtual-ip': { readonly virtualIp: string };
  vtep: NoFacts;
  hypervisor: NoFacts;
  'transport-zone': NoFacts;
}
export type Loss = Saying<LossFacts>;

/** Why something goes along with what was asked to go. */
export type TakenWhy = keyof typeof taken;

/** What a change of the drawing does besides, or leaves undone. */
export interface ChangeFacts {
  // Goes along.
  taken: Titled & { readonly why: TakenWhy };
  // Is changed as well.
  loses: { readonly losses: readonly Loss[] };
  'loses-pods': { readonly pods: readonly string[] };
  'loses-nodes': { readonly nodes: readonly string[] };
  'loses-members': { readonly members: number };
  'loses-paths': NoFacts;
  'names-no-longer': NoFacts;
  'names-instead': { readonly now: string; readonly before: string };
  'pod-moved': { readonly pod: string; readonly node: string };
  'leaves-by': { readonly router: string };
  'listens-no-longer': { readonly ports: readonly number[]; readonly cluster: string };
  'route-added': { readonly destination: string; readonly via: string };
  'zone-joined': { readonly zone: string };
  'vtep-set': { readonly interface: string };
  'mtu-raised': { readonly mtuBytes: number };
  'mtu-kept': { readonly mtuBytes: number };
  // Is left undone.
  'no-worker': { readonly cluster: string };
  'on-no-hypervisor': { readonly node: string };
  'prefix-full': { readonly prefix: string };
  'link-subnets-used': NoFacts;
  'refers-elsewhere': Titled;
  'site-elsewhere': { readonly id: string; readonly site: string };
  'hypervisor-elsewhere': { readonly id: string; readonly hypervisor: string };
  'pods-without-node': { readonly pods: number; readonly workload: string };
  'pod-without-address': { readonly workload: string; readonly node: string };
  'pod-range-full': { readonly workload: string; readonly node: string };
  'other-end-not-copied': { readonly interfaces: readonly string[]; readonly node: string };
  'no-address-at': { readonly place: string; readonly prefix: string };
  'stays-in-place': { readonly id: string };
  'mtu-too-small': {
    readonly segment: string;
    readonly mtuBytes: number;
    readonly neededBytes: number;
  };
}
export type ChangeSaying = Saying<ChangeFacts>;

const kindText = (kind: Kind) => kind.replace('-', ' ');
const kindTextKo = (kind: Kind) => (kind === 'pod' ? '팟' : placeWordsKo.kinds[kind]);

const losses: Sayings<LossFacts> = {
  en: {
    interface: ({ interface: id }) => `interface ${id}`,
    route: ({ route }) => `route ${route}`,
    rule: ({ rule }) => `firewall rule ${rule}`,
    nat: ({ nat }) => `NAT ${nat}`,
    'virtual-ip': ({ virtualIp }) => `virtual IP ${virtualIp}`,
    vtep: () => 'its VTEP',
    hypervisor: () => 'its hypervisor',
    'transport-zone': () => 'its transport zone',
  },
  ko: {
    interface: ({ interface: id }) => `인터페이스 ${id}`,
    route: ({ route }) => `라우트 ${route}`,
    rule: ({ rule }) => `방화벽 규칙 ${rule}`,
    nat: ({ nat }) => `NAT ${nat}`,
    'virtual-ip': ({ virtualIp }) => `가상 IP ${virtualIp}`,
    vtep: () => 'VTEP',
    hypervisor: () => '하이퍼바이저',
    'transport-zone': () => '전송 구역',
  },
};

const taken = {
  inside: 'is inside',
  'loses-end': 'loses one of its ends',
  'loses-gateway': 'loses a gateway or a segment',
  'of-cluster': 'is part of the cluster',
  'loses-node': 'loses its node, interface or cluster',
  'leads-nowhere': 'has nothing left to lead to',
  'flow-loses-end': 'loses where it comes from or goes to',
  'nothing-to-say': 'has nothing left to say',
  'of-zone': 'belongs to the transport zone',
  'cannot-be-without': 'cannot be without it',
} as const;
const takenKo: Readonly<Record<TakenWhy, string>> = {
  inside: '안에 있음',
  'loses-end': '한쪽 끝이 없어짐',
  'loses-gateway': '게이트웨이나 세그먼트가 없어짐',
  'of-cluster': '이 클러스터에 속함',
  'loses-node': '노드, 인터페이스 또는 클러스터가 없어짐',
  'leads-nowhere': '연결할 서비스가 없어짐',
  'flow-loses-end': '출발지나 목적지가 없어짐',
  'nothing-to-say': '확인할 대상이 없어짐',
  'of-zone': '이 전송 구역에 속함',
  'cannot-be-without': '이것 없이는 있을 수 없음',
};

const changes: Sayings<ChangeFacts> = {
  en: {
    taken: ({ kind, title, why }) => `${kindText(kind)} ${title} ${taken[why]}`,
    loses: ({ losses: lost }) => `loses ${lost.map((loss) => told(losses, loss)).join(', ')}`,
    'loses-pods': ({ pods }) => `loses ${counted(pods.length, 'pod')}: ${pods.join(', ')}`,
    'loses-nodes': ({ nodes }) => `loses ${counted(nodes.length, 'node')}: ${nodes.join(', ')}`,
    'loses-members': ({ members }) => `loses ${counted(members, 'member')}`,
    'loses-paths': () => 'loses the paths to what is gone',
    'names-no-longer': () => 'no longer names what is gone',
    'names-instead': ({ now, before }) => `names ${now} instead of ${before}`,
    'pod-moved': ({ pod, node }) => `${pod} runs on ${node} now`,
    'leaves-by': ({ router }) => `leaves by ${router} now`,
    'listens-no-longer': ({ ports, cluster }) =>
      `no longer listens on tcp ${ports.join(', ')} itself: the ingress controller of ${cluster} does`,
    'route-added': ({ destination, via }) => `has a route to ${destination} via ${via} now`,
    'zone-joined': ({ zone }) => `is in transport zone ${zone} now`,
    'vtep-set': ({ interface: id }) => `ends its VXLAN tunnels on ${id}`,
    'mtu-raised': ({ mtuBytes }) => `has an MTU of ${mtuBytes} now, since VXLAN adds 50 bytes`,
    'mtu-kept': ({ mtuBytes }) => `goes on sending ${mtuBytes} bytes`,
    'no-worker': ({ cluster }) =>
      `No pods yet: ${cluster} has no worker. They start with the first one.`,
    'on-no-hypervisor': ({ node }) =>
      `${node} runs on no hypervisor yet: VXLAN segments reach machines on hypervisors only. Drag it onto one.`,
    'prefix-full': ({ prefix }) => `No address of ${prefix}: all of them are taken.`,
    'link-subnets-used': () => 'No addresses: every subnet that is kept for links is in use.',
    'refers-elsewhere': ({ kind, title }) =>
      `${kindText(kind)} ${title}: it refers to what is not here.`,
    'site-elsewhere': ({ id, site }) => `${id} stood in site ${site}, which is not here.`,
    'hypervisor-elsewhere': ({ id, hypervisor }) =>
      `${id} ran on ${hypervisor}, which is not here.`,
    'pods-without-node': ({ pods, workload }) =>
      `${counted(pods, 'pod')} of ${workload}: no node to run on.`,
    'pod-without-address': ({ workload, node }) =>
      `A pod of ${workload}: no address left on ${node}.`,
    'pod-range-full': ({ workload, node }) =>
      `No pod of ${workload} on ${node}: the node's part of the pod range has no address left.`,
    'other-end-not-copied': ({ interfaces, node }) =>
      `${interfaces.length === 1 ? 'Interface' : 'Interfaces'} ${interfaces.join(', ')} of ${node}: the other end is not copied.`,
    'no-address-at': ({ place, prefix }) => `An address on ${place}: ${prefix} is full.`,
    'stays-in-place': ({ id }) => `${id} stays where it is.`,
    'mtu-too-small': ({ segment, mtuBytes, neededBytes }) =>
      `${segment} carries ${mtuBytes} bytes and was left so: VXLAN needs ${neededBytes}.`,
  },
  ko: {
    taken: ({ kind, title, why }) => `${kindTextKo(kind)} ${title}: ${takenKo[why]}`,
    loses: ({ losses: lost }) =>
      `없어지는 것: ${lost.map((loss) => told(losses, loss, 'ko')).join(', ')}`,
    'loses-pods': ({ pods }) => `팟 ${pods.length}개가 없어짐: ${pods.join(', ')}`,
    'loses-nodes': ({ nodes }) => `노드 ${nodes.length}개가 빠짐: ${nodes.join(', ')}`,
    'loses-members': ({ members }) => `구성원 ${members}개가 빠짐`,
    'loses-paths': () => '삭제되는 것으로 가는 경로가 없어짐',
    'names-no-longer': () => '삭제되는 것을 더는 가리키지 않음',
    'names-instead': ({ now, before }) => `${before} 대신 ${now}을(를) 가리킴`,
    'pod-moved': ({ pod, node }) => `${pod}이(가) 이제 ${node}에서 실행됨`,
    'leaves-by': ({ router }) => `이제 ${router}을(를) 거쳐 나감`,
    'listens-no-longer': ({ ports, cluster }) =>
      `TCP ${ports.join(', ')} 포트에서 직접 수신하지 않고 ${cluster}의 인그레스 컨트롤러가 수신함`,
    'route-added': ({ destination, via }) => `${destination} 라우트가 추가됨 (다음 홉 ${via})`,
    'zone-joined': ({ zone }) => `이제 전송 구역 ${zone}에 속함`,
    'vtep-set': ({ interface: id }) => `VXLAN 터널이 ${id}에서 끝남`,
    'mtu-raised': ({ mtuBytes }) => `VXLAN이 50바이트를 더하므로 MTU가 ${mtuBytes}(으)로 바뀜`,
    'mtu-kept': ({ mtuBytes }) => `계속 ${mtuBytes}바이트까지 보냄`,
    'no-worker': ({ cluster }) =>
      `${cluster}에 작업자 노드가 없어 아직 팟이 없습니다. 첫 작업자 노드가 생기면 시작합니다.`,
    'on-no-hypervisor': ({ node }) =>
      `${node}이(가) 아직 하이퍼바이저에서 실행되지 않습니다. VXLAN 세그먼트는 하이퍼바이저의 가상 머신에만 닿습니다. 하이퍼바이저로 끌어 놓으세요.`,
    'prefix-full': ({ prefix }) => `${prefix}에 빈 주소가 없어 주소를 주지 못했습니다.`,
    'link-subnets-used': () => '링크용 서브넷이 모두 사용 중이라 주소를 주지 못했습니다.',
    'refers-elsewhere': ({ kind, title }) =>
      `${kindTextKo(kind)} ${title}: 여기에 없는 것을 가리킵니다.`,
    'site-elsewhere': ({ id, site }) => `${id}이(가) 있던 사이트 ${site}이(가) 여기에 없습니다.`,
    'hypervisor-elsewhere': ({ id, hypervisor }) =>
      `${id}이(가) 실행되던 ${hypervisor}이(가) 여기에 없습니다.`,
    'pods-without-node': ({ pods, workload }) =>
      `${workload}의 팟 ${pods}개: 실행할 노드가 없습니다.`,
    'pod-without-address': ({ workload, node }) =>
      `${workload}의 팟: ${node}에 남은 주소가 없습니다.`,
    'pod-range-full': ({ workload, node }) =>
      `${node}의 팟 주소 범위에 빈 주소가 없어 ${workload}의 팟을 만들지 못했습니다.`,
    'other-end-not-copied': ({ interfaces, node }) =>
      `${node}의 인터페이스 ${interfaces.join(', ')}: 반대쪽 끝은 복사되지 않습니다.`,
    'no-address-at': ({ place, prefix }) => `${place}의 주소: ${prefix}에 빈 주소가 없습니다.`,
    'stays-in-place': ({ id }) => `${id}은(는) 제자리에 남습니다.`,
    'mtu-too-small': ({ segment, mtuBytes, neededBytes }) =>
      `${segment}의 MTU ${mtuBytes}바이트를 그대로 두었습니다. VXLAN에는 ${neededBytes}바이트가 필요합니다.`,
  },
};

/** What a change of the drawing does besides, or leaves undone. */
export const changeText = (saying: ChangeSaying, language: Language = 'en'): string =>
  told(changes, saying, language);

/** A saying with its English sentence; the facts give it in other languages. */
export type ToldChange = ChangeSaying & { readonly text: string };
export const toldChange = (saying: ChangeSaying): ToldChange => ({
  ...saying,
  text: changeText(saying),
});
