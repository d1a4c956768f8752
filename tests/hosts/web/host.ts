import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startWebHost,
  type WebHost,
  type WebHostOptions,
} from '../../../src-main/hosts/web/server.ts';
import { backendWith } from '../../app/ask.ts';

export const messageLimitBytes = 64 * 1024;

/** A host over a small build, with a secret beside it that must never be served. */
export async function startHost(options: Partial<WebHostOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'hopscope-web-'));
  const pagesFolder = join(folder, 'renderer');
  await mkdir(join(pagesFolder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.html'), 'the secret');
  await writeFile(join(pagesFolder, 'index.html'), '<!doctype html><title>Hopscope</title>');
  await writeFile(join(pagesFolder, 'assets', 'app.js'), 'export {};');
  await writeFile(join(pagesFolder, '.env'), 'the secret');
  await symlink(join(folder, 'secret.html'), join(pagesFolder, 'link.html'));
  const backend = backendWith();
  const host = await startWebHost({ backend, pagesFolder, messageLimitBytes, ...options });
  return {
    ...host,
    pagesFolder,
    async [Symbol.asyncDispose]() {
      await host.close().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A request exactly as written: no header is added, changed or forbidden, as fetch would. */
export function send(
  host: WebHost,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  } = {},
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: host.port,
        path,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
        agent: false,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

/** Goes in by the printed address, as a browser does, and keeps the cookie. */
export async function admitted(host: WebHost): Promise<Readonly<Record<string, string>>> {
  const reply = await send(host, new URL(host.url).pathname + new URL(host.url).search);
  const cookie = reply.headers['set-cookie']?.[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`no session: ${reply.status} ${reply.body}`);
  return { cookie };
}

const post = (
  host: WebHost,
  headers: Readonly<Record<string, string>>,
  method: string,
  body: string | Uint8Array,
) =>
  send(host, `/api/${method}`, {
    method: 'POST',
    headers: { origin: host.origin, 'content-type': 'application/json', ...headers },
    body,
  });

/** A call as the page makes it. */
export async function callAs(...call: Parameters<typeof post>): Promise<RawReply> {
  const [host, headers] = call;
  let reply = await post(...call);
  while (reply.status === 202) reply = await post(host, headers, 'answers', reply.body);
  return reply;
}

/** The same, without asking again for an answer that takes long. */
export const callOnceAs = post;
