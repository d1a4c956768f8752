import { z } from 'zod';
import type { Answer, Backend, Output } from '../../contract/index.ts';
import { heldProjects, type HeldProjects } from '../held-projects.ts';

export interface PagesOptions {
  /** How long a page that has said that it goes is waited for: one that is loaded again comes back. Milliseconds. */
  readonly leaveGraceMs?: number;
  /** How long one is waited for that nothing is heard of: its connection may be broken. Milliseconds. */
  readonly silenceGraceMs?: number;
}

const defaults = { leaveGraceMs: 10_000, silenceGraceMs: 90_000 } satisfies PagesOptions;

/** What a page calls itself, another name each time that it is loaded. */
export const pageName = z.uuid();

/** What pages tell of themselves. */
export const pageNews = z.discriminatedUnion('kind', [
  /** All that there are, by the one that has the stream of events. */
  z.strictObject({ kind: z.literal('present'), pages: z.array(pageName).max(1000) }),
  /** One goes: it is closed, left, or loaded again. */
  z.strictObject({ kind: z.literal('leaving'), page: pageName }),
]);
export type PageNews = z.infer<typeof pageNews>;

/** The pages that browsers show, and what each of them has open. */
export interface Pages {
  /** A page has asked the backend, and was answered. */
  asked(page: string, method: string, payload: unknown, answer: Answer<unknown>): void;
  take(news: PageNews): void;
  /** Nobody has a stream of events any more. */
  streamLost(): void;
  /** Waits for nobody any more. What is open is left to whoever ends the backend. */
  end(): void;
}

interface Page {
  readonly held: HeldProjects;
  /** It runs while the page is not known to be there; when it ends, so does what the page has open. */
  wait?: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Closes what no page holds any more. A page that goes says so where it still can; of one that could not, the page that
 * has the stream of events tells that it is not among the others; and where no stream is left, all of them are waited
 * for. A page that comes back later than it is waited for finds its project closed, and opens it again.
 */
export function createPages(backend: Backend, options: PagesOptions = {}): Pages {
  const { leaveGraceMs, silenceGraceMs } = { ...defaults, ...options };
  const pages = new Map<string, Page>();
  let present: ReadonlySet<string> = new Set();

  function waitFor(name: string, page: Page, graceMs: number): void {
    clearTimeout(page.wait);
    page.wait = setTimeout(() => {
      pages.delete(name);
      void page.held.release();
    }, graceMs);
  }

  return {
    asked(name, method, payload, answer) {
      let page = pages.get(name);
      if (!page) pages.set(name, (page = { held: heldProjects(backend, () => undefined) }));
      page.held.heed(method, payload, answer);
      if (method === 'app.start' && answer.ok) hold(page.held, answer.value as Started);
      // The one with the stream tells of it soon.
      if (!present.has(name)) waitFor(name, page, silenceGraceMs);
    },
    take(news) {
      if (news.kind === 'leaving') {
        present = new Set([...present].filter((name) => name !== news.page));
        const page = pages.get(news.page);
        if (page) waitFor(news.page, page, leaveGraceMs);
        return;
      }
      present = new Set(news.pages);
      for (const [name, page] of pages) {
        if (present.has(name)) {
          clearTimeout(page.wait);
          page.wait = undefined;
        } else if (page.wait === undefined) waitFor(name, page, leaveGraceMs);
      }
    },
    streamLost() {
      present = new Set();
      for (const [name, page] of pages) {
        if (page.wait === undefined) waitFor(name, page, silenceGraceMs);
      }
    },
    end() {
      for (const { wait } of pages.values()) clearTimeout(wait);
      pages.clear();
    },
  };
}

type Started = Output<'app.start'>;

/** What the host was started with is opened by the host, for this page. */
function hold(held: HeldProjects, { open }: Started): void {
  if (open?.source.kind === 'project') {
    held.hold({ project: open.source.project, file: open.title });
  }
}
