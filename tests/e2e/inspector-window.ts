import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openBrowser, serveApp, type Look } from './app.ts';

const root = join(import.meta.dirname, '..', '..');
const sample = join(root, 'resources', 'examples', 'icp-on-vcenter.yaml');

/** A design that has something of every kind and every function of a node. */
export const everyForm = join(import.meta.dirname, 'every-form.yaml');

/** One page that shows a project, with what a test does over and over in its inspector. */
export function inspectorOf(page: Page) {
  const panel = page.getByRole('complementary').last();
  return {
    page,
    panel,
    /** Selects by the outline. */
    select: async (name: string | RegExp) => {
      const typed = typeof name === 'string' ? name : name.source.replace(/[\\^$]/g, '');
      await page.getByLabel('Find in the outline').fill(typed);
      await page.getByRole('treeitem').filter({ hasText: name }).last().click();
    },
    /** Selects by the search, which finds what the outline does not list. `kind` as the search calls it. */
    find: async (name: string, kind: string) => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('dialog').getByRole('combobox').fill(name);
      await page
        .getByRole('option')
        .filter({ hasText: name })
        .filter({ hasText: kind })
        .first()
        .click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
    section: (key: string): Locator => panel.locator(`[data-section="${key}"]`),
    undo: () => page.getByRole('button', { name: 'Undo' }).first().click(),
  };
}

/** A design, the sample where none is named, open in a browser. */
export async function openInspector(file = sample, look: Look = { width: 1440, height: 900 }) {
  const app = await serveApp(file);
  const browser = await openBrowser(look);
  await browser.page.goto(app.url);
  await browser.page.getByRole('tree').first().waitFor();
  return {
    ...inspectorOf(browser.page),
    origin: app.origin,
    /** A refusal is an answer of the browser host that Chromium mentions; nothing else may be said. */
    complaints: () => browser.complaints.filter((text) => !text.includes('status of 400')),
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
    },
  };
}

/** Presses a button, and waits until there is one more of the fields. */
export async function grows(fields: Locator, button: Locator) {
  const before = await fields.count();
  await button.click();
  await fields.nth(before).waitFor();
}

/** Types a value as a user does, and takes it with Enter. */
export async function enter(field: Locator, text: string) {
  await field.click();
  await field.fill(text);
  await field.press('Enter');
}

export const statusOf = (page: Page, flow: RegExp) =>
  page.getByRole('row').filter({ hasText: flow }).first();
