import { placeWordsKo } from '../../checks/place-words-ko.ts';
import type {
  Cluster,
  EntityOf,
  HostLike,
  InstallScenario,
  Node,
  Workload,
} from '../../model/design.ts';

/** Kinds that some format takes without all of their keys. */
export type PartlyTaken =
  | 'site'
  | 'segment'
  | 'node'
  | 'link'
  | 'stretch'
  | 'cluster'
  | 'workload'
  | 'service'
  | 'install-scenario';

type KeyOf<Value> = Value extends unknown ? keyof Value & string : never;
type ItemOf<List> = NonNullable<List> extends readonly (infer Item)[] ? Item : never;

/** Keys of those kinds, and of the items that they hold. */
export type EntityKey = KeyOf<
  | EntityOf<PartlyTaken>
  | ItemOf<Node['interfaces']>
  | ItemOf<HostLike['virtualIps']>
  | ItemOf<Cluster['nodes']>
  | ItemOf<Workload['pods']>
  | ItemOf<InstallScenario['artifacts']>
>;

/** `dnsServer` → `DNS server`. */
export const keyWords = (key: EntityKey): string =>
  key
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/\b(dns|http|ip|ips|mac|mtu|nat|vni)\b/g, (word) =>
      word === 'ips' ? 'IPs' : word.toUpperCase(),
    );

export const keysKo: Readonly<Record<EntityKey, string>> = {
  ...placeWordsKo.parts,
  a: 'a 쪽 끝',
  artifactMirror: '아티팩트 미러',
  artifacts: '아티팩트',
  b: 'b 쪽 끝',
  bundle: '번들',
  bytes: '크기',
  calico: 'Calico 설정',
  cluster: '클러스터',
  endpoints: '엔드포인트',
  externalName: '외부 이름',
  externalTrafficPolicy: '외부 트래픽 정책',
  flavour: '배포판',
  forwarding: '패킷 전달 설정',
  headless: '헤드리스 설정',
  hostNetwork: '노드 네트워크 사용 여부',
  httpProxy: 'HTTP 프록시',
  id: 'ID',
  ingressController: '인그레스 컨트롤러',
  interface: '인터페이스',
  internalTrafficPolicy: '내부 트래픽 정책',
  kind: '종류',
  kubeProxyMode: 'kube-proxy 방식',
  labels: '레이블',
  listeners: '수신 포트',
  loadBalancerSourceRanges: '허용 클라이언트 범위',
  mediumBytes: '운반 매체의 크기',
  mode: '설치 방식',
  name: '이름',
  namespace: '네임스페이스',
  namespaces: '네임스페이스',
  neededBy: '필요한 노드',
  node: '노드',
  notes: '메모',
  otherIngressControllers: '다른 인그레스 컨트롤러',
  outerDf: '외부 패킷의 DF 설정',
  overheadBytes: '오버헤드',
  parent: '상위 사이트',
  port: '포트',
  priority: '우선순위',
  product: '제품',
  protocol: '프로토콜',
  proximityRouting: '근접 라우팅',
  publishNotReadyAddresses: '준비되지 않은 팟에도 전달하는 설정',
  reference: '참조',
  roles: '역할',
  runsOn: '하이퍼바이저',
  searchDomains: '검색 도메인',
  selector: '셀렉터',
  sessionAffinity: '세션 선호도',
  settings: '클라이언트 설정',
  site: '사이트',
  stageOrder: '필터와 NAT의 순서',
  state: '상태',
  tags: '태그',
  type: '종류',
  vlan: 'VLAN 태그',
};
