export interface HeartbeatOptions {
  /** How often the process is asked whether it is there. Milliseconds. */
  readonly beatMs?: number;
  /** So many beats without a word are told: with the usual beat, 45 seconds. */
  readonly missedBeats?: number;
}

/**
 * Runs are sliced (`app/flows/runs.ts`), checks go one a turn, and what is not cut up (reading the largest text, compiling
 * the largest design) takes some seconds: a backend that works is heard of well within the limit.
 */
const defaults = { beatMs: 5_000, missedBeats: 9 } satisfies HeartbeatOptions;

export interface Heartbeat {
  /** The process has said something. */
  heard(): void;
  stop(): void;
}

/**
 * Notices a process that lives and does not answer. Beats are counted, not the time between them: a machine that has
 * slept, or was too busy for this process as well, is no reason to call the other one dead.
 */
export function startHeartbeat(
  ask: () => void,
  onAnswers: (answers: boolean) => void,
  options: HeartbeatOptions,
): Heartbeat {
  const { beatMs, missedBeats } = { ...defaults, ...options };
  /** Beats since it was last heard. */
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered === 0) ask();
    unanswered++;
    // Once more each time, for pages that were loaded since.
    if (unanswered > missedBeats && unanswered % missedBeats === 1) onAnswers(false);
  }, beatMs);
  return {
    heard() {
      const wasSilent = unanswered > missedBeats;
      unanswered = 0;
      if (wasSilent) onAnswers(true);
    },
    stop: () => clearInterval(timer),
  };
}
