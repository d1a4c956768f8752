import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { failed, type Answer, type Backend, type ErrorCode } from '../../contract/index.ts';
import { openBuiltPages, type BuiltPages } from '../pages/built-pages.ts';
import { pageHeaders } from '../pages/policy.ts';
import { createDoor, type Door } from './door.ts';
import { encodeAnswer, readMessage } from './message.ts';
import { refusalPage } from './refusal-page.ts';

export interface WebHostOptions {
  readonly backend: Backend;
  /** The folder of the built pages; nothing else is served. */
  readonly pagesFolder: string;
  /** A free one is taken when absent or 0. */
  readonly port?: number;
  /** Largest message in bytes; a text-form file of the largest size fits in when absent. */
  readonly messageLimitBytes?: number;
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

/**
 * Serves the app to this machine's browser: the built pages, and the backend's calls as JSON over POST. Listens on
 * 127.0.0.1 alone.
 * @throws Error when the pages have not been built or the port is taken.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const pages = await openBuiltPages(options.pagesFolder);
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const door = createDoor(port);
  const limitBytes = options.messageLimitBytes ?? defaultMessageLimitBytes;

  server.on('request', (request, response) => {
    handle(request, response).catch((thrown: unknown) => {
      // The connection broke, or a file of the build went away: there is nobody, or nothing, to answer with.
      response.destroy(thrown instanceof Error ? thrown : undefined);
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // An absolute address, or one that begins with two slashes, can name another host.
    const url = URL.parse(request.url ?? '', `http://127.0.0.1:${port}`);
    if (url?.host !== `127.0.0.1:${port}`) return sendRefusal(response, 400, 'its address cannot be read');
    if (url.pathname.startsWith(callPath)) return answerCall(url, request, response);
    return sendPage(url, request, response, door, pages);
  }

  async function answerCall(
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (request.method !== 'POST') {
      return sendAnswer(response, 405, notAllowed('calls are made by POST'));
    }
    const reason = door.refusal(request);
    if (reason !== undefined) return sendAnswer(response, 403, notAllowed(reason));
    if (!/^application\/json(;|$)/.test(request.headers['content-type'] ?? '')) {
      return sendAnswer(response, 415, notAllowed('calls carry application/json'));
    }
    const message = await readMessage(request, limitBytes);
    if (!message.ok) return sendAnswer(response, statusOf(message), message);
    const method = url.pathname.slice(callPath.length);
    const answer = await options.backend.callUntyped(method, message.value);
    return sendAnswer(response, statusOf(answer), answer);
  }

  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}/?token=${door.token}`,
    close: () => close(server),
  };
}

async function sendPage(
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
  door: Door,
  pages: BuiltPages,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return sendRefusal(response, 405, 'pages are read by GET');
  }
  if (url.pathname === '/' && url.searchParams.has('token')) {
    if (!door.isAddressed(request)) return sendRefusal(response, 403, 'it names another host');
    const admitted = door.admit(url.searchParams.get('token'));
    // A second visit with the used token is fine where the first one left its session.
    if (!admitted && door.refusal(request) !== undefined) {
      return sendRefusal(response, 403, 'its token is wrong or was used before');
    }
    if (admitted) response.setHeader('set-cookie', admitted.setCookie);
    response.writeHead(303, { ...pageHeaders, location: '/' }).end();
    return;
  }
  const reason = door.refusal(request);
  if (reason !== undefined) return sendRefusal(response, 403, reason);
  const page = await pages.read(url.pathname);
  if (!page) return sendRefusal(response, 404, 'there is no such page');
  response.writeHead(200, {
    ...pageHeaders,
    'content-type': page.contentType,
    'content-length': page.bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : page.bytes);
}

const notAllowed = (reason: string) => failed('not-allowed', { reason });

/** HTTP's own word for an answer; the answer itself says more. A call that fails as expected was still served. */
const statuses: { readonly [Code in ErrorCode]?: number } = {
  'unknown-method': 404,
  'bad-input': 400,
  'message-malformed': 400,
  'message-too-large': 413,
  internal: 500,
};
const statusOf = (answer: Answer<unknown>) =>
  answer.ok ? 200 : (statuses[answer.error.code] ?? 200);

function sendAnswer(response: ServerResponse, status: number, answer: Answer<unknown>): void {
  // What was not read of the request is not waited for.
  if (!response.req.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { ...pageHeaders, 'content-type': 'application/json; charset=utf-8' });
  response.end(encodeAnswer(answer));
}

function sendRefusal(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' });
  response.end(refusalPage(reason));
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
