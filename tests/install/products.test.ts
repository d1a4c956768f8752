/** Every product in every mode on the reference network as it is, without a setting: what fails first, and what is planned. */
import { expect, test } from 'vitest';
import type { InstallScenario } from '../../src-main/model/design.ts';
import { editDesign } from '../../src-main/model/edits.ts';
import { codes, install, reference, withScenario } from './asking.ts';

type Mode = InstallScenario['mode'];

test.each<
  [
    product: InstallScenario['product'],
    mode: Mode,
    failsAt: string | undefined,
    causes: readonly string[],
  ]
>([
  ['icp-ce', 'connected', undefined, []],
  ['icp-ce', 'proxy', undefined, []],
  ['icp-ce', 'air-gapped', 'packages', ['not-carried']],
  // The vendor's archive is nowhere to be fetched from without its customer's account.
  ['icp-ee', 'connected', 'archive', ['nobody-known']],
  ['icp-ee', 'proxy', 'archive', ['nobody-known']],
  ['icp-ee', 'air-gapped', 'packages', ['not-carried']],
  ['cam', 'connected', undefined, []],
  ['cam', 'proxy', undefined, []],
  ['cam', 'air-gapped', 'packages', ['not-carried']],
  ['kubeadm', 'connected', undefined, []],
  ['kubeadm', 'proxy', undefined, []],
  ['kubeadm', 'air-gapped', 'packages', ['not-carried']],
  ['rke2', 'connected', undefined, []],
  ['rke2', 'proxy', undefined, []],
  ['rke2', 'air-gapped', 'script', ['not-carried']],
])('%s, %s: fails at %s', (product, mode, failsAt, causes) => {
  const design = reference(withScenario({ id: 'asked', product, mode, cluster: 'icp' }));
  const report = install(design, 'asked');
  expect(report.failsAt).toBe(failsAt);
  expect([...new Set(codes(report))]).toEqual(causes);
  // The reference network has a mirror of each kind, and a bundle can hold the rest.
  expect(report.plan.works).toBe(true);
  const planned = install(editDesign(design, report.plan.edits), 'asked');
  expect(planned).toMatchObject({ works: true, causes: [] });
});
