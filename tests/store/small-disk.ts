import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, onTestFinished } from 'vitest';

function mount(folder: string, options: string): boolean {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  return status === 0;
}

const reason = ((): string | undefined => {
  if (process.platform !== 'linux') return 'no tmpfs here';
  if (process.getuid?.() !== 0) return 'not running as root, who may mount';
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-probe-'));
  const mounted = mount(folder, 'size=64k');
  if (mounted) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return mounted ? undefined : 'mounting a small disk is not permitted';
})();

/** Tests that need a disk of their own; skipped, with the reason, where none can be had. */
export function describeWithSmallDisk(title: string, tests: () => void): void {
  if (reason === undefined) describe(title, tests);
  else describe.skip(title, { meta: { skippedBecause: reason } }, tests);
}

/** A disk of so many bytes, for the running test. */
export function smallDisk(bytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'hopscope-disk-'));
  if (!mount(folder, `size=${bytes}`)) throw new Error(`no disk could be mounted at ${folder}`);
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

export function makeReadOnly(folder: string): void {
  execFileSync('mount', ['-o', 'remount,ro', folder]);
}
