/** A cluster whose intents ask for most of what policies can do, and for some of what they cannot. */
import type { EntityOf } from '../../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../../builders/network.ts';

type Expect = EntityOf<'intent'>['expect'];

/** An intent for one flow of the same id. */
const intend = (net: NetworkBuilder, expect: Expect, ...flows: string[]): NetworkBuilder =>
  flows.reduce(
    (before, flow) => before.add('intent', { id: flow, subject: { kind: 'flow', flow }, expect }),
    net,
  );

export function cluster(): NetworkBuilder {
  const gateway = '10.0.0.1';
  return network()
    .segment('lan', '10.0.0.0/24')
    .router('gw', '10.0.0.1/24')
    .host('n1', '10.0.0.11/24', { gateway })
    .host('n2', '10.0.0.12/24', { gateway })
    .host('client', '10.0.0.50/24', { gateway })
    .host('other-client', '10.0.0.51/24', { gateway })
    .host('vm', '10.0.0.60/24', { gateway, listens: ['tcp 443'] })
    .host('other-vm', '10.0.0.61/24', { gateway, listens: ['tcp 443'] })
    .cluster('k8s', ['n1', 'n2'], {
      dns: { service: 'kube-dns' },
      namespaces: [{ name: 'shop' }, { name: 'data' }, { name: 'kube-system' }],
    })
    .workload('kube-dns', ['n1', 'n2'], {
      namespace: 'kube-system',
      labels: { 'k8s-app': 'kube-dns' },
      ports: ['dns 53/UDP', 'dns-tcp 53'],
    })
    .service('kube-dns', '172.29.0.10', ['dns 53/UDP', 'dns-tcp 53'], {
      namespace: 'kube-system',
      selector: { 'k8s-app': 'kube-dns' },
    })
    .workload('web', ['n1', 'n2'], { namespace: 'shop', ports: ['http 8080'] })
    .service('web', '172.29.0.20', ['http 80 -> 8080 node 30080'], { namespace: 'shop' })
    .workload('api', ['n1', 'n2'], { namespace: 'shop', ports: ['http 8080'] })
    .service('api', '172.29.0.21', ['http 80 -> http'], { namespace: 'shop' })
    .workload('db', ['n2', 'n1'], { namespace: 'data', ports: ['5432'] })
    .service('db', '172.29.0.22', ['5432'], { namespace: 'data' });
}

export function shop(): NetworkBuilder {
  const net = cluster()
    .flow('web-to-api', 'web-1', 'api.shop.svc.cluster.local', { port: 80 })
    .flow('api-to-db', 'api-1', 'service:db', { port: 5432 })
    .flow('web-to-db', 'web-1', 'service:db', { port: 5432 })
    // One pod of a workload, and not another.
    .flow('api-2-to-db', 'api-2', 'db-1', { port: 5432 })
    .flow('ping-api', 'web-1', 'api-1', { protocol: 'icmp' })
    .flow('ping-db', 'web-1', 'db-1', { protocol: 'icmp' })
    .flow('web-to-vm', 'web-1', '10.0.0.60', { port: 443 })
    .flow('web-to-other-vm', 'web-1', '10.0.0.61', { port: 443 })
    .flow('client-to-web', 'client', '10.0.0.11', { port: 30080 })
    .flow('client-to-db', 'client', '172.28.0.4', { port: 5432 });
  intend(net, 'reachable', 'web-to-api', 'api-to-db', 'ping-api', 'web-to-vm', 'client-to-web');
  intend(net, 'blocked', 'web-to-db', 'api-2-to-db', 'ping-db', 'web-to-other-vm');
  return net;
}

export { intend };
