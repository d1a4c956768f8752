import { readFile, readdir } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

export interface Page {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface BuiltPages {
  /** The file at this path of a URL, `/` being `index.html`; undefined for everything that the build did not make. */
  read(urlPath: string): Promise<Page | undefined>;
}

/**
 * The pages that the build made. The folder is listed once and a request is looked up in that list: no path is ever
 * made of what somebody asked for, so there is nothing to escape from.
 * @throws Error when the folder has no index.html.
 */
export async function openBuiltPages(folder: string): Promise<BuiltPages> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, string>();
  for (const entry of entries) {
    // Links are left out: they may lead anywhere.
    if (!entry.isFile() || !(extname(entry.name) in contentTypes)) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length).split(sep).join('/'), path);
  }
  const index = files.get('/index.html');
  if (index === undefined) {
    throw new Error(`${folder} has no index.html: the pages have not been built`);
  }
  files.set('/', index);
  return {
    async read(urlPath) {
      const path = files.get(urlPath);
      if (path === undefined) return undefined;
      const contentType = contentTypes[extname(path)] ?? 'application/octet-stream';
      return { contentType, bytes: new Uint8Array(await readFile(path)) };
    },
  };
}
