/**
 * What electron-builder makes of the configuration, up to where the installers' own tools begin. Electron itself is a
 * stand-in: what is looked at here is what goes into the archive, beside it, and into the packages.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { init, parse } from 'es-module-lexer';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { builderArguments } from '../../src-main/hosts/setup/dist.mjs';
import { projectRoot } from '../../src-main/hosts/setup/node.mjs';
import { productionPlaces, stageApp } from '../../src-main/hosts/setup/stage.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { hopscope } from '../hosts/cli/run.ts';
import { makeElectron, makeFpm } from './stand-in-electron.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 400_000 });

interface AskedOfFpm {
  readonly args: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly SOURCE_DATE_EPOCH: string;
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'hopscope-packaged-')));
const electron = join(folder, 'electron');
const output = join(folder, 'dist');
const unpacked = join(
  output,
  process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`,
);
const resources = join(unpacked, 'resources');
const archive = join(resources, 'app.asar');
const extracted = join(folder, 'extracted');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** As npm run dist does it, on the stand-in. */
function build(targets: readonly string[], to: string): void {
  stageApp(join(projectRoot, 'out', 'app'));
  const builder = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js');
  execFileSync(
    process.execPath,
    [builder, ...builderArguments(electron, targets), `-c.directories.output=${to}`],
    {
      cwd: projectRoot,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        CUSTOM_FPM_PATH: join(folder, 'fpm'),
        SOURCE_DATE_EPOCH: '1700000000',
      },
    },
  );
}

function askedOfFpm(extension: string): AskedOfFpm {
  const name = readdirSync(output).find((file) => file.endsWith(`.${extension}.json`)) ?? '';
  return JSON.parse(readFileSync(join(output, name), 'utf8')) as AskedOfFpm;
}

/** The text of the file that a package puts there. */
function packedAt({ args, files }: AskedOfFpm, place: string): string {
  const from = args.find((arg) => arg.endsWith(`=${place}`))?.slice(0, -place.length - 1) ?? '';
  const text = files[from];
  if (text === undefined) throw new Error(`nothing is packed at ${place}`);
  return Buffer.from(text, 'latin1').toString('utf8');
}

// Packages for Linux are made on Linux.
describe.skipIf(process.platform !== 'linux')('the packaged app', () => {
  /** In the archive, with slashes: `/package.json`. */
  let inArchive: readonly string[];

  beforeAll(async () => {
    await ensureBuilt();
    makeElectron(electron);
    makeFpm(join(folder, 'fpm'));
    build(['deb', 'rpm'], output);
    inArchive = listPackage(archive, { isPack: false });
    extractAll(archive, extracted);
  });

  describe('in its archive', () => {
    test('has the built app, and the files that it reads', () => {
      expect(inArchive).toEqual(
        expect.arrayContaining([
          '/package.json',
          '/out/main/main.js',
          '/out/main/backend.js',
          '/out/preload/preload.cjs',
          '/out/renderer/index.html',
          '/resources/examples/icp-on-vcenter.yaml',
          '/resources/data/endpoints.yaml',
          '/resources/schema/design.schema.json',
          '/resources/icons/program/256x256.png',
        ]),
      );
    });

    test('has no sources, no tests, no maps, nothing of a checkout', () => {
      const own = inArchive.filter((path) => !path.startsWith('/node_modules'));
      expect([...new Set(own.map((path) => path.split('/')[1]))].sort()).toEqual([
        'out',
        'package.json',
        'resources',
      ]);
      expect(
        inArchive.filter((path) => /\.(tsx?|mts|cts|svelte|map|tsbuildinfo)$/.test(path)),
      ).toEqual([]);
      expect(own.filter((path) => /(^|\/)(tests?|src-main|src-renderer)(\/|$)/.test(path))).toEqual(
        [],
      );
    });

    test('has the packages that the program runs on, and no other', () => {
      const packages = inArchive
        .map((path) => /^\/(node_modules\/(?:@[^/]+\/)?[^/@][^/]*)$/.exec(path)?.[1])
        .filter((place) => place !== undefined && !place.endsWith('.package-lock.json'));
      // Headers, to compile with.
      const wanted = productionPlaces().filter((place) => place !== 'node_modules/node-addon-api');
      expect(packages.sort()).toEqual(wanted);
    });

    test('has SQLite outside of it, for this machine alone, as the system can load it', () => {
      const outside = join(`${archive}.unpacked`, 'node_modules', 'better-sqlite3');
      expect(readdirSync(join(outside, 'prebuilds'))).toEqual([`linux-${process.arch}.node`]);
      expect(existsSync(join(outside, 'build'))).toBe(false);
      expect(inArchive.filter((path) => /better-sqlite3\/(src|deps|build)/.test(path))).toEqual([]);
    });

    test('has every module that one of its own imports', async () => {
      await init;
      const main = join(extracted, 'out', 'main');
      const programs = readdirSync(main, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.js'))
        .map((name) => readFileSync(join(main, name), 'utf8'));
      const imported = programs
        .flatMap((program) => parse(program)[0])
        .map(({ n }) => n ?? '.')
        .filter((name) => !name.startsWith('.') && !isBuiltin(name) && name !== 'electron');
      expect(imported).toContain('better-sqlite3');
      const missing = imported
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !existsSync(join(extracted, 'node_modules', name)));
      expect(missing).toEqual([]);
    });

    test('has a manifest without scripts and tools', () => {
      const manifest = JSON.parse(
        readFileSync(join(extracted, 'package.json'), 'utf8'),
      ) as Readonly<Record<string, unknown>>;
      expect(manifest).toMatchObject({ main: 'out/main/main.js', desktopName: 'hopscope.desktop' });
      for (const key of ['scripts', 'devDependencies', 'optionalDependencies', 'private', 'bin']) {
        expect(manifest).not.toHaveProperty(key);
      }
    });

    test('has the same bytes when it is made again', () => {
      const again = join(folder, 'again');
      build(['dir'], again);
      expect(digest(join(again, basename(unpacked), 'resources', 'app.asar'))).toBe(
        digest(archive),
      );
    });
  });

  describe('beside its archive', () => {
    test('has the licences', () => {
      expect(readFileSync(join(resources, 'licences.md'), 'utf8')).toContain('## better-sqlite3');
      expect(readFileSync(join(resources, 'LICENSE.txt'), 'utf8')).toContain('Apache License');
      expect(readdirSync(unpacked)).toEqual(
        expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html']),
      );
    });

    test('has an executable whose fuses are blown', async () => {
      const {
        version,
        resetAdHocDarwinSignature: _,
        ...wire
      } = (await getCurrentFuseWire(join(unpacked, 'hopscope'))) as unknown as Readonly<
        Record<string, unknown>
      >;
      const state = (fuse: FuseV1Options) => String.fromCharCode(Number(wire[fuse]));
      expect(version).toBe('1');
      expect(state(FuseV1Options.RunAsNode)).toBe('0');
      expect(state(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe('0');
      expect(state(FuseV1Options.EnableNodeCliInspectArguments)).toBe('0');
      expect(state(FuseV1Options.EnableCookieEncryption)).toBe('1');
      expect(state(FuseV1Options.OnlyLoadAppFromAsar)).toBe('1');
      expect(state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe('1');
      expect(state(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe('0');
    });
  });

  describe('its command line', () => {
    const wrapper = join(resources, 'bin', 'hopscope');
    const run = (program: string, args: readonly string[], environment: object = {}) =>
      spawnSync(program, args, {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, EXTRACTED: extracted, NO_COLOR: '1', ...environment },
      });

    test('can be run, also by a link to it, and by one to that', () => {
      expect(statSync(wrapper).mode & 0o111).toBe(0o111);
      const links = join(folder, 'links');
      mkdirSync(links);
      symlinkSync(wrapper, join(links, 'first'));
      symlinkSync('first', join(links, 'second'));
      for (const name of ['first', 'second']) {
        expect(run(join(links, name), ['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
      }
    });

    test('follows a flow, with the words of a checkout', async () => {
      const args = ['trace', '--example', 'icp-on-vcenter', '--flow', 'internet-to-web', '--json'];
      const { status, stdout } = run(wrapper, args);
      expect(status).toBe(0);
      expect(stdout).toBe((await hopscope(args)).out);
    });

    test('makes a project and reads it, with what is in the archive alone', () => {
      expect(run(wrapper, ['new', 'plan.hopscope', '--template', 'icp-on-vcenter'])).toMatchObject({
        status: 0,
      });
      expect(run(wrapper, ['verify', 'plan.hopscope']).stdout).toContain('0 broken');
    });

    test('ends with the exit code of a bad answer, and of bad usage', () => {
      expect(run(wrapper, ['verify', '--example', 'icp-as-documented']).status).toBe(1);
      expect(run(wrapper, ['nonsense']).status).toBe(2);
      expect(run(wrapper, ['open', 'nothing.hopscope']).status).toBe(2);
    });

    test('open opens the window, with the file by its path in full', () => {
      const { status, stdout } = run(wrapper, ['open', 'plan.hopscope']);
      expect(status).toBe(0);
      expect(stdout).toBe(`window of ${JSON.stringify({ file: join(folder, 'plan.hopscope') })}\n`);
    });

    test('hands its words on behind two dashes, with the sandbox left on where pages are shown', () => {
      const hostile = ['trace', '--to', 'https://shop.example/', '--json', 'a b', '$(id)', "'", ''];
      const given = (args: readonly string[]) =>
        run(wrapper, args, { ECHO: '1' }).stdout.slice(0, -1).split('\n');
      expect(given(hostile)).toEqual(['--no-sandbox', '--command-line', '--', ...hostile]);
      expect(given(['open', 'x.yaml'])).toEqual(['--command-line', '--', 'open', 'x.yaml']);
    });
  });

  describe.each(['deb', 'rpm'])('as a package: %s', (kind) => {
    let asked: AskedOfFpm;
    let entry: string;
    beforeAll(() => {
      asked = askedOfFpm(kind);
      entry = packedAt(asked, '/usr/share/applications/hopscope.desktop');
    });

    test('is told the date of its sources', () => {
      expect(asked.SOURCE_DATE_EPOCH).toBe('1700000000');
    });

    test('has icons of the program and of a project file in every size', () => {
      for (const side of [16, 24, 32, 48, 64, 128, 256, 512]) {
        for (const icon of ['apps/hopscope.png', 'mimetypes/application-vnd.hopscope.png']) {
          const png = packedAt(asked, `/usr/share/icons/hicolor/${side}x${side}/${icon}`);
          expect(png).toContain('PNG');
        }
      }
    });

    test('has a desktop entry that opens project files', () => {
      expect(
        Object.fromEntries(entry.split('\n').map((line) => line.split(/=(.*)/))),
      ).toMatchObject({
        '[Desktop Entry]': undefined,
        Name: 'Hopscope',
        'GenericName[ko]': '네트워크 설계 도구',
        Exec: '/opt/Hopscope/hopscope %U',
        Icon: 'hopscope',
        MimeType: 'application/vnd.hopscope;',
        StartupWMClass: 'hopscope',
        Categories: 'Network;Engineering;',
        Keywords: expect.stringContaining('VXLAN;') as string,
        Terminal: 'false',
      });
    });

    test('puts its command line on PATH, and takes it away again', () => {
      const script = (option: string) =>
        asked.files[asked.args[asked.args.indexOf(option) + 1] ?? ''] ?? '';
      const install = script('--after-install');
      const remove = script('--after-remove');
      expect(install).toContain(
        "ln -sf '/opt/Hopscope/resources/bin/hopscope' '/usr/bin/hopscope'",
      );
      expect(remove).toContain("rm -f '/usr/bin/hopscope'");
      for (const text of [install, remove]) {
        expect(text).not.toContain('${');
        expect(spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' }).stderr).toBe('');
      }
    });
  });

  describeRequiring(['desktop-file-validate'], 'the desktop entry', () => {
    test('is one by the specification', () => {
      const file = join(folder, 'hopscope.desktop');
      writeFileSync(file, packedAt(askedOfFpm('deb'), '/usr/share/applications/hopscope.desktop'));
      const { status, stdout } = spawnSync('desktop-file-validate', ['--warn-kde', file], {
        encoding: 'utf8',
      });
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    });
  });
});

describeRequiring(['update-mime-database'], 'the file type', () => {
  test('is read by the system’s database, by name and by content', () => {
    const mime = join(folder, 'mime');
    mkdirSync(join(mime, 'packages'), { recursive: true });
    const xml = join(projectRoot, 'resources', 'installer', 'hopscope.xml');
    cpSync(xml, join(mime, 'packages', 'hopscope.xml'));
    const { status, stderr } = spawnSync('update-mime-database', [mime], {
      encoding: 'utf8',
      env: { ...process.env, XDG_DATA_HOME: folder },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(join(mime, 'globs2'), 'utf8')).toContain(
      '50:application/vnd.hopscope:*.hopscope\n',
    );
    expect(readFileSync(join(mime, 'magic'), 'latin1')).toContain('[60:application/vnd.hopscope]');
  });
});
