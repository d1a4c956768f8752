import { expect, test } from 'vitest';
import { FixApplier } from '../../../src-renderer/features/install/apply-fixes.svelte.ts';
import { done, failed } from '../../../src-main/contract/errors.ts';
import type { Design } from '../../../src-main/contract/index.ts';
import type { Project } from '../../../src-renderer/state/project.svelte.ts';
import type { Session } from '../../../src-renderer/state/session.svelte.ts';

const design = { hopscope: 1, name: 'd', intents: [{ id: 'i' }] } as unknown as Design;
const verdict = (holds: boolean) => done({ holds, intents: [{ id: 'i', holds }] });
const refused = failed('backend-unreachable', { reason: 'gone' });

test.each([
  ['intents hold before and after', [verdict(true), verdict(true)], true, false],
  ['one would break', [verdict(true), verdict(false)], false, true],
  ['one is broken already', [verdict(false), verdict(false)], true, false],
  ['they cannot be checked', [refused], false, false],
])('%s', async (_case, answers, writes, asks) => {
  let written = false;
  const left = [...answers];
  const toasts = { fail: () => undefined, say: () => 0 };
  const backend = { call: () => Promise.resolve(left.shift()) };
  const applyTo = () => {
    written = true;
    return Promise.resolve(done({}));
  };
  const applier = new FixApplier(
    { backend, toasts } as unknown as Session,
    { applyTo } as unknown as Project,
  );
  await applier.apply('fix', design, []);
  expect([written, applier.asking !== undefined]).toEqual([writes, asks]);
});
