import type { RuleName, Tuple } from './step.ts';

/** What a firewall did with a packet, and by which rule; without one it was the list's default. */
export interface Filtered extends Tuple {
  readonly action: 'accept' | 'deny' | 'reject';
  readonly rule?: RuleName;
}

/** `tcp 443 from 198.51.100.25 to 203.0.113.43`; protocols without ports name none. */
export function tupleText({ protocol, source, destination, destinationPort }: Tuple): string {
  const service = destinationPort === 0 ? protocol : `${protocol} ${destinationPort}`;
  return `${service} from ${source} to ${destination}`;
}

/** `198.51.100.25 → 203.0.113.43 tcp 443`. */
export function tupleTextKo({ protocol, source, destination, destinationPort }: Tuple): string {
  const service = destinationPort === 0 ? protocol : `${protocol} ${destinationPort}`;
  return `${source} → ${destination} ${service}`;
}

/** `5 internet-to-ingress`: the number, then the name, or the id where there is none. */
export const ruleText = ({ number, id, name }: RuleName): string => `${number} ${name ?? id}`;

const verbs = { accept: 'accepts', deny: 'denies', reject: 'rejects' } as const;
const verbsKo = { accept: '허용', deny: '거부', reject: '거절' } as const;

export function filterText({ action, rule, ...tuple }: Filtered): string {
  const subject = rule ? `Rule ${ruleText(rule)}` : 'The default rule';
  return `${subject} ${verbs[action]} ${tupleText(tuple)}`;
}

export function filterTextKo({ action, rule, ...tuple }: Filtered): string {
  const subject = rule ? `규칙 ${ruleText(rule)}` : '기본 규칙';
  return `${subject}: ${tupleTextKo(tuple)} ${verbsKo[action]}`;
}
