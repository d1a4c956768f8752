import { describe, expect, test } from 'vitest';
import type { CalicoPolicy } from '../../../src-main/model/design.ts';
import type { FlowOptions } from '../../builders/options.ts';
import type { NetworkBuilder } from '../../builders/network.ts';
import { ask, families, reason, told, verdict, warned } from '../ask.ts';
import { shop } from './network.ts';

type Policy = Partial<Omit<CalicoPolicy, 'id'>>;
type Rule = NonNullable<CalicoPolicy['ingress']>[number];

/** Named p1, p2, … in their order. */
const withCalico = (...policies: readonly Policy[]): NetworkBuilder =>
  policies.reduce((net, policy, at) => net.calicoPolicy(`p${at + 1}`, policy), shop());

const allow: Rule = { action: 'Allow' };
const deny: Rule = { action: 'Deny' };
const pass: Rule = { action: 'Pass' };
const to = (selector: string, ...ingress: readonly Rule[]): Policy => ({
  selector,
  types: ['Ingress'],
  ingress: [...ingress],
});
const from = (source: Rule['source'] = {}): Rule => ({ action: 'Allow', source });

/** Policies; from; to; whether the connection is let through; more about the flow. */
type Row = readonly [readonly Policy[], string, string, boolean, FlowOptions?];

const db = "app == 'db'";
const rules: Readonly<Record<string, readonly Row[]>> = {
  'a pod that a policy selects is denied what no rule matches': [
    [[to(db)], 'web-1', 'db-2', false],
    [[to(db)], 'db-1', 'web-2', true],
    [[to(db, allow)], 'web-1', 'db-2', true],
    [[to(db, deny)], 'web-1', 'db-2', false],
    [[{ selector: db, types: ['Egress'] }], 'db-1', 'web-2', false],
    [[{ selector: db, types: ['Egress'] }], 'web-1', 'db-2', true],
  ],
  'an absent selector selects every pod, a namespace those of its own': [
    [[{}], 'web-1', 'audit-2', false],
    [[{ selector: '' }], 'web-1', 'audit-2', false],
    [[{ namespace: 'shop' }], 'web-1', 'audit-2', true],
    [[{ namespace: 'pay' }], 'web-1', 'audit-2', false],
    [[{ selector: "app == 'web'", namespace: 'pay' }], 'db-1', 'web-2', true],
    [[{ selector: "projectcalico.org/namespace == 'pay'" }], 'web-1', 'audit-2', false],
    [[{ selector: "projectcalico.org/namespace == 'pay'" }], 'audit-1', 'db-2', true],
    [[{ selector: "projectcalico.org/orchestrator == 'k8s'" }], 'audit-1', 'db-2', false],
  ],
  'a global policy may select by namespaces': [
    [[{ namespaceSelector: "team == 'money'" }], 'web-1', 'audit-2', false],
    [[{ namespaceSelector: "team == 'money'" }], 'web-1', 'db-2', true],
    [[{ namespaceSelector: "projectcalico.org/name == 'bare'" }], 'web-1', 'tool-2', false],
    [[{ namespaceSelector: 'all()' }], 'web-1', 'tool-2', false],
  ],
  'absent types: those that it has rules of, ingress where it has none': [
    [[{ selector: db }], 'web-1', 'db-2', false],
    [[{ selector: db }], 'db-1', 'web-2', true],
    [[{ selector: db, egress: [deny] }], 'web-1', 'db-2', true],
    [[{ selector: db, egress: [deny] }], 'db-1', 'web-2', false],
    [[{ selector: db, ingress: [allow], egress: [deny] }], 'web-1', 'db-2', true],
    [[{ selector: db, ingress: [allow], egress: [deny] }], 'db-1', 'web-2', false],
  ],
  'the first rule that matches decides': [
    [[to(db, { ...deny, source: { selector: "app == 'web'" } }, allow)], 'web-1', 'db-2', false],
    [[to(db, { ...deny, source: { selector: "app == 'web'" } }, allow)], 'tool-1', 'db-2', true],
    [[to(db, allow, deny)], 'web-1', 'db-2', true],
    [[to(db, { action: 'Log' }, allow)], 'web-1', 'db-2', true],
    [[to(db, { action: 'Log' })], 'web-1', 'db-2', false],
  ],
  'policies of a lower order come first, of equal order by name, without one last': [
    [
      [
        { ...to(db, deny), order: 10 },
        { ...to(db, allow), order: 20 },
      ],
      'web-1',
      'db-2',
      false,
    ],
    [
      [
        { ...to(db, deny), order: 20 },
        { ...to(db, allow), order: 10 },
      ],
      'web-1',
      'db-2',
      true,
    ],
    [
      [
        { ...to(db, deny), order: 10.5 },
        { ...to(db, allow), order: -1 },
      ],
      'web-1',
      'db-2',
      true,
    ],
    [[to(db, deny), to(db, allow)], 'web-1', 'db-2', false],
    [
      [
        { ...to(db, deny), name: 'z' },
        { ...to(db, allow), name: 'a' },
      ],
      'web-1',
      'db-2',
      true,
    ],
    [[to(db, deny), { ...to(db, allow), order: 99 }], 'web-1', 'db-2', true],
    // all that select it isolate, whatever their order
    [[{ ...to(db, from({ nets: ['192.0.2.0/24'] })), order: 1 }, to(db)], 'web-1', 'db-2', false],
  ],
  "Pass leaves it to the namespace's profile, which allows": [
    [[to(db, pass), to(db, deny)], 'web-1', 'db-2', true],
    [[to(db, { ...pass, source: { selector: db } }), to(db, deny)], 'web-1', 'db-2', false],
  ],
  'a selector of a rule: everybody for a global policy, the own namespace for another': [
    [[to(db, from({ selector: "app == 'web'" }))], 'pay-web-1', 'db-2', true],
    [
      [{ ...to(db, from({ selector: "app == 'web'" })), namespace: 'shop' }],
      'pay-web-1',
      'db-2',
      false,
    ],
    [[{ ...to(db, from({ selector: "app == 'web'" })), namespace: 'shop' }], 'web-1', 'db-2', true],
    [[to(db, from({ selector: 'all()' }))], 'pc', 'db-2', false],
    [[to(db, from({ selector: 'all()' }))], 'tool-1', 'db-2', true],
    [[{ ...to(db, from()), namespace: 'shop' }], 'pc', 'db-2', true],
  ],
  'selectors of a rule: all of those that are given': [
    [
      [to(db, from({ namespaceSelector: "team == 'money'", selector: "app == 'web'" }))],
      'pay-web-1',
      'db-2',
      true,
    ],
    [
      [to(db, from({ namespaceSelector: "team == 'money'", selector: "app == 'web'" }))],
      'audit-1',
      'db-2',
      false,
    ],
    [
      [to(db, from({ namespaceSelector: "team == 'money'", selector: "app == 'web'" }))],
      'web-1',
      'db-2',
      false,
    ],
    [
      [{ ...to(db, from({ namespaceSelector: "team == 'money'" })), namespace: 'shop' }],
      'audit-1',
      'db-2',
      true,
    ],
    [
      [{ ...to(db, from({ namespaceSelector: 'all()' })), namespace: 'shop' }],
      'tool-1',
      'db-2',
      true,
    ],
    [[{ ...to(db, from({ namespaceSelector: 'all()' })), namespace: 'shop' }], 'pc', 'db-2', false],
    [[to(db, from({ notSelector: "app == 'web'" }))], 'web-1', 'db-2', false],
    [[to(db, from({ notSelector: "app == 'web'" }))], 'audit-1', 'db-2', true],
    [[to(db, from({ notSelector: "app == 'web'" }))], 'pc', 'db-2', true],
    // in a policy of a namespace, what is not selected is still of that namespace
    [
      [{ ...to(db, from({ notSelector: "app == 'web'" })), namespace: 'shop' }],
      'pc',
      'db-2',
      false,
    ],
    [
      [{ ...to(db, from({ notSelector: "app == 'web'" })), namespace: 'shop' }],
      'db-1',
      'db-2',
      true,
    ],
    [
      [to(db, from({ selector: 'has(app)', notSelector: "app == 'web'" }))],
      'audit-1',
      'db-2',
      true,
    ],
    [[to(db, from({ namespaceSelector: 'global()' }))], 'tool-1', 'db-2', false],
  ],
  'ports and protocols, and what they are not': [
    [[to(db, { ...allow, protocol: 'TCP' })], 'web-1', 'db-2', true],
    [[to(db, { ...allow, protocol: 6 })], 'web-1', 'db-2', true],
    [[to(db, { ...allow, protocol: 'UDP' })], 'web-1', 'db-2', false],
    [[to(db, { ...allow, protocol: 'SCTP' })], 'web-1', 'db-2', false],
    [[to(db, { ...allow, notProtocol: 'TCP' })], 'web-1', 'db-2', false],
    [[to(db, { ...allow, notProtocol: 'UDP' })], 'web-1', 'db-2', true],
    [[to(db, { ...allow, protocol: 'TCP', destination: { ports: [80] } })], 'web-1', 'db-2', true],
    [
      [to(db, { ...allow, protocol: 'TCP', destination: { ports: ['79:81'] } })],
      'web-1',
      'db-2',
      true,
    ],
    [
      [to(db, { ...allow, protocol: 'TCP', destination: { ports: ['81:90', 443] } })],
      'web-1',
      'db-2',
      false,
    ],
    [
      [to(db, { ...allow, protocol: 'TCP', destination: { ports: ['sql'] } })],
      'web-1',
      'db-2',
      true,
    ],
    [
      [to(db, { ...allow, protocol: 'TCP', destination: { ports: ['http'] } })],
      'web-1',
      'db-2',
      false,
    ],
    [
      [to(db, { ...allow, protocol: 'TCP', destination: { notPorts: ['sql'] } })],
      'web-1',
      'db-2',
      false,
    ],
    [
      [to(db, { ...allow, protocol: 'TCP', destination: { notPorts: [80] } })],
      'web-1',
      'db-2',
      true,
      { port: 443 },
    ],
    [
      [to(db, { ...allow, protocol: 'TCP', source: { ports: [40000] } })],
      'web-1',
      'db-2',
      true,
      { sourcePort: 40000 },
    ],
    [
      [to(db, { ...allow, protocol: 'TCP', source: { ports: [40000] } })],
      'web-1',
      'db-2',
      false,
      { sourcePort: 40001 },
    ],
  ],
};

function eachRow(rows: readonly Row[], family: 4 | 6): void {
  for (const [at, [policies, source, target, allowed, options]] of rows.entries()) {
    test(`row ${at + 1}: ${source} → ${target}`, () => {
      const result = ask(withCalico(...policies), source, target, { family, ...options });
      expect(result.status, reason(result)).toBe(allowed ? 'reachable' : 'unreachable');
      if (!allowed) expect(result.forward[0]?.disposition).toBe('denied');
      expect(warned(result)).toEqual([]);
    });
  }
}

describe.each(families)('over IPv%d', (family) => {
  for (const [rule, rows] of Object.entries(rules)) {
    describe(rule, () => eachRow(rows, family));
  }

  const [version, other, icmp, otherIcmp, echo] =
    family === 4
      ? ([4, 6, 'ICMP', 'ICMPv6', 8] as const)
      : ([6, 4, 'ICMPv6', 'ICMP', 128] as const);
  const [pc, office, elsewhere] =
    family === 4
      ? ['10.0.3.9', '10.0.3.0/24', '::/0']
      : ['2001:db8:3::9', '2001:db8:3::/64', '0.0.0.0/0'];
  const ping: FlowOptions = { protocol: 'icmp' };

  describe('nets, and nets that are not meant', () =>
    eachRow(
      [
        [[to(db, from({ nets: [office] }))], 'pc', 'db-2', true],
        [[to(db, from({ nets: [pc] }))], 'pc', 'db-2', true],
        [[to(db, from({ nets: [office] }))], 'web-1', 'db-2', false],
        [[to(db, from({ nets: [office], notNets: [pc] }))], 'pc', 'db-2', false],
        [[to(db, from({ notNets: [office] }))], 'pc', 'db-2', false],
        [[to(db, from({ notNets: [office] }))], 'web-1', 'db-2', true],
        // a rule with addresses is for their family alone
        [[to(db, from({ nets: [elsewhere] }))], 'pc', 'db-2', false],
        [[to(db, from({ notNets: [elsewhere] }))], 'pc', 'db-2', false],
        [[to(db, { ...allow, destination: { nets: [office] } })], 'web-1', 'db-2', false],
      ],
      family,
    ));

  describe('families and ICMP', () =>
    eachRow(
      [
        [[to(db, { ...allow, ipVersion: version })], 'web-1', 'db-2', true],
        [[to(db, { ...allow, ipVersion: other })], 'web-1', 'db-2', false],
        [[to(db, { ...allow, protocol: icmp })], 'web-1', 'db-2', true, ping],
        [[to(db, { ...allow, protocol: otherIcmp })], 'web-1', 'db-2', false, ping],
        [[to(db, { ...allow, protocol: icmp })], 'web-1', 'db-2', false],
        [[to(db, { ...allow, protocol: icmp, icmp: { type: echo } })], 'web-1', 'db-2', true, ping],
        [
          [to(db, { ...allow, protocol: icmp, icmp: { type: echo, code: 0 } })],
          'web-1',
          'db-2',
          true,
          ping,
        ],
        [
          [to(db, { ...allow, protocol: icmp, icmp: { type: echo, code: 1 } })],
          'web-1',
          'db-2',
          false,
          ping,
        ],
        [[to(db, { ...allow, protocol: icmp, icmp: { type: 3 } })], 'web-1', 'db-2', false, ping],
        [
          [to(db, { ...allow, protocol: icmp, notICMP: { type: echo } })],
          'web-1',
          'db-2',
          false,
          ping,
        ],
        [[to(db, { ...allow, protocol: icmp, notICMP: { type: 3 } })], 'web-1', 'db-2', true, ping],
      ],
      family,
    ));
});

describe('among policies of Kubernetes, which have order 1000', () => {
  const closed = (net: NetworkBuilder) =>
    net.networkPolicy('closed', { namespace: 'shop', podSelector: {} });
  const open = (net: NetworkBuilder) =>
    net.networkPolicy('open', { namespace: 'shop', podSelector: {}, ingress: [{}] });

  test('a Deny of a lower order wins, of a higher one does not', () => {
    expect(verdict(ask(open(withCalico({ ...to(db, deny), order: 999 })), 'web-1', 'db-2'))).toBe(
      'denied at n2',
    );
    expect(verdict(ask(open(withCalico({ ...to(db, deny), order: 1001 })), 'web-1', 'db-2'))).toBe(
      'reachable',
    );
    expect(verdict(ask(open(withCalico(to(db, deny))), 'web-1', 'db-2'))).toBe('reachable');
  });

  test('an Allow adds to what they let through, whatever its order', () => {
    for (const order of [1, 2000]) {
      const net = closed(withCalico({ ...to(db, from({ selector: "app == 'web'" })), order }));
      expect(verdict(ask(net, 'web-1', 'db-2'))).toBe('reachable');
      expect(verdict(ask(net, 'tool-1', 'db-2'))).toBe('denied at n2');
    }
  });

  test('all that isolate are named', () => {
    const net = closed(withCalico({ ...to(db), order: 1 }));
    expect(reason(ask(net, 'web-1', 'db-2'))).toBe(
      'Dropped, denied: ingress of pod db-2 is isolated by policies p1, closed: no rule matches',
    );
  });

  test('what a policy of Calico says of addresses is not open', () => {
    const service = (net: NetworkBuilder) =>
      net.service('db', '172.29.0.10', ['80'], { namespace: 'shop' });
    const egress: Policy = {
      selector: "app == 'web'",
      egress: [{ action: 'Allow', destination: { nets: ['172.29.0.0/16'] } }],
    };
    const result = ask(service(withCalico(egress)), 'web-1', '172.29.0.10');
    expect(verdict(result)).toBe('denied at n1');
    expect(warned(result)).toEqual([]);
  });
});

test('the steps tell which rule denied, and who passed it on', () => {
  const denied = ask(withCalico(to(db, { action: 'Log' }, deny)), 'web-1', 'db-2');
  expect(told(denied, ['network-policy'])).toEqual([
    'n2: Network policy: ingress of pod db-2 is denied by ingress[1] of policy p1',
  ]);
  expect(told(ask(withCalico(to(db, pass)), 'web-1', 'db-2'), ['network-policy'])).toEqual([
    'n2: Network policy p1 passes ingress of pod db-2 on by ingress[0] to profile kns.shop, which allows it',
  ]);
});

test('selectors by service account are said not to be simulated', () => {
  const net = withCalico(to("projectcalico.org/serviceaccount == 'shop'", deny));
  const result = ask(net, 'web-1', 'db-2');
  expect(verdict(result)).toBe('reachable');
  expect(warned(result)).toEqual(['not-modelled']);
  expect(result.warnings[0]?.detail).toEqual({ part: 'calico-service-accounts', policies: ['p1'] });
});
