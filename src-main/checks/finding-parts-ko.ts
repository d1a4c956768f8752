import { parseEntityRef, type EntityKind } from '../model/ids.ts';
import type {
  AddressHolder,
  Asker,
  Carrier,
  GatewayKind,
  InnerVxlan,
  NetworkRef,
  NoWay,
  Opener,
  Owner,
  RangeUse,
  RuleFacts,
  Unmatched,
} from './facts.ts';
import type { Names } from './names.ts';
import { placeWordsKo } from './place-words-ko.ts';
import { placeWords } from './place-words.ts';

/** The parts that sentences about findings are put together from, in Korean. */

export function listed(names: readonly string[], most = 5): string {
  if (names.length <= most) return names.join(', ');
  return `${names.slice(0, most - 1).join(', ')} 외 ${names.length - most + 1}개`;
}

/** `세그먼트 Front end`; the name alone where it says what it is, in either language. */
export function thing(kind: EntityKind, id: string, name: Names): string {
  const word = placeWordsKo.kinds[kind];
  const called = name(kind, id);
  const says = [word, placeWords.kinds[kind]].some((one) => called.toLowerCase().includes(one));
  return says ? called : `${word} ${called}`;
}

export function networkText(network: NetworkRef, name: Names): string {
  const { kind, id } = parseEntityRef(network) ?? { kind: 'segment', id: network };
  return thing(kind, id, name);
}

export const ownerText = (owner: Owner, name: Names): string =>
  'pod' in owner ? `팟 ${owner.pod}` : `${name('node', owner.node)} ${owner.interface}`;

export const gatewayKinds: Readonly<Record<GatewayKind, string>> = {
  router: '라우터',
  'edge-gateway': '에지 게이트웨이',
  'distributed-router': '분산 라우터',
};

const numbered = ({ rule, number }: RuleFacts): string => `${number} ${rule}`;

export function askerText(asker: Asker, name: Names): string {
  switch (asker.kind) {
    case 'node':
      return name('node', asker.node);
    case 'dns-server':
      return `DNS 서버 ${name('node', asker.node)}`;
    case 'cluster-dns':
      return `${thing('cluster', asker.cluster, name)}의 DNS`;
    default:
      return asker satisfies never;
  }
}

export function noWayText(reason: NoWay, name: Names): string {
  switch (reason.kind) {
    case 'circle':
      return `${reason.nodes.map((node) => name('node', node)).join(', ')}의 라우트가 제자리를 돕니다`;
    case 'no-route':
      return `여기서 그 주소를 가진 곳이 없고 ${name('node', reason.node)}에 그곳으로 가는 라우트가 없습니다`;
    case 'discarded':
      return `${name('node', reason.node)}이(가) 그 주소로 가는 패킷을 폐기합니다`;
    case 'nobody':
      return `${networkText(reason.network, name)}에서 아무도 그 주소를 가지고 있지 않습니다`;
    case 'next-hop-unowned':
      return `${name('node', reason.node)}에서 그곳으로 가는 다음 홉 ${reason.via}을(를) ${networkText(reason.network, name)}에서 아무도 가지고 있지 않습니다`;
    case 'silent':
      return '그곳에서 아무도 응답하지 않습니다';
    case 'private-on-internet':
      return '사설 주소인데 그곳으로 가는 길이 인터넷에서 끝납니다';
    default:
      return reason satisfies never;
  }
}

export function unmatchedText(reason: Unmatched): string {
  switch (reason.kind) {
    case 'interface-out':
      return `나가는 인터페이스 ${reason.interface}을(를) 조건으로 하지만 이 방화벽이 패킷을 볼 때는 아직 알 수 없습니다`;
    case 'families':
      return '출발지와 목적지의 주소 체계가 다릅니다';
    case 'not-connected':
      return `인터페이스 ${reason.interface}이(가) 어느 네트워크에도 연결되어 있지 않습니다`;
    case 'sources':
      return `설계의 어느 네트워크에도 출발지(${reason.addresses.join(', ')})가 없습니다`;
    case 'destinations':
      return `설계의 어느 네트워크에도 목적지(${reason.addresses.join(', ')})가 없습니다`;
    default:
      return reason satisfies never;
  }
}

export function rangeUseText(use: RangeUse, name: Names): string {
  if (use.kind === 'subnet') return `${networkText(use.network, name)}의 ${use.subnet}`;
  const [first = '', ...others] = use.nodes;
  const nodes = `${name('node', first)}${others.length === 0 ? '' : ` 외 ${others.length}개`}`;
  return `${nodes}의 라우트가 가리키는 ${use.destination}`;
}

/** The subject of what opens a port. */
export function openerText(opener: Opener, name: Names): string {
  const node = name('node', opener.node);
  switch (opener.kind) {
    case 'rule':
      return `${node}의 규칙 ${numbered(opener)}`;
    case 'nat':
      return `${node}의 NAT ${numbered(opener)}`;
    case 'default':
      return `어느 규칙에도 맞지 않는 패킷을 허용하는 ${node}의 방화벽`;
    case 'unfiltered':
      return `들어오는 것을 거르지 않는 ${node}`;
    default:
      return opener satisfies never;
  }
}

export const carrierText = (carrier: Carrier, name: Names): string =>
  typeof carrier === 'string' ? networkText(carrier, name) : ownerText(carrier, name);

/** Whose an address is. */
export function holderText(holder: AddressHolder, name: Names): string {
  switch (holder.kind) {
    case 'interface':
      return `${name('node', holder.node)} ${holder.interface}의 주소`;
    case 'virtual-ip':
      return `${name('node', holder.node)} ${holder.interface}의 가상 주소`;
    case 'balancer':
      return `${name('node', holder.node)}의 로드 밸런서 ${holder.balancer}의 주소`;
    case 'nat':
      return `${name('node', holder.node)}의 NAT ${numbered(holder)}의 주소`;
    case 'gateway':
      return `${networkText(holder.network, name)}의 게이트웨이`;
    default:
      return holder satisfies never;
  }
}

export const innerText = (inner: InnerVxlan, name: Names): string =>
  'cluster' in inner
    ? `${thing('cluster', inner.cluster, name)}의 Calico`
    : name('node', inner.node);

/** Whose name servers they are. */
export const userText = (user: Asker, name: Names): string =>
  user.kind === 'cluster-dns' ? '클러스터 DNS' : name('node', user.node);
