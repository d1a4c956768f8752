/** NodePorts that Calico's policies before DNAT close, on the public side of the workers of the IKS sample. */
import { expect, test } from 'vitest';
import { checkDesign } from '../../src-main/checks/index.ts';
import type { CalicoPolicy, CalicoRule } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';
import { sample } from '../samples/samples.ts';

const workers = "ibm.role == 'worker_public'";
const deny: CalicoRule = {
  action: 'Deny',
  protocol: 'TCP',
  destination: { ports: ['30000:32767'] },
};
const policy = (rules: readonly CalicoRule[], more: Partial<CalicoPolicy> = {}): CalicoPolicy => ({
  id: 'node-ports',
  cluster: 'iks',
  order: 1100,
  selector: workers,
  types: ['Ingress'],
  ingress: [...rules],
  applyOnForward: true,
  preDNAT: true,
  ...more,
});
const first = (rule: CalicoRule) => policy([rule], { id: 'before', order: 1000 });

/** How many of the six public addresses still open the shop's NodePort, 31080. */
test.each<[title: string, policies: readonly CalicoPolicy[], open: number]>([
  ['nothing', [], 6],
  ['a denial of the whole range', [policy([deny])], 0],
  ['a denial of everything', [policy([{ action: 'Deny' }])], 0],
  ['a denial of the port', [policy([{ ...deny, destination: { ports: [31080] } }])], 0],
  ['a line in the log before it', [policy([{ action: 'Log' }, deny])], 0],
  ['a denial by protocol number', [policy([{ ...deny, protocol: 6 }])], 0],
  ['a denial of another port', [policy([{ ...deny, destination: { ports: ['30000:31000'] } }])], 6],
  ['a denial of UDP', [policy([{ ...deny, protocol: 'UDP' }])], 6],
  ['a denial of IPv6', [policy([{ ...deny, ipVersion: 6 }])], 6],
  ['a denial for some', [policy([{ ...deny, source: { nets: ['198.51.100.0/24'] } }])], 6],
  ['a denial for all but some', [policy([{ ...deny, source: { notNets: ['10.0.0.0/8'] } }])], 6],
  ['a denial for 0.0.0.0/0', [policy([{ ...deny, source: { nets: ['0.0.0.0/0'] } }])], 0],
  [
    'a denial at one address',
    [policy([{ ...deny, destination: { ...deny.destination, nets: ['203.0.113.71'] } }])],
    5,
  ],
  [
    'a denial at all but one address',
    [policy([{ ...deny, destination: { ...deny.destination, notNets: ['203.0.113.71'] } }])],
    6,
  ],
  ['a denial behind a permission', [policy([deny]), first({ action: 'Allow' })], 6],
  [
    'a denial behind a permission of another port',
    [policy([deny]), first({ action: 'Allow', protocol: 'TCP', destination: { ports: [443] } })],
    0,
  ],
  [
    'a denial behind a permission for some',
    [policy([deny]), first({ action: 'Allow', source: { nets: ['198.51.100.0/24'] } })],
    0,
  ],
  ['a denial for other endpoints', [policy([deny], { selector: "ibm.role == 'master'" })], 6],
  ['a denial for pods of namespaces', [policy([deny], { namespaceSelector: 'all()' })], 6],
  [
    'a denial after DNAT, which comes too late for it',
    [policy([deny], { preDNAT: false, applyOnForward: false })],
    6,
  ],
])('%s leaves open what it leaves open', (_, policies, open) => {
  const net = network(sample('iks-on-ibm-cloud'));
  for (const one of policies) net.add('calico-policy', one);
  const found = checkDesign(net.build('closed')).filter(
    ({ code }) => code === 'node-port-from-internet',
  );
  expect(found.map(({ text }) => text)).toHaveLength(open);
});

test('without host endpoints no policy before DNAT holds', () => {
  const design = network(sample('iks-on-ibm-cloud'))
    .add('calico-policy', policy([deny]))
    .build('x');
  const found = checkDesign({ ...design, hostEndpoints: [] });
  expect(found.filter(({ code }) => code === 'node-port-from-internet')).toHaveLength(6);
});
