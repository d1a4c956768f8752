import {
  linkSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../../src-main/contract/index.ts';
import { exportText, importText } from '../../../src-main/hosts/cli/commands/convert.ts';
import { trace } from '../../../src-main/hosts/cli/commands/trace.ts';
import { verify } from '../../../src-main/hosts/cli/commands/verify.ts';
import type { Outcome } from '../../../src-main/hosts/cli/outcome.ts';
import { writeTarget } from '../../../src-main/hosts/cli/target-file.ts';
import { createLocalBackend } from '../../../src-main/hosts/local/backend.ts';
import { sampleText } from '../../samples/samples.ts';
import { projectRoot } from './run.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hopscope-targets-')));
const inFolder = (name: string) => join(folder, name);
const yaml = inFolder('design.yaml');
const project = inFolder('design.hopscope');
const flow = 'web-to-db';
let backend: Backend;

beforeAll(async () => {
  backend = createLocalBackend(join(projectRoot, 'resources'));
  writeFileSync(yaml, sampleText('icp-on-vcenter'));
  expect(toldBy(await importText(backend, { file: yaml, out: project }))).toBe('');
  linkSync(yaml, inFolder('hard.xml'));
  symlinkSync(yaml, inFolder('soft.pcapng'));
  symlinkSync(yaml, inFolder('paths-1.pcapng'));
});
afterAll(async () => {
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
});

const toldBy = (outcome: Outcome): string => (outcome.ok ? '' : outcome.failure.text);

describe('what a command writes', () => {
  it.each<[title: string, target: string, run: (target: string) => Promise<Outcome>]>([
    ['a capture, and the text design', yaml, (pcap) => trace(backend, { file: yaml, flow, pcap })],
    [
      'a capture, and the project',
      project,
      (pcap) => trace(backend, { file: project, flow, pcap }),
    ],
    [
      'a capture, and a link to the design',
      inFolder('soft.pcapng'),
      (pcap) => trace(backend, { file: yaml, flow, pcap }),
    ],
    ['verdicts, and the text design', yaml, (junit) => verify(backend, { file: yaml, junit })],
    [
      'verdicts, and a second name of the design',
      inFolder('hard.xml'),
      (junit) => verify(backend, { file: yaml, junit }),
    ],
    [
      'a text form with --force, and the text design',
      yaml,
      (out) => exportText(backend, { file: yaml, out, force: true }),
    ],
  ])('is never put in the place of the design it is about: %s', async (_title, target, run) => {
    const before = readFileSync(target);
    expect(toldBy(await run(target))).toBe(
      `${target} is the design itself, and would be written over`,
    );
    expect(readFileSync(target).equals(before)).toBe(true);
  });

  it('is not put there by a capture of one of several paths either', async () => {
    const before = readFileSync(yaml);
    const pcap = inFolder('paths.pcapng');
    const outcome = await trace(backend, { file: yaml, flow, pcap, allPaths: true });
    expect(toldBy(outcome)).toBe(
      `${inFolder('paths-1.pcapng')} is the design itself, and would be written over`,
    );
    expect(readFileSync(yaml).equals(before)).toBe(true);
  });

  it.each(['other.hopscope', 'other.yaml', 'other.YML', 'other.json'])(
    'is no %s where it is a capture or verdicts, as that would be a design',
    async (name) => {
      const other = inFolder(name);
      writeFileSync(other, 'kept');
      expect([
        toldBy(await trace(backend, { file: yaml, flow, pcap: other })),
        toldBy(await trace(backend, { file: yaml, flow, pcap: other, allPaths: true })),
        toldBy(await verify(backend, { example: 'icp-on-vcenter', junit: other })),
      ]).toEqual([
        `--pcap is ${other}: a file of that kind is a design`,
        `--pcap is ${other}: a file of that kind is a design`,
        `--junit is ${other}: a file of that kind is a design`,
      ]);
      expect(readFileSync(other, 'utf8')).toBe('kept');
    },
  );

  it('replaces an old file as a whole, through a link too, and leaves no draft', async () => {
    const old = inFolder('old.xml');
    writeFileSync(old, 'old', { mode: 0o640 });
    const reader = statSync(old).ino;
    symlinkSync(old, inFolder('to-old.xml'));
    const written = await writeTarget(inFolder('to-old.xml'), 'new', { replace: true });
    expect(written.ok).toBe(true);
    expect(readFileSync(old, 'utf8')).toBe('new');
    // Whoever reads the old file reads it to its end: the new one is another file of the same name.
    expect(statSync(old).ino).not.toBe(reader);
    if (process.platform !== 'win32') expect(statSync(old).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('says where there is no folder to write to', async () => {
    const file = join(folder, 'nowhere', 'x.xml');
    const written = await writeTarget(file, 'new', { replace: true });
    expect(written.ok ? '' : written.failure.text).toBe(
      `Cannot write ${file}: there is no such file or folder`,
    );
  });

  it.skipIf(process.platform === 'win32')('goes through a device, which stays one', async () => {
    expect(await writeTarget('/dev/null', 'new', { replace: true })).toEqual({
      ok: true,
      value: '/dev/null',
    });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
