import { describe, expect, test } from 'vitest';
import { connectionsOf, lineOf } from '../../src-main/connections/index.ts';
import type { NetworkPolicy } from '../../src-main/model/design.ts';
import type { NetworkBuilder } from '../builders/network.ts';
import { cluster } from '../sim/cluster.ts';

/** What the first cluster of a network lets through, as lines. */
function lines(net: NetworkBuilder): string[] {
  const design = net.build();
  const [first] = design.clusters ?? [];
  return first ? connectionsOf(design, first).map(lineOf) : [];
}

/** Workloads web, api and db in namespaces front, back and data, IPv4 alone. */
const shop = (policies: Readonly<Record<string, Partial<NetworkPolicy>>> = {}): NetworkBuilder => {
  const net = cluster(undefined, {
    podCidrs: ['172.28.0.0/16'],
    serviceCidrs: ['172.29.0.0/16'],
    namespaces: [
      { name: 'front', labels: { tier: 'front' } },
      { name: 'back', labels: { tier: 'back' } },
      { name: 'data' },
    ],
  })
    .workload('web', ['n1', 'n2'], { namespace: 'front', ports: ['http 8080'] })
    .workload('api', ['n2'], { namespace: 'back', ports: ['http 9090', 'metrics 9100'] })
    .workload('db', ['n3'], { namespace: 'data', ports: ['sql 5432'], kind: 'stateful-set' });
  for (const [id, policy] of Object.entries(policies)) net.networkPolicy(id, policy);
  return net;
};
const [web, api, db, all] = [
  'front/web[Deployment]',
  'back/api[Deployment]',
  'data/db[StatefulSet]',
  '0.0.0.0-255.255.255.255',
];
const fromAnywhere = (lone: string) => [`${all} => ${lone} : All Connections`];
const toAnywhere = (lone: string) => [`${lone} => ${all} : All Connections`];

const denyIn = (namespace: string): Partial<NetworkPolicy> => ({
  namespace,
  policyTypes: ['Ingress'],
});

test('without policies everything may go everywhere, but no workload is a pair with itself', () => {
  expect(lines(shop())).toEqual([
    ...fromAnywhere(api),
    ...fromAnywhere(db),
    ...fromAnywhere(web),
    ...toAnywhere(api),
    `${api} => ${db} : All Connections`,
    `${api} => ${web} : All Connections`,
    ...toAnywhere(db),
    `${db} => ${api} : All Connections`,
    `${db} => ${web} : All Connections`,
    ...toAnywhere(web),
    `${web} => ${api} : All Connections`,
    `${web} => ${db} : All Connections`,
  ]);
});

test('policies of both ends count, and only the ports that both let through', () => {
  const net = shop({
    // into db: tcp 5432-5440 and udp from api alone
    db: {
      namespace: 'data',
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { tier: 'back' } } }],
          ports: [{ protocol: 'TCP', port: 5432, endPort: 5440 }, { protocol: 'UDP' }],
        },
      ],
    },
    // out of api: tcp 5435 and above, udp 53
    api: {
      namespace: 'back',
      policyTypes: ['Egress'],
      egress: [
        {
          ports: [
            { protocol: 'TCP', port: 5435, endPort: 6000 },
            { protocol: 'UDP', port: 53 },
          ],
        },
      ],
    },
    web: denyIn('front'),
  });
  expect(lines(net)).toEqual([
    ...fromAnywhere(api),
    `${api} => ${all} : TCP 5435-6000,UDP 53`,
    `${api} => ${db} : TCP 5435-5440,UDP 53`,
    ...toAnywhere(db),
    `${db} => ${api} : All Connections`,
    ...toAnywhere(web),
    `${web} => ${api} : All Connections`,
  ]);
});

test('ranges of ports that touch are one, and all ports of a protocol are written out', () => {
  const net = shop({
    api: {
      namespace: 'back',
      ingress: [
        {
          ports: [
            { protocol: 'TCP', port: 80 },
            { protocol: 'TCP', port: 81, endPort: 90 },
          ],
        },
        { ports: [{ protocol: 'TCP', port: 443 }, { protocol: 'SCTP' }] },
      ],
    },
  });
  expect(lines(net)).toContain(`${web} => ${api} : SCTP 1-65535,TCP 80-90,443`);
});

test('names of ports are those of the destination', () => {
  const net = shop({
    api: { namespace: 'back', ingress: [{ ports: [{ protocol: 'TCP', port: 'metrics' }] }] },
    db: { namespace: 'data', ingress: [{ ports: [{ protocol: 'TCP', port: 'metrics' }] }] },
  });
  const found = lines(net);
  expect(found).toContain(`${web} => ${api} : TCP 9100`);
  expect(found.filter((line) => line.includes(`=> ${db}`))).toEqual([]);
});

describe('the outside world', () => {
  test('is cut where the policies cut it, exceptions too, and merged where nothing changes', () => {
    const net = shop({
      web: {
        namespace: 'front',
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          { from: [{ ipBlock: { cidr: '198.51.100.0/24', except: ['198.51.100.64/26'] } }] },
          { from: [{ ipBlock: { cidr: '198.51.101.0/24' } }] },
        ],
        egress: [
          { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] },
          {
            to: [{ ipBlock: { cidr: '10.0.0.0/8' } }],
            ports: [{ protocol: 'TCP', port: 443 }],
          },
        ],
      },
    });
    expect(lines(net).filter((line) => line.includes('front/web') && /\d-\d/.test(line))).toEqual([
      `198.51.100.0-198.51.100.63 => ${web} : All Connections`,
      `198.51.100.128-198.51.101.255 => ${web} : All Connections`,
      `${web} => 0.0.0.0-9.255.255.255 : All Connections`,
      `${web} => 10.0.0.0-10.255.255.255 : TCP 443`,
      `${web} => 11.0.0.0-255.255.255.255 : All Connections`,
    ]);
  });

  test('is told by family where there are pods of both', () => {
    const net = cluster()
      .workload('web', ['n1'], { ports: ['80'] })
      .networkPolicy('web', {
        ingress: [{ from: [{ ipBlock: { cidr: '2001:db8::/32' } }] }],
      });
    expect(lines(net)).toEqual([
      '2001:db8::-2001:db8:ffff:ffff:ffff:ffff:ffff:ffff => default/web[Deployment] : All Connections',
      `default/web[Deployment] => ${all} : All Connections`,
      'default/web[Deployment] => ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff : All Connections',
    ]);
  });

  test('an IP block of pod addresses lets pods through as well', () => {
    const net = shop({
      db: { namespace: 'data', ingress: [{ from: [{ ipBlock: { cidr: '172.28.0.64/26' } }] }] },
    });
    const found = lines(net);
    // web-2 and api-1 are on n2, whose block that is; web-1 is not.
    expect(found).toContain(`${api} => ${db} : All Connections`);
    expect(found).toContain(`${web} => ${db} : All Connections`);
    expect(found).toContain(`172.28.0.64-172.28.0.127 => ${db} : All Connections`);
  });
});

test('pods on the host network are nodes: no selector knows them, and pods of their own node are open to them', () => {
  const net = shop({
    web: { namespace: 'front', ingress: [{ from: [{ podSelector: {}, namespaceSelector: {} }] }] },
    db: { namespace: 'data', ingress: [{ from: [{ podSelector: {}, namespaceSelector: {} }] }] },
  }).workload('agent', ['n1'], { namespace: 'back', hostNetwork: true, kind: 'daemon-set' });
  const found = lines(net);
  expect(found).toContain(`back/agent[DaemonSet] => ${web} : All Connections`);
  expect(
    found.filter((line) => line === `back/agent[DaemonSet] => ${db} : All Connections`),
  ).toEqual([]);
  expect(found).toContain(`${db} => back/agent[DaemonSet] : All Connections`);
});

describe('the ingress controller', () => {
  const published = (policies: Readonly<Record<string, Partial<NetworkPolicy>>> = {}) =>
    shop(policies)
      .service('web', '172.29.0.1', ['http 80 -> http', 'admin 81 -> 8081'], { namespace: 'front' })
      .service('api', '172.29.0.2', ['http 80 -> http'], { namespace: 'back' })
      .ingress('front', ['shop.example.com/ -> web:http', '/admin -> web:81'], {
        namespace: 'front',
      })
      .ingress('back', [], { namespace: 'back', defaultBackend: 'api:80' });
  const ofController = (net: NetworkBuilder) =>
    lines(net).filter((line) => line.startsWith('{ingress-controller}'));

  test('gets at what ingresses name, by the ports of the pods', () => {
    expect(ofController(published())).toEqual([
      `{ingress-controller} => ${api} : TCP 9090`,
      `{ingress-controller} => ${web} : TCP 8080-8081`,
    ]);
  });

  test('where nobody drew it, only as far as any pod of the cluster would', () => {
    const net = published({
      web: {
        namespace: 'front',
        ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ protocol: 'TCP', port: 8080 }] }],
      },
      api: { namespace: 'back', ingress: [{ from: [{ podSelector: {} }] }] },
    });
    expect(ofController(net)).toEqual([`{ingress-controller} => ${web} : TCP 8080`]);
  });

  test('where it is drawn, as itself', () => {
    const net = published({
      api: {
        namespace: 'back',
        ingress: [
          {
            from: [
              {
                namespaceSelector: {
                  matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
                },
                podSelector: { matchLabels: { app: 'nginx' } },
              },
            ],
          },
        ],
      },
      web: denyIn('front'),
    })
      .workload('nginx', ['n1'], { namespace: 'kube-system', ports: ['80', '443'] })
      .change('cluster', 'k', (found) => ({ ...found, ingressController: { workload: 'nginx' } }));
    expect(ofController(net)).toEqual([`{ingress-controller} => ${api} : TCP 9090`]);
  });
});
