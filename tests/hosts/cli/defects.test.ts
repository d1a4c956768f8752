import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { argumentsForTypeScript } from '../../../src-main/hosts/setup/node.mjs';
import { exitCodeOf } from '../../../src-main/hosts/cli/outcome.ts';
import { backendError } from '../../../src-main/contract/errors.ts';
import { hopscope, projectRoot } from './run.ts';

/** Makes the writing of a lint answer fail, as it does where the text is longer than a string can be. */
const breakStringify = `
  const { stringify } = JSON;
  JSON.stringify = (value, ...rest) => {
    if (value?.findings) throw new RangeError('Invalid string length');
    return stringify(value, ...rest);
  };
`;

/** Makes something fail by itself, after the answer. */
const breakLater = `
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = (...given) => {
    setTimeout(() => { throw new Error('too late'); });
    return write(...given);
  };
`;
/** The program's own thread alone: the loader of its TypeScript is another. */
const preload = (code: string) => {
  const guarded = `import { isMainThread } from 'node:worker_threads'; if (isMainThread) { ${code} }`;
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(guarded)}` };
};
const broken = preload(breakStringify);
const lint = ['lint', '--example', 'icp-on-vcenter', '--json'];
const text = 'Hopscope made a mistake: Invalid string length';

describe.concurrent('a defect of the program', { timeout: 30_000 }, () => {
  it('is one sentence, and an exit code that is neither a bad answer nor bad input', async () => {
    const { code, out, err } = await hopscope(lint, { env: broken });
    expect(err).toBe(
      `hopscope: ${text}.\n  This is a defect of the program; the design itself was not changed.\n`,
    );
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'internal', text } });
    expect(code).toBe(70);
  });

  it('shows where it is with HOPSCOPE_DEBUG', async () => {
    const { code, err } = await hopscope(lint, { env: { ...broken, HOPSCOPE_DEBUG: '1' } });
    expect(err).toContain(`hopscope: ${text}.\n`);
    expect(err).toMatch(/^RangeError: Invalid string length\n {4}at /m);
    expect(code).toBe(70);
  });

  it('is told alike where nobody waits for it', async () => {
    const { code, err } = await hopscope(['--help'], { env: preload(breakLater) });
    expect(err).toContain('hopscope: Hopscope made a mistake: too late.\n');
    expect(err).not.toMatch(/\n {4}at /);
    expect(code).toBe(70);
  });

  it('has that exit code where the backend noticed it', () => {
    expect(exitCodeOf(backendError('internal', { message: 'x' }))).toBe(70);
    expect(exitCodeOf(backendError('project-not-open', { project: 'x' }))).toBe(2);
  });
});

it.skipIf(process.platform !== 'linux')(
  'says where its answer cannot be written',
  { timeout: 30_000 },
  () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(
      process.execPath,
      [...argumentsForTypeScript(), join(projectRoot, 'src-main/hosts/cli/main.ts'), '--version'],
      { cwd: projectRoot, stdio: ['ignore', full, 'pipe'], encoding: 'utf8' },
    );
    closeSync(full);
    expect(stderr).toBe(
      'hopscope: Cannot write to standard output: no space is left on the device.\n',
    );
    expect(status).toBe(2);
  },
);
