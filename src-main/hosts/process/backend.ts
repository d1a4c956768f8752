import {
  done,
  failed,
  type Answer,
  type Backend,
  type BackendEvent,
  type Input,
  type Listener,
  type Method,
  type Output,
} from '../../contract/index.ts';
import { inputs } from '../../contract/inputs.ts';
import { possibleSteps, repetitionOf, turnOf, type Call } from './calls.ts';
import { startHeartbeat, type Heartbeat, type HeartbeatOptions } from './heartbeat.ts';
import type { BackendProcess, BackendSetup, FromBackend } from './messages.ts';
import { createOpenProjects } from './open-projects.ts';
import { createTurns } from './turns.ts';

export interface ProcessBackendOptions extends HeartbeatOptions {
  /** Waits before the first, second, … new start after a quick end; no new start after the last. Milliseconds. */
  readonly restartDelaysMs?: readonly number[];
  /** A process that ends sooner than this has ended quickly. Milliseconds. */
  readonly quickEndMs?: number;
  /** How long the process may take to do what was asked and close what is open. Milliseconds. */
  readonly closeLimitMs?: number;
}

const defaults = {
  restartDelaysMs: [0, 500],
  quickEndMs: 10_000,
  closeLimitMs: 5_000,
} satisfies ProcessBackendOptions;

/**
 * The backend in a process of its own, so that a long run holds up nobody else and its end is survived. When the process
 * dies, a new one takes its place, opens the same projects under the same names, and subscribers are told.
 *
 * Edits are done in order and once. Of each project one is on its way at a time (`turnOf`), and it is known at which step
 * of the history it was sent. One that was not answered before the process died was either done or not: the project is
 * taken back to that step and the edit made again, so that either way it is done once, and answered. It is answered
 * `backend-restarted` where that cannot be relied on: the project cannot be opened any more, it stands where the edit
 * cannot have left it, or two processes have died of the edit. What was asked while there was no process waits for the
 * next one. Questions that were on their way are asked again, save a run of which the user may have ended the process.
 * Other calls are answered `backend-restarted`.
 */
export function createProcessBackend(
  start: () => BackendProcess,
  setup: BackendSetup,
  options: ProcessBackendOptions = {},
): Backend {
  const { restartDelaysMs, quickEndMs, closeLimitMs } = { ...defaults, ...options };
  const listeners = new Set<Listener>();
  const projects = createOpenProjects();
  const turns = createTurns();
  /** Sent and not answered, by id. */
  const pending = new Map<number, Call>();
  /** Asked while no process was there to be asked. */
  const queued: Call[] = [];
  /** Edits that a process died on, to be made again by the next one. */
  const interrupted: Call[] = [];
  /** Answers to calls that keep a turn. */
  const inTurn = new Set<Promise<unknown>>();
  let ids = 0;
  let quickEnds = 0;
  let running: BackendProcess | undefined;
  let isReady = false;
  let heartbeat: Heartbeat | undefined;
  /** The user has asked for its end. */
  let isUnwanted = false;
  /** Why there is no process, and none will come by itself. */
  let lostBecause: string | undefined;
  let restart: ReturnType<typeof setTimeout> | undefined;
  let closing: Promise<void> | undefined;

  const tell = (event: BackendEvent) => {
    for (const listener of [...listeners]) listener(event);
  };

  function launch(afterReason?: string): void {
    const startedMs = performance.now();
    restart = undefined;
    lostBecause = undefined;
    isUnwanted = false;
    const process = start();
    running = process;
    process.onMessage((message) => {
      if (running === process) receive(message, afterReason);
    });
    process.onEnd((reason) => {
      if (running === process) survive(reason, performance.now() - startedMs);
    });
    process.post({ kind: 'start', setup, openBefore: projects.list() });
    heartbeat = startHeartbeat(
      () => process.post({ kind: 'beat' }),
      (answers) => tell({ event: 'backend.answers', payload: { answers } }),
      options,
    );
  }

  function receive(message: FromBackend, afterReason: string | undefined): void {
    heartbeat?.heard();
    switch (message.kind) {
      case 'ready':
        isReady = true;
        for (const call of interrupted.splice(0)) void repeat(call, afterReason ?? '');
        for (const call of queued.splice(0)) dispatch(call);
        if (afterReason !== undefined) {
          tell({ event: 'backend.restarted', payload: { reason: afterReason } });
        }
        return;
      case 'answer': {
        const call = pending.get(message.id);
        if (call) finish(call, message.answer);
        return;
      }
      case 'event':
        projects.hear(message.event);
        tell(message.event);
        return;
      case 'beat':
      case 'closed':
        return;
      default:
        message satisfies never;
    }
  }

  /** The process has ended though nobody closed it. */
  function survive(given: string, livedMs: number): void {
    const reason = isUnwanted ? 'it did not answer' : given;
    stopListening();
    for (const call of [...pending.values()]) {
      pending.delete(call.message.id);
      const repetition = repetitionOf(call, isUnwanted);
      if (repetition === 'from its step') interrupted.push(call);
      else if (repetition === 'as it was') queued.push(call);
      else finish(call, failed('backend-restarted', { reason }));
    }
    quickEnds = livedMs < quickEndMs && !isUnwanted ? quickEnds + 1 : 0;
    const delayMs = quickEnds === 0 ? 0 : restartDelaysMs[quickEnds - 1];
    if (delayMs !== undefined) {
      restart = setTimeout(launch, delayMs, reason);
      return;
    }
    lostBecause = reason;
    finishAll(failed('backend-unreachable', { reason }));
    tell({ event: 'backend.lost', payload: { reason } });
  }

  function stopListening(): void {
    running = undefined;
    isReady = false;
    heartbeat?.stop();
  }

  /** Sends the call as soon as there is a process that takes it. */
  function dispatch(call: Call): void {
    if (running && isReady) send(running, call);
    else queued.push(call);
  }

  function send(process: BackendProcess, call: Call): void {
    const { message, turn } = call;
    call.times++;
    if (turn !== undefined) call.step ??= projects.stepOf(turn);
    pending.set(message.id, call);
    try {
      process.post(message);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      finish(call, failed('message-malformed', { reason }));
    }
  }

  function finish(call: Call, answer: Answer<unknown>): void {
    if (call.isAnswered) return;
    call.isAnswered = true;
    const { message, turn } = call;
    pending.delete(message.id);
    projects.heed(message.method, message.payload, answer);
    call.settle(answer);
    const next = turn === undefined ? undefined : turns.next(turn);
    if (next) dispatch(next);
  }

  function finishAll(answer: Answer<unknown>): void {
    const calls = [...turns.clear(), ...interrupted.splice(0), ...queued.splice(0)];
    for (const call of [...pending.values(), ...calls]) finish(call, answer);
  }

  /** Makes an edit again that a process died on, from the step that it was made on. */
  async function repeat(call: Call, reason: string): Promise<void> {
    const { turn: project = '', step = 0 } = call;
    let state = await ask('project.state', { project });
    const isKnown = state.ok && possibleSteps(call).includes(state.value.step);
    if (state.ok && isKnown && state.value.step !== step) {
      state = await ask('project.goTo', { project, sequence: step });
    }
    // The backend was given up meanwhile, and whoever asked was told.
    if (call.isAnswered) return;
    if (state.ok && isKnown) dispatch(call);
    else if (!state.ok && state.error.code === 'backend-restarted') interrupted.push(call);
    else finish(call, failed('backend-restarted', { reason }));
  }

  function enqueue(method: string, payload: unknown, turn?: string): Promise<Answer<unknown>> {
    return new Promise((settle) => {
      const message = { kind: 'call', id: ++ids, method, payload } as const;
      const call: Call = { message, settle, turn, times: 0, isAnswered: false };
      if (turn === undefined || turns.join(turn, call)) dispatch(call);
    });
  }

  /** A question of our own. */
  const ask = <Name extends Method>(method: Name, payload: Input<Name>) =>
    enqueue(method, payload) as Promise<Answer<Output<Name>>>;

  function callUntyped(method: string, payload: unknown): Promise<Answer<unknown>> {
    if (closing) {
      return Promise.resolve(failed('backend-unreachable', { reason: 'it has been closed' }));
    }
    const isRestart =
      method === 'backend.restart' && inputs['backend.restart'].safeParse(payload).success;
    if (lostBecause !== undefined) {
      if (method !== 'app.start' && !isRestart) {
        return Promise.resolve(failed('backend-unreachable', { reason: lostBecause }));
      }
      // A page that begins anew is worth another try.
      quickEnds = 0;
      launch(lostBecause);
    } else if (isRestart) {
      isUnwanted = true;
      running?.kill();
    }
    if (isRestart) return Promise.resolve(done({}));
    const turn = turnOf(method, payload);
    const answer = enqueue(method, payload, turn);
    if (turn !== undefined) {
      inTurn.add(answer);
      void answer.finally(() => inTurn.delete(answer));
    }
    return answer;
  }

  /** Lets the process do what was asked and close what is open, for a while; also one that is just being started. */
  async function end(): Promise<void> {
    let limit: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<void>((resolve) => {
      limit = setTimeout(resolve, closeLimitMs);
    });
    await Promise.race([Promise.all(inTurn), tooLate]);
    clearTimeout(restart);
    const process = running;
    stopListening();
    if (process) {
      await new Promise<void>((resolve) => {
        void tooLate.then(() => process.kill());
        process.onEnd(() => resolve());
        process.onMessage((message) => {
          // It answers what it was asked before.
          if (message.kind === 'answer') receive(message, undefined);
          if (message.kind === 'closed') process.kill();
        });
        // It reads them in order, also one that is not ready yet.
        for (const call of queued.splice(0)) send(process, call);
        process.post({ kind: 'close' });
      });
    }
    clearTimeout(limit);
    finishAll(failed('backend-unreachable', { reason: 'it has been closed' }));
    listeners.clear();
  }

  launch();
  return {
    callUntyped,
    call: <Name extends Method>(method: Name, payload: Input<Name>) =>
      callUntyped(method, payload) as Promise<Answer<Output<Name>>>,
    subscribe(listener) {
      // Twice the same function are two subscriptions.
      const own: Listener = (event) => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    close: () => (closing ??= end()),
  };
}
