import { describe, expect, test } from 'vitest';
import {
  importKubernetes,
  type ClusterOptions,
} from '../../../src-main/interop/kubernetes/index.ts';
import { compile, simulate } from '../../../src-main/sim/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { flowOf, network } from '../../builders/network.ts';
import { cluster } from '../../sim/cluster.ts';

const read = (text: string, options: Partial<ClusterOptions> = {}) =>
  importKubernetes([{ name: 'a.yaml', text }], options);

function design(text: string, options: Partial<ClusterOptions> = {}): Design {
  const found = read(text, options);
  if (!found.ok) throw new Error(JSON.stringify(found.issues, null, 1));
  return found.design;
}
const remarks = (text: string): string[] => {
  const found = read(text);
  if (!found.ok) throw new Error(JSON.stringify(found.issues, null, 1));
  return found.remarks.map(
    ({ file, line, about, text: why }) => `${file}:${line}: ${about}: ${why}`,
  );
};
const issues = (text: string): string[] => {
  const found = read(text);
  return found.ok
    ? []
    : found.issues.map(({ file, line, text: what }) => `${file}:${line}: ${what}`);
};

const deployment = (name: string, replicas: number, more = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers: [{name: c, image: ${name}, ports: [{name: http, containerPort: 80}]}]
${more}---`;
const service = (name: string, spec: string) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}], ${spec}}
---`;

describe('pods', () => {
  test('are spread over the nodes, and have addresses of their blocks', () => {
    const [workload] = design(deployment('web', 4)).workloads ?? [];
    expect(workload?.pods).toEqual([
      { id: 'web-1', node: 'node-1', addresses: ['172.30.0.2'] },
      { id: 'web-2', node: 'node-2', addresses: ['172.30.0.66'] },
      { id: 'web-3', node: 'node-3', addresses: ['172.30.0.130'] },
      { id: 'web-4', node: 'node-1', addresses: ['172.30.0.3'] },
    ]);
  });

  test('more of them than a block holds get another block', () => {
    const made = design(deployment('web', 100), { nodes: 1 });
    expect(made.clusters?.[0]?.calico?.blocks).toEqual([
      { node: 'node-1', cidr: '172.30.0.0/26' },
      { node: 'node-1', cidr: '172.30.0.64/26' },
    ]);
    const addresses = made.workloads?.[0]?.pods.flatMap((pod) => pod.addresses ?? []) ?? [];
    expect(new Set(addresses).size).toBe(100);
  });

  test('of both families where the cluster has both', () => {
    const made = design(deployment('web', 1), { podCidrs: ['172.30.0.0/16', 'fd30::/112'] });
    expect(made.workloads?.[0]?.pods[0]?.addresses).toEqual(['172.30.0.2', 'fd30::2']);
  });

  test('go where their node selector and node name say', () => {
    const nodes = ['one', 'two']
      .map(
        (name, at) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {disk: ${at === 0 ? 'ssd' : 'hdd'}}}
spec: {podCIDR: 10.244.${at}.0/24}
status: {addresses: [{type: InternalIP, address: 10.10.0.${at + 50}}]}
---`,
      )
      .join('');
    const made = design(
      `${nodes}${deployment('fast', 2, '      nodeSelector: {disk: ssd}\n')}${deployment('pinned', 1, '      nodeName: two\n')}`,
      { podCidrs: ['10.244.0.0/16'] },
    );
    const placed = made.workloads?.flatMap(({ pods }) =>
      pods.map(({ id, node, addresses }) => [id, node, ...(addresses ?? [])]),
    );
    expect(placed).toEqual([
      ['fast-1', 'one', '10.244.0.2'],
      ['fast-2', 'one', '10.244.0.3'],
      ['pinned-1', 'two', '10.244.1.2'],
    ]);
    expect(made.nodes?.find(({ id }) => id === 'two')?.interfaces?.[0]?.addresses).toEqual([
      '10.10.0.51/24',
    ]);
  });

  test('of a running cluster keep node, address and state, and come once', () => {
    const owned = (kind: string, name: string) =>
      `ownerReferences: [{apiVersion: apps/v1, kind: ${kind}, name: ${name}, uid: x}]`;
    const made = design(`${deployment('web', 3)}
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web-abc, ${owned('Deployment', 'web')}}
spec: {replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: []}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web-abc-1, labels: {app: web}, ${owned('ReplicaSet', 'web-abc')}}
spec: {nodeName: node-2, containers: [{name: c}]}
status: {phase: Running, podIP: 172.30.0.99, conditions: [{type: Ready, status: "False"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web-abc-2, labels: {app: web}, ${owned('ReplicaSet', 'web-abc')}}
spec: {nodeName: node-3, containers: [{name: c}]}
status: {phase: Running, podIP: 172.30.0.2}
`);
    expect(made.workloads).toHaveLength(1);
    expect(made.workloads?.[0]?.pods).toEqual([
      { id: 'web-abc-1', node: 'node-2', addresses: ['172.30.0.99'], state: 'not-ready' },
      { id: 'web-abc-2', node: 'node-3', addresses: ['172.30.0.2'] },
    ]);
  });

  test('go into the cluster of a design, beside what is there', () => {
    const drawn = cluster()
      .workload('old', ['n1'], { ports: ['80'] })
      .build();
    const [target] = drawn.clusters ?? [];
    if (!target) throw new Error('no cluster');
    const found = importKubernetes(
      [{ name: 'a.yaml', text: deployment('web', 2) + service('web', 'type: ClusterIP') }],
      {},
      { design: drawn, cluster: target },
    );
    if (!found.ok) throw new Error(JSON.stringify(found.issues));
    const asked = network(found.design).flow('asked', 'old-1', 'service:web', { port: 80 }).build();
    expect(simulate(compile(asked), flowOf(asked, 'asked'), {}).status).toBe('reachable');
  });
});

describe('services', () => {
  test('get cluster IPs and node ports in order, around those that are given', () => {
    const made = design(
      `${deployment('a', 1)}${service('a', 'type: NodePort')}${service('b', 'clusterIP: 172.21.0.20')}${service('c', 'type: LoadBalancer, loadBalancerIP: 10.10.0.200')}${service('d', 'clusterIP: None')}`,
    );
    expect(
      made.services?.map(({ id, clusterIps, headless, loadBalancerIps, ports }) => [
        id,
        clusterIps,
        headless,
        loadBalancerIps,
        ports?.[0]?.nodePort,
      ]),
    ).toEqual([
      ['a', ['172.21.0.21'], undefined, undefined, 30000],
      ['b', ['172.21.0.20'], undefined, undefined, undefined],
      ['c', ['172.21.0.22'], undefined, ['10.10.0.200'], 30001],
      ['d', undefined, true, undefined, undefined],
    ]);
  });

  test('without selector have the endpoints that are listed for them', () => {
    const made = design(`
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {ports: [{port: 5432}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db-1, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
endpoints: [{addresses: [192.0.2.7]}, {addresses: [192.0.2.8], conditions: {ready: false}}]
ports: [{port: 5433}]
`);
    expect(made.services?.[0]?.endpoints).toEqual([{ address: '192.0.2.7', port: 5433 }]);
  });
});

describe('what has no part in the design', () => {
  test('is listed with its place and reason', () => {
    const text = `${deployment('web', 1, '      dnsPolicy: None\n      hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]\n')}
apiVersion: v1
kind: ConfigMap
metadata: {name: x}
---
apiVersion: example.com/v1
kind: Gadget
metadata: {name: y}
---
just: a map
`;
    expect(remarks(text)).toEqual([
      'a.yaml:12: Deployment default/web: dnsPolicy is not carried over: pods ask the cluster DNS',
      'a.yaml:13: Deployment default/web: hostAliases are not carried over: names are looked up in the DNS',
      'a.yaml:15: ConfigMap default/x: not used: a ConfigMap sends and receives nothing',
      'a.yaml:19: Gadget default/y: not used: example.com/v1 Gadget is not known here',
      'a.yaml:23: the document: has no kind and apiVersion: it is no Kubernetes object',
    ]);
  });

  test('Calico policies with parts that are not simulated are left out whole', () => {
    const policy = (rule: string) => `
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: p}
spec: {order: 10, selector: all(), types: [Ingress], ingress: [${rule}]}
`;
    expect(design(deployment('w', 1) + policy('{action: Deny}')).calicoPolicies).toHaveLength(1);
    expect(
      remarks(deployment('w', 1) + policy('{action: Deny, http: {methods: [GET]}}'))[0],
    ).toContain('left out whole, since it holds what is not simulated: http');
  });
});

describe('what cannot be is told with file, line, value and expectation', () => {
  test.each([
    ['a: [', 'a.yaml:1: not YAML:'],
    [
      'kind: X\nname: {{ .Values.x }}\n',
      'a.yaml:2: "{{ .Values.x }}" is a template: expected rendered',
    ],
    [
      deployment('web', 1) + deployment('web', 1),
      'a.yaml:13: Deployment default/web is there already: a.yaml:2',
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ports:\n  - port: 70000\n',
      'a.yaml:6: Service a: spec.ports[0].port is 70000: expected a port from 1 to 65535',
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  type: Magic\n',
      'a.yaml:5: Service a: spec.type is "Magic": expected ClusterIP, NodePort, LoadBalancer or ExternalName',
    ],
    ['apiVersion: v1\nkind: Pod\nspec: {}\n', 'a.yaml:1: Pod: metadata.name is missing'],
    [
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p}\nspec:\n  podSelector: {}\n  ingress:\n  - from:\n    - ipBlock: {cidr: 10.0.0.1/8}\n',
      'NetworkPolicy default/p: networkPolicies[0].ingress[0].from[0].ipBlock.cidr is "10.0.0.1/8"',
    ],
  ])('%j', (text, expected) => {
    expect(issues(text)[0]).toContain(expected);
  });

  test('line ends, byte order marks, comments and empty documents are no matter', () => {
    const text = `\ufeff# first\n---\n---\n${deployment('web', 1)}\n# last\n`.replaceAll(
      '\n',
      '\r\n',
    );
    expect(design(text).workloads).toHaveLength(1);
  });
});
