/** What a change does besides is told in both languages: every code, with the facts that it takes. */
import { expect, test } from 'vitest';
import {
  changeText,
  type ChangeFacts,
  type ChangeSaying,
} from '../../src-main/contract/change-words.ts';

const facts: { readonly [Code in keyof ChangeFacts]: ChangeFacts[Code] } = {
  taken: { kind: 'link', title: 'a-b', why: 'loses-end' },
  loses: {
    losses: [
      { code: 'interface', detail: { interface: 'eth1' } },
      { code: 'vtep', detail: {} },
    ],
  },
  'loses-pods': { pods: ['p'] },
  'loses-nodes': { nodes: ['n', 'm'] },
  'loses-members': { members: 1 },
  'loses-paths': {},
  'names-no-longer': {},
  'names-instead': { now: 'b', before: 'a' },
  'pod-moved': { pod: 'p', node: 'n' },
  'leaves-by': { router: 'r' },
  'listens-no-longer': { ports: [80, 443], cluster: 'c' },
  'route-added': { destination: '10.0.0.0/24', via: '10.1.0.1' },
  'zone-joined': { zone: 'z' },
  'vtep-set': { interface: 'vmk0' },
  'mtu-raised': { mtuBytes: 1600 },
  'mtu-kept': { mtuBytes: 1500 },
  'no-worker': { cluster: 'c' },
  'on-no-hypervisor': { node: 'n' },
  'prefix-full': { prefix: '10.0.0.0/30' },
  'link-subnets-used': {},
  'refers-elsewhere': { kind: 'network-policy', title: 'p' },
  'site-elsewhere': { id: 'a', site: 's' },
  'hypervisor-elsewhere': { id: 'a', hypervisor: 'h' },
  'pods-without-node': { pods: 1, workload: 'w' },
  'pod-without-address': { workload: 'w', node: 'n' },
  'pod-range-full': { workload: 'w', node: 'n' },
  'other-end-not-copied': { interfaces: ['eth0'], node: 'n' },
  'no-address-at': { place: 's', prefix: '10.0.0.0/30' },
  'stays-in-place': { id: 'a' },
  'mtu-too-small': { segment: 's', mtuBytes: 1500, neededBytes: 1550 },
};

test.each(Object.entries(facts))('%s', (code, detail) => {
  const saying = { code, detail } as ChangeSaying;
  expect(changeText(saying)).not.toMatch(/\p{Script=Hangul}|undefined|\[object/u);
  const korean = changeText(saying, 'ko');
  expect(korean).toMatch(/\p{Script=Hangul}/u);
  expect(korean).not.toMatch(/undefined|\[object|[이은을과]\([가는를와]\)|\(으\)로/);
});

test('one thing is not several', () => {
  const text = (code: string, detail: object) => changeText({ code, detail } as ChangeSaying);
  expect(text('loses-pods', { pods: ['p'] })).toBe('loses 1 pod: p');
  expect(text('loses-nodes', { nodes: ['n', 'm'] })).toBe('loses 2 nodes: n, m');
});
