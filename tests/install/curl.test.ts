/** What is said of curl, held against the real one: a server on loopback hears whether it is asked as a proxy. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseProxy } from '../../src-main/install/settings/proxy.ts';
import { readSettings } from '../../src-main/install/settings/read.ts';
import { tokenRows } from '../sim/no-proxy-rows.ts';
import { describeRequiring, findProgram } from '../support/capabilities.ts';

const targetPort = 8080;
type Scheme = 'http' | 'https';
type Environment = Readonly<Record<string, string>>;

const curlPath = findProgram('curl') ?? 'curl';
/** Until 8.18.0 curl held IPv6 addresses of URLs for names, and compared their letters: github.com/curl/curl/pull/19828. */
const [, major = 0, minor = 0] = (
  /^curl (\d+)\.(\d+)/.exec(spawnSync(curlPath, ['--version'], { encoding: 'utf8' }).stdout) ?? []
).map(Number);
const comparesLetters = major < 8 || (major === 8 && minor < 18);
const isOtherText = (token: string, host: string): boolean =>
  token.includes(':') && token !== host.replace(/^\[|\]$/g, '');

/** A proxy is asked with the whole URL, or with CONNECT; a server with a path, or in TLS. */
const isForProxy = (first: Buffer): boolean =>
  /^(CONNECT |GET http:\/\/)/.test(first.toString('latin1'));

let server: Server | undefined;
let port = 0;
let heard: boolean[] = [];

beforeAll(async () => {
  const listening = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      heard.push(isForProxy(first));
      socket.destroy();
    });
  });
  server = listening;
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  port = (listening.address() as AddressInfo).port;
});
afterAll(() => server?.close());

/** Whether curl takes its proxy. Whoever it asks, it asks on loopback. */
async function takesProxy(
  host: string,
  scheme: Scheme,
  environment: Environment,
): Promise<boolean> {
  heard = [];
  const place = host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host;
  const url = `${scheme}://${place}:${targetPort}/`;
  const child = spawn(
    curlPath,
    [
      '--silent',
      '--disable',
      '--insecure',
      '--max-time',
      '20',
      '--connect-to',
      `::127.0.0.1:${port}`,
      url,
    ],
    { env: { PATH: process.env['PATH'] ?? '', ...environment }, stdio: 'ignore' },
  );
  await once(child, 'exit');
  const [first] = heard;
  if (first === undefined) throw new Error(`curl asked nobody for ${url}`);
  return first;
}

describeRequiring(['curl'], 'curl', () => {
  const proxy = () => `http://127.0.0.1:${port}`;

  test.each(tokenRows)(
    'NO_PROXY %j for %s',
    { timeout: 60_000 },
    async (token, host, _go, direct) => {
      const environment = { http_proxy: proxy(), no_proxy: token };
      expect(await takesProxy(host, 'http', environment)).toBe(
        !direct || (comparesLetters && isOtherText(token, host)),
      );
    },
  );

  /** Variables, with P for the proxy; what is asked for. */
  test.each<[variables: Environment, scheme: Scheme]>([
    // http_proxy in lower case only
    [{ http_proxy: 'P' }, 'http'],
    [{ HTTP_PROXY: 'P' }, 'http'],
    [{ https_proxy: 'P' }, 'http'],
    // the others in both
    [{ https_proxy: 'P' }, 'https'],
    [{ HTTPS_PROXY: 'P' }, 'https'],
    [{ http_proxy: 'P' }, 'https'],
    [{ all_proxy: 'P' }, 'http'],
    [{ ALL_PROXY: 'P' }, 'https'],
    // of NO_PROXY lower case first
    [{ http_proxy: 'P', NO_PROXY: 'foo.com' }, 'http'],
    [{ http_proxy: 'P', no_proxy: 'bar.com', NO_PROXY: 'foo.com' }, 'http'],
    [{ http_proxy: 'P', no_proxy: 'foo.com', NO_PROXY: 'bar.com' }, 'http'],
  ])('%j for %s://foo.com', { timeout: 60_000 }, async (variables, scheme) => {
    const environment = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, value === 'P' ? proxy() : value]),
    );
    const settings = [{ client: 'curl', source: '/etc/environment', values: environment }] as const;
    const reading = readSettings('curl', 'boot', settings, 'kubeadm');
    const choice = chooseProxy('curl', reading, { scheme, host: 'foo.com', port: targetPort });
    expect(await takesProxy('foo.com', scheme, environment)).toBe(choice.kind === 'proxy');
  });
});
