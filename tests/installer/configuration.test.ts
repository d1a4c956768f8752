import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Configuration } from 'app-builder-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { builderArguments, sourceDate } from '../../src-main/hosts/setup/dist.mjs';
import { projectRoot } from '../../src-main/hosts/setup/node.mjs';

const require = createRequire(import.meta.url);

interface ConfigurationModule {
  readonly validateConfiguration: (configuration: Configuration, logger: unknown) => Promise<void>;
  readonly getConfig: (projectDir: string, path: string, from: object) => Promise<Configuration>;
}
const { validateConfiguration, getConfig } =
  require('app-builder-lib/out/util/config/config.js') as ConfigurationModule;
const { DebugLogger } = require('builder-util') as { DebugLogger: new (on: boolean) => unknown };

const file = 'src-main/hosts/setup/installer.yml';
const text = readFileSync(join(projectRoot, file), 'utf8');
const validate = (changes: object = {}) =>
  validateConfiguration({ ...(parse(text) as Configuration), ...changes }, new DebugLogger(false));

let configuration: Configuration;
beforeAll(async () => {
  configuration = await getConfig(projectRoot, file, {});
});

describe('the configuration of the installers', () => {
  test('is one by electron-builder’s own schema', async () => {
    await expect(validate()).resolves.toBeUndefined();
  });

  test.each([
    ['a key that nobody knows', { electronFuse: {} }],
    ['a fuse that nobody knows', { electronFuses: { runAsNodes: false } }],
    ['a value of another type', { asar: 'yes' }],
  ])('would be refused with %s', async (_, changes) => {
    await expect(validate(changes)).rejects.toThrow();
  });

  test('blows every fuse that would make the executable something else than this program', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      grantFileProtocolExtraPrivileges: false,
      loadBrowserProcessSpecificV8Snapshot: false,
    });
    // An archive that is not there cannot be what alone is loaded.
    expect(configuration.asar).toBe(true);
  });

  test('makes what each system installs, with the file type on each', () => {
    const { linux, win, mac } = configuration;
    expect([linux?.target, win?.target, mac?.target]).toEqual([
      ['AppImage', 'deb', 'rpm'],
      ['nsis', 'portable'],
      ['dmg'],
    ]);
    expect(linux?.mimeTypes).toEqual(['application/vnd.hopscope']);
    expect(readFileSync(join(projectRoot, 'resources/installer/hopscope.xml'), 'utf8')).toContain(
      '<glob pattern="*.hopscope"/>',
    );
    for (const associations of [win?.fileAssociations, mac?.fileAssociations]) {
      expect(associations).toMatchObject([{ ext: 'hopscope' }]);
    }
  });

  test('names no path that is not there', () => {
    const { linux, win, mac, nsis, deb, rpm, directories } = configuration;
    const copied = [configuration, linux, win, mac]
      .flatMap((part) => part?.extraResources ?? [])
      .map((one) => (typeof one === 'string' ? one : (one.from ?? '')));
    const packed = [deb, rpm].flatMap((part) => part?.fpm ?? []);
    const icons = [win, mac]
      .flatMap((part) => part?.fileAssociations ?? [])
      .map(({ icon }) => icon);
    const paths = [
      directories?.buildResources,
      ...[linux, win, mac].map((part) => part?.icon),
      ...icons,
      ...[nsis?.license, nsis?.installerIcon, nsis?.uninstallerIcon],
      ...[deb?.afterInstall, deb?.afterRemove, rpm?.afterInstall, rpm?.afterRemove],
      ...copied,
      ...packed.map((pair) => pair.split('=')[0]),
    ];
    expect(paths.length).toBeGreaterThan(30);
    for (const path of paths) {
      expect(typeof path === 'string' && existsSync(join(projectRoot, path)), String(path)).toBe(
        true,
      );
    }
  });

  test('asks for no address on the network, and publishes nothing', () => {
    expect(configuration.publish).toBeNull();
    expect(text).not.toMatch(/https?:\/\//);
  });
});

describe('npm run dist', () => {
  const given = builderArguments('/electron', ['dir']);

  test('takes the Electron that is installed, for this processor, and publishes nothing', () => {
    expect(given).toEqual(
      expect.arrayContaining(['dir', `--${process.arch}`, '-c.electronDist=/electron', 'never']),
    );
  });

  test.each([
    ['the environment’s', { SOURCE_DATE_EPOCH: '1700000000' }, /^1700000000$/],
    ['that of the last commit, or a fixed one', {}, /^\d{9,}$/],
  ])('gives the tools a date that stays: %s', (_, environment, date) => {
    expect(sourceDate(environment)).toMatch(date);
    expect(sourceDate(environment)).toBe(sourceDate(environment));
  });
});
