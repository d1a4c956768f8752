import type { Design } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';

/** A small valid design with every kind of entity, every function of a node, and nearly every key. */
export const oneOfEverything: Design = network()
  .site('cloud', 'cloud')
  .site('rack', 'data-centre', 'cloud')
  .transportZone('tz', { vniPool: { from: 6000, to: 6999 }, udpPort: 4789 })
  .segment('lan', ['10.0.0.0/24', '2001:db8::/64'], {
    gateway: '10.0.0.1',
    site: 'rack',
    mtu: 9000,
  })
  .vlan('vlan-7', 7, '10.7.0.0/24')
  .vxlan('switch', 6000, '10.60.0.0/24')
  .segment('vteps', '10.200.0.0/24')
  .host('a', '10.0.0.2/24,2001:db8::2/64', {
    tags: ['client'],
    site: 'rack',
    gateway: '10.0.0.1',
    resolvers: ['10.0.0.3'],
    searchDomains: ['corp.example'],
    listens: ['tcp 443 at 10.0.0.2'],
    runsOn: 'esxi',
    artifactMirror: { kinds: ['images'], scheme: 'https', port: 8500, artifacts: ['pause:3.1'] },
  })
  .host('b', '10.0.0.3/24', {
    dns: {
      zones: {
        'corp.example': {
          'db.corp.example': ['10.0.0.9', '2001:db8::9'],
          'sql.corp.example': 'db.corp.example',
        },
      },
      forwarders: ['10.0.0.1'],
      conditionalForwarders: [{ domain: 'icp', servers: ['10.0.0.2'] }],
    },
    httpProxy: { port: 3128, allowedSources: ['10.0.0.0/8'], connectPorts: [443] },
  })
  .edge('esg', ['10.0.0.1/24', '10.7.0.1/24', 'up=172.16.0.1/30'], {
    routes: ['default: 0.0.0.0/0 via 172.16.0.2 metric 5 distance 10', '10.9.0.0/16 discard'],
    firewall: ['web: accept tcp 443,8000-8100 from any to 10.0.0.2 in eth0', 'rest: deny'],
    nat: [
      'out: snat 10.0.0.0/24 to interface on eth1 for any',
      'in: dnat 10.7.0.9 tcp 443 to 10.0.0.2 port 8443 from any',
    ],
    loadBalancers: [
      {
        id: 'lb',
        address: '10.0.0.8',
        protocol: 'tcp',
        port: 443,
        mode: 'proxy',
        layer: 4,
        members: [{ id: 'm', address: '10.0.0.2', port: 8443, weight: 1 }],
      },
    ],
    virtualIps: [
      { id: 'vip', address: '10.0.0.8', interface: 'eth0', protocol: 'vrrp', priority: 100 },
    ],
  })
  .router('isp', '172.16.0.2/30')
  .link('wan', 'esg/up', 'isp/eth0', { mtu: 1500 })
  .dlr('dlr', '10.60.0.1/24')
  .hypervisor('esxi', [], { vteps: '10.200.0.1/24' })
  .l2Gateway('near', ['up=10.0.0.20/24', 'x=@vlan-7'])
  .l2Gateway('far', ['up=10.200.0.20/24', 'x=@switch'])
  .stretch('hcx', ['vlan-7', 'near', 'up'], ['switch', 'far', 'up'], {
    overheadBytes: 98,
    port: 4500,
  })
  .cluster('k', ['a master', 'b worker'], {
    flavour: 'icp',
    nodePortRange: { from: 30000, to: 32767 },
    calico: {
      ipPools: [
        { id: 'pool', cidr: '172.28.0.0/16', ipInIp: 'always', natOutgoing: true, blockLength: 26 },
      ],
      mtu: 1430,
      blocks: [{ node: 'a', cidr: '172.28.0.0/26' }],
    },
    namespaces: [{ name: 'default', labels: { tier: 'web' } }],
    dns: { service: 'web', domain: 'cluster.local' },
    ingressController: { workload: 'web', httpPort: 80 },
  })
  .workload('web', ['a', 'b'], { ports: ['http 8080'] })
  .service('web', '172.29.0.10', ['http 80 -> http node 30080'])
  .ingress('shop', ['shop.example.com/ -> web:http'], { defaultBackend: 'web:80' })
  .networkPolicy('lock', {
    podSelector: {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['web'] }],
    },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }, { podSelector: {} }],
        ports: [{ port: 8080, endPort: 8090 }],
      },
    ],
    egress: [{ to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP', port: 'dns' }] }],
  })
  .calicoPolicy('nodes', {
    order: 1100.5,
    selector: "ibm.role in { 'worker_public' }",
    applyOnForward: true,
    preDNAT: true,
    ingress: [
      {
        action: 'Deny',
        protocol: 'TCP',
        source: { nets: ['10.0.0.0/8'], notNets: ['10.0.0.5'], selector: 'all()' },
        destination: { ports: [80, '30000:32767', 'http'] },
      },
    ],
  })
  .calicoPolicy('ping', {
    namespace: 'default',
    types: ['Egress'],
    egress: [{ action: 'Allow', protocol: 'ICMP', icmp: { type: 8, code: 0 } }],
  })
  .hostEndpoint('a-lan', 'a/eth0', {
    expectedIPs: ['10.0.0.2'],
    labels: { 'ibm.role': 'worker_public' },
  })
  .group('clients', ['a', 'web-1', '10.0.0.77@lan'])
  .flow('f', { kind: 'node', node: 'a', address: '10.0.0.2' }, 'https://shop.example.com/', {
    packetBytes: 1500,
    df: true,
    family: 4,
    proxy: { host: '10.0.0.3', port: 3128, client: 'go', noProxy: '.icp' },
  })
  .flow('g', '10.0.0.77@lan', 'service:web', { port: 80, protocol: 'tcp' })
  .add('intent', { id: 'i', subject: { kind: 'flow', flow: 'f' }, expect: 'reachable' })
  .add('intent', {
    id: 'j',
    subject: {
      kind: 'matrix',
      sources: ['clients'],
      destinations: ['clients'],
      services: [{ protocol: 'tcp', port: 80 }, { protocol: 'icmp' }],
    },
    expect: 'blocked',
  })
  .add('install-scenario', {
    id: 's',
    product: 'icp-ce',
    mode: 'proxy',
    cluster: 'k',
    artifacts: [{ kind: 'image', reference: 'pause:3.1', neededBy: ['worker'] }],
    bundle: ['pause:3.1'],
    settings: [
      {
        client: 'docker',
        nodes: ['a'],
        source: '/etc/docker/daemon.json',
        values: { HTTP_PROXY: 'http://10.0.0.3:3128' },
      },
    ],
  })
  .add('layout', { id: 'node:a', x: 1, y: 2.5, width: 100, height: 50, collapsed: false })
  .build('one of everything');

type Json = Record<string, unknown> | unknown[];

/** A copy of a document with the value at a path (`nodes[0].id`) replaced; taken out where the value is undefined. */
export function withValue(
  document: unknown,
  path: string,
  value: unknown,
): Record<string, unknown> {
  const copy = structuredClone(document) as Record<string, unknown>;
  const keys = [...path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) => quoted ?? plain ?? Number(index),
  );
  const last = keys.pop();
  const holder = keys.reduce<unknown>((at, key) => (at as Json)[key as never], copy) as Json;
  if (last === undefined || typeof holder !== 'object') throw new Error(`no such place: ${path}`);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else (holder as Record<string | number, unknown>)[last] = value;
  return copy;
}
