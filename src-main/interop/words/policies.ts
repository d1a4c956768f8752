import type { Language } from '../../sim/vocabulary/languages.ts';
import type { NoFacts } from '../../sim/vocabulary/saying.ts';
import { stepText, type ToldStep } from '../../sim/vocabulary/sentences.ts';
import type { Sayings } from '../../sim/vocabulary/told.ts';

/** Intents that policies do not enforce, and what stands beside the policies. */
export interface PolicyFacts {
  'no-flow': NoFacts;
  'too-many-flows': { readonly flows: number; readonly most: number };
  'never-reachable': SomeFlows & { readonly last: ToldStep | undefined };
  'blocked-anyway': SomeFlows & { readonly last: ToldStep | undefined };
  'no-policy-judges': SomeFlows;
  'not-told-apart': { readonly flow: string };
  'broken-by-policies': { readonly last: ToldStep | undefined };
  'policy-stays': NoFacts;
  'pods-unlabelled': { readonly namespace: string };
}

/** Which of an intent's flows: all of them where `some` is absent. */
interface SomeFlows {
  readonly some?: { readonly flows: number; readonly of: number };
}

const of = ({ some }: SomeFlows): string =>
  some ? `of ${some.flows} of its ${some.of} flows: ` : '';
const ofKo = ({ some }: SomeFlows): string =>
  some ? `플로우 ${some.of}개 중 ${some.flows}개: ` : '';

/** The last step of a way as the simulator tells it. */
const told = (last: ToldStep | undefined, language: Language, otherwise: string): string =>
  last === undefined ? otherwise : stepText(last, language).replace(/\.$/, '');
const why = (last: ToldStep | undefined) => told(last, 'en', 'there is no way');
const whyKo = (last: ToldStep | undefined) => told(last, 'ko', '길이 없음');

export const policies: Sayings<PolicyFacts> = {
  en: {
    'no-flow': () => 'it speaks of no flow',
    'too-many-flows': ({ flows, most }) => `it speaks of ${flows} flows, more than ${most}`,
    'never-reachable': ({ last, ...some }) =>
      `${of(some)}it is not reachable, whatever policies say: ${why(last)}`,
    'blocked-anyway': ({ last, ...some }) =>
      `${of(some)}nothing is left to do for policies, it is blocked without them: ${why(last)}`,
    'no-policy-judges': (some) =>
      `${of(some)}no policy judges it, since neither its ends nor what is on its way are pods of a cluster's pod network`,
    'not-told-apart': ({ flow }) =>
      `policies cannot tell the flow ${flow} from one that must be reachable`,
    'broken-by-policies': ({ last }) => `it does not hold with the policies in place: ${why(last)}`,
    'policy-stays': () => 'it is not written again: the policies of this export stand beside it',
    'pods-unlabelled': ({ namespace }) =>
      `its pods have no labels: what is allowed to them is allowed to all pods of namespace ${namespace}`,
  },
  ko: {
    'no-flow': () => '해당하는 플로우가 없음',
    'too-many-flows': ({ flows, most }) => `플로우가 ${flows}개로 한도 ${most}개를 넘음`,
    'never-reachable': ({ last, ...some }) =>
      `${ofKo(some)}정책과 관계없이 도달할 수 없음: ${whyKo(last)}`,
    'blocked-anyway': ({ last, ...some }) =>
      `${ofKo(some)}정책 없이도 차단되므로 정책이 할 일이 없음: ${whyKo(last)}`,
    'no-policy-judges': (some) =>
      `${ofKo(some)}양 끝도 그 사이도 클러스터 팟 네트워크의 팟이 아니므로 정책이 판정하지 않음`,
    'not-told-apart': ({ flow }) =>
      `정책으로는 플로우 ${flow}을(를) 도달해야 하는 플로우와 구별할 수 없음`,
    'broken-by-policies': ({ last }) => `정책을 적용하면 지켜지지 않음: ${whyKo(last)}`,
    'policy-stays': () => '내보낸 정책과 나란히 그대로 남으며 다시 기록되지 않음',
    'pods-unlabelled': ({ namespace }) =>
      `팟에 레이블이 없으므로 이 팟에 허용된 것은 네임스페이스 ${namespace}의 모든 팟에 허용됨`,
  },
};
