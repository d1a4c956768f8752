import type { BuiltPages } from './built-pages.ts';
import { pageHeaders } from './policy.ts';

/** Answers a request for a page with the web platform's own types, as custom protocols do. */
export async function respondWithPage(pages: BuiltPages, request: Request): Promise<Response> {
  if (request.method !== 'GET') return new Response(null, { status: 405, headers: pageHeaders });
  const page = await pages.read(new URL(request.url).pathname);
  if (!page) return new Response(null, { status: 404, headers: pageHeaders });
  return new Response(page.bytes, {
    headers: { ...pageHeaders, 'content-type': page.contentType },
  });
}
