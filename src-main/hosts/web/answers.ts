import { randomUUID } from 'node:crypto';
import { failed, type Answer, type Ticket } from '../../contract/index.ts';

export interface AnswersOptions {
  /** How long a connection is kept waiting for an answer. Milliseconds. */
  readonly waitMs?: number;
  /** How long an answer is kept for a page that does not ask for it. Milliseconds. */
  readonly keepMs?: number;
}

const defaults = { waitMs: 2_000, keepMs: 120_000 } satisfies AnswersOptions;

/** Answers that take long. */
export interface Answers {
  /** The answer where it comes soon, else a ticket for it. */
  soon(answer: Promise<Answer<unknown>>): Promise<Answer<unknown> | Ticket>;
  /** What a page asks with its ticket. */
  of(ticket: string): Promise<Answer<unknown> | Ticket>;
}

/**
 * A browser opens six connections to a host, all its tabs together, and one of them is for the events. Calls that a long
 * task or a backend that hangs keeps waiting would take the others, and nothing could be asked any more, least of all to
 * restart the backend. So none is kept waiting for long: its page is given a ticket, and asks with that for the answer.
 */
export function createAnswers(options: AnswersOptions = {}): Answers {
  const { waitMs, keepMs } = { ...defaults, ...options };
  const kept = new Map<string, Promise<Answer<unknown>>>();

  async function within(
    answer: Promise<Answer<unknown>>,
    later: () => Ticket,
  ): Promise<Answer<unknown> | Ticket> {
    let limit: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<undefined>((resolve) => {
      limit = setTimeout(resolve, waitMs, undefined);
    });
    const first = await Promise.race([answer, tooLate]);
    clearTimeout(limit);
    return first ?? later();
  }

  function keep(answer: Promise<Answer<unknown>>): Ticket {
    const ticket = randomUUID();
    kept.set(ticket, answer);
    // Kept for a while after it came: its page is at its next question for it, or has gone.
    void answer.then(() => setTimeout(() => kept.delete(ticket), keepMs).unref());
    return { ticket };
  }

  return {
    soon: (answer) => within(answer, () => keep(answer)),
    of(ticket) {
      const answer = kept.get(ticket);
      if (answer) return within(answer, () => ({ ticket }));
      const reason = 'it no longer has the answer to this call';
      return Promise.resolve(failed('backend-unreachable', { reason }));
    },
  };
}
