import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openBrowser, serveApp, type Look } from './app.ts';

const examples = join(import.meta.dirname, '..', '..', 'resources', 'examples');

/** A sample that is open in a browser, and what one does with its flows over and over. */
export async function openSample(name = 'icp-on-vcenter', look: Look = {}) {
  const app = await serveApp(join(examples, `${name}.yaml`));
  const browser = await openBrowser(look);
  const { page } = browser;
  await page.goto(app.url);
  // The window has settled by then: flows have run, and the focus is where it begins.
  await page.locator('[data-flow] .badge').first().waitFor();
  await page.locator('#region-canvas:focus-within').waitFor();
  return {
    app,
    page,
    complaints: browser.complaints,
    flow: (id: string) => page.locator(`[data-flow="${id}"]`),
    /** Opens a flow's trace with the mouse. */
    async read(id: string) {
      await page.locator(`[data-flow="${id}"]`).click();
      await currentStep(page).waitFor();
    },
    step: (text: string | RegExp): Locator =>
      page.locator('[data-step]').filter({ hasText: text }).first(),
    inspector: page.locator('aside').last(),
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
    },
  };
}

export const currentStep = (page: Page): Locator => page.locator('[data-step][aria-current]');

/** The number of the step that is looked at, as the page says it. */
export async function stepNumber(page: Page): Promise<number> {
  const text = await page.getByText(/^Step \d+ of \d+$/).textContent();
  return Number(/\d+/.exec(text ?? '')?.[0]);
}
