/** Policies written from intents: put into the design again by the importer, the intents hold. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Exported } from '../../../src-main/interop/exchange.ts';
import { policiesOf } from '../../../src-main/interop/policies/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../../builders/network.ts';
import { arbitraryDesign } from '../../properties/arbitrary-design.ts';
import { designWithFlows } from '../../properties/arbitrary-flow.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { brokenIntents, enforced, imported, leftOutIntents } from './intents.ts';
import { isCalicoPolicy, isNetworkPolicy } from './schemas.ts';
import { cluster, intend, shop } from './shop.ts';

interface Manifest {
  readonly apiVersion: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Every object of an export, read as Kubernetes reads YAML, and held against what its API takes. */
function manifestsOf({ files }: Exported): readonly Manifest[] {
  return files.flatMap(({ path, content }) => {
    const documents = parseAllDocuments(String(content), { version: '1.1', uniqueKeys: true });
    if (!Array.isArray(documents)) throw new Error(`${path} is empty`);
    return documents.map((document) => {
      expect(document.errors).toEqual([]);
      const value = document.toJS() as Manifest;
      const check = value.apiVersion === 'networking.k8s.io/v1' ? isNetworkPolicy : isCalicoPolicy;
      check(value);
      expect(check.errors ?? []).toEqual([]);
      return value;
    });
  });
}

const titles = (exported: Exported): readonly string[] =>
  manifestsOf(exported).map(
    ({ apiVersion, metadata: { namespace, name } }) =>
      `${apiVersion.startsWith('projectcalico') ? 'calico ' : ''}${namespace}/${name}`,
  );
const policy = (exported: Exported, name: string) =>
  manifestsOf(exported).find(({ metadata }) => metadata.name === name)?.spec;
const reasonOf = ({ leftOut }: Exported, intent: string) =>
  leftOut.find(({ ref }) => ref === `intent:${intent}`)?.text;

/** All intents that the export takes part in hold with its policies in the design. */
function proven(design: Design): { exported: Exported; after: Design } {
  const exported = policiesOf(design);
  manifestsOf(exported);
  const after = imported(design, exported);
  const broken = brokenIntents(after);
  const has = enforced(design, exported);
  expect(broken.filter((id) => has.includes(id))).toEqual([]);
  return { exported, after };
}

describe('a shop', () => {
  test('is as its intents have it with the policies, and is not without', () => {
    const design = shop().build();
    const { exported, after } = proven(design);
    expect(leftOutIntents(exported)).toEqual([]);
    expect(brokenIntents(after)).toEqual([]);
    expect(brokenIntents(design)).toEqual([
      'web-to-db',
      'api-2-to-db',
      'ping-db',
      'web-to-other-vm',
    ]);
  });

  test('each policy has a part in it: without one of them an intent breaks', () => {
    const design = shop().build();
    const { after } = proven(design);
    const without = (kind: 'networkPolicies' | 'calicoPolicies', id: string): Design => ({
      ...after,
      [kind]: (after[kind] ?? []).filter((one) => one.id !== id),
    });
    for (const kind of ['networkPolicies', 'calicoPolicies'] as const) {
      for (const { id } of after[kind] ?? []) {
        // The one of the namespace stands for pods that the intents do not speak of, too.
        const expected = id.endsWith('default-deny') ? 0 : 1;
        const broken = brokenIntents(without(kind, id)).length;
        expect(broken, id).toBeGreaterThanOrEqual(expected);
      }
    }
  });

  test('has what Kubernetes can say in its policies, and the rest in those of Calico', () => {
    const exported = policiesOf(shop().build());
    expect(titles(exported)).toEqual([
      'shop/default-deny',
      'data/default-deny',
      'shop/allow-web',
      'shop/allow-api',
      'data/allow-db',
      'calico shop/allow-icmp-web',
      'calico shop/allow-icmp-api',
      'calico data/deny-db',
    ]);
    expect(policy(exported, 'allow-db')).toEqual({
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
              podSelector: { matchLabels: { app: 'api' } },
            },
          ],
          ports: [{ protocol: 'TCP', port: 5432 }],
        },
      ],
    });
    // One pod of the workload that may: denied by its address, before all else.
    expect(policy(exported, 'deny-db')).toEqual({
      order: 100,
      selector: "app == 'db'",
      types: ['Ingress'],
      ingress: [
        {
          action: 'Deny',
          protocol: 'TCP',
          source: { nets: ['172.28.0.68/32'] },
          destination: { ports: [5432] },
        },
      ],
    });
  });
});

test("Calico's schema has rules of one family", () => {
  const policyWith = (rule: object) => ({
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'a', namespace: 'b' },
    spec: { ingress: [{ action: 'Allow', ...rule }] },
  });
  const [four, six] = [{ nets: ['10.0.0.1/32'] }, { nets: ['2001:db8::1/128'] }];
  expect(isCalicoPolicy(policyWith({ ipVersion: 6, source: six, destination: six }))).toBe(true);
  for (const rule of [
    { source: four, destination: six },
    { source: { nets: [...four.nets, ...six.nets] } },
    { ipVersion: 6, source: four },
    { ipVersion: 4, protocol: 'ICMPv6' },
  ]) {
    expect(isCalicoPolicy(policyWith(rule))).toBe(false);
  }
});

/** A design with one flow an intent, the first few blocked where the names say so. */
const asked = (
  flows: (net: NetworkBuilder) => NetworkBuilder,
  expected: Readonly<Record<string, 'reachable' | 'blocked'>>,
): Design => {
  const net = flows(cluster());
  for (const [flow, expect] of Object.entries(expected)) intend(net, expect, flow);
  return net.build();
};

describe('an intent that policies have no part in', () => {
  test.each<[string, Design, string]>([
    [
      'between machines outside',
      asked((net) => net.flow('out', 'client', '10.0.0.60', { port: 443 }), { out: 'reachable' }),
      'no policy judges it',
    ],
    [
      'that does not arrive anyway',
      asked((net) => net.flow('out', 'web-1', '10.0.0.60', { port: 22 }), { out: 'reachable' }),
      'it is not reachable, whatever policies say: ',
    ],
    [
      'that is blocked anyway',
      asked((net) => net.flow('out', 'web-1', '10.0.0.60', { port: 22 }), { out: 'blocked' }),
      'nothing is left to do for policies, it is blocked without them: ',
    ],
    [
      'of the host network',
      asked(
        (net) =>
          net
            .workload('agent', ['n1'], { hostNetwork: true, ports: ['9100'] })
            .flow('out', 'client', '10.0.0.11', { port: 9100 }),
        { out: 'blocked' },
      ),
      'no policy judges it',
    ],
  ])('%s is left out with the reason', (_, design, reason) => {
    const { exported } = proven(design);
    expect(exported.files).toEqual([]);
    expect(reasonOf(exported, 'out')).toContain(reason);
  });

  test('since it looks like another that must be reachable: both come by one node’s masquerading', () => {
    const design = asked(
      (net) =>
        net
          .host('far', '10.0.0.13/24', { gateway: '10.0.0.1' })
          .change('cluster', 'k8s', (one) => ({
            ...one,
            nodes: [...one.nodes, { node: 'far', roles: ['worker'] }],
          }))
          .workload('front', ['n1'], { namespace: 'shop', ports: ['8080'] })
          .service('front', '172.29.0.30', ['80 -> 8080 node 30090'], { namespace: 'shop' })
          .flow('yes', 'client', '10.0.0.13', { port: 30090 })
          .flow('no', 'other-client', '10.0.0.13', { port: 30090 }),
      { yes: 'reachable', no: 'blocked' },
    );
    const { exported } = proven(design);
    expect(leftOutIntents(exported)).toEqual(['no']);
    expect(reasonOf(exported, 'no')).toBe(
      'policies cannot tell the flow no from one that must be reachable',
    );
  });

  test('since a policy that is there already denies it', () => {
    const design = asked(
      (net) =>
        net
          .calicoPolicy('locked', {
            namespace: 'shop',
            order: 50,
            ingress: [{ action: 'Deny' }],
          })
          .flow('in', 'db-1', 'web-1', { port: 8080 })
          .flow('ping', 'web-1', 'db-1', { protocol: 'icmp' }),
      { in: 'reachable', ping: 'blocked' },
    );
    const { exported } = proven(design);
    expect(leftOutIntents(exported)).toEqual(['in']);
    expect(reasonOf(exported, 'in')).toContain('it does not hold with the policies in place: ');
    expect(exported.leftOut.map(({ ref }) => ref)).toContain('calico-policy:locked');
  });
});

describe('what is let through', () => {
  test('all pods of a service, whichever is picked', () => {
    const design = asked(
      (net) =>
        net
          .workload('canary', ['n1'], {
            namespace: 'shop',
            labels: { app: 'web', track: 'canary' },
            ports: ['8080'],
          })
          .flow('in', 'client', '10.0.0.12', { port: 30080 }),
      { in: 'reachable' },
    );
    const { exported } = proven(design);
    expect(titles(exported)).toEqual(['shop/default-deny', 'shop/allow-web', 'shop/allow-canary']);
  });

  test('an ingress controller of the host network, from each of its nodes and their tunnels', () => {
    const exported = policiesOf(sample('icp-on-vcenter'));
    const [rule] = policy(exported, 'allow-web')?.['ingress'] as { from: unknown[] }[];
    expect(rule?.from).toEqual(
      ['172.28.0.192', '172.28.1.0', '172.28.1.64'].map((address) => ({
        ipBlock: { cidr: `${address}/32` },
      })),
    );
  });

  test('pods without labels by their addresses, and with their namespace, which is told', () => {
    const design = asked(
      (net) =>
        net
          .workload('bare', ['n1'], { namespace: 'bare', labels: {}, ports: ['9000'] })
          .flow('in', 'web-1', 'bare-1', { port: 9000 })
          .flow('out', 'bare-1', 'api-1', { port: 8080 })
          .flow('no', 'db-1', 'api-1', { port: 8080 }),
      { in: 'reachable', out: 'reachable', no: 'blocked' },
    );
    const { exported } = proven(design);
    expect(policy(exported, 'allow-bare')?.['podSelector']).toEqual({});
    expect(JSON.stringify(policy(exported, 'allow-api')?.['ingress'])).toContain('"cidr"');
    expect(exported.leftOut[0]).toMatchObject({ ref: 'workload:bare', path: 'labels' });
  });

  test('groups of a matrix, each to each', () => {
    const net = cluster()
      .group('fronts', ['web-1', 'web-2'])
      .group('stores', ['db-1', 'db-2', 'vm'])
      .add('intent', {
        id: 'all',
        subject: {
          kind: 'matrix',
          sources: ['fronts'],
          destinations: ['stores'],
          services: [{ protocol: 'tcp', port: 5432 }],
        },
        expect: 'blocked',
      })
      .flow('one', 'web-1', 'db-1', { port: 8080 });
    const { exported, after } = proven(net.build());
    expect(brokenIntents(net.build())).toEqual(['all']);
    expect(brokenIntents(after)).toEqual([]);
    expect(reasonOf(exported, 'all')).toMatch(/^of 2 of its 6 flows: nothing is left to do/);
  });
});

describe('names', () => {
  test('are Kubernetes’ own, and taken by no policy that is there', () => {
    const design = asked(
      (net) =>
        net
          .workload('Web_Front.2', ['n1'], {
            namespace: 'shop',
            labels: { app: 'f' },
            ports: ['80'],
          })
          .networkPolicy('default-deny', { namespace: 'shop' })
          .flow('in', 'db-1', 'Web_Front.2-1', { port: 80 }),
      { in: 'reachable' },
    );
    const exported = policiesOf(design);
    expect(titles(exported)).toEqual([
      'data/default-deny',
      'shop/default-deny-2',
      'data/allow-db',
      'shop/allow-web-front-2',
    ]);
    expect(brokenIntents(imported(design, exported))).toEqual([]);
  });

  test.each(['yes', '0x10', '012', '1e3', 'null', '12_00', 'on'])(
    'a label that YAML 1.1 takes for something else stays a text: %s',
    (value) => {
      const design = asked(
        (net) =>
          net
            .workload('odd', ['n1'], { namespace: 'shop', labels: { app: value }, ports: ['80'] })
            .flow('in', 'db-1', 'odd-1', { port: 80 }),
        { in: 'reachable' },
      );
      const { exported } = proven(design);
      expect(policy(exported, 'allow-odd')?.['podSelector']).toEqual({
        matchLabels: { app: value },
      });
    },
  );

  test('what people wrote is in none of the files', () => {
    const net = shop();
    const hostile = '\n---\nkind: Secret # {{ x }} $(rm) \u202e';
    net.change('workload', 'web', (one) => ({ ...one, name: hostile, notes: hostile }));
    net.change('intent', 'web-to-api', (one) => ({ ...one, name: hostile, notes: hostile }));
    expect(policiesOf(net.build()).files).toEqual(policiesOf(shop().build()).files);
  });
});

/** A failure names its seed and path; to make the design of a failure small takes long and is asked for. */
const runs = {
  numRuns: Number(process.env['PROPERTY_RUNS'] ?? 40),
  endOnFailure: process.env['PROPERTY_SHRINK'] === undefined,
};

/** A question between what a cluster that works has, and whether it is to arrive. */
const question = fc.record({
  from: fc.constantFrom('web-1', 'web-2', 'api-1', 'api-2', 'db-1', 'db-2', 'client', 'vm'),
  to: fc.constantFrom(
    'web-1 8080',
    'api-1 8080',
    'api-2 8080',
    'db-1 5432',
    'db-2 5432',
    'service:web 80',
    'service:db 5432',
    'api.shop.svc.cluster.local 80',
    '10.0.0.11 30080',
    '10.0.0.12 30080',
    'vm 443',
    'other-vm 443',
  ),
  icmp: fc.integer({ min: 0, max: 5 }).map((number) => number === 0),
  expect: fc.constantFrom('reachable' as const, 'blocked' as const),
});

describe('random intents', () => {
  test('hold with the policies, but for those that are left out', () => {
    let enforcedBlocks = 0;
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 8 }), (questions) => {
        const net = cluster();
        questions.forEach(({ from, to, icmp, expect: wanted }, at) => {
          const [target = '', port] = to.split(' ');
          const isPing = icmp && !/service|svc|30080/.test(to);
          const rest = isPing ? { protocol: 'icmp' as const } : { port: Number(port) };
          intend(net.flow(`asked-${at}`, from, target, rest), wanted, `asked-${at}`);
        });
        const design = net.build();
        const { exported } = proven(design);
        const wrongBefore = new Set(brokenIntents(design));
        enforcedBlocks += enforced(design, exported).filter((id) => wrongBefore.has(id)).length;
        // Of two alike, one to be blocked and one not, it is the blocked one that gives way.
        for (const id of leftOutIntents(exported)) {
          const reason = reasonOf(exported, id) ?? '';
          // There is no other policy that could stand in the way.
          expect(reason).not.toContain('does not hold');
          if (!reason.startsWith('policies cannot tell')) continue;
          expect(design.intents?.find((one) => one.id === id)?.expect).toBe('blocked');
        }
      }),
      runs,
    );
    expect(enforcedBlocks).toBeGreaterThan(0);
  });
});

describe('random clusters', () => {
  test('what is not left out holds, whatever is asked', () => {
    const questions = fc.tuple(
      designWithFlows(arbitraryDesign),
      fc.array(fc.constantFrom('reachable' as const, 'blocked' as const), {
        minLength: 4,
        maxLength: 4,
      }),
    );
    fc.assert(
      fc.property(questions, ([{ design, flows }, expected]) => {
        fc.pre((design.workloads ?? []).length > 0);
        const named = flows.map((flow, at) => ({ ...flow, id: `asked-${at}` }));
        const intents = named.map(({ id }, at) => ({
          id,
          subject: { kind: 'flow' as const, flow: id },
          expect: expected[at] ?? 'reachable',
        }));
        proven({ ...design, flows: named, intents });
      }),
      runs,
    );
  });
});

describe('the samples', () => {
  test.each(sampleNames)('%s', (name) => {
    const design = sample(name);
    const { exported, after } = proven(design);
    // What held without policies still does.
    expect(brokenIntents(after)).toEqual(brokenIntents(design));
    expect(enforced(design, exported).length).toBeGreaterThan(2);
    // What is denied by default is more than the intents speak of.
    const [from, to] =
      name === 'iks-on-ibm-cloud' ? ['catalog-1', 'shop-1'] : ['kube-dns-1', 'web-1'];
    const stray = (base: Design) =>
      brokenIntents(
        intend(
          network({ ...base, intents: [] }).flow('stray', from, to, { port: 8080 }),
          'blocked',
          'stray',
        ).build(),
      );
    expect(stray(design)).toEqual(['stray']);
    expect(stray(after)).toEqual([]);
  });

  test('the same design gives the same bytes', () => {
    const design = sample('iks-on-ibm-cloud');
    expect(policiesOf(design)).toEqual(policiesOf(structuredClone<Design>(design)));
  });
});

test('without intents or clusters there is no file', () => {
  expect(policiesOf(cluster().build())).toEqual({ files: [], leftOut: [] });
});
