/** Calico's policies and host endpoints, tunnels, chains and controllers in their forms, by mouse and keyboard. */
import type { Locator } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { eventually } from './eventually.ts';
import { enter, everyForm, openInspector } from './inspector-window.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const holds = (field: Locator, value: string) =>
  eventually(async () => expect(await field.inputValue()).toBe(value));

describeRequiring(['chromium'], 'the forms of policies and tunnels', () => {
  beforeAll(ensureBuilt);

  test('Calico policy: a rule is added, told what it matches, and told what it does not', async () => {
    await using app = await openInspector(everyForm);
    const { page, find, section, undo } = app;
    await find('web-out', 'Calico policy');
    const rules = section('ingress');
    await rules.getByRole('button', { name: 'Rule', exact: true }).click();
    await enter(rules.getByLabel('Protocol', { exact: true }), 'tcp');
    const to = rules.getByRole('group', { name: 'Destination' });
    await enter(to.getByLabel('Ports', { exact: true }), '8080, 9000-9100');
    await rules.getByText('TCP 8080, 9000:9100').waitFor();
    const from = rules.getByRole('group', { name: 'Source' });
    await enter(from.getByLabel('Selector', { exact: true }), 'role =');
    await from.getByText(/expected a Calico selector.*at character 6/).waitFor();
    await enter(from.getByLabel('Selector', { exact: true }), "role == 'web'");
    await from.getByRole('alert').waitFor({ state: 'detached' });
    expect(await from.getByLabel('Except networks').count()).toBe(0);
    await rules.getByRole('button', { name: 'Exceptions' }).click();
    await enter(from.getByLabel('Except networks'), '10.1.0.0/16');
    await rules.getByText("!10.1.0.0/16 role == 'web'").waitFor();
    await undo();
    await holds(from.getByLabel('Except networks'), '');
    // An end that says nothing any more is not there.
    await enter(from.getByLabel('Selector', { exact: true }), '');
    await rules.getByText("role == 'web'").waitFor({ state: 'detached' });
    await page.getByText('YAML', { exact: true }).click();
    const text = page.locator('.cm-content').first();
    await eventually(async () => expect(await text.textContent()).toContain('9000:9100'));
    expect((await text.textContent())?.split('egress')[0]).not.toContain('source');
    expect(app.complaints()).toEqual([]);
  });

  test('Calico policy: rules without an id move by keyboard and stay open where they are', async () => {
    await using app = await openInspector(everyForm);
    const { page, find, section, undo } = app;
    await find('web-out', 'Calico policy');
    const rows = section('egress').getByRole('listitem');
    const heads = rows.locator('[data-row-head]');
    const names = () => rows.locator('.name').allTextContents();
    const open = async () =>
      Promise.all((await heads.all()).map((head) => head.getAttribute('aria-expanded')));
    await eventually(async () =>
      expect(await names()).toEqual(['UDP 53', 'TCP !6 !ICMP 8', 'ICMP 3']),
    );
    await heads.first().click();
    await page.keyboard.press('Alt+ArrowDown');
    await eventually(async () =>
      expect(await names()).toEqual(['TCP !6 !ICMP 8', 'UDP 53', 'ICMP 3']),
    );
    await eventually(async () => expect(await open()).toEqual(['false', 'true', 'false']));
    await page.keyboard.press('Alt+ArrowDown');
    await eventually(async () =>
      expect(await names()).toEqual(['TCP !6 !ICMP 8', 'ICMP 3', 'UDP 53']),
    );
    await eventually(async () => expect(await open()).toEqual(['false', 'false', 'true']));
    await heads.first().focus();
    await page.keyboard.press('Delete');
    await eventually(async () => expect(await names()).toEqual(['ICMP 3', 'UDP 53']));
    await eventually(async () => expect(await open()).toEqual(['false', 'true']));
    await undo();
    await eventually(async () => expect(await rows.count()).toBe(3));
    expect(app.complaints()).toEqual([]);
  });

  test('Calico policy: before DNAT brings along what it needs', async () => {
    await using app = await openInspector(everyForm);
    const { find, section } = app;
    await find('Before the node ports', 'Calico policy');
    const host = section('applyOnForward');
    const before = host.getByRole('switch', { name: 'Before DNAT' });
    const forward = host.getByRole('switch', { name: 'Also what the node forwards' });
    const is = (one: Locator, on: boolean) =>
      eventually(async () => expect(await one.getAttribute('aria-checked')).toBe(String(on)));
    await is(before, true);
    await forward.click();
    await host.getByRole('alert').waitFor();
    await before.click();
    await is(before, false);
    await is(forward, false);
    await before.click();
    await is(before, true);
    await is(forward, true);
    await enter(section('selector').getByLabel('Order'), 'early');
    await section('selector').getByRole('alert').waitFor();
    await enter(section('selector').getByLabel('Order'), '-1.5');
    await section('selector').getByRole('alert').waitFor({ state: 'detached' });
    await enter(section('selector').getByLabel('Namespace', { exact: true }), 'shop');
    await section('selector').getByRole('alert').first().waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('host endpoint: interface, addresses, labels and profile', async () => {
    await using app = await openInspector(everyForm);
    const { find, panel } = app;
    await find('Gate of the proxy node', 'Host endpoint');
    const by = panel.getByLabel('Interface', { exact: true });
    await enter(by, 'eth7');
    await panel.getByText(/expected the id of an interface of/).waitFor();
    await enter(by, '*');
    await panel.getByRole('alert').waitFor({ state: 'detached' });
    await enter(panel.getByLabel('Expected IPs'), '10.2.0.12, 10.2.0.13');
    await holds(panel.getByLabel('Expected IPs'), '10.2.0.12, 10.2.0.13');
    await enter(panel.getByLabel('Labels', { exact: true }), 'role=gate');
    await holds(panel.getByLabel('Labels', { exact: true }), 'role=gate');
    const profile = panel.getByRole('button', { name: 'projectcalico-default-allow' });
    await profile.click();
    await eventually(async () => expect(await profile.getAttribute('aria-pressed')).toBe('false'));
    expect(app.complaints()).toEqual([]);
  });

  test('IPsec: the other half of a tunnel is proposed; a chain is chosen where there are chains', async () => {
    await using app = await openInspector(everyForm);
    const { page, find, panel, section, undo } = app;
    await find('Lab router', 'Node');
    await panel.getByRole('button', { name: 'Add a function' }).click();
    await page.getByRole('menuitem', { name: 'IPsec tunnels' }).click();
    const tunnels = section('ipsecTunnels');
    await tunnels.getByRole('button', { name: 'Add', exact: true }).click();
    await tunnels.getByText('Other end: To the lab of Edge').waitFor();
    await holds(tunnels.getByLabel('Own subnets'), '10.44.0.0/16, 10.45.0.0/16');
    const overhead = tunnels.getByLabel('Overhead');
    expect(await overhead.getAttribute('placeholder')).toBe('85');
    await enter(overhead, '900');
    await tunnels.getByRole('alert').waitFor();
    await enter(overhead, '73');
    await tunnels.getByRole('alert').waitFor({ state: 'detached' });
    await enter(tunnels.getByLabel("Peer's address"), '10.9.0.9');
    await tunnels.getByText('No node has the other end yet.').waitFor();
    await undo();
    await tunnels.getByText('Other end: To the lab of Edge').waitFor();

    const rules = section('firewall');
    await rules.locator('[data-row-head]').filter({ hasText: 'through' }).click();
    await rules.getByRole('combobox', { name: /^Chain/ }).click();
    await page.getByRole('option', { name: /^output/ }).click();
    const through = rules.getByRole('listitem').filter({ hasText: 'through' });
    await through.getByText('output', { exact: true }).first().waitFor();
    await through.getByText('What no rule of this chain matches is sent.').waitFor();

    await find('Edge', 'Node');
    await section('firewall').locator('[data-row-head]').first().click();
    await section('firewall').getByLabel('Sources').waitFor();
    expect(await section('firewall').getByText('Chain', { exact: true }).count()).toBe(0);
    expect(app.complaints()).toEqual([]);
  });

  test('cluster: controllers of some classes come and go; a pod has a name of its own', async () => {
    await using app = await openInspector(everyForm);
    const { page, find, section, undo } = app;
    await find('Lab cluster', 'Cluster');
    const others = section('otherIngressControllers');
    await others.getByRole('button', { name: 'Ingress controller', exact: true }).click();
    await others.getByText('Still needed: Workload').waitFor();
    await enter(others.getByLabel('Classes').last(), 'internal, partner');
    await enter(others.getByLabel('Workload', { exact: true }).last(), 'web');
    await others.getByText('Not part of the design yet').waitFor({ state: 'detached' });
    await others.getByText('internal, partner · 80, 443').waitFor();
    const own = section('ingressController');
    await own.getByRole('button', { name: 'Ingress controller' }).last().click();
    await page.getByRole('menuitem', { name: 'Take Ingress controller away' }).click();
    await holds(own.getByLabel('Workload', { exact: true }), '');
    await undo();
    await holds(own.getByLabel('Workload', { exact: true }), 'controller');

    await find('private', 'Workload');
    const pods = section('pods');
    await pods.locator('[data-row-head]').first().click();
    await enter(pods.getByLabel('Name', { exact: true }), 'Private_0');
    await pods.getByText(/expected a Kubernetes object name/).waitFor();
    await enter(pods.getByLabel('Name', { exact: true }), 'private-1');
    await pods.getByRole('alert').waitFor({ state: 'detached' });
    await pods.locator('[data-row-head]').getByText('private-1', { exact: true }).waitFor();
    expect(app.complaints()).toEqual([]);
  });
});
