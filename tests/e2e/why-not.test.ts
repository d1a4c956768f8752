import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { expectAccessible } from './axe.ts';
import { openSample } from './flow-sample.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

describeRequiring(['chromium'], 'why a flow does not arrive', () => {
  beforeAll(ensureBuilt);

  test('is told with the changes that open it, which are applied as one step and taken back', async () => {
    await using app = await openSample('icp-as-documented');
    const { page } = app;
    await app.read('internet-to-web');
    const why = page.getByRole('region', { name: 'Why not?' });
    await why.getByText('2 obstacles').waitFor();
    const obstacles = await why.getByRole('listitem').allTextContents();
    expect(obstacles[0]).toMatch(/esg.*default rule.*change: Add a rule on esg/is);
    expect(obstacles[1]).toMatch(/esg.*change: Add a destination NAT on esg/is);
    await why.getByText('The changes together were proven to open the flow.').waitFor();
    await expectAccessible(page);

    // The button of the bar leads to it, and a place in it to the drawing.
    await page.getByRole('button', { name: 'Why not?' }).click();
    await page.locator('section:focus').getByText('2 obstacles').waitFor();
    await why.getByRole('button', { name: 'esg' }).first().click();
    await app.inspector.getByText('esg').first().waitFor();

    await why.getByRole('button', { name: 'Apply 2 changes' }).click();
    const bar = page.locator('header').filter({ hasText: 'Internet user → web' });
    await bar.getByText('Reachable', { exact: true }).waitFor();
    await why.waitFor({ state: 'detached' });
    await page.getByText(/^Internet user → web.* opened$/).waitFor();
    // The keyboard stays where it was.
    await page.locator('[data-step][aria-current]:focus').waitFor();

    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await why.getByText('2 obstacles').waitFor();
    await bar.getByText('Unreachable').waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('is opened against an intent only after a question', async () => {
    await using app = await openSample('icp-as-documented');
    const { page } = app;
    await app.read('internet-to-console');
    const why = page.getByRole('region', { name: 'Why not?' });
    await why.getByText('Not applied without asking').waitFor();
    await why.getByText(/^The intent “.+” wants this flow blocked\.$/).waitFor();
    await why.getByRole('button', { name: 'Apply anyway …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/against the intents\?$/).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await why.getByText('Not applied without asking').count()).toBe(1);

    await why.getByRole('button', { name: 'Apply anyway …' }).click();
    await dialog.getByRole('button', { name: 'Apply anyway' }).click();
    await why.waitFor({ state: 'detached' });
    await page.getByText(/Internet user → .* opened$/).waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('is told in Korean, in the dark', async () => {
    await using app = await openSample('icp-as-documented', { locale: 'ko', scheme: 'dark' });
    const { page } = app;
    await app.read('internet-to-web');
    const why = page.getByRole('region', { name: '왜 안 되나요?' });
    await why.getByText('장애물 2개').waitFor();
    for (const text of await why.locator('.reason').allTextContents()) {
      expect(text).toMatch(/[가-힣]/);
    }
    await why.getByRole('button', { name: '변경 2개 적용' }).waitFor();
    await expectAccessible(page);
    expect(app.complaints).toEqual([]);
  });
});
