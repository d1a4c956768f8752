/** Whatever a design can say has a field in a form: the schema is held against the forms as they come out. */
import { render } from 'svelte/server';
import { describe, expect, test, vi } from 'vitest';
import type { Design, Entity } from '../../../../src-main/contract/index.ts';
import { parseDesignText } from '../../../../src-main/interop/design-text/index.ts';
import { collections, entityKinds, type EntityKind } from '../../../../src-main/model/ids.ts';
import { functionsOf } from '../../../../src-renderer/features/inspector/forms/node/functions.ts';
import { EntityEditor } from '../../../../src-renderer/state/inspector-editor.svelte.ts';
import type { Inspector } from '../../../../src-renderer/state/inspector.svelte.ts';
import type { Project } from '../../../../src-renderer/state/project.svelte.ts';
import everyForm from '../../../e2e/every-form.yaml?raw';
import { fieldsOf, keysByKind, type Collection } from './schema-fields.ts';
import WholeForm from './WholeForm.svelte';

vi.mock(
  '../../../../src-renderer/features/inspector/lists/RowList.svelte',
  () => import('./OpenRows.svelte'),
);

/** A design that has something of every kind, and a row of every list. */
const parsed = parseDesignText(everyForm);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
const design: Design = parsed.value;

const kinds = entityKinds.filter((kind) => kind !== 'layout');
const collectionOf = (kind: EntityKind) => collections[kind] as Collection;
const entitiesOf = (kind: EntityKind): readonly Entity[] => design[collectionOf(kind)] ?? [];

/** What has no field of its own, and why. */
const without: Readonly<Partial<Record<Collection, Readonly<Record<string, string>>>>> = {
  stretches: { protocol: 'it has one value' },
  nodes: {
    kind: 'what a node is decides about its keys: another kind is another node',
    'nat/[]/kind': 'chosen when the rule is added: it decides about its keys',
    'firewall/rules/[]/id': 'given with the rule, which people know by its name and place',
    'nat/[]/id': 'given with the rule, which people know by its name and place',
    'loadBalancers/[]/id': 'given with the balancer, which people know by its name',
    'loadBalancers/[]/members/[]/id': 'given with the member, which people know by its address',
    'virtualIps/[]/id': 'given with the address, by which people know it',
    'ipsecTunnels/[]/id': 'given with the tunnel, which people know by its name',
  },
};

/** What is typed as a whole: a field, and all that its text says. */
const together: Readonly<Partial<Record<Collection, Readonly<Record<string, readonly string[]>>>>> =
  {
    transportZones: { vniPool: ['from', 'to'] },
    nodes: { 'firewall/rules/[]/services': ['[]/protocol', '[]/ports'] },
    clusters: { nodePortRange: ['from', 'to'] },
    ingresses: { defaultBackend: ['service', 'port'] },
    networkPolicies: {
      podSelector: selectorKeys(),
      ...Object.fromEntries(
        ['ingress/[]/from', 'egress/[]/to'].flatMap((peers) =>
          ['podSelector', 'namespaceSelector'].map((key) => [`${peers}/[]/${key}`, selectorKeys()]),
        ),
      ),
      'ingress/[]/ports': ['[]/protocol', '[]/port', '[]/endPort'],
      'egress/[]/ports': ['[]/protocol', '[]/port', '[]/endPort'],
    },
    calicoPolicies: Object.fromEntries(
      ['ingress', 'egress'].flatMap((direction) =>
        ['icmp', 'notICMP'].map((key) => [`${direction}/[]/${key}`, ['type', 'code']]),
      ),
    ),
    flows: { proxy: ['host', 'port'] },
    intents: { 'subject/services': ['[]/protocol', '[]/port'] },
  };

function selectorKeys() {
  const expression = ['key', 'operator', 'values'].map((key) => `matchExpressions/[]/${key}`);
  return ['matchLabels', ...expression];
}

/** A form as the server renders it: what it edits, and its parts that fold away. */
function formOf(kind: EntityKind, entity: Entity) {
  const ref = `${kind}:${entity.id}`;
  const project = {
    design,
    editable: true,
    findings: [],
    entity: (asked: string) => (asked === ref ? entity : undefined),
    selection: { shown: 0, part: undefined },
    runs: { flows: new Map(), intents: new Map() },
  } as unknown as Project;
  const editor = new EntityEditor(project, ref);
  if (kind === 'node') {
    for (const { key } of functionsOf(entity as Parameters<typeof functionsOf>[0])) {
      editor.offered.add(key);
    }
  }
  const inspector = {
    project,
    lit: undefined,
    shown: [{ ref }],
    hits: new Map(),
    isOpen: () => true,
    addresses: { freeOn: () => [], ownerOf: () => undefined },
  } as unknown as Inspector;
  const { body } = render(WholeForm, { props: { inspector, editor } });
  const found = (name: string) =>
    [...body.matchAll(new RegExp(`data-${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
      value.replace(/(^|\/)(#[^/]*|\d+)(?=\/|$)/g, '$1[]'),
    );
  return { fields: found('part'), sections: found('section') };
}

describe.each(kinds)('%s', (kind) => {
  const collection = collectionOf(kind);
  const entities = entitiesOf(kind);

  test('has a field for every value that the schema knows', () => {
    const fields = fieldsOf(collection);
    const edited = new Set(entities.flatMap((entity) => formOf(kind, entity).fields));
    for (const [whole, keys] of Object.entries(together[collection] ?? {})) {
      if (edited.has(whole)) for (const key of keys) edited.add(`${whole}/${key}`);
    }
    const left = new Set(['id', ...Object.keys(without[collection] ?? {})]);
    expect([...fields].filter((field) => !edited.has(field) && !left.has(field))).toEqual([]);
    // What is named as left out has no field indeed, and is in the schema.
    expect([...left].filter((field) => edited.has(field) || !fields.has(field))).toEqual([]);
  });

  test.each([...keysByKind(collection)])('has a place for each key of %s', (name, keys) => {
    const like = entities.filter((one) => name === '' || (one as { kind?: string }).kind === name);
    const forms = like.map((entity) => formOf(kind, entity));
    const shown = forms.flatMap(({ fields, sections }) => [...fields, ...sections]);
    const left = ['id', 'kind', ...Object.keys(without[collection] ?? {})];
    const isShown = (key: string) =>
      left.includes(key) || shown.some((one) => one === key || one.startsWith(`${key}/`));
    expect(keys.filter((key) => !isShown(key))).toEqual([]);
    expect(like.length).toBeGreaterThan(0);
  });
});
