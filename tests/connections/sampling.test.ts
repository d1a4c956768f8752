import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectionsOf, type Connections } from '../../src-main/connections/index.ts';
import type { NetworkPolicy } from '../../src-main/model/design.ts';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { flowOf, network } from '../builders/network.ts';
import { cluster } from '../sim/cluster.ts';
import { seeds } from '../support/seeds.ts';

const apps = ['web', 'api', 'db'] as const;
const selector = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...apps).map((app) => ({ matchLabels: { app } })),
  fc.constantFrom(...apps).map((app) => ({
    matchExpressions: [{ key: 'app', operator: 'NotIn' as const, values: [app] }],
  })),
);
const block = fc.constantFrom(
  { cidr: '0.0.0.0/0' },
  { cidr: '172.28.0.0/26' },
  { cidr: '172.28.0.0/16', except: ['172.28.0.64/26'] },
  { cidr: '10.0.0.0/8' },
);
const peer = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  block.map((ipBlock) => ({ ipBlock })),
);
const port = fc.oneof(
  fc.constant({ protocol: 'TCP' as const, port: 'http' }),
  fc.record({
    protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
    port: fc.constantFrom(80, 81, 443),
  }),
  fc.constant({ protocol: 'TCP' as const, port: 82, endPort: 90 }),
  fc.constantFrom({ protocol: 'TCP' as const }, { protocol: 'UDP' as const }),
);
const rules = { minLength: 0, maxLength: 2 };
const policy: fc.Arbitrary<Partial<NetworkPolicy>> = fc.record({
  podSelector: selector,
  policyTypes: fc.constantFrom(
    ['Ingress' as const],
    ['Egress' as const],
    ['Ingress' as const, 'Egress' as const],
  ),
  ingress: fc.array(
    fc.record({ from: fc.array(peer, rules), ports: fc.array(port, rules) }),
    rules,
  ),
  egress: fc.array(fc.record({ to: fc.array(peer, rules), ports: fc.array(port, rules) }), rules),
});

const holds = (
  connections: readonly Connections[],
  from: string,
  to: string,
  protocol: 'TCP' | 'UDP',
  port: number,
) =>
  connections.some(
    (one) =>
      one.from === `default/${from}[Deployment]` &&
      one.to === `default/${to}[Deployment]` &&
      one.ports[protocol]?.some(([first, last]) => first <= port && port <= last),
  );

test('what is listed is what flows find open, for any policies, pods, protocols and ports', () => {
  fc.assert(
    fc.property(fc.array(policy, { maxLength: 4 }), (policies) => {
      const net = cluster(undefined, {
        podCidrs: ['172.28.0.0/16'],
        serviceCidrs: ['172.29.0.0/16'],
      })
        .workload('web', ['n1'], { ports: ['http 80'] })
        .workload('api', ['n2'], { ports: ['http 443', '53/UDP'] })
        .workload('db', ['n2'], { ports: ['sql 81'] });
      policies.forEach((one, at) => net.networkPolicy(`p-${at}`, one));
      const design = net.build();
      const [first] = design.clusters ?? [];
      if (!first) throw new Error('the design has no cluster');
      const listed = connectionsOf(design, first);
      for (const from of apps) {
        for (const to of apps) {
          if (from === to) continue;
          for (const protocol of ['tcp', 'udp'] as const) {
            for (const number of [53, 80, 81, 82, 86, 90, 91, 443, 65535]) {
              const asked = network(design)
                .flow('asked', `${from}-1`, `${to}-1`, { protocol, port: number })
                .build();
              const result = simulate(compile(asked), flowOf(asked, 'asked'), {});
              const open = result.forward[0]?.disposition !== 'denied';
              const upper = protocol === 'tcp' ? 'TCP' : 'UDP';
              expect([from, to, protocol, number, holds(listed, from, to, upper, number)]).toEqual([
                from,
                to,
                protocol,
                number,
                open,
              ]);
            }
          }
        }
      }
    }),
    { numRuns: seeds(15) },
  );
}, 120_000);
