import type { Issue } from './errors.ts';

/** Tells what a validator expected, which it says in English. */
export type Expectation = (said: string) => string;

/** One thing that is wrong with a document: its place, its value, and what is needed there. */
export const issueTextKo = (
  { code, path, value, expected }: Issue,
  expectation: Expectation,
): string => {
  const place = path === '' ? '문서' : path;
  const found = code === 'missing-key' ? ' 없음' : value === undefined ? '' : ` = ${value}`;
  return `${place}${found} (필요한 값: ${expectation(expected)})`;
};
