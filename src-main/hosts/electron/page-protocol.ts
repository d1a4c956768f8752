import { protocol } from 'electron';
import type { BuiltPages } from '../pages/built-pages.ts';
import { respondWithPage } from '../pages/respond.ts';

export const pageScheme = 'hopscope';
export const pageOrigin = `${pageScheme}://app`;
export const pageUrl = `${pageOrigin}/`;

/** Has to be done before the app is ready: our scheme is an origin of its own, as https is. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the built pages, and nothing else, to our origin. */
export function servePages(pages: BuiltPages): void {
  protocol.handle(pageScheme, (request) =>
    new URL(request.url).host === 'app'
      ? respondWithPage(pages, request)
      : new Response(null, { status: 404 }),
  );
}

/** Whether an address is one of our page's own. */
export function isOurPage(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === `${pageScheme}:` && parsed.host === 'app';
}
