import {
  failed,
  type Answer,
  type Backend,
  type BackendEvent,
  type Input,
  type Listener,
  type Method,
  type Output,
} from '../../contract/index.ts';
import type { BackendProcess, BackendSetup, FromBackend, ToBackend } from './messages.ts';

export interface ProcessBackendOptions {
  /** Waits before the first, second, … new start after a quick end; no new start after the last. Milliseconds. */
  readonly restartDelaysMs?: readonly number[];
  /** A process that ends sooner than this has ended quickly. Milliseconds. */
  readonly quickEndMs?: number;
  /** How long the process may take to close what is open. Milliseconds. */
  readonly closeLimitMs?: number;
}

const defaults = {
  restartDelaysMs: [0, 500],
  quickEndMs: 10_000,
  closeLimitMs: 5_000,
} satisfies ProcessBackendOptions;

interface Waiting {
  readonly message: Extract<ToBackend, { kind: 'call' }>;
  readonly settle: (answer: Answer<unknown>) => void;
}

/**
 * The backend in a process of its own, so that a long run holds up nobody else and its end is survived. When the process
 * dies, calls that it has not answered are answered `backend-restarted`, a new one takes its place, and subscribers are
 * told. Projects have to be opened again then; what was acknowledged is in their files.
 */
export function createProcessBackend(
  start: () => BackendProcess,
  setup: BackendSetup,
  options: ProcessBackendOptions = {},
): Backend {
  const { restartDelaysMs, quickEndMs, closeLimitMs } = { ...defaults, ...options };
  const listeners = new Set<Listener>();
  /** Sent and not answered, by id. */
  const pending = new Map<number, Waiting>();
  /** Asked while no process was there to be asked. */
  const queued: Waiting[] = [];
  let ids = 0;
  let quickEnds = 0;
  let running: BackendProcess | undefined;
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
    const process = start();
    running = process;
    process.onMessage((message) => {
      if (running === process) receive(message, afterReason);
    });
    process.onEnd((reason) => {
      if (running === process) survive(reason, performance.now() - startedMs);
    });
    process.post({ kind: 'start', setup });
    for (const waiting of queued.splice(0)) ask(process, waiting);
  }

  function receive(message: FromBackend, afterReason: string | undefined): void {
    switch (message.kind) {
      case 'ready':
        if (afterReason !== undefined) {
          tell({ event: 'backend.restarted', payload: { reason: afterReason } });
        }
        return;
      case 'answer':
        pending.get(message.id)?.settle(message.answer);
        pending.delete(message.id);
        return;
      case 'event':
        tell(message.event);
        return;
      case 'closed':
        return;
      default:
        message satisfies never;
    }
  }

  /** The process has ended though nobody asked it to. */
  function survive(reason: string, livedMs: number): void {
    running = undefined;
    answerAll([...pending.values()], failed('backend-restarted', { reason }));
    pending.clear();
    quickEnds = livedMs < quickEndMs ? quickEnds + 1 : 0;
    const delayMs = quickEnds === 0 ? 0 : restartDelaysMs[quickEnds - 1];
    if (delayMs !== undefined) {
      restart = setTimeout(launch, delayMs, reason);
      return;
    }
    lostBecause = reason;
    answerAll(queued.splice(0), failed('backend-unreachable', { reason }));
    tell({ event: 'backend.lost', payload: { reason } });
  }

  function ask(process: BackendProcess, waiting: Waiting): void {
    const { message, settle } = waiting;
    pending.set(message.id, waiting);
    try {
      process.post(message);
    } catch (thrown) {
      pending.delete(message.id);
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      settle(failed('message-malformed', { reason }));
    }
  }

  function callUntyped(method: string, payload: unknown): Promise<Answer<unknown>> {
    if (closing) {
      return Promise.resolve(failed('backend-unreachable', { reason: 'it has been closed' }));
    }
    if (lostBecause !== undefined) {
      if (method !== 'app.start') {
        return Promise.resolve(failed('backend-unreachable', { reason: lostBecause }));
      }
      // A page that begins anew is worth another try.
      quickEnds = 0;
      launch(lostBecause);
    }
    return new Promise((settle) => {
      const waiting: Waiting = { message: { kind: 'call', id: ++ids, method, payload }, settle };
      if (running) ask(running, waiting);
      else queued.push(waiting);
    });
  }

  /** Lets the process close what is open, for a while. */
  async function end(): Promise<void> {
    clearTimeout(restart);
    const process = running;
    running = undefined;
    if (process) {
      await new Promise<void>((resolve) => {
        const limit = setTimeout(() => process.kill(), closeLimitMs);
        process.onEnd(() => {
          clearTimeout(limit);
          resolve();
        });
        process.onMessage((message) => {
          // It answers what it was asked before.
          if (message.kind === 'answer') receive(message, undefined);
          if (message.kind === 'closed') process.kill();
        });
        process.post({ kind: 'close' });
      });
    }
    const closed = failed('backend-unreachable', { reason: 'it has been closed' });
    answerAll([...pending.values(), ...queued.splice(0)], closed);
    pending.clear();
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

function answerAll(waiting: readonly Waiting[], answer: Answer<unknown>): void {
  for (const { settle } of waiting) settle(answer);
}
