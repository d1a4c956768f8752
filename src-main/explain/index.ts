export { applied, explain, explaining, type ExplainOptions } from './explain.ts';
export { repair, type Repair } from './repair.ts';
export type { Steps } from './search.ts';
export type * from './vocabulary.ts';
export { blockedText, opensText, remedyText } from './words/index.ts';
