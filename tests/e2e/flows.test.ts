import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { currentStep, openSample } from './flow-sample.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

describeRequiring(['chromium'], 'the table of flows', () => {
  beforeAll(ensureBuilt);

  test('says how every flow fares, and what is expected of it', async () => {
    await using app = await openSample();
    const { page } = app;
    const web = app.flow('internet-to-web');
    await web.getByText('Reachable', { exact: true }).waitFor();
    expect(await web.textContent()).toContain('1,430');
    await web.getByLabel('Expected reachable: holds').waitFor();
    expect(await app.flow('enterprise-to-console').textContent()).toMatch(/Unreachable.*denied/s);
    await app.flow('enterprise-to-console').getByLabel('Expected blocked: holds').waitFor();

    await page
      .locator('label')
      .filter({ hasText: /Intents \d/ })
      .click();
    const intents = page.getByRole('treegrid');
    await intents.getByText('Internet user → web in a container').waitFor();
    // Those in sight are in the page, of all that there are.
    expect(await intents.getAttribute('aria-rowcount')).toBe('16');
    await page.getByRole('searchbox').fill('every worker');
    await intents.getByText('Every worker reaches every image registry').waitFor();
    await intents.getByText('30 of 30 hold').waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('is filtered and sorted', async () => {
    await using app = await openSample();
    const { page } = app;
    const names = async () => {
      const rows = await page.locator('[data-flow]').all();
      return Promise.all(rows.map((row) => row.getAttribute('data-flow')));
    };
    await page.getByRole('button', { name: 'Unreachable: 2' }).click();
    expect(await names()).toEqual(['internet-to-console', 'enterprise-to-console']);
    await page.getByRole('button', { name: 'All: 13' }).click();
    await page.getByRole('searchbox', { name: 'Filter flows' }).fill('docker');
    expect(await names()).toEqual(['worker-to-registry', 'worker-to-registry-by-proxy']);
    await page.getByRole('searchbox', { name: 'Filter flows' }).fill('nothing like this');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('button', { name: 'Status' }).click();
    expect((await names()).slice(0, 2)).toEqual(['internet-to-console', 'enterprise-to-console']);
    const status = page.getByRole('columnheader', { name: 'Status' });
    expect(await status.getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('button', { name: 'Status' }).click();
    expect(await status.getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('button', { name: 'Status' }).click();
    expect((await names())[0]).toBe('internet-to-web');
  });

  test('takes a new flow by type-ahead, an address at a segment, and edits, copies and deletes it', async () => {
    await using app = await openSample();
    const { page } = app;
    await page.getByRole('button', { name: 'New flow' }).click();
    const from = page.getByRole('combobox', { name: 'From' });
    await from.pressSequentially('web-');
    await page.getByRole('option', { name: /^web-1 / }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await from.inputValue()).toBe('web-2');
    const to = page.getByRole('combobox', { name: 'To' });
    await to.click();
    await to.pressSequentially('db.corp');
    await page.getByRole('option', { name: /^db\.corp\.example/ }).click();
    await page.getByRole('textbox', { name: 'Port' }).fill('no');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A port from 1 to 65535').waitFor();
    await page.getByRole('textbox', { name: 'Port' }).fill('3306');
    await page.keyboard.press('Enter');
    const made = app.flow('web-2-to-db.corp.example');
    await made.getByText('Reachable', { exact: true }).waitFor();

    // Changed in its line, by the keyboard.
    await made.focus();
    await page.keyboard.press('F2');
    const form = page.getByRole('form', { name: 'Edit' });
    await form.getByRole('textbox', { name: 'Port' }).fill('3307');
    await page.keyboard.press('Enter');
    await made.getByText('tcp 3307').waitFor();
    await made.getByText('Unreachable', { exact: true }).waitFor();
    expect(await made.textContent()).toContain('was Reachable');

    await made.focus();
    await page.keyboard.press('Control+d');
    const copy = app.flow('web-2-to-db.corp.example-2');
    await copy.waitFor();
    await copy.focus();
    await page.keyboard.press('Delete');
    await copy.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await copy.waitFor();

    // A host that is not drawn: an address, offered at the segment that it fits.
    await page.getByRole('button', { name: 'New flow' }).click();
    await from.pressSequentially('192.168.10.77');
    await page.getByRole('option', { name: /192\.168\.10\.77.*workload/ }).click();
    await to.click();
    await to.pressSequentially('esg');
    await page.keyboard.press('Enter');
    await page.getByText('icmp', { exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await app.flow('192.168.10.77-to-esg').waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('takes a click while it scrolls', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.flow('internet-to-web').waitFor();
    // To and fro by a pixel, as long as the page lives.
    await page.evaluate(`{
      let scroller = document.querySelector('[role="grid"][aria-label="Flows"]');
      while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1)
        scroller = scroller.parentElement;
      if (!scroller) throw new Error('nothing scrolls');
      setInterval(() => (scroller.scrollTop = scroller.scrollTop === 0 ? 1 : 0), 20);
    }`);
    const box = await app.flow('internet-to-web').boundingBox();
    if (!box) throw new Error('the flow is not in sight');
    await page.mouse.click(box.x + 60, box.y + box.height / 2);
    await page.getByRole('tab', { name: 'Trace', selected: true }).waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('leaves the keyboard to what is being typed while results come in', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.flow('internet-to-web').focus();
    await page.keyboard.press('Control+d');
    const copy = app.flow('internet-to-web-2');
    await copy.waitFor();
    await page.locator('[data-flow="internet-to-web-2"]:focus').waitFor();
    await page.keyboard.press('Delete');
    await copy.waitFor({ state: 'detached' });
    // Who deletes goes on by the keyboard with the next line.
    await page.locator('[data-flow]:focus').waitFor();

    // The results of this edit come while another flow is typed.
    const answer = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    await page.route('**/api/flows.simulateAll', async (route) => {
      asked.resolve(undefined);
      await answer.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await copy.waitFor();
    await asked.promise;
    await page.getByRole('button', { name: 'New flow' }).click();
    const from = page.getByRole('combobox', { name: 'From' });
    await from.pressSequentially('192.168.');
    const done = page.waitForResponse('**/api/intents.verify');
    answer.resolve(undefined);
    await done;
    await copy.locator('.badge').waitFor();
    await page.keyboard.type('10.77');
    expect(await from.inputValue()).toBe('192.168.10.77');
    await page.getByRole('option', { name: /192\.168\.10\.77.*workload/ }).waitFor();

    // Asking again for a new flow keeps what is typed.
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'New flow' }).click();
    expect(await from.inputValue()).toBe('192.168.10.77');
    await page.locator('input[aria-label="To"]:focus').waitFor();
  });

  test('takes what is typed over an end that was chosen', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.flow('web-to-db').focus();
    await page.keyboard.press('F2');
    const form = page.getByRole('form', { name: 'Edit' });
    await form.locator('input[aria-label="Name"]:focus').waitFor();
    const from = form.getByRole('combobox', { name: 'From' });
    await from.click();
    await from.pressSequentially('boot');
    expect(await from.inputValue()).toBe('boot');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    // Back on the line, which is as it was.
    await page.locator('[data-flow="web-to-db"]:focus').waitFor();
    expect(await app.flow('web-to-db').textContent()).toMatch(/web-/);
  });

  test('is marked on its tab for what is not as expected, not for what is blocked on purpose', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.flow('enterprise-to-console').getByLabel('Expected blocked: holds').waitFor();
    const tab = page.getByRole('tab', { name: /^Flows/ });
    expect((await tab.textContent())?.trim()).toBe('Flows');
    await app.read('internet-to-web');
    await app.step('Rule 5 internet-to-ingress accepts tcp 443').click();
    const rule = app.inspector.getByRole('listitem').filter({ hasText: 'internet-to-ingress' });
    await rule.first().getByText('deny', { exact: true }).click();
    await tab.getByText(/^\d+ not as expected$/).waitFor();
  });

  test('says what an edit changed until the next edit: was reachable, now unreachable', async () => {
    await using app = await openSample();
    const { page } = app;
    const web = app.flow('internet-to-web');
    await web.getByLabel('Expected reachable: holds').waitFor();

    // The step leads to the rule in the inspector, where it is made to deny.
    await app.read('internet-to-web');
    await app.step('Rule 5 internet-to-ingress accepts tcp 443').click();
    const rule = app.inspector.getByRole('listitem').filter({ hasText: 'internet-to-ingress' });
    await rule.first().getByText('deny', { exact: true }).click();

    // The trace that is open is simulated again, and keeps to the edge.
    await page.getByText('Denied at esg').waitFor();
    expect(await currentStep(page).textContent()).toMatch(/denies tcp 443|Dropped, denied/);

    await page.getByRole('tab', { name: /^Flows/ }).click();
    await web.getByText('Unreachable', { exact: true }).waitFor();
    expect(await web.textContent()).toContain('was Reachable');
    await web.getByLabel(/Expected reachable: broken \(held before\)/).waitFor();
    await page.getByRole('button', { name: /^Changed: \d.*by the last edit/ }).click();
    await web.waitFor();
    await page.getByRole('button', { name: /^All: / }).click();

    // The next edit: undo. Now the other way round.
    await page.keyboard.press('Control+z');
    await web.getByText('Reachable', { exact: true }).waitFor();
    expect(await web.textContent()).toContain('was Unreachable');
    await web.getByLabel(/Expected reachable: holds \(was broken before\)/).waitFor();
  });

  test('is gone through by the keyboard', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.flow('internet-to-web').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    const last = app.flow('enterprise-to-console');
    await last.waitFor();
    await page.locator('[data-flow="enterprise-to-console"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Denied at esg').waitFor();
  });
});
