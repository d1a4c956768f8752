import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';
import { expectAccessible } from './axe.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

async function rename(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('button', { name: from }).first().click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const name = page.getByRole('textbox', { name: 'Name of the design' });
  await name.fill(to);
  await name.press('Enter');
  await page.getByRole('heading', { name: to, level: 1 }).waitFor();
}

async function saveVersion(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Save a version' }).click();
  const field = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
  await field.fill(name);
  await field.press('Enter');
}

describeRequiring(['chromium'], 'the history of a project', () => {
  beforeAll(ensureBuilt);

  test('goes to any state by a click, also after the window was loaded again', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('button', { name: /^Empty design/ }).click();
    await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
    await rename(page, 'New design', 'First');
    await rename(page, 'First', 'Second');
    await page.getByRole('tab', { name: 'History' }).click();
    const steps = page.getByRole('region', { name: 'Steps' });
    await steps
      .getByRole('button', { name: /Rename/ })
      .nth(1)
      .waitFor();
    const title = page.getByRole('heading', { level: 1 });

    await steps
      .getByRole('button', { name: /Rename/ })
      .nth(1)
      .click();
    await page.getByRole('heading', { name: 'First', level: 1 }).waitFor();
    await steps.getByText('undone').waitFor();
    await steps.getByRole('button', { name: /Beginning/ }).click();
    await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'History' }).click();
    await steps
      .getByRole('button', { name: /Rename/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Second', level: 1 }).waitFor();
    await page.getByRole('region', { name: 'Canvas' }).or(page.getByRole('main')).first().click();
    await page.keyboard.press('Control+z');
    await page.getByRole('heading', { name: 'First', level: 1 }).waitFor();
    await page.keyboard.press('Control+Shift+z');
    await page.getByRole('heading', { name: 'Second', level: 1 }).waitFor();
    expect(await title.textContent()).toBe('Second');
    await expectAccessible(page);
    expect(browser.complaints).toEqual([]);
  });

  test('marks the step that a version was saved after, also one that was undone', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('button', { name: /^Empty design/ }).click();
    await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await rename(page, 'New design', 'First');
    await rename(page, 'First', 'Second');
    const steps = page.getByRole('region', { name: 'Steps' });
    const rows = steps.getByRole('listitem');
    await rows.nth(2).waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('heading', { name: 'First', level: 1 }).waitFor();
    await saveVersion(page, 'reviewed');
    // The latest step stands first, and is undone; the version is of the one below.
    await rows.nth(1).getByText('reviewed').waitFor();
    expect(await steps.getByText('reviewed').count()).toBe(1);
    await page.getByRole('button', { name: 'Redo', exact: true }).click();
    await page.getByRole('heading', { name: 'Second', level: 1 }).waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'History' }).click();
    await rows.nth(1).getByText('reviewed').waitFor();
    expect(await steps.getByText('reviewed').count()).toBe(1);

    // Its step is cut off by another edit: the version is kept, and stands at no step.
    await steps.getByRole('button', { name: /Beginning/ }).click();
    await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
    await rename(page, 'New design', 'Other');
    await rows.nth(2).waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Versions' }).getByText('reviewed').waitFor();
    expect(await steps.getByText('reviewed').count()).toBe(0);
  });

  test('keeps versions: compared, restored, and deleted after a question', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('button', { name: /^Empty design/ }).click();
    await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await saveVersion(page, 'before the review');
    await page.getByText('Version “before the review” saved').waitFor();
    // The same name again is refused in its place.
    await saveVersion(page, 'before the review');
    await page.getByRole('alert').getByText('A version has this name already').waitFor();
    await page.keyboard.press('Escape');
    await rename(page, 'New design', 'After the review');

    const versions = page.getByRole('region', { name: 'Versions' });
    await versions.getByRole('button', { name: 'Compare: before the review' }).click();
    const comparison = page.getByRole('dialog', { name: 'Since version “before the review”' });
    const row = comparison.getByRole('row', { name: /^name/ });
    expect(await row.getByRole('cell').allTextContents()).toEqual(
      expect.arrayContaining(['New design', 'After the review']),
    );
    await expectAccessible(page);
    await page.keyboard.press('Escape');

    await versions.getByRole('button', { name: 'Restore: before the review' }).click();
    await page.getByRole('heading', { name: 'New design', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await page.getByRole('heading', { name: 'After the review', level: 1 }).waitFor();

    await versions.getByRole('button', { name: 'Delete version: before the review' }).click();
    const question = page.getByRole('dialog', { name: 'Delete version “before the review”?' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await versions.getByText('before the review').count()).toBe(1);
    await versions.getByRole('button', { name: 'Delete version: before the review' }).click();
    await question.getByRole('button', { name: 'Delete version' }).click();
    await versions.getByText('No versions yet').waitFor();
    expect(browser.complaints).toEqual([]);
  });
});
