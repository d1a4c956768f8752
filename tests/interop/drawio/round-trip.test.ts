import { describe, expect, test } from 'vitest';
import { drawioOf } from '../../../src-main/interop/drawio/index.ts';
import type { Design, Node } from '../../../src-main/model/design.ts';
import { unfoldedBoxes } from '../../../src-renderer/geometry/scene-boxes.ts';
import { oneOfEverything } from '../../model/one-of-everything.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { imported, textOf } from './drawings.ts';

/** What a drawing shows of a machine, and what its cell says of it. */
const drawnParts = [
  'id',
  'kind',
  'name',
  'notes',
  'tags',
  'site',
  'state',
  'runsOn',
  'transportZone',
  'transportZones',
  'vteps',
  'forwarding',
  'interfaces',
] as const;

function drawnOf(node: Node): Record<string, unknown> {
  const all = node as unknown as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    drawnParts.flatMap((part) => (all[part] === undefined ? [] : [[part, all[part]]])),
  );
}

const byId = <T extends { readonly id: string }>(list: readonly T[] = []): readonly T[] =>
  [...list].sort((a, b) => (a.id < b.id ? -1 : 1));

const everything: readonly (readonly [string, Design])[] = [
  ...sampleNames.map((name) => [name, sample(name)] as const),
  ['one of everything', oneOfEverything],
];

describe.each(everything)('%s, written and read again', (_, design) => {
  const boxes = unfoldedBoxes(design);
  const back = imported(textOf(drawioOf(design, boxes)));

  test('has its name', () => {
    expect(back.design.name).toBe(design.name);
  });

  test.each(['sites', 'segments', 'links', 'stretches'] as const)('has the same %s', (kind) => {
    expect(byId<{ readonly id: string }>(back.design[kind])).toEqual(
      byId<{ readonly id: string }>(design[kind]),
    );
  });

  test('has the same machines, with their addresses and what they are attached to', () => {
    expect(byId(back.design.nodes).map(drawnOf)).toEqual(byId(design.nodes).map(drawnOf));
  });

  test('has the same clusters, with their members and roles', () => {
    const shell = ({ clusters }: Design) =>
      byId(clusters).map(({ id, flavour, name, nodes, podCidrs, serviceCidrs }) => ({
        ...{ id, flavour, name, podCidrs, serviceCidrs },
        nodes: nodes.map(({ node, roles }) => `${node} ${roles.join(' ')}`).sort(),
      }));
    expect(shell(back.design)).toEqual(shell(design));
  });

  test('is drawn where it was', () => {
    const again = unfoldedBoxes(back.design);
    for (const [ref, box] of boxes) {
      if (ref.startsWith('pod:')) continue;
      expect([ref, again.get(ref)]).toEqual([ref, box]);
    }
  });

  test('is the same drawing once more', () => {
    const once = textOf(drawioOf(back.design, boxes));
    const twice = textOf(drawioOf(imported(once).design, boxes));
    expect(twice).toBe(once);
  });
});

describe('a drawing of a design that somebody has edited', () => {
  const design = sample('icp-on-vcenter');
  const text = textOf(drawioOf(design, unfoldedBoxes(design)));
  const edited = (from: string, to: string) => {
    expect(text).toContain(from);
    return imported(text.replace(from, to));
  };
  const nodeIn = (found: Design, id: string) => found.nodes?.find((node) => node.id === id);

  test('nothing is remarked where nothing has changed', () => {
    expect(imported(text).remarks).toEqual([]);
  });

  test('a new label is a new name', () => {
    const { design: found } = edited('label="ESXi-01&#10;', 'label="ESXi-one&#10;');
    expect(nodeIn(found, 'esxi-01')?.name).toBe('ESXi-one');
  });

  test('another prefix in the label of a network is its subnet', () => {
    const { design: found, remarks } = edited(
      'label="Users&#10;172.16.10.0/24"',
      'label="Users&#10;172.16.11.0/24"',
    );
    const users = found.segments?.find(({ id }) => id === 'users');
    expect(users?.subnets).toEqual([{ cidr: '172.16.11.0/24' }]);
    expect(remarks).toContainEqual(expect.stringContaining('segment:users: its subnets'));
  });

  test('a connector drawn to another network attaches the interface there', () => {
    const from = 'source="node:vcenter" target="segment:mgmt"';
    const { design: found } = edited(from, 'source="node:vcenter" target="segment:users"');
    expect(nodeIn(found, 'vcenter')?.interfaces?.[0]?.segment).toBe('users');
  });

  test('an address edited at its connector is the address, in the same prefix', () => {
    const label = /(<mxCell id="interface:vcenter\/eth0#from" value=")([^"]+)/;
    const { design: found, remarks } = imported(text.replace(label, '$110.208.17.9'));
    expect(nodeIn(found, 'vcenter')?.interfaces?.[0]?.addresses).toEqual(['10.208.17.9/26']);
    expect(remarks).toContainEqual(
      expect.stringContaining('interface:vcenter/eth0: the addresses'),
    );
  });

  test('a machine drawn into another hypervisor runs there', () => {
    const cell = /(<UserObject id="node:vcenter".*? parent=")node:esxi-01/;
    expect(text).toMatch(cell);
    const { design: found } = imported(text.replace(cell, '$1node:esxi-02'));
    expect(nodeIn(found, 'vcenter')).toMatchObject({ runsOn: 'esxi-02' });
  });

  test('a copy is a machine of its own, and the original stays what it is', () => {
    const cell = /<UserObject id="node:vcenter".*?<\/UserObject>/.exec(text)?.[0] ?? '';
    const copy = cell.replace('id="node:vcenter"', 'id="copy"');
    const { design: found, remarks } = edited(cell, `${cell}${copy}`);
    expect(nodeIn(found, 'vcenter')).toBeDefined();
    expect(nodeIn(found, 'vcenter-2')).toMatchObject({ name: 'vCenter', runsOn: 'esxi-01' });
    expect(remarks).toEqual(['copy: a copy of node vcenter: it is called vcenter-2']);
  });

  test('a shape added by hand is taken along', () => {
    const shape =
      '<mxCell id="new" value="printer&#10;172.16.10.9" vertex="1" parent="site:on-premises"><mxGeometry x="1" y="1" width="80" height="40" as="geometry"/></mxCell>' +
      '<mxCell id="line" edge="1" parent="1" source="new" target="segment:users"/></root>';
    const { design: found } = edited('</root>', shape);
    expect(nodeIn(found, 'printer')).toMatchObject({
      kind: 'host',
      site: 'on-premises',
      interfaces: [{ id: 'eth0', segment: 'users', addresses: ['172.16.10.9/24'] }],
    });
  });
});
