import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';
import { Hand, type Spot } from './hand.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const site: Spot = [300, 250];
const host: Spot = [160, 160];
const router: Spot = [420, 160];
const segment: Spot = [280, 360];

/** An office with a client, a router and a segment, at 51%: large enough for all of it. */
async function drawn() {
  const app = await serveApp();
  const browser = await openBrowser();
  const hand = new Hand(browser.page);
  await hand.begin(app.url, 3);
  await hand.drop('Office', site, 'Office 1');
  await hand.drop('Client', host, 'Client 1');
  await hand.drop('Router', router, 'Router 1');
  await hand.drop('LAN', segment, 'Segment 1');
  return {
    hand,
    page: browser.page,
    complaints: browser.complaints,
    async [Symbol.asyncDispose]() {
      await browser[Symbol.asyncDispose]();
      await app[Symbol.asyncDispose]();
    },
  };
}

describeRequiring(['chromium'], 'drawing with the mouse and the keyboard', () => {
  beforeAll(ensureBuilt);

  test('selects, moves, undoes; what is clicked on the ground is nothing', async () => {
    await using app = await drawn();
    const { hand, page } = app;
    await hand.click(host);
    await hand.selected('Client 1');
    await hand.drag(host, [300, 240]);
    await hand.click([500, 300]);
    await page.getByRole('treeitem', { name: /^Client 1/, selected: false }).waitFor();
    await hand.click([300, 240]);
    await hand.selected('Client 1');
    await page.keyboard.press('Control+z');
    await page.locator('button:enabled[aria-label="Redo"]').waitFor();
    await hand.click(host);
    await hand.selected('Client 1');

    // Shift takes more; a frame takes what lies in it.
    await page.keyboard.down('Shift');
    await hand.click(router);
    await page.keyboard.up('Shift');
    await hand.selected('Client 1');
    await hand.selected('Router 1');
    await page.keyboard.press('Escape');
    await hand.drag([40, 112], [540, 220]);
    await hand.selected('Client 1');
    await hand.selected('Router 1');
    expect(await hand.row('Segment 1', true).count()).toBe(0);
    expect(app.complaints).toEqual([]);
  });

  test('draws a line, says its address, takes it back, and says why another is refused', async () => {
    await using app = await drawn();
    const { hand, page } = app;
    await hand.take('Connect');
    await hand.line(host, segment, 'Client 1 connected to Segment 1');
    await page.getByText('eth0 192.168.1.2/24', { exact: true }).waitFor();
    await hand.drag(host, segment, async () => {
      await page.getByText('It is connected to this segment already.').waitFor();
    });
    // Two clicks draw a line, too.
    await hand.click(router);
    await hand.click(segment);
    await page.getByText('Router 1 connected to Segment 1').first().waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await page.getByRole('treeitem', { name: /^Router 1(?!.*192)/ }).waitFor();
    await page.keyboard.press('Escape');
    expect(app.complaints).toEqual([]);
  });

  test('deletes with what goes along, after asking', async () => {
    await using app = await drawn();
    const { hand, page } = app;
    await hand.click(router);
    await page.keyboard.press('Delete');
    await page.getByText('Router 1 deleted').first().waitFor();
    expect(await hand.row('Router 1').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await hand.row('Router 1').waitFor();

    await hand.row('Office 1').click();
    await hand.surface.focus();
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('dialog', { name: 'Delete Office 1?' });
    await dialog.waitFor();
    expect(await dialog.getByRole('listitem').count()).toBeGreaterThan(0);
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Office 1 deleted').first().waitFor();
    expect(app.complaints).toEqual([]);
  });

  test('copies, pastes, duplicates and groups', async () => {
    await using app = await drawn();
    const { hand, page } = app;
    await hand.click(host);
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await hand.selected('Client 2');
    await page.keyboard.press('Control+d');
    await hand.selected('Client 3');
    await page.keyboard.press('Control+g');
    await page.getByRole('treeitem', { selected: true, name: /^Group/ }).waitFor();
    await page.keyboard.press('Control+a');
    await hand.selected('Office 1');
    expect(app.complaints).toEqual([]);
  });

  test('is drawn on by the keyboard alone', async () => {
    await using app = await drawn();
    const { hand, page } = app;
    await page.keyboard.press('Escape');
    await hand.surface.focus();
    await page.keyboard.press('Escape');
    // From the client to the segment: C begins the line, arrows choose its other end.
    await hand.row('Client 1').click();
    await hand.surface.focus();
    await page.keyboard.press('c');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Client 1 connected to Segment 1').first().waitFor();
    // A nudge is one step of the history, however long the key is held.
    await hand.row('Router 1').click();
    await hand.surface.focus();
    for (let times = 0; times < 5; times++) await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Move Router 1').waitFor();
    expect(await page.getByText('Move Router 1').count()).toBe(1);
    expect(app.complaints).toEqual([]);
  });

  test('folds a site, opens its menu, and shows another view of nothing', async () => {
    await using app = await drawn();
    const { hand, page } = app;
    await hand.click([300, 420], { button: 'right' });
    const menu = page.getByRole('menu');
    await menu.getByRole('menuitem', { name: 'Collapse' }).click();
    await page.getByRole('status').filter({ hasText: 'Office 1 collapsed' }).waitFor();
    await hand.surface.focus();
    await page.keyboard.press('e');
    await page.getByRole('status').filter({ hasText: 'Office 1 expanded' }).waitFor();
    await page.getByText('Kubernetes', { exact: true }).first().click();
    await page.getByText('Nothing of this design belongs in this view').waitFor();
    await page.getByRole('button', { name: 'Back to the whole design' }).click();
    await page.getByText('Nothing of this design belongs in this view').waitFor({
      state: 'detached',
    });
    expect(app.complaints).toEqual([]);
  });

  test('is left alone when what is dragged goes away in another window', async () => {
    await using app = await drawn();
    const { hand, page } = app;
    const other = await page.context().newPage();
    await other.goto(page.url());
    const copy = other.getByRole('treeitem', { name: /^Router 1/ });
    if (!(await copy.isVisible())) {
      await other
        .getByRole('button', { name: /New design/ })
        .first()
        .click();
    }
    await copy.waitFor();
    await page.bringToFront();
    await hand.drag(router, [300, 260], async () => {
      await copy.click();
      await other.getByRole('application').focus();
      await other.keyboard.press('Delete');
      await hand.row('Router 1').waitFor({ state: 'detached' });
    });
    await hand.click(host);
    await hand.selected('Client 1');
    expect(app.complaints).toEqual([]);
  });

  test('zooms as often as the button is pressed, however fast', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    // The view eases from one scale to the next.
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    const hand = new Hand(page);
    await hand.begin(app.url);
    const out = await page.getByRole('button', { name: 'Zoom out' }).boundingBox();
    if (!out) throw new Error('there is no button');
    for (let times = 0; times < 5; times++) await page.mouse.click(out.x + 8, out.y + 8);
    await page.getByRole('button', { name: /^33%/ }).waitFor();
    await hand.surface.focus();
    for (let times = 0; times < 5; times++) await page.keyboard.press('Control+=');
    await page.getByRole('button', { name: /^100%/ }).waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('shows what the search finds: nearer, in another view, out of what is folded', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByText('ICP on vCenter Server with NSX', { exact: true }).click();
    const hand = new Hand(page);
    await hand.surface.waitFor();
    await page.getByRole('button', { name: /^2\d%/ }).waitFor();
    await hand.measure();
    const box = await hand.surface.boundingBox();
    if (!box) throw new Error('there is no canvas');
    const find = async (text: string) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /Search/ }).fill(text);
      await page.keyboard.press('Enter');
    };
    const isView = (name: string) =>
      page.getByRole('radio', { name, checked: true }).waitFor({ state: 'attached' });
    /** What is found stands in the middle: there it is clicked. */
    const isInTheMiddle = async (name: string) => {
      await page.getByRole('button', { name: /^(100|[6-9]\d)%/ }).waitFor();
      await page.keyboard.press('Escape');
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await hand.selected(name);
    };

    await find('mirror.centos.org');
    await page.getByRole('button', { name: /^100%/ }).waitFor();
    await hand.surface.focus();
    await isInTheMiddle('mirror.centos.org');

    // A machine of the underlay is not in the view of Kubernetes.
    await page.getByText('Kubernetes', { exact: true }).first().click();
    await find('esxi-04');
    await isView('All');
    await hand.selected('ESXi-04');

    // A pod is shown where pods are drawn.
    await find('nginx-ingress-2');
    await isView('Kubernetes');
    await hand.selected('nginx-ingress-2');

    // What stands in a folded site is unfolded.
    await page.getByText('All', { exact: true }).first().click();
    await find('On-premises');
    await hand.selected('On-premises');
    await hand.surface.focus();
    await page.keyboard.press('e');
    await page.getByRole('status').filter({ hasText: 'On-premises collapsed' }).waitFor();
    await find('On-premises DNS');
    await page.getByRole('status').filter({ hasText: 'On-premises expanded' }).waitFor();
    await hand.selected('On-premises DNS');
    expect(browser.complaints).toEqual([]);
  });
});
