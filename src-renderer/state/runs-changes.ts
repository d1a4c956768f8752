import type { FlowSummary, IntentVerdict } from '../../src-main/contract/index.ts';

/** A flow as the table shows it: how it fares now, and how it fared before the last edit that changed that. */
export interface FlowState {
  readonly now: FlowSummary;
  /** Undefined where it fares as before, or is new. */
  readonly before?: FlowSummary;
}

/** An intent, and whether it held before the last edit where that was otherwise. */
export interface IntentState {
  readonly now: IntentVerdict;
  readonly held?: boolean;
}

export type FlowStates = ReadonlyMap<string, FlowState>;
export type IntentStates = ReadonlyMap<string, IntentState>;
export const noFlows: FlowStates = new Map();
export const noIntents: IntentStates = new Map();

/**
 * The flows as they fare now beside how they fared. Run again without an edit in between (`sameDesign`), what the last
 * edit changed is still news.
 */
export function flowStates(
  old: FlowStates,
  flows: readonly FlowSummary[],
  sameDesign: boolean,
): FlowStates {
  return new Map(
    flows.map((now) => {
      const was = old.get(now.id);
      const before = sameDesign ? was?.before : was?.now;
      return [now.id, before && !sameOutcome(before, now) ? { now, before } : { now }];
    }),
  );
}

export function intentStates(
  old: IntentStates,
  intents: readonly IntentVerdict[],
  sameDesign: boolean,
): IntentStates {
  return new Map(
    intents.map((now) => {
      const was = old.get(now.id);
      const held = sameDesign ? was?.held : was?.now.holds;
      return [now.id, held === undefined || held === now.holds ? { now } : { now, held }];
    }),
  );
}

const sameOutcome = (a: FlowSummary, b: FlowSummary): boolean =>
  a.status === b.status &&
  a.disposition === b.disposition &&
  a.replyDisposition === b.replyDisposition &&
  a.pathMtu === b.pathMtu;
