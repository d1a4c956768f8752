export { compile } from './compile/compile.ts';
export type { Network } from './compile/network.ts';
export { simulate, type SimulateOptions } from './simulate.ts';
export * from './vocabulary/index.ts';
export { createVerdictRunner, type VerdictRunner } from './verdict.ts';
