/** The command line as npm packs it, installed into an empty folder: nothing of the checkout can help it there. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { projectRoot, tooOldSentence } from '../../src-main/hosts/setup/node.mjs';
import { pack } from '../../src-main/hosts/setup/pack.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { until } from '../support/until.ts';
import { hopscope } from '../hosts/cli/run.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });

const isWindows = process.platform === 'win32';

describeRequiring(['npm-registry'], 'the command line, packed and installed', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hopscope-packed-')));
  const installed = join(folder, 'node_modules', 'hopscope');
  const launcher = join(installed, 'src-main', 'hosts', 'cli', 'launcher.mjs');
  const environment = {
    ...process.env,
    NO_COLOR: '1',
    BROWSER: 'none',
    // npm's own settings for this run are not those of the run inside.
    npm_config_offline: undefined,
    HOPSCOPE_DATA: join(folder, 'data'),
    HOPSCOPE_DESIGNS: join(folder, 'designs'),
  };

  const npm = (...args: readonly string[]) =>
    spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: isWindows, env: environment });
  const npx = (...args: readonly string[]) =>
    spawnSync('npx', args, { cwd: folder, encoding: 'utf8', shell: isWindows, env: environment });
  /** What npx runs, without the seconds that it takes itself. */
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [launcher, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: environment,
    });

  beforeAll(async () => {
    await ensureBuilt();
    const tarball = pack(folder);
    const { status, stderr } = npm(
      'install',
      tarball,
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
    );
    expect(stderr).not.toMatch(/npm error/);
    expect(status).toBe(0);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('says its version', () => {
    const { status, stdout, stderr } = npx('--no-install', 'hopscope', '--version');
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('follows a flow of a sample, with the words of a checkout', async () => {
    const args = ['trace', '--example', 'icp-on-vcenter', '--flow', 'internet-to-web', '--json'];
    const { status, stdout } = run(...args);
    const { out } = await hopscope(args);
    expect(status).toBe(0);
    expect(stdout).toBe(out);
  });

  test('makes a project, which needs SQLite, and reads it', () => {
    expect(run('new', 'plan.hopscope', '--template', 'icp-on-vcenter').status).toBe(0);
    expect(run('verify', 'plan.hopscope').stdout).toContain('0 broken');
  });

  test('evaluates an installation, which needs the catalogue', () => {
    const { status, stdout } = run(
      ...['install', '--example', 'icp-on-vcenter', '--scenario', 'icp-by-proxy', '--json'],
    );
    expect([0, 1]).toContain(status);
    expect(() => void JSON.parse(stdout)).not.toThrow();
  });

  test('ends with the exit code of a bad answer, and of bad usage', () => {
    expect(run('verify', '--example', 'icp-as-documented').status).toBe(1);
    expect(run('nonsense').status).toBe(2);
  });

  test('serves the app where there is no Electron, and ends when it is told', async () => {
    const program = spawn(process.execPath, [launcher, 'open'], {
      cwd: folder,
      env: { ...environment, DISPLAY: ':99' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let told = '';
    for (const stream of [program.stdout, program.stderr]) {
      stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
    }
    const ended = once(program, 'exit');
    try {
      const url = await until(() => {
        const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(told)?.[0];
        if (found === undefined) throw new Error(`no address yet: ${told}`);
        return found;
      });
      expect(told).toContain('Electron is not installed: the app opens in the browser instead.');
      const admitted = await fetch(url, { redirect: 'manual' });
      const cookie = admitted.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const page = await fetch(new URL('/', url), { headers: { cookie } });
      expect(page.status).toBe(200);
      const html = await page.text();
      expect(html).toContain('<title>Hopscope</title>');
      const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
      const asset = await fetch(new URL(`/${script}`, url), { headers: { cookie } });
      expect([asset.status, asset.headers.get('content-type')]).toEqual([
        200,
        'text/javascript; charset=utf-8',
      ]);
    } finally {
      program.kill('SIGTERM');
    }
    const [code] = (await ended) as [number | null];
    if (!isWindows) expect(code).toBe(0);
  });

  test('on a Node that is too old ends with one sentence', () => {
    const version = "Object.defineProperty(process, 'version', { value: 'v20.20.2' })";
    const old = `data:text/javascript,${encodeURIComponent(version)}`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', old, launcher, '--version'],
      { cwd: folder, encoding: 'utf8', env: environment },
    );
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `${tooOldSentence('v20.20.2')}\n`,
    });
  });

  test('has no sources, no maps, no tests, and no packages but those that it runs on', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(
      files.filter((file) => /\.(ts|map|svelte)$|(^|[\\/])tests?([\\/]|$)/.test(file)),
    ).toEqual([]);
    expect(existsSync(join(folder, 'node_modules', 'electron'))).toBe(false);
    expect(
      readdirSync(join(folder, 'node_modules')).filter((name) => name.startsWith('node-')),
    ).toEqual(['node-addon-api']);
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object;
    expect(Object.keys(manifest).sort()).toEqual(
      [
        ...['author', 'bin', 'dependencies', 'description', 'engines', 'files', 'homepage'],
        ...['license', 'name', 'type', 'version'],
      ].sort(),
    );
  });
});
