import type { PolicyDenial, PolicyVerdict } from './step.ts';

/** `ingress of pod web-1`: the subject of a sentence. */
export const policySubject = ({ direction, ...endpoint }: PolicyVerdict): string =>
  'pod' in endpoint
    ? `${direction} of pod ${endpoint.pod}`
    : `${direction} by host endpoint ${endpoint.hostEndpoint}`;

const directionKo = { ingress: '인바운드', egress: '아웃바운드' } as const;
export const policySubjectKo = ({ direction, ...endpoint }: PolicyVerdict): string =>
  'pod' in endpoint
    ? `팟 ${endpoint.pod}의 ${directionKo[direction]}`
    : `호스트 엔드포인트 ${endpoint.hostEndpoint}의 ${directionKo[direction]}`;

/** Why policies denied a packet: a rule that says so, or none that lets it through. */
export function denialText({ policies, rule, ...verdict }: PolicyDenial): string {
  const subject = policySubject(verdict);
  const [first, ...others] = policies;
  if (first === undefined) return `${subject} is denied by default: no policy allows it`;
  if (rule !== undefined) return `${subject} is denied by ${rule} of policy ${first}`;
  const word = others.length === 0 ? 'policy' : 'policies';
  return `${subject} is isolated by ${word} ${policies.join(', ')}: no rule matches`;
}

export function denialTextKo({ policies, rule, ...verdict }: PolicyDenial): string {
  const subject = policySubjectKo(verdict);
  const [first] = policies;
  if (first === undefined) return `${subject}: 허용하는 정책이 없어 기본으로 거부됨`;
  if (rule !== undefined) return `${subject}: 정책 ${first}의 ${rule}이(가) 거부`;
  return `${subject}: 정책 ${policies.join(', ')}(으)로 격리되었고 일치하는 규칙이 없음`;
}
