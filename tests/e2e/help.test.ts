import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';
import { expectAccessible } from './axe.ts';
import { eventually } from './eventually.ts';
import { openSample } from './flow-sample.ts';
import { Hand, type Spot } from './hand.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 240_000 });

/** The widths of the pictures that are shown, zero where one did not come. */
const pictureWidths = (page: Page) =>
  page.evaluate<number[]>(
    'Array.from(document.querySelectorAll("[role=dialog] img"), (one) => one.naturalWidth)',
  );

describeRequiring(['chromium'], 'the user guide', () => {
  beforeAll(ensureBuilt);

  test('is opened by F1, leads from page to page and back, and shows its pictures', async () => {
    await using app = await openSample();
    const { page } = app;
    await page.keyboard.press('F1');
    const guide = page.getByRole('dialog', { name: 'User guide' });
    await guide.getByRole('heading', { name: 'Your first design in ten minutes' }).waitFor();
    await expectAccessible(page);
    await eventually(async () => expect(await pictureWidths(page)).toEqual([1280]));

    await guide.getByRole('button', { name: 'Reading a trace', exact: true }).click();
    await guide.getByRole('heading', { name: 'Reading a trace', exact: true }).waitFor();
    await eventually(async () => expect(await pictureWidths(page)).toEqual([1280, 1280]));
    await expectAccessible(page);

    // A section of the page, then a link to another one.
    const scrolled = () =>
      page.evaluate<number>('document.querySelector("[role=dialog] [role=region]").scrollTop');
    await guide.getByRole('button', { name: 'The MTU budget' }).click();
    await eventually(async () => expect(await scrolled()).toBeGreaterThan(500));
    await guide.getByRole('button', { name: 'The verdict' }).click();
    await guide.getByRole('link', { name: 'dispositions' }).first().click();
    await guide.getByRole('heading', { name: 'Dispositions', exact: true }).waitFor();
    await guide.getByRole('cell', { name: 'proxy-refused' }).waitFor();
    await expectAccessible(page);
    await guide.getByRole('button', { name: 'Back', exact: true }).click();
    await guide.getByRole('heading', { name: 'Reading a trace', exact: true }).waitFor();

    // What is read is still there when it is opened again, and the keyboard is where it was.
    await page.keyboard.press('Escape');
    await guide.waitFor({ state: 'detached' });
    await page.locator('#region-canvas:focus-within').waitFor();
    await page.getByRole('button', { name: 'Help', exact: true }).click();
    await page.getByRole('menuitem', { name: 'User guide' }).click();
    await guide.getByRole('heading', { name: 'Reading a trace', exact: true }).waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('is searched over titles and text, by the keyboard alone', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('heading', { name: 'Samples' }).waitFor();
    await page.keyboard.press('F1');
    const guide = page.getByRole('dialog', { name: 'User guide' });
    const results = guide.getByRole('navigation', { name: 'Search results' });
    await guide.getByRole('textbox', { name: 'Search the guide' }).waitFor();
    await page.keyboard.type('masquerade zebra');
    await guide.getByText('Nothing in the guide says that.').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('black-hole');
    await results.locator('mark').first().waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await guide.getByRole('heading', { name: 'Reading a trace', exact: true }).waitFor();
    await guide.getByRole('heading', { name: 'The MTU budget' }).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await guide.getByRole('navigation', { name: 'Pages' }).waitFor();
    expect(browser.complaints).toEqual([]);
    // Nothing but the host is asked for anything.
    const elsewhere = browser.requested.filter((url) => !/^(data|blob):/.test(url));
    expect(elsewhere.every((url) => url.startsWith(app.origin))).toBe(true);
  });

  test('copies what is typed of a session, and files as they are', async () => {
    await using app = await openSample();
    const { page } = app;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.keyboard.press('F1');
    const guide = page.getByRole('dialog', { name: 'User guide' });
    await guide.getByRole('button', { name: 'Intents, and running them in CI' }).click();
    await guide.getByRole('button', { name: 'Copy the commands' }).first().click();
    await guide.getByText('Copied', { exact: true }).waitFor();
    const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
    expect(await copied()).toBe('hopscope verify office.yaml\nhopscope lint office.yaml\n');
    await guide.getByRole('button', { name: 'Copy', exact: true }).first().click();
    await eventually(async () => expect(await copied()).toMatch(/^hopscope: 1\n/));
    expect(app.complaints).toEqual([]);
  });

  test('is in Korean where the window is, in the dark, and changes with it', async () => {
    await using app = await openSample('icp-on-vcenter', { locale: 'ko', scheme: 'dark' });
    const { page } = app;
    await page.keyboard.press('F1');
    const guide = page.getByRole('dialog', { name: '사용자 가이드' });
    await guide.getByRole('button', { name: '모든 검사' }).click();
    await guide.getByRole('cell', { name: 'duplicate-address' }).waitFor();
    await eventually(async () => expect(await pictureWidths(page)).toEqual([1280]));
    await expectAccessible(page);
    await guide.getByRole('textbox', { name: '가이드 검색' }).fill('폐쇄망');
    await guide.getByRole('navigation', { name: '검색 결과' }).locator('mark').first().waitFor();
    await expectAccessible(page);
    expect(app.complaints).toEqual([]);
  });
});

const client: Spot = [130, 200];
const edge: Spot = [430, 200];
const server: Spot = [800, 200];

describeRequiring(['chromium'], 'the first design', () => {
  beforeAll(ensureBuilt);

  test('comes out as the guide says', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser({ width: 1440, height: 900 });
    const { page } = browser;
    const hand = new Hand(page);
    await hand.begin(app.url, 2);
    await hand.drop('Office', [290, 280], 'Office 1');
    await hand.drop('Data centre', [900, 280], 'Data centre 1');
    await hand.drop('Client', client, 'Client 1');
    await hand.drop('LAN', [230, 390], 'Segment 1');
    await hand.drop('Edge gateway', edge, 'Edge 1');
    await hand.drop('Server', server, 'Server 1');
    await hand.drop('LAN', [800, 390], 'Segment 2');

    await page.keyboard.press('c');
    await hand.line(client, [180, 390], 'Client 1 connected to Segment 1');
    await hand.line(edge, [380, 390], 'Edge 1 connected to Segment 1');
    await hand.line(edge, [740, 390], 'Edge 1 connected to Segment 2');
    await hand.line(server, [800, 390], 'Server 1 connected to Segment 2');
    const outline = page.getByRole('tree');
    for (const [name, address] of [
      ['Segment 1', '192.168.1.0/24'],
      ['Segment 2', '192.168.2.0/24'],
      ['Edge 1', '192.168.1.1'],
    ] as const) {
      await outline.getByRole('treeitem', { name }).getByText(address).waitFor();
    }

    await page.keyboard.press('f');
    await hand.drag(client, server);
    await page.getByRole('button', { name: 'Done', exact: true }).click();
    const flow = page.getByRole('row', { name: /Client 1 → Server 1/ });
    await flow.getByText('tcp 80').waitFor();
    await flow.getByText('Unreachable', { exact: true }).waitFor();
    await flow.getByText('denied').waitFor();

    await flow.click();
    await page.getByText(/^Dropped, denied: edge-1: The default rule denies tcp 80/).waitFor();
    const why = page.getByRole('region', { name: 'Why not?' });
    await why.getByText('1 obstacle').waitFor();
    await why.getByRole('button', { name: 'Apply the change' }).click();
    const bar = page.locator('header').filter({ hasText: 'Client 1 → Server 1' });
    await bar.getByText('Reachable', { exact: true }).waitFor();
    expect(browser.complaints).toEqual([]);
  });
});
