import { describe, expect, test } from 'vitest';
import type { FlowOptions } from '../../builders/options.ts';
import { ask, details, families, reason, route, told, verdict, warned } from '../ask.ts';
import { shop, withPolicies, type Policy } from './network.ts';

const web = { matchLabels: { app: 'web' } };
const db = { matchLabels: { app: 'db' } };
const from = (...peers: NonNullable<NonNullable<Policy['ingress']>[number]['from']>): Policy => ({
  podSelector: db,
  ingress: [{ from: peers }],
});
const to = (...peers: NonNullable<NonNullable<Policy['egress']>[number]['to']>): Policy => ({
  podSelector: web,
  policyTypes: ['Egress'],
  egress: [{ to: peers }],
});
const onPorts = (
  ...ports: NonNullable<NonNullable<Policy['ingress']>[number]['ports']>
): Policy => ({
  podSelector: {},
  ingress: [{ ports }],
});

/** Policies; from; to; whether the connection is let through; more about the flow. */
type Row = readonly [readonly Policy[], string, string, boolean, FlowOptions?];

function eachRow(rows: readonly Row[], family: 4 | 6): void {
  for (const [at, [policies, source, target, allowed, options]] of rows.entries()) {
    test(`row ${at + 1}: ${source} → ${target}`, () => {
      const result = ask(withPolicies(...policies), source, target, { family, ...options });
      expect(result.status, reason(result)).toBe(allowed ? 'reachable' : 'unreachable');
      if (!allowed) expect(result.forward[0]?.disposition).toBe('denied');
      expect(warned(result)).toEqual([]);
    });
  }
}

const rules: Readonly<Record<string, readonly Row[]>> = {
  'pods that no policy selects are open': [
    [[], 'db-1', 'web-2', true],
    [[{ podSelector: db }], 'db-1', 'web-2', true],
    [[{ podSelector: db }], 'tool-1', 'web-2', true],
    [[{ podSelector: {}, namespace: 'pay' }], 'tool-1', 'web-2', true],
  ],
  'a selected pod is isolated for the types of the policy': [
    [[{ podSelector: web }], 'db-1', 'web-2', false],
    [[{ podSelector: web }], 'db-1', 'web-1', false],
    [[{ podSelector: web }], 'web-1', 'db-2', true],
    [[{ podSelector: web, policyTypes: ['Egress'] }], 'db-1', 'web-2', true],
    [[{ podSelector: web, policyTypes: ['Egress'] }], 'web-1', 'db-2', false],
    [[{ podSelector: web, policyTypes: ['Egress'] }], 'web-1', 'db-1', false],
    [[{ podSelector: web, policyTypes: ['Egress'] }], 'web-1', 'pc', false],
    [[{ podSelector: web, policyTypes: ['Ingress', 'Egress'] }], 'web-1', 'db-2', false],
    [[{ podSelector: web, policyTypes: ['Ingress', 'Egress'] }], 'db-1', 'web-2', false],
  ],
  'an empty selector selects all pods of the namespace': [
    [[{ podSelector: {} }], 'tool-1', 'web-2', false],
    [[{ podSelector: {} }], 'tool-1', 'db-2', false],
    [[{ podSelector: {} }], 'tool-1', 'pay-web-2', true],
  ],
  'absent policy types: ingress, and egress where there are egress rules': [
    [[{ podSelector: web, egress: [{}] }], 'db-1', 'web-2', false],
    [[{ podSelector: web, egress: [{}] }], 'web-1', 'db-2', true],
    [[{ podSelector: web, egress: [{ ports: [{ port: 1 }] }] }], 'web-1', 'db-2', false],
    [[{ podSelector: web, egress: [] }], 'web-1', 'db-2', true],
    [[{ podSelector: web, ingress: [{}] }], 'db-1', 'web-2', true],
    [[{ podSelector: web, ingress: [{}] }], 'web-1', 'db-2', true],
    // rules of a direction that the policy is not for count for nothing
    [[{ podSelector: web, policyTypes: ['Egress'], ingress: [{}] }], 'web-1', 'db-2', false],
    [[{ podSelector: web, policyTypes: ['Ingress'], egress: [{}] }], 'db-1', 'web-2', false],
  ],
  'a rule without peers is for everybody, without ports for every port': [
    [[from()], 'tool-1', 'db-2', true],
    [[{ podSelector: db, ingress: [{}] }], 'tool-1', 'db-2', true],
    [[{ podSelector: db, ingress: [{}] }], 'pc', 'db-1', true],
    [[{ podSelector: db, ingress: [{ from: [], ports: [] }] }], 'tool-1', 'db-2', true],
    [[{ podSelector: db, ingress: [{}] }], 'tool-1', 'db-2', true, { protocol: 'icmp' }],
    [[to()], 'web-1', 'pc', true],
  ],
  'a pod selector alone is about the own namespace': [
    [[from({ podSelector: web })], 'web-1', 'db-2', true],
    [[from({ podSelector: web })], 'web-1', 'db-1', true],
    [[from({ podSelector: web })], 'pay-web-1', 'db-2', false],
    [[from({ podSelector: web })], 'audit-1', 'db-2', false],
    [[from({ podSelector: {} })], 'db-1', 'db-2', true],
    [[from({ podSelector: {} })], 'pay-web-1', 'db-2', false],
    [[to({ podSelector: db })], 'web-1', 'db-2', true],
    [[to({ podSelector: db })], 'web-1', 'audit-2', false],
  ],
  'a namespace selector alone is about all pods of those namespaces': [
    [[from({ namespaceSelector: { matchLabels: { team: 'money' } } })], 'audit-1', 'db-2', true],
    [[from({ namespaceSelector: { matchLabels: { team: 'money' } } })], 'pay-web-1', 'db-2', true],
    [[from({ namespaceSelector: { matchLabels: { team: 'money' } } })], 'web-1', 'db-2', false],
    [[from({ namespaceSelector: {} })], 'tool-1', 'db-2', true],
    [[from({ namespaceSelector: {} })], 'web-1', 'db-2', true],
    [[from({ namespaceSelector: {} })], 'pc', 'db-2', false],
    [[to({ namespaceSelector: { matchLabels: { tier: 'gold' } } })], 'web-1', 'audit-2', true],
    [[to({ namespaceSelector: { matchLabels: { tier: 'gold' } } })], 'web-1', 'db-2', false],
  ],
  'two selectors of one peer have to match both, two peers one of them': [
    [
      [from({ namespaceSelector: { matchLabels: { team: 'money' } }, podSelector: web })],
      'pay-web-1',
      'db-2',
      true,
    ],
    [
      [from({ namespaceSelector: { matchLabels: { team: 'money' } }, podSelector: web })],
      'audit-1',
      'db-2',
      false,
    ],
    [
      [from({ namespaceSelector: { matchLabels: { team: 'money' } }, podSelector: web })],
      'web-1',
      'db-2',
      false,
    ],
    [
      [from({ namespaceSelector: { matchLabels: { team: 'money' } } }, { podSelector: web })],
      'audit-1',
      'db-2',
      true,
    ],
    [
      [from({ namespaceSelector: { matchLabels: { team: 'money' } } }, { podSelector: web })],
      'web-1',
      'db-2',
      true,
    ],
    [
      [from({ namespaceSelector: { matchLabels: { team: 'money' } } }, { podSelector: web })],
      'tool-1',
      'db-2',
      false,
    ],
  ],
  'a namespace has its name as a label, whether the design lists it or not': [
    [
      [from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'bare' } } })],
      'tool-1',
      'db-2',
      true,
    ],
    [
      [from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'pay' } } })],
      'audit-1',
      'db-2',
      true,
    ],
    [
      [from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'pay' } } })],
      'tool-1',
      'db-2',
      false,
    ],
  ],
  'expressions: In, NotIn, Exists, DoesNotExist; what is absent is in no list': [
    ...(
      [
        // operator on the pods' label `tier`: web has front, db back, tool none
        ['In', ['front'], { 'web-1': true, 'db-1': false, 'tool-1': false }],
        ['NotIn', ['front'], { 'web-1': false, 'db-1': true, 'tool-1': true }],
        ['Exists', undefined, { 'web-1': true, 'db-1': true, 'tool-1': false }],
        ['DoesNotExist', undefined, { 'web-1': false, 'db-1': false, 'tool-1': true }],
      ] as const
    ).flatMap(([operator, values, expected]) =>
      Object.entries(expected).map(([pod, allowed]): Row => {
        const expression = { key: 'tier', operator, ...(values ? { values: [...values] } : {}) };
        const podSelector = { matchExpressions: [expression] };
        return [[from({ namespaceSelector: {}, podSelector })], pod, 'db-2', allowed];
      }),
    ),
    [
      [
        from({
          podSelector: {
            matchLabels: { app: 'web' },
            matchExpressions: [{ key: 'tier', operator: 'Exists' }],
          },
        }),
      ],
      'web-1',
      'db-2',
      true,
    ],
    [
      [
        from({
          podSelector: {
            matchLabels: { app: 'web' },
            matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }],
          },
        }),
      ],
      'web-1',
      'db-2',
      false,
    ],
  ],
  'ports: protocol TCP when absent, a number, a range, every port of the protocol': [
    [[onPorts({ port: 80 })], 'tool-1', 'web-2', true],
    [[onPorts({ port: 80 })], 'tool-1', 'web-2', false, { port: 443 }],
    [[onPorts({ port: 53 })], 'tool-1', 'web-2', false, { port: 53, protocol: 'udp' }],
    [
      [onPorts({ port: 53, protocol: 'UDP' })],
      'tool-1',
      'web-2',
      true,
      { port: 53, protocol: 'udp' },
    ],
    [[onPorts({ port: 80, protocol: 'UDP' })], 'tool-1', 'web-2', false],
    [[onPorts({ port: 80, protocol: 'SCTP' })], 'tool-1', 'web-2', false],
    [[onPorts({ protocol: 'TCP' })], 'tool-1', 'web-2', true, { port: 443 }],
    [[onPorts({})], 'tool-1', 'web-2', true, { port: 443 }],
    [[onPorts({})], 'tool-1', 'web-2', false, { port: 53, protocol: 'udp' }],
    [[onPorts({ port: 79, endPort: 81 })], 'tool-1', 'web-2', true],
    [[onPorts({ port: 80, endPort: 80 })], 'tool-1', 'web-2', true],
    [[onPorts({ port: 81, endPort: 443 })], 'tool-1', 'web-2', false],
    [[onPorts({ port: 81, endPort: 443 })], 'tool-1', 'web-2', true, { port: 443 }],
    [[onPorts({ port: 81, endPort: 442 })], 'tool-1', 'web-2', false, { port: 443 }],
    [[onPorts({ port: 1 }, { port: 443 })], 'tool-1', 'web-2', true, { port: 443 }],
    // a rule with ports lets no ICMP through
    [[onPorts({ port: 80 })], 'tool-1', 'web-2', false, { protocol: 'icmp' }],
  ],
  'a port by name is what each destination calls so, by protocol': [
    // in shop, web has http on 80; db calls its 80 sql
    [[onPorts({ port: 'http' })], 'tool-1', 'web-2', true],
    [[onPorts({ port: 'http' })], 'tool-1', 'web-2', false, { port: 443 }],
    [[onPorts({ port: 'http' })], 'tool-1', 'db-2', false],
    [[onPorts({ port: 'sql' })], 'tool-1', 'db-2', true],
    [[onPorts({ port: 'sql' }, { port: 443 })], 'tool-1', 'web-2', true, { port: 443 }],
    [[onPorts({ port: 'http', protocol: 'UDP' })], 'tool-1', 'web-2', false],
    [[onPorts({ port: 'nothing' })], 'tool-1', 'web-2', false],
    // in pay, http is 443
    [
      [{ podSelector: web, egress: [{ ports: [{ port: 'http' }] }] }],
      'web-1',
      'pay-web-2',
      true,
      { port: 443 },
    ],
    [[{ podSelector: web, egress: [{ ports: [{ port: 'http' }] }] }], 'web-1', 'pay-web-2', false],
    [[{ podSelector: web, egress: [{ ports: [{ port: 'http' }] }] }], 'web-1', 'db-2', false],
    [[{ podSelector: web, egress: [{ ports: [{ port: 'http' }] }] }], 'web-1', 'pc', false],
  ],
  'peers and ports of one rule have to match both': [
    [
      [{ podSelector: db, ingress: [{ from: [{ podSelector: web }], ports: [{ port: 443 }] }] }],
      'web-1',
      'db-2',
      true,
      { port: 443 },
    ],
    [
      [{ podSelector: db, ingress: [{ from: [{ podSelector: web }], ports: [{ port: 443 }] }] }],
      'web-1',
      'db-2',
      false,
    ],
    [
      [
        {
          podSelector: db,
          ingress: [{ from: [{ podSelector: web }] }, { ports: [{ port: 443 }] }],
        },
      ],
      'tool-1',
      'db-2',
      true,
      { port: 443 },
    ],
    [
      [
        {
          podSelector: db,
          ingress: [{ from: [{ podSelector: web }] }, { ports: [{ port: 443 }] }],
        },
      ],
      'tool-1',
      'db-2',
      false,
    ],
  ],
  'policies add up': [
    [[{ podSelector: {} }, from({ podSelector: web })], 'web-1', 'db-2', true],
    [[{ podSelector: {} }, from({ podSelector: web })], 'tool-1', 'db-2', false],
    [[from({ podSelector: web }), { podSelector: {} }], 'web-1', 'db-2', true],
    [[from({ podSelector: web }), onPorts({ port: 443 })], 'tool-1', 'db-2', true, { port: 443 }],
    [[from({ podSelector: web }), onPorts({ port: 443 })], 'tool-1', 'db-2', false],
  ],
  'a connection needs the egress of its source and the ingress of its destination': [
    [[to({ podSelector: db }), { podSelector: db }], 'web-1', 'db-2', false],
    [[to({ podSelector: web }), from({ podSelector: web })], 'web-1', 'db-2', false],
    [[to({ podSelector: db }), from({ podSelector: web })], 'web-1', 'db-2', true],
    [[to({ podSelector: db }), from({ podSelector: web })], 'web-1', 'db-1', true],
  ],
};

describe.each(families)('over IPv%d', (family) => {
  for (const [rule, rows] of Object.entries(rules)) {
    describe(rule, () => eachRow(rows, family));
  }
});

describe.each([
  [4, '10.0.3.9', '10.0.3.0/24', '10.0.3.8/29', '172.28.0.0/16'],
  [6, '2001:db8:3::9', '2001:db8:3::/64', '2001:db8:3::8/125', 'fd28::/112'],
] as const)('IP blocks of IPv%d', (family, pc, office, part, pods) => {
  const block = (cidr: string, ...except: string[]): Policy =>
    from({ ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } });
  const blockTo = (cidr: string, ...except: string[]): Policy =>
    to({ ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } });
  const bits = family === 4 ? 32 : 128;

  const rows: readonly Row[] = [
    [[block(office)], 'pc', 'db-1', true],
    [[block(`${pc}/${bits}`)], 'pc', 'db-1', true],
    [[block(office)], 'web-1', 'db-1', false],
    [[block(office, part)], 'pc', 'db-1', false],
    [[block(office, part), block(part)], 'pc', 'db-1', true],
    // pods by their addresses
    [[block(pods)], 'web-1', 'db-1', true],
    [[block(pods)], 'pc', 'db-1', false],
    [[blockTo(office)], 'web-1', 'pc', true],
    [[blockTo(office, part)], 'web-1', 'pc', false],
    [[blockTo(pods)], 'web-1', 'db-1', true],
    [[blockTo(pods)], 'web-1', 'pc', false],
    // of the other family
    [[block(family === 4 ? '::/0' : '0.0.0.0/0')], 'pc', 'db-1', false],
    [[block(family === 4 ? '0.0.0.0/0' : '::/0')], 'pc', 'db-1', true],
  ];
  eachRow(rows, family);
});

describe('a pod and its node', () => {
  const closed: Policy = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };

  test.each(families)('the node reaches its own pods, IPv%d', (family) => {
    expect(verdict(ask(withPolicies(closed), 'n1', 'web-1', { family }))).toBe('reachable');
    expect(verdict(ask(withPolicies(closed), 'agent-1', 'web-1', { family }))).toBe('reachable');
  });

  test.each(families)('another node does not, IPv%d', (family) => {
    expect(verdict(ask(withPolicies(closed), 'n2', 'web-1', { family }))).toBe('denied at n1');
  });

  test('a pod reaches itself', () => {
    expect(verdict(ask(withPolicies(closed), 'web-1', 'web-1'))).toBe('reachable');
  });

  test.each(families)(
    'the way to its own node is egress, where Kubernetes says else, IPv%d',
    (family) => {
      const result = ask(withPolicies(closed), 'web-1', 'n1', { family, port: 22 });
      expect(verdict(result)).toBe('denied at n1');
      expect(warned(result)).toEqual(['ambiguous']);
      expect(result.warnings[0]?.detail).toMatchObject({ ownNode: 'n1', policy: 'p1' });
      const open = withPolicies(
        to({ ipBlock: { cidr: family === 4 ? '10.0.1.11/32' : '2001:db8:1::11/128' } }),
      );
      const allowed = ask(open, 'web-1', 'n1', { family, port: 22 });
      expect(verdict(allowed)).toBe('reachable');
      expect(warned(allowed)).toEqual([]);
    },
  );
});

describe('pods on the host network', () => {
  test('are not selected', () => {
    const net = withPolicies({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(verdict(ask(net, 'tool-1', 'agent-2'))).toBe('reachable');
    expect(verdict(ask(net, 'agent-2', 'pc'))).toBe('reachable');
  });

  test('are no peers by their labels, but by the address of their node', () => {
    const never = (policy: Policy) =>
      withPolicies(policy).change('cluster', 'k', (found) => ({
        ...found,
        calico: { ipPools: [{ id: 'pool', cidr: '172.28.0.0/16' }] },
      }));
    const byLabel = never(from({ podSelector: web }, { namespaceSelector: {} }));
    expect(verdict(ask(byLabel, 'agent-2', 'db-1'))).toBe('denied at n1');
    const byAddress = never(from({ ipBlock: { cidr: '10.0.1.12/32' } }));
    expect(verdict(ask(byAddress, 'agent-2', 'db-1'))).toBe('reachable');
  });

  test("through the tunnel they have its address, not their node's", () => {
    const byNode = withPolicies(from({ ipBlock: { cidr: '10.0.1.12/32' } }));
    expect(verdict(ask(byNode, 'agent-2', 'db-1'))).toBe('denied at n1');
    const byTunnel = withPolicies(from({ ipBlock: { cidr: '172.28.0.64/32' } }));
    expect(verdict(ask(byTunnel, 'agent-2', 'db-1'))).toBe('reachable');
  });
});

test('pods that terminate still match', () => {
  const net = withPolicies(from({ podSelector: web })).change('workload', 'web', (workload) => ({
    ...workload,
    pods: workload.pods.map((pod) => ({ ...pod, state: 'terminating' as const })),
  }));
  expect(verdict(ask(net, 'web-1', 'db-2'))).toBe('reachable');
  const selected = net.networkPolicy('closed', { namespace: 'shop', podSelector: web });
  expect(verdict(ask(selected, 'db-1', 'web-2'))).toBe('denied at n2');
});

describe('services', () => {
  const clusterIp = { 4: '172.29.0.10', 6: 'fd29::10' };
  const serving = (...policies: readonly Policy[]) =>
    withPolicies(...policies).service('db', [clusterIp[4], clusterIp[6]], ['81 -> 80'], {
      namespace: 'shop',
      selector: { app: 'db' },
    });
  const asked = (net: ReturnType<typeof serving>, family: 4 | 6) =>
    ask(net, 'web-1', clusterIp[family], { family, port: 81 });

  test.each(families)('egress sees the pod behind the service, and its port, IPv%d', (family) => {
    expect(verdict(asked(serving(to({ podSelector: db })), family))).toBe('reachable');
    const port = (number: number): Policy => ({
      podSelector: web,
      egress: [{ to: [{ podSelector: db }], ports: [{ port: number }] }],
    });
    expect(verdict(asked(serving(port(80)), family))).toBe('reachable');
    expect(verdict(asked(serving(port(81)), family))).toBe('denied at n1');
    expect(warned(asked(serving(port(81)), family))).toEqual([]);
  });

  test.each([
    [4, '172.29.0.0/16', '172.28.0.0/16'],
    [6, 'fd29::/112', 'fd28::/112'],
  ] as const)('an IP block may see either address, IPv%d', (family, services, pods) => {
    // the cluster IP is let through, the pod is not: this implementation denies, another would not
    const before = asked(serving(to({ ipBlock: { cidr: services } })), family);
    expect(verdict(before)).toBe('denied at n1');
    expect(warned(before)).toEqual(['ambiguous']);
    expect(details(before, 'network-policy/deny')[0]).toMatchObject({ ambiguous: true });
    const after = asked(serving(to({ ipBlock: { cidr: pods } })), family);
    expect(verdict(after)).toBe('reachable');
    expect(warned(after)).toEqual(['ambiguous']);
    expect(details(after, 'network-policy/accept')[0]).toMatchObject({ ambiguous: true });
    const both = serving(to({ ipBlock: { cidr: services } }, { ipBlock: { cidr: pods } }));
    expect(verdict(asked(both, family))).toBe('reachable');
    expect(warned(asked(both, family))).toEqual([]);
    // a selector knows the pod either way
    const selected = serving(to({ podSelector: db }, { ipBlock: { cidr: services } }));
    expect(warned(asked(selected, family))).toEqual([]);
  });
});

describe('what is masqueraded on its way', () => {
  /** `pc` gets into the cluster by n1, which knows db by a cluster IP; its only pod is on n2. */
  const remote = (...policies: readonly Policy[]) =>
    withPolicies(...policies)
      .workload('store', ['n2'], { namespace: 'shop', labels: { app: 'store' }, ports: ['80'] })
      .service('store', ['172.29.0.11', 'fd29::11'], ['80 node 30080'], {
        namespace: 'shop',
        selector: { app: 'store' },
      })
      .change('node', 'r', (node) => ({
        ...node,
        routes: [
          { destination: '172.29.0.0/16', via: '10.0.1.11' },
          { destination: 'fd29::/112', via: '2001:db8:1::11' },
        ],
      }));
  const store = { matchLabels: { app: 'store' } };
  const letIn = (cidr: string): Policy => ({
    podSelector: store,
    ingress: [{ from: [{ ipBlock: { cidr } }] }],
  });
  const enter = (net: ReturnType<typeof remote>, family: 4 | 6) =>
    ask(net, 'pc', family === 4 ? '172.29.0.11' : 'fd29::11', { family });

  test.each([
    // the client's address; the one that n1 gives it: its tunnel's, or its own where there is none
    [4, '10.0.3.9/32', '172.28.0.0/32'],
    [6, '2001:db8:3::9/128', '2001:db8:1::11/128'],
  ] as const)('has the address that the other node gave it, IPv%d', (family, client, node) => {
    const byClient = enter(remote(letIn(client)), family);
    expect(route(byClient)).toBe('pc → r → n1 → n2');
    expect(verdict(byClient)).toBe('denied at n2');
    expect(warned(byClient)).toEqual(['ambiguous']);
    const byNode = enter(remote(letIn(node)), family);
    expect(verdict(byNode)).toBe('reachable');
    expect(warned(byNode)).toEqual(['ambiguous']);
    const nobody = enter(remote({ podSelector: store }), family);
    expect(verdict(nobody)).toBe('denied at n2');
    expect(warned(nobody)).toEqual([]);
  });

  test.each([
    [4, '10.0.1.11', '10.0.3.9/32', '172.28.0.0/32'],
    [6, '2001:db8:1::11', '2001:db8:3::9/128', '2001:db8:1::11/128'],
  ] as const)('by a node port as well, IPv%d', (family, n1, client, node) => {
    const asked = (policy: Policy) => ask(remote(policy), 'pc', n1, { family, port: 30080 });
    expect(verdict(asked(letIn(client)))).toBe('denied at n2');
    expect(warned(asked(letIn(client)))).toEqual(['ambiguous']);
    expect(verdict(asked(letIn(node)))).toBe('reachable');
  });

  test.each(families)("on the pod's own node it is judged before, IPv%d", (family) => {
    const own = (...policies: readonly Policy[]) =>
      remote(...policies).change('workload', 'store', (workload) => ({
        ...workload,
        pods: workload.pods.map((pod) => ({ ...pod, node: 'n1' })),
      }));
    const client = family === 4 ? '10.0.3.9/32' : '2001:db8:3::9/128';
    const allowed = enter(own(letIn(client)), family);
    expect(verdict(allowed)).toBe('reachable');
    expect(warned(allowed)).toEqual([]);
    // after masquerading it would come from the pod's own node, which always reaches it
    const denied = enter(own({ podSelector: store }), family);
    expect(verdict(denied)).toBe('denied at n1');
    expect(warned(denied)).toEqual(['ambiguous']);
  });

  test.each(families)('replies pass, whatever the policies, IPv%d', (family) => {
    const net = remote({ podSelector: store, policyTypes: ['Ingress', 'Egress'], ingress: [{}] });
    const result = enter(net, family);
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'network-policy/accept', 'reverse')).toEqual([]);
  });
});

test('replies pass, both ways', () => {
  const closed: Policy = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
  const net = withPolicies(closed, to({ podSelector: db }), from({ podSelector: web }));
  const result = ask(net, 'web-1', 'db-2');
  expect(verdict(result)).toBe('reachable');
  expect(route(result, 'reverse')).toBe('db-2 → n2 → n1 → web-1');
  expect(told(result, ['network-policy'], 'reverse')).toEqual([]);
  expect(verdict(ask(net, 'db-2', 'web-1'))).toBe('denied at n2');
});

test('a name that cannot be looked up is a blocked flow', () => {
  const net = withPolicies(to({ podSelector: db }))
    .workload('dns', ['n2'], { namespace: 'bare', ports: ['53/UDP'] })
    .service('dns', '172.29.0.53', ['53/UDP'], { namespace: 'bare' })
    .service('db', '172.29.0.10', ['80'], { namespace: 'shop' })
    .change('cluster', 'k', (found) => ({ ...found, dns: { service: 'dns' } }));
  const asked = (from: string) => ask(net, from, { kind: 'url', url: 'http://db.shop/' });
  expect(asked('web-1').forward[0]?.disposition).toBe('name-not-resolved');
  expect(asked('audit-1').status).toBe('reachable');
});

describe('what the steps tell', () => {
  test('the rule that lets through', () => {
    const net = withPolicies(
      { podSelector: {} },
      { podSelector: db, ingress: [{ ports: [{ port: 1 }] }, { from: [{ podSelector: web }] }] },
      to({ podSelector: db }),
    );
    expect(told(ask(net, 'web-1', 'db-2'), ['network-policy'])).toEqual([
      'n1: Network policy p3 allows egress of pod web-1 by egress[0]',
      'n2: Network policy p2 allows ingress of pod db-2 by ingress[1]',
    ]);
  });

  test('the policies that isolate', () => {
    const net = withPolicies({ podSelector: {} }, from({ podSelector: web }));
    const result = ask(net, 'tool-1', 'db-2');
    expect(told(result, ['network-policy'])).toEqual([
      'n2: Network policy: ingress of pod db-2 is isolated by policies p1, p2: no rule matches',
    ]);
    expect(reason(result)).toBe(
      'Dropped, denied: ingress of pod db-2 is isolated by policies p1, p2: no rule matches',
    );
  });

  test('nothing where no policy selects', () => {
    expect(told(ask(shop(), 'web-1', 'db-2'), ['network-policy'])).toEqual([]);
  });
});
