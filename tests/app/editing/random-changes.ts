import type { Change } from '../../../src-main/contract/changes.ts';
import type { Design, Entity } from '../../../src-main/model/design.ts';
import { collections, entityKinds } from '../../../src-main/model/ids.ts';
import { below, oneOf, type Random } from '../project/random-commands.ts';

const siteKinds = ['internet', 'cloud', 'data-centre', 'office', 'other'] as const;
const nodeKinds = [
  'host',
  'router',
  'edge-gateway',
  'distributed-router',
  'hypervisor',
  'l2-gateway',
] as const;
const purposes = ['client', 'server', 'vm', 'dns', 'proxy', 'mirror'] as const;

/** Everything that can be named, pods as well; now and then what is not there. */
function refsOf(design: Design): string[] {
  const refs = entityKinds.flatMap((kind) =>
    ((design[collections[kind]] ?? []) as readonly Entity[]).map(({ id }) => `${kind}:${id}`),
  );
  const pods = (design.workloads ?? []).flatMap(({ pods }) => pods.map(({ id }) => `pod:${id}`));
  return [...refs, ...pods, 'node:nobody'];
}

const some = <T>(random: Random, items: readonly T[], most: number): T[] =>
  Array.from({ length: 1 + below(random, most) }, () => oneOf(random, items));

/** A change that a user might make, sensible or not; the same for the same numbers. */
export function randomChange(random: Random, design: Design): Change {
  const refs = refsOf(design);
  const drawn = refs.filter((ref) => /^(node|segment|cluster|site):/.test(ref));
  const entities = refs.filter((ref) => !ref.startsWith('pod:'));
  const by = { dx: below(random, 400) - 200, dy: below(random, 400) - 200 };
  switch (below(random, 13)) {
    case 0:
    case 1:
    case 2:
      return {
        kind: 'add',
        thing: newThing(random, design),
        ...(random() < 0.7 ? { into: oneOf(random, drawn) } : {}),
        ...(random() < 0.7 ? { at: { x: below(random, 2000), y: below(random, 2000) } } : {}),
      };
    case 3:
    case 4:
    case 5:
      return { kind: 'connect', from: oneOf(random, drawn), to: oneOf(random, drawn) };
    case 6: {
      const nodes = design.nodes ?? [];
      const node = nodes.length > 0 ? oneOf(random, nodes) : { id: 'nobody', interfaces: [] };
      const item = node.interfaces?.[0]?.id ?? 'eth0';
      return random() < 0.5
        ? { kind: 'disconnect', node: node.id, interface: item }
        : { kind: 'rename-interface', node: node.id, from: item, to: `if${below(random, 3)}` };
    }
    case 7:
      return random() < 0.4
        ? { kind: 'remove', refs: some(random, refs, 2) }
        : {
            kind: 'scale',
            workload: design.workloads?.at(-1)?.id ?? 'none',
            pods: below(random, 5),
          };
    case 8: {
      const id = random() < 0.9 ? `x-${below(random, 30)}` : 'not an id';
      return { kind: 'rename', ref: oneOf(random, refs), id };
    }
    case 9: {
      const into = random() < 0.3 ? null : oneOf(random, drawn);
      return {
        kind: 'move',
        refs: some(random, refs, 3),
        by,
        ...(random() < 0.6 ? { into } : {}),
        ...(random() < 0.2 ? { view: 'underlay' as const } : {}),
      };
    }
    case 10:
      return { kind: 'duplicate', refs: some(random, refs, 4), by };
    case 11:
      return {
        kind: 'paste',
        entities: some(random, entities, 6).flatMap((ref) => {
          const [kind, id] = [ref.slice(0, ref.indexOf(':')), ref.slice(ref.indexOf(':') + 1)];
          const items = design[collections[kind as keyof typeof collections]] ?? [];
          const value = (items as readonly Entity[]).find((one) => one.id === id);
          return [{ ref, value: value ?? { id, kind: 'cloud' } }];
        }),
        by,
        ...(random() < 0.5 ? { into: oneOf(random, drawn) } : {}),
      };
    default:
      return random() < 0.5
        ? { kind: 'group', refs: some(random, drawn, 4) }
        : {
            kind: 'place',
            label: 'arrange',
            items: some(random, drawn, 3).map((id) => ({
              id,
              x: below(random, 100),
              y: below(random, 100),
              ...(random() < 0.3 ? { view: 'overlay' as const } : {}),
              ...(random() < 0.3 ? { collapsed: random() < 0.5 } : {}),
            })),
          };
  }
}

function newThing(random: Random, design: Design): Extract<Change, { kind: 'add' }>['thing'] {
  switch (below(random, 5)) {
    case 0:
      return { entity: 'site', kind: oneOf(random, siteKinds) };
    case 1:
      return { entity: 'segment', kind: oneOf(random, ['lan', 'vlan', 'vxlan'] as const) };
    case 2:
      return { entity: 'cluster', flavour: oneOf(random, ['icp', 'iks', 'kubernetes'] as const) };
    case 3:
      return {
        entity: 'workload',
        cluster: design.clusters?.[0]?.id ?? 'none',
        service: random() < 0.5,
        ingress: random() < 0.5,
      };
    default: {
      const kind = oneOf(random, nodeKinds);
      return {
        entity: 'node',
        kind,
        ...(kind === 'host' && random() < 0.8 ? { as: oneOf(random, purposes) } : {}),
      };
    }
  }
}
