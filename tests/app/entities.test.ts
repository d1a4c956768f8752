/** The text of the selection, going through the history, comparing versions, and changes in the user's terms. */
import { describe, expect, it } from 'vitest';
import { parseEntityRef } from '../../src-main/contract/index.ts';
import { sampleText } from '../samples/samples.ts';
import { ask, errorOf } from './ask.ts';
import { machine, nameOf, naming, type Machine } from './machine.ts';

const textOf = async ({ backend }: Machine, project: string, ...refs: string[]) =>
  (await ask(backend, 'entity.format', { project, refs })).text;

async function issuesOf({ backend }: Machine, project: string, ref: string, text: string) {
  const parsed = await ask(backend, 'entity.parse', { project, ref, text });
  return 'issues' in parsed
    ? parsed.issues.map(({ code, path, line, column }) => `${line}:${column} ${path} ${code}`)
    : [];
}

describe('the text of an entity', () => {
  it('is as it stands in the text form, at the margin', async () => {
    const on = machine();
    const { project } = await on.project();
    expect(await textOf(on, project, 'node:server')).toBe(
      [
        'id: server',
        'kind: host',
        'interfaces:',
        '  - {id: eth0, segment: lan, addresses: [10.0.0.3/24]}',
        'listeners:',
        '  - {protocol: tcp, port: 80}',
        '',
      ].join('\n'),
    );
  });

  it('of several is a part of a design, each kind under its key', async () => {
    const on = machine();
    const { project } = await on.project();
    const text = await textOf(on, project, 'node:server', 'segment:lan', 'node:client');
    expect(text).toMatch(/^segments:\n {2}- id: lan\n[\s\S]*nodes:\n {2}- id: server\n/);
  });

  it('comes back as the same entity, for every entity of a sample', async () => {
    const on = machine();
    const source = { kind: 'text' as const, text: sampleText('icp-on-vcenter') };
    const { project } = await ask(on.backend, 'project.createDraft', { source });
    const { design } = await ask(on.backend, 'project.read', { project });
    let compared = 0;
    for (const [key, items] of Object.entries(design)) {
      if (!Array.isArray(items)) continue;
      for (const entity of items as readonly { readonly id: string }[]) {
        const ref = refOf(key, entity.id);
        const text = await textOf(on, project, ref);
        const parsed = await ask(on.backend, 'entity.parse', { project, ref, text });
        expect(parsed).toEqual({ entity });
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(30);
  });

  it('of nothing is refused', async () => {
    const on = machine();
    const { project } = await on.project();
    for (const ref of ['node:nobody', 'nonsense']) {
      const answer = await on.backend.call('entity.format', { project, refs: [ref] });
      expect(errorOf(answer)).toMatchObject({ code: 'entity-unknown', path: ref });
    }
  });
});

/** By the keys of the text form. */
function refOf(key: string, id: string): string {
  const singular: Record<string, string> = {
    stretches: 'stretch',
    networkPolicies: 'network-policy',
    calicoPolicies: 'calico-policy',
    hostEndpoints: 'host-endpoint',
    ingresses: 'ingress',
    transportZones: 'transport-zone',
    installScenarios: 'install-scenario',
    layout: 'layout',
  };
  const ref = `${singular[key] ?? key.slice(0, -1)}:${id}`;
  expect(parseEntityRef(ref)).toBeDefined();
  return ref;
}

describe('a text that is no entity', () => {
  it.each([
    ['id: server\nkind: toaster\n', ['2:7 kind bad-value']],
    ['id: server\nkind: host\nsurprise: 1\n', ['3:1 surprise unknown-key']],
    [
      'id: server\nkind: host\ninterfaces:\n  - {id: eth0, segment: lan, addresses: [10.0.0.300/24]}\n',
      ['4:42 interfaces[0].addresses[0] bad-value'],
    ],
    // What it refers to has to be there.
    [
      'id: server\nkind: host\ninterfaces:\n  - {id: eth0, segment: wan}\n',
      ['4:25 interfaces[0].segment dangling-id'],
    ],
    // Another name is given by renaming.
    ['id: other\nkind: host\n', ['1:5 id inconsistent']],
    ['id: server\nkind: host\nkind: host\n', ['3:1 kind duplicate-key']],
    ['id: server\nkind: [\n', ['3:1  syntax']],
    ['', ['1:1  wrong-type']],
  ])('is told where: %j', async (text, expected) => {
    const on = machine();
    const { project } = await on.project();
    expect(await issuesOf(on, project, 'node:server', text)).toEqual(expected);
    expect(on.events).toEqual([]);
  });
});

describe('going through the history', () => {
  it('leads to any step in one change, back and forth, and from there on', async () => {
    const on = machine();
    const { project } = await on.project();
    for (const name of ['One', 'Two', 'Three', 'Four']) {
      await ask(on.backend, 'project.apply', { project, command: naming(name) });
    }
    on.events.length = 0;
    const names = [];
    for (const sequence of [1, 3, 0, 4, 4, 2]) {
      await ask(on.backend, 'project.goTo', { project, sequence });
      names.push(await nameOf(on, project));
    }
    expect(names).toEqual(['One', 'Three', 'test network', 'Four', 'Four', 'Two']);
    expect(on.told('project.changed')).toHaveLength(6);
    const { steps } = await ask(on.backend, 'project.history', { project });
    expect(steps.map(({ applied }) => applied)).toEqual([true, true, false, false]);
    await ask(on.backend, 'project.redo', { project });
    expect(await nameOf(on, project)).toBe('Three');
  });

  it('to a step that is not there is refused', async () => {
    const on = machine();
    const { project } = await on.project();
    const answer = await on.backend.call('project.goTo', { project, sequence: 1 });
    expect(errorOf(answer)).toMatchObject({ detail: { reason: 'unknown-step' } });
  });
});

describe('comparing versions', () => {
  it('tells each entity that differs, and the values by their places', async () => {
    const on = machine();
    const { project } = await on.project();
    const save = (name: string) => ask(on.backend, 'project.versions.save', { project, name });
    const third = { kind: 'put', entity: 'node', value: { id: 'third', kind: 'host' } };
    await ask(on.backend, 'project.apply', { project, command: third });
    await save('v1');
    const { design } = await ask(on.backend, 'project.read', { project });
    const [client, server] = design.nodes ?? [];
    const edits = [
      { kind: 'head', notes: 'Seen' },
      { kind: 'put', entity: 'node', value: { id: 'new', kind: 'host', name: 'Newcomer' } },
      {
        kind: 'put',
        entity: 'node',
        value: {
          ...server,
          interfaces: [
            { ...server?.interfaces?.[0], addresses: ['10.0.0.9/24'], mtu: 1400 },
            { id: 'eth1', segment: 'lan' },
          ],
        },
      },
      { kind: 'remove', entity: 'flow', id: 'visit' },
      { kind: 'move', entity: 'node', id: client?.id },
    ];
    await ask(on.backend, 'project.apply', {
      project,
      command: { kind: 'compound', label: 'Much', edits },
    });
    const compared = await ask(on.backend, 'project.versions.compare', { project, from: 'v1' });
    expect(compared).toEqual({
      head: [{ path: 'notes', to: 'Seen' }],
      differences: [
        {
          ref: 'node:server',
          change: 'changed',
          fields: [
            {
              path: 'interfaces[0].addresses',
              from: '["10.0.0.3/24"]',
              to: '["10.0.0.9/24"]',
            },
            { path: 'interfaces[0].mtu', to: '1400' },
            { path: 'interfaces[1]', to: '{"id":"eth1","segment":"lan"}' },
          ],
        },
        { ref: 'node:new', name: 'Newcomer', change: 'added', fields: [] },
        { ref: 'node:client', change: 'moved', fields: [] },
        { ref: 'flow:visit', change: 'removed', fields: [] },
      ],
    });

    await save('v2');
    const between = { project, from: 'v1', to: 'v2' };
    expect(await ask(on.backend, 'project.versions.compare', between)).toEqual(compared);
    const same = { project, from: 'v2' };
    expect(await ask(on.backend, 'project.versions.compare', same)).toEqual({
      head: [],
      differences: [],
    });
    const missing = await on.backend.call('project.versions.compare', { project, from: 'v9' });
    expect(errorOf(missing)).toMatchObject({ detail: { reason: 'unknown-version' } });
  });

  it('pairs rules by their ids: one that is put in front is one that is new', async () => {
    const on = machine();
    const { project } = await on.project();
    const rule = (id: string) => ({ id, action: 'accept' });
    const router = (...ids: string[]) => ({
      id: 'r',
      kind: 'router',
      firewall: { defaultAction: 'deny', rules: ids.map(rule) },
    });
    const put = (value: object) =>
      ask(on.backend, 'project.apply', {
        project,
        command: { kind: 'put', entity: 'node', value },
      });
    await put(router('a', 'b', 'c'));
    await ask(on.backend, 'project.versions.save', { project, name: 'v1' });
    const fieldsAfter = async (...ids: string[]) => {
      await put(router(...ids));
      const answer = await ask(on.backend, 'project.versions.compare', { project, from: 'v1' });
      return answer.differences[0]?.fields.map(({ path }) => path);
    };
    expect(await fieldsAfter('x', 'a', 'b', 'c')).toEqual(['firewall.rules[0]']);
    expect(await fieldsAfter('a', 'c')).toEqual(['firewall.rules[1]']);
    expect(await fieldsAfter('b', 'a', 'c')).toEqual(['firewall.rules']);
  });
});

describe('a change in the user’s terms', () => {
  const host = {
    kind: 'add',
    thing: { entity: 'node', kind: 'host' },
    at: { x: 10, y: 20 },
  } as const;

  it('is planned without being done, then done as one step', async () => {
    const on = machine();
    const { project } = await on.project();
    const plan = await ask(on.backend, 'project.plan', { project, change: host });
    expect(on.events).toEqual([]);
    const done = await ask(on.backend, 'project.change', { project, change: host, origin: 'w' });
    expect(done).toMatchObject({ label: plan.label, created: plan.created, revision: 1 });
    expect(done.edits).toEqual(plan.edits);
    expect(on.told('project.changed')).toMatchObject([{ origin: 'w', edits: plan.edits }]);
    const { steps } = await ask(on.backend, 'project.history', { project });
    expect(steps.map(({ label }) => label)).toEqual([plan.label]);
  });

  it('that does not fit is refused with what is wrong', async () => {
    const on = machine();
    const { project } = await on.project();
    const change = { kind: 'connect', from: 'node:client', to: 'segment:nowhere' } as const;
    for (const method of ['project.plan', 'project.change'] as const) {
      const error = errorOf(await on.backend.call(method, { project, change }));
      expect(error).toMatchObject({
        code: 'project-refused',
        detail: { reason: 'invalid-command' },
      });
    }
    expect(on.events).toEqual([]);
  });

  it('asks for the next free address', async () => {
    const on = machine();
    const { project } = await on.project();
    const free = await ask(on.backend, 'project.nextFree', {
      project,
      segment: 'lan',
      address: '10.0.0.3',
    });
    expect(free.subnets).toMatchObject([{ cidr: '10.0.0.0/24', used: 2 }]);
    expect(free.taken).toBeDefined();
  });
});
