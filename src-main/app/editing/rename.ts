import type { Change } from '../../contract/changes.ts';
import type { Entity, EntityOf } from '../../model/design.ts';
import { collections, entityKinds, entityRef, type EntityKind } from '../../model/ids.ts';
import { designIssue } from '../../model/issue.ts';
import { id as idSchema } from '../../model/schema/scalars.ts';
import { parseThing, podOf, type Thing } from './containers.ts';
import { withInterfaceRenamed } from './interfaces.ts';
import { podIds } from './names.ts';
import { planned, refused, unknown, type Planned } from './outcome.ts';
import { backendOf, followed, isSame } from './references.ts';
import type { WorkingCopy } from './working-copy.ts';

/** Another id, in every place that names the old one. */
export function rename(
  copy: WorkingCopy,
  { ref, id }: Extract<Change, { kind: 'rename' }>,
): Planned {
  const thing = parseThing(ref);
  const isKnown =
    thing && (thing.kind === 'pod' ? podOf(copy, thing.id) : copy.has(thing.kind, thing.id));
  if (!thing || !isKnown || thing.kind === 'layout') {
    return unknown(['ref'], 'the reference of an entity', ref);
  }
  const malformed = malformedId(id, ['id']);
  if (malformed) return malformed;
  if (id === thing.id) return refused(['id'], 'another id than it has', id);
  const isTaken = thing.kind === 'pod' ? podIds(copy).has(id) : copy.has(thing.kind, id);
  if (isTaken) {
    const where = thing.kind === 'pod' ? 'a pod' : collections[thing.kind];
    const expected = `an id of its own; one of ${where} has it already`;
    return { ok: false, issues: [designIssue('duplicate-id', ['id'], expected, id)] };
  }
  renameEverywhere(copy, thing, id);
  return planned(`Rename ${thing.id} to ${id}`);
}

function renameEverywhere(copy: WorkingCopy, thing: Thing, to: string): void {
  const follow = (kind: EntityKind | 'pod', id: string) =>
    kind === thing.kind && id === thing.id ? to : id;
  const services = copy.list('service');
  const followBackend = (ingress: EntityOf<'ingress'>, name: string) => {
    const service = thing.kind === 'service' ? backendOf(services, ingress, name) : undefined;
    return service?.id === thing.id && service.name === undefined ? to : name;
  };
  for (const kind of entityKinds) {
    for (const entity of copy.list(kind)) {
      const value = entity as EntityOf<typeof kind>;
      const now: Entity | undefined = followed(kind, value, follow, undefined, followBackend);
      if (!now) continue;
      if (kind === thing.kind && entity.id === thing.id) {
        copy.put(kind, { ...now, id: to }, entity.id);
        copy.remove(kind, entity.id);
      } else if (kind === 'layout' && now.id !== entity.id) {
        copy.put(kind, now as EntityOf<typeof kind>, entity.id);
        copy.remove(kind, entity.id);
      } else if (!isSame(now, entity)) {
        copy.put(kind, now);
        copy.tellChanged(entityRef(kind, entity.id), {
          code: 'names-instead',
          detail: { now: to, before: thing.id },
        });
      }
    }
  }
}

export function renameInterface(
  copy: WorkingCopy,
  { node: id, from, to }: Extract<Change, { kind: 'rename-interface' }>,
): Planned {
  const node = copy.get('node', id);
  if (!node) return unknown(['node'], 'the id of a node', id);
  if (!node.interfaces?.some((item) => item.id === from)) {
    return unknown(['from'], `the id of an interface of ${id}`, from);
  }
  const malformed = malformedId(to, ['to']);
  if (malformed) return malformed;
  if (from === to) return refused(['to'], 'another id than it has', to);
  if (node.interfaces.some((item) => item.id === to)) {
    const expected = `an id of its own; another interface of ${id} has it already`;
    return { ok: false, issues: [designIssue('duplicate-id', ['to'], expected, to)] };
  }
  copy.put('node', withInterfaceRenamed(node, from, to));
  const follow = (_: EntityKind | 'pod', one: string) => one;
  const followInterface = (of: string, item: string) => (of === id && item === from ? to : item);
  for (const kind of ['link', 'stretch'] as const) {
    for (const entity of copy.list(kind)) {
      const now = followed(kind, entity as EntityOf<typeof kind>, follow, followInterface);
      if (now && !isSame(now, entity)) {
        copy.put(kind, now);
        copy.tellChanged(entityRef(kind, entity.id), {
          code: 'names-instead',
          detail: { now: to, before: from },
        });
      }
    }
  }
  return planned(`Rename interface ${from} of ${id} to ${to}`);
}

function malformedId(value: string, path: readonly string[]): Planned | undefined {
  const shape = idSchema.safeParse(value);
  if (shape.success) return undefined;
  const expected = shape.error.issues[0]?.message ?? 'an id';
  return { ok: false, issues: [designIssue('bad-value', path, expected, value)] };
}
