/** What a flow met, at the places of forms. */
import { describe, expect, test } from 'vitest';
import type { Design, Node } from '../../../src-main/contract/index.ts';
import { parseDesignText } from '../../../src-main/interop/design-text/index.ts';
import { parseDesign } from '../../../src-main/model/validate.ts';
import { hitsOn, hitsOnPolicy } from '../../../src-renderer/state/inspector-hits.ts';
import everyForm from '../../e2e/every-form.yaml?raw';
import { run } from '../trace/sample.ts';

const parsed = parseDesignText(everyForm);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
const design = parsed.value;

describe('a policy', () => {
  test('shows which of its rules let the packet through', () => {
    const result = run('look-up', undefined, design);
    expect([...hitsOnPolicy(result, 'web-only')]).toEqual([
      ['egress/1', { text: expect.any(String) as string, tone: 'good' }],
    ]);
  });

  test('shows nothing of what another one decided, or while no flow is read', () => {
    expect(hitsOnPolicy(run('look-up', undefined, design), 'web-out').size).toBe(0);
    expect(hitsOnPolicy(undefined, 'web-only').size).toBe(0);
  });
});

const end = (id: string, own: number, other: number) => ({
  id,
  kind: 'router',
  interfaces: [
    { id: 'wan', segment: 'wan', addresses: [`203.0.113.${own}/24`] },
    { id: 'lan', segment: `lan-${own}`, addresses: [`10.0.${own}.1/24`] },
  ],
  ipsecTunnels: [
    {
      id: 'elsewhere',
      localAddress: `203.0.113.${own}`,
      peerAddress: '203.0.113.9',
      localSubnets: ['10.0.0.0/16'],
      remoteSubnets: ['10.9.0.0/16'],
    },
    {
      id: 'there',
      localAddress: `203.0.113.${own}`,
      peerAddress: `203.0.113.${other}`,
      localSubnets: [`10.0.${own}.0/24`],
      remoteSubnets: [`10.0.${other}.0/24`],
    },
  ],
});
const host = (id: string, own: number) => ({
  id,
  kind: 'host',
  interfaces: [{ id: 'eth0', segment: `lan-${own}`, addresses: [`10.0.${own}.5/24`] }],
  routes: [{ destination: '0.0.0.0/0', via: `10.0.${own}.1` }],
  listeners: [{ protocol: 'tcp', port: 80 }],
});

test('the tunnel that the packets went through is marked at both of its ends', () => {
  const sites = parseDesign({
    hopscope: 1,
    name: 'two sites',
    segments: ['wan', 'lan-1', 'lan-2'].map((id) => ({ id, kind: 'lan' })),
    nodes: [end('hq', 1, 2), end('branch', 2, 1), host('pc', 1), host('web', 2)],
    flows: [
      {
        id: 'f',
        from: { kind: 'node', node: 'pc' },
        to: { kind: 'node', node: 'web' },
        protocol: 'tcp',
        port: 80,
      },
    ],
  });
  if (!sites.ok) throw new Error(JSON.stringify(sites.issues));
  const two: Design = sites.value;
  const result = run('f', undefined, two);
  expect(result.status).toBe('reachable');
  for (const id of ['hq', 'branch']) {
    const node = two.nodes?.find((one) => one.id === id) as Node;
    const hits = hitsOn(result, node);
    expect(hits.get('ipsecTunnels/1')?.tone).toBe('plain');
    expect(hits.has('ipsecTunnels/0')).toBe(false);
  }
});
