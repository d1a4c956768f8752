import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { eventually } from './eventually.ts';
import { enter, openInspector as openSample, statusOf } from './inspector-window.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

describeRequiring(['chromium'], 'the inspector', () => {
  beforeAll(ensureBuilt);

  test('keeps a wrong address in its field with what was expected, and takes the right one', async () => {
    await using app = await openSample();
    const { page, select, section } = app;
    await select('Database VM');
    const interfaces = section('interfaces');
    await interfaces.locator('[data-row-head]').first().click();
    const field = interfaces.getByLabel('Addresses', { exact: true });
    expect(await field.inputValue()).toBe('192.168.10.50/24');

    await enter(field, '192.168.10.500/24');
    const alert = interfaces.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(
      /"192\.168\.10\.500\/24".*expected an address with its prefix/s,
    );
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.inputValue()).toBe('192.168.10.500/24');

    // Nothing is lost by looking elsewhere, and Escape brings back what the design has.
    await select('ESG');
    await select('Database VM');
    await interfaces.locator('[data-row-head]').first().click();
    await interfaces.getByRole('alert').waitFor();
    expect(await field.inputValue()).toBe('192.168.10.500/24');
    await field.click();
    await field.press('Escape');
    await alert.waitFor({ state: 'detached' });
    expect(await field.inputValue()).toBe('192.168.10.50/24');

    // Another address is a valid one, and the flow that asks for the old one no longer gets through.
    const flow = statusOf(page, /Web pod → database/);
    await flow.getByText('Reachable', { exact: true }).waitFor();
    await enter(field, '192.168.10.51/24');
    await flow.getByText('Unreachable', { exact: true }).waitFor();

    // The next free address is one click away, and who has a taken one is said while it is typed.
    await field.click();
    await field.fill('192.168.10.51/24, 192.168.10.1');
    await interfaces.getByText(/192\.168\.10\.1 is taken by/).waitFor();
    await field.press('Escape');
    await interfaces.getByRole('button', { name: 'Use 192.168.10.2/24' }).click();
    await eventually(async () =>
      expect(await field.inputValue()).toBe('192.168.10.51/24, 192.168.10.2/24'),
    );
    expect(app.complaints()).toEqual([]);
  });

  test('reorders rules by drag and by keyboard, and the flows follow', async () => {
    await using app = await openSample();
    const { page, select, section } = app;
    await select('ESG');
    const firewall = section('firewall');
    await firewall.getByRole('button', { name: 'Add', exact: true }).click();
    await enter(firewall.getByLabel('Name', { exact: true }), 'block-web');
    await enter(firewall.getByLabel('Services', { exact: true }), 'tcp 443');
    await firewall.getByText('deny', { exact: true }).first().click();
    const rows = firewall.getByRole('listitem');
    const last = rows.last();
    await last.getByText('any → any · tcp 443').waitFor();
    await last.locator('[data-row-head]').click();

    const flow = statusOf(page, /Internet user → web/);
    await flow.getByText('Reachable', { exact: true }).waitFor();
    await last.scrollIntoViewIfNeeded();
    const grip = await last.locator('.grip').boundingBox();
    const first = await rows.first().boundingBox();
    if (!grip || !first) throw new Error('the rows are not in sight');
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
    await page.mouse.down();
    await page.mouse.move(first.x + 40, first.y + first.height / 2, { steps: 8 });
    await page.mouse.move(first.x + 40, first.y + 3, { steps: 4 });
    await page.mouse.up();
    await flow.getByText('Unreachable', { exact: true }).waitFor();
    expect(await rows.first().textContent()).toContain('block-web');

    await rows.first().locator('[data-row-head]').focus();
    for (let at = 1; at <= 6; at++) {
      await page.keyboard.press('Alt+ArrowDown');
      await rows.nth(at).filter({ hasText: 'block-web' }).waitFor();
      await rows.nth(at).locator('[data-row-head]:focus').waitFor();
    }
    await flow.getByText('Reachable', { exact: true }).waitFor();
    await eventually(async () => expect(await rows.last().textContent()).toContain('block-web'));
    await page.keyboard.press('Delete');
    await eventually(async () => expect(await rows.count()).toBe(6));

    // The rule that decides about the flow whose trace is read is marked, and says why.
    await flow.click();
    await firewall
      .getByRole('img', { name: /internet-to-ingress accepts tcp 443/ })
      .first()
      .waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('adds a translation that is a draft until it is complete', async () => {
    await using app = await openSample();
    const { select, section } = app;
    await select('ESG');
    const nat = section('nat');
    const count = await nat.getByRole('listitem').count();
    await nat.getByRole('button', { name: 'Destination NAT' }).click();
    const draft = nat.getByRole('listitem').last();
    await draft.getByText('Still needed: Original, Translated').waitFor();
    await enter(draft.getByLabel('Original destination'), '203.0.113.44');
    await draft.getByText('Still needed: Translated').waitFor();
    await enter(draft.getByLabel('New destination'), '192.168.20.20');
    await draft.getByText('Not part of the design yet').waitFor({ state: 'detached' });
    await draft.getByText('203.0.113.44 → 192.168.20.20').waitFor();
    expect(await nat.getByRole('listitem').count()).toBe(count + 1);

    // A port needs a protocol: what was typed waits for it, and both are taken together.
    await enter(draft.getByLabel('New port'), '8443');
    await draft.getByRole('alert').first().waitFor();
    expect(await draft.getByLabel('New port').inputValue()).toBe('8443');
    await draft.getByText('TCP', { exact: true }).click();
    await draft.getByRole('alert').first().waitFor({ state: 'detached' });
    await draft.getByText('192.168.20.20 :8443').waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('adds a name to a zone, and to a server that answered none', async () => {
    await using app = await openSample();
    const { select, section, panel, page } = app;
    await select('AD DNS');
    const dns = section('dnsServer');
    await dns.locator('[data-row-head]').filter({ hasText: 'corp.example' }).first().click();
    await dns.getByRole('group', { name: 'Records' }).getByRole('button', { name: 'Add' }).click();
    await enter(dns.getByLabel('Name', { exact: true }).last(), 'wiki');
    await enter(dns.getByLabel('Address', { exact: true }).last(), '192.168.10.77');
    await eventually(async () =>
      expect(await dns.getByLabel('Name', { exact: true }).last().inputValue()).toBe(
        'wiki.corp.example',
      ),
    );

    await select('Database VM');
    await panel.getByRole('button', { name: 'Add a function' }).click();
    await page.getByRole('menuitem', { name: 'DNS server' }).click();
    await dns.getByRole('button', { name: 'Zone' }).click();
    await enter(dns.getByRole('textbox', { name: 'Zone' }), 'lab.example');
    await dns.locator('[data-row-head]').filter({ hasText: 'lab.example' }).waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('adds a path to an ingress of a cluster', async () => {
    await using app = await openSample();
    const { select, section, panel } = app;
    await select('web-1');
    await panel.getByRole('button', { name: 'Show ICP cluster' }).click();
    await section('contents')
      .getByRole('button', { name: /Ingress$/ })
      .first()
      .click();
    const rules = section('rules');
    await rules.locator('[data-row-head]').first().click();
    const paths = rules.getByRole('group', { name: 'Paths' });
    const before = await paths.getByLabel('Path', { exact: true }).count();
    await paths.getByRole('button', { name: 'Path' }).last().click();
    await enter(paths.getByLabel('Path', { exact: true }).last(), '/api');
    await eventually(async () =>
      expect(await rules.locator('[data-row-head]').first().textContent()).toMatch(/\/api →/),
    );
    expect(await paths.getByLabel('Path', { exact: true }).count()).toBe(before + 1);
    expect(app.complaints()).toEqual([]);
  });

  test('edits the selection as text, with errors in place', async () => {
    await using app = await openSample();
    const { page, select, panel } = app;
    await select('Database VM');
    await panel.getByText('YAML', { exact: true }).click();
    const text = panel.getByRole('textbox', { name: 'Text form of the selection' });
    await text.getByText('192.168.10.50/24').waitFor();
    const whole = (await text.innerText()).replaceAll('\u200b', '');
    const put = async (next: string) => {
      await text.click();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(next);
    };

    await put(whole.replace('192.168.10.50/24', '192.168.10.50/99'));
    await panel
      .getByText(/line \d+, column \d+/)
      .first()
      .waitFor();
    await panel.locator('.cm-lintRange-error').first().waitFor();
    expect(await panel.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);

    await put(whole.replace(/^id: .*$/m, 'id: other'));
    await panel.getByText(/The id cannot be changed here/).waitFor();

    await put(whole.replace('192.168.10.50/24', '192.168.10.52/24'));
    await panel
      .getByText(/line \d+, column \d+/)
      .first()
      .waitFor({ state: 'detached' });
    await page.keyboard.press('ControlOrMeta+Enter');
    await panel.getByText('In the design').waitFor();
    await statusOf(page, /Web pod → database/)
      .getByText('Unreachable', { exact: true })
      .waitFor();
    await panel.getByText('Form', { exact: true }).click();
    await panel.getByText('192.168.10.52/24').first().waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('renames a node everywhere, and says where', async () => {
    await using app = await openSample();
    const { page, select, panel } = app;
    await select('worker-1');
    await panel.getByRole('button', { name: /^Rename everywhere/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New id').fill('esg');
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('New id').fill('worker-a');
    await dialog.getByText('Also changed').waitFor();
    await dialog.getByText('ICP cluster: names worker-a instead of worker-1').waitFor();
    await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
    await panel.getByRole('button', { name: 'Rename everywhere: worker-a' }).waitFor();
    await page.getByLabel('Find in the outline').fill('web-1');
    await page.getByRole('treeitem').filter({ hasText: 'worker-a' }).waitFor();
    await statusOf(page, /Web pod → database/)
      .getByText('Reachable', { exact: true })
      .waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('says what a deletion takes along before it does it', async () => {
    await using app = await openSample();
    const { page, select, panel } = app;
    await select('worker-1');
    await panel.getByRole('button', { name: 'Node', exact: true }).click();
    await page.getByRole('menuitem', { name: /Delete/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/web-1/).first().waitFor();
    await dialog.getByText('ICP cluster: loses 1 node: worker-1').waitFor();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await panel.getByText('Select something on the canvas').waitFor();
    await page.getByLabel('Find in the outline').fill('worker-1');
    await eventually(async () =>
      expect(
        await page
          .getByRole('treeitem')
          .filter({ hasText: /^worker-1/ })
          .count(),
      ).toBe(0),
    );
    expect(app.complaints()).toEqual([]);
  });

  test('stays quick with 2,000 rules', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hopscope-rules-'));
    const file = join(folder, 'rules.yaml');
    const rule = (at: number) =>
      `        - {id: rule-${at}, sources: [10.${at >> 8}.${at & 255}.0/24], services: [{protocol: tcp, ports: [${at + 1}]}], action: accept}\n`;
    const rules = Array.from({ length: 2000 }, (_, at) => rule(at)).join('');
    await writeFile(
      file,
      `hopscope: 1\nname: Rules\nnodes:\n  - id: gate\n    kind: router\n    firewall:\n      rules:\n${rules}`,
    );
    await using app = await openSample(file);
    const { page, select, section } = app;
    await select('gate');
    const firewall = section('firewall');
    const rows = firewall.getByRole('listitem');
    await rows.first().waitFor();
    // What is not in sight is not there.
    expect(await rows.count()).toBeLessThan(80);

    const shown = await page.evaluate<number>(`(async () => {
      const scroller = document.querySelector('[data-section="firewall"]').closest('.scroller');
      const began = performance.now();
      scroller.scrollTop = scroller.scrollHeight;
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return performance.now() - began;
    })()`);
    expect(shown).toBeLessThan(1000);
    await firewall.getByText('rule-1999').waitFor();
    const last = rows.filter({ hasText: '10.7.207.0/24' });
    await last.locator('[data-row-head]').click();
    await enter(last.getByLabel('Name', { exact: true }), 'the last one');
    await last.getByText('the last one').waitFor();
    expect(app.complaints()).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
