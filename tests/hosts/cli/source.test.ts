import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src-main/contract/index.ts';
import { create } from '../../../src-main/hosts/cli/commands/new.ts';
import { verify } from '../../../src-main/hosts/cli/commands/verify.ts';
import { renderFailure } from '../../../src-main/hosts/cli/render/failure.ts';
import { findSource } from '../../../src-main/hosts/cli/source.ts';
import { terminalOf } from '../../../src-main/hosts/cli/terminal.ts';
import { createLocalBackend } from '../../../src-main/hosts/local/backend.ts';
import { projectRoot } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const inFolder = (name: string) => join(folder, name);
const terminal = terminalOf({}, {});

/** A backend that is not asked anything. */
const silent: Backend = {
  call: (method) => Promise.reject(new Error(`${method} was called`)),
  callUntyped: (method) => Promise.reject(new Error(`${method} was called`)),
  subscribe: () => () => undefined,
  close: () => Promise.resolve(),
};

describe('a design that is no regular file', () => {
  const refusal = async (name: string) => {
    const found = await findSource(silent, { file: inFolder(name) });
    return found.ok ? 'found' : found.failure.text;
  };
  const told = (name: string, what: string) =>
    `Cannot read ${inFolder(name)}: it is ${what}, and no regular file`;

  it.each(['folder.yaml', 'folder.hopscope'])(
    'is refused where it is a folder: %s',
    async (name) => {
      mkdirSync(inFolder(name));
      expect(await refusal(name)).toBe(told(name, 'a folder'));
    },
  );

  it.skipIf(process.platform === 'win32').each(['pipe.yaml', 'pipe.json', 'pipe.hopscope'])(
    'is refused where it is a pipe, which may never say anything: %s',
    async (name) => {
      expect(spawnSync('mkfifo', [inFolder(name)]).status).toBe(0);
      expect(await refusal(name)).toBe(told(name, 'a pipe'));
    },
  );

  it.skipIf(process.platform === 'win32')('is refused where it is a device', async () => {
    symlinkSync('/dev/zero', inFolder('device.yaml'));
    expect(await refusal('device.yaml')).toBe(told('device.yaml', 'a device'));
  });

  it.skipIf(process.platform === 'win32')('is refused where it is a socket', async () => {
    const server = createServer().listen(inFolder('socket.yaml'));
    await once(server, 'listening');
    expect(await refusal('socket.yaml')).toBe(told('socket.yaml', 'a socket'));
    server.close();
  });
});

describe('a sample', () => {
  it('is not looked up among all of them, which reads them all', async () => {
    expect(await findSource(silent, { example: 'icp-on-vcenter' })).toEqual({
      ok: true,
      value: { source: { kind: 'example', name: 'icp-on-vcenter' }, title: 'icp-on-vcenter' },
    });
  });

  it('that there is not is refused by whatever is asked of it, with the nearest name', async () => {
    const backend = createLocalBackend(join(projectRoot, 'resources'));
    const template = 'icp-on-vcentre';
    const outcomes = [
      await verify(backend, { example: template }),
      await create(backend, { out: inFolder('new.yaml'), template }),
      await create(backend, { out: inFolder('new.hopscope'), template }),
    ];
    await backend.close();
    for (const outcome of outcomes) {
      const text = outcome.ok ? '' : renderFailure(outcome.failure, terminal, undefined);
      expect(text).toMatch(/^hopscope: There is no sample named "icp-on-vcentre"\.\n/);
      expect(text).toContain('Did you mean icp-on-vcenter? The samples are: icp-on-vcenter,');
    }
    expect(existsSync(inFolder('new.yaml'))).toBe(false);
    expect(existsSync(inFolder('new.hopscope'))).toBe(false);
  });
});
