import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { openInElectron, type Problem } from '../../src-main/hosts/open.ts';
import { createProcessBackend } from '../../src-main/hosts/process/backend.ts';
import { startNodeProcess } from '../../src-main/hosts/process/node-process.ts';
import { argumentsForTypeScript } from '../../src-main/hosts/setup/node.mjs';
import { browserHere, wayIn } from '../../src-main/hosts/web/browser.ts';
import type { WebHost } from '../../src-main/hosts/web/server.ts';
import { isAlive } from './process/host.ts';
import { admitted, callAs } from './web/host.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

const root = join(import.meta.dirname, '..', '..');
const sampleFile = join(root, 'resources', 'examples', 'icp-as-documented.yaml');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hopscope-open-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The program as `hopscope open` runs it on a machine without Electron, for a user of its own. */
function startProgram(args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(
    process.execPath,
    [...argumentsForTypeScript(), join(root, 'src-main/hosts/cli/main.ts'), 'open', ...args],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DISPLAY: ':99',
        BROWSER: 'none',
        ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
        ELECTRON_OVERRIDE_DIST_PATH: join(root, 'no-such-folder'),
        HOPSCOPE_DATA: join(folder, 'data'),
        HOPSCOPE_DESIGNS: join(folder, 'designs'),
        SSH_CONNECTION: '',
        WSL_DISTRO_NAME: '',
        ...environment,
      },
    },
  );
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
  }
  const ended = once(child, 'exit') as Promise<[code: number | null, signal: string | null]>;
  return {
    output,
    ended,
    pid: child.pid ?? 0,
    /** The host that it serves, once it says where. */
    host: () =>
      until((): WebHost => {
        const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(output.text)?.[0];
        if (url === undefined) throw new Error(`no address yet: ${output.text}`);
        const { origin, port } = new URL(url);
        return { url, origin, port: Number(port), close: () => Promise.resolve() };
      }),
    tell: (signal: NodeJS.Signals) => child.kill(signal),
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

/** What the page asks, with its session. */
async function asPage(host: WebHost) {
  const session = await admitted(host);
  return async (method: string, payload: unknown) => {
    const reply = await callAs(host, session, method, JSON.stringify(payload));
    return JSON.parse(reply.body) as { ok: boolean; value: Record<string, unknown> };
  };
}

/** The one process that this one has started. */
const childOf = (pid: number) =>
  Number(spawnSync('pgrep', ['-P', String(pid), '-f', 'entry.ts'], { encoding: 'utf8' }).stdout);

const onPosix = test.skipIf(process.platform === 'win32');

describe('hopscope open without Electron', () => {
  beforeAll(ensureBuilt);

  onPosix.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'serves the app, says where and why, and ends in order on %s',
    async (signal) => {
      using program = startProgram();
      const ask = await asPage(await program.host());
      expect(program.output.text).toContain(
        'Electron is not installed, and downloading it is switched off: the app opens in the browser',
      );
      expect(await ask('app.start', {})).toMatchObject({ ok: true, value: { host: 'browser' } });
      const child = childOf(program.pid);
      expect(isAlive(child)).toBe(true);
      program.tell(signal);
      expect(await program.ended).toEqual([0, null]);
      expect(isAlive(child)).toBe(false);
    },
  );

  test('opens a project to be edited, again after its process died, and keeps every edit', async () => {
    const file = join(folder, 'plan.hopscope');
    const made = spawnSync(
      process.execPath,
      [
        ...argumentsForTypeScript(),
        join(root, 'src-main/hosts/cli/main.ts'),
        'import',
        sampleFile,
        file,
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect(made.stderr).toBe('');

    using program = startProgram([file]);
    const ask = await asPage(await program.host());
    const begin = async () => {
      const { value } = await ask('app.start', {});
      const { open } = value as {
        open: { title: string; source: { kind: string; project: string } };
      };
      expect(open).toMatchObject({ title: 'plan.hopscope', source: { kind: 'project' } });
      return open.source.project;
    };
    const put = (project: string, id: string) =>
      ask('project.apply', {
        project,
        command: { kind: 'put', entity: 'site', value: { id, kind: 'office' } },
      });
    expect(await put(await begin(), 'first')).toMatchObject({ ok: true });
    process.kill(childOf(program.pid), 'SIGKILL');
    const again = async () => expect(await ask('examples.list', {})).toMatchObject({ ok: true });
    await until(again);
    const project = await begin();
    expect(await put(project, 'second')).toMatchObject({ ok: true });
    const { value } = await ask('project.read', { project });
    const { sites } = value['design'] as { sites: { id: string }[] };
    expect(sites.map(({ id }) => id)).toEqual(expect.arrayContaining(['first', 'second']));
    program.tell('SIGINT');
    expect(await program.ended).toEqual([0, null]);
  });

  test('makes one draft of a design as text, whatever is reloaded, and leaves the text alone', async () => {
    const before = await readFile(sampleFile, 'utf8');
    using program = startProgram([sampleFile]);
    const ask = await asPage(await program.host());
    const first = await ask('app.start', {});
    expect(await ask('app.start', {})).toEqual(first);
    const { open } = first.value as { open: { title: string; source: { project: string } } };
    const read = await ask('project.read', { project: open.source.project });
    expect(read.value['state']).toMatchObject({ access: 'edit', draft: true });
    expect(await readdir(join(folder, 'designs'))).toContain(open.title);
    program.tell('SIGINT');
    await program.ended;
    expect(await readFile(sampleFile, 'utf8')).toBe(before);
  });

  test('takes the port that it is given, and says how to come to it from another machine', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    using program = startProgram(['--port', String(port)], {
      SSH_CONNECTION: '192.0.2.7 50000 192.0.2.1 22',
    });
    expect((await program.host()).port).toBe(port);
    const way = new RegExp(`ssh -N -L ${port}:127\\.0\\.0\\.1:${port} \\S+@192\\.0\\.2\\.1\n`);
    await until(() => expect(program.output.text).toMatch(way));
  });

  test.each<[why: string, name: string, content: string | undefined, said: string]>([
    ['is not there', 'missing.yaml', undefined, 'missing.yaml'],
    ['is no design', 'wrong.yaml', 'hopscope: 1\nnodes: 7\n', 'nodes'],
    ['is no project', 'wrong.hopscope', 'not a database', 'wrong.hopscope'],
    ['is of no kind that it knows', 'notes.txt', 'x', '.hopscope, .yaml, .yml or .json'],
  ])('refuses a file that %s, before it looks for Electron', async (_why, name, content, said) => {
    const file = join(folder, name);
    if (content !== undefined) await writeFile(file, content);
    using program = startProgram([file]);
    expect(await program.ended).toEqual([2, null]);
    expect(program.output.text).toContain(said);
    expect(program.output.text).not.toContain('Electron');
    expect(program.output.text).not.toContain('http://');
  });
});

test("the backend's program of the build answers as the source does", async () => {
  await ensureBuilt();
  const program = join(root, 'out', 'main', 'backend.js');
  const backend = createProcessBackend(() => startNodeProcess(program), {
    resources: join(root, 'resources'),
    options: { host: 'desktop', remembers: false },
  });
  const file = join(folder, 'plan.hopscope');
  expect(await backend.call('app.start', {})).toMatchObject({ value: { host: 'desktop' } });
  expect(await backend.call('project.create', { file })).toMatchObject({ ok: true });
  await backend.close();
  expect(await readdir(folder)).toEqual(['plan.hopscope']);
});

describe.skipIf(process.platform === 'win32')('the desktop app as a program', () => {
  test.each<[ends: string, script: string, problem: Problem | undefined]>([
    ['well', 'exit 0', undefined],
    ['at once, and not well', 'exit 127', { text: 'it ended with code 127', atStart: true }],
    ['at once, by force', 'kill -TRAP $$', { text: 'it was ended by SIGTRAP', atStart: true }],
  ])('that ends %s', async (_ends, script, problem) => {
    const binary = join(folder, 'electron');
    await writeFile(binary, `#!/bin/sh\necho "$@" > "$0.arguments"\n${script}\n`, { mode: 0o755 });
    const said: string[] = [];
    const options = { root, file: sampleFile, tell: (text: string) => void said.push(text) };
    expect(await openInElectron(binary, options)).toEqual(problem);
    expect(said).toEqual(['Opening the desktop app …']);
    expect(await readFile(`${binary}.arguments`, 'utf8')).toBe(`${root} ${sampleFile}\n`);
  });

  test('that is not there', async () => {
    const options = { root, tell: () => undefined };
    const problem = await openInElectron(join(folder, 'nothing'), options);
    expect(problem).toMatchObject({ atStart: true, text: expect.stringContaining('ENOENT') });
  });
});

test.each<[words: NodeJS.ProcessEnv, said: string[]]>([
  [{}, []],
  [{ WSL_DISTRO_NAME: 'Ubuntu' }, ["Open the address in Windows' own browser."]],
  [
    { SSH_CONNECTION: '2001:db8::7 50000 2001:db8::1 22' },
    [expect.any(String), '  ssh -N -L 8080:127.0.0.1:8080 kim@2001:db8::1'],
  ],
])('with %j the way in is %j', (environment, said) => {
  expect(wayIn(8080, { environment, user: 'kim', hostname: 'lab' })).toEqual(said);
});

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, boolean]>([
  ['linux', {}, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['linux', { DISPLAY: ':0', BROWSER: 'none' }, false],
  ['linux', { WSL_DISTRO_NAME: 'Ubuntu' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
  ['win32', { BROWSER: 'none' }, false],
])('on %s with %j a browser can be shown: %s', (platform, environment, shown) => {
  expect(browserHere(platform, environment) !== undefined).toBe(shown);
});
