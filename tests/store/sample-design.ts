import type { Design } from '../../src-main/model/design.ts';
import { parseDesign } from '../../src-main/model/validate.ts';
import { network } from '../builders/network.ts';

/** A small design that has every kind of entity, several of some, and texts of every script. */
export function sampleDesign(): Design {
  const built = network()
    .site('world', 'internet')
    .site('cloud', 'cloud')
    .site('hall', 'data-centre', 'cloud')
    .transportZone('tz', { vniPool: { from: 5000, to: 5999 } })
    .segment('office', '192.168.20.0/24', { gateway: '192.168.20.1' })
    .vlan('vlan-10', 10, ['10.0.10.0/24', '2001:db8:10::/64'])
    .vxlan('app', 5001, '172.16.0.0/24')
    .router('xcr', ['192.168.20.1/24', '10.0.10.1/24,2001:db8:10::1/64'])
    .hypervisor('esxi', '10.0.10.2/24', { vteps: '10.0.10.12/24' })
    .l2Gateway('hcx-a', ['192.168.20.5/24', 'up=10.0.10.5/24'])
    .l2Gateway('hcx-b', ['172.16.0.5/24', 'up=10.0.10.6/24'])
    .host('worker', '172.16.0.10/24', { listens: ['tcp 443'] })
    .host('client', '192.168.20.9/24', { gateway: '192.168.20.1' })
    .router('far', 'wan=203.0.113.1/30')
    .router('near', 'wan=203.0.113.2/30')
    .link('wan', 'far/wan', 'near/wan')
    .stretch('l2', ['office', 'hcx-a', 'up'], ['app', 'hcx-b', 'up'])
    .cluster('icp', ['worker'])
    .workload('web', ['worker'])
    .service('web', '172.29.0.10', ['http 80 -> 8080'])
    .ingress('shop', ['shop.example.com/ -> web:80'])
    .flow('client-to-worker', 'client', 'worker', { port: 443 })
    .add('network-policy', {
      id: 'deny',
      cluster: 'icp',
      namespace: 'default',
      podSelector: {},
      policyTypes: ['Ingress'],
    })
    .calicoPolicy('node-ports', {
      preDNAT: true,
      applyOnForward: true,
      ingress: [{ action: 'Deny' }],
    })
    .hostEndpoint('worker-all', 'worker/*')
    .add('group', { id: 'clients', members: [{ kind: 'node', node: 'client' }] })
    .add('intent', {
      id: 'works',
      subject: { kind: 'flow', flow: 'client-to-worker' },
      expect: 'reachable',
    })
    .add('install-scenario', { id: 'offline', product: 'icp-ce', mode: 'air-gapped' })
    .add('layout', { id: 'node:client', x: -12.5, y: 1e-7, collapsed: false })
    .add('layout', { id: 'segment:office', x: 0.1, y: 400, width: 300, height: 80 })
    .build();
  const notes = 'Line one\nLine two\t"quoted" \u0000 \u2028';
  const parsed = parseDesign({ ...built, name: 'Größe, 大小, حجم 🛰', notes });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
}
