import { answersPath, type Ticket } from '../../src-main/contract/bridge.ts';
import { bytesKey } from '../../src-main/contract/json.ts';
import type { Answer, Bridge } from '../../src-main/contract/index.ts';
import { presenceHeaders } from './page-presence.ts';

/** Calls as JSON over POST to the host that served the page, and its events. */
export function httpBridge({ subscribe }: Pick<Bridge, 'subscribe'>): Bridge {
  return {
    subscribe,
    async call(method, payload) {
      let told = await post(`api/${encodeURIComponent(method)}`, payload);
      while (isTicket(told)) told = await post(answersPath, told);
      return asAnswer(told);
    },
  };
}

async function post(path: string, message: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...presenceHeaders },
    body: JSON.stringify(message),
  });
  return decodeMessage(await response.text());
}

const isTicket = (told: unknown): told is Ticket =>
  typeof told === 'object' && told !== null && 'ticket' in told && !('ok' in told);

/** @throws SyntaxError when the text is no answer. */
export const decodeAnswer = (text: string): Answer<unknown> => asAnswer(decodeMessage(text));

function asAnswer(told: unknown): Answer<unknown> {
  if (typeof told !== 'object' || told === null || !('ok' in told)) {
    throw new SyntaxError('the host answered with something else');
  }
  return told as Answer<unknown>;
}

/** JSON in which bytes are written as base64. */
export const decodeMessage = (text: string): unknown =>
  // To be asked about every value of a large design takes several times as long as to read it.
  text.includes(bytesKey)
    ? JSON.parse(text, (_key, value: unknown) =>
        isEncodedBytes(value) ? bytesOf(value[bytesKey]) : value,
      )
    : JSON.parse(text);

function isEncodedBytes(value: unknown): value is { readonly [bytesKey]: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 1 &&
    bytesKey in value &&
    typeof value[bytesKey] === 'string'
  );
}

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
