export type { Assumption, AssumptionFacts } from './assumptions.ts';
export * from './disposition.ts';
export { tupleText } from './filter-text.ts';
export { languages, type Language } from './languages.ts';
export * from './packet.ts';
export {
  because,
  type Reason,
  type Reasoned,
  type ReasonCode,
  type ReasonFacts,
} from './reason.ts';
export type { Refusal } from './refusals.ts';
export * from './result.ts';
export * from './sentences.ts';
export * from './step.ts';
export { assumptionText, reasoned, reasonText, refusalText, warningText } from './tell.ts';
export type { Unmodelled } from './unmodelled.ts';
export type { WarningFacts } from './warning.ts';
export { withParticles } from './words-ko.ts';
