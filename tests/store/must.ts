import type { Outcome } from '../../src-main/app/project/index.ts';

/** The value of what has to succeed. */
export function must<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.error.code}: ${outcome.error.sentence}`);
}

/** The code of what has to fail, or `ok`. */
export function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.error.code;
}
