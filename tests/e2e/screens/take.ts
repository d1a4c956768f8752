/** Takes the pictures of the app anew, into this folder: `npm run screens`. */
import { join } from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';
import { openBrowser, serveApp, type Look } from '../app.ts';

async function openSample(page: Page, name: string): Promise<void> {
  await page.locator('.card', { has: page.getByText(name, { exact: true }) }).click();
  // Every flow has run once the first row has its badge.
  await page.locator('nav .badge').first().waitFor();
}

const follow = async (page: Page, flow: number): Promise<void> => {
  await page.locator('nav ul button').nth(flow).click();
  await page.getByRole('button', { pressed: true }).waitFor();
};

const scenes = {
  start: async (page: Page) => page.locator('.card').first().waitFor(),
  overview: async (page: Page) => openSample(page, 'icp-on-vcenter'),
  trace: async (page: Page) => {
    await openSample(page, 'icp-on-vcenter');
    await follow(page, 0);
    const tunnel = page.getByRole('button', { name: /Encapsulates in VXLAN 6002/ }).first();
    await tunnel.click();
    await page.mouse.wheel(0, 160);
  },
  denied: async (page: Page) => {
    await openSample(page, 'icp-as-documented');
    await follow(page, 0);
  },
};

/** Every look has a picture, and every scene has several looks. */
const pictures = [
  ['trace', { scheme: 'light', locale: 'en', width: 1280, height: 800 }],
  ['denied', { scheme: 'dark', locale: 'en', width: 1280, height: 800 }],
  ['start', { scheme: 'light', locale: 'en', width: 1280, height: 800 }],
  ['overview', { scheme: 'light', locale: 'ko', width: 1280, height: 800 }],
  ['trace', { scheme: 'dark', locale: 'ko', width: 1280, height: 800 }],
  ['overview', { scheme: 'light', locale: 'en', width: 1920, height: 1080 }],
  ['trace', { scheme: 'dark', locale: 'en', width: 1920, height: 1080 }],
  ['denied', { scheme: 'light', locale: 'ko', width: 1920, height: 1080 }],
  ['start', { scheme: 'dark', locale: 'ko', width: 1920, height: 1080 }],
] as const satisfies readonly (readonly [keyof typeof scenes, Required<Look>])[];

for (const [scene, look] of pictures) {
  await using app = await serveApp();
  await using browser = await openBrowser(look);
  const { page } = browser;
  await page.goto(app.url);
  await scenes[scene](page);
  await page.mouse.move(0, 0);
  const name = `${scene}-${look.scheme}-${look.locale}-${look.width}.png`;
  await page.screenshot({ path: join(import.meta.dirname, name) });
  process.stdout.write(`${name}\n`);
}
