export { assumeInternet } from './assumed-internet.ts';
export { Connections } from './connections.ts';
export { evaluateInstall, prepareInstall, type PreparedInstall } from './evaluate.ts';
export type { InstallQuestion } from './evaluation.ts';
export type * from './vocabulary.ts';
export type * from './plan/vocabulary.ts';
export { causeText, fixText, installTitle, noteText, planText } from './words/index.ts';
