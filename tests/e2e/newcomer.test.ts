import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { openBrowser, serveApp } from './app.ts';
import { Hand, type Spot } from './hand.ts';

// Somebody who has never seen it takes less than five minutes; a browser on a busy machine is given as long.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 240_000 });

const client: Spot = [130, 200];
const router: Spot = [420, 200];
const office: Spot = [250, 390];
const vm1: Spot = [800, 216];
const edge: Spot = [800, 298];
const hypervisor1: Spot = [800, 160];
const vm2: Spot = [1080, 216];
const hypervisor2: Spot = [1080, 160];
const overlay: Spot = [850, 380];
const underlay: Spot = [850, 430];
const vm3: Spot = [500, 700];
const vm4: Spot = [700, 700];

describeRequiring(['chromium'], 'somebody who draws a network for the first time', () => {
  beforeAll(ensureBuilt);

  test('builds two sites, NAT, an overlay and a cluster with the mouse, and flows get through', async () => {
    await using app = await serveApp();
    await using browser = await openBrowser({ width: 1440, height: 900 });
    const { page } = browser;
    const hand = new Hand(page);
    const folder = process.env['NEWCOMER_SCREENS'];
    let stages = 0;
    const stage = async (name: string) => {
      stages++;
      if (folder === undefined) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${stages}-${name}.png`) });
    };
    await hand.begin(app.url, 2);
    const begun = performance.now();

    // Two sites: an office with a user, a data centre with two hypervisors.
    await hand.drop('Office', [290, 280], 'Office 1');
    await hand.drop('Data centre', [950, 280], 'Data centre 1');
    await hand.drop('Client', client, 'Client 1');
    await hand.drop('LAN', office, 'Segment 1');
    await hand.drop('Router', router, 'Router 1');
    await hand.drop('LAN', underlay, 'Segment 2');
    await hand.drop('Hypervisor', [800, 230], 'Hypervisor 1');
    await hand.drop('Hypervisor', [1080, 230], 'Hypervisor 2');
    await hand.drop('VXLAN', overlay, 'Segment 3');
    await hand.drop('VM', vm1, 'VM 1');
    await hand.drop('VM', vm2, 'VM 2');
    await hand.drop('Edge gateway', edge, 'Edge 1');
    await stage('placed');

    // Lines: every address is proposed.
    await hand.take('Connect');
    await hand.line(client, [180, 390], 'Client 1 connected to Segment 1');
    await hand.line(router, [380, 390], 'Router 1 connected to Segment 1');
    await hand.line(router, [740, 430], 'Router 1 connected to Segment 2');
    await hand.line(hypervisor1, [780, 430], 'Hypervisor 1 connected to Segment 2');
    await hand.line(hypervisor2, [980, 430], 'Hypervisor 2 connected to Segment 2');
    await hand.line(edge, [840, 430], 'Edge 1 connected to Segment 2');
    await hand.line(edge, [860, 380], 'Edge 1 connected to Segment 3');
    await hand.line(vm1, [760, 380], 'VM 1 connected to Segment 3');
    await hand.line(vm2, [980, 380], 'VM 2 connected to Segment 3');
    await stage('connected');

    // The edge publishes a machine: a NAT rule, and a firewall rule that lets it through.
    await hand.take('Select');
    await hand.click(edge);
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('button', { name: 'Add a function' }).click();
    await page.getByRole('menuitem', { name: 'NAT' }).click();
    await inspector.getByRole('button', { name: 'Destination NAT' }).click();
    const rule = inspector.getByRole('listitem').filter({ hasText: 'dnat-1' });
    await rule.getByText('TCP', { exact: true }).click();
    await rule.getByRole('combobox', { name: 'Original destination' }).click();
    await page.getByRole('option', { name: '192.168.2.4 edge-1' }).click();
    await rule.getByRole('textbox', { name: 'Original ports' }).fill('443');
    await rule.getByRole('combobox', { name: 'New destination' }).click();
    await page.getByRole('option', { name: '192.168.3.2 vm-1' }).click();
    await inspector.getByRole('button', { name: /dnat-1 .*192\.168\.3\.2/ }).waitFor();
    const firewall = inspector.locator('section', {
      has: page.getByRole('heading', { name: /^Firewall/ }),
    });
    await firewall.getByRole('button', { name: 'Add', exact: true }).click();
    await inspector.getByRole('button', { name: /rule-1 accept/ }).waitFor();
    await stage('published');

    // A cluster: hosts are dropped on it, and a workload with an ingress.
    await hand.drop('Cluster', [600, 740], 'Cluster 1');
    await hand.drop('VM', vm3, 'VM 3');
    await hand.drop('VM', vm4, 'VM 4');
    await hand.take('Connect');
    await hand.line(vm3, [720, 430], 'VM 3 connected to Segment 2');
    await hand.line(vm4, [900, 430], 'VM 4 connected to Segment 2');
    await hand.drop('Ingress', [600, 800], 'Cluster 1');
    await stage('cluster');

    // Flows are drawn as lines are.
    await hand.take('Draw a flow');
    const done = page.getByRole('button', { name: 'Done', exact: true });
    for (const [from, to] of [
      [client, edge],
      [vm1, vm2],
      [client, [600, 800]],
    ] as const) {
      await hand.drag(from, to);
      await done.click();
    }
    for (const name of ['Client 1 → Edge 1', 'VM 1 → VM 2', 'Client 1 → Cluster 1']) {
      const row = page.getByRole('row', { name: new RegExp(name) });
      await row.getByText('Reachable', { exact: true }).waitFor();
    }
    await stage('reachable');
    const minutes = (performance.now() - begun) / 60_000;

    // The NAT rule did it: the trace names the machine behind the edge.
    await page.getByRole('row', { name: /Client 1 → Edge 1/ }).dblclick();
    await page
      .getByText(/192\.168\.3\.2/)
      .first()
      .waitFor();
    await stage('trace');

    expect(minutes).toBeLessThan(5);
    expect(hand.gestures).toBeLessThan(60);
    expect(browser.complaints).toEqual([]);
  });
});
