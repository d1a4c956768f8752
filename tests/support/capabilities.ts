/**
 * What this machine brings to the tests besides Node. A group of tests that needs more is skipped
 * where it is missing, and the closing lines of the run say which and why:
 *
 *     describeRequiring(['tshark', 'tcpdump'], 'a capture', () => { … });
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { describe } from 'vitest';

export type Capability =
  | 'chromium'
  | 'electron'
  | 'tshark'
  | 'tcpdump'
  | 'ip'
  | 'iptables'
  | 'python3'
  | 'systemd-analyze'
  | 'apt-config'
  | 'terraform'
  | 'curl'
  | 'desktop-file-validate'
  | 'update-mime-database'
  | 'npm-registry'
  | 'dot'
  | 'shellcheck'
  | 'network-namespaces'
  | 'vlan-devices'
  | 'ip-in-ip-devices';

export type Availability =
  | { readonly available: true; readonly reason?: undefined }
  | { readonly available: false; readonly reason: string };

declare module 'vitest' {
  interface TaskMeta {
    /** Why a group of tests is skipped, for the closing line of the run. */
    skippedBecause?: string;
  }
}

const systemFolders = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

/** The path of the first of these programs that is on PATH or among the system's folders. */
export function findProgram(...names: readonly string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...systemFolders];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser that the end-to-end tests drive. */
export function findChromium(): string | undefined {
  return findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
}

/** The system's own Python, which has all of its modules, before others on PATH. */
export function findPython(): string | undefined {
  return ['/usr/bin/python3'].find(canRun) ?? findProgram('python3');
}

function program(path: string | undefined, name: string): Availability {
  return path === undefined
    ? { available: false, reason: `${name} is not installed` }
    : { available: true };
}

/** lib/noproxy.c is that of 7.86.0 and later. */
function curl(): Availability {
  const path = findProgram('curl');
  if (path === undefined) return { available: false, reason: 'curl is not installed' };
  const told = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout;
  const [, major = 0, minor = 0] = (/^curl (\d+)\.(\d+)/.exec(told) ?? []).map(Number);
  return major > 7 || (major === 7 && minor >= 86)
    ? { available: true }
    : { available: false, reason: 'curl is older than 7.86' };
}

/** Whether `ip link` does that in a namespace of its own; `failing` is the reason where it does not. */
function linksInNamespace(link: readonly string[], failing: string): Availability {
  const ip = findProgram('ip');
  if (ip === undefined) return { available: false, reason: 'ip is not installed' };
  if (process.getuid?.() !== 0) return { available: false, reason: 'not running as root' };

  const name = `hopscope-probe-${process.pid}`;
  const made = spawnSync(ip, ['netns', 'add', name], { encoding: 'utf8' });
  if (made.status !== 0) {
    const [firstLine = 'refused'] = made.stderr.trim().split('\n');
    return { available: false, reason: `no network namespaces: ${firstLine}` };
  }
  const entered = spawnSync(ip, ['netns', 'exec', name, ip, 'link', ...link], {
    encoding: 'utf8',
  });
  spawnSync(ip, ['netns', 'delete', name]);
  return entered.status === 0 ? { available: true } : { available: false, reason: failing };
}

const networkNamespaces = () =>
  linksInNamespace(['set', 'lo', 'up'], 'network namespaces cannot be entered');

const vlanDevices = () =>
  linksInNamespace(
    ['add', 'link', 'lo', 'name', 'tagged', 'type', 'vlan', 'id', '42'],
    'the kernel has no VLAN devices',
  );

const ipInIpDevices = () =>
  linksInNamespace(
    ['add', 'name', 'outer', 'type', 'ipip', 'local', '127.0.0.1', 'remote', '127.0.0.2'],
    'the kernel has no IP-in-IP devices; a program takes their place',
  );

/** The Electron executable that npm's launcher knows of; downloaded by the first `npm start` that can. */
export function findElectron(): string | undefined {
  const folder = join(import.meta.dirname, '..', '..', 'node_modules', 'electron');
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    accessSync(path, constants.X_OK);
    return path;
  } catch {
    return undefined;
  }
}

function electron(): Availability {
  if (findElectron() === undefined) {
    return { available: false, reason: 'the Electron binary is not installed' };
  }
  const hasScreen =
    process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return hasScreen
    ? { available: true }
    : { available: false, reason: 'no screen to show Electron on' };
}

const probes: { readonly [Name in Capability]: () => Availability } = {
  chromium: () => program(findChromium(), 'chromium'),
  electron,
  tshark: () => program(findProgram('tshark'), 'tshark'),
  tcpdump: () => program(findProgram('tcpdump'), 'tcpdump'),
  ip: () => program(findProgram('ip'), 'ip'),
  iptables: () => program(findProgram('iptables'), 'iptables'),
  python3: () => program(findPython(), 'python3'),
  'systemd-analyze': () => program(findProgram('systemd-analyze'), 'systemd-analyze'),
  'apt-config': () => program(findProgram('apt-config'), 'apt-config'),
  terraform: () => program(findProgram('terraform'), 'terraform'),
  curl,
  'desktop-file-validate': () =>
    program(findProgram('desktop-file-validate'), 'desktop-file-validate'),
  'update-mime-database': () =>
    program(findProgram('update-mime-database'), 'update-mime-database'),
  'npm-registry': npmRegistry,
  dot: () => program(findProgram('dot'), 'dot'),
  shellcheck: () => program(findProgram('shellcheck'), 'shellcheck'),
  'network-namespaces': networkNamespaces,
  'vlan-devices': vlanDevices,
  'ip-in-ip-devices': ipInIpDevices,
};

/** Whether npm can install a package; one of the program's own is asked for. */
function npmRegistry(): Availability {
  const { status } = spawnSync('npm', ['view', 'picocolors', 'name', '--fetch-retries=0'], {
    encoding: 'utf8',
    timeout: 20_000,
    shell: process.platform === 'win32',
  });
  return status === 0
    ? { available: true }
    : { available: false, reason: 'npm has no registry to install from' };
}

const known = new Map<Capability, Availability>();

/** Whether all of these are here, with the first reason when one is not. */
export function requires(...capabilities: readonly Capability[]): Availability {
  for (const capability of capabilities) {
    const answer = known.get(capability) ?? probes[capability]();
    known.set(capability, answer);
    if (!answer.available) return answer;
  }
  return { available: true };
}

/** A group of tests that is skipped, and counted with its reason, where something is missing. */
export function describeRequiring(
  capabilities: readonly Capability[],
  title: string,
  tests: () => void,
): void {
  const { available, reason } = requires(...capabilities);
  if (available) describe(title, tests);
  else describe.skip(title, { meta: { skippedBecause: reason } }, tests);
}
