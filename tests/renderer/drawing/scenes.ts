import { buildScene } from '../../../src-renderer/geometry/build-scene.ts';
import type { Scene } from '../../../src-renderer/geometry/scene.ts';
import type { Design } from '../../../src-main/contract/index.ts';

/** An office with a client and a segment, and a data centre with a hypervisor, its machine, and a cluster beside it. */
export const design = {
  hopscope: 1,
  name: 'Two sites',
  sites: [
    { id: 'office', kind: 'office' },
    { id: 'centre', kind: 'data-centre' },
  ],
  segments: [
    { id: 'lan', kind: 'lan', site: 'office', subnets: [{ cidr: '192.0.2.0/24' }] },
    { id: 'overlay', kind: 'vxlan', vni: 5000, transportZone: 'zone', site: 'centre' },
  ],
  transportZones: [{ id: 'zone' }],
  nodes: [
    {
      id: 'client',
      kind: 'host',
      site: 'office',
      interfaces: [{ id: 'eth0', segment: 'lan', addresses: ['192.0.2.2/24'] }],
    },
    { id: 'router', kind: 'router', name: 'Core', site: 'office' },
    { id: 'rack', kind: 'hypervisor', site: 'centre' },
    {
      id: 'vm',
      kind: 'host',
      site: 'centre',
      runsOn: 'rack',
      listeners: [{ protocol: 'tcp', port: 8443 }],
    },
    { id: 'worker', kind: 'host' },
  ],
  clusters: [
    {
      id: 'kube',
      flavour: 'kubernetes',
      nodes: [{ node: 'worker', roles: ['worker'] }],
      podCidrs: ['172.28.0.0/16'],
      serviceCidrs: ['172.29.0.0/16'],
    },
  ],
  layout: [
    { id: 'site:office', x: 0, y: 0, width: 560, height: 400 },
    { id: 'node:client', x: 40, y: 80 },
    { id: 'node:router', x: 320, y: 80 },
    { id: 'segment:lan', x: 40, y: 240 },
    { id: 'site:centre', x: 640, y: 0, width: 560, height: 400 },
    { id: 'node:rack', x: 680, y: 80, width: 240, height: 176 },
    { id: 'node:vm', x: 720, y: 136 },
    { id: 'segment:overlay', x: 680, y: 320 },
    { id: 'cluster:kube', x: 0, y: 480, width: 420, height: 260 },
    { id: 'node:worker', x: 40, y: 560 },
  ],
} as unknown as Design;

export const sceneOf = (of: Design): Scene => buildScene(of, { view: 'all', hiddenTags: [] }, []);
