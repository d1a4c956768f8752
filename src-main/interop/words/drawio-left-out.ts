import type { NoFacts } from '../../sim/vocabulary/saying.ts';
import type { Sayings } from '../../sim/vocabulary/told.ts';
import { keysKo } from './keys.ts';

/** Parts of a node or cluster that a drawing of draw.io does not show. */
export const undrawnParts = {
  routes: 'static routes are not drawn',
  resolvers: 'resolvers are not drawn',
  searchDomains: 'search domains are not drawn',
  listeners: 'listening ports are not drawn',
  firewall: 'firewall rules are not drawn',
  nat: 'NAT rules are not drawn',
  stageOrder: 'the order of filter and NAT is not drawn',
  loadBalancers: 'load balancers are not drawn',
  dnsServer: 'the DNS server is not drawn',
  httpProxy: 'the HTTP proxy is not drawn',
  artifactMirror: 'the artifact mirror is not drawn',
  virtualIps: 'virtual addresses are not drawn',
  ipsecTunnels: 'IPsec tunnels are not drawn',
  nodePortRange: 'the range of node ports is not drawn',
  kubeProxyMode: "kube-proxy's mode is not drawn",
  calico: 'Calico settings are not drawn',
  namespaces: 'namespaces are not drawn',
  dns: 'the cluster DNS is not drawn',
  ingressController: 'the ingress controller is not drawn',
  otherIngressControllers: 'the ingress controllers are not drawn',
} as const;
export type UndrawnPart = keyof typeof undrawnParts;

/** What of a design is in no cell of a drawing, or otherwise than the design has it. */
export interface DrawioLeftOutFacts {
  'part-not-drawn': { readonly part: UndrawnPart };
  'notes-not-drawn': NoFacts;
  'zone-by-id-alone': NoFacts;
  /** A member of several clusters. */
  'drawn-in-first-cluster': { readonly node: string; readonly cluster: string };
  'member-addresses-not-drawn': NoFacts;
  'pods-alone-drawn': NoFacts;
  'pods-without-place': NoFacts;
  'no-shape': NoFacts;
  'places-of-views': NoFacts;
  'control-characters': NoFacts;
  'blanks-in-tag': NoFacts;
}

export const drawioLeftOut: Sayings<DrawioLeftOutFacts> = {
  en: {
    'part-not-drawn': ({ part }) => undrawnParts[part],
    'notes-not-drawn': () => "the design's notes are not drawn",
    'zone-by-id-alone': () => 'of a transport zone only its id is written',
    'drawn-in-first-cluster': ({ node, cluster }) =>
      `${node} is drawn as a member of ${cluster}, in which its roles are written`,
    'member-addresses-not-drawn': () =>
      'by which addresses it is known to the cluster is not drawn',
    'pods-alone-drawn': () => 'only the pods of a workload are drawn',
    'pods-without-place': () => 'its pods have no place in the drawing and are not drawn',
    'no-shape': () => 'a drawing has no shape for it',
    'places-of-views': () => 'places that are for one view alone are not written',
    'control-characters': () =>
      'control characters are written as U+FFFD: XML has no way to write them',
    'blanks-in-tag': () => 'blanks in a tag are written as _: draw.io separates tags by them',
  },
  ko: {
    'part-not-drawn': ({ part }) => `${keysKo[part]}은(는) 도면에 나타나지 않음`,
    'notes-not-drawn': () => '설계의 메모는 도면에 나타나지 않음',
    'zone-by-id-alone': () => '전송 구역은 ID만 기록됨',
    'drawn-in-first-cluster': ({ node, cluster }) =>
      `${node}은(는) ${cluster}의 구성원으로 그려지며 역할도 그곳에만 기록됨`,
    'member-addresses-not-drawn': () => '클러스터가 이 노드를 아는 주소는 도면에 나타나지 않음',
    'pods-alone-drawn': () => '워크로드에서는 팟만 그려짐',
    'pods-without-place': () => '팟이 놓일 자리가 도면에 없어 그려지지 않음',
    'no-shape': () => '도면에 이것을 나타낼 도형이 없음',
    'places-of-views': () => '한 보기에만 쓰이는 위치는 기록되지 않음',
    'control-characters': () => 'XML로 쓸 수 없는 제어 문자는 U+FFFD로 기록됨',
    'blanks-in-tag': () => 'draw.io는 공백으로 태그를 나누므로 태그의 공백은 _로 기록됨',
  },
};
