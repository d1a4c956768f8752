/** Several things selected: what they share is edited at once, as one step. */
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { eventually } from './eventually.ts';
import { enter, everyForm, openInspector } from './inspector-window.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

async function openWith(...names: readonly string[]) {
  const app = await openInspector(everyForm);
  for (const [at, name] of names.entries()) {
    await app.page.getByLabel('Find in the outline').fill(name);
    const row = app.page.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) }).first();
    await row.click(at === 0 ? {} : { modifiers: ['ControlOrMeta'] });
  }
  await app.panel.getByRole('heading', { name: `${names.length} things selected` }).waitFor();
  return app;
}

describeRequiring(['chromium'], 'several selected things', () => {
  beforeAll(ensureBuilt);

  test('a site is given to all of them as one step', async () => {
    await using app = await openWith('kube-1', 'kube-2', 'Name server');
    const { page, panel, select, undo } = app;
    const site = panel.getByLabel('Site', { exact: true });
    expect(await site.inputValue()).toBe('hall');
    await enter(site, 'hq');
    await eventually(async () => expect(await site.inputValue()).toBe('hq'));
    for (const name of ['kube-1', 'kube-2', 'Name server']) {
      await select(name);
      await eventually(async () =>
        expect(await panel.getByLabel('Site', { exact: true }).inputValue()).toBe('hq'),
      );
    }
    await undo();
    for (const name of ['kube-1', 'kube-2', 'Name server']) {
      await select(name);
      await eventually(async () =>
        expect(await panel.getByLabel('Site', { exact: true }).inputValue()).toBe('hall'),
      );
    }
    await eventually(async () =>
      expect(await page.getByRole('button', { name: 'Undo' }).first().isDisabled()).toBe(true),
    );
    expect(app.complaints()).toEqual([]);
  });

  test('an answer that comes when another thing is shown changes nothing of it', async () => {
    await using app = await openWith('kube-1', 'kube-2');
    const { page, panel, select } = app;
    const answered = Promise.withResolvers<undefined>();
    await page.route('**/api/project.apply', async (route) => {
      const response = await route.fetch();
      await answered.promise;
      await route.fulfill({ response });
    });
    await enter(panel.getByLabel('Site', { exact: true }), 'hq');
    await select('Name server');
    const site = panel.getByLabel('Site', { exact: true });
    await eventually(async () => expect(await site.inputValue()).toBe('hall'));
    answered.resolve(undefined);
    await select('kube-1');
    await eventually(async () => expect(await site.inputValue()).toBe('hq'));
    expect(app.complaints()).toEqual([]);
  });

  test('a tag is added to those that have others, and taken from those that have it', async () => {
    await using app = await openWith('Edge', 'kube-2', 'kube-1');
    const { panel, select, undo } = app;
    const tags = panel.getByRole('group', { name: 'Tags' });
    await enter(tags.getByLabel('Add a tag to all'), 'audited');
    await tags.getByRole('button', { name: 'Take audited from all' }).waitFor();
    await tags.getByRole('button', { name: 'Take nsx from all' }).click();
    await tags.getByRole('button', { name: 'Take nsx from all' }).waitFor({ state: 'detached' });
    // What only some have says so, and is one click from all.
    await tags.getByRole('button', { name: 'Give perimeter to all' }).click();
    await tags
      .getByRole('button', { name: 'Give perimeter to all' })
      .waitFor({ state: 'detached' });
    const own = panel.getByLabel('Tags', { exact: true });
    await select('kube-1');
    await eventually(async () => expect(await own.inputValue()).toBe('audited, perimeter'));
    await select('Edge');
    await eventually(async () => expect(await own.inputValue()).toBe('perimeter, audited'));
    await undo();
    await undo();
    await undo();
    await eventually(async () => expect(await own.inputValue()).toBe('perimeter, nsx'));
    await select('kube-1');
    await eventually(async () => expect(await own.inputValue()).toBe(''));
    expect(app.complaints()).toEqual([]);
  });

  test('segments share their MTU; a value that the design refuses stays with what was expected', async () => {
    await using app = await openWith('office', 'branch');
    const { panel, select } = app;
    const mtu = panel.getByLabel('MTU', { exact: true });
    expect(await mtu.getAttribute('placeholder')).toBe('different values');
    await enter(mtu, '9000000');
    await panel.getByRole('alert').waitFor();
    expect(await panel.getByRole('alert').textContent()).toMatch(/expected/);
    expect(await mtu.inputValue()).toBe('9000000');
    await enter(mtu, '9000');
    await panel.getByRole('alert').waitFor({ state: 'detached' });
    await select('branch');
    await eventually(async () => expect(await mtu.inputValue()).toBe('9000'));
    expect(app.complaints()).toEqual([]);
  });

  test('machines share their state and what they run on', async () => {
    await using app = await openWith('kube-1', 'kube-2');
    const { panel, select } = app;
    const host = panel.getByLabel('Runs on', { exact: true });
    expect(await host.getAttribute('placeholder')).toBe('different values');
    await enter(host, 'esx-1');
    await eventually(async () => expect(await host.inputValue()).toBe('esx-1'));
    await panel.getByText('down', { exact: true }).click();
    await panel.getByRole('radio', { name: 'down', checked: true }).waitFor();
    await select('kube-2');
    await eventually(async () => expect(await host.inputValue()).toBe('esx-1'));
    await panel.getByRole('radio', { name: 'down', checked: true }).waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('all of them are deleted after it is said what goes along', async () => {
    await using app = await openWith('kube-1', 'kube-2');
    const { page, panel } = app;
    await panel.getByRole('button', { name: 'Delete all' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/web-1/).first().waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await panel.getByText('Select something on the canvas').waitFor();
    await app.undo();
    await page
      .getByRole('treeitem', { name: /^kube-2/ })
      .first()
      .waitFor();
    expect(app.complaints()).toEqual([]);
  });
});
