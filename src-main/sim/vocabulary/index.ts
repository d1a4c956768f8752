export * from './disposition.ts';
export * from './packet.ts';
export * from './result.ts';
export * from './sentences.ts';
export * from './step.ts';
