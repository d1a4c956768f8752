export * from './disposition.ts';
export * from './packet.ts';
export { assumptionText, reasonText, warningText } from './reasons-ko.ts';
export * from './result.ts';
export * from './sentences.ts';
export * from './step.ts';
export { withParticles } from './words-ko.ts';
