/** Intents in the window: made from a flow or between groups, seen to break and to hold again, by mouse and keyboard. */
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { expectAccessible } from './axe.ts';
import { eventually } from './eventually.ts';
import { currentStep, openSample } from './flow-sample.ts';
import { enter } from './inspector-window.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

async function openIntents() {
  const app = await openSample();
  const { page } = app;
  return {
    ...app,
    /** The line of an intent, in the list of intents. */
    intent: (id: string) => page.locator(`[data-intent="${id}"]`),
    listIntents: () =>
      page
        .locator('label')
        .filter({ hasText: /^\s*Intents/ })
        .click(),
    search: async (text: string) => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('dialog').getByRole('combobox').fill(text);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
    steps: async () => {
      await page.getByRole('tab', { name: 'History' }).click();
      return page.getByRole('tabpanel').textContent();
    },
  };
}

describeRequiring(['chromium'], 'intents', () => {
  beforeAll(ensureBuilt);

  test('of a flow: made in its line, broken by a rule, traced, and held again by undo', async () => {
    await using app = await openIntents();
    const { page, inspector } = app;
    const web = app.flow('internet-to-web');
    const holds = web.getByLabel('Expected reachable: holds');
    await holds.waitFor();

    // Nothing is expected of it any more, by the mouse.
    await holds.click();
    const menu = page.getByRole('menu', { name: 'Expected' });
    await menu.getByRole('menuitemradio', { name: 'Expect reachable', checked: true }).waitFor();
    await menu.getByRole('menuitemradio', { name: 'Expect nothing' }).click();
    await holds.waitFor({ state: 'detached' });

    // And reachable again, by the keyboard; the line has the focus after it.
    await web.focus();
    await page.keyboard.press('e');
    await menu.waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await menu
      .getByRole('menuitemradio', { name: 'Expect reachable' })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await holds.waitFor();
    await page.locator('[data-flow="internet-to-web"]:focus-within').waitFor();

    // A rule of the edge is made to deny.
    await app.read('internet-to-web');
    await app.step('Rule 5 internet-to-ingress accepts tcp 443').click();
    const rule = inspector.getByRole('listitem').filter({ hasText: 'internet-to-ingress' });
    await rule.first().getByText('deny', { exact: true }).click();
    const panel = page.getByRole('tabpanel');
    await panel.getByLabel('Expected reachable: broken (held before)').waitFor();

    // The list of intents shows what broke, and leads to its trace.
    await page.getByRole('tab', { name: /^Flows/ }).click();
    await app.listIntents();
    await page.getByRole('button', { name: /^Broken: [1-9]/ }).click();
    const intent = app.intent('internet-to-web');
    await intent.getByText('broken', { exact: true }).waitFor();
    expect(await intent.textContent()).toContain('0 of 1 hold');
    expect(await intent.textContent()).toContain('held before');
    await expectAccessible(page);
    const check = page.locator('[data-line="internet-to-web 0"]');
    expect(await check.textContent()).toMatch(/internet-user → https:.*Unreachable, denied/s);
    await check.click();
    await currentStep(page).waitFor();
    await page.getByText('Denied at esg').waitFor();

    await page.keyboard.press('Control+z');
    await panel.getByLabel('Expected reachable: holds (was broken before)').waitFor();
    await page.getByRole('tab', { name: /^Flows/ }).click();
    await page.getByRole('button', { name: /^Changed: [1-9]/ }).click();
    await intent.getByText('holds', { exact: true }).waitFor();
    expect(await check.count()).toBe(0);
    expect(app.complaints).toEqual([]);
  });

  test('of a flow: from its trace, the inspector and the search, each one step and none twice', async () => {
    await using app = await openIntents();
    const { page, inspector } = app;
    const panel = page.getByRole('tabpanel');
    await app.read('web-to-db');
    await panel.getByLabel('Expected reachable: holds').click();
    await page.getByRole('menuitemradio', { name: 'Expect blocked' }).click();
    await panel.getByLabel('Expected blocked: broken').waitFor();

    // What is expected already is not offered; the rest is, for the flow that is read.
    await page.keyboard.press('ControlOrMeta+k');
    const search = page.getByRole('dialog').getByRole('combobox');
    await search.fill('Expect');
    await page.getByRole('option', { name: /^Expect nothing: / }).waitFor();
    expect(await page.getByRole('option', { name: /^Expect blocked: / }).count()).toBe(0);
    await page.getByRole('option', { name: /^Expect nothing: / }).click();
    await panel.getByText('Expect …', { exact: true }).waitFor();

    await page.keyboard.press('ControlOrMeta+k');
    await search.fill('web-to-db');
    await page
      .getByRole('option')
      .filter({ hasText: /Flow|flow/ })
      .first()
      .click();
    const choice = inspector.getByRole('radiogroup', { name: 'Expected' });
    await choice.getByText('reachable', { exact: true }).click();
    await inspector.getByLabel('Expected reachable: holds').waitFor();

    const told = await app.steps();
    expect(told?.match(/Expect /g)).toHaveLength(3);
    expect(app.complaints).toEqual([]);
  });

  test('between two groups: made, filled in, checked, deleted and brought back', async () => {
    await using app = await openIntents();
    const { page, inspector } = app;
    await app.listIntents();
    await page.getByRole('button', { name: 'New intent' }).click();
    const name = inspector.getByLabel('Name', { exact: true });
    await inspector.locator('input[aria-label="Name"]:focus, header input:focus').waitFor();
    await page.keyboard.type('Workers stay away from the masters');
    await page.keyboard.press('Enter');
    const intent = app.intent('intent');
    await intent.getByText('Workers stay away from the masters').waitFor();
    await intent.getByText('It speaks of nobody').waitFor();

    // A group that there is already, and one that is made for it.
    await enter(inspector.getByLabel('Sources', { exact: true }), 'workers');
    await intent.getByText('Worker nodes → nobody, tcp 443').waitFor();
    await inspector.getByRole('button', { name: 'New group as destination' }).click();
    await inspector.locator('header input:focus').waitFor();
    expect(await name.getAttribute('placeholder')).toBe('group');
    await page.keyboard.type('Two masters');
    await page.keyboard.press('Enter');
    await intent.getByText('Worker nodes → Two masters, tcp 443').waitFor();
    const members = inspector.getByRole('group', { name: 'Members' });
    for (const [at, node] of ['master-1', 'master-2'].entries()) {
      await members.getByRole('button', { name: 'Add', exact: true }).click();
      await enter(members.getByRole('combobox', { name: 'Member', exact: true }).nth(at), node);
    }
    await intent.getByText(/of 12 hold/).waitFor();

    // Back by the group's own list of intents.
    await inspector
      .getByRole('button', { name: 'Workers stay away from the masters' })
      .last()
      .click();
    await inspector.getByLabel('Services', { exact: true }).waitFor();
    await inspector.getByText('blocked', { exact: true }).click();
    await enter(inspector.getByLabel('Services', { exact: true }), 'tcp 1');
    await intent.getByText('12 of 12 hold').waitFor();
    await expectAccessible(page);

    // Its checks are shown and read by the keyboard.
    await intent.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-line="intent 0"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'worker-1 → master-1, tcp 1' }).waitFor();

    await page.getByRole('tab', { name: /^Flows/ }).click();
    await intent.focus();
    await page.keyboard.press('Delete');
    await intent.waitFor({ state: 'detached' });
    await page.locator('[data-line]:focus').waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await intent.waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('begin from nothing: what to do is said, and groups are made of what is selected', async () => {
    await using app = await openIntents();
    const { page, inspector } = app;
    await app.search('New design');
    await page.getByText('No flows yet').waitFor();
    await app.search('Show the intents');
    await page.getByText('No intents yet').waitFor();
    await expectAccessible(page);
    await app.search('New intent');
    await app.intent('intent').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('No intents yet').waitFor();
    await app.search('New group');
    await inspector.getByText('Members').first().waitFor();
    await eventually(async () =>
      expect(await page.getByRole('treeitem', { name: /^group/ }).count()).toBe(1),
    );
    expect(app.complaints).toEqual([]);
  });
});
