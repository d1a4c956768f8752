import { describe, expect, test } from 'vitest';
import type { Design, Node } from '../../../src-main/contract/index.ts';
import { parseDesign } from '../../../src-main/model/validate.ts';
import { compile } from '../../../src-main/sim/compile/compile.ts';
import {
  newTunnel,
  otherEndOf,
  usualOverheadBytes,
} from '../../../src-renderer/state/inspector-ipsec.ts';

const toBranch = {
  id: 'to-branch',
  localAddress: '203.0.113.1',
  peerAddress: '203.0.113.2',
  localSubnets: ['10.1.0.0/24'],
  remoteSubnets: ['10.2.0.0/24'],
  natTraversal: true,
};

function designOf(branchTunnels: readonly object[]): Design {
  const parsed = parseDesign({
    hopscope: 1,
    name: 'two sites',
    nodes: [
      {
        id: 'hq',
        kind: 'router',
        interfaces: [{ id: 'wan', addresses: ['203.0.113.1/24'] }],
        ipsecTunnels: [toBranch],
      },
      {
        id: 'branch',
        kind: 'router',
        interfaces: [{ id: 'wan', addresses: ['203.0.113.2/24'] }],
        ipsecTunnels: branchTunnels,
      },
      { id: 'lab', kind: 'router', interfaces: [{ id: 'eth0', addresses: ['10.9.0.1/24'] }] },
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}
const nodeOf = (design: Design, id: string) => design.nodes?.find((one) => one.id === id) as Node;
const back = {
  id: 'back',
  localAddress: '203.0.113.2',
  peerAddress: '203.0.113.1',
  localSubnets: [],
  remoteSubnets: [],
};

describe('a new IPsec tunnel', () => {
  test('is the other half of one that waits for this node', () => {
    const design = designOf([]);
    expect(newTunnel(design, nodeOf(design, 'branch'))).toEqual({
      id: 'tunnel-1',
      localAddress: '203.0.113.2',
      peerAddress: '203.0.113.1',
      localSubnets: ['10.2.0.0/24'],
      remoteSubnets: ['10.1.0.0/24'],
      natTraversal: true,
    });
  });

  test('is empty where the other half is there already, or is for somebody else', () => {
    const design = designOf([back]);
    expect(newTunnel(design, nodeOf(design, 'branch'))).toEqual({
      id: 'tunnel-2',
      localAddress: '203.0.113.2',
      localSubnets: [],
      remoteSubnets: [],
    });
    expect(newTunnel(design, nodeOf(design, 'lab'))).not.toHaveProperty('peerAddress');
  });
});

test('the other end of a tunnel is the one that is configured the other way round', () => {
  const design = designOf([back]);
  expect(otherEndOf(design, nodeOf(design, 'hq'), toBranch)).toMatchObject({
    node: { id: 'branch' },
    at: 0,
    tunnel: { id: 'back' },
  });
  expect(otherEndOf(designOf([]), nodeOf(design, 'hq'), toBranch)).toBeUndefined();
  expect(otherEndOf(design, nodeOf(design, 'lab'), { id: 'x' })).toBeUndefined();
});

describe('what a tunnel adds to a packet where it does not say so', () => {
  const addresses = { 4: ['203.0.113.1', '203.0.113.2'], 6: ['2001:db8::1', '2001:db8::2'] };
  test.each([
    [4, false, 77],
    [4, true, 85],
    [6, false, 97],
    [6, true, 105],
  ] as const)('over IPv%i with NAT traversal %s: %i bytes', (family, natTraversal, bytes) => {
    const [localAddress = '', peerAddress = ''] = addresses[family];
    const tunnel = {
      id: 't',
      localAddress,
      peerAddress,
      localSubnets: [],
      remoteSubnets: [],
      natTraversal,
    };
    expect(usualOverheadBytes(tunnel)).toBe(bytes);
    // As the engine reckons.
    const [compiled] = compile(designOf([tunnel])).ipsecTunnels.filter(({ id }) => id === 't');
    expect(compiled?.overheadBytes).toBe(bytes);
  });
});
