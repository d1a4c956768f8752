import type { Answer, Input, Method } from '../../contract/index.ts';
import { projectOf } from './open-projects.ts';
import type { ToBackend } from './messages.ts';

/** A call that somebody waits for. */
export interface Call {
  readonly message: Extract<ToBackend, { kind: 'call' }>;
  readonly settle: (answer: Answer<unknown>) => void;
  /** The project among whose calls it keeps its turn. */
  readonly turn: string | undefined;
  /** How often it was sent. */
  times: number;
  isAnswered: boolean;
  /** The step of its project's history that it was first sent at; undefined where it is no edit. */
  step?: number | undefined;
}

/** Calls that are done one after the other, each when the one before it was answered: what they do depends on it. */
const inOrder: ReadonlySet<string> = new Set<Method>([
  'project.apply',
  'project.change',
  'project.undo',
  'project.redo',
  'project.goTo',
  'project.settle',
  'project.saveAs',
  'project.saveCopy',
  'project.duplicate',
  'project.versions.save',
  'project.versions.restore',
  'project.versions.delete',
  'project.close',
]);

/** The project among whose calls this one keeps its turn; undefined where it need not wait for any. */
export const turnOf = (method: string, payload: unknown): string | undefined =>
  inOrder.has(method) ? projectOf(payload) : undefined;

/** Where the project can stand when this edit was the only one on its way, whether it was done or not. */
export function possibleSteps({ message, step }: Call): readonly number[] {
  if (step === undefined) return [];
  switch (message.method) {
    case 'project.apply':
    case 'project.change':
    case 'project.versions.restore':
    case 'project.redo':
      return [step, step + 1];
    case 'project.undo':
      return [step, step - 1];
    case 'project.goTo':
      return [step, (message.payload as Input<'project.goTo'>).sequence];
    default:
      return [];
  }
}

/** Calls that only answer: to make them again changes nothing. */
const questions: ReadonlySet<string> = new Set<Method>([
  'app.start',
  'settings.read',
  'files.list',
  'files.readText',
  'recents.list',
  'examples.list',
  'examples.read',
  'design.read',
  'design.parse',
  'design.format',
  'design.lint',
  'trace.pcap',
  'project.state',
  'project.read',
  'project.plan',
  'project.nextFree',
  'project.history',
  'project.versions.list',
  'project.versions.compare',
  'entity.format',
  'entity.parse',
]);

/** Questions that may take long: where the user ends a backend that does not answer, one of them may be why. */
const runs: ReadonlySet<string> = new Set<Method>([
  'flow.simulate',
  'flow.explain',
  'flows.simulateAll',
  'intents.verify',
  'design.connections',
  'kubernetes.import',
  'iptables.import',
  'artifacts.import',
]);

/** A call that a process has died on twice is not given to a third one. */
const timesSent = 2;

export type Repetition = 'from its step' | 'as it was' | 'none';

/** How the call can be made in another process without being done twice. */
export function repetitionOf(call: Call, isEndedByUser: boolean): Repetition {
  const { method } = call.message;
  if (call.times >= timesSent) return 'none';
  if (possibleSteps(call).length > 0) return 'from its step';
  if (questions.has(method) || (runs.has(method) && !isEndedByUser)) return 'as it was';
  return 'none';
}
