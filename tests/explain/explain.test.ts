import { describe, expect, test } from 'vitest';
import { explain, remedyText, type Explanation } from '../../src-main/explain/index.ts';
import type { Design, Flow } from '../../src-main/model/design.ts';
import { editDesign } from '../../src-main/model/edits.ts';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import type { FlowOptions } from '../builders/options.ts';
import { sample } from '../samples/samples.ts';

const explained = (design: Design, id: string): Explanation => {
  const flow = design.flows?.find((one) => one.id === id) as Flow;
  return explain(design, compile(design), flow);
};

/** The remedies, in the order of the blockers. Checks what every explanation promises. */
function remedies(design: Design, id = 'asked'): readonly string[] {
  const explanation = explained(design, id);
  const after = editDesign(design, explanation.edits);
  const flow = after.flows?.find((one) => one.id === id) as Flow;
  const { status } = simulate(compile(after), flow, { allPaths: true });
  if (explanation.proven) expect(status).toBe('reachable');
  else expect(explanation.edits).toEqual([]);
  return explanation.blockers.map(({ remedy }) => remedy?.text ?? 'nothing');
}

const asked = (
  net: NetworkBuilder,
  from: string,
  to: string,
  options: FlowOptions = { port: 80 },
): Design => network(net.build()).flow('asked', from, to, options).build();

/** client – fw – server, the firewall as a router between two segments. */
const two = () =>
  network()
    .segment('left', '10.0.1.0/24')
    .segment('right', '10.0.2.0/24')
    .host('client', '10.0.1.2/24', { gateway: '10.0.1.1' })
    .host('server', '10.0.2.2/24', { gateway: '10.0.2.1', listens: ['tcp 80'] });

describe('one thing in the way', () => {
  const filtered = (firewall: Parameters<NetworkBuilder['router']>[2]) =>
    two().router('fw', ['10.0.1.1/24', '10.0.2.1/24'], firewall);

  test.each<[string, () => Design, readonly string[]]>([
    ['nothing', () => asked(filtered({}), 'client', 'server'), []],
    [
      'a default that denies: a rule as narrow as the flow, at the end',
      () => asked(filtered({ firewall: [] }), 'client', 'server'),
      ['Add a rule on fw that accepts tcp 80 from 10.0.1.2 to 10.0.2.2, at the end'],
    ],
    [
      'a rule that denies: one before it',
      () => asked(filtered({ firewall: ['deny tcp 80'] }), 'client', 'server'),
      ['Add a rule on fw that accepts tcp 80 from 10.0.1.2 to 10.0.2.2, before rule rule-1'],
    ],
    [
      'nobody who listens',
      () => asked(filtered({}), 'client', 'server', { port: 443 }),
      ['Let a program on server listen on tcp 443'],
    ],
    [
      'a machine that is down',
      () =>
        asked(
          filtered({}).change('node', 'fw', (node) => ({ ...node, state: 'down' })),
          'client',
          'server',
        ),
      ['Bring fw up'],
    ],
    [
      'a server without a way back',
      () =>
        asked(
          filtered({}).change('node', 'server', (node) => ({ ...node, routes: [] })),
          'client',
          'server',
        ),
      ['Add a route on server: 0.0.0.0/0 via 10.0.2.1'],
    ],
    [
      'a next hop that nobody has',
      () =>
        asked(
          filtered({}).change('node', 'client', (node) => ({
            ...node,
            routes: [{ destination: '0.0.0.0/0', via: '10.0.1.9' }],
          })),
          'client',
          'server',
        ),
      ['Change the route of client to 0.0.0.0/0: via 10.0.1.1, not 10.0.1.9'],
    ],
  ])('%s', (_title, design, expected) => {
    expect(remedies(design())).toEqual(expected);
  });

  test('full packets that vanish where handshakes pass: the MTU', () => {
    const tight = two()
      .router('fw', ['10.0.1.1/24', 'wan=10.0.3.1/30'], { routes: ['10.0.2.0/24 via 10.0.3.2'] })
      .router('far', ['wan=10.0.3.2/30', '10.0.2.1/24'], { routes: ['10.0.1.0/24 via 10.0.3.1'] })
      .segment('between', '10.0.3.0/30', { mtu: 1400 })
      .change('node', 'fw', (node) => ({
        ...node,
        interfaces: (node.interfaces ?? []).map((item) =>
          item.id === 'wan' ? { ...item, segment: 'between', mtu: 1500 } : item,
        ),
      }))
      .change('node', 'far', (node) => ({
        ...node,
        interfaces: (node.interfaces ?? []).map((item) =>
          item.id === 'wan' ? { ...item, segment: 'between', mtu: 1500 } : item,
        ),
      }));
    const design = asked(tight, 'client', 'server');
    expect(explained(design, 'asked').blockers[0]?.disposition).toBe('full-size');
    expect(remedies(design)).toEqual(['Raise the MTU of between from 1400 to 1500 bytes']);
  });
});

describe('several things in the way', () => {
  test('are all found, in order, there and back', () => {
    const design = asked(
      two()
        .router('fw', ['10.0.1.1/24', '10.0.2.1/24'], { firewall: [] })
        .change('node', 'client', (node) => ({ ...node, routes: [] }))
        .change('node', 'server', (node) => ({ ...node, routes: [] })),
      'client',
      'server',
    );
    expect(remedies(design)).toEqual([
      'Add a route on client: 0.0.0.0/0 via 10.0.1.1',
      'Add a rule on fw that accepts tcp 80 from 10.0.1.2 to 10.0.2.2, at the end',
      'Add a route on server: 0.0.0.0/0 via 10.0.2.1',
    ]);
    const { blockers } = explained(design, 'asked');
    expect(blockers.map(({ purpose }) => purpose)).toEqual(['request', 'request', 'reply']);
  });

  test('nothing is proposed where nothing helps, and what was found is told all the same', () => {
    const design = asked(
      two().router('fw', ['10.0.1.1/24', '10.0.2.1/24'], { firewall: [] }),
      'client',
      '203.0.113.9',
    );
    const { proven, edits, blockers } = explained(design, 'asked');
    expect({ proven, edits }).toEqual({ proven: false, edits: [] });
    expect(blockers.length).toBeGreaterThan(0);
    expect(blockers.every(({ remedy }) => remedy === undefined)).toBe(true);
  });
});

describe('the reference network', () => {
  const documented = sample('icp-as-documented');
  const base = sample('icp-on-vcenter');

  test('as documented, the edge lacks rule 5 and DNAT 5', () => {
    expect(remedies(documented, 'internet-to-web')).toEqual([
      'Add a rule on esg that accepts tcp 443 from 198.51.100.25 to 203.0.113.43, at the end',
      'Add a destination NAT on esg: tcp 443 to 203.0.113.43 goes to 192.168.20.20',
    ]);
    const { sideEffects, forbiddenBy } = explained(documented, 'internet-to-web');
    expect(sideEffects.mends).toEqual(['internet-to-web']);
    expect(sideEffects.breaks).toEqual([]);
    expect(forbiddenBy).toEqual([]);
  });

  test('a flow that an intent forbids is explained, and says so', () => {
    const { forbiddenBy, sideEffects, proven } = explained(base, 'internet-to-console');
    expect({ forbiddenBy, proven }).toEqual({ forbiddenBy: ['internet-to-console'], proven: true });
    expect(sideEffects.breaks).toContain('internet-to-console');
  });

  test('NAT 1 switched off: it is switched on again', () => {
    const off = network(base)
      .change('node', 'esg', (node) =>
        node.kind === 'edge-gateway'
          ? {
              ...node,
              nat: (node.nat ?? []).map((rule) =>
                rule.id === '1' ? { ...rule, enabled: false } : rule,
              ),
            }
          : node,
      )
      .build();
    expect(remedies(off, 'worker-to-registry')).toEqual(['Switch on NAT 1 of esg']);
  });

  test('gives the same answer twice', () => {
    const [first, second] = [1, 2].map(() =>
      JSON.stringify(explained(documented, 'internet-to-web')),
    );
    expect(first).toBe(second);
  });
});

test('every change can be told in Korean', () => {
  const { blockers } = explained(sample('icp-as-documented'), 'internet-to-web');
  const told = blockers.map(({ remedy }) => remedy && remedyText(remedy, 'ko'));
  expect(told).toEqual([
    'esg에 규칙 추가: 198.51.100.25 → 203.0.113.43 tcp 443 허용 (목록 끝)',
    'esg에 DNAT 추가: 203.0.113.43 tcp 443 → 192.168.20.20',
  ]);
});
