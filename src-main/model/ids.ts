/**
 * Every entity of a design has an id that is unique in its kind. In memory, in the project file and in messages an
 * entity is named by its reference `kind:id`, for instance `node:esg`.
 */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** The kinds of entity, each with the key of its collection in the text form. Order is the order of the text form. */
export const collections = {
  site: 'sites',
  'transport-zone': 'transportZones',
  segment: 'segments',
  node: 'nodes',
  link: 'links',
  stretch: 'stretches',
  cluster: 'clusters',
  workload: 'workloads',
  service: 'services',
  ingress: 'ingresses',
  'network-policy': 'networkPolicies',
  'calico-policy': 'calicoPolicies',
  'host-endpoint': 'hostEndpoints',
  group: 'groups',
  flow: 'flows',
  intent: 'intents',
  'install-scenario': 'installScenarios',
  layout: 'layout',
} as const;

export type EntityKind = keyof typeof collections;
export type CollectionKey = (typeof collections)[EntityKind];
export const entityKinds = Object.keys(collections) as readonly EntityKind[];

/** What belongs to a cluster, and names it. */
export const clusterContentKinds = [
  'workload',
  'service',
  'ingress',
  'network-policy',
  'calico-policy',
  'host-endpoint',
] as const satisfies readonly EntityKind[];

/** `kind:id`, the name of an entity outside its collection. */
export type EntityRef<Kind extends EntityKind = EntityKind> = Branded<`ref:${Kind}`>;

/** ASCII letters, digits, `.`, `_`, `-`; starts with a letter or digit; at most 63 characters. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

export function isEntityKind(text: string): text is EntityKind {
  return Object.hasOwn(collections, text);
}

export function entityRef<Kind extends EntityKind>(kind: Kind, id: string): EntityRef<Kind> {
  return `${kind}:${id}` as EntityRef<Kind>;
}

/** A layout item is named after the entity it places: `layout:node:esg`. Everything else has a plain id. */
export function parseEntityRef(
  text: string,
): { readonly kind: EntityKind; readonly id: string } | undefined {
  const colon = text.indexOf(':');
  const kind = text.slice(0, colon);
  const id = text.slice(colon + 1);
  if (colon < 0 || !isEntityKind(kind)) return undefined;
  if (kind === 'layout') {
    const placed = parseEntityRef(id);
    return placed && placed.kind !== 'layout' ? { kind, id } : undefined;
  }
  return idPattern.test(id) ? { kind, id } : undefined;
}

export function isEntityRef(text: string): text is EntityRef {
  return parseEntityRef(text) !== undefined;
}
