import { bytesKey } from '../../src-main/contract/json.ts';
import type { Answer, Bridge } from '../../src-main/contract/index.ts';
import { presenceHeaders } from './page-presence.ts';

/** Calls as JSON over POST to the host that served the page, and its events. */
export function httpBridge({ subscribe }: Pick<Bridge, 'subscribe'>): Bridge {
  return {
    subscribe,
    async call(method, payload) {
      const response = await fetch(`api/${encodeURIComponent(method)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...presenceHeaders },
        body: JSON.stringify(payload),
      });
      return decodeAnswer(await response.text());
    },
  };
}

/** @throws SyntaxError when the text is no answer. */
export function decodeAnswer(text: string): Answer<unknown> {
  const answer = decodeMessage(text);
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) {
    throw new SyntaxError('the host answered with something else');
  }
  return answer as Answer<unknown>;
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
