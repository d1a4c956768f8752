import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** 256 bits, in characters that a URL and a cookie carry as they are. */
const secret = () => randomBytes(32).toString('base64url');

function sameSecret(given: string | undefined, expected: string | undefined): boolean {
  if (given === undefined || expected === undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

export interface Door {
  /** The token that opens the door once. */
  readonly token: string;
  /** Trades the token for a session; undefined when the token is wrong or was used before. */
  admit(token: string | null): { readonly setCookie: string } | undefined;
  /** Why the request is refused; undefined when it comes from the page that we serve, in an admitted browser. */
  refusal(request: IncomingMessage): string | undefined;
  /** Whether the request speaks to this host under its own name, wherever it comes from. */
  isAddressed(request: IncomingMessage): boolean;
}

/**
 * Decides who may talk to the loopback host. Any page that the browser shows can send requests to a local port, and can
 * make its own name resolve to 127.0.0.1 (DNS rebinding); any program of this machine can connect. So a request has to
 * name our host, carry the session that only the printed address gives, and, where it asks for more than a page, come
 * from our origin.
 */
export function createDoor(port: number): Door {
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  // Cookies do not know ports: the name keeps two hosts on one machine apart.
  const cookieName = `hopscope-${port}`;
  const session = secret();
  const token = secret();
  let unused: string | undefined = token;

  const isAddressed = (request: IncomingMessage) => request.headers.host === host;

  return {
    token,
    isAddressed,
    admit(given) {
      if (!sameSecret(given ?? undefined, unused)) return undefined;
      unused = undefined;
      return { setCookie: `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/` };
    },
    refusal(request) {
      const { headers, method } = request;
      if (!isAddressed(request)) return `the host ${headers.host ?? '(none)'} is not ${host}`;
      if (headers.origin !== undefined && headers.origin !== origin) {
        return `the origin ${headers.origin} is not ${origin}`;
      }
      if (method === 'POST' && headers.origin === undefined) return 'it names no origin';
      const site = headers['sec-fetch-site'];
      if (site !== undefined && site !== 'same-origin' && site !== 'none') {
        return 'it comes from another site';
      }
      if (!sameSecret(cookieOf(request, cookieName), session)) return 'it carries no session';
      return undefined;
    },
  };
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}
