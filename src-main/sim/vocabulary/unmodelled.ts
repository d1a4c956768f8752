import type { SayingTable } from './saying.ts';

/** Parts of a design that a flow can meet and that are not simulated. */
export interface UnmodelledFacts {
  'kube-proxy-mode': { readonly cluster: string; readonly mode: string };
  'calico-untracked': { readonly hostEndpoint: string; readonly policies: readonly string[] };
  'calico-service-accounts': { readonly policies: readonly string[] };
  'more-stretches': { readonly segment: string };
  'designated-instance': { readonly router: string; readonly segment: string };
}

/** One of these parts, with the facts of its sentence. */
export type Unmodelled = {
  readonly [Part in keyof UnmodelledFacts]: { readonly part: Part } & UnmodelledFacts[Part];
}[keyof UnmodelledFacts];

export const unmodelled: SayingTable<UnmodelledFacts> = {
  'kube-proxy-mode': ({ cluster, mode }) =>
    `kube-proxy mode ${mode} of ${cluster} is simulated as iptables`,
  'calico-untracked': ({ hostEndpoint, policies }) =>
    `doNotTrack is not simulated: ${policies.join(', ')} of host endpoint ${hostEndpoint} ${policies.length === 1 ? 'is' : 'are'} left out`,
  'calico-service-accounts': ({ policies }) =>
    `service accounts are not simulated: what ${policies.join(', ')} selects by them, it does not select here`,
  'more-stretches': ({ segment }) =>
    `${segment} is joined to several stretches: only the first is followed`,
  'designated-instance': ({ router, segment }) =>
    `${router}'s interface on ${segment}: physical machines reach a distributed router by its designated instance, which is not simulated`,
};

export const unmodelledKo: SayingTable<UnmodelledFacts> = {
  'kube-proxy-mode': ({ cluster, mode }) =>
    `${cluster}의 kube-proxy 모드 ${mode}은(는) iptables로 시뮬레이션됨`,
  'calico-untracked': ({ hostEndpoint, policies }) =>
    `doNotTrack은 시뮬레이션되지 않음: 호스트 엔드포인트 ${hostEndpoint}의 ${policies.join(', ')}은(는) 제외됨`,
  'calico-service-accounts': ({ policies }) =>
    `서비스 어카운트는 시뮬레이션되지 않음: ${policies.join(', ')}이(가) 그것으로 고르는 대상은 여기서 선택되지 않음`,
  'more-stretches': ({ segment }) => `${segment}에 확장 구간이 여럿 연결됨: 첫 번째만 따라감`,
  'designated-instance': ({ router, segment }) =>
    `${segment}의 ${router} 인터페이스: 물리 머신은 지정 인스턴스로 분산 라우터에 닿으며, 이는 시뮬레이션되지 않음`,
};

/** The sentence about a part that is not simulated. */
export const unmodelledText = (table: SayingTable<UnmodelledFacts>, facts: Unmodelled): string =>
  // A part and its facts belong together by their type.
  (table[facts.part] as (facts: Unmodelled) => string)(facts);
