import type { SayingTable } from '../../sim/vocabulary/saying.ts';
import type { PlanFacts } from '../plan/vocabulary.ts';
import type { CauseFacts, FixFacts, NoteFacts } from '../vocabulary.ts';
import { remedyText } from '../../explain/words/index.ts';
import { titleKo } from './titles-ko.ts';
import { becauseText, bytesText, listText } from './en.ts';

const list = (items: readonly string[]) => listText(items, (count) => `외 ${count}개`);
const because = (facts: Parameters<typeof becauseText>[0]) => becauseText(facts, 'ko');

const kinds = {
  image: '이미지',
  chart: '차트',
  terraform: 'Terraform 제공자와 템플릿',
  package: 'OS 패키지',
  binary: '바이너리',
} as const;
const ranges = { services: '서비스', pods: '팟' } as const;

export const causesKo: SayingTable<CauseFacts> = {
  blocked: ({ client, host, port, proxy, because: why }) =>
    `${client}이(가) ${proxy === undefined ? '' : `프록시 ${proxy}을(를) 통해 `}${host}:${port}에 도달하지 못함: ${because(why)}`,
  'inside-by-proxy': ({ client, host, port, proxy, source, token, because: why }) =>
    `${client}이(가) 내부에 있는 ${host}:${port}을(를) 프록시 ${proxy}에 요청함: ${source}의 NO_PROXY에 ${token} 없음 (${because(why)})`,
  'proxy-scheme': ({ client, scheme, proxy, source }) =>
    `${source} 설정에 따라 ${client}이(가) 프록시 ${proxy}에 ${scheme}(으)로 연결하지만 이 프록시는 일반 HTTP만 사용함`,
  'proxy-malformed': ({ client, value, source }) =>
    `${source}의 ${JSON.stringify(value)} 값은 ${client}의 프록시 주소로 쓸 수 없음`,
  'not-carried': ({ kind, client, references, host, hidden }) =>
    `${client}에 필요한 ${host}의 ${kinds[kind]}이(가) 번들에도, 설정된 미러에도 없음: ${list(references)}${
      hidden === undefined ? '' : ` (목록에 없는 항목: ${hidden})`
    }`,
  'mirror-lacks': ({ client, mirror, references }) =>
    `${client}이(가) 요청하는 항목이 미러 ${mirror}에 없음: ${list(references)}`,
  'mirror-without-scheme': ({ client, endpoint, source }) =>
    `${source}의 미러 ${endpoint}에 스킴(https:// 또는 http://)이 없어 ${client}이(가) 사용할 수 없음`,
  'mirror-scheme': ({ client, endpoint, source, serves }) =>
    `${source} 설정에 따라 ${client}이(가) 미러 ${endpoint}에 요청하지만 이 미러는 ${serves}(으)로 제공함`,
  'mirror-needs-https': ({ endpoint, source }) =>
    `terraform의 네트워크 미러는 https만 가능함: ${source}의 값은 ${endpoint}`,
  'in-cluster-range': ({ cluster, range, of, taken }) => {
    const shown = list(taken.map(({ node, address }) => `${address} (${node})`));
    const dns = taken.some(({ isResolver }) => isResolver) ? ' (이름 서버 포함)' : '';
    return `클러스터 ${cluster}의 ${ranges[of]} 범위 ${range}이(가) 사용 중인 주소와 겹침: ${shown}. 클러스터 노드에서 이 주소${dns}에 도달할 수 없음`;
  },
  'nobody-known': ({ kind, references }) =>
    `${kinds[kind]} ${list(references)}을(를) 요청할 호스트를 알 수 없음: 호스트 이름이 없음`,
  'nobody-there': () => '디자인에 설치할 호스트가 없음',
};

export const fixesKo: SayingTable<FixFacts> = {
  network: ({ remedies }) => remedies.map((one) => remedyText(one, 'ko')).join('; '),
  'no-proxy-add': ({ client, source, token }) =>
    `${source}에서 ${client}의 NO_PROXY에 ${token} 추가`,
  'proxy-scheme-set': ({ client, source, value }) =>
    `${source}에서 ${client}의 프록시 주소를 ${value}(으)로 변경`,
  'proxy-tell': ({ client, source, value }) =>
    `${source}에서 ${client}의 프록시를 ${value}(으)로 설정`,
  'bundle-add': ({ references }) => `번들에 추가: ${list(references)}`,
  'mirror-hold': ({ mirror, references }) => `미러 ${mirror}에 추가: ${list(references)}`,
  'mirror-tell': ({ kind, client, mirror, source }) =>
    `${client}이(가) ${kinds[kind]}을(를) 미러 ${mirror}에 요청하도록 ${source} 설정`,
  'mirror-needed': ({ kind, references }) =>
    `다음 항목이 있는 ${kinds[kind]} 미러 필요: ${list(references)}`,
  'mirror-endpoint-set': ({ client, source, endpoint }) =>
    `${source}에서 ${client}의 미러 주소를 ${endpoint}(으)로 변경`,
  'range-change': ({ cluster, range, of }) =>
    `클러스터 ${cluster}의 ${ranges[of]} 범위를 ${range}이(가) 아닌 범위로 변경`,
};

const dead: Record<NoteFacts['dead-token']['dead'], string> = {
  'address-start': '주소의 앞부분',
  'no-network': '호스트도 네트워크도 아님',
  star: '이 클라이언트가 모르는 별표',
  port: '포트가 붙은 호스트',
};

export const notesKo: SayingTable<NoteFacts> = {
  'setting-unread': ({ client, source, reads }) =>
    `${client}은(는) ${source}을(를) 읽지 않음 (읽는 위치: ${reads.join(', ')})`,
  'case-conflict': ({ client, source, used, ignored }) =>
    `${source}의 ${used}과(와) ${ignored} 값이 다름: ${client}은(는) ${used} 사용`,
  'case-unread': ({ client, source, name, reads }) =>
    `${client}은(는) ${source}의 ${name}을(를) 읽지 않고 ${reads}만 읽음`,
  'dead-token': ({ client, source, token, dead: why }) =>
    `${source}의 NO_PROXY 값 ${JSON.stringify(token)}은(는) ${client}에서 아무것도 일치하지 않음: ${dead[why]}`,
  overridden: ({ client, source, by }) => `${client}은(는) ${source}이(가) 아닌 ${by}을(를) 따름`,
  'no-proxy-known': ({ client, nodes }) =>
    `${client}에 프록시 설정이 없어 직접 연결함: ${list(nodes)}`,
  'mirror-docker-hub-only': ({ client, source, registry }) =>
    `${client}은(는) ${source}의 registry-mirrors를 Docker Hub 이미지에만 사용함 (${registry} 제외)`,
  'not-drawn': ({ hosts }) =>
    `디자인에 없는 호스트는 인터넷에 있고 응답하는 것으로 처리함: ${list(hosts)}`,
  'pod-not-drawn': ({ client, nodes }) =>
    `${list(nodes)}에 그려진 팟이 없어 ${client}의 패킷을 노드에서 보낸 것으로 처리함`,
  'product-notes': ({ product, notes: said }) => `${product}에 대한 카탈로그의 설명: ${said}`,
  'reaches-out': ({ client, hosts, nodes }) =>
    `폐쇄망인데도 ${list(nodes)}의 ${client}이(가) ${list(hosts)}에 도달함: 번들이나 미러에 없는 항목을 인터넷에서 모르게 가져올 수 있음`,
};

export const plansKo = (
  fixText: (fix: PlanFacts['change']['fix']) => string,
): SayingTable<PlanFacts> => ({
  change: ({ fix }) => fixText(fix),
  'request-firewall': ({ rows }) => `방화벽 요청 목록(${rows}행)을 방화벽에서 허용`,
  bundle: ({ program, references, leftOut }) =>
    `${program === 'hauler' ? '인터넷이 되는 곳에서 Hauler로 번들 만들기' : '또는 Zarf로 번들 만들기'}: 항목 ${references}개${
      leftOut.length === 0 ? '' : `, 따로 옮길 항목: ${list(leftOut)}`
    }`,
  carry: ({ references, bytes, unsized, mediumBytes, transfers }) => {
    const atLeast = unsized > 0 ? '최소 ' : '';
    const sized = unsized === references ? '크기 알 수 없음' : `${atLeast}${bytesText(bytes)}`;
    const rest = unsized > 0 && unsized < references ? ` (${unsized}개의 크기는 알 수 없음)` : '';
    const times =
      transfers === undefined
        ? ''
        : `, ${bytesText(mediumBytes ?? 0)} 매체로 ${atLeast}${transfers}회`;
    return `번들 옮기기: 항목 ${references}개, ${sized}${rest}${times}`;
  },
  tell: ({ clients, source, proxy, mirrors }) =>
    `${source}에서 ${clients.join(', ')}에 ${[proxy ? '프록시' : '', mirrors ? '미러' : ''].filter((one) => one !== '').join('와 ')} 설정`,
  do: ({ title }) => titleKo(title),
});
