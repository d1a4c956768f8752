import { describe, expect, test } from 'vitest';
import type { BackendClient } from '../../../src-renderer/api/backend.ts';
import type { Design } from '../../../src-main/contract/index.ts';
import { drawnFlow, flowRefusal } from '../../../src-renderer/state/drawing-flows.ts';
import type { Project } from '../../../src-renderer/state/project.svelte.ts';
import { design } from './scenes.ts';

/** As much of a project and its backend as a drawn flow asks. */
function asked(of: Design, free?: string) {
  const project = {
    design: of,
    state: { project: 'p' },
    entity: (ref: string) => of.nodes?.find(({ id }) => `node:${id}` === ref),
  } as unknown as Project;
  const backend = {
    call: (method: string) => {
      if (method !== 'project.nextFree') throw new Error(`${method} is not asked here`);
      const next = free === undefined ? {} : { next: free };
      return Promise.resolve({ ok: true, value: { subnets: [{ cidr: '192.0.2.0/24', ...next }] } });
    },
  } as unknown as BackendClient;
  return (from: string, to: string) => drawnFlow(project, backend, from, to);
}
const withEdge = (functions: object): Design =>
  ({
    ...design,
    nodes: [...(design.nodes ?? []), { id: 'esg', kind: 'edge-gateway', ...functions }],
  }) as unknown as Design;

describe('a flow that is drawn', () => {
  test('asks for what its target listens on', async () => {
    expect(await asked(design)('node:router', 'node:vm')).toEqual({
      flow: {
        id: 'router-to-vm',
        name: 'Core → vm',
        from: { kind: 'node', node: 'router' },
        to: { kind: 'node', node: 'vm' },
        protocol: 'tcp',
        port: 8443,
      },
    });
  });
  test('asks whether the target is there where it listens on nothing', async () => {
    expect(await asked(design)('node:vm', 'node:router')).toMatchObject({
      flow: { to: { kind: 'node', node: 'router' }, protocol: 'icmp' },
    });
  });
  test('asks an edge for what it publishes: its first port forward that names a port', async () => {
    const nat = [
      { id: '1', kind: 'snat', original: '10.0.0.0/8', translated: 'interface' },
      { id: '2', kind: 'dnat', original: '192.0.2.9', originalPorts: ['1-9'], translated: '::1' },
      {
        id: '3',
        kind: 'dnat',
        original: '192.0.2.9',
        originalPorts: [443],
        translated: '10.0.0.1',
      },
    ];
    expect(await asked(withEdge({ nat }))('node:client', 'node:esg')).toMatchObject({
      flow: { to: { kind: 'address', address: '192.0.2.9' }, protocol: 'tcp', port: 443 },
    });
  });
  test('from a segment comes from an address that is free there', async () => {
    expect(await asked(design, '192.0.2.7/24')('segment:lan', 'node:vm')).toMatchObject({
      flow: { from: { kind: 'address', address: '192.0.2.7', segment: 'lan' } },
    });
    expect(await asked(design)('segment:lan', 'node:vm')).toEqual({ refusal: 'no-address' });
  });
  test('gets an id that is free', async () => {
    const flows = [{ id: 'router-to-vm' }, { id: 'router-to-vm-2' }];
    const taken = { ...design, flows } as unknown as Design;
    expect(await asked(taken)('node:router', 'node:vm')).toMatchObject({
      flow: { id: 'router-to-vm-3' },
    });
  });
});

describe('a flow to a cluster', () => {
  const service = {
    id: 'web',
    type: 'ClusterIP',
    cluster: 'kube',
    namespace: 'default',
    ports: [{ port: 80 }],
  };
  const ingress = (host?: string, tls?: boolean) => ({
    id: 'web',
    cluster: 'kube',
    namespace: 'default',
    rules: [
      {
        ...(host === undefined ? {} : { host }),
        paths: [{ path: '/shop', pathType: 'Prefix', backend: { service: 'web', port: 80 } }],
      },
    ],
    ...(tls ? { tls: [{}] } : {}),
  });
  const cluster = (more: object) => ({ ...design, ...more }) as unknown as Design;
  test('goes to the host of its ingress', async () => {
    const named = cluster({ ingresses: [ingress('shop.example', true)] });
    expect(await asked(named)('node:client', 'cluster:kube')).toMatchObject({
      flow: { to: { kind: 'url', url: 'https://shop.example/shop' } },
    });
  });
  test('to the address of the ingress controller where every host is meant', async () => {
    const open = cluster({
      ingresses: [ingress()],
      nodes: design.nodes?.map((node) =>
        node.id === 'worker'
          ? { ...node, interfaces: [{ id: 'eth0', addresses: ['192.0.2.20/24'] }] }
          : node,
      ),
      clusters: design.clusters?.map((one) => ({
        ...one,
        ingressController: { workload: 'controller', httpPort: 8080 },
      })),
      workloads: [{ id: 'controller', cluster: 'kube', pods: [{ id: 'c-1', node: 'worker' }] }],
    });
    expect(await asked(open)('node:client', 'cluster:kube')).toMatchObject({
      flow: { to: { kind: 'url', url: 'http://192.0.2.20:8080/shop' } },
    });
  });
  test('to its service where there is no ingress', async () => {
    expect(
      await asked(cluster({ services: [service] }))('node:client', 'cluster:kube'),
    ).toMatchObject({
      flow: { to: { kind: 'service', service: 'web' }, protocol: 'tcp', port: 80 },
    });
  });
  test('nowhere where there is nothing', () => {
    expect(flowRefusal(design, 'node:client', 'cluster:kube')).toBe('nothing-in-cluster');
  });
});

test.each<[from: string, to: string | undefined, refusal: string | undefined]>([
  ['node:client', 'node:client', 'itself'],
  ['site:office', undefined, 'from-place'],
  ['cluster:kube', undefined, 'from-place'],
  ['node:client', 'site:office', 'to-place'],
  ['node:client', 'segment:lan', 'to-place'],
  ['node:client', 'node:gone', 'to-place'],
  ['segment:lan', undefined, undefined],
])('a flow from %s to %s: %s', (from, to, refusal) => {
  expect(flowRefusal(design, from, to)).toBe(refusal);
});
