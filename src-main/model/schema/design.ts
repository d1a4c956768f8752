import { z } from 'zod';
import { isEntityRef, type CollectionKey } from '../ids.ts';
import { limits } from '../limits.ts';
import { calicoPolicy, hostEndpoint } from './calico-policy.ts';
import { cluster, ingress, service, workload } from './kubernetes.ts';
import { networkPolicy } from './network-policy.ts';
import { node } from './node.ts';
import { link, segment, site, stretch, transportZone } from './place.ts';
import { flow, group, installScenario, intent } from './questions.ts';
import { name, notes } from './scalars.ts';

/** Version of the text form that this program reads and writes. */
export const formatVersion = 1;

/** A number of canvas units. JSON has no negative zero. */
function units(min: number, max: number) {
  const error = `a number from ${min} to ${max}`;
  return z
    .number({ error })
    .min(min, { error })
    .max(max, { error })
    .overwrite((value) => value + 0);
}
const coordinate = units(-1e9, 1e9);
const refExpected = 'an entity reference kind:id, such as node:esg';

const placed = z.strictObject({
  x: coordinate,
  y: coordinate,
  width: units(0, 1e9).exactOptional(),
  height: units(0, 1e9).exactOptional(),
  collapsed: z.boolean().exactOptional(),
});

export const layoutItem = z
  .strictObject({
    id: z
      .string({ error: refExpected })
      .refine((value) => isEntityRef(value) && !value.startsWith('layout:'), { error: refExpected })
      .describe('The entity that is placed, as kind:id.'),
    x: coordinate,
    y: coordinate,
    width: units(0, 1e9).exactOptional(),
    height: units(0, 1e9).exactOptional(),
    collapsed: z.boolean().exactOptional(),
    views: z
      .strictObject({
        underlay: placed.exactOptional(),
        overlay: placed.exactOptional(),
        kubernetes: placed.exactOptional(),
      })
      .exactOptional()
      .describe('Where it is drawn in views that have a drawing of their own.'),
  })
  .meta({
    id: 'layout-item',
    description: 'Where an entity is drawn, in canvas units. Never affects a simulation.',
  });

/** The schema of one entity, by the key of its collection. */
export const entitySchemas = {
  sites: site,
  transportZones: transportZone,
  segments: segment,
  nodes: node,
  links: link,
  stretches: stretch,
  clusters: cluster,
  workloads: workload,
  services: service,
  ingresses: ingress,
  networkPolicies: networkPolicy,
  calicoPolicies: calicoPolicy,
  hostEndpoints: hostEndpoint,
  groups: group,
  flows: flow,
  intents: intent,
  installScenarios: installScenario,
  layout: layoutItem,
} as const satisfies Record<CollectionKey, z.ZodType>;

const many = <T extends z.ZodType>(of: T) =>
  z.array(of).max(limits.entitiesPerKind).exactOptional();

/** What the design says of itself. */
export const designHead = {
  hopscope: z
    .literal(formatVersion, { error: `${formatVersion}, the version of the text form` })
    .describe('Version of the text form.'),
  name,
  notes: notes.exactOptional(),
};

/** Keys stand in the order of the schemas; a kind of entity that there is none of is left out. */
export const design = z
  .strictObject({
    ...designHead,
    sites: many(site),
    transportZones: many(transportZone),
    segments: many(segment),
    nodes: many(node),
    links: many(link),
    stretches: many(stretch),
    clusters: many(cluster),
    workloads: many(workload),
    services: many(service),
    ingresses: many(ingress),
    networkPolicies: many(networkPolicy),
    calicoPolicies: many(calicoPolicy),
    hostEndpoints: many(hostEndpoint),
    groups: many(group),
    flows: many(flow),
    intents: many(intent),
    installScenarios: many(installScenario),
    layout: many(layoutItem),
  })
  .overwrite((value) => {
    const entries = Object.entries(value) as [keyof typeof value, unknown][];
    const filled = entries.filter(([, items]) => !Array.isArray(items) || items.length > 0);
    return Object.fromEntries(filled) as typeof value;
  });
