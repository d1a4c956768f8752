import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 180_000 });

const fullSample = 'ICP on vCenter Server with NSX';
const documentedSample = 'ICP on vCenter Server, edge as documented';
const web = /Internet user → web in a container/;

describeRequiring(['chromium'], 'the app in a browser', () => {
  beforeAll(ensureBuilt);

  test('opens a sample, runs its flows and follows a packet to its headers', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('button', { name: `Open ${fullSample}`, exact: true }).click();

    // The overview: sites as they contain each other, and every flow with its status.
    await page.getByRole('heading', { name: 'vCenter Server instance' }).waitFor();
    const flows = page.getByRole('navigation');
    const row = flows.getByRole('button', { name: web });
    await row.getByText('Reachable', { exact: true }).waitFor();
    expect(await row.textContent()).toContain('Path MTU 1430');

    await row.click();
    await page.getByText('Rule 5 internet-to-ingress accepts tcp 443').first().waitFor();
    const stack = page.getByRole('complementary', { name: 'Header stack' });

    // The step into the tunnel adds the VXLAN header of the cluster's segment, outside of the first packet.
    const encapsulates = page.getByRole('button', { name: /Encapsulates in VXLAN 6002/ }).first();
    await encapsulates.click();
    const headers = await stack.getByRole('heading', { level: 3 }).allTextContents();
    expect(headers.map((text) => text.trim().split(/\s/)[0])).toEqual(
      expect.arrayContaining(['IPv4', 'UDP', 'VXLAN', 'Ethernet', 'TCP']),
    );
    expect(await stack.getByLabel('VXLAN').textContent()).toMatch(/added.*VNI\s*6002/s);

    // The reply goes back by the other logical switch.
    await page.getByText('Reply', { exact: true }).first().click();
    await page
      .getByRole('button', { name: /Encapsulates in VXLAN 6001/ })
      .first()
      .waitFor();

    expect(browser.complaints).toEqual([]);
    expect(browser.requested.every((url) => url.startsWith(app.origin) || url === 'data:,')).toBe(
      true,
    );
  });

  test('shows why a flow does not get through, at the rule that stops it', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('button', { name: `Open ${documentedSample}` }).click();
    const row = page.getByRole('navigation').getByRole('button', { name: web });
    await row.getByText('Unreachable').waitFor();
    expect(await row.textContent()).toContain('denied');
    await row.click();
    const stopped = page.getByRole('button', { pressed: true });
    await stopped.waitFor();
    expect(await stopped.textContent()).toMatch(/The default rule denies tcp 443/);
    const box = await stopped.boundingBox();
    expect((box?.y ?? 800) + (box?.height ?? 0)).toBeLessThan(800);
  });

  test('is used by the keyboard alone', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    const focused = async () => {
      const button = page.locator('button:focus');
      return (await button.count()) === 0 ? '' : button.innerText();
    };
    const tabTo = async (text: string) => {
      for (let presses = 0; presses < 60; presses++) {
        if ((await focused()).includes(text)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`60 tabs do not lead to ${text}`);
    };
    await page.getByRole('button', { name: `Open ${fullSample}`, exact: true }).waitFor();
    await tabTo(fullSample);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').getByText('Reachable', { exact: true }).first().waitFor();
    await tabTo('Internet user → web in a container');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { pressed: true }).waitFor();
    await tabTo('Sends tcp from 198.51.100.25');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toContain('Route 0.0.0.0/0');
    expect(await page.getByRole('button', { pressed: true }).textContent()).toContain(
      'Route 0.0.0.0/0',
    );
    await page.keyboard.press('End');
    expect(await focused()).toContain('Delivered');
  });

  test('keeps its place on reload, and goes back', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('button', { name: `Open ${fullSample}`, exact: true }).click();
    await page.getByRole('navigation').getByRole('button', { name: web }).click();
    await page.getByRole('button', { pressed: true }).waitFor();
    await page.reload();
    await page.getByRole('button', { pressed: true }).waitFor();
    expect(page.url()).toBe(`${app.origin}/#example=icp-on-vcenter&flow=internet-to-web`);
    await page.goBack();
    await page.getByRole('heading', { name: 'Segments' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Choose a design' }).waitFor();
  });

  test('speaks Korean where the system does, and either language when asked', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser({ locale: 'ko' });
    const { page } = browser;
    await page.goto(app.url);
    await page.getByRole('heading', { name: '설계 선택' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    await page.getByRole('button', { name: `${fullSample} 열기` }).click();
    await page.getByRole('navigation').getByText('도달 가능', { exact: true }).first().waitFor();
    await page.getByText('English').click();
    await page.getByRole('heading', { name: 'Traffic flows' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('opens a file of the reader, and tells what is wrong with one, with its line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hopscope-files-'));
    const good = join(folder, 'good.yaml');
    const bad = join(folder, 'bad.yaml');
    await writeFile(
      good,
      [
        'hopscope: 1',
        'name: Two hosts',
        'segments: [{ id: lan, kind: lan, subnets: [{ cidr: 192.0.2.0/24 }] }]',
        'nodes:',
        '  - id: a',
        '    kind: host',
        '    interfaces: [{ id: eth0, segment: lan, addresses: [192.0.2.1/24] }]',
        '  - id: b',
        '    kind: host',
        '    listeners: [{ protocol: tcp, port: 80 }]',
        '    interfaces: [{ id: eth0, segment: lan, addresses: [192.0.2.2/24] }]',
        'flows: [{ id: a-to-b, from: { kind: node, node: a }, to: { kind: node, node: b }, port: 80 }]',
      ].join('\n'),
    );
    await writeFile(bad, 'hopscope: 1\nname: Bad\nsegments:\n  - id: lan\n    kind: token-ring\n');
    try {
      await using app = await serveApp();
      await using browser = await openBrowser();
      const { page } = browser;
      await page.goto(app.url);
      const input = page.locator('input[type=file]');
      await input.setInputFiles(bad);
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.textContent()).toMatch(
        /bad\.yaml cannot be opened.*5:11 segments\[0\]\.kind/s,
      );
      await input.setInputFiles(good);
      await page.getByRole('heading', { name: 'Two hosts' }).waitFor();
      const row = page.getByRole('navigation').getByRole('button', { name: 'a-to-b' });
      await row.getByText('Reachable', { exact: true }).waitFor();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('begins with the design that the program was started with', async () => {
    const source = { kind: 'example', name: 'icp-as-documented' } as const;
    await using app = await serveApp({ title: 'icp-as-documented', source });
    await using browser = await openBrowser();
    await browser.page.goto(app.url);
    await browser.page.getByRole('heading', { name: documentedSample }).waitFor();
  });

  test('says so when the program behind the page has ended', async () => {
    const app = await serveApp();
    await using browser = await openBrowser();
    const { page } = browser;
    await page.goto(app.url);
    const sample = page.getByRole('button', { name: `Open ${fullSample}`, exact: true });
    await sample.waitFor();
    await app[Symbol.asyncDispose]();
    await sample.click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('Hopscope does not answer');
  });
});
