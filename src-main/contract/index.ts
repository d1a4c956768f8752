/**
 * Every call of the backend in one place: desktop, browser host and command line are transports over these. The validators
 * are taken from `inputs.ts` by whoever checks; a page only asks, and shall not carry them.
 */
export * from './bridge.ts';
export type * from './changes.ts';
export * from '../model/edits.ts';
export { changeText, type ChangeSaying } from './change-words.ts';
export { errorWording } from './error-words.ts';
export * from './errors.ts';
export * from './events.ts';
export type * from './inputs.ts';
export * from './json.ts';
export * from './methods.ts';
export * from './opening.ts';
export type * from './project-errors.ts';
export * from './tool-formats.ts';
export * from './vocabulary.ts';
