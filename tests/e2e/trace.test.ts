import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { currentStep, openSample, stepNumber } from './flow-sample.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

describeRequiring(['chromium'], 'the trace of a flow', () => {
  beforeAll(ensureBuilt);

  test('shows the header stack of a step, its bytes against the MTU, and the segment in the inspector', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.read('internet-to-web');
    await app.step(/Encapsulates in VXLAN 6002/).click();

    const stack = page.getByRole('complementary', { name: 'Header stack' });
    const headers = await stack.getByRole('heading', { level: 3 }).allTextContents();
    expect(headers.map((text) => text.trim().replace(/\s+/g, ' '))).toEqual([
      'IPv4 added 20 B',
      'UDP added 8 B',
      'VXLAN added 8 B',
      'Ethernet 14 B',
      'IPv4 20 B',
      'TCP 40 B',
    ]);
    expect(await stack.getByLabel('VXLAN').textContent()).toMatch(/VNI\s*6002/);
    const budget = await stack.textContent();
    expect(budget).toContain('20 + 8 + 8 + 14 + 20 + 40 = 110');
    expect(budget).toContain('110 of at most 9,000 bytes on vtep');

    // The step's segment is the selected one, in the inspector.
    await app.inspector.getByText('VXLAN 6002').waitFor();

    // A translation says what the address was.
    await app.step(/^NAT\s*DNAT/).click();
    const changed = stack.getByLabel('IPv4');
    await changed.getByText('changed').waitFor();
    expect(await changed.textContent()).toMatch(/203\.0\.113\.43\s*→\s*192\.168\.20\.20/);
    expect(app.complaints).toEqual([]);
  });

  test('leads from a step to its rule, and from a click on the drawing to the steps there', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.read('internet-to-web');
    await app.step('Rule 5 internet-to-ingress accepts tcp 443').click();
    const rule = app.inspector.getByText('internet-to-ingress').first();
    await rule.waitFor();
    expect(await rule.isVisible()).toBe(true);

    // What is selected elsewhere lights up here, and is gone to.
    await page.getByLabel('Find in the outline').fill('FCR');
    await page.getByRole('treeitem').filter({ hasText: 'FCR' }).last().click();
    await page.locator('[data-lit="true"]').first().waitFor();
    const lit = page.locator('[data-lit="true"]');
    expect(await lit.first().textContent()).toMatch(/fcr/);
    await lit.locator('[data-step][aria-current]').waitFor();
    const box = await currentStep(page).boundingBox();
    expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
  });

  test('is played and stepped through by keys', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.read('internet-to-web');
    const begin = await stepNumber(page);
    await currentStep(page).focus();
    await page.keyboard.press('ArrowRight');
    expect(await stepNumber(page)).toBe(begin + 1);
    await page.keyboard.press('ArrowDown');
    expect(await stepNumber(page)).toBe(begin + 2);
    await page.keyboard.press('ArrowLeft');
    expect(await stepNumber(page)).toBe(begin + 1);
    await page.keyboard.press('Home');
    expect(await stepNumber(page)).toBe(1);
    await page.keyboard.press('End');
    expect(await page.getByText(/^Step (\d+) of \1$/).isVisible()).toBe(true);
    expect(await currentStep(page).textContent()).toMatch(/Delivered/);
    // The focus goes along with the step.
    expect(await page.locator('[data-step]:focus').textContent()).toMatch(/Delivered/);

    // From the end it plays from the beginning, and Space pauses.
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByText(/^Step 3 of/).waitFor();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Play' }).waitFor();
    const paused = await stepNumber(page);
    await page.waitForTimeout(1200);
    expect(await stepNumber(page)).toBe(paused);
    expect(app.complaints).toEqual([]);
  });

  test('turns to the reply, and chooses among all paths with their shares', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.read('internet-to-web');
    await page.getByText('Reply', { exact: true }).first().click();
    await app.step(/Encapsulates in VXLAN 6001/).waitFor();

    await page.getByRole('button', { name: 'Follow all paths' }).click();
    // The path that was read is read on; the other one is chosen.
    const paths = page.getByRole('combobox', { name: /^Paths: Path \d · 50%$/ });
    const before = await paths.textContent();
    await paths.click();
    const other = before?.includes('Path 1') ? 'Path 2' : 'Path 1';
    await page.getByRole('option', { name: new RegExp(`${other} · 50%`) }).click();
    await page.getByRole('combobox', { name: `Paths: ${other} · 50%` }).waitFor();
    await page.getByRole('button', { name: 'Only the likely path' }).click();
    await page.getByRole('button', { name: 'Follow all paths' }).waitFor();
  });

  test('says where and why a flow ended, and leads to what decided that', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.read('enterprise-to-console');
    await page.getByText('Denied at esg').waitFor();
    // Reading begins at the drop, in sight.
    expect(await currentStep(page).textContent()).toMatch(/Dropped, denied/);
    const box = await currentStep(page).boundingBox();
    expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
    await page.getByTitle('Show what decided').click();
    expect(await currentStep(page).textContent()).toMatch(/The default rule denies tcp 8443/);
    await app.inspector.getByRole('button', { name: 'Rename everywhere: esg' }).waitFor();
    await app.inspector.locator('[data-section="firewall"]').waitFor();
  });

  test('is saved as a capture that others can read', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.read('internet-to-web');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as pcapng' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('internet-to-web.pcapng');
    const file = await download.path();
    // The section header block of pcapng.
    expect(readFileSync(file).readUInt32LE(0)).toBe(0x0a0d0d0a);
    const read = tshark(file);
    if (read !== undefined) {
      expect(read).toMatch(/VXLAN|6002/);
      expect(read).toMatch(/203\.0\.113\.43/);
    }
  });

  test('keeps its place when the design is edited underneath', async () => {
    await using app = await openSample();
    const { page } = app;
    await app.read('internet-to-web');
    await app.step(/^NAT\s*DNAT/).click();
    const place = await stepNumber(page);
    // Another flow is deleted: an edit that changes nothing here.
    await page.getByRole('tab', { name: /^Flows/ }).click();
    await app.flow('web-to-db').focus();
    await page.keyboard.press('Delete');
    await app.flow('web-to-db').waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: /^Trace/ }).click();
    expect(await stepNumber(page)).toBe(place);
    expect(await currentStep(page).textContent()).toMatch(/DNAT/);
  });

  test('is Korean in a Korean window', async () => {
    await using app = await openSample('icp-on-vcenter', { locale: 'ko' });
    const { page } = app;
    await app.read('enterprise-to-console');
    await page.getByText('esg에서 끝남: 거부됨').waitFor();
    expect(await currentStep(page).textContent()).toContain('폐기됨, 거부됨: esg');
    for (const text of await page.locator('[data-step]').allTextContents()) {
      expect(text).toMatch(/[가-힣]/);
    }
    await page
      .getByRole('complementary', { name: '헤더 스택' })
      .getByText('출발지')
      .first()
      .waitFor();
  });
});

function tshark(file: string): string | undefined {
  try {
    return execFileSync('tshark', ['-r', file, '-V'], {
      encoding: 'utf8',
      stdio: 'pipe',
      maxBuffer: 1e8,
    });
  } catch (thrown) {
    if ((thrown as { code?: string }).code === 'ENOENT') return undefined;
    throw thrown;
  }
}
