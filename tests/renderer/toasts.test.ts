import { describe, expect, test, vi } from 'vitest';
import { backendError, type ErrorDetails } from '../../src-main/contract/errors.ts';
import { isToldByBanner, type Banners } from '../../src-renderer/state/told-errors.ts';
import { Toasts } from '../../src-renderer/state/toasts.svelte.ts';

type Reason = ErrorDetails['project-refused']['reason'];
const refused = (reason: Reason) => {
  const details = { file: '/x', detail: 'x', issues: [], omitted: 0 };
  const detail = { reason, details, sentence: `Refused: ${reason}` };
  return backendError('project-refused', detail as ErrorDetails['project-refused']);
};

describe('messages', () => {
  const titles = (toasts: Toasts) => toasts.all.map(({ title }) => title);

  test('with a button go with the state that they were said of: Undo takes back nothing later', () => {
    let state = 'project-1 4';
    const toasts = new Toasts(() => state);
    const action = { label: 'Undo', run: vi.fn() };
    toasts.say({ tone: 'plain', title: 'Flow deleted', action });
    toasts.say({ tone: 'good', title: 'Saved' });
    expect(titles(toasts)).toEqual(['Flow deleted', 'Saved']);
    state = 'project-1 5';
    toasts.say({ tone: 'plain', title: 'Host deleted', action });
    expect(titles(toasts)).toEqual(['Saved', 'Host deleted']);
  });

  test('that are said again are no second message, and four are enough', () => {
    const toasts = new Toasts();
    for (const title of ['a', 'b', 'c', 'd', 'e', 'c']) toasts.say({ tone: 'plain', title });
    expect(titles(toasts)).toEqual(['b', 'd', 'e', 'c']);
  });

  test('of what a banner says are not said, and taken back where the banner comes later', () => {
    let isTold = false;
    const toasts = new Toasts(
      () => '',
      () => isTold,
    );
    toasts.fail(refused('file-moved'));
    expect(titles(toasts)).toEqual(['Refused: file-moved']);
    isTold = true;
    toasts.fail(refused('file-moved'));
    toasts.say({ tone: 'good', title: 'Saved' });
    expect(titles(toasts)).toEqual(['Saved']);
    expect(toasts.retold).toBe(1);
  });
});

describe('what a banner says already', () => {
  const file = (access: NonNullable<Banners['file']>['access'], hasTrouble: boolean): Banners => ({
    lost: false,
    file: { access, hasTrouble },
  });
  test.each<[reason: Reason, banners: Banners, told: boolean]>([
    ['file-moved', file('edit', true), true],
    ['disk-full', file('edit', true), true],
    // Before the window was told of the trouble.
    ['file-moved', file('edit', false), false],
    ['read-only', file('read-only-file', false), true],
    // Of the edit, not of the file.
    ['invalid-command', file('edit', true), false],
    ['file-missing', { lost: false, file: undefined }, false],
  ])('%s with %o: %s', (reason, banners, told) => {
    expect(isToldByBanner(refused(reason), banners)).toBe(told);
  });

  test('that nobody answers, while the window says that the backend is gone', () => {
    const error = backendError('backend-unreachable', { reason: 'gone' });
    expect(isToldByBanner(error, { lost: true, file: undefined })).toBe(true);
    expect(isToldByBanner(error, { lost: false, file: undefined })).toBe(false);
  });
});
