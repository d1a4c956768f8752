import type { IncomingMessage } from 'node:http';
import { bytesKey, done, failed, type Answer, type BackendEvent } from '../../contract/index.ts';

/** What is told to the page, as JSON text. */
export function encodeMessage(message: Answer<unknown> | BackendEvent): string {
  return JSON.stringify(message, (_key, value: unknown) =>
    value instanceof Uint8Array ? { [bytesKey]: Buffer.from(value).toString('base64') } : value,
  );
}

/** Reads a request's JSON body, as far as the limit; a body beyond it is not read to its end. */
export async function readMessage(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Answer<unknown>> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > limitBytes) return failed('message-too-large', { limitBytes });

  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    lengthBytes += chunk.length;
    if (lengthBytes > limitBytes) return failed('message-too-large', { limitBytes });
    chunks.push(chunk);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return done(JSON.parse(text) as unknown);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return failed('message-malformed', { reason });
  }
}
