import type { ServerResponse } from 'node:http';
import { failed, type Answer, type ErrorCode, type Ticket } from '../../contract/index.ts';
import type { Page } from '../pages/built-pages.ts';
import { pageHeaders } from '../pages/policy.ts';
import { encodeMessage } from './message.ts';
import { refusalPage } from './refusal-page.ts';

/** What a request is answered with. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** HTTP's own word for an error; the answer itself says more. A call that fails as expected was still served. */
const statuses: { readonly [Code in ErrorCode]?: number } = {
  'unknown-method': 404,
  'bad-input': 400,
  'message-malformed': 400,
  'message-too-large': 413,
  internal: 500,
};

export function answerReply(answer: Answer<unknown>, status?: number): Reply {
  return {
    status: status ?? (answer.ok ? 200 : (statuses[answer.error.code] ?? 200)),
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: encodeMessage(answer),
  };
}

/** The answer is still to come. */
export const ticketReply = (ticket: Ticket): Reply => ({
  status: 202,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(ticket),
});

export const callRefusal = (status: number, reason: string): Reply =>
  answerReply(failed('not-allowed', { reason }), status);

export const pageReply = ({ contentType, bytes }: Page): Reply => ({
  status: 200,
  headers: { 'content-type': contentType, 'content-length': String(bytes.length) },
  body: bytes,
});

export const pageRefusal = (status: number, reason: string): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: refusalPage(reason),
});

export const redirect = (location: string, headers: Readonly<Record<string, string>>): Reply => ({
  status: 303,
  headers: { ...headers, location },
  body: '',
});

export function sendReply(response: ServerResponse, { status, headers, body }: Reply): void {
  // What was not read of the request is not waited for.
  const ending: Record<string, string> = response.req.complete ? {} : { connection: 'close' };
  response.writeHead(status, { ...pageHeaders, ...headers, ...ending });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
