/** Every call of the backend in one place: desktop, browser host and command line are transports over these. */
export * from './bridge.ts';
export * from './changes.ts';
export * from './edits.ts';
export * from './errors.ts';
export * from './events.ts';
export * from './inputs.ts';
export * from './json.ts';
export * from './methods.ts';
export * from './vocabulary.ts';
