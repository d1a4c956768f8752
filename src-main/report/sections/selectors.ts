import type { NetworkPolicy } from '../../model/design.ts';
import { visibleText } from '../../model/visible-text.ts';
import type { ReportWords } from '../words/index.ts';

type LabelSelector = NetworkPolicy['podSelector'];

/** As kubectl's `--selector` takes them: `app=web,tier in (a,b),!old`. */
export const labelsText = (labels: Readonly<Record<string, string>> = {}): string =>
  Object.entries(labels)
    .map(([key, value]) => visibleText(`${key}=${value}`))
    .join(',');

export function selectorText(t: ReportWords, selector: LabelSelector): string {
  const { matchLabels, matchExpressions = [] } = selector;
  const parts = [
    labelsText(matchLabels),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return `${key} in (${values.join(',')})`;
        case 'NotIn':
          return `${key} notin (${values.join(',')})`;
        case 'Exists':
          return key;
        case 'DoesNotExist':
          return `!${key}`;
        default:
          return operator satisfies never;
      }
    }),
  ].filter((part) => part !== '');
  return parts.length === 0 ? t.any : visibleText(parts.join(','));
}
