import type { CDPSession, Page, Request } from 'playwright-core';

/** What the window's own thread did while something was done in it, and how long the host took to answer. */
export interface Work {
  /**
   * The longest piece of work without a pause: how long the window did not react. Milliseconds of the processor in that
   * thread, so that other work of the machine slows nothing but the caches.
   */
  readonly longestMs: number;
  /** From the question until the answer to the edit, in the host and its backend. NaN where nothing was edited. */
  readonly answerMs: number;
  /** What the deed took by the clock. */
  readonly deedMs: number;
}

export interface Watched {
  /** Does something, waits until nothing is asked of the host any more, and tells what came of it. */
  work(deed: () => Promise<void>): Promise<Work>;
  /** Milliseconds between the frames that are shown while something is done. */
  frames(deed: () => Promise<void>): Promise<readonly number[]>;
}

/** Quiet for so long: nothing comes after it by itself. */
const quietMs = 500;
const longestWaitMs = 60_000;

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ph: string;
  /** Microseconds on the processor, and by the clock. */
  readonly tdur?: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

/** Looks at a page from outside: by the browser's own trace of its threads. */
export async function watch(page: Page): Promise<Watched> {
  const session = await page.context().newCDPSession(page);
  const asked = new Set<Request>();
  let lastAt = 0;
  let answers: number[] = [];
  /** Of a method, `project.read`; what keeps the host posted is none. */
  const isCall = (request: Request): boolean => /\/api\/\w+\./.test(request.url());
  page.on('request', (request) => {
    if (isCall(request)) asked.add(request);
  });
  const ended = (request: Request): void => {
    if (!asked.delete(request)) return;
    lastAt = performance.now();
    const { requestStart, responseStart } = request.timing();
    if (/project\.(change|apply|undo|goTo)$/.test(request.url())) {
      answers.push(responseStart - requestStart);
    }
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);

  const quiet = async (): Promise<void> => {
    const began = performance.now();
    lastAt = began;
    while (asked.size > 0 || performance.now() - lastAt < quietMs) {
      await page.waitForTimeout(50);
      if (performance.now() - began > longestWaitMs) {
        throw new Error(`not answered: ${[...asked].map((request) => request.url()).join(', ')}`);
      }
    }
    // What was asked for has been taken in and is shown.
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))',
    );
  };

  return {
    async work(deed) {
      answers = [];
      const trace = await startTrace(session);
      const began = performance.now();
      await deed();
      const deedMs = performance.now() - began;
      await quiet();
      const tasks = await trace();
      return { longestMs: Math.max(0, ...tasks), answerMs: answers[0] ?? NaN, deedMs };
    },
    async frames(deed) {
      await page.evaluate(`{
        window.shownFrames = [];
        let last;
        const count = (now) => {
          if (!window.shownFrames) return;
          if (last !== undefined) shownFrames.push(now - last);
          last = now;
          requestAnimationFrame(count);
        };
        requestAnimationFrame(count);
      }`);
      await deed();
      return page.evaluate<number[]>(
        `(() => { const frames = shownFrames; window.shownFrames = undefined; return frames; })()`,
      );
    },
  };
}

/** Begins to record; what is answered ends it, and gives the lengths of the tasks of the page's main thread. */
async function startTrace(session: CDPSession): Promise<() => Promise<readonly number[]>> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { readonly value: unknown[] }): void => {
    for (const event of value as TraceEvent[]) events.push(event);
  };
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      recordMode: 'recordUntilFull',
      includedCategories: ['disabled-by-default-devtools.timeline', '__metadata'],
      excludedCategories: ['*'],
    },
  });
  return async () => {
    const complete = new Promise<void>((resolve) =>
      session.once('Tracing.tracingComplete', () => resolve()),
    );
    await session.send('Tracing.end');
    await complete;
    session.off('Tracing.dataCollected', collect);
    const main = new Set(
      events
        .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
        .map(({ pid, tid }) => `${pid} ${tid}`),
    );
    return events
      .filter(({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid} ${tid}`))
      .map(({ dur = 0, tdur = dur }) => tdur / 1000);
  };
}
