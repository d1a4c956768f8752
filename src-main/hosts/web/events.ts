import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Backend } from '../../contract/index.ts';
import { pageHeaders } from '../pages/policy.ts';
import { encodeMessage } from './message.ts';

export interface EventStreamOptions {
  /** How often a connection with nothing to say shows that it is alive. Milliseconds. */
  readonly beatMs?: number;
  /** What may wait for a page that does not read; beyond it the connection is given up. Bytes. */
  readonly backlogLimitBytes?: number;
}

const defaults = { beatMs: 15_000, backlogLimitBytes: 32 * 1024 * 1024 };

/**
 * Tells one page the backend's events as server-sent events, until either side closes. What happens while nobody is
 * connected is not kept: a page that comes back reads again what it shows.
 */
export function streamEvents(
  backend: Pick<Backend, 'subscribe'>,
  request: IncomingMessage,
  response: ServerResponse,
  options: EventStreamOptions = {},
): void {
  const { beatMs, backlogLimitBytes } = { ...defaults, ...options };
  response.writeHead(200, { ...pageHeaders, 'content-type': 'text/event-stream; charset=utf-8' });

  const write = (text: string): void => {
    if (response.writableLength > backlogLimitBytes) response.destroy();
    else response.write(text);
  };
  const beat = () => write('event: beat\ndata:\n\n');
  const beats = setInterval(beat, beatMs);
  // JSON text has no line breaks, which would end the field.
  const unsubscribe = backend.subscribe((event) => write(`data: ${encodeMessage(event)}\n\n`));
  response.once('close', () => {
    clearInterval(beats);
    unsubscribe();
  });
  // The first beat makes the page know at once that it is connected.
  beat();
  request.socket.setNoDelay(true);
}
