/** One project in two windows: what one does the other shows, and neither loses what is typed in it. */
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { eventually } from './eventually.ts';
import { enter, everyForm, inspectorOf, openInspector } from './inspector-window.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

async function openTwo() {
  const one = await openInspector(everyForm);
  const page = await one.page.context().newPage();
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  await page.goto(one.origin);
  await page.getByRole('tree').first().waitFor();
  const other = inspectorOf(page);
  return { one, other, thrown, [Symbol.asyncDispose]: () => one[Symbol.asyncDispose]() };
}

describeRequiring(['chromium'], 'two windows on one project', () => {
  beforeAll(ensureBuilt);

  test('an edit in one is in the other without a reload, and either takes it back', async () => {
    await using windows = await openTwo();
    const { one, other } = windows;
    await one.select('Leased line');
    await other.select('Leased line');
    const [mtu, theirs] = [one, other].map(({ panel }) => panel.getByLabel('MTU', { exact: true }));
    if (!mtu || !theirs) throw new Error('there are no two windows');
    await enter(mtu, '1380');
    await eventually(async () => expect(await theirs.inputValue()).toBe('1380'));
    await other.undo();
    await eventually(async () => expect(await mtu.inputValue()).toBe('1400'));
    await one.page.getByRole('button', { name: 'Redo' }).first().click();
    await eventually(async () => expect(await theirs.inputValue()).toBe('1380'));
    expect(one.complaints()).toEqual([]);
  });

  test('two edits of one thing at the same moment are both kept', async () => {
    await using windows = await openTwo();
    const { one, other } = windows;
    await one.select('Leased line');
    await other.select('Leased line');
    const sent = Promise.withResolvers<undefined>();
    const released = Promise.withResolvers<undefined>();
    await one.page.route('**/api/project.apply', async (route) => {
      sent.resolve(undefined);
      await released.promise;
      await route.continue();
    });
    await enter(one.panel.getByLabel('MTU', { exact: true }), '1380');
    await sent.promise;
    const notes = other.panel.getByLabel('Notes', { exact: true });
    await notes.fill('Ends in room 12');
    await notes.press('ControlOrMeta+Enter');
    await eventually(async () =>
      expect(await one.panel.getByLabel('Notes', { exact: true }).inputValue()).toBe(
        'Ends in room 12',
      ),
    );
    released.resolve(undefined);
    await eventually(async () =>
      expect(await other.panel.getByLabel('MTU', { exact: true }).inputValue()).toBe('1380'),
    );
    expect(await notes.inputValue()).toBe('Ends in room 12');
    expect(one.complaints()).toEqual([]);
  });

  test('what is typed stays while the other window changes something else, and is taken', async () => {
    await using windows = await openTwo();
    const { one, other } = windows;
    await one.select('Leased line');
    await other.select('Leased line');
    const notes = one.panel.getByLabel('Notes', { exact: true });
    await notes.click();
    await notes.pressSequentially('Ends in room 12');
    await enter(other.panel.getByLabel('MTU', { exact: true }), '1380');
    await eventually(async () =>
      expect(await one.panel.getByLabel('MTU', { exact: true }).inputValue()).toBe('1380'),
    );
    expect(await notes.inputValue()).toBe('Ends in room 12');
    await notes.and(notes.page().locator(':focus')).waitFor();
    await notes.pressSequentially(', rack 4');
    await notes.press('ControlOrMeta+Enter');
    await eventually(async () =>
      expect(await other.panel.getByLabel('Notes', { exact: true }).inputValue()).toBe(
        'Ends in room 12, rack 4',
      ),
    );
    expect(await other.panel.getByLabel('MTU', { exact: true }).inputValue()).toBe('1380');
    expect(one.complaints()).toEqual([]);
  });

  test('the same field in both: told before anything is written over', async () => {
    await using windows = await openTwo();
    const { one, other } = windows;
    await one.select('Leased line');
    await other.select('Leased line');
    const mine = one.panel.getByLabel('MTU', { exact: true });
    const theirs = other.panel.getByLabel('MTU', { exact: true });
    const alert = one.panel.getByRole('alert');
    await mine.click();
    await mine.fill('1300');
    await enter(theirs, '1200');
    // What comes after it is here: so is it.
    await other.panel.getByText('down', { exact: true }).click();
    await one.panel.getByRole('radio', { name: 'down', checked: true }).waitFor();
    await mine.press('Enter');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('Meanwhile this became 1200');
    expect(await mine.inputValue()).toBe('1300');
    expect(await theirs.inputValue()).toBe('1200');

    // Nothing is lost by looking elsewhere; another field is written without it.
    await one.select('ESXi 1');
    await one.select('Leased line');
    expect(await mine.inputValue()).toBe('1300');
    await enter(one.panel.getByLabel('Notes', { exact: true }), '');
    await one.panel.getByText('up', { exact: true }).click();
    await other.panel.getByRole('radio', { name: 'up', checked: true }).waitFor();
    expect(await theirs.inputValue()).toBe('1200');

    // Escape keeps theirs; a second Enter puts mine.
    await mine.click();
    await mine.press('Enter');
    await alert.waitFor({ state: 'detached' });
    await eventually(async () => expect(await theirs.inputValue()).toBe('1300'));
    await mine.fill('1310');
    await enter(theirs, '1220');
    await other.panel.getByText('down', { exact: true }).click();
    await one.panel.getByRole('radio', { name: 'down', checked: true }).waitFor();
    await mine.press('Enter');
    await alert.waitFor();
    await mine.press('Escape');
    await alert.waitFor({ state: 'detached' });
    expect(await mine.inputValue()).toBe('1220');
    expect(one.complaints()).toEqual([]);
  });

  test('what is typed for something that the other window deletes does no harm', async () => {
    await using windows = await openTwo();
    const { one, other, thrown } = windows;
    await other.select('Leased line');
    const field = other.panel.getByLabel('MTU', { exact: true });
    await field.click();
    await field.fill('1300');
    await one.select('Leased line');
    await one.panel.getByRole('button', { name: 'Link', exact: true }).click();
    await one.page.getByRole('menuitem', { name: /Delete/ }).click();
    const dialog = one.page.getByRole('dialog');
    await dialog.getByText('Edge: loses interface wan, route default, NAT out').waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await other.panel.getByText('Select something on the canvas').waitFor();
    await other.undo();
    await one.select('Leased line');
    expect(await one.panel.getByLabel('MTU', { exact: true }).inputValue()).toBe('1400');
    expect(thrown).toEqual([]);
    expect(one.complaints()).toEqual([]);
  });

  test('one is closed, and the other works on', async () => {
    await using windows = await openTwo();
    const { one, other, thrown } = windows;
    await one.page.close();
    await other.select('Leased line');
    const mtu = other.panel.getByLabel('MTU', { exact: true });
    await enter(mtu, '1350');
    await eventually(async () =>
      expect(await other.page.getByRole('button', { name: 'Undo' }).first().isEnabled()).toBe(true),
    );
    await other.undo();
    await eventually(async () => expect(await mtu.inputValue()).toBe('1400'));
    // Events come to the one that is left, as the answers do: the flows have been run again.
    await other.page.getByRole('row').filter({ hasText: 'Staff to the shop' }).first().waitFor();
    expect(thrown).toEqual([]);
  });
});
