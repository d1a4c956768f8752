import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import {
  answersPath,
  done,
  failed,
  pageHeader,
  type Answer,
  type Backend,
  type Ticket,
} from '../../contract/index.ts';
import { openBuiltPages, type BuiltPages } from '../pages/built-pages.ts';
import { createAnswers, type AnswersOptions } from './answers.ts';
import { createDoor, type Door } from './door.ts';
import { streamEvents, type EventStreamOptions } from './events.ts';
import { readMessage } from './message.ts';
import { createPages, pageName, pageNews, type Pages, type PagesOptions } from './pages.ts';
import {
  answerReply,
  callRefusal,
  pageRefusal,
  pageReply,
  redirect,
  sendReply,
  ticketReply,
  type Reply,
} from './reply.ts';

export interface WebHostOptions {
  readonly backend: Backend;
  /** The folder of the built pages; nothing else is served. */
  readonly pagesFolder: string;
  /** A free one is taken when absent or 0. */
  readonly port?: number;
  /** Largest message in bytes; a text-form file of the largest size fits in when absent. */
  readonly messageLimitBytes?: number;
  readonly events?: EventStreamOptions;
  /** How long pages are waited for that are gone. */
  readonly pages?: PagesOptions;
  /** How long pages wait for an answer at a time. */
  readonly answers?: AnswersOptions;
}

export interface WebHost {
  readonly port: number;
  readonly origin: string;
  /** The address that opens the app, once. */
  readonly url: string;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

/** `limits.textFileBytes` and half as much again for what JSON escapes. */
const defaultMessageLimitBytes = 96 * 1024 * 1024;
const callPath = '/api/';
const eventsPath = '/api/events';
const pagesPath = '/api/pages';

/**
 * Serves the app to this machine's browser: the built pages, the backend's calls as JSON over POST, and its events as
 * server-sent events. Listens on 127.0.0.1 alone.
 * @throws Error when the pages have not been built or the port is taken.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { backend, pagesFolder, messageLimitBytes = defaultMessageLimitBytes } = options;
  const built = await openBuiltPages(pagesFolder);
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const origin = `http://127.0.0.1:${port}`;
  const door = createDoor(port);
  const pages = createPages(backend, options.pages);
  const answers = createAnswers(options.answers);
  let streams = 0;

  async function answerCall(method: string, request: IncomingMessage, message: unknown) {
    const answer = await backend.callUntyped(method, message);
    const page = pageName.safeParse(request.headers[pageHeader]);
    if (page.success) pages.asked(page.data, method, message, answer);
    return answer;
  }

  function stream(request: IncomingMessage, response: ServerResponse): void {
    streamEvents(backend, request, response, options.events);
    streams++;
    response.once('close', () => {
      streams--;
      if (streams === 0) pages.streamLost();
    });
  }

  /** Undefined: the answer goes on for as long as the page is there. */
  async function replyTo(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Reply | undefined> {
    // An absolute address, or one that begins with two slashes, can name another host.
    const url = URL.parse(request.url ?? '', origin);
    if (url?.origin !== origin) return pageRefusal(400, 'its address cannot be read');
    if (url.pathname === eventsPath) {
      const refused = refuseEvents(request, door);
      if (!refused) stream(request, response);
      return refused;
    }
    if (!url.pathname.startsWith(callPath)) return replyWithPage(url, request, door, built);
    const read = await readPost(request, door, messageLimitBytes);
    if (!read.ok) return read.reply;
    const { message } = read;
    if (url.pathname === pagesPath) return replyToNews(message, pages);
    const answer =
      url.pathname === `/${answersPath}`
        ? answers.of(ticketOf(message))
        : answers.soon(answerCall(url.pathname.slice(callPath.length), request, message));
    return answerOrTicket(await answer);
  }

  server.on('request', (request, response) => {
    replyTo(request, response).then(
      (reply) => {
        if (reply) sendReply(response, reply);
      },
      (thrown: unknown) => {
        // The connection broke, or a file of the build went away: there is nobody, or nothing, to answer with.
        response.destroy(thrown instanceof Error ? thrown : undefined);
      },
    );
  });
  return {
    port,
    origin,
    url: `${origin}/?token=${door.token}`,
    async close() {
      await close(server);
      pages.end();
    },
  };
}

/** Events are for a page of ours that asks for them, and not for whoever follows a link to them. */
function refuseEvents(request: IncomingMessage, door: Door): Reply | undefined {
  if (request.method !== 'GET') return callRefusal(405, 'events are read by GET');
  const reason = door.refusal(request);
  if (reason !== undefined) return callRefusal(403, reason);
  if (!/\btext\/event-stream\b/.test(request.headers.accept ?? '')) {
    return callRefusal(406, 'events are a stream');
  }
  return undefined;
}

type Read =
  { readonly ok: true; readonly message: unknown } | { readonly ok: false; readonly reply: Reply };

/** What a page of ours has sent, as JSON; or why it is refused. */
async function readPost(request: IncomingMessage, door: Door, limitBytes: number): Promise<Read> {
  const refused = (reply: Reply): Read => ({ ok: false, reply });
  if (request.method !== 'POST') return refused(callRefusal(405, 'calls are made by POST'));
  const reason = door.refusal(request);
  if (reason !== undefined) return refused(callRefusal(403, reason));
  if (!/^application\/json(;|$)/.test(request.headers['content-type'] ?? '')) {
    return refused(callRefusal(415, 'calls carry application/json'));
  }
  const message = await readMessage(request, limitBytes);
  return message.ok ? { ok: true, message: message.value } : refused(answerReply(message));
}

const answerOrTicket = (answer: Answer<unknown> | Ticket): Reply =>
  'ticket' in answer ? ticketReply(answer) : answerReply(answer);

const ticketOf = (message: unknown): string =>
  z.strictObject({ ticket: z.uuid() }).safeParse(message).data?.ticket ?? '';

function replyToNews(message: unknown, pages: Pages): Reply {
  const news = pageNews.safeParse(message);
  if (!news.success) {
    return answerReply(failed('message-malformed', { reason: 'it tells of no pages' }));
  }
  pages.take(news.data);
  return answerReply(done({}));
}

async function replyWithPage(
  url: URL,
  request: IncomingMessage,
  door: Door,
  pages: BuiltPages,
): Promise<Reply> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return pageRefusal(405, 'pages are read by GET');
  }
  if (url.pathname === '/' && url.searchParams.has('token')) return welcome(url, request, door);
  const reason = door.refusal(request);
  if (reason !== undefined) return pageRefusal(403, reason);
  const page = await pages.read(url.pathname);
  return page ? pageReply(page) : pageRefusal(404, 'there is no such page');
}

/** Lets the printed address in; and again the browser that it let in before. */
function welcome(url: URL, request: IncomingMessage, door: Door): Reply {
  if (!door.isAddressed(request)) return pageRefusal(403, 'it names another host');
  const admitted = door.admit(url.searchParams.get('token'));
  if (admitted) return redirect('/', { 'set-cookie': admitted.setCookie });
  return door.refusal(request) === undefined
    ? redirect('/', {})
    : pageRefusal(403, 'its token is wrong or was used before');
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections();
  });
}
