import { z } from 'zod';
import { isEntityRef, type CollectionKey } from '../ids.ts';
import { limits } from '../limits.ts';
import { cluster, ingress, networkPolicy, service, workload } from './kubernetes.ts';
import { node } from './node.ts';
import { link, segment, site, stretch, transportZone } from './place.ts';
import { flow, group, installScenario, intent } from './questions.ts';
import { name, notes } from './scalars.ts';

/** Version of the text form that this program reads and writes. */
export const formatVersion = 1;

const coordinate = z.number().min(-1e9).max(1e9);

/** Where an entity is drawn. Never affects a simulation. Coordinates and sizes are in canvas units. */
export const layoutItem = z.strictObject({
  /** The entity that is placed, as `kind:id`. */
  id: z.string().refine((value) => isEntityRef(value) && !value.startsWith('layout:'), {
    error: 'an entity reference kind:id, such as node:esg',
  }),
  x: coordinate,
  y: coordinate,
  width: z.number().min(0).max(1e9).exactOptional(),
  height: z.number().min(0).max(1e9).exactOptional(),
  collapsed: z.boolean().exactOptional(),
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
  groups: group,
  flows: flow,
  intents: intent,
  installScenarios: installScenario,
  layout: layoutItem,
} as const satisfies Record<CollectionKey, z.ZodType>;

const many = <T extends z.ZodType>(of: T) => z.array(of).max(limits.entitiesPerKind).exactOptional();

/** What the design says of itself. */
export const designHead = {
  /** Version of the text form. */
  hopscope: z.literal(formatVersion),
  name,
  notes: notes.exactOptional(),
};

export const design = z.strictObject({
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
  groups: many(group),
  flows: many(flow),
  intents: many(intent),
  installScenarios: many(installScenario),
  layout: many(layoutItem),
});
