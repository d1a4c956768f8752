import { describe, expect, test } from 'vitest';
import type { Design, Group, Intent } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';
import { ask, asSource, backendWith, errorOf } from './ask.ts';

const backend = backendWith();

/** Web and db behind one router; db takes tcp 3306 from web alone. */
const office = () =>
  network()
    .site('office')
    .site('cellar', 'data-centre', 'office')
    .segment('front', '10.0.1.0/24')
    .segment('back', '10.0.2.0/24')
    .router('router', ['10.0.1.1/24', '10.0.2.1/24'])
    .host('web', '10.0.1.10/24', { gateway: '10.0.1.1', listens: ['tcp 80'], site: 'office' })
    .host('user', '10.0.1.20/24', { gateway: '10.0.1.1', site: 'office' })
    .host('db', '10.0.2.10/24', {
      gateway: '10.0.2.1',
      site: 'cellar',
      listens: ['tcp 3306'],
      firewall: ['accept tcp 3306 from 10.0.1.10', 'accept icmp'],
    });

const member = (node: string) => ({ kind: 'node', node }) as const;
const group = (id: string, ...members: Group['members']): Group => ({ id, members });

function matrix(
  expect: Intent['expect'],
  sources: Group,
  destinations: Group,
  ...services: Extract<Intent['subject'], { kind: 'matrix' }>['services']
): Design {
  const subject = {
    kind: 'matrix',
    sources: [sources.id],
    destinations: [destinations.id],
    services,
  } as const;
  const built = office().add('group', sources);
  const groups = sources.id === destinations.id ? built : built.add('group', destinations);
  return groups.add('intent', { id: 'wanted', subject, expect }).build();
}

const mysql = { protocol: 'tcp', port: 3306 } as const;

async function verify(design: Design) {
  const { holds, intents } = await ask(backend, 'intents.verify', { source: asSource(design) });
  return { holds, checks: intents[0]?.checks ?? [] };
}
const labels = (checks: Awaited<ReturnType<typeof verify>>['checks']) =>
  checks.map(({ flow, holds }) => `${flow.name ?? ''}: ${holds ? 'holds' : 'broken'}`);

describe('a matrix', () => {
  test.each<[Intent['expect'], string[], string[], boolean]>([
    // web may, user may not
    ['reachable', ['web'], ['db'], true],
    ['reachable', ['web', 'user'], ['db'], false],
    ['blocked', ['user'], ['db'], true],
    ['blocked', ['web', 'user'], ['db'], false],
  ])('expects %s from %j to %j: %s', async (expected, from, to, holds) => {
    const design = matrix(
      expected,
      group('from', ...from.map(member)),
      group('to', ...to.map(member)),
      mysql,
    );
    expect((await verify(design)).holds).toBe(holds);
  });

  test('says which pair breaks it, and by what', async () => {
    const all = group('from', member('web'), member('user'));
    const { checks } = await verify(matrix('reachable', all, group('to', member('db')), mysql));
    expect(labels(checks)).toEqual(['web → db, tcp 3306: holds', 'user → db, tcp 3306: broken']);
    expect(checks[1]).toMatchObject({ status: 'unreachable', disposition: 'denied' });
    expect(checks[1]?.reason).toContain('default rule');
  });

  test('tries every service', async () => {
    const design = matrix(
      'reachable',
      group('from', member('user')),
      group('to', member('db')),
      mysql,
      {
        protocol: 'icmp',
      },
    );
    expect(labels((await verify(design)).checks)).toEqual([
      'user → db, tcp 3306: broken',
      'user → db, icmp: holds',
    ]);
  });

  test('means the hosts of a segment and of a site with those inside it, nobody against itself', async () => {
    const everybody = group('all', { kind: 'site', site: 'office' });
    const bySite = await verify(matrix('reachable', everybody, everybody, { protocol: 'icmp' }));
    expect(labels(bySite.checks)).toEqual([
      'web → user, icmp: holds',
      'web → db, icmp: holds',
      'user → web, icmp: holds',
      'user → db, icmp: holds',
      'db → web, icmp: holds',
      'db → user, icmp: holds',
    ]);

    const front = group('front', { kind: 'segment', segment: 'front' });
    const bySegment = await verify(
      matrix('blocked', front, group('back', { kind: 'segment', segment: 'back' }), mysql),
    );
    expect(bySegment.checks.map(({ flow }) => [flow.from, flow.to])).toEqual([
      [
        { kind: 'node', node: 'web', address: '10.0.1.10' },
        { kind: 'address', address: '10.0.2.10' },
      ],
      [
        { kind: 'node', node: 'user', address: '10.0.1.20' },
        { kind: 'address', address: '10.0.2.10' },
      ],
    ]);
  });

  test('counts a member once, however often it is named', async () => {
    const twice = group('from', member('web'), { kind: 'node', node: 'web' });
    expect(
      (await verify(matrix('reachable', twice, group('to', member('db')), mysql))).checks,
    ).toHaveLength(1);
  });

  test('does not hold where it speaks of nobody', async () => {
    const design = matrix('blocked', group('from'), group('to', member('db')), mysql);
    expect(await verify(design)).toEqual({ holds: false, checks: [] });
  });
});

describe('an intent on a flow', () => {
  const oneWay = () =>
    office()
      // Its answers go nowhere.
      .host('mute', '10.0.2.30/24', { listens: ['tcp 80'] })
      .flow('asked', 'user', 'mute', { port: 80 });
  const intent = (expected: Intent['expect']): Intent => ({
    id: 'wanted',
    subject: { kind: 'flow', flow: 'asked' },
    expect: expected,
  });

  test('is neither reachable nor blocked where the request gets in and no reply comes out', async () => {
    const reachable = await verify(oneWay().add('intent', intent('reachable')).build());
    const blocked = await verify(oneWay().add('intent', intent('blocked')).build());
    expect(reachable.checks[0]).toMatchObject({
      holds: false,
      status: 'one-way',
      disposition: 'delivered',
      replyDisposition: 'no-route',
    });
    expect(blocked.checks[0]).toMatchObject({ holds: false, status: 'one-way' });
  });
});

describe('a check', () => {
  test('of several equal paths says which one decides', async () => {
    const built = network()
      .segment('left', '10.0.1.0/24')
      .segment('right', '10.0.2.0/24')
      .host('a', '10.0.1.2/24', { routes: ['0.0.0.0/0 via 10.0.1.1', '0.0.0.0/0 via 10.0.1.3'] })
      .router('r1', ['10.0.1.1/24', '10.0.2.1/24'])
      .router('r2', ['10.0.1.3/24', '10.0.2.3/24'])
      .host('b', '10.0.2.2/24', { gateway: '10.0.2.1', listens: ['tcp 80'] })
      .change('node', 'r2', (node) => ({ ...node, firewall: { rules: [] } }))
      .add('flow', { id: 'asked', from: member('a'), to: member('b'), port: 80 });
    const subject = { kind: 'flow', flow: 'asked' } as const;
    const pathOf = async (expected: Intent['expect']) => {
      const design = built.add('intent', { id: expected, subject, expect: expected }).build();
      const { intents } = await ask(backend, 'intents.verify', {
        source: asSource(design),
        intents: [expected],
      });
      return intents[0]?.checks.map(({ holds, path }) => ({ holds, path }));
    };
    expect(await pathOf('reachable')).toEqual([{ holds: false, path: 1 }]);
    expect(await pathOf('blocked')).toEqual([{ holds: false, path: 0 }]);
  });
});

describe('a verification', () => {
  test('runs only the intents that are named, and knows no others', async () => {
    const source = { kind: 'example', name: 'icp-on-vcenter' } as const;
    const { intents } = await ask(backend, 'intents.verify', { source, intents: ['web-to-db'] });
    expect(intents.map((one) => [one.id, one.holds])).toEqual([['web-to-db', true]]);
    const error = errorOf(await backend.call('intents.verify', { source, intents: ['nope'] }));
    expect(error).toMatchObject({ code: 'intent-unknown', detail: { intent: 'nope' } });
  });

  test('refuses an intent of more simulations than can be run', async () => {
    const many = (prefix: string, at: number): Group => ({
      id: prefix,
      members: Array.from({ length: 400 }, (_, index) => ({
        kind: 'address',
        segment: 'front',
        address: `10.${at}.${index >> 8}.${index & 255}`,
      })),
    });
    const design = matrix('blocked', many('from', 20), many('to', 30), mysql);
    const error = errorOf(await backend.call('intents.verify', { source: asSource(design) }));
    expect(error).toMatchObject({ code: 'too-many-checks', detail: { checks: 160_000 } });
  });
});
