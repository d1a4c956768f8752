/**
 * Takes the pictures of every screen anew, into this folder: `npm run screens`. Both themes, both languages, both sizes.
 * With names of scenes it takes those alone, with `--look` only what looks so: `npm run screens -- trace --look dark-ko`.
 * Those that the user guide shows are put beside its pages too.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { en } from '../../../src-renderer/i18n/en.ts';
import { ko } from '../../../src-renderer/i18n/ko.ts';
import { endChromium, openBrowser, serveApp, type Look } from '../app.ts';
import { smaller } from './smaller.ts';

const full = 'ICP on vCenter Server with NSX';
const documented = 'ICP on vCenter Server, edge as documented';
const iks = 'IKS on IBM Cloud, beside vCenter Server';
const web = 'Internet user → web in a container';
const shop = 'Internet user → shop by the public ALB';

/** The pictures of the user guide, in both languages. */
const inGuide = new Set(['empty', 'trace', 'why-not', 'install', 'checks']);
const guidePictures = join(import.meta.dirname, '..', '..', '..', 'resources', 'help', 'pictures');

type Words = typeof en;
type Scene = (page: Page, words: Words) => Promise<void>;

/** What still moves when the last answer is there: transitions, and the drawing's own easing. */
const settle = (page: Page) => page.waitForTimeout(700);

async function openSample(page: Page, title: string, flow = web): Promise<void> {
  await page.getByText(title, { exact: true }).first().click();
  await page.getByRole('application').waitFor();
  await page.getByText(flow, { exact: true }).first().waitFor();
  await settle(page);
}

const openTab = (page: Page, name: string) =>
  page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();

/** The outline is how a thing is found by its name. */
async function select(page: Page, words: Words, name: string): Promise<void> {
  const search = page.getByRole('textbox', { name: words.outline.search });
  await search.fill(name);
  await page
    .getByRole('treeitem', { name: new RegExp(`^${name}`) })
    .first()
    .click();
  await search.fill('');
  await settle(page);
}

async function follow(page: Page, step: string): Promise<void> {
  await page.getByText(web, { exact: true }).first().click();
  await page.getByText(step).first().click();
  await settle(page);
}

const listIntents = (page: Page, words: Words) =>
  page
    .locator('label')
    .filter({ hasText: new RegExp(`^\\s*${words.flowTable.intents}`) })
    .click();

/** The scenario by the proxy, answered. */
async function openInstall(page: Page, words: Words): Promise<void> {
  await openSample(page, full);
  await openTab(page, words.shell.tabs.install);
  await page.getByLabel(new RegExp(`^${words.install.scenario}:`)).click();
  await page.getByRole('option', { name: /proxy/ }).click();
  await page.getByRole('grid').waitFor();
  await page.getByText(words.install.works, { exact: true }).first().waitFor();
  await settle(page);
}

const scenes: Readonly<Record<string, Scene>> = {
  welcome: async (page, words) => {
    await page.getByText(full, { exact: true }).first().waitFor();
    await page.getByRole('heading', { name: words.welcome.samples }).waitFor();
    await settle(page);
  },
  empty: async (page, words) => {
    await page.getByText(words.welcome.newDesign, { exact: true }).click();
    await page.getByRole('application').waitFor();
    await settle(page);
  },
  design: async (page) => openSample(page, full),
  inspector: async (page, words) => {
    await openSample(page, full);
    await select(page, words, 'ESG');
  },
  trace: async (page) => {
    await openSample(page, full);
    await follow(page, 'VXLAN 6002');
  },
  denied: async (page) => {
    await openSample(page, documented);
    await page.getByText(web, { exact: true }).first().click();
    await settle(page);
  },
  'why-not': async (page, words) => {
    await openSample(page, documented);
    await page.getByText(web, { exact: true }).first().click();
    await page.getByRole('button', { name: words.whyNot.title }).click();
    await page.getByText(words.whyNot.proven).waitFor();
    await settle(page);
  },
  install: async (page, words) => {
    await openInstall(page, words);
    await page.getByText(words.install.modes['air-gapped'], { exact: true }).click();
    await settle(page);
  },
  'install-cell': async (page, words) => {
    await openInstall(page, words);
    await page
      .getByRole('button', { name: /master-2.*Docker · ibmcom|Docker · ibmcom.*master-2/ })
      .first()
      .click();
    await settle(page);
  },
  'install-plan': async (page, words) => {
    await openInstall(page, words);
    await page.getByText(words.install.modes['air-gapped'], { exact: true }).click();
    await page.getByRole('radio', { name: new RegExp(words.install.plan) }).check({ force: true });
    await page.keyboard.press('F9');
    await settle(page);
  },
  'install-request': async (page, words) => {
    await openInstall(page, words);
    await page
      .getByRole('radio', { name: new RegExp(words.install.request) })
      .check({ force: true });
    await settle(page);
  },
  report: async (page, words) => {
    await openSample(page, full);
    await page.locator('button.project').click();
    await page.getByRole('menuitem', { name: words.exchange.open }).click();
    await page.getByRole('button', { name: words.exchange.preview }).click();
    await page.getByRole('article').waitFor();
    await settle(page);
  },
  export: async (page, words) => {
    await openSample(page, full);
    await page.locator('button.project').click();
    await page.getByRole('menuitem', { name: words.exchange.open }).click();
    await page.locator('label').filter({ hasText: words.exchange.names.netbox }).click();
    await page.getByRole('button', { name: words.exchange.save, exact: true }).click();
    await page.getByText(words.exchange.notCarried).waitFor();
    await settle(page);
  },
  'install-empty': async (page, words) => {
    await openSample(page, documented);
    await openTab(page, words.shell.tabs.install);
    await page.getByText(words.install.none).waitFor();
    await settle(page);
  },
  kubernetes: async (page, words) => {
    await openSample(page, full);
    await page.getByText(words.shell.view.kubernetes, { exact: true }).first().click();
    await settle(page);
  },
  iks: async (page) => openSample(page, iks, shop),
  'iks-trace': async (page) => {
    await openSample(page, iks, shop);
    await page.getByText(shop, { exact: true }).first().click();
    await settle(page);
  },
  'new-flow': async (page, words) => {
    await openSample(page, full);
    await page.getByRole('button', { name: words.flowTable.add }).first().click();
    await settle(page);
  },
  intent: async (page, words) => {
    await openSample(page, full);
    await listIntents(page, words);
    await page.locator('[data-intent]').first().click();
    await page.keyboard.press('End');
    await page.locator('[data-intent="workers-pull-images"]').click();
    await page.keyboard.press('ArrowRight');
    await settle(page);
  },
  'intents-empty': async (page, words) => {
    await page.getByText(words.welcome.newDesign, { exact: true }).click();
    await page.getByRole('application').waitFor();
    await listIntents(page, words);
    await settle(page);
  },
  expected: async (page, words) => {
    await openSample(page, full);
    await page.locator('[data-flow="web-to-api"]').focus();
    await page.keyboard.press('e');
    await page.getByRole('menu', { name: words.intents.expected }).waitFor();
    await settle(page);
  },
  yaml: async (page, words) => {
    await openSample(page, full);
    await select(page, words, 'ESG');
    await page.getByText(words.inspector.text, { exact: true }).first().click();
    await settle(page);
  },
  cluster: async (page, words) => {
    await openSample(page, iks, shop);
    await select(page, words, 'IKS cluster');
  },
  checks: async (page, words) => {
    await openSample(page, iks, shop);
    await openTab(page, words.shell.tabs.checks);
    await settle(page);
  },
  history: async (page, words) => {
    await openSample(page, full);
    await openTab(page, words.shell.tabs.history);
    await page.getByRole('button', { name: words.history.save }).click();
    const name = page.getByRole('dialog').getByRole('textbox', { name: words.history.name });
    await name.fill('2026-11');
    await name.press('Enter');
    await select(page, words, 'mirror');
    await page.getByRole('application').focus();
    await page.keyboard.press('Control+D');
    await settle(page);
    await page.getByRole('button', { name: words.history.compare }).first().click();
    await settle(page);
  },
  search: async (page) => {
    await openSample(page, full);
    await page.keyboard.press('Control+K');
    await page.keyboard.type('192.168.20');
    await settle(page);
  },
  guide: async (page, words) => {
    await openSample(page, full);
    await page.keyboard.press('F1');
    const guide = page.getByRole('dialog', { name: words.help.title });
    await guide.getByRole('navigation').getByRole('listitem').last().getByRole('button').waitFor();
    await guide.getByRole('navigation').locator('button.page').nth(1).click();
    await guide.locator('pre').first().waitFor();
    await settle(page);
  },
  shortcuts: async (page) => {
    await openSample(page, full);
    await page.keyboard.press('?');
    await settle(page);
  },
};

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;
const { positionals: asked, values } = parseArgs({
  allowPositionals: true,
  options: { look: { type: 'string', default: '' } },
});
for (const name of asked) {
  if (!Object.hasOwn(scenes, name)) {
    throw new Error(`there is no scene ${name}; there are ${Object.keys(scenes).join(', ')}`);
  }
}
const wanted = asked.length > 0 ? asked : Object.keys(scenes);
const looks = (['light', 'dark'] as const).flatMap((scheme) =>
  (['en', 'ko'] as const).flatMap((locale) => sizes.map((size) => ({ scheme, locale, ...size }))),
);
const suffixOf = ({ scheme, locale, width }: Required<Look>) => `${scheme}-${locale}-${width}`;
const seen = looks.filter((look) => suffixOf(look).includes(values.look));
if (seen.length === 0) {
  throw new Error(`nothing looks ${values.look}; there are ${looks.map(suffixOf).join(', ')}`);
}

if (asked.length === 0 && values.look === '') {
  for (const file of await readdir(import.meta.dirname)) {
    if (/\.(png|jpe?g)$/.test(file)) await rm(join(import.meta.dirname, file));
  }
}
for (const look of seen) {
  for (const name of wanted) await take(name, look);
}
await endChromium();

/** Each picture begins with a program that nobody has used yet. */
async function take(name: string, look: Required<Look>): Promise<void> {
  await using app = await serveApp();
  await using browser = await openBrowser(look);
  const { page } = browser;
  await page.goto(app.url);
  await scenes[name]?.(page, look.locale === 'ko' ? ko : en);
  const file = `${name}-${suffixOf(look)}.png`;
  const picture = await page.screenshot({ path: join(import.meta.dirname, file) });
  if (inGuide.has(name) && look.scheme === 'light' && look.width === 1280) {
    const inPage = join(guidePictures, `${name}-${look.locale}.webp`);
    await writeFile(inPage, await smaller(page.context(), picture));
  }
  for (const complaint of browser.complaints) process.stderr.write(`${file}: ${complaint}\n`);
  process.stdout.write(`${file}\n`);
}
