/** Each form of the inspector, filled in by mouse and keyboard: rows come, change and go, one step of the history each. */
import type { Locator } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../src-main/hosts/setup/build.mjs';
import { describeRequiring } from '../support/capabilities.ts';
import { expectAccessible } from './axe.ts';
import { eventually } from './eventually.ts';
import { enter, everyForm, grows, openInspector, statusOf } from './inspector-window.ts';

// A browser on a machine that is busy with other tests takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const holds = (field: Locator, value: string) =>
  eventually(async () => expect(await field.inputValue()).toBe(value));
const openRow = (list: Locator, text: string) =>
  list.locator('[data-row-head]').filter({ hasText: text }).first().click();

describeRequiring(['chromium'], 'the forms of the inspector', () => {
  beforeAll(ensureBuilt);

  test('load balancer: members are added, weighed, switched off and taken away', async () => {
    await using app = await openInspector(everyForm);
    const { find, section, undo } = app;
    await find('Edge', 'Node');
    const list = section('loadBalancers');
    await openRow(list, 'Shop');
    const members = list.getByRole('group', { name: 'Members' });
    const addresses = members.getByLabel('Address', { exact: true });
    await members.getByRole('button', { name: 'Add', exact: true }).click();
    await eventually(async () => expect(await addresses.count()).toBe(4));
    await enter(addresses.last(), '10.2.0.999');
    await members.getByRole('alert').waitFor();
    expect(await members.getByRole('alert').textContent()).toMatch(/expected an IPv4 or IPv6/);
    await enter(addresses.last(), '10.2.0.14');
    await members.getByRole('alert').waitFor({ state: 'detached' });
    await list.getByText('4 members').waitFor();
    await enter(members.getByLabel('Weight').last(), '3');
    await members.getByRole('switch', { name: 'Enabled' }).last().click();
    await members.getByRole('switch', { name: 'Enabled', checked: false }).nth(1).waitFor();
    await undo();
    await eventually(async () =>
      expect(await members.getByRole('switch', { name: 'Enabled', checked: false }).count()).toBe(
        1,
      ),
    );
    await members.getByRole('button', { name: 'Delete Members 4' }).click();
    await list.getByText('3 members').waitFor();
    await undo();
    await list.getByText('4 members').waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('NAT rules are put in another order by drag and by keyboard, and switched off', async () => {
    await using app = await openInspector(everyForm);
    const { page, find, section, undo } = app;
    await find('Edge', 'Node');
    const nat = section('nat');
    const rows = nat.getByRole('listitem');
    await rows.first().waitFor();
    const names = () => rows.locator('.name').allTextContents();
    expect(await names()).toEqual(['Out', 'console', 'mail']);
    await rows.last().scrollIntoViewIfNeeded();
    const grip = await rows.last().locator('.grip').boundingBox();
    const first = await rows.first().boundingBox();
    if (!grip || !first) throw new Error('the rows are not in sight');
    await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
    await page.mouse.down();
    await page.mouse.move(first.x + 40, first.y + first.height / 2, { steps: 6 });
    await page.mouse.move(first.x + 40, first.y + 3, { steps: 4 });
    await page.mouse.up();
    await eventually(async () => expect(await names()).toEqual(['mail', 'Out', 'console']));
    await rows.first().locator('[data-row-head]').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await eventually(async () => expect(await names()).toEqual(['Out', 'mail', 'console']));
    await undo();
    await undo();
    await eventually(async () => expect(await names()).toEqual(['Out', 'console', 'mail']));
    await openRow(nat, 'console');
    await nat.getByRole('switch', { name: 'Enabled' }).click();
    await nat.getByRole('switch', { name: 'Enabled', checked: false }).waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('network policy: peers are pods of namespaces or networks, ports are a list', async () => {
    await using app = await openInspector(everyForm);
    const { find, section, undo } = app;
    await find('Only what the shop needs', 'Network policy');
    const rules = section('ingress');
    await rules.getByRole('button', { name: 'Rule', exact: true }).click();
    await rules.getByText('Everybody may come in').waitFor();
    const peers = rules.getByRole('group', { name: 'Peers' });
    await peers.getByRole('button', { name: 'Peer', exact: true }).click();
    await rules.getByText('Everybody may come in').waitFor({ state: 'detached' });
    await enter(peers.getByLabel('Pods', { exact: true }).last(), 'app=web, !legacy');
    await enter(peers.getByLabel('Namespaces', { exact: true }).last(), 'team in (a, b)');
    await rules.getByText('team in (a, b) / app=web, !legacy').waitFor();
    await peers.getByRole('button', { name: 'Peer', exact: true }).click();
    await peers.getByText('Network', { exact: true }).nth(1).click();
    await enter(peers.getByLabel('IP block', { exact: true }), '10.1.0.0/33');
    await peers.getByRole('alert').first().waitFor();
    await enter(peers.getByLabel('IP block', { exact: true }), '10.1.0.0/16');
    await rules.getByText(/app=web, !legacy, 10\.1\.0\.0\/16/).waitFor();
    await enter(rules.getByLabel('Ports', { exact: true }), 'tcp 80, 8000-8100, udp 53');
    await rules.getByText('80, 8000-8100, UDP 53').first().waitFor();
    await undo();
    await rules.getByText('every port').first().waitFor();
    await peers.getByRole('button', { name: 'Delete Peers 1' }).click();
    await rules
      .locator('[data-row-head]')
      .filter({ hasText: /^\s*10\.1\.0\.0\/16/ })
      .waitFor();
    expect(app.complaints()).toEqual([]);
  });

  test('service: a type that lacks something shows the field for it; ports have their targets', async () => {
    await using app = await openInspector(everyForm);
    const { page, find, panel, section } = app;
    await find('web', 'Service');
    const ports = section('ports');
    await enter(ports.getByLabel('Node port'), '70000');
    await ports.getByRole('alert').waitFor();
    await enter(ports.getByLabel('Node port'), '30081');
    await ports.getByRole('alert').waitFor({ state: 'detached' });
    await grows(
      ports.getByLabel('Port', { exact: true }),
      ports.getByRole('button', { name: 'Add', exact: true }),
    );
    await enter(ports.getByLabel('Port', { exact: true }).last(), '443');
    await enter(ports.getByLabel('Target port').last(), '8443');
    await holds(ports.getByLabel('Target port').last(), '8443');
    expect(await ports.getByLabel('Port', { exact: true }).count()).toBe(2);

    const type = panel.getByRole('combobox', { name: /^Type/ });
    await type.click();
    await page.getByRole('option', { name: 'ExternalName' }).click();
    const name = panel.getByLabel('External name');
    await name.waitFor();
    await enter(name, 'api.partner.example');
    await eventually(async () => expect(await type.textContent()).toContain('ExternalName'));
    // Told at the field and at the head until both are there.
    await eventually(async () => expect(await panel.getByRole('alert').count()).toBe(0));
    expect(app.complaints()).toEqual([]);
  });

  test('virtual addresses, and the mirror’s kinds', async () => {
    await using app = await openInspector(everyForm);
    const { find, section, undo, panel } = app;
    await find('Edge', 'Node');
    const list = section('virtualIps');
    const addresses = list.getByLabel('Address', { exact: true });
    await grows(addresses, list.getByRole('button', { name: 'Add', exact: true }));
    await enter(addresses.last(), '10.2.0.253');
    await enter(list.getByLabel('Priority').last(), '900');
    await list.getByRole('alert').waitFor();
    await enter(list.getByLabel('Priority').last(), '90');
    await list.getByRole('alert').waitFor({ state: 'detached' });
    await holds(list.getByLabel('Priority').last(), '90');
    await undo();
    await holds(list.getByLabel('Priority').last(), '');

    await find('Artifact store', 'Node');
    const kinds = section('artifactMirror').getByRole('group', { name: 'Kinds' });
    await kinds.getByRole('button', { name: 'packages' }).click();
    await kinds.getByRole('button', { name: 'packages', pressed: true }).waitFor();
    await enter(panel.getByLabel('Artifacts', { exact: true }), 'quay.io/calico/node:v3.28');
    await holds(panel.getByLabel('Artifacts', { exact: true }), 'quay.io/calico/node:v3.28');
    expect(app.complaints()).toEqual([]);
  });

  test('install scenario: what is needed by whom, and what clients have been told', async () => {
    await using app = await openInspector(everyForm);
    const { find, section, undo } = app;
    await find('ICP without the internet', 'Install scenario');
    const artifacts = section('artifacts');
    await grows(
      artifacts.getByLabel('Reference'),
      artifacts.getByRole('button', { name: 'Artifact', exact: true }),
    );
    await enter(artifacts.getByLabel('Reference').last(), 'quay.io/calico/node:v3.28');
    await enter(artifacts.getByLabel('Needed by').last(), 'worker, kube-2');
    await holds(artifacts.getByLabel('Needed by').last(), 'worker, kube-2');
    const settings = section('settings');
    await openRow(settings, 'Docker');
    const values = settings.getByLabel('Values');
    expect(await values.inputValue()).toBe(
      'HTTPS_PROXY=http://10.2.0.30:3128\nNO_PROXY=10.0.0.0/8',
    );
    await values.fill('HTTPS_PROXY=http://10.2.0.30:3128\nNO_PROXY=10.0.0.0/8,a=b');
    await values.press('ControlOrMeta+Enter');
    await holds(values, 'HTTPS_PROXY=http://10.2.0.30:3128\nNO_PROXY=10.0.0.0/8,a=b');
    await undo();
    await holds(values, 'HTTPS_PROXY=http://10.2.0.30:3128\nNO_PROXY=10.0.0.0/8');
    await settings.getByRole('button', { name: 'Client', exact: true }).click();
    await settings.getByText('Still needed: File').waitFor();
    await enter(settings.getByLabel('File').last(), '/etc/apt/apt.conf.d/proxy');
    await settings.getByText('Not part of the design yet').waitFor({ state: 'detached' });
    expect(app.complaints()).toEqual([]);
  });

  test('Ctrl+Z in a field takes back what is typed, then one change at a time', async () => {
    await using app = await openInspector(everyForm);
    const { page, find, panel } = app;
    await find('Leased line', 'Link');
    const mtu = panel.getByLabel('MTU', { exact: true });
    const undo = page.getByRole('button', { name: 'Undo' }).first();
    await enter(mtu, '1380');
    await eventually(async () => expect(await undo.isEnabled()).toBe(true));
    await enter(mtu, '1360');
    await mtu.press('End');
    await mtu.pressSequentially('9');
    expect(await mtu.inputValue()).toBe('13609');
    await mtu.press('ControlOrMeta+z');
    await holds(mtu, '1360');
    await mtu.press('ControlOrMeta+z');
    await holds(mtu, '1380');
    await mtu.press('ControlOrMeta+z');
    await holds(mtu, '1400');
    await eventually(async () => expect(await undo.isDisabled()).toBe(true));
    await mtu.press('ControlOrMeta+Shift+z');
    await holds(mtu, '1380');
    // Leaving the field is no change.
    await mtu.press('Tab');
    await mtu.press('ControlOrMeta+z');
    await holds(mtu, '1400');
    await eventually(async () => expect(await undo.isDisabled()).toBe(true));
    expect(app.complaints()).toEqual([]);
  });

  test('hit marks follow the flow that is read', async () => {
    await using app = await openInspector(everyForm);
    const { page, find, section } = app;
    await find('Edge', 'Node');
    const firewall = section('firewall');
    await firewall.getByText('Web to the balancer').waitFor();
    await statusOf(page, /Staff to the shop/).click();
    const web = firewall.getByRole('listitem').filter({ hasText: 'Web to the balancer' });
    await web.getByRole('img', { name: /web/i }).waitFor();
    await page.getByRole('tab', { name: /^Flows/ }).click();
    await statusOf(page, /Staff straight to a server/).click();
    await web.getByRole('img').waitFor({ state: 'detached' });
    expect(app.complaints()).toEqual([]);
  });

  const forms: readonly (readonly (readonly [name: string, kind: string])[])[] = [
    [
      ['Edge', 'Node'],
      ['Name server', 'Node'],
      ['Forward proxy', 'Node'],
      ['Artifact store', 'Node'],
      ['ESXi 1', 'Node'],
      ['Lab router', 'Node'],
    ],
    [
      ['office', 'Segment'],
      ['Machine hall', 'Site'],
      ['Zone A', 'Transport zone'],
      ['Leased line', 'Link'],
      ['Apps stretch', 'Stretch'],
      ['Staff', 'Group'],
      ['Staff to the shop', 'Flow'],
    ],
    [
      ['Lab cluster', 'Cluster'],
      ['web', 'Workload'],
      ['web', 'Service'],
      ['shop', 'Ingress'],
      ['Only what the shop needs', 'Network policy'],
      ['Before the node ports', 'Calico policy'],
      ['Gate of the proxy node', 'Host endpoint'],
      ['Nobody of the staff', 'Intent'],
      ['ICP without the internet', 'Install scenario'],
    ],
  ];
  const looks = (['light', 'dark'] as const).flatMap((scheme) =>
    forms.map((things) => ({ scheme, things, names: things.map(([name]) => name).join(', ') })),
  );
  test.each(looks)('axe finds nothing serious, $scheme: $names', async ({ scheme, things }) => {
    await using app = await openInspector(everyForm, { width: 1280, height: 800, scheme });
    const { page, find, panel } = app;
    for (const [name, kind] of things) {
      await find(name, kind);
      const closed = panel.locator('[data-row-head][aria-expanded="false"]');
      while ((await closed.count()) > 0) await closed.first().click();
      await expectAccessible(page);
    }
    expect(app.complaints()).toEqual([]);
  });
});
