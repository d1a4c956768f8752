import { spawnSync } from 'child_process';
import { existsSync } from 'fs';
import { delimiter, join } from 'path';

/** What some tests run, the Debian package that brings it, and the tests that go without. */
const wanted = [
  { package: 'chromium', probe: '/usr/bin/chromium', tests: 'browser' },
  {
    package: 'fonts-noto-cjk',
    probe: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    tests: 'screenshots of Chinese text',
  },
  { package: 'graphviz', probe: 'dot', tests: 'diagram' },
  { package: 'iproute2', probe: 'ip', tests: 'kernel' },
  { package: 'iptables', probe: 'iptables', tests: 'kernel' },
  { package: 'python3', probe: 'python3', tests: 'kernel' },
  { package: 'desktop-file-utils', probe: 'desktop-file-validate', tests: 'installer' },
  { package: 'shared-mime-info', probe: 'update-mime-database', tests: 'installer' },
  { package: 'shellcheck', probe: 'shellcheck', tests: 'shell script' },
  { package: 'tcpdump', probe: 'tcpdump', tests: 'capture' },
  { package: 'tshark', probe: 'tshark', tests: 'capture' },
];

/** @param {string} probe a program on PATH, or the path of a file */
function isThere(probe) {
  if (probe.startsWith('/')) return existsSync(probe);
  const folders = (process.env.PATH || '').split(delimiter).concat('/usr/sbin', '/sbin');
  return folders.some((folder) => existsSync(join(folder, probe)));
}

function missing() {
  return wanted.filter((item) => !isThere(item.probe));
}

/** @param {readonly string[]} args */
function aptGet(args) {
  const result = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 2],
    env: Object.assign({}, process.env, { DEBIAN_FRONTEND: 'noninteractive' }),
  });
  return result.status === 0;
}

/**
 * Installs what the tests use from Debian, where that is possible without asking: as root, with
 * apt-get. Elsewhere, and when it fails, says what is missing and which tests are skipped for it.
 */
export function ensureDebianPackages() {
  const names = missing().map((item) => item.package);
  if (names.length === 0 || process.platform !== 'linux') return;

  const isRoot = process.getuid !== undefined && process.getuid() === 0;
  if (isRoot && isThere('apt-get')) {
    process.stderr.write(`Installing Debian packages for the tests: ${names.join(' ')} …\n`);
    const install = ['install', '--yes', '--quiet', '--no-install-recommends'].concat(names);
    // Lists that are missing or out of date make the first try fail, and only then cost an update.
    if (!aptGet(install)) aptGet(['update', '--quiet']) && aptGet(install);
  }

  const left = missing();
  if (left.length === 0) return;
  const tests = left.map((item) => item.tests).filter((name, at, all) => all.indexOf(name) === at);
  process.stderr.write(
    `Not installed: ${left.map((item) => item.package).join(', ')}. ` +
      `Tests that need them are skipped: ${tests.join(', ')}.\n`,
  );
}
