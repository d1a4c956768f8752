import { describe, expect, test } from 'vitest';
import type { Design } from '../../src-main/contract/index.ts';
import { findables } from '../../src-renderer/state/search-index.ts';
import {
  faultsByRef,
  faultsWithin,
  matching,
  outlineOf,
  type OutlineItem,
} from '../../src-renderer/state/outline-tree.ts';

const design: Design = {
  hopscope: 1,
  name: 'x',
  sites: [
    { id: 'cloud', kind: 'cloud' },
    { id: 'dc', kind: 'data-centre', parent: 'cloud' },
  ],
  segments: [{ id: 'lan', kind: 'lan', site: 'dc', subnets: [{ cidr: '10.0.0.0/24' }] }],
  nodes: [
    { id: 'esxi', kind: 'hypervisor', site: 'dc' },
    {
      id: 'vm',
      kind: 'host',
      runsOn: 'esxi',
      name: 'Web server',
      interfaces: [{ id: 'eth0', segment: 'lan', addresses: ['10.0.0.5/24'] }],
    },
    {
      id: 'edge',
      kind: 'edge-gateway',
      firewall: { rules: [{ id: 'in', name: 'let in', action: 'accept' }] },
    },
  ],
};

const told = (items: readonly OutlineItem[]): unknown =>
  items.map((item) => (item.children.length === 0 ? item.key : [item.key, told(item.children)]));

describe('the outline', () => {
  test('has things in what they stand in, containers first', () => {
    expect(told(outlineOf(design))).toEqual([
      ['site:cloud', [['site:dc', [['node:esxi', ['node:vm']], 'segment:lan']]]],
      'node:edge',
    ]);
  });

  test('has sites in the order of the design', () => {
    const sites = ['a', 'b', 'c'].map((id) => ({ id, kind: 'office' as const }));
    expect(told(outlineOf({ hopscope: 1, name: 'x', sites }))).toEqual([
      'site:a',
      'site:b',
      'site:c',
    ]);
  });

  test('shows what matches together with what it is in', () => {
    const found = matching(outlineOf(design), 'web serv');
    expect(found?.found).toBe(1);
    expect([...(found?.shown ?? [])].sort()).toEqual([
      'node:esxi',
      'node:vm',
      'site:cloud',
      'site:dc',
    ]);
  });

  test('counts what is wrong inside of a folded thing', () => {
    const finding = (entity: string, severity: 'error' | 'warning') =>
      ({ places: [{ entity, path: '', segments: [] }], severity }) as never;
    const byRef = faultsByRef([finding('node:vm', 'error'), finding('segment:lan', 'warning')]);
    const [cloud] = outlineOf(design);
    expect(cloud && faultsWithin(cloud, byRef)).toEqual({ errors: 1, warnings: 1 });
  });

  test('keeps the lines of what has not changed', () => {
    const before = outlineOf(design);
    const moved = { ...design, layout: [{ id: 'node:edge' as const, x: 8, y: 8 }] };
    const after = outlineOf(moved, design);
    expect(after).toEqual(before);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  test('shows the names that members of a cluster have now', () => {
    // One is drawn in the cluster, the other in its hypervisor: the cluster's thing does not know its name.
    const cluster = { id: 'k', nodes: [{ node: 'bare' }, { node: 'vm' }], podCidrs: [] };
    const bare = { id: 'bare', kind: 'host' };
    const before = {
      ...design,
      nodes: [...(design.nodes ?? []), bare],
      clusters: [cluster],
    } as unknown as Design;
    outlineOf(before);
    const nodes = (before.nodes ?? []).map((node) =>
      node.id === 'vm' ? { ...node, name: 'Mail server' } : node,
    );
    const after = outlineOf({ ...before, nodes }, before);
    const labels = (items: readonly OutlineItem[]): readonly string[] =>
      items.flatMap(({ label, children }) => [label, ...labels(children)]);
    expect(labels(after)).toContain('Mail server');
    expect(labels(after)).not.toContain('Web server');
  });

  test('counts a clash at each thing that it concerns, once', () => {
    const at = (entity: string, path: string) => ({ entity, path, segments: [] });
    const places = [at('node:a', 'x'), at('node:a', 'y'), at('node:b', 'x')];
    const byRef = faultsByRef([{ places, severity: 'error' } as never]);
    expect(Object.fromEntries(byRef)).toEqual({
      'node:a': { errors: 1, warnings: 0 },
      'node:b': { errors: 1, warnings: 0 },
    });
  });

  test('has all of 20,000 nodes', () => {
    const nodes = Array.from({ length: 20_000 }, (_, at) => ({
      id: `n${at}`,
      kind: 'host' as const,
      site: 'dc',
    }));
    const tree = outlineOf({ ...design, nodes });
    expect(tree[0]?.children[0]?.children).toHaveLength(20_001);
  });
});

test('things are found by name, id, address and rule, with the part that the inspector shows', () => {
  const all = findables(design);
  const find = (label: string) => all.filter((one) => one.label === label);
  expect(find('Web server')).toEqual([
    { kind: 'node', label: 'Web server', detail: 'vm', ref: 'node:vm' },
  ]);
  expect(find('10.0.0.5/24')).toEqual([
    {
      kind: 'address',
      label: '10.0.0.5/24',
      detail: 'Web server eth0',
      ref: 'node:vm',
      part: 'interfaces[0]',
    },
  ]);
  expect(find('let in')[0]).toMatchObject({ ref: 'node:edge', part: 'firewall.rules[0]' });
});
